"""One simulated device on the bench: what a person can do to it, and how it can be made to fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from drivers.testbed.orders import Device, Doing, Seen


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person does; ``do`` gets the value, and may raise ``ValueError``."""

    do: Callable[[str], object]
    choices: tuple[str, ...] = ()
    text: bool = False


@dataclass(slots=True, kw_only=True)
class Plug:
    """How a device comes and goes. ``is_in`` says whether it is there now."""

    put_in: Callable[[], object]
    pull: Callable[[], object]
    is_in: Callable[[], bool]


@dataclass(slots=True, kw_only=True)
class Faults:
    """How a device is made to fail: ``give`` gets a member of ``kind`` and how often, ``cure`` ends them all.

    With ``several`` faults add up; otherwise each takes the place of the one before.
    """

    kind: type[Enum]
    give: Callable[[Any, int | None], object]
    cure: Callable[[], object]
    several: bool = False
    switched_off: Enum | None = None
    """The fault that is the same as pulling the plug, which curing mends too."""


@dataclass(slots=True, kw_only=True)
class Bench:
    """A device with its handles. Thread-safe; orders to one device are carried out one after the other."""

    device: Device
    address: Callable[[], str]
    start: Callable[[], object]
    stop: Callable[[], object]
    plug: Plug
    faults: Faults
    actions: Mapping[str, Action] = field(default_factory=dict)
    facts: Callable[[], Mapping[str, str]] = dict
    _wrong: list[Enum] = field(default_factory=list)
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def act(self, name: str, value: str) -> None:
        """Does it; raises ``ValueError`` with what could be done instead."""
        if name not in self.actions:
            raise ValueError(f"nobody can {name!r} here; there are {', '.join(self.actions) or 'no actions'}")
        action = self.actions[name]
        if action.choices and value not in action.choices:
            raise ValueError(f"{name} takes one of {', '.join(action.choices)}, not {value!r}")
        if value and not action.choices and not action.text:
            raise ValueError(f"{name} takes no value")
        with self._turn:
            action.do(value)

    def fail(self, name: str, times: int | None) -> None:
        """Makes it fail in that way; raises ``ValueError`` with the ways that there are."""
        try:
            fault = self.faults.kind(name)
        except ValueError:
            names = ", ".join(fault.value for fault in self.faults.kind)
            raise ValueError(f"no fault of this device is called {name!r}; there are {names}") from None
        with self._turn:
            if fault is self.faults.switched_off:
                self.plug.pull()
                return
            self.faults.give(fault, times)
            self._wrong = [*(w for w in self._wrong if self.faults.several and w is not fault), fault]

    def cure(self) -> None:
        """Ends everything that is wrong with it."""
        with self._turn:
            self.faults.cure()
            if self.faults.switched_off is not None:
                self.plug.put_in()
            self._wrong = []

    def put_in(self) -> None:
        """Plugs it in."""
        with self._turn:
            self.plug.put_in()

    def pull(self) -> None:
        """Pulls its plug."""
        with self._turn:
            self.plug.pull()

    def look(self) -> Seen:
        """How it is, and what can be done."""
        with self._turn:
            wrong = [fault.value for fault in self._wrong]
        kind, off = self.faults.kind, self.faults.switched_off
        return Seen(
            device=self.device,
            address=self.address(),
            plugged=self.plug.is_in(),
            wrong=wrong,
            facts=dict(self.facts()),
            doings=[Doing(name, list(a.choices), a.text) for name, a in self.actions.items()],
            faults=[fault.value for fault in kind if fault is not off],
        )
