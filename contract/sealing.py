"""Sealing: personal data leaves the program only closed to the province's key.

Two profiles, told apart by the province's key and by the envelope's header:

- international: JWE compact serialisation (RFC 7516) with ECDH-ES+A256KW on P-256 and A256GCM (RFC 7518);
- government: SM2 and SM4 (:mod:`contract.government_sealing`).

The terminal holds the public key only: it cannot read what it has queued. Each envelope has its own ephemeral
key, so equal contents never look equal.
"""

from __future__ import annotations

import json
from enum import Enum

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from contract.government_sealing import (
    CURVE,
    GovernmentOpener,
    GovernmentSealer,
    is_government_envelope,
    make_private_jwk,
)

_PROTECTED = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
_ALGORITHMS = ["ECDH-ES+A256KW", "A256GCM"]
LARGEST_ENVELOPE = 512 * 1024
"""Characters; more than any field of the wire takes."""
UNREADABLE = (JoseError, ValueError, KeyError, TypeError, AttributeError)
"""What joserfc raises for an envelope, a signature or a key whose JSON is not of the form that it expects."""


class Profile(Enum):
    """Whose algorithms seal; the province chooses by the key that it gives at enrolment."""

    INTERNATIONAL = "international"
    GOVERNMENT = "government"


class NotOpenedError(Exception):
    """The envelope is not one of ours, was altered, or is closed to another key."""


class Sealer:
    """Closes; all that a terminal has. Thread-safe. ``profile`` is that of the key."""

    def __init__(self, public_key: str) -> None:
        """``public_key`` is a JWK (RFC 7517) as text. Raises ``ValueError`` when it is none."""
        government = _government_jwk(public_key)
        self.profile = Profile.INTERNATIONAL if government is None else Profile.GOVERNMENT
        self._sealer = _JweSealer(public_key) if government is None else GovernmentSealer(government)

    def seal(self, content: bytes) -> str:
        """An envelope of ``content``; it names the key by its thumbprint (RFC 7638)."""
        return self._sealer.seal(content)


class Opener:
    """Opens envelopes of every profile that it has a key for; the province's side only. Thread-safe."""

    def __init__(self, *private_keys: str) -> None:
        """``private_keys`` are JWKs as text, one for a profile. Raises ``ValueError`` when one is none."""
        self._openers: dict[Profile, _JweOpener | GovernmentOpener] = {}
        for private_key in private_keys:
            government = _government_jwk(private_key)
            if government is None:
                self._openers[Profile.INTERNATIONAL] = _JweOpener(private_key)
            else:
                self._openers[Profile.GOVERNMENT] = GovernmentOpener(government)

    def open(self, envelope: str) -> bytes:
        """The content of an envelope. Raises :class:`NotOpenedError`, which never quotes any of it."""
        is_government = is_government_envelope(envelope)
        opener = self._openers.get(Profile.GOVERNMENT if is_government else Profile.INTERNATIONAL)
        if opener is None:
            raise NotOpenedError("the envelope is of a profile for which there is no key")
        try:
            return opener.open(envelope)
        except UNREADABLE:
            raise NotOpenedError("the envelope cannot be opened with this key") from None

    def public_key(self, profile: Profile = Profile.INTERNATIONAL) -> str:
        """The JWK to hand to terminals of ``profile``, for which there is a key."""
        return json.dumps(self._openers[profile].public_jwk(), sort_keys=True)


class _JweSealer:
    def __init__(self, public_key: str) -> None:
        self._key = read_key(public_key)

    def seal(self, content: bytes) -> str:
        protected = {**_PROTECTED, "kid": self._key.thumbprint()}
        return jwe.encrypt_compact(protected, content, self._key, registry=_registry())


class _JweOpener:
    def __init__(self, private_key: str) -> None:
        self._key = read_key(private_key)

    def open(self, envelope: str) -> bytes:
        content = jwe.decrypt_compact(envelope, self._key, registry=_registry()).plaintext
        if content is None:
            raise NotOpenedError("the envelope is empty")
        return content

    def public_jwk(self) -> dict[str, object]:
        return dict(self._key.as_dict(private=False))


def _registry() -> jwe.JWERegistry:
    """Our two algorithms, and our own limit: the library's opens nothing that holds more than 48 kB."""
    registry = jwe.JWERegistry(algorithms=_ALGORITHMS)
    registry.max_ciphertext_length = LARGEST_ENVELOPE
    return registry


def read_key(text: str) -> ECKey:
    """A key on P-256 from its JWK or its PEM. Raises ``ValueError`` for anything else."""
    try:
        key = ECKey.import_key(text if "-----BEGIN" in text else json.loads(text))
    except UNREADABLE:
        raise ValueError("not a JWK or PEM of an elliptic-curve key") from None
    if key.curve_name != "P-256":
        raise ValueError("the key must be on P-256")
    return key


def make_private_key(profile: Profile = Profile.INTERNATIONAL) -> str:
    """A new private JWK: on P-256 for the province's sealing or signing key, on SM2's curve to seal with."""
    if profile is Profile.GOVERNMENT:
        return json.dumps(make_private_jwk(), sort_keys=True)
    return json.dumps(ECKey.generate_key("P-256").as_dict(private=True), sort_keys=True)


def _government_jwk(text: str) -> dict[str, object] | None:
    """The JWK when it is one on SM2's curve."""
    try:
        jwk = json.loads(text)
    except ValueError:
        return None
    return jwk if isinstance(jwk, dict) and jwk.get("crv") == CURVE else None
