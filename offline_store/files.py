"""The files of a store: which there are beside the database, and how a rebuilt one takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from foundation.atomic_files import sync_folder


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """The places of the store at ``path``."""

    path: Path

    @property
    def log(self) -> Path:
        """SQLite's write-ahead log: the last connection that closes in good order removes it."""
        return self._beside("-wal")

    @property
    def suspicion(self) -> Path:
        """Is there when a damaged page was met: the next opening reads all of them."""
        return self._beside(".suspect")

    @property
    def rebuilding(self) -> Path:
        """A store that is being rebuilt; worth nothing."""
        return self._beside(".rebuilding")

    @property
    def rebuilt(self) -> Path:
        """A store that was rebuilt and waits to take the place of the damaged one."""
        return self._beside(".rebuilt")

    @property
    def ballast(self) -> Path:
        """Room that is given up when the disk is full."""
        return self._beside(".ballast")

    @property
    def ballast_given(self) -> Path:
        """Is there, empty, since the ballast was given up."""
        return self._beside(".ballast-given")

    @property
    def attachments(self) -> Path:
        """The folder of the sealed files of cases."""
        return self._beside(".attachments")

    def are_there(self) -> bool:
        """Whether there is a store."""
        return self.path.exists() and self.path.stat().st_size > 0

    def was_left_open(self) -> bool:
        """Whether the run before did not close it, or met a damaged page."""
        return (self.log.exists() and self.log.stat().st_size > 0) or self.suspicion.exists()

    def remove(self) -> None:
        """Removes the database and what SQLite keeps beside it."""
        for file in (self.log, self._beside("-shm"), self.path):
            file.unlink(missing_ok=True)

    def newest_aside(self) -> Path:
        """The last damaged store that was set aside; where the store itself is when there is none."""
        return max(self.path.parent.glob(f"{self.path.name}.damaged-*[0-9]"), default=self.path)

    def finish_swap(self) -> Path | None:
        """Puts a rebuilt store into its place, and the damaged one beside it under a name with its date.

        Every step can be repeated: whoever opens the store next goes on where a power cut ended this. Returns
        where the damaged one is now; None when nothing was rebuilt. Raises ``OSError``.
        """
        if not self.rebuilt.exists():
            return None
        aside = self.newest_aside()
        if self.path.exists():
            made = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
            aside = self._beside(f".damaged-{made:%Y%m%dT%H%M%S%f}")
            self.path.rename(aside)
        if self.log.exists():  # before the new store comes: it must never be taken for that one's log
            self.log.rename(StoreFiles(aside).log)
        for needless in (self._beside("-shm"), self.suspicion):
            needless.unlink(missing_ok=True)
        sync_folder(self.path.parent)
        self.rebuilt.rename(self.path)
        sync_folder(self.path.parent)
        return aside

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)
