"""Each command once: in order, never after its deadline, and after a power cut no more than is known."""

from __future__ import annotations

import json
import queue
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from contract.commands import Command
from contract.items import LocalText
from contract.sets import CommandOutcome, CommandVerb, TerminalState
from foundation.clock import rfc3339
from foundation.errors import Errors
from kiosk_app.operations.command_desk import (
    INTERRUPTED,
    Accounts,
    CommandDesk,
    Finished,
    Verb,
    When,
)
from kiosk_app.operations.occupancy import Occupancy
from kiosk_app.operations.service_gate import ServiceGate
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import OrdersChanged
from kiosk_app.terminal.views import Screen
from offline_store.errors import StoreFullError
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.kiosk import Kiosk
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store
from tests.kiosk_app.reporting.test_audit_observer import Trail

WITHIN_S = 10.0
DONE = Finished(CommandOutcome.DONE)
CLOSING = LocalText("一会儿就好", "for a moment")


@dataclass
class House:
    """A desk whose verbs only note that they were called, in front of a real machine that a person uses."""

    store: OfflineStore
    clock: ManualClock
    done: queue.Queue[str] = field(default_factory=queue.Queue)
    posted: queue.Queue[OrdersChanged] = field(default_factory=queue.Queue)
    modes: list[TerminalState | None] = field(default_factory=list)

    committed: queue.Queue[None] = field(default_factory=queue.Queue)
    heard: int = 0

    def __post_init__(self) -> None:
        self.store.outbox.on_committed = lambda: self.committed.put(None)
        self.kiosk = Kiosk()
        self.trail = Trail()
        self.occupancy = Occupancy(lambda _: None)
        self.maker = EventMaker(TERMINAL_ID, self.clock, PlatformClock(self.clock))
        self.gate = ServiceGate(
            self.store.standing_orders, self.posted.put, self.modes.append, self.maker.now, CLOSING
        )
        self.looks()
        self.desk = self.a_desk()

    def a_desk(self) -> CommandDesk:
        noting = {
            CommandVerb.REPORT_STATUS: Verb(self._noting(DONE)),
            CommandVerb.DISABLE_ITEM: Verb(self._noting(DONE), When.FREE),
            CommandVerb.RESUME_SERVICE: Verb(self._noting(DONE), When.FREE),
            CommandVerb.TEST_PRINT: Verb(self._noting(DONE), When.CLOSED, INTERRUPTED),
            CommandVerb.REFRESH_ITEMS: Verb(self._full),
        }
        accounts = Accounts(self.store.outbox, self.maker, self.trail)
        return CommandDesk(self.store.commands, accounts, self.clock, self.occupancy, self.gate, noting)

    def _noting(self, finished: Finished) -> Callable[[Command], Finished]:
        def do(command: Command) -> Finished:
            self.done.put(command.verb.value)
            return finished

        return do

    def _full(self, _: Command) -> Finished:
        raise StoreFullError("no room")

    def looks(self) -> None:
        """What the machine shows now reaches the desk."""
        self.occupancy.publish(self.kiosk.view)

    def hears(self) -> None:
        """The machine hears what the gate has posted."""
        self.kiosk.says(self.posted.get(timeout=WITHIN_S))
        self.looks()

    def takes(
        self, verb: str, arguments: Mapping[str, object] | None = None, *, valid_s: float = 60.0
    ) -> str:
        command_id, now = str(uuid.uuid4()), self.clock.utc_now()
        content = {
            "command_id": command_id,
            "terminal_id": TERMINAL_ID,
            "verb": verb,
            "arguments": arguments or {},
            "issued_at": rfc3339(now),
            "deadline": rfc3339(now.fromtimestamp(now.timestamp() + valid_s, now.tzinfo)),
        }
        assert self.store.commands.take(command_id, json.dumps(content).encode(), rfc3339(now))
        self.desk.wake()
        return command_id

    def settled(self) -> None:
        """Returns when the desk rests."""
        assert self.clock.somebody_waits()

    def answers(self, count: int = 0) -> dict[str, tuple[str, str]]:
        """Outcome and code by command, as soon as there are ``count`` of them."""
        for _ in range(count - self.heard):
            self.committed.get(timeout=WITHIN_S)
        self.heard = max(self.heard, count)
        told = [msgspec.json.decode(event.data) for event in self.store.outbox.peek(100)]
        return {one["command_id"]: (one["outcome"], one["code"]) for one in told}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = ManualClock()
    with a_store(tmp_path, clock) as store:
        house = House(store, clock)
        yield house
        assert house.desk.stop()


def test_what_nobody_notices_passes_what_waits_and_what_waits_keeps_its_order(house: House) -> None:
    house.kiosk.tap(Wish.TOUCH)
    house.looks()
    first = house.takes("disable_item", {"item_code": "x", "reason": {"zh": "-", "en": "-"}})
    second, third = house.takes("resume_service"), house.takes("report_status")
    house.desk.start()
    assert house.done.get(timeout=WITHIN_S) == "report_status"
    assert house.answers(1) == {third: ("done", "")}
    house.kiosk.tap(Wish.END)
    house.looks()
    house.kiosk.wait(60)
    assert house.kiosk.shows(Screen.ATTRACT)
    house.looks()
    assert [house.done.get(timeout=WITHIN_S) for _ in range(2)] == ["disable_item", "resume_service"]
    assert {first, second} < set(house.answers(3))


def test_what_was_carried_out_is_in_the_trail_with_its_verb_and_how_it_ended(house: House) -> None:
    done, failed, unknown = (house.takes(verb) for verb in ("report_status", "refresh_items", "dance"))
    house.desk.start()
    house.answers(3)
    house.settled()
    assert house.trail.entries == [
        ("order.begun", "report_status", f"command/{done}"),
        ("order.answered", "done", f"command/{done}"),
        ("order.begun", "refresh_items", f"command/{failed}"),
        ("order.answered", "failed", f"command/{failed}"),
        ("order.answered", "refused", f"command/{unknown}"),
    ]


def test_a_deadline_that_passes_while_somebody_is_here_is_answered_at_that_moment(house: House) -> None:
    house.kiosk.tap(Wish.TOUCH)
    house.looks()
    command = house.takes("resume_service", valid_s=20.0)
    house.desk.start()
    house.settled()
    assert house.answers() == {}
    house.clock.advance(20.0)
    assert house.answers(1) == {command: ("expired", Errors.COMMAND_EXPIRED.code)}
    assert house.done.empty()


def test_a_command_that_comes_too_late_is_never_begun(house: House) -> None:
    command = house.takes("report_status", valid_s=-1.0)
    house.desk.start()
    assert house.answers(1) == {command: ("expired", Errors.COMMAND_EXPIRED.code)}
    assert house.done.empty()


@pytest.mark.parametrize(
    ("verb", "arguments"), [("make_coffee", {}), ("restart", {}), ("disable_item", {"item_code": "x"})]
)
def test_what_is_not_known_or_lacks_something_is_refused(
    house: House, verb: str, arguments: dict[str, str]
) -> None:
    command = house.takes(verb, arguments)
    house.desk.start()
    assert house.answers(1) == {command: ("refused", Errors.COMMAND_NOT_UNDERSTOOD.code)}


def test_the_terminal_is_closed_for_what_must_not_meet_anybody_and_opens_again(house: House) -> None:
    command = house.takes("test_print")
    house.desk.start()
    house.hears()
    assert house.kiosk.shows(Screen.OUT_OF_SERVICE)
    assert house.done.get(timeout=WITHIN_S) == "test_print"
    house.hears()
    assert house.kiosk.shows(Screen.ATTRACT)
    assert house.answers(1) == {command: ("done", "")}
    assert set(house.modes) <= {None}


def test_a_closing_that_comes_too_late_lets_people_in_again(house: House) -> None:
    house.kiosk.tap(Wish.TOUCH)
    house.looks()
    command = house.takes("test_print", valid_s=20.0)
    house.desk.start()
    house.hears()
    assert house.kiosk.shows(Screen.HOME)
    house.settled()
    house.clock.advance(20.0)
    house.hears()
    assert house.answers(1) == {command: ("expired", Errors.COMMAND_EXPIRED.code)}
    assert house.kiosk.situation.planned_stop is None


def test_after_a_power_cut_nothing_is_said_to_be_done_that_may_not_have_been(house: House) -> None:
    printed, reported = house.takes("test_print"), house.takes("report_status")
    for command in (printed, reported):
        house.store.commands.begin(command)
    house.desk.start()
    assert house.done.get(timeout=WITHIN_S) == "report_status"
    assert house.answers(2) == {
        printed: ("failed", Errors.COMMAND_INTERRUPTED.code),
        reported: ("done", ""),
    }
    assert house.done.empty()


def test_a_result_that_was_told_before_a_power_cut_is_not_told_twice(house: House) -> None:
    command = house.takes("report_status")
    house.desk.start()
    house.answers(1)
    assert house.desk.stop()
    with house.store._database.writing() as transaction:
        transaction.execute("UPDATE command SET outcome = NULL, content = x'7b7d'")
    house.desk = house.a_desk()
    house.desk.start()
    assert house.answers(1) == {command: ("done", "")}


def test_a_store_that_takes_nothing_is_told_as_what_it_is(house: House) -> None:
    command = house.takes("refresh_items")
    house.desk.start()
    assert house.answers(1) == {command: ("failed", Errors.STORE_FULL.code)}


def test_a_planned_stop_goes_before_a_closing_and_holds_after_it(house: House) -> None:
    reason = LocalText("检修", "maintenance")
    house.gate.stop_service(reason)
    house.hears()
    assert house.kiosk.shows(Screen.OUT_OF_SERVICE)
    assert house.modes == [TerminalState.PLANNED_STOP]
    house.gate.hold(True)
    house.gate.hold(False)
    for _ in range(2):
        house.hears()
        assert house.kiosk.situation.planned_stop == reason
    house.gate.resume_service()
    house.hears()
    assert house.kiosk.shows(Screen.ATTRACT)
    assert house.modes[-1] is None
