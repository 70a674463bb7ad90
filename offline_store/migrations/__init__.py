"""The store's schema through the releases, by Alembic. There is no ini file; ``migrate`` is the way in.

A migration never imports the models: it must do tomorrow what it does today. A new one makes
``offline_store.store.SCHEMA_REVISION`` its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

FOLDER = Path(__file__).parent


def migrate(connect: Callable[[], Any], revision: str = "head") -> None:
    """Brings the store up to ``revision``, in one transaction: wholly or not at all.

    ``connect`` gives a keyed connection of the driver, which is closed afterwards.
    """
    with _transaction(connect) as connection:
        command.upgrade(configuration(connection), revision)


def migrate_down(connect: Callable[[], Any], revision: str) -> None:
    """Brings the store down to ``revision``, in one transaction."""
    with _transaction(connect) as connection:
        command.downgrade(configuration(connection), revision)


def configuration(connection: Connection) -> Config:
    """Alembic's settings for one open connection; it never sees a URL or a key."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


@contextmanager
def _transaction(connect: Callable[[], Any]) -> Iterator[Connection]:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3,
        creator=connect,
        poolclass=StaticPool,
        hide_parameters=True,  # or the text of an error carries the row
    )
    # The driver begins nothing by itself (isolation_level None), so that DDL is part of the transaction.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
