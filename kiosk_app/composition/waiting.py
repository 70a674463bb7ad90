"""What waits for the province, read beside a terminal that may be running."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from foundation.clock import SystemClock, boot_id
from kiosk_app.config import SettingsError, TerminalPaths, read_settings
from kiosk_app.province.terminal_keys import keys_as_set
from offline_store.errors import StoreError
from offline_store.events import Board
from offline_store.store import OfflineStore


def show_what_waits(root: Path, *, as_json: bool) -> int:
    """Prints it. Returns 0, or 1 when the store cannot be read; the reason is then on standard error."""
    paths, clock = TerminalPaths(root), SystemClock()
    try:
        keys = keys_as_set(read_settings(paths.settings), paths, clock)
        reader = OfflineStore.open_read_only(paths.store, keys.store, clock=clock, boot_id=boot_id())
    except (StoreError, SettingsError) as fault:
        sys.stderr.write(f"{fault.error}: {fault}\n")
        return 1
    try:
        board = reader.board()
    finally:
        reader.close()
    lines = [json.dumps(asdict(board), ensure_ascii=False, default=str)] if as_json else _sentences(board)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _sentences(board: Board) -> list[str]:
    age = "" if board.oldest_age_s is None else f"，最早一条已等 {board.oldest_age_s:.0f} 秒"
    return [
        f"待上报 {board.depth} 条{age}；搁置 {len(board.set_aside)} 条",
        *(f"  {event.stream} {event.subject} {event.code} {event.reason}" for event in board.set_aside),
    ]
