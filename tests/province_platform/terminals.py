"""A terminal as the platform sees one: real keys, a real certificate, real TLS. And what it sends."""

from __future__ import annotations

import itertools
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from contract import payloads
from contract.answers import BatchAnswer, CitizenSession, Enrolment, EventAnswer, Identity, SealedCase
from contract.enrolment_code import parse_code
from contract.envelope import BATCH_MEDIA_TYPE, CloudEvent, event_type
from contract.operations import SESSION_HEADER
from contract.sealing import Sealer
from contract.sets import (
    Assurance,
    CaseState,
    ClockTrust,
    ItemKind,
    Outcome,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    Stream,
    SubjectKind,
    TerminalState,
)
from contract.signing import Signer, card_proof_content
from foundation.clock import rfc3339
from province_platform.reference_people import find_person
from province_platform.server import PlatformServer

TASK_CODE = "11420000010833209R2002014003001"
SITE = "WH-WC-001"
WITHIN_S = 20.0


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def signing_request(key: ec.EllipticCurvePrivateKey, common_name: str = "a new terminal") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode("ascii")


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def identity(person_id: str = "wang-xiuying") -> Identity:
    person = find_person(person_id)
    assert person is not None
    return person.identity


@contextmanager
def anybody(server: PlatformServer, folder: Path) -> Iterator[requests.Session]:
    """A connection without a certificate that believes the platform's authority."""
    authority = folder / "authority-for-anybody.pem"
    authority.write_text(server.authority_pem, encoding="ascii")
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(authority)
        yield session


def ask_to_enrol(
    server: PlatformServer, folder: Path, code: str, request: str, secret: str = ""
) -> requests.Response:
    machine = {"model": "DXR-T1", "serial_number": "SN-1", "application_version": "0.1.0"}
    body = {
        "secret": secret or parse_code(code).secret,
        "signing_request": request,
        "machine": machine,
    }
    with anybody(server, folder) as session:
        return session.post(f"{server.terminal_url}/v1/enrolments", json=body, timeout=WITHIN_S)


@dataclass
class EnrolledTerminal:
    """An enrolled terminal with a connection of its own."""

    server: PlatformServer
    session: requests.Session
    enrolment: Enrolment
    key: ec.EllipticCurvePrivateKey
    store_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sequences: dict[Stream, Iterator[int]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.enrolment.terminal_id

    def call(self, method: str, path: str, **arguments: Any) -> requests.Response:
        return self.session.request(
            method, f"{self.server.terminal_url}{path}", timeout=WITHIN_S, **arguments
        )

    def send(self, *events: CloudEvent | bytes) -> list[EventAnswer]:
        rows = [event if isinstance(event, bytes) else msgspec.json.encode(event) for event in events]
        answer = self.post_batch(b"[" + b",".join(rows) + b"]")
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=BatchAnswer).answers

    def post_batch(self, body: bytes, **headers: str) -> requests.Response:
        return self.call(
            "POST", "/v1/events", data=body, headers={"content-type": BATCH_MEDIA_TYPE, **headers}
        )

    def event(
        self, stream: Stream, payload: payloads.Payload, subject: str = "", **changed: Any
    ) -> CloudEvent:
        sequence = next(self.sequences.setdefault(stream, itertools.count(1)))
        about = getattr(payload, "case_id", "")
        facts: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "source": f"terminal/{self.id}",
            "type": event_type(stream),
            "subject": subject or (f"case/{about}" if about else f"terminal/{self.id}"),
            "time": rfc3339(datetime.now(UTC)),
            "bootid": "0b5f2ab0-3a3f-4e0c-b1b8-6f6b53b1c5a0",
            "storeid": self.store_id,
            "sequence": str(sequence),
            "monotonicms": "123456",
            "clocktrust": ClockTrust.SYNCHRONISED,
            "data": msgspec.Raw(msgspec.json.encode(payload)),
        }
        return CloudEvent(**(facts | changed))

    def case(self, **changed: Any) -> payloads.Case:
        """A case that nobody signed in for (请人工回电), unless changed."""
        facts: dict[str, Any] = {
            "case_id": str(uuid.uuid4()),
            "receipt_number": f"{self.enrolment.terminal_number}000001",
            "terminal_id": self.id,
            "site_id": self.enrolment.site.site_id,
            "region_code": self.enrolment.site.region_code,
            "item_code": "call-back",
            "item_version": 1,
            "item_batch": "test",
            "task_code": TASK_CODE,
            "kind": ItemKind.FORM,
            "state": CaseState.SUBMITTED,
            "actor": payloads.Actor(assurance=Assurance.ANONYMOUS),
            "subject": payloads.Subject(kind=SubjectKind.PERSON),
            "submitted_at": rfc3339(datetime.now(UTC)),
            "notice_version": "1",
        }
        return payloads.Case(**(facts | changed))

    def service(self, case: payloads.Case, **changed: Any) -> payloads.Service:
        facts: dict[str, Any] = {
            "service_id": str(uuid.uuid4()),
            "case_id": case.case_id,
            "service_no": 1,
            "kind": ServiceKind.APPLICATION,
            "outcome": ServiceOutcome.HANDED_IN,
            "started_at": rfc3339(datetime.now(UTC)),
            "ended_at": rfc3339(datetime.now(UTC)),
        }
        return payloads.Service(**(facts | changed))

    def rating(self, service: payloads.Service, **changed: Any) -> payloads.Rating:
        facts: dict[str, Any] = {
            "rating_id": str(uuid.uuid4()),
            "case_id": service.case_id,
            "service_id": service.service_id,
            "service_no": service.service_no,
            "level": Satisfaction.VERY_SATISFIED,
            "tags": ["512"],
            "rated_at": rfc3339(datetime.now(UTC)),
        }
        return payloads.Rating(**(facts | changed))

    def status(self, state: TerminalState = TerminalState.NORMAL, **changed: Any) -> payloads.Status:
        facts: dict[str, Any] = {"terminal_id": self.id, "state": state}
        return payloads.Status(**(facts | changed))

    def seal(self, content: object) -> str:
        return Sealer(self.enrolment.sealing_key).seal(msgspec.json.encode(content))

    def proof(self, bound_to: str, sealed: str, read_at: str, key: Any = None) -> payloads.CardProof:
        signer = Signer(private_pem(key or self.key).decode("ascii"))
        content = card_proof_content(self.id, bound_to, "05.04-20240101-0000000001", read_at, sealed)
        return payloads.CardProof(
            sam_number="05.04-20240101-0000000001", read_at=read_at, signature=signer.sign(content)
        )

    def card_sign_in(self, person: Identity, read_at: datetime, **changed: Any) -> dict[str, Any]:
        sealed, nonce = self.seal(person), str(uuid.uuid4())
        proof = self.proof(nonce, sealed, rfc3339(read_at), changed.pop("key", None))
        return {"sealed": sealed, "nonce": nonce, "proof": msgspec.to_builtins(proof)} | changed

    def sign_in(self, person_id: str = "wang-xiuying") -> CitizenSession:
        body = self.card_sign_in(identity(person_id), self.server.clock.utc_now())
        answer = self.call("POST", "/v1/sign-in/card", json=body)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=CitizenSession)

    def offline_case(self, person: Identity, **changed: Any) -> payloads.Case:
        """A case handed in while the province could not be reached, proved by the card alone."""
        case_id = str(uuid.uuid4())
        sealed = self.seal(SealedCase(person=person, answers={"pay_to": "card"}))
        proof = self.proof(case_id, sealed, rfc3339(datetime.now(UTC)), changed.pop("key", None))
        actor = payloads.Actor(assurance=Assurance.CARD_PRESENT, proof=proof)
        return self.case(case_id=case_id, sealed=sealed, actor=actor, offline=True, **changed)

    def with_token(self, session: CitizenSession) -> dict[str, str]:
        return {SESSION_HEADER: session.token}


@contextmanager
def enrolled(server: PlatformServer, folder: Path, name: str = "一号机") -> Iterator[EnrolledTerminal]:
    """A terminal that has just been enrolled."""
    key = new_key()
    answer = ask_to_enrol(server, folder, server.make_enrolment_code(SITE, name), signing_request(key))
    assert answer.status_code == 200, answer.text
    enrolment = msgspec.json.decode(answer.content, type=Enrolment)
    with with_certificate(server, folder, enrolment, key) as terminal:
        yield terminal


@contextmanager
def with_certificate(
    server: PlatformServer, folder: Path, enrolment: Enrolment, key: ec.EllipticCurvePrivateKey
) -> Iterator[EnrolledTerminal]:
    stem = folder / enrolment.terminal_id
    own, authority = stem.with_suffix(".pem"), stem.with_suffix(".authority.pem")
    own.write_bytes(private_pem(key) + enrolment.certificate.encode("ascii"))
    authority.write_text(enrolment.authority, encoding="ascii")
    with requests.Session() as session:
        session.trust_env = False
        session.cert = str(own)
        session.verify = str(authority)
        yield EnrolledTerminal(server, session, enrolment, key)


def rows(server: PlatformServer, question: str) -> list[Any]:
    """What is durable, read beside the platform."""
    with closing(sqlite3.connect(server.database_path)) as connection:
        return connection.execute(question).fetchall()


def outcomes(terminal: EnrolledTerminal, *events: CloudEvent | bytes) -> list[Outcome]:
    return [answer.outcome for answer in terminal.send(*events)]
