"""SM4 (GB/T 32907-2016) in Galois/Counter Mode as in RFC 8998: key of 16 bytes, nonce of 12, tag of 16."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


class Sm4Gcm:
    """Encrypts and authenticates; the same two calls as ``cryptography``'s AESGCM. Thread-safe."""

    def __init__(self, key: bytes) -> None:
        """Raises ``ValueError`` unless ``key`` has 16 bytes."""
        if len(key) != KEY_BYTES:
            raise ValueError("a key of SM4 has 16 bytes")
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The ciphertext, and the tag over it and ``associated_data`` behind it."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The plaintext of what ``encrypt`` gave. Raises ``InvalidTag`` when any of it was altered."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        content, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(content) + decryptor.finalize()
