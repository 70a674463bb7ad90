"""``python -m tests.soak --minutes 10 --json``: exit code 0 when nothing was lost, doubled or disordered.

It runs in namespaces of its own, so that it needs no rights and leaves nothing behind.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
from pathlib import Path

from tests.soak.bad_line import namespaces_of_our_own
from tests.soak.soak import soak

CLEAN = ("lost", "duplicated", "out_of_order", "set_aside")


def main() -> int:
    """The command."""
    options = _parser().parse_args()
    if not options.inside:
        command = [*namespaces_of_our_own(), sys.executable, "-m", "tests.soak", *sys.argv[1:], "--inside"]
        os.execvp(command[0], command)  # noqa: S606 -- a list, without a shell
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        figures = soak(Path(folder), seconds=options.minutes * 60, seed=options.seed)
    print(json.dumps(figures) if options.json else "\n".join(f"{key} {figures[key]}" for key in figures))
    return int(any(figures[key] for key in CLEAN))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long people use the terminal")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="of what the proxy does")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
