"""Alarms: what an operator must be told of, opened once and closed once under one id.

Damped: what comes and goes within seconds opens nothing, and what is away for a moment closes nothing. What
is open stands on the disk beside the store, so that it is closed under its own id after a restart too.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from contract.payloads import Alarm
from contract.sets import Stream
from drivers.vocabulary import DeviceStatus
from foundation.atomic_files import write_atomically
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.reporting.conditions import AT_ONCE, says_how_it_is, wrong_with
from kiosk_app.reporting.events import PLACE_PRIORITY, EventMaker
from offline_store.errors import StoreError
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.alarms")

OPENS_AFTER_S = 5.0
CLOSES_AFTER_S = 60.0
_LOOKS_AGAIN_AFTER_S = 3600.0
_Key = tuple[str, str]


class OpenAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm that was opened. ``told`` is false until its event is in the outbox."""

    alarm_id: str
    code: str
    device: str
    since: str
    details: dict[str, str] = {}
    told: bool = False


@dataclass(slots=True)
class _Condition:
    """What is the case, since when on the monotonic clock, and after how long that matters."""

    present: bool
    since_s: float
    since: str
    details: dict[str, str]
    matters_after_s: float


class AlarmKeeper(ResilientService):
    """Opens and closes alarms, in a thread of its own. All of it is thread-safe and returns at once.

    An alarm opens when its condition has been present for ``opens_after_s`` without a break, and closes when
    it has been absent for ``closes_after_s``. Its event is on the disk before it counts as told; a crash in
    between tells it at the next start, under the same id.
    """

    def __init__(
        self,
        maker: EventMaker,
        outbox: Outbox,
        clock: Clock,
        file: Path,
        *,
        opens_after_s: float = OPENS_AFTER_S,
        closes_after_s: float = CLOSES_AFTER_S,
    ) -> None:
        super().__init__("alarms", clock, Backoff(1.0, 60.0))
        self._maker = maker
        self._outbox = outbox
        self._file = file
        self._opens_after_s = opens_after_s
        self._closes_after_s = closes_after_s
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._open = {(alarm.code, alarm.device): alarm for alarm in _read(file)}
        # What is still wrong will be reported again soon; what nobody reports any more closes.
        self._conditions = {key: self._absent() for key in self._open}

    def report(
        self,
        error: ErrorCode,
        device: str,
        *,
        present: bool,
        details: Mapping[str, str] | None = None,
        at_once: bool = False,
    ) -> None:
        """Whether ``error`` is the case now. ``at_once`` is for what is over as soon as it has happened."""
        key = error.code, device
        with self._lock:
            known = self._conditions.get(key)
            if known is not None and known.present == present and not at_once:
                return
            if known is None and not present:
                return
            after_s = 0.0 if at_once else self._opens_after_s
            self._conditions[key] = self._present(details or {}, after_s) if present else self._absent()
        self._wake.set()

    def devices_changed(self, statuses: Sequence[DeviceStatus]) -> None:
        """The statuses of all fitted devices: everything that is wrong with one is a condition.

        A device that is away says nothing of itself: what was wrong with it before stays so.
        """
        wrong = {(error.code, status.device) for status in statuses for error in wrong_with(status)}
        devices = {status.device for status in statuses if says_how_it_is(status)}
        for status in statuses:
            for error in wrong_with(status):
                self.report(error, status.device, present=True, at_once=self._is_news_at_once(error, status))
        with self._lock:
            over = [
                key
                for key, condition in self._conditions.items()
                if condition.present and key[1] in devices and key not in wrong
            ]
            for key in over:
                self._conditions[key] = self._absent()
        if over:
            self._wake.set()

    def open_alarms(self) -> list[OpenAlarm]:
        """What is open now, the oldest first."""
        with self._lock:
            return sorted(self._open.values(), key=lambda alarm: alarm.since)

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; what is open stays open."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Tells what a crash kept from being told."""
        for key, alarm in list(self._open.items()):
            if not alarm.told:
                self._tell(key, alarm)

    def run(self) -> None:
        while not self.stopping.is_set():
            self._wake.clear()
            due_in_s = self._settle()
            self.healthy()
            self.clock.wait(self._wake, due_in_s)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _is_news_at_once(self, error: ErrorCode, status: DeviceStatus) -> bool:
        with self._lock:
            known = self._conditions.get((error.code, status.device))
        return error in AT_ONCE and (known is None or not known.present)

    def _present(self, details: Mapping[str, str], after_s: float) -> _Condition:
        return _Condition(True, self.clock.monotonic_s(), self._maker.now(), dict(details), after_s)

    def _absent(self) -> _Condition:
        return _Condition(False, self.clock.monotonic_s(), "", {}, self._closes_after_s)

    def _settle(self) -> float:
        """Opens and closes what is due; returns the seconds until something else is."""
        with self._lock:
            conditions = dict(self._conditions)
        next_due_s = _LOOKS_AGAIN_AFTER_S
        for key, condition in conditions.items():
            if condition.present == (key in self._open):
                continue
            left_s = condition.since_s + condition.matters_after_s - self.clock.monotonic_s()
            if left_s > 0:
                next_due_s = min(next_due_s, left_s)
            elif condition.present:
                self._open_one(key, condition)
            else:
                self._close_one(key, self._open[key])
        return next_due_s

    def _open_one(self, key: _Key, condition: _Condition) -> None:
        alarm = OpenAlarm(
            alarm_id=str(uuid.uuid4()),
            code=key[0],
            device=key[1],
            since=condition.since,
            details=condition.details,
        )
        self._keep(key, alarm)
        self._tell(key, alarm)
        log.warning("alarm %s of %s is open", *key)

    def _tell(self, key: _Key, alarm: OpenAlarm) -> None:
        # The opening has the alarm's own id, so that telling it twice puts it into the outbox once.
        self._append(alarm, is_open=True, event_id=alarm.alarm_id)
        self._keep(key, msgspec.structs.replace(alarm, told=True))

    def _close_one(self, key: _Key, alarm: OpenAlarm) -> None:
        self._append(alarm, is_open=False)
        self._keep(key, None)
        with self._lock:
            if not self._conditions[key].present:
                del self._conditions[key]
        log.info("alarm %s of %s is closed", *key)

    def _append(self, alarm: OpenAlarm, *, is_open: bool, event_id: str = "") -> None:
        payload = Alarm(
            alarm_id=alarm.alarm_id,
            terminal_id=self._maker.terminal_id,
            code=alarm.code,
            open=is_open,
            device=alarm.device,
            since=alarm.since,
            details=alarm.details,
        )
        try:
            self._outbox.append(
                [self._maker.make(Stream.ALARM, payload, priority=PLACE_PRIORITY, event_id=event_id)]
            )
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault

    def _keep(self, key: _Key, alarm: OpenAlarm | None) -> None:
        """Writes what is open, and only then holds it for open."""
        kept = {known: each for known, each in self._open.items() if known != key}
        if alarm is not None:
            kept[key] = alarm
        try:
            write_atomically(self._file, msgspec.json.encode(list(kept.values())))
        except OSError as fault:
            raise TemporaryFaultError(f"what is open cannot be kept: {type(fault).__name__}") from fault
        with self._lock:
            self._open = kept


def _read(file: Path) -> list[OpenAlarm]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[OpenAlarm])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as problem:
        log.warning("what was open cannot be read: %s", type(problem).__name__)
        return []
