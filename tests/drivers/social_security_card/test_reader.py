"""A social-security card is put in, read and taken out: real PC/SC, a virtual card."""

from __future__ import annotations

import dataclasses
import logging
import os
from datetime import date
from io import StringIO

import psutil
import pytest

from drivers.id_card_reader.device import CardRead
from drivers.social_security_card.address import is_simulated, parse_reader_address
from drivers.social_security_card.device import (
    Capabilities,
    SocialCardDetected,
    SocialCardLeftBehind,
    SocialCardProblem,
    SocialCardRead,
    SocialSecurityCard,
)
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import main
from drivers.vocabulary import DeviceState, ModuleState, Wear, wear_counter
from foundation.errors import Errors
from tests.drivers.listening import Ears
from tests.drivers.social_security_card.desk import LAST_COMMAND, desk


def kinds_without_status(ears: Ears) -> list[str]:
    return [kind for kind in ears.kinds() if kind != "StatusChanged"]


def test_a_card_is_seen_read_and_seen_to_go() -> None:
    with desk(card=VirtualCard()) as at:
        read = at.ears.next(SocialCardRead)
        assert read.card == SocialSecurityCard(
            name="张丽华",
            number="420199195304120027",
            card_number="A12345678",
            region_code="420100",
            specification="3.00",
            valid_until=date(2031, 5, 31),
        )
        assert at.simulator.commands == LAST_COMMAND + 1
        at.polls(5)  # it stays where it is, and is read once
        at.card_is_taken()
        assert kinds_without_status(at.ears) == ["SocialCardDetected", "SocialCardRead", "SocialCardRemoved"]
        assert at.counters.figure(wear_counter("social_security_card", Wear.READS)) == 1


def test_it_proves_nothing_and_cannot_be_made_to() -> None:
    """What a sign-in takes is another type, with evidence; this has none and says so."""
    read = SocialCardRead(SocialSecurityCard("张三", "1", "A1", "420100", "3.00", None))
    assert read.authenticated is False
    assert not issubclass(SocialCardRead, CardRead)
    assert not hasattr(read, "evidence")
    with pytest.raises(TypeError):
        SocialCardRead(read.card, authenticated=True)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="init=False"):
        dataclasses.replace(read, authenticated=True)
    assert not Capabilities().authenticates


@pytest.mark.parametrize(
    "card",
    [
        VirtualCard(by_number=True),
        VirtualCard(in_parts=True),
        VirtualCard(by_number=True, in_parts=True, specification="2.00"),
        VirtualCard(name="阿卜杜热合曼·买买提依明江·艾则孜", valid_until=None),
    ],
    ids=["records by number", "T=0 to the letter", "an old card", "a long name"],
)
def test_cards_of_every_make_are_read(card: VirtualCard) -> None:
    with desk(card=card) as at:
        read = at.ears.next(SocialCardRead).card
        assert (read.name, read.valid_until) == (card.name, card.valid_until)


def test_the_status_says_what_there_is_and_that_it_is_simulated() -> None:
    with desk() as at:
        status = at.reader.status()
        assert (status.state, status.error, status.simulated) == (DeviceState.ONLINE, None, True)
        assert status.security_module is ModuleState.NOT_SUPPORTED
        assert not status.degraded
    assert at.reader.status().state is DeviceState.UNKNOWN


def test_nothing_is_read_before_it_is_allowed_and_nothing_is_told_after() -> None:
    with desk(reading=False, card=VirtualCard()) as at:
        at.ears.next(SocialCardDetected)
        at.polls(3)
        assert at.simulator.commands == 0
        at.reader.allow_reading(True)
        at.ears.next(SocialCardRead)
        at.reader.allow_reading(False)
        at.card_is_taken()
        at.simulator.insert(VirtualCard())
        at.ears.next(SocialCardDetected)
        at.polls(3)
        assert len(at.ears.all(SocialCardRead)) == 1


def test_a_card_left_behind_is_not_read_for_the_next_person() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        at.reader.forget_card()
        at.ears.next(SocialCardLeftBehind)
        at.polls(5)
        assert len(at.ears.all(SocialCardRead)) == 1
        at.card_is_taken()
        at.reads_the_next_card()


def test_a_card_that_is_in_when_the_driver_starts_is_not_read() -> None:
    with desk(reading=False, card=VirtualCard()) as at:
        at.ears.next(SocialCardDetected)
        address, clock, counters = at.simulator.address, at.clock, at.counters
        again = type(at.reader)(parse_reader_address(address), clock, counters, at.ears)
        again.allow_reading(True)
        again.start()
        try:
            at.ears.next(SocialCardLeftBehind)
        finally:
            assert again.stop()
        assert not at.ears.all(SocialCardRead)


def test_what_the_program_has_seen_of_a_person_ends_with_it() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        program = psutil.Process(at.program_id())
        at.card_is_taken()
        at.polls(1)
        assert not program.is_running()
        assert at.program_id() != program.pid
        assert not at.reader._child.degraded
        at.reads_the_next_card()


@pytest.mark.parametrize(
    ("card", "error"),
    [
        (VirtualCard(valid_until=date(2026, 11, 20)), Errors.SOCIAL_CARD_EXPIRED),
        (VirtualCard(number="420199195304120028"), Errors.SOCIAL_CARD_INCONSISTENT),
    ],
    ids=["too old", "a wrong check digit"],
)
def test_a_card_that_must_not_be_used_says_why(card: VirtualCard, error: object) -> None:
    with desk(card=card) as at:
        assert at.ears.next(SocialCardProblem).error is error
        at.card_is_taken()
        at.reads_the_next_card()


def test_no_log_line_and_no_event_shows_anything_of_the_person(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    card = VirtualCard()
    with desk(card=card) as at:
        at.ears.next(SocialCardRead)
        at.card_is_taken()
        at.polls(1)
        shown = repr(at.ears.all(object)) + caplog.text + repr(at.counters.figures()) + repr(card)
        program = psutil.Process(at.program_id())
        shown += " ".join(program.cmdline()) + repr(program.environ())
    for secret in (card.name, card.number, card.card_number):
        assert secret not in shown


def test_the_machines_own_card_service_is_left_alone() -> None:
    with desk() as at:
        process_id = at.simulator.service.process_id
        assert process_id is not None
        daemon = psutil.Process(process_id)
        if os.geteuid() == 0:
            assert daemon.uids().effective != 0
        places = {str(connection.laddr) for connection in daemon.net_connections("unix")} - {""}
        assert places
        assert all(place.startswith(str(at.simulator.service._folder)) for place in places)


def test_the_simulator_obeys_a_person_at_a_keyboard() -> None:
    answers = StringIO()
    main(
        [],
        ["insert 王小明\n", "remove", "fault mute", "cure", "unplug", "plug", "dance", "fault bad"],
        answers,
    )
    address, *said = answers.getvalue().splitlines()
    assert is_simulated(parse_reader_address(address))
    assert said[:6] == ["ok"] * 6
    assert said[6] == "no: say insert, remove, fault, cure, unplug or plug"
    assert said[7].startswith("no: 'bad'")
