"""Sealing: personal data leaves the program only closed to the province's key.

JWE compact serialisation (RFC 7516) with ECDH-ES+A256KW on P-256 and A256GCM (RFC 7518). The terminal holds
the public key only: it cannot read what it has queued. Each envelope has its own ephemeral key, so equal
contents never look equal.
"""

from __future__ import annotations

import json

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

_PROTECTED = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
_ALGORITHMS = ["ECDH-ES+A256KW", "A256GCM"]
UNREADABLE = (JoseError, ValueError, KeyError, TypeError, AttributeError)
"""What joserfc raises for an envelope, a signature or a key whose JSON is not of the form that it expects."""


class NotOpenedError(Exception):
    """The envelope is not one of ours, was altered, or is closed to another key."""


class Sealer:
    """Closes; all that a terminal has. Thread-safe."""

    def __init__(self, public_key: str) -> None:
        """``public_key`` is a JWK (RFC 7517) as text. Raises ``ValueError`` when it is none."""
        self._key = read_key(public_key)

    def seal(self, content: bytes) -> str:
        """A JWE compact envelope of ``content``; names the key by its thumbprint (RFC 7638)."""
        return jwe.encrypt_compact(
            {**_PROTECTED, "kid": self._key.thumbprint()}, content, self._key, algorithms=_ALGORITHMS
        )


class Opener:
    """Opens; the province's side only. Thread-safe."""

    def __init__(self, private_key: str) -> None:
        self._key = read_key(private_key)

    def open(self, envelope: str) -> bytes:
        """The content of an envelope. Raises :class:`NotOpenedError`, which never quotes any of it."""
        try:
            content = jwe.decrypt_compact(envelope, self._key, algorithms=_ALGORITHMS).plaintext
        except UNREADABLE:
            raise NotOpenedError("the envelope cannot be opened with this key") from None
        if content is None:
            raise NotOpenedError("the envelope is empty")
        return content

    def public_key(self) -> str:
        """The JWK to hand to terminals."""
        return json.dumps(self._key.as_dict(private=False), sort_keys=True)


def read_key(text: str) -> ECKey:
    """A key on P-256 from its JWK or its PEM. Raises ``ValueError`` for anything else."""
    try:
        key = ECKey.import_key(text if "-----BEGIN" in text else json.loads(text))
    except UNREADABLE:
        raise ValueError("not a JWK or PEM of an elliptic-curve key") from None
    if key.curve_name != "P-256":
        raise ValueError("the key must be on P-256")
    return key


def make_private_key() -> str:
    """A new private JWK on P-256, for the province's sealing or signing key."""
    return json.dumps(ECKey.generate_key("P-256").as_dict(private=True), sort_keys=True)
