"""An answer comes when the host has given up on it: never may it answer a later question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drivers.id_card_reader import link
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from tests.drivers.id_card_reader.desk import desk

FIRST = SyntheticCitizen()
SECOND = SyntheticCitizen(name="李建国", serial="001", birth_date=date(1948, 10, 2))


def test_a_late_answer_is_thrown_away_and_the_dialogue_is_in_step_again(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.ANSWERS_LATE, command=Command.FIND, times=1)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardRead).card.number == FIRST.number
        assert at.counters.figure("id_card_reader.no_answer") >= 1
        assert len(at.ears.all(CardRead)) == 1


def test_the_card_of_one_person_that_comes_late_is_not_read_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(link._PATIENCE_S, Command.READ_BASE, 0.5)
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.ANSWERS_LATE, command=Command.READ_BASE, times=1)
        at.simulator.put_card(card_of(FIRST))
        at.counters.wait_for("id_card_reader.no_answer")  # the reader has given up on the first card,
        at.simulator.put_card(card_of(SECOND))  # which is gone when its bytes have come at last
        assert at.ears.next(CardRead).card.number == SECOND.number
        assert at.counters.figure("id_card_reader.unexpected_answer") >= 1
        assert len(at.ears.all(CardRead)) == 1
