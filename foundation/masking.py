"""Showing a person to herself without showing her to the person behind her, and never to a log.

Masks follow field practice for public screens: a name keeps its first character, an identity number its
first four and last four, a telephone number its first three and last four.
"""

from __future__ import annotations

import logging
import re

MASK = "*"
_IDENTITY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5})(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE_NUMBER = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d{9}(?!\d)")


def mask_name(name: str) -> str:
    """``欧阳娜娜`` → ``欧***``; a single character is masked whole; an empty name stays empty."""
    characters = name.strip()
    if len(characters) <= 1:
        return MASK * len(characters)
    return characters[0] + MASK * (len(characters) - 1)


def mask_organisation(name: str) -> str:
    """``荆州某某文化传播有限公司`` → ``荆州****有限公司``: its place and its kind, and not how long it is.

    A name shorter than 8 keeps its first character only.
    """
    characters = name.strip()
    if len(characters) < 8:
        return mask_name(characters)
    return characters[:2] + MASK * 4 + characters[-4:]


def mask_identity_number(number: str) -> str:
    """``11010519491231002X`` → ``1101**********002X``; anything shorter than 12 is masked whole."""
    if len(number) < 12:
        return MASK * len(number)
    return number[:4] + MASK * (len(number) - 8) + number[-4:]


def mask_telephone(number: str) -> str:
    """``13912345678`` → ``139****5678``; anything shorter than 9 is masked whole."""
    if len(number) < 9:
        return MASK * len(number)
    return number[:3] + MASK * (len(number) - 7) + number[-4:]


def mask_address(address: str) -> str:
    """Keeps the first six characters (province and city) and hides how long the rest is."""
    return address[:6] + MASK * 4 if len(address) > 6 else MASK * len(address)


def mask_numbers(text: str) -> str:
    """Masks every identity and mobile number within a text that somebody else wrote, for a public screen."""
    text = _IDENTITY_NUMBER.sub(lambda found: mask_identity_number(found[0]), text)
    return _MOBILE_NUMBER.sub(lambda found: mask_telephone(found[0]), text)


def holds_identity_number(text: str) -> bool:
    """Whether something in ``text`` looks like an identity number."""
    return _IDENTITY_NUMBER.search(text) is not None


def redact(text: str) -> str:
    """Replaces everything that looks like an identity or mobile number, for text that we did not write."""
    return _MOBILE_NUMBER.sub("[mobile]", _IDENTITY_NUMBER.sub("[identity number]", text))


class RedactingFormatter(logging.Formatter):
    """The last line of defence: a number that slipped into a message does not reach the log.

    It works on the finished text, so arguments, tracebacks and messages of libraries are covered too.
    """

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
