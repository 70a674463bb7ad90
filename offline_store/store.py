"""The door to the offline store."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from foundation.atomic_files import sync_folder
from foundation.clock import Clock, rfc3339
from offline_store import outbox_sql
from offline_store.attachments import Attachments
from offline_store.audit import AuditTrail
from offline_store.audit_chain import (
    AuditDigest,
    AuditSegment,
    AuditVerdict,
    ChainDigests,
    digest_of_chain,
    verify_chain,
)
from offline_store.board import read_board
from offline_store.catalogue import ItemCatalogue
from offline_store.commands import CommandBook, StandingOrders
from offline_store.database import Database
from offline_store.disk_room import DiskRoom, hold_ballast, measure_room
from offline_store.drafts import Drafts
from offline_store.errors import (
    NoKeyError,
    StoreBusyError,
    StoreDamagedError,
    StoreKeyError,
    StoreUnwritableError,
    environment_faults,
)
from offline_store.events import Board
from offline_store.files import StoreFiles
from offline_store.keys import KeyProvider
from offline_store.ledger import Ledger, PersistedCounters
from offline_store.outbox import Outbox
from offline_store.promises import PromiseBook
from offline_store.reconciliation import DeliveryBook
from offline_store.secrets import SecretBook

SCHEMA_REVISION = "0009"
"""The newest migration."""


class OfflineStore:
    """One terminal's store, opened for writing. Its parts are thread-safe.

    ``store_id`` is a UUID made with the file: a rebuilt store is a new epoch, in which sequences start over.
    """

    def __init__(
        self, database: Database, *, store_id: str, clock: Clock, boot_id: str, was_rekeyed: bool = False
    ) -> None:
        self._database = database
        self._clock = clock
        self._boot_id = boot_id
        self.was_rekeyed = was_rekeyed
        """Whether this opening has ended a rotation of the key."""
        self._files = database.files
        self.store_id = store_id
        self.outbox = Outbox(database, store_id=store_id, clock=clock, boot_id=boot_id)
        self.catalogue = ItemCatalogue(database)
        self.ledger = Ledger(database)
        self.counters = PersistedCounters(database)
        self.commands = CommandBook(database)
        self.standing_orders = StandingOrders(database)
        self.promises = PromiseBook(database)
        self.deliveries = DeliveryBook(database)
        self.secrets = SecretBook(database)
        self.drafts = Drafts(database, clock=clock, boot_id=boot_id)
        self.attachments = Attachments(database.files)

    @classmethod
    def open(cls, path: Path, keys: KeyProvider, *, clock: Clock, boot_id: str) -> OfflineStore:
        """Opens the store at ``path`` with its schema up to date; makes it, and its key, when there is none.

        The caller holds the :class:`~offline_store.lock.TerminalLock`. After a run that did not end with
        ``close`` every page is checked first. Files are readable by their owner only. Raises
        :class:`StoreKeyError`, :class:`StoreDamagedError`, or another :class:`StoreError`.
        """
        files = StoreFiles(path)
        _finish_rebuilding(files)
        if not files.are_there():
            _create(path, keys)
        was_left_open = files.was_left_open()
        is_rotated = keys.previous() is not None
        database = _unlock(path, keys)
        try:
            if was_left_open:
                database.check()
            store_id = _bring_up_to_date(database, clock)
        except BaseException:
            database.close()
            raise
        return cls(database, store_id=store_id, clock=clock, boot_id=boot_id, was_rekeyed=is_rotated)

    @classmethod
    def open_beside(cls, path: Path, keys: KeyProvider, *, clock: Clock, boot_id: str) -> OfflineStore:
        """Opens the store for a tool that writes beside the running terminal, which holds the lock.

        Nothing is migrated, checked or encrypted anew. Raises as ``open`` does, and :class:`StoreBusyError`
        when the store is of another release or its key is being changed: then the terminal comes first.
        """
        if not StoreFiles(path).are_there():
            raise StoreDamagedError(f"there is no store at {path}")
        if keys.previous() is not None:
            raise StoreBusyError("the key is being changed; start the terminal once")
        database = Database(path, keys.get())
        try:
            database.unlock()
            if _revision(database) != SCHEMA_REVISION:
                raise StoreBusyError("the store is of another release; start the terminal once")
            with database.reading() as transaction:
                ((store_id,),) = transaction.execute("SELECT store_id FROM identity")
        except BaseException:
            database.close()
            raise
        return cls(database, store_id=str(store_id), clock=clock, boot_id=boot_id)

    @classmethod
    def open_read_only(cls, path: Path, keys: KeyProvider, *, clock: Clock, boot_id: str) -> StoreReader:
        """Opens the store beside the running terminal, to look at it. Raises as ``open`` does."""
        if not StoreFiles(path).are_there():
            raise StoreDamagedError(f"there is no store at {path}")
        return StoreReader(Database(path, keys.get(), read_only=True), clock=clock, boot_id=boot_id)

    def audit_trail(self, keys: KeyProvider, digest: AuditDigest = AuditDigest.HMAC_SHA256) -> AuditTrail:
        """The audit trail under a key of its own, which is made with it; ``digest`` is that of a new trail.

        Raises :class:`StoreKeyError` when a trail was begun and its key is gone.
        """
        clock, boot_id = self._clock, self._boot_id
        return AuditTrail(self._database, keys, clock=clock, boot_id=boot_id, digest=digest)

    def forget_stray_attachments(self) -> int:
        """Removes the sealed files that no unconfirmed row of the outbox names; how many. For the start."""
        with self._database.reading() as transaction:
            expected = [row[0] for row in transaction.execute(outbox_sql.UPLOADS_NOT_CONFIRMED)]
        return self.attachments.forget_all_but(expected)

    def room(self) -> DiskRoom:
        """How much the disk under the store still takes. Raises ``OSError`` when the disk does not say."""
        return measure_room(self._files)

    def has_damaged_aside(self) -> bool:
        """Whether a damaged store that was set aside still lies beside this one: nobody has taken it away."""
        return self._files.newest_aside() != self._files.path

    def keep_ballast(self) -> bool:
        """Takes some room of the disk, to be given up when it is full; whether it is held now.

        To be called at the start and now and then: it is taken again when there is room again.
        """
        return hold_ballast(self._files)

    def close(self) -> None:
        """Writes the counters and closes the file. Nothing may use the store any more."""
        try:
            self.counters.flush()
        finally:
            self._database.close()


class StoreReader:
    """A store opened read-only: for the technician's tool and the command line."""

    def __init__(self, database: Database, *, clock: Clock, boot_id: str) -> None:
        self._database = database
        self._clock = clock
        self._boot_id = boot_id
        try:
            database.unlock()
        except BaseException:
            database.close()
            raise

    def board(self) -> Board:
        """Where the outbox stands, all figures of one moment."""
        with self._database.reading() as transaction:
            monotonic_ms = round(self._clock.monotonic_s() * 1000)
            return read_board(transaction, boot_id=self._boot_id, monotonic_ms=monotonic_ms)

    def verify_audit(self, keys: KeyProvider, told: Sequence[AuditSegment]) -> AuditVerdict:
        """What is wrong with the audit trail, compared with what the province was told.

        Raises :class:`StoreKeyError` when the key is not there: the trail was never begun, or it is gone.
        """
        with self._database.reading() as transaction:
            digest = digest_of_chain(transaction) or AuditDigest.HMAC_SHA256
            return verify_chain(transaction, ChainDigests(keys.get(), digest), told)

    def close(self) -> None:
        """Closes the file."""
        self._database.close()


def _create(path: Path, keys: KeyProvider) -> None:
    """Makes an empty file that only its owner may read, and a key for it when there is none."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            keys.get()
        except NoKeyError:
            keys.rotate()
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        sync_folder(path.parent)
    except OSError as error:
        raise StoreUnwritableError(f"the store {path} cannot be made: {error.strerror}") from error


def _finish_rebuilding(files: StoreFiles) -> None:
    """Ends what a power cut left of a rebuild."""
    try:
        files.finish_swap()
    except OSError as error:
        raise StoreUnwritableError(f"the damaged store cannot be set aside: {error.strerror}") from error


def _unlock(path: Path, keys: KeyProvider) -> Database:
    """Opens the file with the key in force, and ends a rotation that is under way."""
    key, previous = keys.get(), keys.previous()
    database = Database(path, key)
    try:
        if previous is None:
            database.unlock()
            return database
        try:
            database.unlock()
        except (StoreKeyError, StoreDamagedError):
            database.close()
            database = Database(path, previous)
            database.unlock()
            database.check()  # what cannot be read cannot be encrypted anew
            database.rekey(key)
        keys.forget_previous()
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: Database, clock: Clock) -> str:
    """Migrates when the schema is not of this release; returns the store's id, making it for a new store."""
    if _revision(database) != SCHEMA_REVISION:
        # With SQLAlchemy it takes longer to load than everything else here; most starts do without it.
        from offline_store.migrations import migrate  # noqa: PLC0415

        with environment_faults():
            migrate(database.connect)
    with database.writing() as transaction:
        transaction.execute(
            "INSERT INTO identity (store_id, created_at) "
            "SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM identity)",
            (str(uuid.uuid4()), rfc3339(clock.utc_now())),
        )
        ((store_id,),) = transaction.execute("SELECT store_id FROM identity")
        return str(store_id)


def _revision(database: Database) -> str | None:
    with database.reading() as transaction:
        if not transaction.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchall():
            return None
        row = transaction.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])
