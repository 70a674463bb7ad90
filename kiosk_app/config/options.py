"""Reading a table of TOML into a frozen dataclass: the parser is the validator.

An option is declared once, as an annotated field: its type, its default, its sentence and how it is read.
What is not declared is a mistake, and all mistakes of a file are told together, each with what to write.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from foundation.errors import ErrorCode, Errors

SectionT = TypeVar("SectionT")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str

    def read(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class UnfitError(ValueError):
    """A value that an option cannot be given. For readers of options only; ``read_section`` takes it in."""


@dataclass(frozen=True, slots=True)
class Option:
    """How one option is described and read.

    ``sentence`` says what it is for, ``expected`` what to write, and ``read`` turns the TOML value into the
    field's, raising :class:`UnfitError` when it does not fit.
    """

    sentence: Words
    expected: Words
    read: Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a settings file."""

    file: Path
    key: str
    """``section.key``; empty when the file as a whole cannot be read."""
    found: str
    remedy: Words

    def sentence(self, language: str = "en") -> str:
        """File, key, what was found and what to write, in ``zh`` or ``en``."""
        if language == "en":
            place = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
            return f"{place}found {self.found}; {self.remedy.en}"
        place = f"{self.file}：{self.key}：" if self.key else f"{self.file}："
        return f"{place}现为 {self.found}；{self.remedy.zh}"


class SettingsError(Exception):
    """A file of the terminal cannot be used. ``str`` names every mistake; ``error`` is the code."""

    error: ErrorCode = Errors.SETTINGS_WRONG

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(mistake.sentence() for mistake in mistakes))
        self.mistakes = mistakes


def whole(zh: str, en: str, least: int, most: int) -> Option:
    """A whole number from ``least`` to ``most``."""

    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise UnfitError
        return value

    expected = Words(f"请写 {least} 到 {most} 之间的整数", f"write a whole number from {least} to {most}")
    return Option(Words(zh, en), expected, read)


def number(zh: str, en: str, least: float, most: float) -> Option:
    """A number from ``least`` to ``most``."""

    def read(value: object) -> float:
        if type(value) not in (int, float) or not least <= float(str(value)) <= most:
            raise UnfitError
        return float(str(value))

    expected = Words(f"请写 {least:g} 到 {most:g} 之间的数", f"write a number from {least:g} to {most:g}")
    return Option(Words(zh, en), expected, read)


def text(zh: str, en: str, longest: int, shortest: int = 1) -> Option:
    """A text of ``shortest`` to ``longest`` characters."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not shortest <= len(value.strip()) <= longest:
            raise UnfitError
        return value.strip()

    expected = Words(
        f"请写带引号的文字，{shortest} 到 {longest} 个字",
        f"write a quoted text of {shortest} to {longest} characters",
    )
    return Option(Words(zh, en), expected, read)


def one_of(zh: str, en: str, *choices: str | int) -> Option:
    """One of a few values."""

    def read(value: object) -> str | int:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in choices:
            raise UnfitError
        return value

    shown = [f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in choices]
    expected = Words(f"请写 {'、'.join(shown)} 之一", f"write one of {', '.join(shown)}")
    return Option(Words(zh, en), expected, read)


def several_of(zh: str, en: str, *choices: str) -> Option:
    """A list of some of a few words, at least one, each once; read as a tuple."""

    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or len(set(map(repr, value))) != len(value):
            raise UnfitError
        if any(word not in choices for word in value):
            raise UnfitError
        return tuple(value)

    shown = ", ".join(f'"{choice}"' for choice in choices)
    expected = Words(f"请写一个列表，从 {shown} 里选", f"write a list of some of {shown}")
    return Option(Words(zh, en), expected, read)


def yes_or_no(zh: str, en: str) -> Option:
    """true or false."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise UnfitError
        return value

    return Option(Words(zh, en), Words("请写 true 或 false", "write true or false"), read)


def folder(zh: str, en: str) -> Option:
    """The whole path of a folder, which need not be there yet."""

    def read(value: object) -> Path:
        if not isinstance(value, str) or not value.isprintable() or not Path(value).is_absolute():
            raise UnfitError
        return Path(value)

    expected = Words(
        '请写完整路径，例如 "/var/lib/dianxiaoer/voice"',
        'write a whole path, such as "/var/lib/dianxiaoer/voice"',
    )
    return Option(Words(zh, en), expected, read)


def https_address(zh: str, en: str) -> Option:
    """An https URL of a host, without path, query or user; read without a slash at its end."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not _is_https_address(value):
            raise UnfitError
        return value.rstrip("/")

    example = "https://terminal.example.gov.cn:8443"
    return Option(
        Words(zh, en),
        Words(f'请写 https 地址，例如 "{example}"', f'write an https address, such as "{example}"'),
        read,
    )


def _is_https_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        extras = (parts.query, parts.fragment, parts.username, parts.password, parts.path.rstrip("/"))
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and not any(extras)
    except ValueError:
        return False


def read_section(
    file: Path,
    section: type[SectionT],
    table: Mapping[str, object],
    mistakes: list[Mistake],
    prefix: str = "",
) -> SectionT | None:
    """Reads ``table`` into the dataclass ``section``; None when it added to ``mistakes``.

    A field annotated with an :class:`Option` is an option; a field whose type is a dataclass is a table.
    """
    hints = typing.get_type_hints(section, include_extras=True)
    before = len(mistakes)
    unknown = sorted(table.keys() - hints.keys())
    mistakes.extend(_unknown(file, prefix + key, sorted(hints)) for key in unknown)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(section):  # type: ignore[arg-type]  # every section is a dataclass
        name, hint = field.name, hints[field.name]
        option = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Option)), None)
        if option is None:
            values[name] = _read_table(file, hint, table.get(name, {}), mistakes, name)
        elif name in table:
            values[name] = _read_option(file, option, table[name], mistakes, prefix + name)
        elif field.default is dataclasses.MISSING:
            mistakes.append(Mistake(file, prefix + name, _NOTHING, option.expected))
    return section(**values) if len(mistakes) == before else None


_NOTHING = "nothing"


def _read_table(file: Path, section: type[Any], value: object, mistakes: list[Mistake], name: str) -> object:
    if not isinstance(value, dict):
        mistakes.append(
            Mistake(file, name, _quote(value), Words(f"请写成 [{name}] 小节", f"write a section [{name}]"))
        )
        return None
    return read_section(file, section, value, mistakes, f"{name}.")


def _read_option(file: Path, option: Option, value: object, mistakes: list[Mistake], key: str) -> object:
    try:
        return option.read(value)
    except UnfitError:
        mistakes.append(Mistake(file, key, _quote(value), option.expected))
        return None


def _unknown(file: Path, key: str, known: list[str]) -> Mistake:
    near = difflib.get_close_matches(key.rpartition(".")[2], known, n=1)
    if near:
        remedy = Words(f"没有这一项，是不是 {near[0]}？", f"there is no such option; did you mean {near[0]}?")
    else:
        listed = ", ".join(known)
        remedy = Words(
            f"没有这一项，请删去；可用的有 {listed}",
            f"there is no such option, remove it; known are {listed}",
        )
    return Mistake(file, key, key.rpartition(".")[2], remedy)


def _quote(value: object) -> str:
    quoted = (
        f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
    return quoted if len(quoted) <= _LONGEST_QUOTE else quoted[:_LONGEST_QUOTE] + "…"
