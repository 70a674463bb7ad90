"""How a field of the wire is described: its Chinese name, its length, its meaning."""

from __future__ import annotations

import msgspec

# [0-9], because \d is any script's figures in Python and only these ten in ECMA 262, whose patterns JSON
# Schema uses. A pattern of variable length ends in $(?!\n), because in Python $ alone also matches before a
# last newline; where the length is fixed, the greatest length refuses that newline already.
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
TIME_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DATE_OR_EMPTY_PATTERN = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)"
DECIMAL_PATTERN = r"^(0|[1-9][0-9]{0,18})$(?!\n)"
REGION_PATTERN = r"^[0-9]{12}$"


def text(zh: str, longest: int, description: str = "", *, pattern: str | None = None) -> msgspec.Meta:
    """A text of at most ``longest`` characters."""
    return msgspec.Meta(
        title=zh, max_length=longest, pattern=pattern, description=description or None, extra={"zh": zh}
    )


def identifier(zh: str, description: str = "") -> msgspec.Meta:
    """A UUID version 4 in lower case (RFC 9562), 36 characters."""
    return text(zh, 36, description, pattern=UUID_PATTERN)


def moment(zh: str, description: str = "") -> msgspec.Meta:
    """RFC 3339 in UTC with milliseconds: ``2026-11-21T02:10:07.123Z``, 24 characters."""
    return text(zh, 24, description or "RFC 3339, UTC, milliseconds", pattern=TIME_PATTERN)


def day(zh: str, description: str = "") -> msgspec.Meta:
    """A calendar day, ``2026-11-21``."""
    return text(zh, 10, description, pattern=DATE_PATTERN)


def day_or_empty(zh: str, description: str = "") -> msgspec.Meta:
    """A calendar day, or empty when there is none."""
    return text(zh, 10, description, pattern=DATE_OR_EMPTY_PATTERN)


def whole(zh: str, lowest: int = 0, highest: int | None = None, description: str = "") -> msgspec.Meta:
    """A whole number."""
    return msgspec.Meta(title=zh, ge=lowest, le=highest, description=description or None, extra={"zh": zh})


def real(zh: str, lowest: float, highest: float, description: str = "") -> msgspec.Meta:
    """A number within limits."""
    return msgspec.Meta(title=zh, ge=lowest, le=highest, description=description or None, extra={"zh": zh})


def named(zh: str, description: str = "") -> msgspec.Meta:
    """Anything else: only its name and meaning."""
    return msgspec.Meta(title=zh, description=description or None, extra={"zh": zh})


def rows(zh: str, most: int, description: str = "") -> msgspec.Meta:
    """A list of at most ``most`` rows."""
    return msgspec.Meta(title=zh, max_length=most, description=description or None, extra={"zh": zh})
