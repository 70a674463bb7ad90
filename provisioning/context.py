"""What every verb is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foundation.clock import Clock
from kiosk_app.config import TerminalPaths
from provisioning.report import ExitCode, Line, Report, State
from words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """The terminal's places, the language to speak, and the time."""

    paths: TerminalPaths
    words: Words
    clock: Clock


def not_written(context: Context, subject: str, file: Path) -> Report:
    """A file that could not be written on this machine."""
    text = context.words.say("provisioning.not_written", file=file)
    line = Line(subject, State.BAD, text, context.words.say("provisioning.run_as_root"))
    return Report(ExitCode.NOT_WRITTEN, (line,))
