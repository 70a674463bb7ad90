"""The government profile of sealing: an envelope of SM2 and SM4.

Five parts in the compact form of JWE (RFC 7516, 7.1), so that whoever carries envelopes carries these too:

    header . key . nonce . content . tag

- the header is JSON: ``alg`` "SM2" (GB/T 32918.4 over the content key, as DER of GM/T 0009), ``enc``
  "SM4-GCM" (GB/T 32907; RFC 8998), and ``kid``, the thumbprint of RFC 7638 made with SM3;
- the header's ASCII is authenticated with the content, as in RFC 7516, 5.1.

These names are not in IANA's registry: no reader of JWE takes one for another. A key is a JWK of ``kty`` "EC"
whose ``crv`` is "SM2".
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes

from contract.sm2 import Sm2PrivateKey, Sm2PublicKey
from contract.sm4_gcm import KEY_BYTES, NONCE_BYTES, TAG_BYTES, Sm4Gcm

CURVE = "SM2"
_ALGORITHM, _CIPHER = "SM2", "SM4-GCM"
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class GovernmentSealer:
    """Closes to a public key. Thread-safe."""

    def __init__(self, jwk: dict[str, object]) -> None:
        """Raises ``ValueError`` when ``jwk`` is no key on SM2's curve."""
        x, y = _coordinates(jwk)
        self._key = Sm2PublicKey(x, y)
        self._header = _encoded(
            json.dumps(
                {"alg": _ALGORITHM, "enc": _CIPHER, "kid": _thumbprint(self._key)}, separators=(",", ":")
            ).encode("ascii")
        )

    def seal(self, content: bytes) -> str:
        """An envelope of ``content``."""
        key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
        closed = Sm4Gcm(key).encrypt(nonce, content, self._header.encode("ascii"))
        parts = (self._key.encrypt(key), nonce, closed[:-TAG_BYTES], closed[-TAG_BYTES:])
        return ".".join((self._header, *map(_encoded, parts)))


class GovernmentOpener:
    """Opens with a private key; the province's side only. Thread-safe."""

    def __init__(self, jwk: dict[str, object]) -> None:
        """Raises ``ValueError`` when ``jwk`` is no private key on SM2's curve."""
        secret = _decoded(str(jwk.get("d", "")))
        self._key = Sm2PrivateKey(secret, *_coordinates(jwk))

    def open(self, envelope: str) -> bytes:
        """The content. Raises ``ValueError``, which never quotes any of it."""
        try:
            header, *parts = envelope.split(".")
            closed_key, nonce, content, tag = map(_decoded, parts)
            said = json.loads(_decoded(header))
            if (said["alg"], said["enc"]) != (_ALGORITHM, _CIPHER) or len(nonce) != NONCE_BYTES:
                raise ValueError("another kind of envelope")
            key = self._key.decrypt(closed_key)
            return Sm4Gcm(key).decrypt(nonce, content + tag, header.encode("ascii"))
        except (*_MALFORMED, InvalidTag):
            raise ValueError("the envelope cannot be opened with this key") from None

    def public_jwk(self) -> dict[str, object]:
        """The key to hand to terminals."""
        return _public_jwk(self._key.public)


def make_private_jwk() -> dict[str, object]:
    """A new private key."""
    key = Sm2PrivateKey.generate()
    return {**_public_jwk(key.public), "d": _encoded(key.secret)}


def is_government_envelope(envelope: str) -> bool:
    """Whether the header names this profile; nothing is said of the rest."""
    try:
        header = json.loads(_decoded(envelope.partition(".")[0]))
        return bool(header["alg"] == _ALGORITHM)
    except _MALFORMED:
        return False


def _coordinates(jwk: dict[str, object]) -> tuple[bytes, bytes]:
    if jwk.get("kty") != "EC" or jwk.get("crv") != CURVE:
        raise ValueError("not a key on SM2's curve")
    return _decoded(str(jwk.get("x", ""))), _decoded(str(jwk.get("y", "")))


def _public_jwk(key: Sm2PublicKey) -> dict[str, object]:
    return {"crv": CURVE, "kty": "EC", "x": _encoded(key.x), "y": _encoded(key.y)}


def _thumbprint(key: Sm2PublicKey) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(json.dumps(_public_jwk(key), sort_keys=True, separators=(",", ":")).encode("ascii"))
    return _encoded(digest.finalize())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
