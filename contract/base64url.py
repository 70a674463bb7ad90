"""Base64url without padding (RFC 4648, section 5), as codes that are scanned carry bytes."""

from __future__ import annotations

import base64
import binascii


def encoded(content: bytes) -> str:
    """The one way to write these bytes."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """What ``text`` stands for; nothing for what is not written as :func:`encoded` writes it."""
    try:
        content = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return b""
    return content if encoded(content) == text else b""
