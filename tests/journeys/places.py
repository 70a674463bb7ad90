"""Halls in which everything that the terminal's process can leave behind lies in one folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.hall import Settings
from tests.journeys.carving import dump_of, found_below, found_in
from tests.journeys.halls import LIVELY, JourneyHall, eventually, opened_hall
from tests.journeys.turnover import turnover_report

SHORTEST: Settings = {**LIVELY, "session": {"warn_after_s": 20, "end_after_s": 40, "extension_s": 20}}
"""As short as idle limits may be set; people need no less."""


@dataclass(frozen=True, slots=True)
class Place:
    """A hall whose processes have a home and temporary files of their own."""

    hall: JourneyHall
    folder: Path

    def found_on_disk(self, texts: Mapping[str, str]) -> dict[str, set[str]]:
        """What stands in files; those of the platform and the printed paper are not the terminal's."""
        own = (self.folder / name for name in ("home", "temporary", "logs"))
        return found_below([self.hall.hall.terminal_root, *own], texts)

    def found_in_memory(self, texts: Mapping[str, str]) -> set[str]:
        """What stands in the process's memory."""
        core = dump_of(self.hall.terminal.process_id, self.folder)
        try:
            return found_in(core, texts)
        finally:
            core.unlink()  # it is large


@contextmanager
def opened_place(folder: Path, settings: Settings = SHORTEST) -> Iterator[Place]:
    """A place with the terminal at which things can be made to happen, and a matter that asks much."""
    own = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "temporary")}
    for each in own.values():
        Path(each).mkdir()
    with opened_hall(folder, settings, module="tests.journeys.hasty_terminal", environment=own) as hall:
        batch = hall.console.publish(json.dumps(turnover_report()).encode())
        eventually(lambda: f"batch {batch} " in hall.log())
        yield Place(hall, folder)
