"""``python -m tests.fuzz [--seconds N] [NAME …]``: every parser, or those named, for a minute each."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from tests.fuzz.engine import fuzz
from tests.fuzz.targets import TARGETS


def main(arguments: Sequence[str]) -> int:
    """0 when all survived, 1 when one did not (its bytes are shown), 2 for a name that is none."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(target.name for target in TARGETS))
    parser.add_argument("--seconds", type=float, default=60.0, help="for each of them")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {target.name for target in TARGETS}
    if unknown:
        print(f"no such parser: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    failed = 0
    for target in TARGETS:
        if options.names and target.name not in options.names:
            continue
        try:
            fuzzed = fuzz(target, options.seconds, first_seed=time.time_ns() % 2**32)
        except Exception as problem:  # noqa: BLE001 -- whatever it was, the others are tried too
            failed += 1
            print(f"✗ {target.name}: {type(problem).__name__}: {problem}")
            for note in getattr(problem, "__notes__", ()):
                print(f"    {note}")
        else:
            print(f"✓ {target.name}: {fuzzed.examples:,} inputs, {fuzzed.grown_bytes:+,} bytes", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
