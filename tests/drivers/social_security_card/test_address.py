"""The address of a social-security card reader, and which reader of PC/SC it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.social_security_card.address import PcscReader, is_simulated, parse_reader_address
from drivers.social_security_card.pcsc import TroubleError, full_name

FEITIAN = "Feitian R502 [R502 Contact Reader] (0123456)"
NAMES = [f"{FEITIAN} 00 00", f"{FEITIAN} 00 01", "ACS ACR39U ICC Reader 01 00", ""]


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("pcsc:///ACS%20ACR39U%20ICC%20Reader", PcscReader("ACS ACR39U ICC Reader")),
        (
            "pcsc:///Feitian%20R502%20[R502%20Contact%20Reader]?slot=01",
            PcscReader("Feitian R502 [R502 Contact Reader]", "01"),
        ),
        ("pcsc:///Virtual%20PCD?service=/run/x/socket", PcscReader("Virtual PCD", "00", "/run/x/socket")),
    ],
)
def test_an_address_is_read_and_written_again(text: str, reader: PcscReader) -> None:
    assert parse_reader_address(text) == reader
    assert parse_reader_address(str(reader)) == reader


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("serial:///dev/ttyS0", "no address of a card reader"),
        ("pcsc://host/Reader", "no address of a card reader"),
        ("pcsc:///", "no address of a card reader"),
        ("pcsc:///Reader%0A", "no address of a card reader"),
        ("pcsc:///Reader%2000%2000", "another one tomorrow"),
        ("pcsc:///Reader?slot=0", "no usable slot"),
        ("pcsc:///Reader?baud=9600", "unknown option 'baud'"),
        ("pcsc:///Reader?service=here", "names no socket"),
        ("pcsc:///Reader\n", "control characters"),
    ],
)
def test_a_wrong_address_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        parse_reader_address(text)


@given(st.text())
def test_any_text_is_an_address_or_a_mistake_that_is_explained(text: str) -> None:
    for address in (text, f"pcsc:///{text}"):
        try:
            reader = parse_reader_address(address)
        except ValueError:
            continue
        assert parse_reader_address(str(reader)) == reader


def test_a_virtual_reader_and_a_service_of_ones_own_are_simulated() -> None:
    assert is_simulated(PcscReader("Virtual PCD"))
    assert is_simulated(PcscReader("ACS ACR39U", service="/run/simulated/socket"))
    assert not is_simulated(PcscReader("ACS ACR39U ICC Reader"))


def test_a_reader_is_found_whatever_number_it_got() -> None:
    assert full_name(NAMES, FEITIAN, "00") == NAMES[0]
    assert full_name(NAMES, FEITIAN, "01") == NAMES[1]
    assert full_name(NAMES, "ACS ACR39U ICC Reader", "00") == NAMES[2]


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (NAMES, "ACS ACR39U"),
        ([], "ACS ACR39U ICC Reader"),
        ([*NAMES, "ACS ACR39U ICC Reader 02 00"], "ACS ACR39U ICC Reader"),
        (NAMES, ".*"),
    ],
    ids=["half a name", "none", "two of the same", "a pattern"],
)
def test_no_reader_is_chosen_by_chance(names: list[str], name: str) -> None:
    with pytest.raises(TroubleError, match="no_reader"):
        full_name(names, name, "00")
