"""Files of cases on a disk that fills up, as a program in a mount namespace with a tmpfs of its own.

``python -m tests.offline_store.papers_on_small_disk FOLDER``: FOLDER is the small disk. Writes what happened,
as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from contract.sealing import Opener, Sealer, make_private_key
from offline_store import disk_room
from offline_store.attachments import Attachments, KeptAttachment, read_order
from offline_store.files import StoreFiles

SEALER = Sealer(Opener(make_private_key()).public_key())
PICTURE = bytes(500_000)


def run(folder: Path) -> dict[str, object]:
    """Keeps one, fills the disk in the middle of the next, and makes room again."""
    disk_room.LEAST_FREE_BYTES = 1_000_000
    files = StoreFiles(folder / "store.db")
    attachments = Attachments(files, largest_bytes=2_000_000)
    filling = folder / "something-else"

    def fills_up() -> Iterator[bytes]:
        yield PICTURE
        with filling.open("wb") as file:
            file.write(bytes(shutil.disk_usage(folder).free // 4096 * 4096))
        yield PICTURE

    def keep(content: Iterable[bytes]) -> KeptAttachment | str:
        kept = attachments.keep(content, SEALER, media_type="image/jpeg", name="户口簿")
        return kept if isinstance(kept, KeptAttachment) else kept.code

    first = keep([PICTURE])
    assert isinstance(first, KeptAttachment)
    report: dict[str, object] = {"before": "kept", "while it fills up": keep(fills_up())}
    report["left of it"] = len(list(files.attachments.iterdir())) - 1
    report["on the full disk"] = keep([PICTURE])
    report["the first is sound"] = attachments.is_sound(first.id, read_order(first.order_for("case")))
    filling.unlink()
    report["after that"] = "kept" if isinstance(keep([PICTURE]), KeptAttachment) else "not kept"
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
