"""Who this terminal is to the province, and what it can prove, seal and check with that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from contract.answers import Enrolment
from contract.payloads import CardProof
from contract.sealing import Sealer
from contract.signing import Signer, Verifier, card_proof_content
from contract.slip_code import sign_slip
from foundation.atomic_files import sync_folder, write_atomically
from foundation.errors import Errors
from foundation.lifecycle import PermanentFaultError
from kiosk_app.config import TerminalPaths
from kiosk_app.config.records import read_enrolment
from kiosk_app.province.exchange import TlsFiles


class NotEnrolledError(PermanentFaultError):
    """There is no enrolment, or not all of it: ``kiosk-provision enrol`` is needed."""

    error = Errors.NOT_ENROLLED


@dataclass(frozen=True, slots=True)
class Credentials:
    """An enrolment made ready for use. Nothing secret is in the repr."""

    enrolment: Enrolment
    tls: TlsFiles
    sealer: Sealer
    signer: Signer
    item_verifier: Verifier
    command_verifier: Verifier | None
    """None when the enrolment names no key for commands: then none can be trusted."""

    @classmethod
    def load(cls, paths: TerminalPaths) -> Credentials:
        """Reads enrolment and key. Raises :class:`NotEnrolledError`, or ``SettingsError`` when damaged."""
        enrolment = read_enrolment(paths)
        if enrolment is None:
            raise NotEnrolledError(Errors.NOT_ENROLLED.meaning)
        try:
            settle_keys(paths, enrolment)
            signer = Signer(paths.terminal_key.read_text(encoding="ascii"))
            sealer, verifier = Sealer(enrolment.sealing_key), Verifier(enrolment.item_key)
            command_verifier = Verifier(enrolment.command_key) if enrolment.command_key else None
        except (OSError, ValueError) as problem:
            raise NotEnrolledError(f"the terminal's keys cannot be used: {type(problem).__name__}") from None
        tls = TlsFiles(paths.authority_certificate, paths.terminal_certificate, paths.terminal_key)
        return cls(enrolment, tls, sealer, signer, verifier, command_verifier)

    def card_proof(self, bound_to: str, sam_number: str, read_at: str, sealed: str) -> CardProof:
        """Says under the terminal's key that a card answered its reader.

        ``bound_to`` is the nonce of a sign-in or the id of a case, ``sealed`` the envelope that travels with
        it (:func:`contract.signing.card_proof_content`), ``read_at`` a time of the wire.
        """
        content = card_proof_content(self.enrolment.terminal_id, bound_to, sam_number, read_at, sealed)
        return CardProof(sam_number=sam_number, read_at=read_at, signature=self.signer.sign(content))

    def slip_code(self, receipt_number: str, case_id: str, issued_at: str) -> str:
        """The code of a slip, under the terminal's key; ``issued_at`` is a time of the wire."""
        terminal_id = self.enrolment.terminal_id
        return sign_slip(self.signer, receipt_number, case_id, terminal_id, issued_at).text()

    def __repr__(self) -> str:
        return f"Credentials({self.enrolment.terminal_id})"


def settle_keys(paths: TerminalPaths, enrolment: Enrolment) -> None:
    """Puts key and certificates where the enrolment wants them; also what a power cut left half done.

    Changes nothing when all is in place. Raises ``ValueError`` when no key fits, and ``OSError``.
    """
    certificate = x509.load_pem_x509_certificate(enrolment.certificate.encode("utf-8"))
    if not _fits(paths.terminal_key, certificate):
        if not _fits(paths.pending_key, certificate):
            raise ValueError("the certificate is for another key than those of this terminal")
        paths.pending_key.replace(paths.terminal_key)
        sync_folder(paths.keys)
    for file, content in (
        (paths.terminal_certificate, enrolment.certificate.encode("utf-8")),
        (paths.authority_certificate, enrolment.authority.encode("utf-8")),
    ):
        if not file.exists() or file.read_bytes() != content:
            write_atomically(file, content)


def _fits(key_file: Path, certificate: x509.Certificate) -> bool:
    """Whether the key in ``key_file`` is the one that ``certificate`` is for; false for anything else."""
    try:
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    except (FileNotFoundError, ValueError, TypeError):
        return False
    return key.public_key() == certificate.public_key()
