"""Every error has a code of its own, a next step, and a meaning in a line."""

from __future__ import annotations

import re

from foundation.counters import Counters
from foundation.errors import ErrorCode, Errors, NextStep, all_errors


def catalogue() -> list[ErrorCode]:
    return [value for value in vars(Errors).values() if isinstance(value, ErrorCode)]


def test_every_code_is_area_and_number_and_stands_for_one_thing() -> None:
    codes = [error.code for error in catalogue()]
    assert all(re.fullmatch(r"[A-Z]{4}-[0-9]{3}", code) for code in codes)
    assert len(codes) == len(set(codes))
    assert len({error.meaning for error in catalogue()}) == len(codes)


def test_no_number_is_left_out_within_an_area() -> None:
    """A gap would be a code that was taken back; codes are never reused, so it would have to be explained."""
    areas: dict[str, list[int]] = {}
    for error in catalogue():
        area, number = error.code.split("-")
        areas.setdefault(area, []).append(int(number))
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in areas.values())


def test_the_catalogue_holds_all_of_them_and_a_code_reads_as_itself() -> None:
    assert all_errors() == {error.code: error for error in catalogue()}
    assert str(Errors.PRINTER_NO_PAPER) == f"{Errors.PRINTER_NO_PAPER}" == "PRNT-002"


def test_a_meaning_is_one_line_in_plain_words() -> None:
    for error in catalogue():
        assert error.meaning
        assert error.meaning == error.meaning.strip()
        assert "\n" not in error.meaning
        assert error.meaning[0].islower()
        assert not error.meaning.endswith(".")


def test_there_are_four_things_that_one_can_do_next_and_all_are_needed() -> None:
    assert {error.next_step for error in catalogue()} == set(NextStep)


def test_counters_count_and_hand_out_copies() -> None:
    counters = Counters()
    counters.count("id_card_reader.bad_checksum")
    counters.count("id_card_reader.bad_checksum", 2)
    figures = counters.figures()
    figures["id_card_reader.bad_checksum"] = 0
    assert counters.figures() == {"id_card_reader.bad_checksum": 3}
