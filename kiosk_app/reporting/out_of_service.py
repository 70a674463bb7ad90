"""The province is told that a terminal serves nobody, although each of its devices is well."""

from __future__ import annotations

from collections.abc import Callable

from foundation.errors import Errors
from kiosk_app.reporting.left_behind import Alarms
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.situation import Situation, stopped_by

_DEVICE = "terminal"


class ServiceWatch:
    """An observer of the terminal's loop. ``tell`` is told whether the terminal is out of service.

    What was left in memory and could not be got rid of is an alarm besides: somebody has to come.
    """

    def __init__(self, alarms: Alarms, tell: Callable[[bool], None]) -> None:
        self._alarms = alarms
        self._tell = tell
        self._code: str | None = None

    def __call__(self, message: Message, now: Situation) -> None:
        """Looks at what one message has come to."""
        del message
        code = stopped_by(now)
        if code == self._code:
            return
        self._code = code
        self._tell(bool(code))
        unclean = Errors.WIPE_REPLACEMENT_FAILED
        self._alarms.report(unclean, _DEVICE, present=code == unclean.code)
