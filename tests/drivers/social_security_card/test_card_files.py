"""The dialogue with a card and its files: golden bytes from programs in use, and any bytes at all."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.social_security_card.card_files import (
    CARD_NUMBER,
    IDENTIFICATION,
    NAME,
    SOCIAL_SECURITY_NUMBER,
    SPECIFICATION,
    VALID_UNTIL,
    Item,
    decode_card,
    read_card,
    value_of,
)
from drivers.social_security_card.device import SocialSecurityCard
from drivers.social_security_card.link import CardAnswer, Notice, notice_from
from drivers.social_security_card.protocol import (
    HOLDER_FILE,
    Answer,
    Status,
    converse,
    read_record_named,
    read_record_numbered,
    select_application,
    select_file,
)
from drivers.social_security_card.simulated_card import CardChip, VirtualCard
from foundation.errors import ErrorCode, Errors

TODAY = date(2026, 11, 21)
MOST_COMMANDS = 100
OutcomeT = TypeVar("OutcomeT")


def talk(dialogue: Generator[bytes, bytes, OutcomeT], card: Callable[[bytes], bytes]) -> OutcomeT:
    """What comes out of a dialogue with something that answers commands; it must come to an end."""
    command = next(dialogue)
    for _ in range(MOST_COMMANDS):
        try:
            command = dialogue.send(card(command))
        except StopIteration as end:
            outcome: OutcomeT = end.value
            return outcome
    raise AssertionError("it goes on for ever")


def records_of(card: VirtualCard) -> dict[int, bytes]:
    return {item.tag: value for records in card.records().values() for item, value in records.items()}


def test_the_commands_are_those_of_programs_in_use() -> None:
    assert select_application().hex().upper() == "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
    assert select_file(HOLDER_FILE).hex().upper() == "00A4000002EF06"
    assert read_record_named(NAME.tag).hex().upper() == "00B2090000"
    assert read_record_numbered(NAME.number).hex().upper() == "00B2020400"


def test_a_record_as_it_comes_from_a_card_in_use() -> None:
    identification = bytes.fromhex("0110330300D15600000599110145FFFFFFFF")
    assert value_of(identification, IDENTIFICATION) == identification[2:]
    assert value_of(bytes.fromhex("0304332E3030"), SPECIFICATION) == b"3.00"


@pytest.mark.parametrize(
    ("record", "item"),
    [
        ("", NAME),
        ("09", NAME),
        ("0804", NAME),
        ("091F" + 31 * "41", NAME),
        ("0904D5C5", NAME),
        ("0900", NAME),
    ],
    ids=["nothing", "a tag", "another item", "too long", "cut off", "empty"],
)
def test_a_record_that_is_none(record: str, item: Item) -> None:
    assert value_of(bytes.fromhex(record), item) is None


@pytest.mark.parametrize("by_number", [False, True])
@pytest.mark.parametrize("in_parts", [False, True])
@pytest.mark.parametrize("specification", ["2.00", "3.00"])
def test_every_chip_is_read(by_number: bool, in_parts: bool, specification: str) -> None:
    card = VirtualCard(by_number=by_number, in_parts=in_parts, specification=specification)
    outcome = talk(read_card(TODAY), CardChip(card).answer)
    assert isinstance(outcome, SocialSecurityCard)
    assert (outcome.name, outcome.specification) == (card.name, specification)


@pytest.mark.parametrize("name", ["欧阳" * 7 + "明", "买买提·" * 5, "𠮷" * 7 + "王一", "A" * 30])
def test_a_name_that_fills_its_record_goes_on_in_another(name: str) -> None:
    outcome = talk(read_card(TODAY), CardChip(VirtualCard(name=name)).answer)
    assert isinstance(outcome, SocialSecurityCard)
    assert outcome.name == name


def test_a_long_name_on_an_old_card_is_as_long_as_its_record() -> None:
    """The third record of an old card is another item: it is never taken for the rest of a name."""
    full = "欧" * 15
    outcome = talk(read_card(TODAY), CardChip(VirtualCard(name=full, specification="2.00")).answer)
    assert isinstance(outcome, SocialSecurityCard)
    assert outcome.name == full


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("6A82", Errors.SOCIAL_CARD_NOT_SUPPORTED),
        ("6D00", Errors.SOCIAL_CARD_NOT_SUPPORTED),
        ("6982", Errors.SOCIAL_CARD_PROTECTED),
        ("6F00", Errors.SOCIAL_CARD_NOT_READABLE),
        ("6105", Errors.SOCIAL_CARD_NOT_READABLE),
        ("6C05", Errors.SOCIAL_CARD_NOT_READABLE),
        ("90", Errors.SOCIAL_CARD_NOT_READABLE),
        ("", Errors.SOCIAL_CARD_NOT_READABLE),
    ],
)
@pytest.mark.parametrize("at", range(9))
def test_a_refusal_at_any_command_is_an_error(status: str, error: ErrorCode, at: int) -> None:
    chip, commands = CardChip(VirtualCard()), 0

    def answer(command: bytes) -> bytes:
        nonlocal commands
        commands += 1
        return chip.answer(command) if commands <= at else bytes.fromhex(status)

    assert talk(read_card(TODAY), answer) is error


@pytest.mark.parametrize(
    ("item", "value", "error"),
    [
        (VALID_UNTIL, "20261120", Errors.SOCIAL_CARD_EXPIRED),
        (VALID_UNTIL, "20261332", Errors.SOCIAL_CARD_NOT_READABLE),
        (VALID_UNTIL, "2026", Errors.SOCIAL_CARD_NOT_READABLE),
        (VALID_UNTIL, "ABCDEFAB", Errors.SOCIAL_CARD_NOT_READABLE),
        (NAME, "00" * 30, Errors.SOCIAL_CARD_NOT_READABLE),
        (NAME, "FFFF", Errors.SOCIAL_CARD_NOT_READABLE),
        (NAME, "41070741", Errors.SOCIAL_CARD_NOT_READABLE),
        (CARD_NUMBER, "00" * 9, Errors.SOCIAL_CARD_NOT_READABLE),
        (CARD_NUMBER, "41" * 4 + "00" + "41" * 4, Errors.SOCIAL_CARD_NOT_READABLE),
        (SOCIAL_SECURITY_NUMBER, b"420199195304120028".hex(), Errors.SOCIAL_CARD_INCONSISTENT),
        (IDENTIFICATION, "FFFFFF", Errors.SOCIAL_CARD_INCONSISTENT),
    ],
)
def test_a_value_that_cannot_be_is_an_error(item: Item, value: str, error: ErrorCode) -> None:
    values = records_of(VirtualCard()) | {item.tag: bytes.fromhex(value)}
    assert decode_card(values, TODAY) is error


@pytest.mark.parametrize("value", ["FFFFFFFF", "00000000"])
def test_a_card_without_an_end_of_validity(value: str) -> None:
    card = decode_card(records_of(VirtualCard()) | {VALID_UNTIL.tag: bytes.fromhex(value)}, TODAY)
    assert isinstance(card, SocialSecurityCard)
    assert card.valid_until is None


def test_a_foreigner_has_a_number_of_another_form() -> None:
    values = records_of(VirtualCard()) | {SOCIAL_SECURITY_NUMBER.tag: b"USA1A2345678900000"}
    card = decode_card(values, TODAY)
    assert isinstance(card, SocialSecurityCard)
    assert card.number == "USA1A2345678900000"


@given(st.data())
def test_any_answers_end_in_a_card_or_an_error_without_growth(data: st.DataObject) -> None:
    """A card that answers whatever it likes, well formed often enough to get far."""
    chip = CardChip(VirtualCard())
    anything = st.binary(max_size=300)
    continued = st.tuples(anything, st.sampled_from(["9000", "6110", "6C10", "6A83", "6A86"])).map(
        lambda parts: parts[0][:256] + bytes.fromhex(parts[1])
    )

    def answer(command: bytes) -> bytes:
        true = chip.answer(command)
        return data.draw(st.one_of(st.just(true), st.just(true), anything, continued))

    assert isinstance(talk(read_card(TODAY), answer), SocialSecurityCard | ErrorCode)


@given(st.dictionaries(st.sampled_from(sorted(records_of(VirtualCard()))), st.binary(max_size=40)))
def test_any_values_are_a_card_or_an_error(changed: dict[int, bytes]) -> None:
    assert isinstance(decode_card(records_of(VirtualCard()) | changed, TODAY), SocialSecurityCard | ErrorCode)


@given(st.binary(max_size=300))
def test_one_command_ends_whatever_a_card_repeats(answer: bytes) -> None:
    outcome = talk(converse(select_application()), lambda _: answer)
    assert isinstance(outcome, Answer)
    assert outcome.status is Status.DONE or not outcome.data


@given(st.binary(max_size=700))
def test_any_line_of_the_program_is_an_answer_or_nothing(line: bytes) -> None:
    notice: Notice | None = notice_from(line)
    assert notice is None or repr(notice)


@given(st.binary(max_size=258))
def test_what_a_card_said_comes_through_the_pipe_as_it_is(data: bytes) -> None:
    assert notice_from(b"data " + data.hex().encode()) == CardAnswer(data)
    assert data == b"" or data.hex() not in repr(CardAnswer(data))


@given(st.binary(max_size=300))
def test_the_simulated_chip_survives_any_command(command: bytes) -> None:
    chip = CardChip(VirtualCard())
    chip.answer(select_application())
    assert len(chip.answer(command)) >= 2
