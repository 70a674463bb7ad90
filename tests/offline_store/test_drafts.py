"""A draft comes back with its person, and with nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline_store.drafts import LONGEST_KEPT_S, MOST_DRAFTS, DraftOwner, Drafts
from offline_store.store import OfflineStore
from tests.offline_store.making import NEXT_BOOT, StoreMaker, decrypted_pages

NUMBER, OTHER = b"110101194904071822", b"110101194904071823"
CONTENT = b'{"turnover":"PLANTED-TURNOVER"}'
DAY_S = 24 * 3600.0


@pytest.fixture
def drafts(store: OfflineStore) -> Drafts:
    return store.drafts


def test_the_same_person_finds_it_again_after_a_restart(maker: StoreMaker) -> None:
    drafts = maker.open().drafts
    drafts.keep(drafts.owner(NUMBER), "business-licence", CONTENT, kept_s=7 * DAY_S)
    maker.close()
    drafts = maker.open(NEXT_BOOT).drafts
    again = drafts.owner(NUMBER)
    assert drafts.items(again) == ("business-licence",)
    assert drafts.find(again, "business-licence") == CONTENT
    assert drafts.find(again, "another-item") is None


def test_another_person_finds_nothing(drafts: Drafts) -> None:
    drafts.keep(drafts.owner(NUMBER), "business-licence", CONTENT, kept_s=DAY_S)
    other = drafts.owner(OTHER)
    assert (drafts.items(other), drafts.find(other, "business-licence")) == ((), None)


def test_whoever_has_the_store_and_its_key_reads_neither_draft_nor_person(maker: StoreMaker) -> None:
    drafts = maker.open().drafts
    owner = drafts.owner(NUMBER)
    drafts.keep(owner, "business-licence", CONTENT, kept_s=DAY_S)
    maker.close()
    pages = b"".join(decrypted_pages(maker.path))
    assert owner.name.encode() in pages
    for secret in (NUMBER, b"PLANTED-TURNOVER", owner.key, owner.key.hex().encode()):
        assert secret not in pages


def test_a_draft_that_was_given_to_another_owner_or_prolonged_does_not_open(
    drafts: Drafts, store: OfflineStore
) -> None:
    owner, thief = drafts.owner(NUMBER), drafts.owner(OTHER)
    drafts.keep(owner, "business-licence", CONTENT, kept_s=DAY_S)
    alter(store, "UPDATE draft SET owner = ?", thief.name)
    assert drafts.find(thief, "business-licence") is None
    alter(store, "UPDATE draft SET owner = ?", owner.name)
    assert drafts.find(owner, "business-licence") == CONTENT
    alter(store, "UPDATE draft SET expires_at = ?", "2036-01-01T00:00:00.000Z")
    assert drafts.find(owner, "business-licence") is None


def alter(store: OfflineStore, statement: str, value: str) -> None:
    with store._database.writing() as transaction:
        transaction.execute(statement, (value,))


def test_a_newer_draft_takes_the_place_of_the_older(drafts: Drafts) -> None:
    owner = drafts.owner(NUMBER)
    drafts.keep(owner, "business-licence", b"first", kept_s=DAY_S)
    drafts.keep(owner, "business-licence", b"second", kept_s=DAY_S)
    assert drafts.find(owner, "business-licence") == b"second"
    drafts.forget(owner, "business-licence")
    assert drafts.find(owner, "business-licence") is None


def test_it_expires_on_the_monotonic_clock_whatever_the_wall_clock_says(
    drafts: Drafts, maker: StoreMaker
) -> None:
    owner = drafts.owner(NUMBER)
    maker.clock.step_wall_clock(-30 * DAY_S)
    drafts.keep(owner, "business-licence", CONTENT, kept_s=DAY_S)
    maker.clock.advance(DAY_S - 1)
    maker.clock.step_wall_clock(-DAY_S / 2)
    assert drafts.find(owner, "business-licence") == CONTENT
    maker.clock.advance(1)
    assert drafts.find(owner, "business-licence") is None


def test_it_expires_by_the_wall_clock_over_a_restart(maker: StoreMaker) -> None:
    drafts = maker.open().drafts
    drafts.keep(drafts.owner(NUMBER), "business-licence", CONTENT, kept_s=DAY_S)
    maker.close()
    drafts = maker.open(NEXT_BOOT).drafts
    maker.clock.step_wall_clock(DAY_S - 1)
    assert drafts.expire() == 0
    maker.clock.step_wall_clock(1)
    assert (drafts.expire(), drafts.expire()) == (1, 0)
    assert drafts.items(drafts.owner(NUMBER)) == ()


def test_what_cannot_be_dated_any_more_goes(drafts: Drafts, maker: StoreMaker) -> None:
    drafts.keep(drafts.owner(NUMBER), "business-licence", CONTENT, kept_s=DAY_S)
    maker.clock.step_wall_clock(-1)
    assert drafts.expire() == 1


def test_an_expired_draft_is_overwritten(maker: StoreMaker) -> None:
    drafts = maker.open().drafts
    owner = drafts.owner(NUMBER)
    drafts.keep(owner, "PLANTED-ITEM", CONTENT, kept_s=DAY_S)
    maker.clock.advance(DAY_S)
    assert drafts.expire() == 1
    maker.close()
    pages = b"".join(decrypted_pages(maker.path))
    assert b"PLANTED-ITEM" not in pages
    assert owner.name.encode() not in pages


def test_drafts_never_fill_the_disk(drafts: Drafts) -> None:
    owners = [DraftOwner(f"{number:064x}", bytes(32)) for number in range(MOST_DRAFTS + 2)]
    for number, owner in enumerate(owners):
        drafts.keep(owner, "item", CONTENT, kept_s=DAY_S + number)
    assert [drafts.find(owner, "item") for owner in (owners[0], owners[1])] == [None, None]
    assert drafts.find(owners[2], "item") == CONTENT


@pytest.mark.parametrize(
    ("content", "kept_s"), [(b"x" * (256 * 1024 + 1), DAY_S), (b"x", LONGEST_KEPT_S + 1), (b"x", 0)]
)
def test_too_much_is_too_much(drafts: Drafts, content: bytes, kept_s: float) -> None:
    with pytest.raises(ValueError, match="30 days"):
        drafts.keep(drafts.owner(NUMBER), "item", content, kept_s=kept_s)


def test_nobody_owns_nothing(drafts: Drafts) -> None:
    with pytest.raises(ValueError, match="needs a secret"):
        drafts.owner(b"")


def test_an_owner_tells_nothing_of_the_person(drafts: Drafts) -> None:
    owner = drafts.owner(NUMBER)
    assert owner.name not in repr(owner)
    assert owner.key.hex() not in repr(owner)
    assert len(owner.key) == 32


def test_another_terminal_gives_the_same_person_another_name(
    drafts: Drafts, tmp_path_factory: pytest.TempPathFactory, store_template: Path
) -> None:
    other = StoreMaker(store_template, tmp_path_factory.mktemp("other"))
    assert other.open().drafts.owner(NUMBER).name != drafts.owner(NUMBER).name
    other.close()
