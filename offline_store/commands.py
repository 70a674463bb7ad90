"""The platform's commands as they came, until each has been answered; and what they have put in force."""

from __future__ import annotations

from dataclasses import dataclass

from offline_store.database import Database


@dataclass(frozen=True, slots=True)
class KeptCommand:
    """``content`` is what was signed. ``begun`` stands when somebody had begun to carry it out."""

    command_id: str
    content: bytes
    begun: bool


class CommandBook:
    """Which commands were taken, begun and answered. Thread-safe; what a method says is on the disk.

    A ``command_id`` is remembered for good, so the same command is carried out once, however often it comes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, command_id: str, content: bytes, received_at: str) -> bool:
        """Keeps a command whose signature was checked; false when it was taken before."""
        with self._database.writing() as transaction:
            taken = transaction.execute(
                "INSERT INTO command (command_id, content, received_at) VALUES (?, ?, ?) "
                "ON CONFLICT (command_id) DO NOTHING",
                (command_id, content, received_at),
            )
            return bool(taken.rowcount)

    def without_answer(self) -> list[KeptCommand]:
        """What was taken and not answered, in the order in which it came."""
        with self._database.reading() as transaction:
            rows = transaction.execute(
                "SELECT command_id, content, begun FROM command WHERE outcome IS NULL ORDER BY position"
            ).fetchall()
        return [KeptCommand(command_id, content, bool(begun)) for command_id, content, begun in rows]

    def begin(self, command_id: str) -> None:
        """Notes that it is being carried out: after a power cut it is known that it may have been."""
        with self._database.writing() as transaction:
            transaction.execute("UPDATE command SET begun = 1 WHERE command_id = ?", (command_id,))

    def answered(self, command_id: str, outcome: str) -> None:
        """Its result stands in the outbox; the content is not needed any more."""
        with self._database.writing() as transaction:
            transaction.execute(
                "UPDATE command SET outcome = ?, content = x'' WHERE command_id = ?", (outcome, command_id)
            )


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """What holds until it is lifted, and since when. ``about`` is ``service`` or ``item/<code>``."""

    about: str
    reason_zh: str
    reason_en: str
    since: str


class StandingOrders:
    """What was put in force and survives a restart: a planned stop, suspended matters. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, order: StandingOrder) -> None:
        """Puts it in force; a later word about the same thing replaces the reason and the time."""
        with self._database.writing() as transaction:
            transaction.execute(
                "INSERT OR REPLACE INTO standing_order (about, reason_zh, reason_en, since) "
                "VALUES (?, ?, ?, ?)",
                (order.about, order.reason_zh, order.reason_en, order.since),
            )

    def lift(self, about: str) -> None:
        """Ends it; ending what is not in force is no error."""
        with self._database.writing() as transaction:
            transaction.execute("DELETE FROM standing_order WHERE about = ?", (about,))

    def all(self) -> list[StandingOrder]:
        """Everything in force."""
        with self._database.reading() as transaction:
            rows = transaction.execute(
                "SELECT about, reason_zh, reason_en, since FROM standing_order ORDER BY about"
            ).fetchall()
        return [StandingOrder(*row) for row in rows]
