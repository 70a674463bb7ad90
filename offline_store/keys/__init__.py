"""Where the store's key comes from: one module for each place where it can be kept."""

from offline_store.keys.provider import KEY_BYTES, KeyProvider
from offline_store.keys.recorded import KeyFileProvider

__all__ = ["KEY_BYTES", "KeyFileProvider", "KeyProvider"]
