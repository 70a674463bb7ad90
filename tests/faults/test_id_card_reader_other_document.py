"""A document of a kind that is not supported here yet lies on the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk


@pytest.mark.parametrize("mark", ["J", "I", "Y", "Q"])
def test_another_kind_of_document_is_said_to_be_that_and_the_next_card_is_read(
    tmp_path: Path, mark: str
) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(SyntheticCitizen(mark=mark)))
        assert at.ears.next(CardProblem).error is Errors.CARD_NOT_SUPPORTED
        at.polls(3)
        assert at.ears.all(CardRead) == []
        at.simulator.take_card()
        at.polls(2)
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        assert len(at.ears.all(CardProblem)) == 1
