"""The terminal's key: made on the device, kept on the device, and never lost half-way."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from foundation.atomic_files import write_atomically

DeviceKey = ec.EllipticCurvePrivateKey


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


def signing_request(key: DeviceKey) -> str:
    """A certificate request (PKCS #10, RFC 2986) as PEM. The platform decides on the name."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "dianxiaoer terminal")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode("ascii")


def certifies(certificate_pem: str, key: DeviceKey, authority: x509.Certificate) -> bool:
    """Whether a certificate is for ``key`` and was signed by ``authority``."""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode("ascii"))
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return certificate.public_key() == key.public_key()


def _pem(key: DeviceKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
