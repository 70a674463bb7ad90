"""Noise stands before every frame, with a false start of one in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import StatusChanged
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


def test_noise_is_skipped_and_counted_and_the_card_is_read_all_the_same(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.NOISE_BEFORE)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        assert at.counters.figure("id_card_reader.noise_bytes") >= 30  # find, select and read, ten bytes each
        assert at.counters.figure("id_card_reader.no_answer") == 0
        assert len(at.ears.all(StatusChanged)) == 2  # starting, online


@pytest.mark.parametrize("moment", Moment)
def test_at_whatever_moment_there_is_noise_nobody_notices(tmp_path: Path, moment: Moment) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        told = len(at.ears.all(StatusChanged))
        at.simulator.set_fault(ReaderFault.NOISE_BEFORE)
        at.polls(3)
        works_again_after(at, moment)
        assert len(at.ears.all(StatusChanged)) == told
