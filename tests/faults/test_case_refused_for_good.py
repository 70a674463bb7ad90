"""The platform refuses a case for good: it stays on the terminal, and at the platform somebody owns it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contract.sets import Stream
from kiosk_app.config import TerminalPaths
from kiosk_app.reporting.events import CITIZEN_PRIORITY
from kiosk_app.reporting.waiting_cases import MOST_NAMED, waiting_cases
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.kiosk_app.province.test_against_the_platform import ShiftedClock, Terminal, a_terminal


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform") as server:
        yield server


@pytest.fixture
def terminal(platform: PlatformServer, tmp_path: Path) -> Iterator[Terminal]:
    paths = TerminalPaths(tmp_path / "terminal")
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n')
    code = platform.make_enrolment_code("WH-WC-001", "一号机")
    assert run_verb(["enrol", "--root", str(tmp_path / "terminal"), "--code", code]) == 0
    with a_terminal(paths, platform, ShiftedClock()) as terminal:
        yield terminal


def ask(platform: PlatformServer, question: str) -> list[Any]:
    with closing(sqlite3.connect(platform.database_path)) as connection:
        return connection.execute(question).fetchall()


def test_it_is_named_on_both_sides_and_what_comes_after_it_arrives(
    platform: PlatformServer, terminal: Terminal
) -> None:
    refused = msgspec.structs.replace(terminal.a_case(), task_code="short", deadline="2027-01-31")
    subject = f"case/{refused.case_id}"
    event = terminal.maker.make(
        Stream.CASE,
        refused,
        priority=CITIZEN_PRIORITY,
        subject=subject,
        event_id=refused.case_id,
        due_on=refused.deadline,
    )
    terminal.store.outbox.append([event])
    terminal.uplink.start()
    terminal.hand_in()
    terminal.case_numbers(1)
    (aside,) = terminal.store.outbox.board().set_aside
    assert (aside.id, aside.code) == (refused.case_id, "PROV-006")
    promises = terminal.store.promises.open(MOST_NAMED)
    assert (promises.count, promises.earliest) == (1, refused.deadline)
    (named,) = waiting_cases(promises)
    assert (named.case_id, named.set_aside, named.code) == (refused.case_id, True, "PROV-006")
    assert ask(platform, "SELECT case_id, owner, deadline, reason, state FROM undelivered") == [
        (refused.case_id, "武汉市武昌区行政审批局（演示）", refused.deadline, "refused", "open")
    ]
