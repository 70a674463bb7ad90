"""The terminal's command line: ``run`` serves citizens, ``queue`` shows what waits for the province."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from foundation.clock import SystemClock, boot_id
from foundation.masking import RedactingFormatter
from kiosk_app.config import TerminalPaths
from kiosk_app.terminal.allocator import ensure_zeroing_allocator
from offline_store.errors import StoreError
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 ended in good order, 1 a person is needed (the reason is on standard error)."""
    options = _parser().parse_args(arguments)
    _log_to_standard_error(verbose=options.verbose)
    return int(options.verb(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk_app", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("/"), help="where etc/, var/ and run/ are")
    parser.add_argument("--verbose", action="store_true", help="log more")
    verbs = parser.add_subparsers(required=True)
    run = verbs.add_parser("run", help="serve citizens")
    run.add_argument("--windowed", action="store_true", help="in a window instead of the whole screen")
    run.add_argument("--remote-socket", type=Path, help="demonstration only: lets a process use the screen")
    run.set_defaults(verb=_run)
    queue = verbs.add_parser("queue", help="what waits for the province, and what was set aside")
    queue.add_argument("--json", action="store_true", help="as JSON")
    queue.set_defaults(verb=_queue)
    return parser


def _log_to_standard_error(*, verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler])
    logging.getLogger("urllib3").setLevel(logging.WARNING)


def _run(options: argparse.Namespace) -> int:
    ensure_zeroing_allocator()
    # Qt is loaded only by who shows something, and only after the process has its allocator.
    from kiosk_app.composition.run import RunOptions, run_terminal  # noqa: PLC0415

    return run_terminal(RunOptions(options.root, options.windowed, options.remote_socket))


def _queue(options: argparse.Namespace) -> int:
    paths = TerminalPaths(options.root)
    try:
        reader = OfflineStore.open_read_only(
            paths.store, KeyFileProvider(paths.store_key), clock=SystemClock(), boot_id=boot_id()
        )
    except StoreError as fault:
        print(f"{fault.error}: {fault}", file=sys.stderr)
        return 1
    try:
        board = reader.board()
    finally:
        reader.close()
    if options.json:
        print(json.dumps(asdict(board), ensure_ascii=False, default=str))
        return 0
    age = "" if board.oldest_age_s is None else f"，最早一条已等 {board.oldest_age_s:.0f} 秒"
    print(f"待上报 {board.depth} 条{age}；搁置 {len(board.set_aside)} 条")
    for event in board.set_aside:
        print(f"  {event.stream} {event.subject} {event.code} {event.reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
