"""The whole platform in one thread: a listener for terminals (mutual TLS), one for the console (loopback)."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import URL, Connection

from contract.commands import Command
from contract.sealing import Profile
from foundation.atomic_files import write_atomically
from foundation.clock import Clock, SystemClock
from province_platform.authority import TERMINAL_VALID, Keys
from province_platform.commands import CommandWish, give
from province_platform.console import console_application
from province_platform.console_commands import turn_switches
from province_platform.database import Database, sqlite_url
from province_platform.departments import Departments
from province_platform.drain import DrainWindow
from province_platform.enrolment import make_enrolment_code, seed_sites
from province_platform.faults import FaultChange, Faults
from province_platform.listener import Address, Listener, mutual_tls
from province_platform.places import PlaceBoard
from province_platform.platform import Platform
from province_platform.presence import Presence
from province_platform.publication import PublishedBatch, current_batch, publish, read_reference_batch
from province_platform.signed_documents import Kind, SignedDocument, publish_document, publish_first_documents
from province_platform.terminal_door import terminal_application
from province_platform.undelivered_watch import UndeliveredWatch
from province_platform.upload_files import UploadFiles, all_uploads, give_up_abandoned

log = logging.getLogger("dianxiaoer.platform")

LOOPBACK = Address("127.0.0.1", 0)


class PlatformServer:
    """A running platform under ``root``; also a context manager. Start it once.

    ``start`` returns when both listeners accept connections, and raises what kept it from that. ``stop`` ends
    what is under way, then every thread. ``clock`` is asked for all that the platform says of time. Keys and
    files of cases are under ``root``, and the SQLite file unless another ``database`` is named.
    """

    def __init__(
        self,
        root: Path,
        *,
        clock: Clock | None = None,
        listen: Address = LOOPBACK,
        console: Address = LOOPBACK,
        heartbeat_s: int = 60,
        profile: Profile = Profile.INTERNATIONAL,
        certificate_valid: timedelta = TERMINAL_VALID,
        database: URL | None = None,
    ) -> None:
        self.root = root
        self.clock = clock or SystemClock()
        self._listen = listen
        self._console = console
        self._heartbeat_s = heartbeat_s
        self._profile = profile
        self._certificate_valid = certificate_valid
        self._database = database
        self._running: _Running | None = None
        self._thread: threading.Thread | None = None

    @property
    def terminal_url(self) -> str:
        """Where terminals call, without a slash at the end."""
        return f"https://{self._parts.addresses[0].url_host}:{self._parts.addresses[0].port}"

    @property
    def console_url(self) -> str:
        """Where the console is, without a slash at the end."""
        return f"http://{self._parts.addresses[1].url_host}:{self._parts.addresses[1].port}"

    @property
    def database_path(self) -> Path:
        """The SQLite file, for who wants to see with his own eyes what is durable."""
        return database_path(self.root)

    @property
    def authority_pem(self) -> str:
        """The certificate of the platform's authority."""
        return self._parts.platform.keys.authority_pem

    def make_enrolment_code(self, site_id: str, name: str) -> str:
        """A single-use code as it is printed. Raises ``enrolment.UnknownSiteError``."""
        platform = self._parts.platform
        now = self.clock.utc_now()
        return platform.database.change(
            lambda connection: make_enrolment_code(connection, platform.keys, site_id, name, now)
        )

    def publish(self, content: bytes) -> PublishedBatch:
        """Publishes a batch or merges an item. Raises ``publication.NotPublishableError``."""
        platform = self._parts.platform
        now = self.clock.utc_now()
        return platform.database.change(
            lambda connection: publish(connection, platform.keys.item_signer, content, now)
        )

    def publish_document(self, kind: Kind, content: bytes) -> SignedDocument:
        """Puts a signed document in force. Raises ``publication.NotPublishableError``."""
        platform = self._parts.platform
        now = self.clock.utc_now()
        return platform.database.change(
            lambda connection: publish_document(connection, platform.keys.item_signer, kind, content, now)
        )

    def command(self, terminal_id: str, wish: CommandWish) -> Command:
        """Gives a command; a terminal that waits has it at once. Raises ``commands.NotGivenError``."""
        running, now = self._parts, self.clock.utc_now()
        platform = running.platform
        command = platform.database.change(
            lambda connection: give(connection, platform.keys.command_signer, terminal_id, wish, now)
        )
        running.loop.call_soon_threadsafe(platform.mailboxes.ring, terminal_id)
        return command

    def turn(self, change: FaultChange) -> Faults:
        """Turns fault switches; returns when they act."""
        running = self._parts
        turning = turn_switches(running.platform, running.terminals, change)
        return asyncio.run_coroutine_threadsafe(turning, running.loop).result()

    def start(self) -> None:
        """Opens everything."""
        if self._thread is not None:
            raise RuntimeError("a platform is started once")
        ready: Future[_Running] = Future()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="platform", daemon=True)
        self._thread.start()
        try:
            self._running = ready.result()
        except BaseException:
            self._thread.join()
            raise

    def stop(self) -> None:
        """Closes everything. Safe to call twice, and when it was never started."""
        if self._running is not None and self._thread is not None and self._thread.is_alive():
            self._running.loop.call_soon_threadsafe(self._running.stopping.set)
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _parts(self) -> _Running:
        if self._running is None:
            raise RuntimeError("the platform is not running")
        return self._running

    def _run(self, ready: Future[_Running]) -> None:
        try:
            asyncio.run(self._serve(ready))
        except BaseException as failure:
            if ready.done():
                raise
            ready.set_exception(failure)

    async def _serve(self, ready: Future[_Running]) -> None:
        platform_file(self.root).unlink(missing_ok=True)  # of a platform that was killed
        platform = open_platform(
            self.root, self.clock, self._heartbeat_s, self._profile, self._certificate_valid, self._database
        )
        try:
            keys = platform.keys
            certificate = keys.certify_server(self._listen.host)
            terminals = Listener(
                terminal_application(platform),
                self._listen,
                lambda: mutual_tls(certificate, keys.authority_path),
            )
            console = Listener(console_application(platform, terminals), self._console)
            stopping, loop = asyncio.Event(), asyncio.get_running_loop()
            watch = UndeliveredWatch(
                platform.database,
                self.clock,
                lambda: loop.call_soon_threadsafe(platform.feed.announce),
            )
            try:
                await terminals.start()
                await console.start()
                addresses = (terminals.address, console.address)
                watch.start()
                running = _Running(platform, terminals, addresses, loop, stopping)
                self._announce(addresses)
                ready.set_result(running)
                await stopping.wait()
            finally:
                await asyncio.to_thread(watch.stop)
                platform.feed.close()
                platform.mailboxes.close()
                await asyncio.gather(terminals.stop(), console.stop())
                platform_file(self.root).unlink(missing_ok=True)
        finally:
            platform.database.close()

    def _announce(self, addresses: tuple[Address, Address]) -> None:
        terminals, console = addresses
        file = {
            "terminal_url": f"https://{terminals.url_host}:{terminals.port}",
            "console_url": f"http://{console.url_host}:{console.port}",
        }
        write_atomically(platform_file(self.root), msgspec.json.format(msgspec.json.encode(file)) + b"\n")
        log.info("the platform listens at %s, its console at %s", *file.values())


class _Running(msgspec.Struct, frozen=True):
    """What exists only while the platform runs."""

    platform: Platform
    terminals: Listener
    addresses: tuple[Address, Address]
    loop: asyncio.AbstractEventLoop
    stopping: asyncio.Event


def open_platform(
    root: Path,
    clock: Clock,
    heartbeat_s: int,
    profile: Profile = Profile.INTERNATIONAL,
    certificate_valid: timedelta = TERMINAL_VALID,
    database_at: URL | None = None,
) -> Platform:
    """The parts of the platform under ``root``; on the first start its keys, tables, sites and first items.

    The caller closes ``database``.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = Keys(root / "keys", profile, certificate_valid)
    database = Database(database_at or sqlite_url(database_path(root)))
    try:
        database.change(seed_sites)
        _publish_reference_batch(database, keys, clock)
        now = clock.utc_now()
        database.change(lambda connection: publish_first_documents(connection, keys.item_signer, now))
        upload_files = _tidy_uploads(root / "attachments", database, clock)
    except BaseException:
        database.close()
        raise
    presence = Presence(clock, heartbeat_s)
    departments, drain = Departments(keys.subject_ref), DrainWindow(clock)
    board = PlaceBoard(clock, presence)
    return Platform(keys, database, clock, presence, departments, upload_files, heartbeat_s, drain, board)


def database_path(root: Path) -> Path:
    """The SQLite file of the platform under ``root``."""
    return root / "platform.sqlite"


def platform_file(root: Path) -> Path:
    """Where a running platform says at which addresses it listens; gone when it does not run."""
    return root / "platform.json"


def _tidy_uploads(folder: Path, database: Database, clock: Clock) -> UploadFiles:
    files, now = UploadFiles(folder), clock.utc_now()
    database.change(lambda connection: give_up_abandoned(connection, now))
    files.remove_all_but(database.ask(all_uploads))
    return files


def _publish_reference_batch(database: Database, keys: Keys, clock: Clock) -> None:
    reference = read_reference_batch()
    if reference is None:
        return
    now = clock.utc_now()

    def publish_first(connection: Connection) -> None:
        if current_batch(connection) is None:
            publish(connection, keys.item_signer, reference, now)

    database.change(publish_first)
