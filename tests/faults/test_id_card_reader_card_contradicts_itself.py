"""What stands on the card does not fit together: it is nobody's proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import FIRST, NEXT


@pytest.mark.parametrize(
    "overrides",
    [
        {"number": FIRST.number[:17] + ("0" if FIRST.number[17] != "0" else "1")},
        {"birth_date": "19530413"},
        {"sex_code": "1"},
        {"valid_until": "19990101"},
        {"name": ""},
    ],
    ids=lambda overrides: next(iter(overrides)),
)
def test_a_card_that_contradicts_itself_is_not_used_and_the_next_one_is_read(
    tmp_path: Path, overrides: dict[str, str]
) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(FIRST, **overrides))
        assert at.ears.next(CardProblem).error is Errors.CARD_INCONSISTENT
        at.polls(3)
        assert at.ears.all(CardRead) == []
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(NEXT))
        at.ears.next(CardRead)
