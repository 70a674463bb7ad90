"""A platform's memory of events, as small as it can be: an id is stored once, then it is a duplicate."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from contract.answers import BatchAnswer, EventAnswer
from contract.envelope import CloudEvent, decode_event, split_batch
from contract.sets import Outcome
from tests.fakes.scripted_server import Request, Response

Word = Callable[[CloudEvent], EventAnswer | None]


class EventLedger:
    """Answers batches of a scripted server. ``special`` gives some events another answer."""

    def __init__(self) -> None:
        self.stored: list[CloudEvent] = []
        self.batches: list[list[str]] = []
        self.special: Word = lambda _: None

    def __call__(self, request: Request) -> Response:
        events = [decode_event(row) for row in split_batch(request.body)]
        self.batches.append([event.id for event in events])
        return answer_of([self.answer(event) for event in events])

    def answer(self, event: CloudEvent) -> EventAnswer:
        special = self.special(event)
        if special is not None:
            return special
        if any(known.id == event.id for known in self.stored):
            return EventAnswer(id=event.id, outcome=Outcome.DUPLICATE, case_no=number_of(event))
        self.stored.append(event)
        return EventAnswer(id=event.id, outcome=Outcome.STORED, case_no=number_of(event))


def number_of(event: CloudEvent) -> str:
    return "420103-0001" if event.subject.startswith("case/") and ".case." in event.type else ""


def answer_of(rows: list[EventAnswer]) -> Response:
    return Response(200, msgspec.json.encode(BatchAnswer(answers=rows, time="2026-11-21T02:10:08.000Z")))
