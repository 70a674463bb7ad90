from __future__ import annotations

from typing import Any

import pytest

from offline_store import outbox_sql as sql
from offline_store.errors import StoreError
from offline_store.events import Confirmation, NewEvent
from offline_store.outbox import Outbox
from tests.offline_store.making import NEXT_BOOT, StoreMaker, new_event


def ids(events: list[NewEvent]) -> list[str]:
    return [event.id for event in events]


def waiting(outbox: Outbox) -> list[str]:
    return [event.id for event in outbox.peek(1000)]


def stored(event: NewEvent, case_no: str | None = None) -> Confirmation:
    return Confirmation(event.id, "stored", case_no)


def test_a_case_its_service_and_its_rating_travel_together_in_order(outbox: Outbox) -> None:
    case = new_event("case/a", "case")
    service = new_event("case/a", "service", needs=(case.id,))
    rating = new_event("case/a", "rating", needs=(service.id,))
    outbox.append([case])
    outbox.append([service, rating])
    batch = outbox.peek(10)
    assert ids([*batch]) == ids([case, service, rating])
    assert [event.stream for event in outbox.peek(2)] == ["case", "service"]
    outbox.confirm([stored(case, "42-0001")])
    assert waiting(outbox) == ids([service, rating])
    assert outbox.case_number("case/a") == "42-0001"


def test_what_comes_out_is_what_went_in(outbox: Outbox, maker: StoreMaker) -> None:
    first = new_event("case/a", data='{"件":1}'.encode())
    needing = new_event("case/b", "service", priority=3, needs=(first.id,))
    outbox.append([first, needing])
    for event, pending in zip((first, needing), outbox.peek(2), strict=True):
        for name in NewEvent.__slots__:
            assert getattr(pending, name) == getattr(event, name)
        assert pending.sequence == 1
        assert pending.attempts == 0
        assert pending.store_id == maker.open().store_id


def test_sequences_count_per_stream_without_a_gap_over_restarts(maker: StoreMaker) -> None:
    for round_ in range(3):
        store = maker.open()
        appended = store.outbox.append([new_event(), new_event(stream="status"), new_event()])
        assert [event.sequence for event in appended] == [2 * round_ + 1, round_ + 1, 2 * round_ + 2]
        maker.close()


def test_an_append_that_fails_takes_no_number(outbox: Outbox) -> None:
    outbox.append([new_event()])
    with pytest.raises(ValueError, match="not stored"):
        outbox.append([new_event(), new_event(needs=("nobody",))])
    (event,) = outbox.append([new_event()])
    assert event.sequence == 2
    assert outbox.board().depth == 2


def test_the_same_id_again_is_the_same_event(outbox: Outbox) -> None:
    event = new_event(data=b"first")
    (once,) = outbox.append([event])
    told: list[str] = []
    outbox.on_committed = lambda: told.append("work")
    twice = outbox.append([event, event])
    assert twice == [once, once]
    assert outbox.board().streams["case"].last_sequence == 1
    assert told == []
    outbox.confirm([stored(event)])
    (confirmed,) = outbox.append([event])
    assert confirmed.sequence == 1
    assert confirmed.data == b""
    assert outbox.peek(1) == []


def test_the_sender_is_told_after_the_commit(outbox: Outbox) -> None:
    seen: list[list[str]] = []
    outbox.on_committed = lambda: seen.append(waiting(outbox))
    event = new_event()
    outbox.append([event])
    assert seen == [[event.id]]


def test_cases_overtake_telemetry(outbox: Outbox) -> None:
    statuses = [new_event("terminal/1", "status", priority=9) for _ in range(3)]
    case = new_event("case/a")
    outbox.append(statuses)
    outbox.append([case])
    assert waiting(outbox) == ids([case, *statuses])


def test_what_an_urgent_event_waits_for_is_as_urgent(outbox: Outbox) -> None:
    photo = new_event("attachment/1", "attachment", priority=5)
    thumbnail = new_event("attachment/1", "attachment", priority=5, needs=(photo.id,))
    idle = new_event("terminal/1", "status", priority=4)
    draft = new_event("case/a", "case", priority=6, needs=(thumbnail.id,))
    submission = new_event("case/a", "case", priority=0)
    outbox.append([idle, photo, thumbnail, draft])
    assert waiting(outbox)[0] == idle.id
    outbox.append([submission])
    assert waiting(outbox) == ids([photo, thumbnail, draft, submission, idle])


def test_what_an_urgent_event_depends_on_is_as_urgent(outbox: Outbox) -> None:
    photo = new_event("attachment/1", "attachment", priority=5)
    idle = new_event("terminal/1", "status", priority=3)
    case = new_event("case/a", needs=(photo.id,))
    outbox.append([photo, idle, case])
    assert waiting(outbox) == ids([photo, case, idle])


def test_a_row_that_steps_back_holds_its_subject_and_nothing_else(outbox: Outbox, maker: StoreMaker) -> None:
    case, service, other = new_event("case/a"), new_event("case/a", "service"), new_event("case/b")
    outbox.append([case, service, other])
    outbox.step_back([case.id], code="PROV-002", answer="busy", delay_s=30)
    assert waiting(outbox) == [other.id]
    assert outbox.next_try_in_s() == 30
    maker.clock.advance(29.999)
    assert waiting(outbox) == [other.id]
    maker.clock.advance(0.001)
    assert waiting(outbox) == ids([case, service, other])
    assert outbox.next_try_in_s() is None
    assert outbox.peek(1)[0].attempts == 1


def test_the_wall_clock_does_not_move_a_next_try(outbox: Outbox, maker: StoreMaker) -> None:
    event = new_event()
    outbox.append([event])
    outbox.step_back([event.id], code="PROV-002", answer="", delay_s=30)
    maker.clock.step_wall_clock(365 * 86_400)
    assert waiting(outbox) == []
    maker.clock.step_wall_clock(-2 * 365 * 86_400)
    maker.clock.advance(30)
    assert waiting(outbox) == [event.id]


def test_after_a_reboot_everything_is_due_at_once(maker: StoreMaker) -> None:
    event = new_event()
    outbox = maker.open().outbox
    outbox.append([event])
    outbox.step_back([event.id], code="PROV-002", answer="", delay_s=3600)
    maker.close()
    assert waiting(maker.open().outbox) == []
    maker.close()
    outbox = maker.open(NEXT_BOOT).outbox
    assert waiting(outbox) == [event.id]
    assert outbox.next_try_in_s() is None


def test_a_dependency_in_another_subject_holds_what_needs_it(outbox: Outbox) -> None:
    photo = new_event("attachment/1", "attachment", priority=5)
    case = new_event("case/a", needs=(photo.id,))
    service = new_event("case/a", "service")
    outbox.append([photo, case, service])
    outbox.step_back([photo.id], code="PROV-002", answer="", delay_s=30)
    assert waiting(outbox) == []
    outbox.confirm([stored(photo)])
    assert waiting(outbox) == ids([case, service])


def test_a_poison_row_does_not_stop_the_rest(outbox: Outbox) -> None:
    poison, after, other = new_event("case/a"), new_event("case/a", "service"), new_event("case/b")
    outbox.append([poison, after, other])
    outbox.set_aside(poison.id, code="PROV-006", reason="field 'items' is missing")
    assert waiting(outbox) == ids([after, other])
    (row,) = outbox.board().set_aside
    assert (row.id, row.code, row.reason) == (poison.id, "PROV-006", "field 'items' is missing")
    assert (row.stream, row.subject, row.because_of) == ("case", "case/a", None)


def test_what_depends_on_a_row_set_aside_is_set_aside_with_it_and_comes_back_with_it(outbox: Outbox) -> None:
    case = new_event("case/a")
    service = new_event("case/a", "service", needs=(case.id,))
    rating = new_event("case/a", "rating", needs=(service.id,))
    outbox.append([case, service])
    outbox.set_aside(case.id, code="PROV-006", reason="refused")
    outbox.append([rating])  # the citizen rates a moment later
    assert waiting(outbox) == []
    assert [(row.id, row.because_of) for row in outbox.board().set_aside] == [
        (case.id, None),
        (service.id, case.id),
        (rating.id, service.id),
    ]
    assert {row.code for row in outbox.board().set_aside} == {"PROV-006"}
    told: list[str] = []
    outbox.on_committed = lambda: told.append("work")
    assert outbox.release(service.id) == []
    assert outbox.release(case.id) == ids([case, service, rating])
    assert told == ["work"]
    assert waiting(outbox) == ids([case, service, rating])
    assert outbox.board().set_aside == ()


def test_a_row_that_needs_two_waits_until_both_are_released(outbox: Outbox) -> None:
    left, right = new_event("attachment/1"), new_event("attachment/2")
    both = new_event("case/a", needs=(left.id, right.id))
    outbox.append([left, right, both])
    outbox.set_aside(left.id, code="PROV-006", reason="refused")
    outbox.set_aside(right.id, code="PROV-006", reason="refused")
    assert outbox.release(left.id) == [left.id]
    assert outbox.release(right.id) == ids([right, both])
    assert waiting(outbox) == ids([left, right, both])


def test_a_row_that_was_refused_itself_comes_back_only_by_its_own_release(outbox: Outbox) -> None:
    case = new_event("case/a")
    service = new_event("case/a", "service", needs=(case.id,))
    outbox.append([case, service])
    outbox.set_aside(service.id, code="PROV-006", reason="refused")
    outbox.set_aside(case.id, code="PROV-006", reason="refused")
    assert outbox.release(service.id) == []
    assert outbox.release(case.id) == [case.id]
    assert outbox.release(service.id) == [service.id]
    assert waiting(outbox) == ids([case, service])


def test_a_row_released_is_as_urgent_as_what_came_after_it(outbox: Outbox) -> None:
    early = new_event("case/a", priority=8)
    other = new_event("terminal/1", "status", priority=5)
    outbox.append([early, other])
    outbox.set_aside(early.id, code="PROV-006", reason="refused")
    late = new_event("case/a", priority=1)
    outbox.append([late])
    assert waiting(outbox) == ids([late, other])
    outbox.release(early.id)
    assert waiting(outbox) == ids([early, late, other])


def test_answers_that_come_twice_or_late_change_nothing(outbox: Outbox) -> None:
    event = new_event()
    outbox.append([event])
    outbox.confirm([stored(event, "42-0001"), Confirmation("of-an-older-store", "stored")])
    board = outbox.board()
    outbox.confirm([Confirmation(event.id, "duplicate", "42-0002")])
    outbox.step_back([event.id], code="PROV-002", answer="", delay_s=1)
    outbox.set_aside(event.id, code="PROV-006", reason="late")
    assert outbox.board() == board
    assert board.sent == {"stored": 1, "duplicate": 0}
    assert outbox.case_number("case/a") == "42-0001"


def test_an_answer_is_kept_redacted_and_short(outbox: Outbox, maker: StoreMaker) -> None:
    event = new_event()
    outbox.append([event])
    outbox.set_aside(event.id, code="PROV-006", reason="申请人 11010519491231002X " + "x" * 600)
    (row,) = outbox.board().set_aside
    assert row.reason.startswith("申请人 [identity number] x")
    assert len(row.reason) == 500


def test_an_empty_board_has_no_oldest(outbox: Outbox) -> None:
    board = outbox.board()
    assert (board.depth, board.oldest_age_s, board.oldest_time, board.next_try_in_s) == (0, None, None, None)
    assert board.streams == {}
    assert board.sent == {"stored": 0, "duplicate": 0}


def test_the_board_counts_every_row_once(outbox: Outbox, maker: StoreMaker) -> None:
    cases = [new_event(f"case/{number}", clock=maker.clock) for number in range(5)]
    outbox.append(cases[:2])
    maker.clock.advance(60)
    outbox.append([*cases[2:], new_event("terminal/1", "status", priority=9, clock=maker.clock)])
    outbox.confirm([stored(cases[0]), Confirmation(cases[4].id, "duplicate")])
    outbox.set_aside(cases[2].id, code="PROV-006", reason="refused")
    outbox.step_back([cases[3].id], code="PROV-002", answer="busy", delay_s=7)
    maker.clock.advance(1.5)
    board = outbox.board()
    assert board.depth == 3
    assert (board.oldest_age_s, board.oldest_age_is_minimum) == (61.5, False)
    assert (board.oldest_time, board.oldest_clock_trust) == (cases[1].time, "synchronised")
    assert board.next_try_in_s == 5.5
    case, status = board.streams["case"], board.streams["status"]
    assert (case.waiting, case.set_aside, case.confirmed, case.last_sequence) == (2, 1, 2, 5)
    assert (status.waiting, status.set_aside, status.confirmed, status.last_sequence) == (1, 0, 0, 1)
    assert board.sent == {"stored": 1, "duplicate": 1}


def test_after_a_reboot_the_age_is_what_is_known_for_sure(maker: StoreMaker) -> None:
    maker.open().outbox.append([new_event(clock=maker.clock)])
    maker.close()
    board = maker.open(NEXT_BOOT).outbox.board()
    assert board.oldest_age_is_minimum
    assert board.oldest_age_s == maker.clock.monotonic_s()


def test_an_unknown_outcome_is_a_bug_and_confirms_nothing(outbox: Outbox) -> None:
    event = new_event(data=b"11010519491231002X")
    outbox.append([event])
    with pytest.raises(Exception, match="CHECK constraint failed") as caught:
        outbox.confirm([Confirmation(event.id, "probably")])
    assert not isinstance(caught.value, StoreError)
    assert "11010519491231002X" not in repr(caught.value)
    assert waiting(outbox) == [event.id]


def test_a_value_of_the_wrong_kind_is_a_bug_whose_text_names_nobody(outbox: Outbox) -> None:
    event = new_event(data="张三 11010519491231002X")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="cannot store TEXT value in BLOB column") as caught:
        outbox.append([event])
    assert "11010519491231002X" not in str(caught.value)
    assert "张三" not in repr(event)


def test_looking_for_files_does_not_look_through_everything_that_waits(maker: StoreMaker) -> None:
    store = maker.open()
    work = dict.fromkeys((30, 3000), 0)
    for waiting in work:
        store.outbox.append([new_event() for _ in range(waiting - len(store.outbox.peek(waiting)))])
        with store._database.reading() as transaction:
            driver: Any = transaction

            def count(now: int = waiting) -> int:
                work[now] += 1
                return 0

            driver.set_progress_handler(count, 1)
            assert driver.execute(sql.DUE_UPLOADS, ("boot", 0)).fetchall() == []
            assert driver.execute(sql.UPLOADS_NOT_CONFIRMED).fetchall() == []
            driver.set_progress_handler(None, 1)
    assert 0 < work[3000] < 2 * work[30]
