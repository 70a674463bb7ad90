"""What the province has put in force at this terminal: a planned stop (计划停机), suspended matters.

It stands in the store, so that a restart ends none of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from contract.items import LocalText
from contract.sets import TerminalState
from kiosk_app.terminal.messages import OrdersChanged
from offline_store.commands import StandingOrder, StandingOrders

_SERVICE = "service"
_ITEM = "item/"


class ServiceGate:
    """Puts orders in force and tells the machine and the status of them. Thread-safe.

    Every method that changes something raises a :class:`~offline_store.errors.StoreError`, and then nothing
    is changed. ``now`` gives a time of the wire; ``closing`` is what people read while it is held.
    """

    def __init__(
        self,
        orders: StandingOrders,
        post: Callable[[OrdersChanged], None],
        set_mode: Callable[[TerminalState | None], None],
        now: Callable[[], str],
        closing: LocalText,
    ) -> None:
        self._orders = orders
        self._post = post
        self._set_mode = set_mode
        self._now = now
        self._lock = threading.Lock()
        self._closing = closing
        self._held = False
        self._in_force = {order.about: order for order in orders.all()}

    def tell(self) -> None:
        """Tells what is in force; to be called once at the start, before anybody can be served."""
        with self._lock:
            self._tell()

    def stop_service(self, reason: LocalText) -> None:
        """Nobody begins any more; who is here finishes."""
        self._put(_SERVICE, reason)

    def resume_service(self) -> None:
        """Ends a planned stop."""
        self._lift(_SERVICE)

    def suspend_item(self, code: str, reason: LocalText) -> None:
        """The matter is shown as not to be done here, with the reason."""
        self._put(_ITEM + code, reason)

    def resume_item(self, code: str) -> None:
        """Ends it."""
        self._lift(_ITEM + code)

    @property
    def is_stopped(self) -> bool:
        """Whether a planned stop is in force."""
        with self._lock:
            return _SERVICE in self._in_force

    def hold(self, held: bool) -> None:
        """Lets nobody begin while something is under way that must not meet a person. Never raises.

        Of this run only, and not in the status: it is over in a moment.
        """
        with self._lock:
            if held != self._held:
                self._held = held
                self._tell()

    def _put(self, about: str, reason: LocalText) -> None:
        order = StandingOrder(about, reason.zh, reason.en, self._now())
        with self._lock:
            self._orders.put(order)
            self._in_force[about] = order
            self._tell()

    def _lift(self, about: str) -> None:
        with self._lock:
            self._orders.lift(about)
            self._in_force.pop(about, None)
            self._tell()

    def _tell(self) -> None:
        stop = self._in_force.get(_SERVICE)
        self._set_mode(TerminalState.PLANNED_STOP if stop is not None else None)
        suspended = {
            about.removeprefix(_ITEM): _reason(order)
            for about, order in self._in_force.items()
            if about.startswith(_ITEM)
        }
        if stop is not None:
            self._post(OrdersChanged(_reason(stop), stop.since, suspended))
        else:
            self._post(OrdersChanged(self._closing if self._held else None, self._now(), suspended))


def _reason(order: StandingOrder) -> LocalText:
    return LocalText(order.reason_zh, order.reason_en)
