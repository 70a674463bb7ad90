"""What a verb says when it has ended: lines for people, the same as JSON, and an exit code for scripts."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from foundation.errors import ErrorCode, Errors
from kiosk_app.config import SettingsError
from words import Words


class ExitCode(IntEnum):
    """How a verb ended; README.md says the same in words."""

    DONE = 0
    CHECK_FAILED = 1
    WRONG_USE = 2
    REFUSED = 3
    UNREACHABLE = 4
    NOT_WRITTEN = 5


class State(Enum):
    """How one thing is. Only ``bad`` makes a check fail; ``skipped`` could not be looked at."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    SKIPPED = "skipped"


_SIGNS = {State.GOOD: "✓", State.ATTENTION: "!", State.BAD: "✗", State.SKIPPED: "–"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at or done, and what to do about it when it is not good.

    ``subject`` is its stable name for scripts; people read ``provisioning.name_<subject>`` of the words.
    """

    subject: str
    state: State
    text: str
    remedy: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All lines of a verb, and its exit code."""

    exit_code: ExitCode
    lines: tuple[Line, ...] = field(default_factory=tuple)

    def text(self, words: Words) -> str:
        """For people: a line for each thing, the remedy below it."""
        names = [words.say(f"provisioning.name_{line.subject}") for line in self.lines]
        width = max(map(_columns, names), default=0)
        return "\n".join(_shown(line, name, width) for line, name in zip(self.lines, names, strict=True))

    def as_json(self, verb: str) -> str:
        """For scripts: the verb, the exit code and the lines."""
        lines = [
            {
                "subject": line.subject,
                "state": line.state.value,
                "text": line.text,
                "remedy": line.remedy,
                "code": line.code,
            }
            for line in self.lines
        ]
        return json.dumps(
            {"verb": verb, "exit_code": int(self.exit_code), "lines": lines}, ensure_ascii=False, indent=2
        )


def error_line(words: Words, subject: str, error: ErrorCode) -> Line:
    """Something that is not well, with its code, and what a technician checks."""
    told = f"provisioning.{error.code}"
    text = words.say(told if words.knows(told) else "provisioning.not_ready")
    return Line(
        subject, State.BAD, f"{text} [{error.code}]", words.say(f"technician.{error.code}"), error.code
    )


def settings_lines(words: Words, error: SettingsError) -> tuple[Line, ...]:
    """Every mistake of a file, each with its remedy."""
    return tuple(
        Line("settings", State.BAD, mistake.sentence(words.language), code=Errors.SETTINGS_WRONG.code)
        for mistake in error.mistakes
    )


def _shown(line: Line, name: str, width: int) -> str:
    shown = f"{_SIGNS[line.state]} {name}{' ' * (width - _columns(name))}  {line.text}"
    return f"{shown}\n  {' ' * width}  → {line.remedy}" if line.remedy else shown


def _columns(text: str) -> int:
    """How wide a terminal window shows ``text``: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
