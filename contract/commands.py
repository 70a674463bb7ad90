"""Commands of the platform to one terminal, signed: what may be asked, and what a command must carry for it.

A command travels as the exact bytes that were signed, in :class:`SignedCommand`. The platform hands it out
until a result has come (at least once); the terminal carries out one ``command_id`` once and answers in the
stream ``command`` (:class:`contract.payloads.CommandResult`).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import identifier, moment, named, rows, text, whole
from contract.items import LocalText
from contract.sets import CommandVerb

LONGEST_WAIT_S = 25
"""How long the platform holds back an answer that has no command in it."""
MOST_AT_ONCE = 50
LARGEST_COMMAND = 8_000
"""Bytes of one command as JSON."""


class CommandArguments(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a verb needs besides itself (:func:`missing_arguments`); the rest stays empty."""

    item_code: Annotated[str, text("事项编号", 64, "of the matter to suspend or resume")] = ""
    event_id: Annotated[str, text("事件编号", 36, "one set-aside event; empty stands for all of them")] = ""
    reason: Annotated[LocalText | None, named("原因", "shown to people on the screen")] = None


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One order to one terminal. Unknown fields are ignored, an unknown verb is refused.

    What is not begun by ``deadline`` never is, and the result says expired.
    """

    command_id: Annotated[str, identifier("指令编号", "what makes it idempotent")]
    terminal_id: Annotated[str, text("终端编号", 32, "for this terminal and no other")]
    verb: Annotated[CommandVerb, named("指令")]
    arguments: Annotated[CommandArguments, named("参数")] = CommandArguments()
    issued_at: Annotated[str, moment("下达时间")]
    deadline: Annotated[str, moment("执行期限")]


class CommandIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """What can still be read of a command whose verb or arguments are not understood."""

    command_id: Annotated[str, identifier("指令编号")]
    terminal_id: Annotated[str, text("终端编号", 32)]


class SignedCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A command as it travels."""

    content: Annotated[str, text("指令原文", LARGEST_COMMAND, "Command as JSON, exactly as it was signed")]
    signature: Annotated[str, text("签名", 1024, "detached JWS by the platform's key for commands")]


class CommandList(msgspec.Struct, frozen=True, kw_only=True):
    """Commands without a result, in the order in which they were given. Empty when the wait was in vain."""

    commands: Annotated[list[SignedCommand], rows("指令", MOST_AT_ONCE)]
    position: Annotated[int, whole("位置", 0, None, "send it back as `after`: these commands are here")] = 0


_NEEDED: dict[CommandVerb, tuple[str, ...]] = {
    CommandVerb.STOP_SERVICE: ("reason",),
    CommandVerb.DISABLE_ITEM: ("item_code", "reason"),
    CommandVerb.ENABLE_ITEM: ("item_code",),
}


def missing_arguments(verb: CommandVerb, arguments: CommandArguments) -> list[str]:
    """The names of the arguments without which ``verb`` means nothing and which are not there."""
    return [name for name in _NEEDED.get(verb, ()) if not getattr(arguments, name)]
