"""SM2 public-key encryption (GB/T 32918.4-2016) by the system's OpenSSL 3, in the form of GM/T 0009-2012.

A ciphertext is the DER of SM2Cipher: the point C1, the digest C3 (SM3), the content C2. OpenSSL is asked
through ctypes, because the library that comes with ``cryptography`` keeps its SM2 to itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

COORDINATE_BYTES = 32
_LIBRARY = "libcrypto.so.3"
# RFC 5480 and RFC 5915 with the curve 1.2.156.10197.1.301 (GB/T 33560-2017): all that never changes of them.
_PUBLIC_BEGINS = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
_PRIVATE_BEGINS = bytes.fromhex("30770201010420")
_PRIVATE_GOES_ON = bytes.fromhex("a00a06082a811ccf5501822da14403420004")
_Step = Callable[..., int]


class Sm2PublicKey:
    """A point of the curve. Thread-safe."""

    def __init__(self, x: bytes, y: bytes) -> None:
        """Both coordinates in 32 bytes. Raises ``ValueError`` when they are no point of the curve."""
        if len(x) != COORDINATE_BYTES or len(y) != COORDINATE_BYTES:
            raise ValueError("a coordinate of SM2 has 32 bytes")
        self.x, self.y = x, y
        self._library = _Libcrypto()
        self._library.free_key(self._library.public_key(_PUBLIC_BEGINS + x + y))

    def encrypt(self, content: bytes) -> bytes:
        """The ciphertext of ``content``, at least one byte; another one each time."""
        key = self._library.public_key(_PUBLIC_BEGINS + self.x + self.y)
        try:
            return self._library.crypt(key, "encrypt", content)
        finally:
            self._library.free_key(key)


class Sm2PrivateKey:
    """A number and its point. Thread-safe. Nothing secret is in the repr."""

    def __init__(self, secret: bytes, x: bytes, y: bytes) -> None:
        """The number and the coordinates of its point in 32 bytes each. Raises ``ValueError``."""
        self.public = Sm2PublicKey(x, y)
        if len(secret) != COORDINATE_BYTES:
            raise ValueError("a private key of SM2 has 32 bytes")
        self.secret = secret
        self._library = _Libcrypto()
        self._der = _PRIVATE_BEGINS + secret + _PRIVATE_GOES_ON + x + y

    @classmethod
    def generate(cls) -> Sm2PrivateKey:
        """A new one."""
        library = _Libcrypto()
        key = library.new_key()
        try:
            private, public = library.private_der(key), library.public_der(key)
        finally:
            library.free_key(key)
        start = len(_PRIVATE_BEGINS)
        secret = private[start : start + COORDINATE_BYTES]
        return cls(secret, public[-2 * COORDINATE_BYTES : -COORDINATE_BYTES], public[-COORDINATE_BYTES:])

    def decrypt(self, ciphertext: bytes) -> bytes:
        """The content. Raises ``ValueError``, which never quotes any of it, when it was not for this key."""
        key = self._library.private_key(self._der)
        try:
            return self._library.crypt(key, "decrypt", ciphertext)
        finally:
            self._library.free_key(key)

    def __repr__(self) -> str:
        return "Sm2PrivateKey(…)"


class _Libcrypto:
    """The few calls of libcrypto (OpenSSL 3: EVP_PKEY_encrypt(3), d2i_PUBKEY(3), EVP_PKEY_Q_keygen(3))."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(_LIBRARY)
        except OSError:
            raise ValueError(f"{_LIBRARY} of OpenSSL 3 is not installed: SM2 needs it") from None
        for name in ("d2i_PUBKEY", "d2i_AutoPrivateKey", "EVP_PKEY_CTX_new", "EVP_PKEY_Q_keygen"):
            getattr(self._library, name).restype = ctypes.c_void_p

    def new_key(self) -> ctypes.c_void_p:
        """An EVP_PKEY, to be freed by the caller."""
        return self._made(self._library.EVP_PKEY_Q_keygen(None, None, b"SM2"))

    def public_key(self, der: bytes) -> ctypes.c_void_p:
        """The same, of a SubjectPublicKeyInfo."""
        return self._made(self._read("d2i_PUBKEY", der))

    def private_key(self, der: bytes) -> ctypes.c_void_p:
        """The same, of an ECPrivateKey."""
        return self._made(self._read("d2i_AutoPrivateKey", der))

    def public_der(self, key: ctypes.c_void_p) -> bytes:
        """Its SubjectPublicKeyInfo."""
        return self._written("i2d_PUBKEY", key)

    def private_der(self, key: ctypes.c_void_p) -> bytes:
        """Its ECPrivateKey."""
        return self._written("i2d_PrivateKey", key)

    def free_key(self, key: ctypes.c_void_p) -> None:
        """Lets it go."""
        self._library.EVP_PKEY_free(key)

    def crypt(self, key: ctypes.c_void_p, what: str, content: bytes) -> bytes:
        """EVP_PKEY_encrypt or EVP_PKEY_decrypt of ``content``. Raises ``ValueError``."""
        context = ctypes.c_void_p(self._library.EVP_PKEY_CTX_new(key, None))
        try:
            begin: _Step = getattr(self._library, f"EVP_PKEY_{what}_init")
            step: _Step = getattr(self._library, f"EVP_PKEY_{what}")
            length, size = ctypes.c_size_t(), ctypes.c_size_t(len(content))
            if begin(context) != 1 or step(context, None, ctypes.byref(length), content, size) != 1:
                raise self._refused()
            buffer = ctypes.create_string_buffer(length.value)
            if step(context, buffer, ctypes.byref(length), content, size) != 1:
                raise self._refused()
            return buffer.raw[: length.value]
        finally:
            self._library.EVP_PKEY_CTX_free(context)

    def _read(self, name: str, der: bytes) -> int | None:
        start = ctypes.c_char_p(der)
        length = ctypes.c_long(len(der))
        made: int | None = getattr(self._library, name)(None, ctypes.byref(start), length)
        return made

    def _written(self, name: str, key: ctypes.c_void_p) -> bytes:
        write: _Step = getattr(self._library, name)
        buffer = ctypes.create_string_buffer(max(write(key, None), 1))
        if write(key, ctypes.byref(ctypes.c_void_p(ctypes.addressof(buffer)))) <= 0:
            raise self._refused()
        return buffer.raw

    def _made(self, key: int | None) -> ctypes.c_void_p:
        if not key:
            raise self._refused()
        return ctypes.c_void_p(key)

    def _refused(self) -> ValueError:
        self._library.ERR_clear_error()
        return ValueError("OpenSSL does not take this key or this content for SM2")
