"""``python -m tests.torture``: exit code 0 when nothing was lost, doubled, disordered or changed."""

from __future__ import annotations

import argparse
import json
import random
import secrets
import sys
import tempfile
from pathlib import Path

from tests.torture.kills import run_kills
from tests.torture.power_cuts import run_power_cuts

CLEAN = ("lost", "duplicated", "out_of_order", "changed", "unopened")


def main() -> int:
    """The command."""
    options = _parser().parse_args()
    random.seed(options.seed)
    results: list[dict[str, int]] = []
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        for name, count, run in (
            ("kills", options.kills, run_kills),
            ("power-cuts", options.power_cuts, lambda where, cuts: run_power_cuts(where, cuts, rounds=400)),
        ):
            if count:
                (Path(folder) / name).mkdir()
                results.append(run(Path(folder) / name, count))
    for result in results:
        result["seed"] = options.seed
        print(json.dumps(result) if options.json else "  ".join(f"{key} {result[key]}" for key in result))
    return int(any(result.get(key) for result in results for key in CLEAN))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="how many terminals are killed with -9")
    parser.add_argument("--power-cuts", type=int, default=0, help="how many crash images are opened")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="of the choices made here")
    parser.add_argument("--json", action="store_true", help="one object a line")
    return parser


if __name__ == "__main__":
    sys.exit(main())
