"""Head equals the models; up, down and up again gives the same schema; a migration is whole or absent."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from offline_store.database import Database
from offline_store.errors import StoreError, environment_faults
from offline_store.migrations import FOLDER, migrate, migrate_down
from offline_store.schema import metadata
from offline_store.store import SCHEMA_REVISION, OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import new_event

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "store.db"
    path.touch()
    database = Database(path, KEY)
    yield database
    database.close()


def schema_of(database: Database) -> list[tuple[str, str]]:
    """Name and text of everything in the schema but Alembic's own table."""
    with database.reading() as transaction:
        rows = transaction.execute(
            "SELECT name, coalesce(sql, '') FROM sqlite_schema "
            "WHERE tbl_name <> 'alembic_version' ORDER BY name"
        ).fetchall()
    return [(name, " ".join(text.split())) for name, text in rows]


def test_head_is_the_revision_that_the_store_opens(database: Database) -> None:
    scripts = ScriptDirectory(str(FOLDER))
    assert scripts.get_heads() == [SCHEMA_REVISION]


def test_head_equals_the_models(database: Database) -> None:
    migrate(database.connect)
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=database.connect)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []


def test_the_models_make_the_same_tables_to_the_letter(database: Database, tmp_path: Path) -> None:
    """compare_metadata does not look at checks, STRICT and WITHOUT ROWID; their text does."""
    migrate(database.connect)
    (tmp_path / "models.db").touch()
    models = Database(tmp_path / "models.db", KEY)
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=models.connect)
    metadata.create_all(engine)
    engine.dispose()
    assert parts_of(schema_of(models)) == parts_of(schema_of(database))
    models.close()


def parts_of(schema: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The order in which constraints are written is not a difference."""
    return {name: sorted(text.replace("\t", "").split(", ")) for name, text in schema}


def test_up_down_and_up_again_gives_the_same_schema(database: Database) -> None:
    migrate(database.connect)
    once = schema_of(database)
    migrate_down(database.connect, "base")
    assert schema_of(database) == []
    migrate(database.connect)
    assert schema_of(database) == once


def test_a_store_of_the_release_before_comes_up_with_all_that_it_holds(tmp_path: Path) -> None:
    """Its rows, its numbers and its counts; then it goes on."""
    path = tmp_path / "store.db"
    path.touch()
    old = Database(path, KEY)
    migrate(old.connect, "0001")
    with old.writing() as transaction:
        transaction.execute("INSERT INTO identity VALUES ('epoch', '2026-01-01T00:00:00.000Z')")
        transaction.execute("INSERT INTO stream VALUES ('case', 8, 5, 2)")
        transaction.execute(
            "INSERT INTO outbox (id, stream, sequence, type, subject, time, monotonic_ms, boot_id,"
            " clock_trust, data, priority, urgency, depends_on) VALUES ('a', 'case', 8, 't', 'case/a',"
            " '2026-01-01T00:00:00.000Z', 1, 'boot', 'unknown', x'7b7d', 0, 0, '[]')"
        )
    old.close()
    keys = MemoryKeyProvider()
    keys.get = lambda: KEY  # type: ignore[method-assign]
    store = OfflineStore.open(path, keys, clock=ManualClock(), boot_id="boot")
    (event,) = store.outbox.peek(10)
    (next_one,) = store.outbox.append([new_event("case/b")])
    count = store.outbox.board().streams["case"]
    store.close()
    assert (store.store_id, event.id, event.sequence, event.data) == ("epoch", "a", 8, b"{}")
    assert (next_one.sequence, count.waiting, count.confirmed) == (9, 2, 7)


def test_a_migration_that_fails_half_way_leaves_nothing(database: Database) -> None:
    with database.writing() as transaction:
        transaction.execute("CREATE TABLE counter (in_the_way TEXT)")
    before = schema_of(database)
    with pytest.raises(Exception, match="table counter already exists"):
        migrate(database.connect)
    assert schema_of(database) == before


def test_migrating_never_logs_the_key(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "alembic"):
        migrate(database.connect)
    assert "Running upgrade" in caplog.text
    assert KEY.hex() not in caplog.text.lower()


def test_a_full_disk_while_migrating_is_a_fault_and_no_bug(database: Database) -> None:
    def connect() -> sqlite3.Connection:
        connection: sqlite3.Connection = database.connect()
        connection.execute("PRAGMA max_page_count = 5")
        return connection

    with pytest.raises(StoreError, match="STOR-002"), environment_faults():
        migrate(connect)
    assert schema_of(database) == []


def test_an_installed_package_migrates_from_any_folder(tmp_path: Path, repository: Path) -> None:
    """As on a terminal: the packages lie elsewhere, and the current folder is not theirs."""
    installed, elsewhere = tmp_path / "site packages %20", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for package in ("contract", "foundation", "offline_store"):
        shutil.copytree(repository / package, installed / package)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from foundation.clock import SystemClock\n"
        "from offline_store.keys import KeyFileProvider; from offline_store.store import OfflineStore\n"
        "here = Path.cwd()\n"
        "store = OfflineStore.open(\n"
        "    here / 'store.db', KeyFileProvider(here / 'store.key'), clock=SystemClock(), boot_id='b'\n"
        ")\n"
        "print(store.outbox.board().depth); store.close()"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", program, str(installed)],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("0\n", "")
