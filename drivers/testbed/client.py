"""Giving orders to a testbed that runs in another process."""

from __future__ import annotations

import dataclasses
import socket
from pathlib import Path
from typing import Any

import msgspec

from drivers.id_card_reader.card_image import SyntheticCitizen, SyntheticPerson, kind_of_person
from drivers.testbed import orders
from drivers.testbed.orders import Answer, Device, Order, Slip
from drivers.testbed.server import SOCKET_NAME

_PATIENCE_S = 15.0


class OrderRefusedError(Exception):
    """The testbed did not do what it was told; the message says why."""


class TestbedClient:
    """The hands of a test or a demo on the simulated hardware in ``folder``.

    Every method returns when it is done, and raises ``OrderRefusedError`` when it was not, or ``OSError``
    when there is no testbed. Nothing is kept between two calls, so any thread may call.
    """

    __test__ = False  # no test class, whatever its name makes a collector of tests believe

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def addresses(self) -> dict[str, str]:
        """Where each device is, by its name; written when all of them are there."""
        content = (self._folder / "addresses.json").read_bytes()
        return msgspec.json.decode(content, type=dict[str, str])

    def put_card(self, person: SyntheticPerson | None = None) -> None:
        """Lays somebody's card on the reader, of whichever kind; without ``person`` the default citizen's."""
        person = person or SyntheticCitizen()
        fields = dataclasses.asdict(person) | {"kind": kind_of_person(person).value}
        self._do(orders.PutCard({name: _text(value) for name, value in fields.items()}))

    def take_card(self) -> None:
        """Takes the card away."""
        self._do(orders.TakeCard())

    def show_code(self, payload: bytes) -> None:
        """Holds a code before the scanner, which reads it when it looks."""
        self._do(orders.ShowCode(payload))

    def hide_code(self) -> None:
        """Takes the code away."""
        self._do(orders.HideCode())

    def act(self, device: Device, action: str, value: str = "") -> None:
        """Does what a person can do there, by a name and a value that :meth:`look` says."""
        self._do(orders.Act(device, action, value))

    def look(self) -> Answer:
        """How every device is, what can be done to it and how it can fail; all papers so far."""
        return self._do(orders.Look())

    def fault(self, device: Device, name: str, times: int | None = None) -> None:
        """Makes something wrong, by the name that the device's simulator gives it."""
        self._do(orders.Fault(device, name, times))

    def cure(self, device: Device) -> None:
        """Ends what is wrong with a device."""
        self._do(orders.Cure(device))

    def unplug(self, device: Device) -> None:
        """Pulls the plug of a device."""
        self._do(orders.Unplug(device))

    def plug_in(self, device: Device) -> None:
        """Plugs it in again."""
        self._do(orders.PlugIn(device))

    def slips(self, at_least: int = 0, timeout_s: float = 10.0) -> list[Slip]:
        """All slips so far, once there are that many; pictures are in the folder ``slips``.

        Raises :class:`OrderRefusedError` also when the printer was sent a command that it does not know.
        """
        answer = self._do(orders.ShowSlips(at_least, timeout_s), patience_s=timeout_s + _PATIENCE_S)
        if answer.unknown_commands:
            raise OrderRefusedError(f"the printer does not know {', '.join(answer.unknown_commands)}")
        return answer.slips

    def _do(self, order: Order, patience_s: float = _PATIENCE_S) -> Answer:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(patience_s)
            connection.connect(str(self._folder / SOCKET_NAME))
            connection.sendall(msgspec.json.encode(order) + b"\n")
            with connection.makefile("rb") as lines:
                line = lines.readline()
        if not line:
            raise OrderRefusedError("the testbed ended before it answered")
        answer = msgspec.json.decode(line, type=Answer)
        if answer.problem:
            raise OrderRefusedError(answer.problem)
        return answer


def _text(value: Any) -> str:
    return "" if value is None else str(value)
