"""``python -m benchmarks [NAME …]``: runs the named benchmarks, or all of them, each in its own process."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NO_BENCHMARKS = ("__main__", "outbox_contestants", "report", "watched_terminal", "watched_touches")


def names() -> list[str]:
    """Every benchmark, by the name of its module."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in modules if module.name not in NO_BENCHMARKS)


def main(arguments: Sequence[str]) -> int:
    """Returns the number of benchmarks that failed, or 2 for a name that is none."""
    unknown = [name for name in arguments if name not in names()]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    return sum(
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
        for name in arguments or names()
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
