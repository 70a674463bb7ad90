"""Who shows a grant and its visit code is recognised, and has done what the province's commands do."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.commands import Command
from contract.grants import StaffRole
from contract.items import LocalText
from contract.sets import CommandOutcome, CommandVerb
from foundation.errors import Errors
from kiosk_app.operations.command_desk import Finished, Verb
from kiosk_app.operations.staff_desk import StaffDesk
from kiosk_app.operations.staff_lockout import TRIES, StaffLockout
from kiosk_app.terminal.staff_visit import BoardRead, Errand, ErrandDone, GrantChecked, StaffRecognised
from offline_store.errors import StoreFullError
from tests.fakes.clock import START, ManualClock
from tests.fakes.staff import BOARD, Bench, Province, a_staff_desk

DONE = LocalText("打好了。", "Printed.")


class Scene:
    """A desk, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.province = Province()
        self.bench = Bench()
        self.given: list[Command] = []
        self.answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.desk = self.another_desk()

    def another_desk(self) -> StaffDesk:
        """As after a restart."""
        verbs = {
            CommandVerb.TEST_PRINT: Verb(self._done),
            CommandVerb.RESEND_SET_ASIDE: Verb(self._broken),
            CommandVerb.REPORT_STATUS: Verb(
                lambda _: Finished(CommandOutcome.FAILED, Errors.PRINTER_NO_PAPER)
            ),
        }
        return a_staff_desk(
            self.answers.put, self.clock, self.province, self.bench, folder=self.folder, verbs=verbs
        )

    def _done(self, command: Command) -> Finished:
        self.given.append(command)
        return Finished(CommandOutcome.DONE, explanation=DONE)

    @staticmethod
    def _broken(_command: Command) -> Finished:
        raise StoreFullError("no room")

    def scans(self, text: str) -> Any:
        self.desk.check_grant("s", text.encode())
        return self.answers.get(timeout=10)

    def types(self, visit_code: str) -> Any:
        self.desk.check_code("s", visit_code)
        return self.answers.get(timeout=10)

    def does(self, errand: Errand) -> Any:
        self.desk.do("s", errand)
        return self.answers.get(timeout=10)


@contextmanager
def a_scene(folder: Path) -> Iterator[Scene]:
    scene = Scene(folder)
    try:
        yield scene
    finally:
        scene.desk.close()


def other_than(visit_code: str) -> str:
    return str((int(visit_code) + 1) % 10**8).zfill(8)


def test_two_factors_and_the_board_is_there(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        text, visit_code = scene.province.grant(START)
        assert scene.scans(text) == GrantChecked("s", None)
        assert scene.types(visit_code) == StaffRecognised("s", StaffRole.TECHNICIAN, "WH-1024")
        scene.desk.look("s")
        assert scene.answers.get(timeout=10) == BoardRead("s", BOARD)


def test_whose_staff_number_is_blocked_comes_in_with_no_grant_until_that_is_lifted(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        text, visit_code = scene.province.grant(START)
        scene.bench.blocked.add("WH-1024")
        assert scene.scans(text).error is Errors.STAFF_BLOCKED
        assert scene.types(visit_code).error is Errors.STAFF_GRANT_REFUSED
        scene.bench.blocked.clear()
        assert scene.scans(text).error is None


def test_a_grant_of_somebody_else_of_elsewhere_or_of_yesterday_is_none(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        forged, _ = Province().grant(START)
        elsewhere, _ = scene.province.grant(START, place="terminal/hubei-20002")
        yesterday, _ = scene.province.grant(START - timedelta(days=1))
        site, _ = scene.province.grant(START, place="site/WH-WC-001")
        assert scene.scans(forged).error is Errors.STAFF_GRANT_REFUSED
        assert scene.scans(elsewhere).error is Errors.STAFF_GRANT_REFUSED
        assert scene.scans("DXRC1.a-code-of-a-citizen").error is Errors.STAFF_GRANT_REFUSED
        assert scene.scans("码").error is Errors.STAFF_GRANT_REFUSED
        assert scene.scans(yesterday).error is Errors.STAFF_GRANT_EXPIRED
        assert scene.scans(site).error is None


def test_a_visit_code_without_a_grant_opens_nothing(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        text, visit_code = scene.province.grant(START)
        assert scene.types(visit_code).error is Errors.STAFF_GRANT_REFUSED
        assert scene.scans(text).error is None
        scene.desk.end_session()
        assert scene.types(visit_code).error is Errors.STAFF_GRANT_REFUSED, "the visit has ended"


def test_five_wrong_codes_lock_the_way_over_a_restart_and_longer_each_time(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        text, visit_code = scene.province.grant(START, hours=72)
        scene.scans(text)
        for _ in range(TRIES - 1):
            assert scene.types(other_than(visit_code)).error is Errors.STAFF_CODE_WRONG
        assert scene.types(other_than(visit_code)).error is Errors.STAFF_LOCKED
        assert scene.bench.locked == [True]
        scene.desk.close()
        scene.desk = scene.another_desk()
        assert scene.scans(text).error is Errors.STAFF_LOCKED
        scene.clock.advance(15 * 60)
        assert scene.scans(text).error is None
        refused = [scene.types(other_than(visit_code)).error for _ in range(TRIES)]
        assert refused[-1] is Errors.STAFF_LOCKED
        scene.clock.advance(15 * 60)
        assert scene.scans(text).error is Errors.STAFF_LOCKED, "the second lock lasts twice as long"
        scene.clock.advance(15 * 60)
        assert scene.scans(text).error is None
        assert scene.types(visit_code).role is StaffRole.TECHNICIAN
        assert scene.bench.locked[-1] is False


def test_the_last_try_counts_if_it_is_right(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        text, visit_code = scene.province.grant(START)
        scene.scans(text)
        for _ in range(TRIES - 1):
            scene.types(other_than(visit_code))
        assert scene.types(visit_code).role is StaffRole.TECHNICIAN
        assert not StaffLockout(tmp_path / "lockout.json", scene.clock).locked


def test_a_try_that_cannot_be_counted_is_none(tmp_path: Path) -> None:
    with a_scene(tmp_path / "gone") as scene:
        text, visit_code = scene.province.grant(START)
        scene.scans(text)
        (tmp_path / "gone").touch()  # where the folder should be
        assert scene.types(visit_code).error is Errors.STORE_UNWRITABLE


@pytest.mark.parametrize("content", [b"", b"{", b'{"locked_until": "yesterday"}', b'{"wrong": "many"}'])
def test_a_damaged_record_keeps_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lockout.json").write_bytes(content)
    assert not StaffLockout(tmp_path / "lockout.json", ManualClock()).locked


def test_an_errand_does_what_the_command_does_and_says_what_came_of_it(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        assert scene.does(Errand.TEST_SLIP) == ErrandDone("s", Errand.TEST_SLIP, DONE)
        assert [command.verb for command in scene.given] == [CommandVerb.TEST_PRINT]
        assert scene.does(Errand.REPORT).error is Errors.PRINTER_NO_PAPER
        assert scene.does(Errand.RESEND).error is Errors.STORE_FULL
        scene.desk.restart()
        assert scene.bench.restarts == 1


def test_a_bug_is_an_answer_too(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        assert scene.does(Errand.STOP_SERVICE).error is Errors.COMMAND_INTERRUPTED, "no such verb here"


def test_the_board_is_that_of_this_moment(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        scene.bench.board = replace(BOARD, waiting=0)
        scene.desk.look("s")
        assert scene.answers.get(timeout=10).board.waiting == 0
