"""What the child processes of the wipe's tests do: take in a person, let go, and search themselves.

Run as ``python -m tests.kiosk_app.wipe.programs WAY URL FOLDER`` with the person's texts, one a line, on
standard input; prints the scan's result as JSON. The texts never stand in a command line or environment.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import requests

from contract.answers import Identity
from contract.sealing import Sealer, make_private_key
from kiosk_app.terminal.allocator import forbid_dumps
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.wipe import Needles, scan_process_memory
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fixtures.stores import a_store, an_event

Keep = Callable[[str, str], Any]
"""Takes number and name, and returns what somebody forgot to let go."""


def as_text(number: str, name: str) -> object:
    return {"forgotten": number + "!"}


def as_bytes(number: str, name: str) -> object:
    return bytearray(name.encode("utf-8"))


def as_gb18030(number: str, name: str) -> object:
    return [name.encode("gb18030")]


def as_rare_text(number: str, name: str) -> object:
    return name + "𠮷"


def as_qt_property(number: str, name: str) -> object:
    from PySide6.QtCore import QObject

    keeper = QObject()
    keeper.setProperty("number", number)
    return keeper


def as_qt_bytes(number: str, name: str) -> object:
    from PySide6.QtCore import QByteArray

    return QByteArray(number.encode("ascii"))


def picture_of(number: str) -> bytes:
    """What stands for a picture of a paper: as little like anything else as a compressed one."""
    return hashlib.shake_128(number.encode("ascii")).digest(3000)


def as_picture(number: str, name: str) -> object:
    return [picture_of(number)[500:2900]]


def as_shown_picture(number: str, name: str) -> object:
    from PySide6.QtCore import QObject

    keeper = QObject()
    shown = base64.b64encode(picture_of(number)).decode("ascii")
    keeper.setProperty("picture", f"data:image/jpeg;base64,{shown}")
    return keeper


def nothing(number: str, name: str) -> object:
    return None


WAYS: dict[str, Keep] = {
    keep.__name__: keep
    for keep in (
        as_text,
        as_bytes,
        as_gb18030,
        as_rare_text,
        as_qt_property,
        as_qt_bytes,
        as_picture,
        as_shown_picture,
        nothing,
    )
}


def take_in() -> tuple[str, str]:
    """Number and name, read as a driver reads them: with no buffer but our own."""
    number, name = os.read(0, 4096).decode("utf-8").split("\n")[:2]
    return number, name


def live_through(number: str, name: str, url: str, folder: Path, store: OfflineStore) -> None:
    """Sends the person through everything that a submission goes through.

    The outbox that stays open gets the sealed case, as on a terminal. SQLCipher also gets the case in clear,
    in a store that is closed again: an open one keeps pages that it has read.
    """
    identity = Identity(name=name, number=number, birth_date="1949-12-31", address=name + number)
    encoded = msgspec.json.encode(identity)
    again = msgspec.json.decode(encoded, type=Identity)
    document = json.dumps({"number": again.number, "name": again.name, "said": f"{name}：{number}"})
    assert json.loads(document)["number"] == number
    sealed = Sealer(make_private_key()).seal(document.encode("utf-8")).encode("ascii")
    store.outbox.append([an_event("case", "case/1", data=sealed)])
    with a_store(folder / "in clear") as store_in_clear:
        store_in_clear.outbox.append([an_event("case", "case/1", data=encoded)])
        (pending,) = store_in_clear.outbox.peek(10)
        assert pending.data == encoded
        store_in_clear.outbox.confirm([Confirmation(pending.id, "stored")])
    with requests.Session() as session:
        session.trust_env = False
        assert session.post(url, data=encoded, timeout=10).content == encoded
        assert session.post(url, json={"number": number, "name": name}, timeout=10).json()["name"] == name


def session_of(way: str, url: str, folder: Path, store: OfflineStore) -> tuple[Needles, object]:
    """What the session noted, and what somebody forgot."""
    needles = Needles()
    number, name = take_in()
    needles.add(number)
    needles.add(name)
    needles.add_picture(picture_of(number))
    live_through(number, name, url, folder, store)
    return needles, WAYS[way](number, name)


def main() -> None:
    way, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    memory = OwnMemory.open()
    forbid_dumps()
    with a_store(folder) as store:
        needles, forgotten = session_of(way, url, folder, store)
        gc.collect()
        result = scan_process_memory(needles, memory)
    print(json.dumps({**asdict(result), "clean": result.clean, "forgotten": type(forgotten).__name__}))  # noqa: T201


if __name__ == "__main__":
    main()
