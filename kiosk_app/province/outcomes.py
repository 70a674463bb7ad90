"""What can come of a call to the province platform, as values.

Four things that call for four reactions are kept apart: the platform answered; it understood and refused
(which includes that it does not know this terminal any more, ``PROV-004``); nobody can be reached or served
now (``PROV-001``, ``PROV-002``, ``PROV-009``); and something answered that is not the platform (``PROV-003``:
the page of a captive portal, a redirect, half an answer).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from contract.items import LocalText
from foundation.errors import ErrorCode, Errors

ValueT = TypeVar("ValueT")
NOT_LET_IN = (Errors.TERMINAL_NOT_AUTHORISED, Errors.CERTIFICATE_ENDED)
"""The platform is there and does not have this terminal: no call of any kind is of use."""


@dataclass(frozen=True, slots=True)
class Answered(Generic[ValueT]):
    """The platform did it. The value may be about a person and is not in the repr."""

    value: ValueT = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform understood and will not. ``message`` is its sentence for people, when it gave one."""

    error: ErrorCode
    message: LocalText | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer of the platform. Whether it saw the request is not known; the same ids may be sent again.

    ``retry_after_s`` is the platform's own wish to be left alone for so long, None when it has none.
    """

    error: ErrorCode
    retry_after_s: float | None = None


Outcome = Answered[ValueT] | Refused | Unreachable
