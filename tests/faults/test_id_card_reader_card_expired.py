"""The card's period of validity has ended; the reader is well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of, sample_of
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved, DocumentKind, ReadingScope
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_document_that_has_expired_is_said_to_be_that_and_a_good_one_is_read(
    tmp_path: Path, kind: DocumentKind
) -> None:
    with desk(tmp_path, scope=ReadingScope(documents=frozenset(DocumentKind))) as at:
        at.simulator.put_card(card_of(sample_of(kind), valid_from="20060601", valid_until="20261120"))
        assert at.ears.next(CardProblem).error is Errors.CARD_EXPIRED
        at.polls(3)
        assert at.ears.all(CardRead) == []
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(SyntheticCitizen(valid_until=date(2026, 11, 21))))
        at.ears.next(CardRead)
        assert len(at.ears.all(CardProblem)) == 1
