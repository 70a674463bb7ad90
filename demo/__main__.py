"""``python -m demo``: the whole way, once, with real parts.

Starts the reference platform, the simulated devices and an enrolled terminal, sends a scripted citizen
through four visits, and leaves in build/demo/ the pictures, the slips and what the platform received. With
``--interactive`` you are the citizen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from demo.hall import offscreen
from demo.parts import PartFailedError, Parts
from demo.stage import Stage

_PACE_S = 1.2


def main() -> int:
    """Runs the demo; returns the exit code: 0 when everything was as it should be."""
    arguments = _arguments()
    out: Path = arguments.out.resolve()
    display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    started_s = time.monotonic()
    environment = {} if display else offscreen(out)
    with Parts(out / "logs", environment) as parts:
        stage = Stage(parts, out, shown=display, say=_say)
        try:
            stage.set()
            if arguments.interactive:
                return stage.play_with_person()
            problems = stage.play(_PACE_S if display else 0.0)
        except PartFailedError as failure:
            _say(f"✗ {failure}")
            return 1
    for problem in problems:
        _say(f"✗ {problem}")
    _say(f"{'✗' if problems else '✓'} {time.monotonic() - started_s:.0f} s; see {_shown(out)}/summary.json")
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--interactive", action="store_true", help="you are the citizen")
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="where everything is left")
    return parser.parse_args()


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
