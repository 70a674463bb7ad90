"""What a handler is given and what it gives back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from province_platform.callers import Citizen, Terminal
from province_platform.platform import Platform
from province_platform.refused import Refused

Answer = msgspec.Struct | Response | Refused
_Struct = TypeVar("_Struct")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the decoded request in ``content``, and who calls as far as the operation asks."""

    request: Request
    known_terminal: Terminal | None
    known_citizen: Citizen | None
    content: object

    @property
    def terminal(self) -> Terminal:
        """The terminal that calls; every operation but those for anyone has one."""
        if self.known_terminal is None:
            raise LookupError("this operation is for anyone")
        return self.known_terminal

    @property
    def citizen(self) -> Citizen:
        """The citizen in whose session the terminal calls."""
        if self.known_citizen is None:
            raise LookupError("this operation needs no citizen")
        return self.known_citizen

    def content_as(self, kind: type[_Struct]) -> _Struct:
        """The request, which the door has decoded as the operation says."""
        if not isinstance(self.content, kind):
            raise TypeError(f"the request is no {kind.__name__}")
        return self.content


Handler = Callable[[Platform, Call], Awaitable[Answer]]


def whole_number(text: str) -> int:
    """A whole number of a query; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 16 else 0
