"""Certificates of terminals: asking for one, and telling whether one is for us."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DeviceKey = ec.EllipticCurvePrivateKey


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


def moment_of_life(certificate_pem: str, share: float) -> datetime:
    """When ``share`` of the certificate's life is over: 0 is its beginning, 1 its end."""
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode("utf-8"))
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return begins + (ends - begins) * share
