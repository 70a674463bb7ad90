"""``python -m drivers.list``: every device that can be found, which driver takes it and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.list.asking import Answered, ask_port
from drivers.list.candidates import Candidate, Port, find_candidates
from drivers.list.card_service import find_card_readers
from drivers.list.matching import judge, named, read_addresses
from drivers.list.telling import as_json, as_text
from foundation.clock import SystemClock

_THIS_MACHINE = Path("/")
_SETTINGS = "etc/dianxiaoer/terminal.toml"


def main(arguments: Sequence[str]) -> int:
    """The program. 0, or 1 when an address in the settings leads nowhere, or 2 when they cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m drivers.list", description="本机接了哪些设备，由哪个驱动接管，为什么。"
    )
    parser.add_argument(
        "--root", type=Path, default=_THIS_MACHINE, help="/ 之外的另一棵目录树 (another tree than /)"
    )
    parser.add_argument("--settings", type=Path, help=f"设置文件，默认 ROOT/{_SETTINGS} (the settings file)")
    parser.add_argument(
        "--ask",
        action="store_true",
        help="逐个询问设置里没写的串口，每个最多 5 秒；终端运行时不要用 "
        "(ask the serial ports that the settings do not name, 5 s each; not while the terminal runs)",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON (for programs)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh, en")
    options = parser.parse_args(arguments)
    try:
        addresses = read_addresses(options.settings or options.root / _SETTINGS)
    except (OSError, ValueError) as problem:
        print(f"设置文件读不了 (the settings cannot be read): {problem}", file=sys.stderr)
        return 2
    candidates = find_candidates(options.root)
    if options.root == _THIS_MACHINE:
        candidates += find_card_readers()
    answers = _ask_the_unnamed(candidates, addresses, options.root) if options.ask else {}
    verdicts, missing = judge(candidates, addresses, options.root, answers)
    print(as_json(verdicts, missing) if options.json else as_text(verdicts, missing, options.lang))
    return 1 if missing else 0


def _ask_the_unnamed(
    candidates: list[Candidate], addresses: Mapping[str, str], root: Path
) -> dict[str, Answered]:
    answers = {}
    for candidate in candidates:
        if candidate.port is Port.SERIAL and not named(candidate, addresses, root):
            answered = ask_port(str(root / candidate.node.lstrip("/")), SystemClock())
            if answered is not None:
                answers[candidate.node] = answered
    return answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
