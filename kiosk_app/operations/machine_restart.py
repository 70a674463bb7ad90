"""Starting the machine anew: when nothing less makes sure that nobody's data stay in memory.

Never in a loop: at most once in an hour, which is kept on the disk. The reason is kept too, so that whoever
reads the log after the restart knows why.
"""

from __future__ import annotations

import logging
import shlex
import subprocess
from datetime import timedelta
from pathlib import Path

import msgspec

from foundation.atomic_files import write_atomically
from foundation.clock import Clock, parse_rfc3339, rfc3339
from foundation.errors import ErrorCode

log = logging.getLogger("dianxiaoer.restart")

LEAST_BETWEEN = timedelta(hours=1)
_ANSWERS_WITHIN_S = 20.0


class RestartNote(msgspec.Struct, frozen=True, kw_only=True):
    """The last restart that was asked for: why (a code), when, and in which boot."""

    reason: str
    asked_at: str
    boot_id: str


class MachineRestart:
    """Asks for a restart by ``command``, such as ``systemctl reboot``; an empty one means that nobody may.

    ``clock`` must not go back when the machine starts anew with a wrong one (``PlatformClock`` does not).
    """

    def __init__(self, command: str, note: Path, clock: Clock, boot_id: str) -> None:
        self._command = shlex.split(command)
        self._note = note
        self._clock = clock
        self._boot_id = boot_id

    def ask(self, reason: ErrorCode) -> bool:
        """Whether the machine was asked and agreed; it is going down then. Takes up to 20 s.

        It is noted on the disk before, so that no power cut makes a loop of it.
        """
        if not self._command:
            log.error("the machine would be restarted (%s), but the settings name no way to", reason)
            return False
        if self._was_lately():
            log.error("the machine is not restarted (%s): it was within the last hour", reason)
            return False
        now = rfc3339(self._clock.utc_now())
        note = RestartNote(reason=reason.code, asked_at=now, boot_id=self._boot_id)
        try:
            write_atomically(self._note, msgspec.json.encode(note), mode=0o600)
            log.error("the machine is restarted: %s", reason)
            subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_ANSWERS_WITHIN_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as fault:
            log.error("the machine could not be asked to restart: %s", type(fault).__name__)
            return False
        return True

    def say_why(self) -> None:
        """Logs why the machine was restarted, if it was, and this is the boot after that."""
        note = self._last()
        if note is not None and note.boot_id != self._boot_id:
            log.info("the machine was last restarted at %s because of %s", note.asked_at, note.reason)

    def _was_lately(self) -> bool:
        note = self._last()
        if note is None:
            return False
        return self._clock.utc_now() - parse_rfc3339(note.asked_at) < LEAST_BETWEEN

    def _last(self) -> RestartNote | None:
        try:
            note = msgspec.json.decode(self._note.read_bytes(), type=RestartNote)
            parse_rfc3339(note.asked_at)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, ValueError) as fault:
            log.error("the note of the last restart cannot be read: %s", type(fault).__name__)
            return None
        return note
