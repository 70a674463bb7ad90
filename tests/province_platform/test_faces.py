"""A face is compared by consent, three times at most, and under 14 only with a guardian who is here too."""

from __future__ import annotations

from functools import cache

import msgspec
import numpy as np
import pytest
import requests

from contract.answers import CitizenSession
from contract.faces import FACE_TRIES, LARGEST_COMPARISON_BYTES, FaceAnswer
from contract.sealing import Sealer
from contract.sets import Assurance, FaceLiveness, FaceOutcome
from drivers.camera.device import Frame
from drivers.camera.face import FaceFinder, portrait
from drivers.camera.simulator_scenes import FacePose, add_face, empty_hall
from foundation.errors import Errors
from province_platform.face_register import MATCHED_FROM, score
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, rows

COATS = {
    "wang-xiuying": (40, 60, 90),
    "li-jianguo": (150, 40, 40),
    "ouyang-yi": (40, 120, 60),
    "ouyang-he": (60, 150, 190),
}
GUARDIAN, CHILD = "ouyang-yi", "ouyang-he"


@cache
def picture_of(person_id: str) -> bytes:
    """The portrait that a camera takes of this person, as JPEG."""
    hall = empty_hall(640, 480)
    red, green, blue = COATS[person_id]
    add_face(hall, FacePose(), coat=(blue, green, red))
    frame = Frame(np.asarray(hall, np.uint8), 0.0)
    return portrait(frame, FaceFinder().look_at(frame)).jpeg


def asked(
    terminal: EnrolledTerminal,
    session: CitizenSession,
    picture: bytes,
    liveness: FaceLiveness = FaceLiveness.PASSED,
    *,
    version: str = "2026-11",
    guardian: str = "",
) -> requests.Response:
    body = {
        "sealed": Sealer(terminal.enrolment.sealing_key).seal(picture),
        "liveness": liveness.value,
        "consent_version": version,
        "guardian_token": guardian,
    }
    headers = terminal.with_token(session)
    return terminal.call("POST", "/v1/face-comparisons", json=body, headers=headers)


def came_of(answer: requests.Response) -> FaceAnswer:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=FaceAnswer)


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("person", COATS)
def test_the_register_knows_its_people_apart(person: str) -> None:
    alike = {each for each in COATS if score(picture_of(person), each) >= MATCHED_FROM}
    assert alike == {person}


def test_what_is_no_picture_and_whom_nobody_knows_are_like_nobody() -> None:
    assert score(b"", "li-jianguo") == score(b"no picture", "li-jianguo") == 0.0
    assert score(picture_of("li-jianguo"), "nobody") == 0.0


def test_a_face_that_matches_is_a_proof_and_nothing_of_it_is_kept(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    session, picture = terminal.sign_in("li-jianguo"), picture_of("li-jianguo")
    answer = came_of(asked(terminal, session, picture))
    assert (answer.outcome, answer.assurance) == (FaceOutcome.MATCHED, Assurance.FACE_MATCHED)
    assert rows(server, "SELECT assurance FROM citizen_sessions") == [("face_matched",)]
    assert rows(server, "SELECT number, outcome, consent_version FROM face_tries") == [
        (1, "matched", "2026-11")
    ]
    stored = server.database_path.read_bytes() + server.database_path.with_suffix(".sqlite-wal").read_bytes()
    for part in (1, 2, 3):
        at = len(picture) * part // 4
        assert picture[at : at + 33] not in stored


def test_somebody_elses_face_is_none_and_after_three_tries_no_more_are_made(
    terminal: EnrolledTerminal,
) -> None:
    session = terminal.sign_in("li-jianguo")
    for _ in range(FACE_TRIES):
        answer = came_of(asked(terminal, session, picture_of("wang-xiuying")))
        assert (answer.outcome, answer.assurance) == (FaceOutcome.NOT_MATCHED, Assurance.CARD_VERIFIED)
    assert refusal(asked(terminal, session, picture_of("li-jianguo"))) == (403, Errors.FACE_TRIES_USED.code)


@pytest.mark.parametrize("liveness", [FaceLiveness.NOT_SEEN, FaceLiveness.NOT_SUPPORTED])
def test_a_photograph_that_is_held_up_proves_nothing(
    terminal: EnrolledTerminal, liveness: FaceLiveness
) -> None:
    answer = came_of(asked(terminal, terminal.sign_in("li-jianguo"), picture_of("li-jianguo"), liveness))
    assert answer.outcome is FaceOutcome.NOT_LIVE


def test_without_consent_or_with_what_is_no_envelope_nothing_is_compared(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    session = terminal.sign_in("li-jianguo")
    assert asked(terminal, session, picture_of("li-jianguo"), version="").status_code == 400
    body = {"sealed": "nothing sealed", "liveness": "passed", "consent_version": "1"}
    headers = terminal.with_token(session)
    assert terminal.call("POST", "/v1/face-comparisons", json=body, headers=headers).status_code == 400
    large = body | {"sealed": "a" * LARGEST_COMPARISON_BYTES}
    assert terminal.call("POST", "/v1/face-comparisons", json=large, headers=headers).status_code == 413
    assert rows(server, "SELECT * FROM face_tries") == []


def test_a_service_that_is_down_says_so_and_costs_no_try(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    session = terminal.sign_in("li-jianguo")
    switch = f"{server.console_url}/console/faults"
    requests.post(switch, json={"face_service_down": True}, timeout=WITHIN_S).raise_for_status()
    answer = came_of(asked(terminal, session, picture_of("li-jianguo")))
    assert (answer.outcome, answer.assurance) == (FaceOutcome.UNAVAILABLE, Assurance.CARD_VERIFIED)
    assert rows(server, "SELECT * FROM face_tries") == []


def test_a_child_needs_the_guardian_whom_the_register_knows(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    child, mother = terminal.sign_in(CHILD), terminal.sign_in(GUARDIAN)
    stranger = terminal.sign_in("li-jianguo")
    needed = (403, Errors.FACE_GUARDIAN_NEEDED.code)
    assert refusal(asked(terminal, child, picture_of(CHILD))) == needed
    assert refusal(asked(terminal, child, picture_of(CHILD), guardian=child.token)) == needed
    assert refusal(asked(terminal, child, picture_of(CHILD), guardian=stranger.token)) == needed
    answer = came_of(asked(terminal, child, picture_of(CHILD), guardian=mother.token))
    assert answer.outcome is FaceOutcome.MATCHED
    clock.advance(901)
    grown = terminal.sign_in(CHILD)
    assert refusal(asked(terminal, grown, picture_of(CHILD), guardian=mother.token)) == needed
