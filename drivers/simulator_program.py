"""A simulator as a program: one command a line on its input, ``ok`` or ``no`` and why for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TextIO, TypeVar


class Simulator(Protocol):
    """What every simulator is, whatever it simulates."""

    @property
    def address(self) -> object:
        """Where a driver finds it, once it was started."""

    def start(self) -> None:
        """Begins to serve."""

    def stop(self) -> None:
        """Ends at once."""


SimulatorT = TypeVar("SimulatorT", bound=Simulator)


def serve(
    simulator: SimulatorT,
    obey: Callable[[SimulatorT, str], None],
    commands: Iterable[str],
    answers: TextIO,
) -> None:
    """Starts it, says its address, and does what each line says until there are no more.

    ``obey`` raises ``ValueError`` for a line that it does not understand; that is the answer to it.
    """
    simulator.start()
    try:
        print(simulator.address, file=answers, flush=True)
        for line in commands:
            try:
                obey(simulator, line)
                print("ok", file=answers, flush=True)
            except ValueError as mistake:
                print(f"no: {mistake}", file=answers, flush=True)
    finally:
        simulator.stop()
