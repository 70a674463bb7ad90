"""The readers that the machine's card service knows, asked by a child that is killed when it hangs."""

from __future__ import annotations

import re
import subprocess
import sys

from drivers.list.candidates import Candidate, Port
from drivers.social_security_card import pcsc
from drivers.social_security_card.address import PcscReader

_ANSWERS_WITHIN_S = 5.0
_NAME = re.compile(r"(?P<name>.*\S) [0-9A-F]{2} (?P<slot>[0-9A-F]{2})")
"""How pcscd numbers its readers: the number that it happened to get, and the slot."""


def find_card_readers() -> list[Candidate]:
    """Every reader that pcscd shows, its address among its names; none when no service answers."""
    try:
        listed = subprocess.run(
            [sys.executable, pcsc.__file__, "--list"],
            capture_output=True,
            check=True,
            text=True,
            timeout=_ANSWERS_WITHIN_S,
        )
    except (OSError, subprocess.SubprocessError):
        return []  # the library is not installed, or the service hangs
    found = filter(None, map(_NAME.fullmatch, listed.stdout.splitlines()))
    return [
        Candidate(
            port=Port.SMART_CARD,
            node=match[0],
            names=(str(PcscReader(match["name"], match["slot"])),),
        )
        for match in found
    ]
