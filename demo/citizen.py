"""``python -m demo.citizen VISIT``: the scripted citizen, a process of her own.

She imports nothing of the terminal: she has its screen to read and touch, a card, a phone, and patience.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from demo import story
from demo.lines import Lines, RefusedError
from demo.visit import Visit


def main() -> int:
    """Makes one visit; prints the names of the pictures she took as JSON. 1 when she could not go on."""
    arguments = _arguments()
    screen = Lines(arguments.screen, timeout_s=60.0)
    visit = Visit(arguments.visit, screen, arguments.devices, arguments.pictures, arguments.pace_s)
    try:
        if arguments.visit == "permit_by_code":
            story.permit_by_code(visit, arguments.code)
        else:
            _VISITS[arguments.visit](visit)
    except RefusedError as refusal:
        visit.picture("stuck")
        print(f"{arguments.visit}: {refusal}", file=sys.stderr)
        return 1
    finally:
        screen.close()
    print(json.dumps(visit.screens))
    return 0


_VISITS: dict[str, Callable[[Visit], None]] = {
    "pension_by_card": partial(story.pension_by_card, on_a4=True),
    "allowance_online": story.allowance_online,
    "allowance_offline": story.allowance_offline,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.citizen", description=__doc__)
    parser.add_argument("visit", choices=[*_VISITS, "permit_by_code"])
    parser.add_argument("--screen", type=Path, required=True, help="socket of the terminal's screen")
    parser.add_argument("--devices", type=Path, required=True, help="socket of the simulated devices")
    parser.add_argument("--pictures", type=Path, required=True, help="folder for pictures of the screen")
    parser.add_argument("--code", default="", help="what is on her phone")
    parser.add_argument("--pace-s", type=float, default=0.0, help="how long she looks before she taps")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
