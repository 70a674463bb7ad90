"""A face that is asked about on a line that a test spoils: real sockets, mutual TLS, the real desk."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from contract.answers import CitizenSession
from contract.faces import FaceComparison
from contract.sets import Assurance, FaceLiveness
from foundation.clock import SystemClock
from foundation.errors import ErrorCode
from kiosk_app.matters.face_desk import FaceDesk
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.terminal.answers import FaceAnswered
from kiosk_app.terminal.desk import FaceToCompare
from tests.fakes.devices import NoDevices
from tests.fakes.scripted_server import Answer, ScriptedServer
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

WITHIN_S = 20.0
PICTURE = b"\xff\xd8 a picture of somebody, planted \xff\xd9"


@dataclass
class FaceLine:
    """One question at a time; ``error`` waits for what came of it."""

    terminal: EnrolledTerminal
    server: ScriptedServer
    desk: FaceDesk
    answers: queue.Queue[FaceAnswered]

    def ask(self) -> None:
        """Has the face compared."""
        session = CitizenSession(
            session_id="00000000-0000-4000-9000-000000000001",
            token="token-of-the-citizen",
            subject_ref="subject",
            assurance=Assurance.CARD_VERIFIED,
            expires_in_s=900,
        )
        self.desk.compare("s", session, FaceToCompare(PICTURE, FaceLiveness.PASSED, "2026-11-f1"))

    def error(self) -> ErrorCode | None:
        """Of the one answer to the question; there is never a second one."""
        answer = self.answers.get(timeout=WITHIN_S)
        assert answer.answer is None
        assert self.answers.empty()
        return answer.error

    def sent_sealed(self) -> None:
        """What went over the wire opens with the province's key alone, and is the picture."""
        sent = self.server.seen[-1].body
        assert PICTURE not in sent
        request = msgspec.json.decode(sent, type=FaceComparison)
        assert self.terminal.opener.open(request.sealed) == PICTURE


@contextmanager
def a_face_line(folder: Path, answer: Answer) -> Iterator[FaceLine]:
    """A line on which every question is answered by ``answer``."""
    clock = SystemClock()
    terminal = an_enrolled_terminal(folder / "terminal")
    authority = terminal.paths.authority_certificate
    with ScriptedServer(answer, certificate=terminal.server_files, authority=authority) as server:
        client = ProvinceClient(server.url, terminal.credentials, clock, PlatformClock(clock))
        answers: queue.Queue[FaceAnswered] = queue.Queue()

        def post(message: object) -> None:
            assert isinstance(message, FaceAnswered)
            answers.put(message)

        line = FaceLine(terminal, server, FaceDesk(client, NoDevices(), post), answers)
        try:
            yield line
        finally:
            client.close()
            line.desk.close()
