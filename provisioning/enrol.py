"""``enrol``: redeems a single-use code for a certificate to a key that is made here.

Repeatable in every state. A good enrolment is never touched without ``--replace``, and then it is replaced
from one moment to the next, when everything new is on the disk. The key waits there until its certificate has
come, so an answer that was lost on the way is asked for again with the same key.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from urllib3.exceptions import InsecureRequestWarning

from contract import operations
from contract.answers import Authority, Enrolment, EnrolmentRequest, MachineFacts
from contract.enrolment_code import EnrolmentCode, MalformedCodeError, parse_code
from contract.sealing import Sealer
from contract.signing import Verifier
from foundation.errors import ErrorCode, Errors
from foundation.version import VERSION
from kiosk_app.config import SettingsError
from kiosk_app.config.records import write_enrolment
from kiosk_app.config.settings import Settings, read_settings
from kiosk_app.province.certificates import DeviceKey, certifies, signing_request
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.credentials import Credentials, NotEnrolledError, settle_keys
from kiosk_app.province.exchange import TlsFiles
from kiosk_app.province.outcomes import Answered, Outcome
from provisioning.context import Context, not_written
from provisioning.device_key import pending_key
from provisioning.report import ExitCode, Line, Report, State, error_line, settings_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own options."""
    parser.add_argument(
        "--code", help="登记码；不写则从标准输入读 / the code; read from standard input without it"
    )
    parser.add_argument(
        "--replace", action="store_true", help="换掉现有的登记 / replace the enrolment that is there"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="只看能否登记 / only see whether it would work"
    )


def run(options: argparse.Namespace, context: Context) -> Report:
    """Enrols; see the module."""
    try:
        already = None if options.replace else good_enrolment(context)
        if already is not None:
            return _already(context, already)
        settings = read_settings(context.paths.settings)
    except SettingsError as error:
        return Report(ExitCode.WRONG_USE, settings_lines(context.words, error))
    try:
        code = parse_code(options.code if options.code is not None else sys.stdin.readline())
    except MalformedCodeError:
        return _ended(context, Errors.ENROLMENT_CODE_MALFORMED)
    try:
        return _Enrolling(context, settings, code, dry_run=options.dry_run).enrol()
    except OSError as problem:
        file = Path(problem.filename or context.paths.state)
        return not_written(context, "enrolment", file)


def good_enrolment(context: Context) -> Enrolment | None:
    """The enrolment that is there and whose keys can be used, or None. Raises ``SettingsError``."""
    try:
        return Credentials.load(context.paths).enrolment
    except NotEnrolledError:
        return None


class _Enrolling:
    """One enrolment, step by step."""

    def __init__(self, context: Context, settings: Settings, code: EnrolmentCode, *, dry_run: bool) -> None:
        self._context = context
        self._settings = settings
        self._code = code
        self._dry_run = dry_run

    def enrol(self) -> Report:
        """Meets the platform, checks that it is the right one, and asks. Raises ``OSError``."""
        authority = self._fetch_authority()
        if not isinstance(authority, x509.Certificate):
            return _ended(self._context, authority)
        if not self._code.believes(authority.public_bytes(serialization.Encoding.DER)):
            return _ended(self._context, Errors.AUTHORITY_MISMATCH)
        if self._dry_run:
            return _done(self._context.words.say("provisioning.would_enrol"))
        key = pending_key(self._context.paths.pending_key)
        outcome = self._ask(authority, key)
        if not isinstance(outcome, Answered):
            return _ended(self._context, outcome.error)
        if not _is_usable(outcome.value, key, authority):
            return _ended(self._context, Errors.PROVINCE_NOT_UNDERSTOOD)
        write_enrolment(self._context.paths, outcome.value)
        settle_keys(self._context.paths, outcome.value)
        return _done(_named(self._context, "provisioning.enrolled_now", outcome.value))

    def _fetch_authority(self) -> x509.Certificate | ErrorCode:
        """Whatever is there says which authority it has; the code decides whether that is believed."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InsecureRequestWarning)
            outcome = self._call(TlsFiles(authority=None), operations.AUTHORITY)
        if not isinstance(outcome, Answered):
            return outcome.error
        answer: Authority = outcome.value
        try:
            return x509.load_pem_x509_certificate(answer.certificate.encode("utf-8"))
        except ValueError:
            return Errors.PROVINCE_NOT_UNDERSTOOD

    def _ask(self, authority: x509.Certificate, key: DeviceKey) -> Outcome[Enrolment]:
        """Connects again, believing nobody but the authority that the code names."""
        machine = self._settings.machine
        request = EnrolmentRequest(
            secret=self._code.secret,
            signing_request=signing_request(key),
            machine=MachineFacts(
                model=machine.model,
                serial_number=machine.serial_number,
                application_version=VERSION,
            ),
        )
        with tempfile.TemporaryDirectory(prefix="kiosk-provision-") as folder:
            file = Path(folder) / "authority.crt"
            file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
            return self._call(TlsFiles(authority=file), operations.ENROL, msgspec.json.encode(request))

    def _call(
        self, tls: TlsFiles, operation: operations.Operation, body: bytes | None = None
    ) -> Outcome[Any]:
        calls = PlatformCalls(self._settings.platform.url, tls, self._context.clock)
        try:
            return calls.call(operation, body=body)
        finally:
            calls.close()


def _is_usable(enrolment: Enrolment, key: DeviceKey, authority: x509.Certificate) -> bool:
    """Whether the certificate is for our key and of the believed authority, and all keys can be used."""
    try:
        Sealer(enrolment.sealing_key)
        Verifier(enrolment.item_key)
        same = x509.load_pem_x509_certificate(enrolment.authority.encode("utf-8")) == authority
    except ValueError:
        return False
    return same and certifies(enrolment.certificate, key, authority)


def _already(context: Context, enrolment: Enrolment) -> Report:
    line = Line(
        "enrolment",
        State.GOOD,
        _named(context, "provisioning.already_enrolled", enrolment),
        context.words.say("provisioning.how_to_replace"),
    )
    return Report(ExitCode.DONE, (line,))


def _named(context: Context, sentence: str, enrolment: Enrolment) -> str:
    return context.words.say(sentence, name=enrolment.terminal_name, terminal_id=enrolment.terminal_id)


def _done(text: str) -> Report:
    return Report(ExitCode.DONE, (Line("enrolment", State.GOOD, text),))


_REFUSALS = (Errors.ENROLMENT_CODE_REFUSED, Errors.AUTHORITY_MISMATCH, Errors.TERMINAL_NOT_AUTHORISED)


def _ended(context: Context, error: ErrorCode) -> Report:
    if error is Errors.ENROLMENT_CODE_MALFORMED:
        exit_code = ExitCode.WRONG_USE
    else:
        exit_code = ExitCode.REFUSED if error in _REFUSALS else ExitCode.UNREACHABLE
    return Report(exit_code, (error_line(context.words, "enrolment", error),))
