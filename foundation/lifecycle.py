"""One lifecycle for everything that can fail and come back: set up, run, tear down.

Tear-down always runs, also after a set-up that failed half-way. A fault that time may mend backs off and
starts over from set-up; a permanent fault stops the service and asks for a person.
"""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

from foundation.backoff import Backoff
from foundation.clock import Clock

log = logging.getLogger("dianxiaoer.lifecycle")


class TemporaryFaultError(Exception):
    """Time, a cable or the other end may mend this; the service backs off and starts over."""


class PermanentFaultError(Exception):
    """Only a person can mend this; the service stops and says so."""


class ResilientService(ABC):
    """A named thread that sets up, runs, tears down, and starts over after a temporary fault.

    Guarantees to the caller: ``start`` returns at once; ``stop`` is prompt (``run`` must look at
    ``self.stopping``) and joins the thread; ``tear_down`` runs after every ``set_up``, failed or not; the
    log says once that the service went down and once that it came back. An exception that is not one of the
    two faults is a bug: it is logged with its type and treated as temporary, so that one bug in the field
    does not end a device for ever.
    """

    def __init__(self, name: str, clock: Clock, backoff: Backoff) -> None:
        self.name = name
        self.clock = clock
        self.stopping = threading.Event()
        self._backoff = backoff
        self._thread: threading.Thread | None = None
        self._down = False

    @abstractmethod
    def set_up(self) -> None:
        """Acquires what is needed. Raises TemporaryFaultError or PermanentFaultError."""

    @abstractmethod
    def run(self) -> None:
        """Does the work until ``self.stopping`` is set, or raises."""

    @abstractmethod
    def tear_down(self) -> None:
        """Releases everything; must be safe after a set-up that failed half-way; must not raise."""

    def on_permanent_fault(self, fault: PermanentFaultError) -> None:
        """Told once when a person is needed. The default does nothing more than the log does."""

    def healthy(self) -> None:
        """To be called by ``run`` when an answer has proved that it works; resets the back-off."""
        self._backoff.succeeded()
        if self._down:
            self._down = False
            log.info("%s is back", self.name)

    def start(self) -> None:
        """Starts the thread; a service is started once."""
        if self._thread is not None:
            raise RuntimeError(f"{self.name} was started twice")
        self._thread = threading.Thread(target=self._serve, name=self.name, daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Asks the thread to end and waits for it; false when it did not end in time."""
        self.stopping.set()
        thread = self._thread
        if thread is None:
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def _serve(self) -> None:
        while not self.stopping.is_set():
            try:
                self.set_up()
                self.run()
            except PermanentFaultError as fault:
                log.error("%s needs a person: %s", self.name, fault)
                self.on_permanent_fault(fault)
                return
            except TemporaryFaultError as fault:
                self._log_down(str(fault))
            except Exception as bug:  # the thread must outlive any bug; see the class docstring
                self._log_down(f"unexpected {type(bug).__name__}")
                log.debug("%s: bug", self.name, exc_info=True)
            finally:
                self.tear_down()
            if not self.stopping.is_set():
                self.clock.wait(self.stopping, self._backoff.failed())

    def _log_down(self, reason: str) -> None:
        if not self._down:
            self._down = True
            log.warning("%s is down: %s", self.name, reason)
