"""A form that was begun is kept for its person, opened for nobody else, and gone when it is handed in."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest

from foundation.clock import Clock
from kiosk_app.matters.draft_desk import DraftDesk
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import DraftFound, DraftKept
from offline_store.database import Database
from offline_store.drafts import Drafts
from offline_store.errors import StoreFullError
from offline_store.events import NewEvent
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.people import MOBILE, a_citizen, another_citizen
from tests.fixtures.stores import a_store, an_event

PERSON, OTHER = a_citizen().number, another_citizen().number
ITEM = "disability-subsidy"
DRAFT = Draft(2, 4, {"subsidies": ["care"], "mobile": MOBILE})
SOON_S = 10.0


@dataclass
class Desk:
    """A desk over a real store, and what it has said."""

    store: OfflineStore
    desk: DraftDesk
    clock: ManualClock
    said: queue.SimpleQueue[Any]

    def answer(self) -> Any:
        return self.said.get(timeout=SOON_S)

    def keeps(self, days: int = 7) -> DraftKept:
        self.desk.keep("s", PERSON, ITEM, DRAFT, days)
        kept = self.answer()
        assert isinstance(kept, DraftKept)
        return kept

    def finds(self, person: str = PERSON, item: str = ITEM) -> Draft | None:
        self.desk.find("s", person, item)
        found = self.answer()
        assert isinstance(found, DraftFound)
        return found.draft


def make_desk(store: OfflineStore, clock: Clock) -> tuple[DraftDesk, queue.SimpleQueue[Any]]:
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()
    return DraftDesk(store.drafts, clock, said.put), said


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = ManualClock()
    with a_store(tmp_path, clock) as store:
        drafts, said = make_desk(store, clock)
        try:
            yield Desk(store, drafts, clock, said)
        finally:
            drafts.close()


def test_it_comes_back_with_its_person_after_she_has_left_and_with_nobody_else(desk: Desk) -> None:
    until = (desk.clock.utc_now() + timedelta(days=7, hours=8)).date().isoformat()
    assert desk.keeps() == DraftKept("s", ITEM, until)
    desk.desk.end_session()
    assert desk.finds(OTHER) is None
    assert desk.finds(item="elder-allowance") is None
    assert desk.finds() == DRAFT


def test_it_is_there_when_the_program_begins_again(tmp_path: Path) -> None:
    """Without a word at the end of the session: nothing is left to do there that a kill could prevent."""
    clock = ManualClock()
    with a_store(tmp_path, clock) as store:
        before, said = make_desk(store, clock)
        before.keep("s", PERSON, ITEM, DRAFT, 7)
        assert isinstance(said.get(timeout=SOON_S), DraftKept)
        before.close()
    with a_store(tmp_path, clock) as store:
        after, said = make_desk(store, clock)
        after.find("s", PERSON, ITEM)
        assert said.get(timeout=SOON_S) == DraftFound("s", DRAFT)
        after.close()


def test_after_its_days_it_is_gone(desk: Desk) -> None:
    desk.keeps(days=1)
    desk.clock.advance(24 * 3600 - 1)
    assert desk.finds() == DRAFT
    desk.clock.advance(1)
    assert desk.finds() is None


def test_what_she_does_not_want_is_gone(desk: Desk) -> None:
    desk.keeps()
    desk.desk.forget(PERSON, ITEM)
    assert desk.finds() is None


def test_handing_in_and_erasing_are_one(desk: Desk) -> None:
    """Neither is there without the other, whatever happens in between."""
    desk.keeps()
    along = desk.desk.erasure(PERSON, ITEM)
    unknown = an_event("rating", depends_on=("nobody knows it",))
    with pytest.raises(ValueError, match="depends"):
        desk.store.outbox.append([unknown], along)
    assert desk.finds() == DRAFT
    case: NewEvent = an_event("case", "case/1")
    desk.store.outbox.append([case], along)
    assert desk.finds() is None
    assert desk.store.outbox.board().depth == 1


def test_what_is_still_to_be_kept_is_not_kept_behind_the_back_of_what_is_handed_in(desk: Desk) -> None:
    desk.finds()
    desk.desk.keep("s", PERSON, ITEM, DRAFT, 7)
    desk.store.outbox.append([an_event("case", "case/1")], desk.desk.erasure(PERSON, ITEM))
    assert isinstance(desk.answer(), DraftKept)
    assert desk.finds() is None


def test_who_has_no_drafts_hands_in_without(desk: Desk) -> None:
    assert desk.desk.erasure(PERSON, ITEM) is None
    desk.finds(OTHER)
    assert desk.desk.erasure(PERSON, ITEM) is None


def test_her_key_goes_with_her(desk: Desk) -> None:
    desk.keeps()
    assert desk.desk.erasure(PERSON, ITEM) is not None
    desk.desk.end_session()
    assert desk.desk.erasure(PERSON, ITEM) is None
    assert PERSON not in map(str, vars(desk.desk).values())


def test_a_disk_without_room_promises_nothing_and_is_no_end(desk: Desk, caplog: Any) -> None:
    class Full(Drafts):
        def owner(self, secret: bytes) -> NoReturn:
            raise StoreFullError("no room")

    said: queue.SimpleQueue[Any] = queue.SimpleQueue()
    drafts = Full(cast("Database", None), clock=desk.clock, boot_id="this boot")
    full = DraftDesk(drafts, desk.clock, said.put)
    full.keep("s", PERSON, ITEM, DRAFT, 7)
    full.find("s", PERSON, ITEM)
    full.forget(PERSON, ITEM)
    assert said.get(timeout=SOON_S) == DraftKept("s", ITEM, "")
    assert said.get(timeout=SOON_S) == DraftFound("s", None)
    full.close()
    assert "STOR" in caplog.text
    assert PERSON not in caplog.text
    assert MOBILE not in caplog.text


def test_what_cannot_be_read_is_not_there(desk: Desk) -> None:
    """Kept by a program that wrote it otherwise."""
    owner = desk.store.drafts.owner(PERSON.encode())
    desk.store.drafts.keep(owner, ITEM, b"{}", kept_s=60)
    assert desk.finds() is None
