"""Commands to terminals: given, signed, handed out until a result has come, and answered.

A command is a row here from the moment it was given; nothing that was lost on the way is lost.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from contract.commands import (
    LARGEST_COMMAND,
    MOST_AT_ONCE,
    Command,
    CommandArguments,
    CommandList,
    SignedCommand,
    missing_arguments,
)
from contract.payloads import CommandResult
from contract.sets import CommandVerb
from contract.signing import Signer
from foundation.clock import rfc3339
from province_platform.schema import command_pictures, commands, terminals

NEWEST = 200


class CommandWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an operator wants of a terminal, to be begun within ``valid_s``."""

    verb: CommandVerb
    arguments: CommandArguments = CommandArguments()
    valid_s: Annotated[int, msgspec.Meta(ge=1, le=30 * 24 * 3600)] = 3600


class NotGivenError(ValueError):
    """The command cannot be given; the message says why."""


def give(
    connection: Connection, signer: Signer, terminal_id: str, wish: CommandWish, now: datetime
) -> Command:
    """Signs and keeps a command. Raises :class:`NotGivenError`, and then nothing is kept."""
    known = select(terminals.c.terminal_id).where(
        terminals.c.terminal_id == terminal_id, terminals.c.revoked_at.is_(None)
    )
    if connection.scalar(known) is None:
        raise NotGivenError(f"no terminal {terminal_id}")
    if missing := missing_arguments(wish.verb, wish.arguments):
        raise NotGivenError(f"{wish.verb.value} needs {', '.join(missing)}")
    command = Command(
        command_id=str(uuid.uuid4()),
        terminal_id=terminal_id,
        verb=wish.verb,
        arguments=wish.arguments,
        issued_at=rfc3339(now),
        deadline=rfc3339(now + timedelta(seconds=wish.valid_s)),
    )
    content = msgspec.json.encode(command)
    if len(content) > LARGEST_COMMAND:
        raise NotGivenError(f"the command has more than {LARGEST_COMMAND} bytes")
    connection.execute(
        insert(commands).values(
            command_id=command.command_id,
            terminal_id=terminal_id,
            verb=command.verb.value,
            content=content.decode("utf-8"),
            signature=signer.sign(content),
            issued_at=command.issued_at,
            deadline=command.deadline,
        )
    )
    return command


def without_result(connection: Connection, terminal_id: str, after: int) -> CommandList:
    """The terminal's commands that have no result, from behind the position ``after``, in their order.

    One whose deadline has passed is among them: the terminal says itself that it did not carry it out.
    """
    found = connection.execute(
        select(commands)
        .where(
            commands.c.terminal_id == terminal_id,
            commands.c.position > after,
            commands.c.outcome.is_(None),
        )
        .order_by(commands.c.position)
        .limit(MOST_AT_ONCE)
    ).all()
    return CommandList(
        commands=[SignedCommand(content=row.content, signature=row.signature) for row in found],
        position=found[-1].position if found else after,
    )


def handed_out(connection: Connection, terminal_id: str, until: int, now: str) -> None:
    """Notes when the terminal was first given its commands up to the position ``until``."""
    connection.execute(
        update(commands)
        .where(
            commands.c.terminal_id == terminal_id,
            commands.c.position <= until,
            commands.c.handed_out_at.is_(None),
        )
        .values(handed_out_at=now)
    )


def keep_result(connection: Connection, terminal_id: str, result: CommandResult, now: str) -> bool:
    """Takes a result; the first one stands. False when this terminal was never given such a command."""
    this = (commands.c.command_id == result.command_id) & (commands.c.terminal_id == terminal_id)
    if connection.scalar(select(commands.c.command_id).where(this)) is None:
        return False
    explanation = "" if result.explanation is None else msgspec.json.encode(result.explanation).decode()
    connection.execute(
        update(commands)
        .where(this, commands.c.outcome.is_(None))
        .values(outcome=result.outcome.value, code=result.code, explanation=explanation, answered_at=now)
    )
    if result.picture and picture_of(connection, result.command_id) is None:
        connection.execute(
            insert(command_pictures).values(command_id=result.command_id, picture=result.picture)
        )
    return True


def picture_of(connection: Connection, command_id: str) -> str | None:
    """The picture that answered a command: JPEG in Base64; None when none did."""
    chosen = select(command_pictures.c.picture).where(command_pictures.c.command_id == command_id)
    found: str | None = connection.scalar(chosen)
    return found


def newest(connection: Connection) -> list[Mapping[str, Any]]:
    """The newest commands of all terminals with their states, for people."""
    chosen = select(commands).order_by(commands.c.position.desc()).limit(NEWEST)
    pictured = set(connection.scalars(select(command_pictures.c.command_id)))
    return [{**_figures(row), "pictured": row.command_id in pictured} for row in connection.execute(chosen)]


def _figures(row: Row[Any]) -> Mapping[str, Any]:
    figures = {name: value for name, value in row._asdict().items() if name not in ("content", "signature")}
    arguments = msgspec.json.decode(row.content, type=Command).arguments
    explanation = msgspec.json.decode(row.explanation) if row.explanation else None
    return figures | {"arguments": msgspec.to_builtins(arguments), "explanation": explanation}
