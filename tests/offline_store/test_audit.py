"""The audit trail shows an edit, a deletion, a reordering and a cut tail; and it names nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from offline_store.audit import AuditTrail, AuditWords
from offline_store.audit_chain import AuditDigest, AuditFault, AuditSegment, Finding
from offline_store.errors import StoreKeyError
from offline_store.events import Confirmation
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore
from tests.fakes.clock import START
from tests.fakes.keys import MemoryKeyProvider
from tests.fixtures.somebody_elses import hmac_sm3
from tests.offline_store.making import StoreMaker, new_event

LATER = START + timedelta(days=400)


@pytest.fixture
def audit_keys() -> MemoryKeyProvider:
    """Another key than the store's."""
    keys = MemoryKeyProvider()
    keys.rotate()
    keys.forget_previous()
    return keys


@pytest.fixture
def trail(store: OfflineStore, audit_keys: MemoryKeyProvider) -> AuditTrail:
    """Nine entries."""
    trail = store.audit_trail(audit_keys)
    for number in range(9):
        trail.record("session.ended", "clean" if number % 2 else "idle", f"session/{number}")
    return trail


def tamper(store: OfflineStore, *statements: str) -> None:
    """As somebody who can open the store, and has not the audit key."""
    with store._database.writing() as transaction:
        for statement in statements:
            transaction.execute(statement)


def move(old: int, new: int) -> str:
    return "UPDATE audit_entry SET number = NEW WHERE number = OLD".replace("NEW", str(new)).replace(
        "OLD", str(old)
    )


def test_an_untouched_chain_is_intact_and_goes_on_after_a_restart(
    trail: AuditTrail, maker: StoreMaker, audit_keys: MemoryKeyProvider
) -> None:
    verdict = trail.verify()
    assert (verdict.entries, verdict.is_intact) == (9, True)
    maker.close()
    again = maker.open("another-boot").audit_trail(audit_keys)
    assert again.record("door.opened", "allowed") == 10
    assert again.verify().is_intact


def test_several_entries_are_one_stretch_of_the_chain_and_all_or_none(trail: AuditTrail) -> None:
    words = [AuditWords("case.answered", "taken", f"case/{number}") for number in range(5)]
    assert trail.record_all(words) == 14
    with pytest.raises(ValueError, match="names no person"):
        trail.record_all([*words, AuditWords("case.answered", "王秀英")])
    verdict = trail.verify()
    assert (verdict.entries, verdict.is_intact) == (14, True)
    assert trail.record("door.opened", "allowed") == 15
    assert trail.verify().is_intact


COLUMNS = ("time", "boot_id", "kind", "outcome", "subject")


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_is_found(trail: AuditTrail, store: OfflineStore, column: str) -> None:
    tamper(store, "UPDATE audit_entry SET COLUMN = 'other' WHERE number = 4".replace("COLUMN", column))
    assert trail.verify().findings == (Finding(AuditFault.EDITED, 4),)


def test_an_edit_of_the_digest_too_is_found(trail: AuditTrail, store: OfflineStore) -> None:
    tamper(store, "UPDATE audit_entry SET outcome = 'clean', digest = randomblob(32) WHERE number = 4")
    assert Finding(AuditFault.EDITED, 4) in trail.verify().findings


@pytest.mark.parametrize("number", [1, 5, 8])
def test_a_deletion_is_found(trail: AuditTrail, store: OfflineStore, number: int) -> None:
    tamper(store, "DELETE FROM audit_entry WHERE number = N".replace("N", str(number)))
    assert trail.verify().findings == (Finding(AuditFault.DELETED, number),)


def test_a_deletion_that_was_closed_up_is_found(trail: AuditTrail, store: OfflineStore) -> None:
    tamper(store, "DELETE FROM audit_entry WHERE number = 5", *(move(n, n - 1) for n in range(6, 10)))
    assert Finding(AuditFault.DELETED, 5) in trail.verify().findings


def test_a_reordering_is_found(trail: AuditTrail, store: OfflineStore) -> None:
    tamper(store, move(4, 100), move(6, 4), move(100, 6))
    findings = trail.verify().findings
    assert {finding.fault for finding in findings} == {AuditFault.REORDERED}
    assert Finding(AuditFault.REORDERED, 4) in findings


CUTS: list[tuple[str, ...]] = [
    ("DELETE FROM audit_entry WHERE number > 6",),
    ("DELETE FROM audit_entry WHERE number > 6", "UPDATE audit_chain SET last_entry = 6"),
    ("DELETE FROM audit_entry",),
    ("DELETE FROM audit_entry", "UPDATE audit_chain SET last_entry = 0"),
]


@pytest.mark.parametrize("statements", CUTS)
def test_a_cut_tail_is_found_even_when_more_was_recorded(
    trail: AuditTrail, store: OfflineStore, statements: tuple[str, ...]
) -> None:
    tamper(store, *statements)
    assert AuditFault.CUT in {finding.fault for finding in trail.verify().findings}
    trail.record("session.ended", "clean")
    assert not trail.verify().is_intact


def test_an_old_copy_of_the_file_is_found_by_what_the_province_was_told(
    trail: AuditTrail, maker: StoreMaker, audit_keys: MemoryKeyProvider
) -> None:
    maker.close()
    old = maker.path.read_bytes()
    trail = maker.open().audit_trail(audit_keys)
    trail.record("door.opened", "allowed")
    told = trail.unanchored()
    assert told is not None
    assert (told.first_entry, told.last_entry, len(told.head)) == (1, 10, 64)
    trail.anchored(told)
    assert trail.unanchored() is None
    assert trail.verify([told]).is_intact
    maker.close()
    maker.path.write_bytes(old)
    restored = maker.open().audit_trail(audit_keys)
    assert restored.verify().is_intact
    assert restored.verify([told]).findings == (Finding(AuditFault.CUT, 10),)
    restored.record("door.opened", "refused")
    assert restored.verify([told]).findings == (Finding(AuditFault.EDITED, 10),)


def test_a_chain_that_was_thrown_away_whole_is_found_by_what_the_province_was_told(
    trail: AuditTrail, store: OfflineStore, audit_keys: MemoryKeyProvider
) -> None:
    told = trail.unanchored()
    assert told is not None
    tamper(store, "DELETE FROM audit_entry", "DELETE FROM audit_chain")
    assert AuditFault.CUT in {f.fault for f in store.audit_trail(audit_keys).verify([told]).findings}


def test_entries_without_their_chain_are_not_taken_for_a_new_one(
    trail: AuditTrail, store: OfflineStore, audit_keys: MemoryKeyProvider
) -> None:
    tamper(store, "DELETE FROM audit_chain")
    again = store.audit_trail(audit_keys)
    assert not again.verify().is_intact
    assert again.record("door.opened", "allowed") == 10


def test_who_has_another_key_cannot_make_it_fit(trail: AuditTrail, store: OfflineStore) -> None:
    """The store's key opens the file; it does not write the trail."""
    forger = store.audit_trail(MemoryKeyProvider())
    forger.record("door.opened", "allowed")
    assert Finding(AuditFault.EDITED, 10) in trail.verify().findings


def test_a_trail_whose_key_is_gone_is_not_begun_anew(
    trail: AuditTrail, store: OfflineStore, tmp_path: Path
) -> None:
    with pytest.raises(StoreKeyError):
        store.audit_trail(KeyFileProvider(tmp_path / "audit.key"))


def test_the_key_is_made_with_the_chain(store: OfflineStore, tmp_path: Path) -> None:
    keys = KeyFileProvider(tmp_path / "audit.key")
    assert store.audit_trail(keys).verify().is_intact
    assert len(keys.get()) == 32


PEOPLE: list[Callable[[AuditTrail], int]] = [
    lambda trail: trail.record("session.ended", "clean", "王秀英"),
    lambda trail: trail.record("session.ended", "clean", "110101194904071822"),
    lambda trail: trail.record("session.ended", "clean", "session/13871234567"),
    lambda trail: trail.record("Session ended", "clean"),
    lambda trail: trail.record("session.ended", ""),
    lambda trail: trail.record("session.ended", "clean", "x" * 65),
]


@pytest.mark.parametrize("record", PEOPLE)
def test_a_person_is_not_recorded_and_not_repeated(
    trail: AuditTrail, record: Callable[[AuditTrail], int]
) -> None:
    with pytest.raises(
        ValueError, match=r"^the \w+ of an audit entry is a word of ours, and names no person$"
    ):
        record(trail)
    assert trail.verify().entries == 9


def test_what_was_told_is_told_from_there_on(trail: AuditTrail) -> None:
    first = trail.unanchored()
    assert first is not None
    trail.record("door.opened", "allowed")
    trail.anchored(first)
    second = trail.unanchored()
    assert second is not None
    assert (second.first_entry, second.last_entry) == (10, 10)
    trail.anchored(AuditSegment("another chain", 1, 99, ""))
    assert trail.unanchored() == second
    assert trail.verify([first, second]).is_intact


def test_a_chain_of_the_government_profile_is_made_with_sm3_and_stays_so(
    maker: StoreMaker, audit_keys: MemoryKeyProvider
) -> None:
    trail = maker.open().audit_trail(audit_keys, AuditDigest.HMAC_SM3)
    trail.record("terminal.started", "done")
    trail.record("session.ended", "idle")
    segment = trail.unanchored()
    assert segment is not None
    maker.close()
    again = maker.open("another-boot").audit_trail(audit_keys)
    again.record("session.ended", "done")
    assert again.verify([segment]).is_intact
    maker.close()
    store = maker.open()
    with store._database.reading() as transaction:
        ((chain, digest),) = transaction.execute("SELECT chain_id, digest FROM audit_chain").fetchall()
        ((previous,),) = transaction.execute("SELECT previous FROM audit_entry WHERE number = 1").fetchall()
    assert digest == "hmac-sm3"
    assert previous == hmac_sm3(audit_keys.get(), json.dumps(["genesis", chain]).encode())
    tamper(store, "UPDATE audit_entry SET outcome = 'forged' WHERE number = 2")
    assert store.audit_trail(audit_keys).verify().findings == (Finding(AuditFault.EDITED, 2),)


def told_of(trail: AuditTrail, store: OfflineStore) -> AuditSegment:
    """The province was told of the head, and has said so."""
    segment = trail.unanchored()
    assert segment is not None
    (event,) = store.outbox.append([new_event("terminal/1", "audit")])
    trail.anchored(segment)
    assert trail.trim(LATER) == 0, "as long as the head is on its way nothing goes"
    store.outbox.confirm([Confirmation(event.id, "stored")])
    return segment


def test_what_is_old_and_known_to_the_province_goes_and_the_rest_is_intact(
    trail: AuditTrail, store: OfflineStore
) -> None:
    assert trail.trim(LATER) == 0, "nobody was told of it"
    first = told_of(trail, store)
    trail.record("door.opened", "allowed")
    assert trail.trim(START) == 0, "nothing is older than that"
    assert (trail.trim(LATER, at_most=4), trail.trim(LATER, at_most=4), trail.trim(LATER)) == (4, 4, 1)
    verdict = trail.verify([first])
    assert (verdict.entries, verdict.trimmed, verdict.findings) == (1, 9, ())
    second = told_of(trail, store)
    assert trail.trim(LATER) == 1
    trail.record("door.opened", "refused")
    assert trail.verify([first, second]).findings == ()
    assert trail.verify([replace(second, head=first.head)]).findings == (Finding(AuditFault.EDITED, 10),)


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("DELETE FROM audit_entry WHERE number = 5", Finding(AuditFault.DELETED, 5)),
        ("DELETE FROM audit_entry WHERE number = 9", Finding(AuditFault.CUT, 9)),
        ("UPDATE audit_chain SET trimmed_entry = 3", Finding(AuditFault.DELETED, 1)),
        ("UPDATE audit_chain SET trimmed_head = x'00'", Finding(AuditFault.DELETED, 1)),
        ("UPDATE audit_chain SET trimmed_entry = 0", Finding(AuditFault.DELETED, 1)),
    ],
)
def test_who_cuts_more_than_was_trimmed_shows(
    trail: AuditTrail, store: OfflineStore, tampering: str, fault: Finding
) -> None:
    segment = told_of(trail, store)
    assert trail.trim(LATER, at_most=4) == 4
    assert trail.verify([segment]).is_intact
    tamper(store, tampering)
    assert fault in trail.verify([segment]).findings
    assert trail.trim(LATER) == 0, "what shows it stays"
    assert fault in trail.verify([segment]).findings


def test_a_trail_that_was_trimmed_whole_goes_on(
    trail: AuditTrail, store: OfflineStore, maker: StoreMaker, audit_keys: MemoryKeyProvider
) -> None:
    segment = told_of(trail, store)
    assert trail.trim(LATER) == 9
    assert trail.verify([segment]).is_intact
    assert trail.unanchored() is None
    maker.close()
    again = maker.open("another-boot").audit_trail(audit_keys)
    assert again.record("terminal.started", "done") == 10
    assert again.verify([segment]).findings == ()
