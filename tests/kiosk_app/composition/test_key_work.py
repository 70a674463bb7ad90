"""Where a terminal keeps its key: refused beside the disk, moved to a better place, destroyed at the end."""

from __future__ import annotations

import io
import queue
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from foundation.clock import SystemClock, boot_id
from foundation.errors import ErrorCode, Errors
from kiosk_app.__main__ import main
from kiosk_app.composition.terminal import Surroundings, Terminal, start_terminal
from kiosk_app.config.settings import read_settings
from kiosk_app.province.terminal_keys import keys_as_set, policy_file
from kiosk_app.terminal.own_memory import OwnMemory
from offline_store.errors import NoKeyError, StoreKeyError
from offline_store.keys import KeyFileProvider
from offline_store.lock import TerminalLock
from offline_store.store import OfflineStore
from province_platform.__main__ import main as operate
from province_platform.server import PlatformServer
from tests.fixtures.key_holders import a_software_tpm
from tests.fixtures.stores import an_event
from tests.provisioning.terminals import Machine

REAL_DEVICE = '[devices]\nqr_scanner = "serial:///dev/serial/by-id/usb-SCANNER"\n'


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform") as server:
        yield server


class Kiosk:
    """An enrolled terminal with one event in its store, and a technician at its command line."""

    def __init__(self, machine: Machine, platform: PlatformServer) -> None:
        assert machine.enrol(platform).exit_code == 0
        self.machine, self.platform = machine, platform
        self.keep_key_in("file:")
        store = self._open()
        (self.event,) = store.outbox.append([an_event()])
        store.close()

    def keep_key_in(self, address: str, more: str = "") -> None:
        """What the settings say."""
        self.machine.configure(self.platform.terminal_url, f'[keys]\nprovider = "{address}"\n{more}')

    def types(self, *arguments: str) -> tuple[int, str]:
        """What a verb of the keys comes to, and what it says."""
        exit_code = main(["--root", str(self.machine.root), "key", *arguments])
        return exit_code, self.machine.capture.readouterr().out

    def has_its_event(self) -> bool:
        """Whether the store opens with the key from where the settings say."""
        store = self._open()
        found = store.outbox.peek(10)
        store.close()
        return self.event in found

    def start(self) -> ErrorCode | None:
        """Starts the whole terminal and ends it; the code that the screen has to say when it can't serve."""
        paths = self.machine.paths
        inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        with OwnMemory.open() as memory:
            around = Surroundings(SystemClock(), lambda _: None, lambda _: None, lambda: True, memory, inbox)
            started = start_terminal(paths, read_settings(paths.settings), around)
            if isinstance(started, Terminal):
                started.stop()
                return None
            return started

    def _open(self) -> OfflineStore:
        paths, clock = self.machine.paths, SystemClock()
        keys = keys_as_set(read_settings(paths.settings), paths, clock)
        return OfflineStore.open(paths.store, keys.store, clock=clock, boot_id=boot_id())


@pytest.fixture
def kiosk(machine: Machine, platform: PlatformServer) -> Kiosk:
    return Kiosk(machine, platform)


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path / "terminal", capsys)


def test_a_demonstration_may_keep_its_key_beside_the_data_and_says_so(kiosk: Kiosk) -> None:
    assert kiosk.start() is None
    exit_code, said = kiosk.types("status")
    assert exit_code == 0
    assert "数据盘上的文件" in said
    assert "演示" in kiosk.machine.provision("check").lines["keys"]["text"]


def test_a_terminal_in_service_may_not_unless_the_province_says_so_and_only_so_long(
    kiosk: Kiosk, capsys: pytest.CaptureFixture[str]
) -> None:
    kiosk.keep_key_in("file:", REAL_DEVICE)
    assert kiosk.start() is Errors.KEY_BESIDE_DISK
    line = kiosk.machine.provision("check").lines["keys"]
    assert (line["state"], line["code"]) == ("bad", "KEYS-001")
    exit_code, said = kiosk.types("status")
    assert (exit_code, "[KEYS-001]" in said) == (1, True)

    allowing = ["allow-key-file", "--root", str(kiosk.platform.root), "--days", "30", "--reason", "等待到货"]
    assert operate([*allowing, "--terminal", "hubei-20001"]) == 0
    leave = capsys.readouterr().out
    policy_file(kiosk.machine.paths).write_text(leave, encoding="utf-8")
    assert kiosk.start() is None
    assert kiosk.types("status")[0] == 0
    line = kiosk.machine.provision("check").lines["keys"]
    assert line["state"] == "attention"

    policy_file(kiosk.machine.paths).write_text(leave.replace("hubei-20001", "hubei-20002"), encoding="utf-8")
    assert kiosk.start() is Errors.KEY_BESIDE_DISK
    line = kiosk.machine.provision("check").lines["keys"]
    assert "不是省平台签的" in line["text"]


def test_nobody_is_allowed_anything_whom_the_province_does_not_know(
    kiosk: Kiosk, capsys: pytest.CaptureFixture[str]
) -> None:
    allowing = ["allow-key-file", "--root", str(kiosk.platform.root), "--days", "30", "--reason", "x"]
    assert operate([*allowing, "--terminal", "hubei-99999"]) != 0
    assert capsys.readouterr().out == ""


def test_a_key_moves_into_the_tpm_and_the_terminal_serves_with_real_devices(kiosk: Kiosk) -> None:
    with a_software_tpm() as tpm:
        kiosk.keep_key_in(f"tpm2:{tpm.tcti}", REAL_DEVICE)
        assert kiosk.start() is not None
        exit_code, said = kiosk.types("rotate", "--from", "file:")
        assert (exit_code, "本机 TPM" in said) == (0, True)
        assert kiosk.has_its_event()
        assert kiosk.types("rotate")[0] == 0
        assert kiosk.has_its_event()
        assert kiosk.start() is None
        assert kiosk.types("status")[0] == 0
        assert kiosk.machine.provision("check").lines["store"]["code"] == ""
        tpm.clear()
        assert kiosk.start() is Errors.KEY_GONE
        exit_code, said = kiosk.types("status")
        assert (exit_code, "[KEYS-005]" in said) == (1, True)


def test_the_province_releases_its_share_until_it_withdraws_the_terminal(kiosk: Kiosk) -> None:
    kiosk.keep_key_in("province:")
    assert kiosk.types("rotate", "--from", "file:")[0] == 0
    assert kiosk.has_its_event()
    with pytest.raises(StoreKeyError):
        KeyFileProvider(kiosk.machine.paths.store_key).get()
    assert kiosk.types("rotate")[0] == 0
    with closing(sqlite3.connect(kiosk.platform.database_path)) as database:
        assert database.execute("SELECT count(*) FROM key_shares WHERE place < 2").fetchone() == (1,)

    operate(["revoke", "--root", str(kiosk.platform.root), "--terminal", "hubei-20001"])
    assert kiosk.start() is Errors.TERMINAL_NOT_AUTHORISED
    kiosk.machine.configure("https://127.0.0.1:1", '[keys]\nprovider = "province:"\n')
    assert kiosk.start() is Errors.KEY_UNLOCK_UNREACHABLE


def test_a_start_that_finds_one_of_two_keys_leaves_the_way_free_for_the_next(kiosk: Kiosk) -> None:
    kiosk.keep_key_in("province:")
    assert kiosk.types("rotate", "--from", "file:")[0] == 0
    assert kiosk.start() is None
    with closing(sqlite3.connect(kiosk.platform.database_path)) as database:
        database.execute("CREATE TABLE aside AS SELECT * FROM key_shares WHERE place >= 2")
        database.execute("DELETE FROM key_shares WHERE place >= 2")
        database.commit()
        assert kiosk.start() is Errors.KEY_UNLOCK_REFUSED
        assert kiosk.start() is Errors.KEY_UNLOCK_REFUSED
        database.execute("INSERT INTO key_shares SELECT * FROM aside")
        database.commit()
    assert kiosk.start() is None


def test_a_share_that_the_province_destroyed_is_refused(kiosk: Kiosk) -> None:
    kiosk.keep_key_in("province:")
    assert kiosk.types("rotate", "--from", "file:")[0] == 0
    with closing(sqlite3.connect(kiosk.platform.database_path)) as database:
        database.execute("DELETE FROM key_shares")
        database.commit()
    assert kiosk.start() is Errors.KEY_UNLOCK_REFUSED


def test_destroying_asks_for_the_terminals_number_and_then_nothing_is_left_to_read(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    exit_code, said = kiosk.types("destroy")
    assert (exit_code, "什么都没动" in said) == (1, True)
    assert kiosk.has_its_event()

    monkeypatch.setattr("sys.stdin", io.StringIO("20001\n"))
    exit_code, said = kiosk.types("destroy")
    assert (exit_code, "密钥已销毁" in said) == (0, True)
    with pytest.raises(NoKeyError):
        kiosk.has_its_event()
    for file in kiosk.machine.files().values():
        assert kiosk.event.id.encode() not in file


def test_a_running_terminal_keeps_its_key(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    running = TerminalLock.take(kiosk.machine.paths.store.with_name("terminal.lock"))
    assert running is not None
    monkeypatch.setattr("sys.stdin", io.StringIO("20001\n"))
    try:
        for verb in ("rotate", "destroy"):
            exit_code, said = kiosk.types(verb)
            assert (exit_code, "先停下服务" in said) == (1, True)
    finally:
        running.release()
    assert kiosk.has_its_event()


def test_a_move_within_one_kind_of_place_is_refused(kiosk: Kiosk) -> None:
    exit_code, said = kiosk.types("--lang", "en", "rotate", "--from", "file:")
    assert (exit_code, "one kind" in said) == (1, True)
    exit_code, said = kiosk.types("rotate", "--from", "nowhere:")
    assert (exit_code, "nowhere" in said) == (1, True)
    assert kiosk.has_its_event()
