"""``queue`` says honestly what waits and why, and ``queue resend`` puts back what was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.__main__ import main
from kiosk_app.config import TerminalPaths
from kiosk_app.config.settings import read_settings
from kiosk_app.province.terminal_keys import keys_as_set
from kiosk_app.reporting.queue_board import board_lines, duration
from offline_store.audit import AuditTrail
from offline_store.events import Confirmation
from offline_store.lock import TerminalLock
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures.stores import a_store, an_event
from words import LANGUAGES, Words

REASON = "data.case_id belongs to another event"


@pytest.fixture
def paths(tmp_path: Path) -> TerminalPaths:
    paths = TerminalPaths(tmp_path)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text('[platform]\nurl = "https://platform.example"\n')
    return paths


@pytest.fixture
def store(paths: TerminalPaths) -> Iterator[OfflineStore]:
    """The store of a running terminal: its lock is held."""
    lock = TerminalLock.take(paths.store.with_name("terminal.lock"))
    assert lock is not None
    with a_store(paths.state) as store:
        yield store
    lock.release()


def trail_of(paths: TerminalPaths, store: OfflineStore) -> AuditTrail:
    return store.audit_trail(keys_as_set(read_settings(paths.settings), paths, SystemClock()).audit)


def queue(paths: TerminalPaths, *arguments: str) -> int:
    return main(["--root", str(paths.root), "queue", *arguments])


def as_data(paths: TerminalPaths, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert queue(paths, "--json") == 0
    board: dict[str, Any] = json.loads(capsys.readouterr().out)
    return board


def refused_case_with_rating(store: OfflineStore) -> tuple[str, str]:
    case = an_event("case", "case/a", priority=0)
    rating = an_event("rating", "case/a", priority=0, depends_on=(case.id,))
    store.outbox.append([case, rating])
    store.outbox.set_aside(case.id, code="PROV-006", reason=REASON)
    return case.id, rating.id


def test_the_board_says_what_was_tried_and_what_came_of_it(
    paths: TerminalPaths, store: OfflineStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_data(paths, capsys)["exchanges"] == {}
    tried, sent = an_event(), an_event()
    store.outbox.append([tried, sent])
    store.outbox.confirm([Confirmation(sent.id, "stored")])
    for _ in range(3):
        store.outbox.step_back([tried.id], code="PROV-002", answer="busy", delay_s=3600)
    store.outbox.note_no_answer(Errors.PROVINCE_UNREACHABLE.code)
    board = as_data(paths, capsys)
    assert (board["depth"], board["stepped_back"], board["most_attempts"]) == (1, 1, 3)
    assert list(board["exchanges"]) == ["answered", Errors.PROVINCE_UNREACHABLE.code]
    assert 3500 < board["next_try_in_s"] <= 3600
    assert queue(paths, "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "1 were sent in vain, one of them 3 times." in said
    assert f"in vain [{Errors.PROVINCE_UNREACHABLE.code}]" in said
    assert "Tried again in 59 min." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_set_aside_stands_there_with_its_reason(
    paths: TerminalPaths, store: OfflineStore, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    case, rating = refused_case_with_rating(store)
    assert queue(paths, "--lang", language) == 0
    said = capsys.readouterr().out
    assert f"{case} case/a [PROV-006] {REASON}" in said
    assert f"{rating} case/a [PROV-006] {Words(language).say('queue.with', cause=case)}" in said


def test_one_word_sends_a_case_and_what_waits_for_it_again_and_is_recorded(
    paths: TerminalPaths, store: OfflineStore, capsys: pytest.CaptureFixture[str]
) -> None:
    case, rating = refused_case_with_rating(store)
    assert queue(paths, "resend", "all", "--lang", "en") == 0
    assert capsys.readouterr().out == f"{case}: 2 wait again.\n"
    assert [event.id for event in store.outbox.peek(10)] == [case, rating]
    assert store.outbox.board().set_aside == ()
    with store._database.reading() as transaction:
        entries = transaction.execute("SELECT kind, outcome, subject FROM audit_entry").fetchall()
    assert entries == [("resend.event", "done", f"event/{case}")]
    assert trail_of(paths, store).verify().is_intact


def test_what_waits_for_something_set_aside_is_not_sent_alone(
    paths: TerminalPaths, store: OfflineStore, capsys: pytest.CaptureFixture[str]
) -> None:
    case, rating = refused_case_with_rating(store)
    assert queue(paths, "resend", rating, "nonsense 13871234567") == 1
    assert [event.id for event in store.outbox.board().set_aside] == [case, rating]
    assert trail_of(paths, store).verify().entries == 2


def test_a_terminal_that_does_not_run_can_be_told_too(
    paths: TerminalPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_store(paths.state) as store:
        case, _ = refused_case_with_rating(store)
    assert queue(paths, "resend", case) == 0
    assert as_data(paths, capsys)["depth"] == 2
    assert queue(paths, "resend", "all", "--lang", "en") == 0
    assert capsys.readouterr().out == "Nothing was set aside.\n"


def test_without_a_store_there_is_a_reason_and_no_success(
    paths: TerminalPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert queue(paths) == 1
    assert capsys.readouterr().err.startswith("STOR-")


def test_superseded_and_refused_are_on_the_board_and_call_for_attention(tmp_path: Path) -> None:
    clock = ManualClock()
    with a_store(tmp_path, clock) as store:
        with store._database.writing() as transaction:
            transaction.execute("INSERT INTO stream VALUES ('status', 9, 0, 0, 7, 3, 0)")
        clock.advance(90)
        lines = board_lines(store.outbox.board(), Words("en"))
    texts = {line.text: line.is_attention for line in lines}
    assert texts["7 old states were replaced by newer ones."] is False
    assert texts["3 were not taken: their queue was full."] is True


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.9, "59 s"), (60, "1 min"), (7200, "2 h"), (900_000, "10 d")]
)
def test_a_duration_is_said_in_its_largest_unit(seconds: float, said: str) -> None:
    assert duration(seconds, Words("en")) == said
