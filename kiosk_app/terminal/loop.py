"""The one thread that owns the machine: messages in from anywhere, views out after every change."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence

from foundation.clock import Clock
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.machine import Machine, Message
from kiosk_app.terminal.messages import Tick
from kiosk_app.terminal.presenter import Presenter
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.views import View

log = logging.getLogger("dianxiaoer.terminal")

Inbox = queue.SimpleQueue[object]
"""Where messages for the machine are put: thread-safe, never full, there before the loop is."""

Observer = Callable[[Message, Situation], None]
"""Told of every message after it was handled, in the loop's thread: returns at once and keeps neither."""

_STOP = object()
_ALWAYS_HEARD = frozenset({Wish.TOUCH, Wish.CONTINUE})


class TerminalLoop:
    """Puts messages in order and draws what comes of them.

    Whoever has something to say puts it into the inbox, from any thread. A view is published when something
    that is shown has changed, and as the answer to a wish; its serial grows by one. A tap that belongs to a
    page which has gone is not heard, so two quick taps on 提交 are one submission.
    """

    def __init__(
        self,
        machine: Machine,
        presenter: Presenter,
        clock: Clock,
        publish: Callable[[View], None],
        inbox: Inbox,
        *,
        tick_s: float = 0.5,
        observers: Sequence[Observer] = (),
    ) -> None:
        self._machine = machine
        self._presenter = presenter
        self._clock = clock
        self._publish = publish
        self._tick_s = tick_s
        self._observers = tuple(observers)
        self._inbox = inbox
        self._stopping = threading.Event()
        self._last: View | None = None
        self._page_serial = 0
        self._worker = threading.Thread(target=self._run, name="terminal", daemon=True)
        self._ticker = threading.Thread(target=self._tick, name="terminal-tick", daemon=True)

    def start(self) -> None:
        """Starts; the first view is published at once."""
        self._worker.start()
        self._ticker.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends both threads; false when they did not end in time."""
        self._stopping.set()
        self._inbox.put(_STOP)
        for thread in (self._worker, self._ticker):
            if thread.ident is not None:
                thread.join(timeout_s)
        return not (self._worker.is_alive() or self._ticker.is_alive())

    def _tick(self) -> None:
        while not self._clock.wait(self._stopping, self._tick_s):
            self._inbox.put(Tick())

    def _run(self) -> None:
        self._show()
        while (message := self._inbox.get()) is not _STOP:
            self.step(message)  # type: ignore[arg-type]  # only post() and _tick() put messages in
            del message  # what it carried of a person must not stay until the next one comes

    def step(self, message: Message) -> None:
        """Handles one message and publishes what it changed; a bug in one does not end the terminal."""
        if isinstance(message, Intent) and self._too_late(message):
            return
        try:
            self._machine.handle(message)
            for observe in self._observers:
                observe(message, self._machine.situation)
        except Exception as bug:  # noqa: BLE001  # unattended at night: the loop must outlive any bug
            log.error("a message was not handled: %s in %s", type(bug).__name__, type(message).__name__)
        # A wish is always answered by a view, if only the same one again: a screen that has sent one waits.
        self._show(answer=isinstance(message, Intent) and message.wish is not Wish.TOUCH)

    def _too_late(self, intent: Intent) -> bool:
        return intent.wish not in _ALWAYS_HEARD and intent.serial < self._page_serial

    def _show(self, *, answer: bool = False) -> None:
        """Draws; what cannot be drawn must not leave a person's last page standing, so the session ends."""
        try:
            self._draw(answer=answer)
        except Exception as bug:  # noqa: BLE001  # as above
            log.error("a page was not drawn: %s on %s", type(bug).__name__, self._machine.situation.screen)
            self._machine.give_up()
            with contextlib.suppress(Exception):
                self._draw(answer=answer)

    def _draw(self, *, answer: bool = False) -> None:
        situation = self._machine.situation
        serial = self._last.serial if self._last is not None else 0
        view = self._presenter.view(situation, serial, self._machine.idle_seconds_left())
        if answer or situation.new_page or view != self._last:
            view = self._presenter.renumber(view, serial + 1)
            if situation.new_page:
                situation.new_page = False
                self._page_serial = view.serial
            self._last = view
            self._publish(view)
