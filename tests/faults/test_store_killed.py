"""kill -9 at every write and sync of the store: what was said is there, what was not is wholly absent."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from offline_store.attachments import read_order
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, new_event

OLD = new_event("case/old", data=b"sealed" * 800)


@dataclass(frozen=True)
class Child:
    """What became of one child."""

    path: Path
    said: bool
    killed: bool


@dataclass(frozen=True)
class Crashes:
    """Every child of one act, the survivor last, and the survivor's system calls."""

    children: list[Child]
    calls: list[str]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.db"
    store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    store.outbox.append([OLD])
    store.close()
    return path


def crash_at_every_call(template: Path, act: str, repository: Path) -> Crashes:
    folder = template.parent / act
    folder.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.offline_store.crashing", str(template), str(folder), act],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    *children, survivor = map(json.loads, run.stdout.splitlines())
    crashes = Crashes(
        [Child(Path(child["path"]), child["said"], child["killed"]) for child in children], survivor["calls"]
    )
    assert len(crashes.children) > 8
    assert [child.killed for child in crashes.children] == [True] * (len(children) - 1) + [False]
    assert crashes.children[-1].said
    return crashes


def open_after(path: Path, keys: MemoryKeyProvider | None = None) -> OfflineStore:
    return OfflineStore.open(path, keys or MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)


@pytest.mark.parametrize("act", ["append", "close"])
def test_an_append_is_whole_or_absent_and_whole_if_it_was_said(
    act: str, template: Path, repository: Path
) -> None:
    outcomes = set()
    for child in crash_at_every_call(template, act, repository).children:
        store = open_after(child.path)
        old, *new = store.outbox.peek(10)
        (next_case,) = store.outbox.append([new_event("case/next")])
        store.close()
        assert (old.id, old.data) == (OLD.id, OLD.data)
        assert [event.stream for event in new] in ([], ["case", "service"])
        assert next_case.sequence == (3 if new else 2)
        assert new or not child.said
        outcomes.add((child.said, bool(new)))
    assert {(False, False), (True, True)} <= outcomes


def test_a_commit_is_synced_before_the_call_returns(template: Path, repository: Path) -> None:
    """What kill -9 cannot show: the page cache would not survive the plug."""
    calls = crash_at_every_call(template, "append", repository).calls
    said = next(number for number, call in enumerate(calls) if call.startswith("write("))
    before = [call for call in calls[:said] if "-wal>" in call]
    assert before[-2].startswith("pwrite64(")
    assert before[-1].startswith(("fdatasync(", "fsync("))
    assert before[-1].endswith("= 0")


def test_a_file_is_there_with_its_row_or_goes_at_the_next_start(template: Path, repository: Path) -> None:
    outcomes = set()
    for child in crash_at_every_call(template, "attach", repository).children:
        store = open_after(child.path)
        store.forget_stray_attachments()
        files = [file.name for file in child.path.parent.glob(f"{child.path.name}.attachments/*")]
        uploads = store.outbox.peek(10, uploads=True)
        assert files == [upload.id for upload in uploads]
        assert all(store.attachments.is_sound(upload.id, read_order(upload.data)) for upload in uploads)
        assert [event.id for event in store.outbox.peek(10)] == [OLD.id], "the case waits for its file"
        store.close()
        assert uploads or not child.said
        outcomes.add((child.said, bool(uploads)))
    assert {(False, False), (True, True)} <= outcomes


def test_a_file_is_synced_with_its_name_before_its_row_is_written(template: Path, repository: Path) -> None:
    """So that no power cut leaves a row whose file is not there."""
    calls = crash_at_every_call(template, "attach", repository).calls
    synced = [
        number
        for number, call in enumerate(calls)
        if call.startswith("fsync(") and ".attachments" in call and call.endswith("= 0")
    ]
    written = [number for number, call in enumerate(calls) if ".part>" in call and call.startswith("write(")]
    row = next(number for number, call in enumerate(calls) if "-wal>" in call)
    content, name = synced
    assert written[-1] < content < name < row
    assert ".part>" in calls[content]
    assert calls[name].split(">")[0].endswith(".attachments")


def test_a_confirmation_is_whole_or_absent(template: Path, repository: Path) -> None:
    outcomes = set()
    for child in crash_at_every_call(template, "confirm", repository).children:
        store = open_after(child.path)
        pending = store.outbox.peek(10)
        sent = store.outbox.board().sent["stored"]
        number = store.outbox.case_number("case/old")
        store.outbox.confirm([Confirmation(OLD.id, "duplicate", "42-0001")])
        (again,) = store.outbox.append([OLD])
        store.close()
        assert ([event.data for event in pending], sent, number) in (
            ([OLD.data], 0, None),
            ([], 1, "42-0001"),
        )
        assert sent == 1 or not child.said
        assert again.data == b""
        outcomes.add(sent)
    assert outcomes == {0, 1}


def test_a_store_is_made_wholly_or_made_again(template: Path, repository: Path) -> None:
    for child in crash_at_every_call(template, "create", repository).children:
        store = open_after(child.path.with_suffix(".new"))
        (event,) = store.outbox.append([new_event()])
        store.close()
        assert event.sequence == 1


def test_a_rotation_of_the_key_is_finished_by_the_next_opening(template: Path, repository: Path) -> None:
    for child in crash_at_every_call(template, "rotate", repository).children:
        keys = MemoryKeyProvider()
        keys.rotate()
        store = open_after(child.path, keys)
        (event,) = store.outbox.peek(10)
        store.close()
        assert event.data == OLD.data
        assert keys.previous() is None
        open_after(child.path, keys).close()
