"""What a citizen does at the reader, over a real pseudo-terminal."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import CardImage, SyntheticCitizen, card_of
from drivers.id_card_reader.device import (
    CardDetected,
    CardEvidence,
    CardLeftBehind,
    CardProblem,
    CardRead,
    CardRemoved,
)
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator, ReaderFault
from drivers.vocabulary import DeviceState, ModuleState, StatusChanged
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick, polls

LIHUA = SyntheticCitizen()
JIANGUO = SyntheticCitizen(name="李建国", serial="001", birth_date=date(1948, 10, 2))


def test_a_card_is_laid_down_read_once_and_taken_away(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardDetected)
        read = at.ears.next(CardRead)
        assert read.card.number == LIHUA.number
        assert read.evidence == CardEvidence(
            "05.01-20260101-0000000001-0000900001", datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
        )
        at.polls(5)
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        assert len(at.ears.all(CardRead)) == 1


def test_nothing_of_the_person_is_asked_before_it_is_allowed(tmp_path: Path) -> None:
    with desk(tmp_path, reading=False) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardDetected)
        at.simulator.asked()
        at.polls(5)
        assert set(at.simulator.asked()) == {Command.FIND}
        at.reader.allow_reading(True)
        assert at.ears.next(CardRead).card.name == LIHUA.name


def test_a_card_left_at_the_end_of_a_session_signs_nobody_in(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardRead)
        at.reader.allow_reading(False)
        at.reader.forget_card()
        at.ears.next(CardLeftBehind)
        at.reader.allow_reading(True)  # the next person has accepted the notice
        at.polls(5)
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(JIANGUO))
        assert at.ears.next(CardRead).card.name == JIANGUO.name
        assert len(at.ears.all(CardRead)) == 2


def test_a_card_that_was_nudged_while_it_is_ignored_stays_ignored(tmp_path: Path) -> None:
    with desk(tmp_path, reading=False) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardDetected)
        at.reader.forget_card()
        at.reader.allow_reading(True)
        at.ears.next(CardLeftBehind)
        at.simulator.take_card()
        at.polls(1)
        at.simulator.put_card(card_of(LIHUA))
        at.polls(5)
        assert at.ears.all(CardRead) == []
        assert at.ears.all(CardRemoved) == []


def test_forgetting_when_nothing_lies_there_does_not_touch_the_next_card(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.reader.forget_card()
        at.polls(1)
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardRead)


def test_a_card_that_lies_there_at_the_start_is_ignored_until_it_was_taken(tmp_path: Path) -> None:
    """The process may have been replaced in the middle of somebody's session."""
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardRead)
        assert at.reader.stop()
        ears = Ears()
        again = IdCardReader(at.simulator.address, FixedDayClock(), AudibleCounters(), ears)
        make_quick(again)
        again.allow_reading(True)
        again.start()
        try:
            ears.next(CardLeftBehind)
            polls(again, 5)
            at.simulator.take_card()
            ears.next(CardRemoved)
            assert ears.all(CardRead) == []
            at.simulator.put_card(card_of(LIHUA))
            ears.next(CardRead)
        finally:
            assert again.stop()


def test_a_card_with_a_new_address_is_seen_to_stay_and_to_go(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        image = card_of(LIHUA)
        at.simulator.put_card(CardImage(image.text, image.photo, new_address="湖北省武汉市虚构区新路二号"))
        at.ears.next(CardRead)
        at.polls(4)
        assert at.ears.all(CardRemoved) == []
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        assert len(at.ears.all(CardRead)) == 1


def test_a_module_that_finds_a_card_only_once_does_not_lose_it(tmp_path: Path) -> None:
    with desk(tmp_path, reading=False) as at:
        at.simulator.set_fault(ReaderFault.FOUND_ONCE)
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardDetected)
        at.polls(4)
        assert at.ears.all(CardRemoved) == []
        at.reader.allow_reading(True)
        at.ears.next(CardRead)
        at.simulator.take_card()
        at.ears.next(CardRemoved)


def test_a_card_swapped_between_two_looks_is_not_read_in_the_place_of_the_first(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardRead)
        at.simulator.put_card(card_of(JIANGUO))
        at.polls(5)
        assert len(at.ears.all(CardRead)) == 1


@pytest.mark.parametrize(
    ("citizen", "error"),
    [
        (SyntheticCitizen(valid_until=date(2026, 11, 20)), Errors.CARD_EXPIRED),
        (SyntheticCitizen(mark="J"), Errors.CARD_NOT_SUPPORTED),
    ],
)
def test_a_card_that_cannot_be_used_is_named_once_without_the_person(
    tmp_path: Path, citizen: SyntheticCitizen, error: object
) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(citizen))
        assert at.ears.next(CardProblem) == CardProblem(error)  # type: ignore[arg-type]
        at.polls(4)
        assert len(at.ears.all(CardProblem)) == 1
        assert at.ears.all(CardRead) == []


def test_the_last_day_of_a_card_ends_at_midnight_in_china(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        clock = at.reader.clock
        assert isinstance(clock, FixedDayClock)
        last = SyntheticCitizen(valid_until=date(2026, 11, 21))
        clock.now = datetime(2026, 11, 21, 15, 59, tzinfo=UTC)  # 23:59 in Wuhan
        at.simulator.put_card(card_of(last))
        at.ears.next(CardRead)
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        clock.now = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
        at.simulator.put_card(card_of(last))
        assert at.ears.next(CardProblem).error is Errors.CARD_EXPIRED


def test_a_card_that_moves_is_told_once_and_read_when_it_lies_still(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.HOLD_STILL, command=Command.READ_BASE, times=3)
        at.simulator.put_card(card_of(LIHUA))
        assert at.ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        at.ears.next(CardRead)
        assert len(at.ears.all(CardProblem)) == 1


def test_a_card_that_never_reads_is_given_up(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.HOLD_STILL, command=Command.READ_BASE)
        at.simulator.put_card(card_of(LIHUA))
        at.polls(12)
        at.simulator.cure()
        at.polls(3)
        errors = [problem.error for problem in at.ears.all(CardProblem)]
        assert errors == [Errors.CARD_HOLD_STILL, Errors.CARD_NOT_RECOGNISED]
        assert at.ears.all(CardRead) == []


def test_a_card_that_the_module_rejects_is_not_tried_again(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.NOT_RECOGNISED, command=Command.SELECT)
        at.simulator.put_card(card_of(LIHUA))
        assert at.ears.next(CardProblem).error is Errors.CARD_NOT_RECOGNISED
        at.simulator.asked()
        at.polls(4)
        assert Command.SELECT not in at.simulator.asked()


def test_forbidding_in_the_middle_of_a_read_keeps_the_person_out(tmp_path: Path) -> None:
    """The listener forbids as soon as it hears of the card; what was being read is thrown away."""
    ears = Ears()
    simulator = IdCardReaderSimulator(link=tmp_path / "reader")
    simulator.start()

    def listen(event: object) -> None:
        if isinstance(event, CardDetected):
            forbid_on_next_read.append(True)
        ears(event)

    forbid_on_next_read: list[bool] = []

    class ForbiddingClock(FixedDayClock):
        def utc_now(self) -> datetime:
            if forbid_on_next_read:  # asked after the bytes came and before anybody is told
                forbid_on_next_read.clear()
                reader.allow_reading(False)
            return super().utc_now()

    reader = IdCardReader(simulator.address, ForbiddingClock(), AudibleCounters(), listen)
    make_quick(reader)
    reader.allow_reading(True)
    reader.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        simulator.put_card(card_of(LIHUA))
        ears.next(CardDetected)
        polls(reader, 3)
        assert ears.all(CardRead) == []
        reader.allow_reading(True)
        ears.next(CardRead)
    finally:
        assert reader.stop()
        simulator.stop()


def test_the_status_says_that_it_is_a_simulator_and_that_the_module_is_well(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        status = at.reader.status()
        assert status.device == "id_card_reader"
        assert status.simulated
        assert status.security_module is ModuleState.OK
        assert [change.status.state for change in at.ears.all(StatusChanged)] == [
            DeviceState.STARTING,
            DeviceState.ONLINE,
        ]


def test_a_line_of_115200_baud_is_fast_enough(tmp_path: Path) -> None:
    ears = Ears()
    simulator = IdCardReaderSimulator(link=tmp_path / "reader", paced_baud=115200)
    simulator.start()
    reader = IdCardReader(simulator.address, FixedDayClock(), AudibleCounters(), ears)
    make_quick(reader)
    reader.allow_reading(True)
    reader.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        simulator.put_card(card_of(LIHUA))
        ears.next(CardRead)
    finally:
        assert reader.stop()
        simulator.stop()


def test_no_log_line_and_no_event_shows_anything_of_the_person(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with desk(tmp_path) as at:
        for citizen in (LIHUA, SyntheticCitizen(mark="Y"), SyntheticCitizen(valid_until=date(2020, 1, 1))):
            at.simulator.put_card(card_of(citizen))
            at.polls(3)
            at.simulator.take_card()
            at.polls(2)
        at.simulator.unplug()
        at.ears.next_state(DeviceState.NO_DEVICE)
        shown = caplog.text + repr(at.ears._events) + repr(at.counters.figures())
    assert "CARD-006" in shown
    for secret in (LIHUA.name, LIHUA.number, LIHUA.number[6:14], "虚构路", "江岸"):
        assert secret not in shown


def test_a_read_that_was_begun_for_one_person_is_not_told_to_the_next(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.ANSWERS_LATE, command=Command.READ_BASE, times=1)
        at.simulator.put_card(card_of(LIHUA))
        at.ears.next(CardDetected)  # told just before the slow read begins
        at.reader.allow_reading(False)
        at.reader.forget_card()
        at.reader.allow_reading(True)  # the next person has accepted the notice meanwhile
        at.ears.next(CardLeftBehind)
        assert at.ears.all(CardRead) == []
