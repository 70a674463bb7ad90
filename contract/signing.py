"""Signing: a detached JWS over exact bytes (RFC 7515 appendix F, ES256).

Detached, because the bytes travel and are stored as they are: nobody re-encodes JSON before checking it.
"""

from __future__ import annotations

import base64
import hashlib
import json

from joserfc import jws

from contract.sealing import UNREADABLE, read_key

LARGEST_SIGNED_BYTES = 16 * 1024 * 1024
"""What is signed is at most as large as an answer that a terminal reads."""


class Signer:
    """Signs with a private JWK or PEM key on P-256. Thread-safe."""

    def __init__(self, private_key: str) -> None:
        """``private_key`` is a JWK or a PEM (PKCS #8). Raises ``ValueError`` when it is neither."""
        self._key = read_key(private_key)

    def sign(self, content: bytes) -> str:
        """The detached signature ``header..signature``."""
        compact = jws.serialize_compact({"alg": "ES256"}, content, self._key, registry=_registry())
        header, _, signature = compact.split(".")
        return f"{header}..{signature}"

    def public_key(self) -> str:
        """The JWK that verifies."""
        return json.dumps(self._key.as_dict(private=False), sort_keys=True)


class Verifier:
    """Checks signatures of one key. Thread-safe."""

    def __init__(self, public_key: str) -> None:
        """``public_key`` is a JWK or a PEM (SubjectPublicKeyInfo). Raises ``ValueError`` for neither."""
        self._key = read_key(public_key)

    def verifies(self, content: bytes, signature: str) -> bool:
        """Whether ``signature`` is this key's over exactly ``content``; false for anything malformed."""
        parts = signature.split(".")
        if len(parts) != 3 or parts[1]:
            return False
        payload = base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
        try:
            jws.deserialize_compact(f"{parts[0]}.{payload}.{parts[2]}", self._key, registry=_registry())
        except UNREADABLE:
            return False
        return True


def _registry() -> jws.JWSRegistry:
    """One algorithm, and our own limit: the library's, 128 kB, refuses a batch of some hundred items."""
    registry = jws.JWSRegistry(algorithms=["ES256"])
    registry.max_payload_length = LARGEST_SIGNED_BYTES * 4 // 3 + 4
    return registry


def card_proof_content(terminal_id: str, bound_to: str, sam_number: str, read_at: str, sealed: str) -> bytes:
    """What a terminal signs to say that a card answered its reader.

    ``bound_to`` is the nonce of a sign-in or the id of a case; ``sealed`` is the envelope that travels with
    it, bound by the digest of its ciphertext (never a digest of personal data). Canonical: sorted keys, no
    spaces, UTF-8.
    """
    return json.dumps(
        {
            "bound_to": bound_to,
            "read_at": read_at,
            "sam_number": sam_number,
            "sealed_sha256": hashlib.sha256(sealed.encode("ascii")).hexdigest(),
            "terminal_id": terminal_id,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode("utf-8")
