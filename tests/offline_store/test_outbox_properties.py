"""Whatever happens in whatever order, the outbox keeps its promises about order, need and loss."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from offline_store.events import Confirmation, NewEvent, PendingEvent
from tests.offline_store.making import StoreMaker, new_event

SUBJECTS = ("case/a", "case/b", "terminal/1")
STREAMS = ("case", "status")


@dataclass
class Row:
    """What the test knows about one event."""

    event: NewEvent
    position: int
    state: str = "waiting"
    due_at_s: float = 0.0
    """On the manual clock; 0 is at once."""


class OutboxMachine(RuleBasedStateMachine):
    """Drives one store and keeps the books beside it."""

    maker: StoreMaker

    def __init__(self) -> None:
        super().__init__()
        self.maker.path.unlink(missing_ok=True)
        self.boot = 0
        self.outbox = self.maker.open(str(self.boot)).outbox
        self.rows: dict[str, Row] = {}

    def teardown(self) -> None:
        """In the end everything can be delivered."""
        for row in list(self.rows.values()):
            self.outbox.release(row.event.id)
        while batch := self.outbox.peek(7) or self._wait():
            self.outbox.confirm([Confirmation(event.id, "stored") for event in batch])
            for event in batch:
                self.rows[event.id].state = "confirmed"
        board = self.outbox.board()
        assert board.depth == 0
        assert sum(stream.confirmed for stream in board.streams.values()) == len(self.rows)
        assert {row.state for row in self.rows.values()} <= {"confirmed"}
        self.maker.close()

    def _wait(self) -> list[PendingEvent]:
        rest_s = self.outbox.next_try_in_s()
        if rest_s is None:
            return []
        self.maker.clock.advance(rest_s)
        return self.outbox.peek(7) or self._wait()

    def _set_aside_with_dependants(self, event_id: str) -> None:
        self.rows[event_id].state = "set_aside"
        for row in self.rows.values():
            if row.state == "waiting" and event_id in row.event.depends_on:
                self._set_aside_with_dependants(row.event.id)

    @rule(
        shapes=st.lists(
            st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(STREAMS), st.integers(0, 9)),
            min_size=1,
            max_size=3,
        ),
        data=st.data(),
    )
    def append(self, shapes: list[tuple[str, str, int]], data: st.DataObject) -> None:
        events: list[NewEvent] = []
        for subject, stream, priority in shapes:
            known = [*self.rows, *(event.id for event in events)]
            needs = data.draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
            events.append(new_event(subject, stream, priority=priority, needs=tuple(needs)))
        for event, pending in zip(events, self.outbox.append(events), strict=True):
            same_stream = [row for row in self.rows.values() if row.event.stream == event.stream]
            assert pending.sequence == len(same_stream) + 1
            aside = any(self.rows[needed].state == "set_aside" for needed in event.depends_on)
            self.rows[event.id] = Row(event, len(self.rows), "set_aside" if aside else "waiting")

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def append_again(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(list(self.rows.values())))
        self.outbox.append([row.event])

    @rule(limit=st.integers(1, 20), fate=st.sampled_from(("confirm", "step_back", "look")), data=st.data())
    def send(self, limit: int, fate: str, data: st.DataObject) -> None:
        batch = self.outbox.peek(limit)
        assert len(batch) <= limit
        self._check_order(batch)
        if limit == 20:
            self._check_nothing_is_left_out(batch)
        chosen = [event.id for event in batch if data.draw(st.booleans())]
        if fate == "confirm":
            self.outbox.confirm([Confirmation(event_id, "stored") for event_id in chosen])
            for event_id in chosen:
                self.rows[event_id].state = "confirmed"
        elif fate == "step_back":
            delay_s = data.draw(st.sampled_from((0.0, 5.0, 60.0)))
            self.outbox.step_back(chosen, code="PROV-002", answer="busy", delay_s=delay_s)
            for event_id in chosen:
                self.rows[event_id].due_at_s = self.maker.clock.monotonic_s() + delay_s

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def set_aside(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(list(self.rows.values())))
        self.outbox.set_aside(row.event.id, code="PROV-006", reason="refused")
        if row.state == "waiting":
            self._set_aside_with_dependants(row.event.id)

    @precondition(lambda self: any(row.state == "set_aside" for row in self.rows.values()))
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        aside = [event_id for event_id, row in self.rows.items() if row.state == "set_aside"]
        for event_id in self.outbox.release(data.draw(st.sampled_from(aside))):
            row = self.rows[event_id]
            assert row.state == "set_aside"
            row.state, row.due_at_s = "waiting", 0.0

    @rule(seconds=st.sampled_from((1.0, 5.0, 100.0)))
    def time_passes(self, seconds: float) -> None:
        self.maker.clock.advance(seconds)

    @rule(reboots=st.booleans())
    def restart(self, reboots: bool) -> None:
        self.boot += reboots
        self.maker.close()
        self.outbox = self.maker.open(str(self.boot)).outbox
        if reboots:
            for row in self.rows.values():
                row.due_at_s = 0.0

    @invariant()
    def the_board_tells_the_truth(self) -> None:
        board = self.outbox.board()
        for stream, count in board.streams.items():
            states = [row.state for row in self.rows.values() if row.event.stream == stream]
            assert count.waiting == states.count("waiting")
            assert count.set_aside == states.count("set_aside")
            assert count.confirmed == states.count("confirmed")
            assert count.last_sequence == len(states)

    @invariant()
    def nothing_waits_for_what_is_set_aside(self) -> None:
        for row in self.rows.values():
            if row.state == "waiting":
                assert all(self.rows[needed].state != "set_aside" for needed in row.event.depends_on)

    def _check_order(self, batch: list[PendingEvent]) -> None:
        before: set[str] = set()
        for event in batch:
            row = self.rows[event.id]
            assert row.state == "waiting"
            assert self._is_due(row)
            assert all(
                self.rows[needed].state == "confirmed" or needed in before for needed in event.depends_on
            )
            assert all(earlier.event.id in before for earlier in self._earlier_in_subject(row))
            before.add(event.id)

    def _check_nothing_is_left_out(self, batch: list[PendingEvent]) -> None:
        given = {event.id for event in batch}
        if len(batch) == 20:
            return
        for row in self.rows.values():
            chain = [*self._earlier_in_subject(row), row]
            if row.state == "waiting" and all(self._is_free(link) for link in chain):
                assert row.event.id in given

    def _is_due(self, row: Row) -> bool:
        return row.due_at_s <= self.maker.clock.monotonic_s()

    def _is_free(self, row: Row) -> bool:
        return self._is_due(row) and all(
            self.rows[needed].state == "confirmed" for needed in row.event.depends_on
        )

    def _earlier_in_subject(self, row: Row) -> list[Row]:
        return [
            other
            for other in self.rows.values()
            if other.event.subject == row.event.subject
            and other.position < row.position
            and other.state == "waiting"
        ]


def test_any_history_of_the_outbox(store_template: Path, tmp_path: Path) -> None:
    class Machine(OutboxMachine):
        maker = StoreMaker(store_template, tmp_path)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
