"""Who writes down what a writer tried and what it was told, so that both outlive the writer.

One line of JSON each, before and after the store's answer. The witness stands outside of what is tested: a
killed process keeps the page cache, and its last line may be torn.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from offline_store.events import Confirmation, NewEvent
from offline_store.outbox import Outbox
from tests.torture.reckoning import Promises


class Line(msgspec.Struct, omit_defaults=True):
    """One line: events about to be appended, or the ids that were answered for.

    Where the witness sees the sender too: the ids about to be confirmed, or those that are.
    """

    tried: list[NewEvent] = []
    accepted: list[str] = []
    sent: list[str] = []
    confirmed: list[str] = []


class Witness:
    """Appends to the file at ``path``."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append(self, outbox: Outbox, events: Sequence[NewEvent]) -> None:
        """Hands ``events`` to the outbox, and writes down both that and the answer."""
        self._write(Line(tried=list(events)))
        outbox.append(events)
        self._write(Line(accepted=[event.id for event in events]))

    def confirm(self, outbox: Outbox, ids: Sequence[str]) -> None:
        """Writes down that ``ids`` were sent, confirms them, and writes down that too."""
        self._write(Line(sent=list(ids)))
        outbox.confirm([Confirmation(event_id, "stored") for event_id in ids])
        self._write(Line(confirmed=list(ids)))

    def close(self) -> None:
        """Closes the file."""
        os.close(self._descriptor)

    def _write(self, line: Line) -> None:
        os.write(self._descriptor, b"\n" + msgspec.json.encode(line) + b"\n")


def read_lines(path: Path) -> list[Line]:
    """All whole lines; a torn one was cut off with its writer."""
    lines = []
    for text in path.read_bytes().splitlines() if path.exists() else ():
        try:
            lines.append(msgspec.json.decode(text, type=Line))
        except msgspec.DecodeError:
            continue
    return lines


def read_promises(path: Path) -> Promises:
    """What was tried, in order, and what was accepted."""
    lines = read_lines(path)
    tried = {event.id: event for line in lines for event in line.tried}
    return Promises(tried, frozenset(event_id for line in lines for event_id in line.accepted))


def unanswered(path: Path) -> list[list[NewEvent]]:
    """What was tried without an answer: the writer will hand in the same events, with the same ids, again."""
    lines = read_lines(path)
    accepted = {event_id for line in lines for event_id in line.accepted}
    open_tries = {
        tuple(event.id for event in line.tried): line.tried
        for line in lines
        if line.tried and not accepted.issuperset(event.id for event in line.tried)
    }
    return list(open_tries.values())
