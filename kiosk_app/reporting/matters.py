"""The province is told which matters this terminal can finish, so that others can send people here."""

from __future__ import annotations

from collections.abc import Callable

from contract.items import Item
from contract.places import MOST_MATTERS, MatterReport
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import BatchChanged, CapabilitiesChanged, OrdersChanged, QueueChanged
from kiosk_app.terminal.situation import Situation

_CHANGES_IT = (BatchChanged, CapabilitiesChanged, OrdersChanged, QueueChanged)
_REASON = "readiness."
SUSPENDED = "suspended"


class MatterWatch:
    """An observer of the terminal's loop. ``tell`` gets all matters when one of them stands otherwise.

    It is told how things are with a line: whoever reads it knows that there is one.
    """

    def __init__(self, tell: Callable[[tuple[MatterReport, ...]], None]) -> None:
        self._tell = tell
        self._told: tuple[MatterReport, ...] = ()

    def __call__(self, message: Message, now: Situation) -> None:
        """Looks at what one message has come to."""
        if not isinstance(message, _CHANGES_IT) or now.batch is None:
            return
        matters = tuple(_report(now, item) for item in now.batch.items[:MOST_MATTERS])
        if matters != self._told:
            self._told = matters
            self._tell(matters)


def _report(now: Situation, item: Item) -> MatterReport:
    ready = now.readiness_with_a_line(item)
    reason = SUSPENDED if ready.province_says is not None else ready.reason.removeprefix(_REASON)
    return MatterReport(item_code=item.code, finish=ready.finish, reason=reason)
