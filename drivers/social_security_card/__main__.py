"""Tries a card reader where it was fitted: ``python -m drivers.social_security_card ADDRESS --seconds 30``.

Says what the driver tells, one line each, and in the end how often what happened. Nothing of a card or its
holder is shown or kept.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence

from drivers.social_security_card.address import PcscReader, parse_reader_address
from drivers.social_security_card.device import SocialCardProblem
from drivers.social_security_card.reader import SocialSecurityCardReader
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters


def main(arguments: Sequence[str]) -> int:
    """Returns 0 when the reader was online at the end, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m drivers.social_security_card", description="try a social-security card reader"
    )
    parser.add_argument("address", type=_address, help="pcsc:///…, as `python -m drivers.list` shows it")
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args(arguments)
    clock, counters = SystemClock(), Counters()
    reader = SocialSecurityCardReader(options.address, clock, counters, _tell)
    reader.allow_reading(True)
    reader.start()
    try:
        clock.wait(threading.Event(), options.seconds)
        state = reader.status().state
    finally:
        reader.stop()
    for name, count in sorted(counters.figures().items()):
        print(f"{name}: {count}")
    return int(state is not DeviceState.ONLINE)


def _address(text: str) -> PcscReader:
    try:
        return parse_reader_address(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake)) from None


def _tell(event: object) -> None:
    match event:
        case StatusChanged(status):
            print(f"{status.state.value} {status.error or ''}".rstrip(), flush=True)
        case SocialCardProblem(error):
            print(f"SocialCardProblem {error}: {error.meaning}", flush=True)
        case _:
            print(event, flush=True)  # its repr shows nothing of anybody


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
