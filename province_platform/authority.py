"""The platform's keys and its authority: made on the first start, kept under ``keys/`` (0700, files 0600).

Validity is counted on the machine's own clock, because that is what TLS will check it against.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from contract.sealing import Opener, Profile, make_private_key
from contract.signing import Signer
from foundation.atomic_files import write_atomically

_BACKDATED = timedelta(days=1)
_AUTHORITY_VALID = timedelta(days=20 * 365)
_SERVER_VALID = timedelta(days=365)
TERMINAL_VALID = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A terminal's certificate as PEM, and its serial number in upper-case hexadecimal as TLS shows it."""

    pem: str
    serial_number: str


class Keys:
    """The keys and the authority under ``folder``; made when they are not there yet."""

    def __init__(
        self,
        folder: Path,
        profile: Profile = Profile.INTERNATIONAL,
        terminal_valid: timedelta = TERMINAL_VALID,
    ) -> None:
        """``profile`` is that of the terminals that enrol from now on; envelopes of both are opened."""
        self._profile = profile
        self._terminal_valid = terminal_valid
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.authority_path = folder / "authority.pem"
        self.server_path = folder / "server.pem"
        self._authority_key = _kept_key(folder / "authority.key")
        self._authority = self._kept_authority()
        self._subject_key = _kept(folder / "subject_ref.key", lambda: secrets.token_bytes(32))
        self._share_key = _kept(folder / "key_shares.key", lambda: secrets.token_bytes(32))
        self.opener = Opener(
            _kept(folder / "sealing.jwk", _new_jwk).decode("ascii"),
            _kept(folder / "sealing-sm2.jwk", _new_government_jwk).decode("ascii"),
        )
        self.command_signer = Signer(_kept(folder / "commands.jwk", _new_jwk).decode("ascii"))
        self.item_signer = Signer(_kept(folder / "items.jwk", _new_jwk).decode("ascii"))

    @property
    def authority_pem(self) -> str:
        """The authority's certificate."""
        return self._authority.public_bytes(serialization.Encoding.PEM).decode("ascii")

    @property
    def sealing_key(self) -> str:
        """The public key that a terminal which enrols now seals to."""
        return self.opener.public_key(self._profile)

    @property
    def authority_der(self) -> bytes:
        """The same as DER, of which an enrolment code carries the fingerprint."""
        return self._authority.public_bytes(serialization.Encoding.DER)

    def subject_ref(self, citizen_number: str) -> str:
        """The person's reference: HMAC-SHA256 under the province's key, 64 hexadecimal characters."""
        return hmac.new(self._subject_key, citizen_number.upper().encode("ascii"), hashlib.sha256).hexdigest()

    def key_share(self, terminal_id: str, place: int, nonce: str) -> bytes:
        """A terminal's share of its own key, 32 bytes: HMAC-SHA256 under a key for nothing else."""
        return hmac.new(self._share_key, f"{terminal_id} {place} {nonce}".encode(), hashlib.sha256).digest()

    def certify_terminal(
        self, request: x509.CertificateSigningRequest, terminal_id: str
    ) -> IssuedCertificate:
        """A client certificate for the key of ``request``; its subject is the terminal's id alone."""
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        certificate = self._certify(terminal_id, request.public_key(), self._terminal_valid, [usage])
        return IssuedCertificate(
            certificate.public_bytes(serialization.Encoding.PEM).decode("ascii"),
            f"{certificate.serial_number:X}",
        )

    def certify_server(self, host: str) -> Path:
        """A fresh key and certificate of the server for ``host`` and loopback, in one PEM file."""
        key = ec.generate_private_key(ec.SECP256R1())
        addresses: list[x509.GeneralName] = [
            x509.DNSName("localhost"),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        ]
        if (name := _general_name(host)) not in addresses:
            addresses.append(name)
        extensions = [
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
            x509.SubjectAlternativeName(addresses),
        ]
        certificate = self._certify("province platform", key.public_key(), _SERVER_VALID, extensions)
        pem = _private_pem(key) + certificate.public_bytes(serialization.Encoding.PEM)
        write_atomically(self.server_path, pem, mode=0o600)
        return self.server_path

    def _kept_authority(self) -> x509.Certificate:
        def make() -> bytes:
            constraints = x509.BasicConstraints(ca=True, path_length=0)
            made = self._certify(
                "dianxiaoer province platform authority",
                self._authority_key.public_key(),
                _AUTHORITY_VALID,
                [constraints],
            )
            return made.public_bytes(serialization.Encoding.PEM)

        return x509.load_pem_x509_certificate(_kept(self.authority_path, make))

    def _certify(
        self,
        common_name: str,
        public_key: object,
        valid: timedelta,
        extensions: list[x509.ExtensionType],
    ) -> x509.Certificate:
        """A certificate in the profile of RFC 5280, 4.2: strict verifiers want every extension here."""
        if not isinstance(public_key, ec.EllipticCurvePublicKey):
            raise TypeError("the authority certifies elliptic-curve keys only")
        own_key = self._authority_key.public_key()
        is_authority = any(isinstance(extension, x509.BasicConstraints) for extension in extensions)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if is_authority else self._authority.subject)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - min(_BACKDATED, valid))
            .not_valid_after(now + valid)
            .add_extension(_key_usage(is_authority=is_authority), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(own_key), critical=False)
        )
        if not is_authority:
            builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        for extension in extensions:
            critical = isinstance(extension, x509.BasicConstraints)
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self._authority_key, hashes.SHA256())


def read_signing_request(pem: str) -> x509.CertificateSigningRequest | None:
    """The request (PKCS #10, RFC 2986); None when it is none, not on P-256, or not signed by its own key."""
    try:
        request = x509.load_pem_x509_csr(pem.encode("utf-8"))
        key = request.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            return None
        return request if request.is_signature_valid else None
    except Exception:  # noqa: BLE001 - the parser of a stranger's bytes may raise nearly anything
        return None


def public_key_pem(certificate_pem: str) -> str:
    """The public key of a certificate, as ``contract.signing.Verifier`` wants it."""
    key = x509.load_pem_x509_certificate(certificate_pem.encode("ascii")).public_key()
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode("ascii")


def key_digest(request: x509.CertificateSigningRequest) -> str:
    """SHA-256 of the public key of a request: whether two requests come from the same device."""
    der = request.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).hexdigest()


def is_for_same_key(request: x509.CertificateSigningRequest, certificate_pem: str) -> bool:
    """Whether a request is for the key of a certificate."""
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode("ascii"))
    return request.public_key() == certificate.public_key()


def _key_usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of ``path``, made once."""
    if not path.exists():
        write_atomically(path, make(), mode=0o600)
    return path.read_bytes()


def _kept_key(path: Path) -> ec.EllipticCurvePrivateKey:
    pem = _kept(path, lambda: _private_pem(ec.generate_private_key(ec.SECP256R1())))
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name} holds a key of another kind")
    return key


def _new_jwk() -> bytes:
    return make_private_key().encode("ascii")


def _new_government_jwk() -> bytes:
    return make_private_key(Profile.GOVERNMENT).encode("ascii")


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
