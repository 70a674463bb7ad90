"""``audit verify`` beside a terminal and its platform: an edit, a deletion, a reordering, a cut tail."""

from __future__ import annotations

import json
import queue
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.payloads import AuditSegment
from contract.sets import Outcome, Stream
from foundation.clock import SystemClock, boot_id
from foundation.errors import Errors
from kiosk_app.__main__ import main
from kiosk_app.composition.auditing import begin_audit
from kiosk_app.config import TerminalPaths
from kiosk_app.config.settings import read_settings
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.terminal_keys import keys_as_set
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.events import EventMaker
from offline_store.keys import KeyFileProvider
from offline_store.rescue import open_or_rebuild
from offline_store.store import OfflineStore
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.province_platform.terminals import enrolled

ENTRIES_OF_A_START = 4
WITHIN_S = 15.0


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform")) as server:
        yield server


@pytest.fixture
def paths(platform: PlatformServer, tmp_path: Path) -> TerminalPaths:
    paths = TerminalPaths(tmp_path)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n')
    code = platform.make_enrolment_code("WH-WC-001", "一号机")
    assert run_verb(["enrol", "--root", str(tmp_path), "--code", code]) == 0
    return paths


def work(paths: TerminalPaths, platform: PlatformServer, sessions: int) -> None:
    """A start, so many sessions and a stop; the province hears all of it."""
    clock, credentials = SystemClock(), Credentials.load(paths)
    keys = keys_as_set(read_settings(paths.settings), paths, clock)
    opening = open_or_rebuild(paths.store, keys.store, clock=clock, boot_id=boot_id())
    platform_clock = PlatformClock(clock)
    client = ProvinceClient(platform.terminal_url, credentials, clock, platform_clock)
    terminal_id = credentials.enrolment.terminal_id
    heard: queue.Queue[str] = queue.Queue()
    uplink = Uplink(
        opening.store.outbox, client, terminal_id, clock, lambda _subject, stream, _no: heard.put(stream)
    )
    maker, profile = EventMaker(terminal_id, clock, platform_clock), credentials.sealer.profile
    audit = begin_audit(paths, keys.audit, profile, opening, maker, clock)
    for _ in range(sessions):
        audit.record("session.ended", "idle")
    audit.start()
    assert audit.stop()
    uplink.start()
    assert heard.get(timeout=WITHIN_S) == "audit"
    client.close()
    assert uplink.stop()
    opening.store.close()


def verdict(paths: TerminalPaths, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["--root", str(paths.root), "audit", "verify", "--json"])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, said


def tamper(paths: TerminalPaths, *statements: str) -> None:
    """As somebody with the store's key and not that of the trail."""
    store = OfflineStore.open_beside(
        paths.store, KeyFileProvider(paths.store_key), clock=SystemClock(), boot_id=boot_id()
    )
    with store._database.writing() as transaction:
        for statement in statements:
            transaction.execute(statement)
    store.close()


def test_what_nobody_touched_is_whole_here_and_as_the_province_was_told(
    paths: TerminalPaths, platform: PlatformServer, capsys: pytest.CaptureFixture[str]
) -> None:
    work(paths, platform, sessions=3)
    code, said = verdict(paths, capsys)
    assert (code, said["intact"], said["compared_with_province"]) == (0, True, True)
    assert said["entries"] == said["told_entries"] == ENTRIES_OF_A_START + 3
    assert main(["--root", str(paths.root), "audit", "verify", "--lang", "en"]) == 0
    assert "The record is whole" in capsys.readouterr().out


TAMPERINGS: list[tuple[str, int, tuple[str, ...]]] = [
    ("edited", 5, ("UPDATE audit_entry SET outcome = 'done' WHERE number = 5",)),
    ("deleted", 6, ("DELETE FROM audit_entry WHERE number = 6",)),
    (
        "reordered",
        5,
        (
            "UPDATE audit_entry SET number = 99 WHERE number = 5",
            "UPDATE audit_entry SET number = 5 WHERE number = 6",
            "UPDATE audit_entry SET number = 6 WHERE number = 99",
        ),
    ),
    ("cut", 6, ("DELETE FROM audit_entry WHERE number > 5",)),
]


@pytest.mark.parametrize(("fault", "entry", "statements"), TAMPERINGS, ids=[row[0] for row in TAMPERINGS])
def test_what_somebody_did_is_found(
    paths: TerminalPaths,
    platform: PlatformServer,
    capsys: pytest.CaptureFixture[str],
    fault: str,
    entry: int,
    statements: tuple[str, ...],
) -> None:
    work(paths, platform, sessions=4)
    tamper(paths, *statements)
    code, said = verdict(paths, capsys)
    assert (code, said["intact"]) == (1, False)
    assert {"fault": fault, "entry": entry} in said["findings"]


def test_a_tail_cut_by_an_old_copy_of_the_whole_machine_is_found_by_the_province(
    paths: TerminalPaths, platform: PlatformServer, capsys: pytest.CaptureFixture[str]
) -> None:
    work(paths, platform, sessions=2)
    old = paths.store.read_bytes()
    work(paths, platform, sessions=2)
    paths.store.write_bytes(old)
    code, said = verdict(paths, capsys)
    told = 2 * ENTRIES_OF_A_START + 4
    assert (code, said["told_entries"]) == (1, told)
    assert said["findings"] == [{"fault": "cut", "entry": ENTRIES_OF_A_START + 3}]


def test_without_the_province_whole_is_not_said_to_be_certain(
    paths: TerminalPaths, platform: PlatformServer, capsys: pytest.CaptureFixture[str]
) -> None:
    work(paths, platform, sessions=1)
    paths.settings.write_text('[platform]\nurl = "https://127.0.0.1:9"\n')
    code, said = verdict(paths, capsys)
    assert (code, said["intact"], said["compared_with_province"]) == (3, True, False)
    assert said["error"] == Errors.PROVINCE_UNREACHABLE.code


def test_settings_that_somebody_edited_show_in_the_trail(
    paths: TerminalPaths, platform: PlatformServer
) -> None:
    work(paths, platform, sessions=0)
    paths.settings.write_text(paths.settings.read_text() + "items_every_s = 60\n")
    work(paths, platform, sessions=0)
    store = OfflineStore.open_beside(
        paths.store, KeyFileProvider(paths.store_key), clock=SystemClock(), boot_id=boot_id()
    )
    with store._database.reading() as transaction:
        question = "SELECT subject FROM audit_entry WHERE kind = 'settings.read'"
        (before,), (after,) = transaction.execute(question).fetchall()
    store.close()
    assert before != after


def test_the_platform_keeps_the_highest_head_of_every_chain(platform: PlatformServer, tmp_path: Path) -> None:
    def segment(chain: str, last: int) -> AuditSegment:
        return AuditSegment(chain_id=chain, first_entry=1, last_entry=last, head=f"{last:064x}")

    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with enrolled(platform, tmp_path / "one", "甲") as one, enrolled(platform, tmp_path / "two", "乙") as two:
        told = [segment(first, 5), segment(first, 9), segment(first, 7), segment(second, 1)]
        answers = one.send(*(one.event(Stream.AUDIT, payload) for payload in told))
        assert {answer.outcome for answer in answers} == {Outcome.STORED}
        heads = one.call("GET", "/v1/audit/anchor").json()["heads"]
        assert {(head["chain_id"], head["last_entry"]) for head in heads} == {(first, 9), (second, 1)}
        assert two.call("GET", "/v1/audit/anchor").json()["heads"] == []
