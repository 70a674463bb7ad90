"""Options that are read into what drivers and keys know: addresses, and hours of silence.

Apart from the other options, for those are needed before the first screen, and drivers are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from drivers.speech.device import QuietHours
from drivers.transports.address import parse_address
from kiosk_app.config.options import Option, UnfitError, Words

_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)")


def quiet_hours(zh: str, en: str) -> Option:
    """From when until when, ``21:00-07:30``, over midnight too."""

    def read(value: object) -> QuietHours:
        found = _HOURS.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise UnfitError
        begin, end = (time.fromisoformat(moment) for moment in found.groups())
        return QuietHours(begin, end)

    expected = Words('请写起止时间，例如 "21:00-07:30"', 'write from when until when, such as "21:00-07:30"')
    return Option(Words(zh, en), expected, read)


def device(zh: str, en: str, example: str, parse: Callable[[str], object] = parse_address) -> Option:
    """The address of a device, as ``parse`` reads it; leave the line out when it is not fitted."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise UnfitError
        try:
            return parse(value)
        except ValueError:
            raise UnfitError from None

    expected = Words(
        f'请写设备地址，例如 "{example}"；没有安装该设备就删去这一行',
        f'write the address of the device, such as "{example}"; leave the line out if it is not fitted',
    )
    return Option(Words(zh, en), expected, read)


def address_of_key(zh: str, en: str, example: str, parse: Callable[[str], object]) -> Option:
    """Where a key is kept, as ``parse`` reads it."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise UnfitError
        try:
            return parse(value)
        except ValueError:
            raise UnfitError from None

    expected = Words(
        f'请写 "file:"、"province:"、"credential:…"、"skf:…" 或 "tpm2:…"，例如 "{example}"',
        f'write "file:", "province:", "credential:…", "skf:…" or "tpm2:…", such as "{example}"',
    )
    return Option(Words(zh, en), expected, read)
