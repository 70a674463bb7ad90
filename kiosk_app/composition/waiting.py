"""What waits for the province, and what was set aside: looked at, and sent again at a person's word."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from foundation.clock import SystemClock, boot_id
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.settings import read_settings
from kiosk_app.province.terminal_keys import keys_as_set
from kiosk_app.reporting.queue_board import board_lines
from offline_store.audit import AuditTrail, is_word
from offline_store.errors import StoreError
from offline_store.lock import TerminalLock
from offline_store.outbox import Outbox
from offline_store.store import OfflineStore
from words import Words

ALL = "all"


def show_what_waits(root: Path, *, language: str, as_json: bool) -> int:
    """Prints it. Returns 0, or 1 when the store cannot be read; the reason is then on standard error."""
    paths, clock = TerminalPaths(root), SystemClock()
    try:
        keys = keys_as_set(read_settings(paths.settings), paths, clock)
        reader = OfflineStore.open_read_only(paths.store, keys.store, clock=clock, boot_id=boot_id())
        try:
            board = reader.board()
        finally:
            reader.close()
    except (StoreError, SettingsError) as fault:
        return _say_why(fault)
    if as_json:
        sys.stdout.write(json.dumps(asdict(board), ensure_ascii=False, default=str) + "\n")
    else:
        sys.stdout.writelines(line.text + "\n" for line in board_lines(board, Words(language)))
    return 0


def send_again(root: Path, ids: Sequence[str], *, language: str) -> int:
    """Puts events that were set aside back into the queue: those named, or ``all``; recorded in the trail.

    Works beside a running terminal, which sends them within half a minute. Returns 0, or 1 when one of those
    named is not waiting again now.
    """
    paths, clock = TerminalPaths(root), SystemClock()
    lock = TerminalLock.take(paths.store.with_name("terminal.lock"))
    try:
        keys = keys_as_set(read_settings(paths.settings), paths, clock)
        opened = OfflineStore.open_beside if lock is None else OfflineStore.open
        store = opened(paths.store, keys.store, clock=clock, boot_id=boot_id())
        try:
            released = _release(store.outbox, store.audit_trail(keys.audit), ids)
        finally:
            store.close()
    except (StoreError, SettingsError) as fault:
        return _say_why(fault)
    finally:
        if lock is not None:
            lock.release()
    words = Words(language)
    for event_id, count in released.items():
        sentence = "queue.resent" if count else "queue.not_resent"
        sys.stdout.write(words.say(sentence, id=event_id, count=count) + "\n")
    if not released:
        sys.stdout.write(words.say("queue.nothing_to_resend") + "\n")
    return 0 if all(released.values()) else 1


def _release(outbox: Outbox, trail: AuditTrail, ids: Sequence[str]) -> dict[str, int]:
    """How many events wait again because of each that was named."""
    if list(ids) == [ALL]:
        # What went aside because of another one comes back with it.
        ids = [event.id for event in outbox.board().set_aside if event.because_of is None]
    released = {}
    for event_id in ids:
        released[event_id] = len(outbox.release(event_id))
        subject = f"event/{event_id}" if is_word(f"event/{event_id}") else ""
        trail.record("resend.event", "done" if released[event_id] else "refused", subject)
    return released


def _say_why(fault: StoreError | SettingsError) -> int:
    sys.stderr.write(f"{fault.error}: {fault}\n")
    return 1
