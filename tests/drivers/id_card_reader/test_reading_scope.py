"""What is read of a card, and of which kinds of document at all, is what the reader was set up for."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.id_card_reader import reader as reader_module
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of, sample_of
from drivers.id_card_reader.device import (
    CardProblem,
    CardRead,
    CardRemoved,
    CitizenCard,
    DocumentKind,
    ReadingScope,
)
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault, person_from
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk

EVERYTHING = ReadingScope(documents=frozenset(DocumentKind), new_address=True, fingerprint=True)


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_of_document_is_read_where_that_is_wanted(tmp_path: Path, kind: DocumentKind) -> None:
    with desk(tmp_path, scope=ReadingScope(documents=frozenset(DocumentKind))) as at:
        at.simulator.put_card(card_of(sample_of(kind)))
        assert at.ears.next(CardRead).card.number == sample_of(kind).number
        assert at.reader.capabilities.documents == frozenset(DocumentKind)


@pytest.mark.parametrize("length", [0, 512, 1024])
def test_fingerprints_come_with_the_card_and_are_not_kept(tmp_path: Path, length: int) -> None:
    fingerprints = bytes(range(256)) * (length // 256)
    with desk(tmp_path, scope=EVERYTHING) as at:
        at.simulator.put_card(replace(card_of(SyntheticCitizen()), fingerprints=fingerprints))
        read = at.ears.next(CardRead)
        assert read.fingerprints == fingerprints
        at.polls(1)
        if length:
            holders = [holder for holder in gc.get_referrers(read.fingerprints) if holder is not read]
            assert holders == []
        at.polls(3)
        assert at.simulator.asked().count(Command.READ_WITH_FINGERPRINT) == 1
        assert "fingerprints" not in repr(read)


def test_fingerprints_are_not_asked_for_unless_they_are_wanted(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(replace(card_of(SyntheticCitizen()), fingerprints=bytes(1024)))
        assert at.ears.next(CardRead).fingerprints == b""
        assert Command.READ_WITH_FINGERPRINT not in at.simulator.asked()
        assert not at.reader.capabilities.fingerprint


def test_a_module_without_fingerprints_reads_the_card_without_them_from_then_on(tmp_path: Path) -> None:
    with desk(tmp_path, scope=EVERYTHING) as at:
        at.simulator.set_fault(ReaderFault.NO_FINGERPRINT_COMMAND)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        assert at.ears.next(CardRead).fingerprints == b""
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.asked()
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        assert Command.READ_WITH_FINGERPRINT not in at.simulator.asked()
        assert at.counters.figure("id_card_reader.fingerprint_refused") == 1


def test_a_new_address_stands_beside_the_old_one(tmp_path: Path) -> None:
    image = replace(card_of(SyntheticCitizen()), new_address="湖北省武汉市虚构区新路二号")
    with desk(tmp_path, scope=EVERYTHING) as at:
        at.simulator.put_card(image)
        card = at.ears.next(CardRead).card
        assert isinstance(card, CitizenCard)
        assert card.address == SyntheticCitizen().address
        assert card.new_addresses == ("湖北省武汉市虚构区新路二号",)


def test_a_card_without_a_new_address_has_none(tmp_path: Path) -> None:
    with desk(tmp_path, scope=EVERYTHING) as at:
        at.simulator.put_card(card_of(SyntheticCitizen()))
        card = at.ears.next(CardRead).card
        assert isinstance(card, CitizenCard)
        assert card.new_addresses == ()


def test_a_card_that_moves_before_its_new_address_is_read_is_not_handed_on_half(tmp_path: Path) -> None:
    with desk(tmp_path, scope=EVERYTHING) as at:
        at.simulator.set_fault(ReaderFault.HOLD_STILL, command=Command.READ_NEW_ADDRESS, times=1)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        assert at.ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        at.ears.next(CardRead)
        assert len(at.ears.all(CardRead)) == 1


def test_a_module_that_breaks_while_nobody_is_there_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "_PROBE_INTERVAL_S", 0.05)
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.SELF_TEST_FAILED, command=Command.MODULE_STATUS)
        assert at.ears.next_state(DeviceState.HARDWARE_ERROR).error is Errors.CARD_READER_BROKEN


def test_reads_and_failures_are_counted_as_wear(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        at.simulator.unplug()
        at.ears.next_state(DeviceState.NO_DEVICE)
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)
        assert at.counters.figure("id_card_reader.reads") == 1
        assert at.counters.figure("id_card_reader.failures") == 1


def test_somebody_made_up_is_described_in_words() -> None:
    assert person_from({"kind": "permanent_2017", "english_name": "X"}).number == "CAN420180010102"
    with pytest.raises(ValueError, match="a citizen has no shoe"):
        person_from({"shoe": "41"})
    with pytest.raises(ValueError, match="passport"):
        person_from({"kind": "passport"})
