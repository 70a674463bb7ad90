"""A terminal whose store was damaged while it was off: it serves again, and the province is told."""

from __future__ import annotations

from pathlib import Path

from kiosk_app.config import TerminalPaths
from offline_store.files import StoreFiles
from tests.journeys.halls import eventually, opened_hall
from tests.offline_store.making import PAGE_BYTES


def test_it_serves_again_and_the_province_has_an_alarm(tmp_path: Path) -> None:
    with opened_hall(tmp_path) as running:
        eventually(lambda: running.figures()["status"])
        running.terminal.end()
        assert running.terminal.wait() == 0
        files = StoreFiles(TerminalPaths(running.hall.terminal_root).store)
        damage_every_fourth_page(files.path)
        files.suspicion.touch()
        terminal = running.hall.start_terminal()
        with running.visitor() as visit:
            visit.sees("attract")
        (alarm,) = eventually(lambda: running.console.events("alarm"))
        assert (alarm["data"]["code"], alarm["data"]["open"]) == ("STOR-004", True)
        assert len(list(files.path.parent.glob("*.damaged-*[0-9]"))) == 1
        assert "STOR-004" in terminal.log.read_text(encoding="utf-8")


def damage_every_fourth_page(path: Path) -> None:
    """Not the first one, without which nothing could be read."""
    with path.open("r+b") as file:
        for page in range(3, path.stat().st_size // PAGE_BYTES, 4):
            file.seek(page * PAGE_BYTES + 100)
            file.write(b"damaged")
