"""The terminal's key: made on the device, kept on the device, and never lost half-way."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from foundation.atomic_files import write_atomically
from kiosk_app.province.certificates import DeviceKey


def pending_key(file: Path) -> DeviceKey:
    """The key that waits in ``file`` for its certificate, or a new one: P-256, 0600 in a folder of 0700.

    A repeated enrolment asks with the same key again. Raises ``OSError``.
    """
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
            return key
    except (FileNotFoundError, ValueError):
        pass  # none, or not one that can be used: it has no certificate yet, so nothing is lost
    fresh = ec.generate_private_key(ec.SECP256R1())
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(file, _pem(fresh), mode=0o600)
    return fresh


def _pem(key: DeviceKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
