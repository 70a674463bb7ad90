from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.errors import Errors
from offline_store.errors import StoreDamagedError, StoreError, StoreKeyError
from offline_store.events import Confirmation
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, StoreMaker, new_event


def test_the_first_opening_makes_file_and_key_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    keys = KeyFileProvider(folder / "keys" / "store.key")
    store = OfflineStore.open(folder / "store.db", keys, clock=ManualClock(), boot_id=BOOT)
    store.outbox.append([new_event()])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    store.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == {
        "keys": 0o700,
        "store.key": 0o600,
        "store.db": 0o600,
        "store.db-wal": 0o600,
        "store.db-shm": 0o600,
    }


def test_closing_leaves_one_file_and_opening_finds_it_all(maker: StoreMaker) -> None:
    store = maker.open()
    (event,) = store.outbox.append([new_event()])
    maker.close()
    assert [path.name for path in maker.path.parent.iterdir()] == ["store.db"]
    again = maker.open()
    assert again.store_id == store.store_id
    assert again.outbox.peek(1) == [event]


def test_a_closed_store_stays_closed(maker: StoreMaker) -> None:
    store = maker.open()
    store.close()
    with pytest.raises(RuntimeError, match="the store is closed"):
        store.outbox.append([new_event()])
    assert [path.name for path in maker.path.parent.iterdir()] == ["store.db"]
    store.close()


def test_a_rebuilt_store_is_a_new_epoch(tmp_path: Path) -> None:
    epochs = set()
    for name in ("first", "second"):
        path = tmp_path / name / "store.db"
        store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
        epochs.add(store.store_id)
        store.close()
    assert len(epochs) == 2


def test_a_store_whose_key_is_missing_is_not_replaced(maker: StoreMaker) -> None:
    maker.open().outbox.append([new_event()])
    maker.close()
    content = maker.path.read_bytes()
    with pytest.raises(StoreKeyError, match="STOR-003") as caught:
        OfflineStore.open(maker.path, MemoryKeyProvider(with_key=False), clock=ManualClock(), boot_id=BOOT)
    assert caught.value.error is Errors.STORE_KEY_MISSING
    assert maker.path.read_bytes() == content


def test_a_wrong_key_and_a_damaged_first_page_are_told_apart(maker: StoreMaker) -> None:
    maker.open()
    maker.close()
    wrong = MemoryKeyProvider()
    wrong.rotate()
    wrong.forget_previous()
    with pytest.raises(StoreKeyError, match="does not open the store"):
        OfflineStore.open(maker.path, wrong, clock=maker.clock, boot_id=BOOT)
    flip(maker.path, 100)
    with pytest.raises(StoreDamagedError, match="STOR-004"):
        maker.open()


def test_damage_is_found_when_opening_after_a_crash(maker: StoreMaker) -> None:
    store = maker.open()
    store.outbox.append([new_event(data=bytes(2000)) for _ in range(50)])
    maker.close()
    store = maker.open()
    store.outbox.append([new_event()])
    log = maker.path.with_name("store.db-wal")
    crashed = maker.path.with_name("crashed.db")
    crashed.write_bytes(maker.path.read_bytes())
    crashed.with_name("crashed.db-wal").write_bytes(log.read_bytes())
    flip(crashed, crashed.stat().st_size // 2)
    with pytest.raises(StoreDamagedError):
        OfflineStore.open(crashed, maker.keys, clock=maker.clock, boot_id=BOOT)


def test_a_log_that_was_cut_loses_its_tail_and_nothing_else(maker: StoreMaker) -> None:
    """A torn write at the end of the log: what was committed before stays."""
    store = maker.open()
    first, second = new_event("case/a"), new_event("case/b")
    store.outbox.append([first])
    log = maker.path.with_name("store.db-wal")
    length = log.stat().st_size
    store.outbox.append([second])
    torn = maker.path.with_name("torn.db")
    torn.write_bytes(maker.path.read_bytes())
    torn.with_name("torn.db-wal").write_bytes(log.read_bytes()[: length + 5000])
    recovered = OfflineStore.open(torn, maker.keys, clock=maker.clock, boot_id=BOOT)
    pending = recovered.outbox.peek(10)
    (again,) = recovered.outbox.append([second])
    recovered.close()
    assert [event.id for event in pending] == [first.id]
    assert again.sequence == 2


def test_others_look_at_the_store_while_the_terminal_writes(maker: StoreMaker) -> None:
    outbox = maker.open().outbox
    case = new_event("case/a")
    outbox.append([case])
    reader = OfflineStore.open_read_only(maker.path, maker.keys, clock=maker.clock, boot_id=BOOT)
    assert reader.board() == outbox.board()
    outbox.append([new_event("case/b")])
    outbox.confirm([Confirmation(case.id, "stored", "42-1")])
    assert reader.board() == outbox.board()
    reader.close()


def test_looking_at_a_closed_store_leaves_it_as_if_closed_in_good_order(maker: StoreMaker) -> None:
    maker.open().outbox.append([new_event()])
    maker.close()
    reader = OfflineStore.open_read_only(maker.path, maker.keys, clock=maker.clock, boot_id=BOOT)
    assert reader.board().depth == 1
    reader.close()
    assert maker.open().outbox.board().depth == 1


def test_a_place_where_no_store_can_be_made_is_a_fault_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(
        StoreError, match=r"STOR-005: the store .* cannot be made: (File exists|Not a directory)"
    ):
        OfflineStore.open(
            tmp_path / "var" / "store.db", MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT
        )


def test_there_is_nothing_to_look_at_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store at"):
        OfflineStore.open_read_only(
            tmp_path / "store.db", MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT
        )
    assert list(tmp_path.iterdir()) == []


def test_most_starts_do_not_pay_for_the_migrations(maker: StoreMaker, repository: Path) -> None:
    """SQLAlchemy and Alembic take half a second to load; only a new schema needs them."""
    maker.open()
    maker.close()
    program = (
        "import sys; from pathlib import Path; from offline_store.store import OfflineStore\n"
        "from foundation.clock import SystemClock; from tests.fakes.keys import MemoryKeyProvider\n"
        "path, keys = Path(sys.argv[1]), MemoryKeyProvider()\n"
        "OfflineStore.open(path, keys, clock=SystemClock(), boot_id='b').close()\n"
        "print([name for name in sys.modules if name in ('sqlalchemy', 'alembic')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(maker.path)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("[]\n", "")


def flip(path: Path, offset: int) -> None:
    """Changes one bit, as a worn flash cell does."""
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
