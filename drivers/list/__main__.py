"""``python -m drivers.list``: every device that can be found, which driver takes it and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from drivers.list.candidates import find_candidates
from drivers.list.matching import judge, read_addresses
from drivers.list.telling import as_json, as_text

_SETTINGS = "etc/dianxiaoer/terminal.toml"


def main(arguments: Sequence[str]) -> int:
    """The program. 0, or 1 when an address in the settings leads nowhere, or 2 when they cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m drivers.list", description="本机接了哪些设备，由哪个驱动接管，为什么。"
    )
    parser.add_argument(
        "--root", type=Path, default=Path("/"), help="/ 之外的另一棵目录树 (another tree than /)"
    )
    parser.add_argument("--settings", type=Path, help=f"设置文件，默认 ROOT/{_SETTINGS} (the settings file)")
    parser.add_argument("--json", action="store_true", help="输出 JSON (for programs)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh, en")
    options = parser.parse_args(arguments)
    try:
        addresses = read_addresses(options.settings or options.root / _SETTINGS)
    except (OSError, ValueError) as problem:
        print(f"设置文件读不了 (the settings cannot be read): {problem}", file=sys.stderr)
        return 2
    verdicts, missing = judge(find_candidates(options.root), addresses, options.root)
    print(as_json(verdicts, missing) if options.json else as_text(verdicts, missing, options.lang))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
