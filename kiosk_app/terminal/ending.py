"""The end of a session, on every path: farewell, wipe, and what follows when the wipe was not clean."""

from __future__ import annotations

from collections.abc import Callable

from contract.sets import WayOut
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.answers import (
    AnswerMessage,
    DocumentPrinted,
    DraftKept,
    ProcessStayed,
    SlipPrinted,
    WipeFinished,
)
from kiosk_app.terminal.situation import Farewell
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen
from kiosk_app.terminal.writing import Writing

FAREWELL_S = 8.0
"""How long the farewell stands after the wipe; longer while a card still lies on the reader."""
FAREWELL_WITH_CARD_S = 60.0
WIPE_AT_MOST_S = 120.0
"""A wipe that has not answered by then was not clean."""


class Ending:
    """From the last wish of a person to the resting screen. ``rest`` shows what nobody's terminal shows."""

    def __init__(self, stage: Stage, writing: Writing, rest: Callable[[], None]) -> None:
        self._stage = stage
        self._writing = writing
        self._rest = rest

    def end(self, way_out: WayOut) -> None:
        """Ends the session, if there is one; once."""
        now = self._stage.now
        session = now.session
        if session is None or now.farewell is not None:
            return
        self._writing.note()  # and perhaps never confirmed
        now.farewell = Farewell(
            session.session_id,
            self._stage.clock.monotonic_s(),
            way_out,
            now.aids,
            paper=session.paper_out,
            draft_until=min(session.drafts.values(), default=""),
        )
        now.help_from = None
        now.guide_item = None
        now.early_answers.clear()
        self._stage.go(Screen.FAREWELL)
        now.session = None
        now.aids = Aids(language=now.facts.language)
        self._stage.desk.end_session(session, way_out)

    def tick(self) -> None:
        """The farewell goes when it has stood long enough; a wipe that does not answer was not clean."""
        now = self._stage.now
        farewell, now_s = now.farewell, self._stage.clock.monotonic_s()
        if farewell is None:
            return
        if farewell.cleared:
            forgotten = now.card_present or now.social_card_present
            if now_s - farewell.cleared_at_s >= (FAREWELL_WITH_CARD_S if forgotten else FAREWELL_S):
                self._rest()
        elif not farewell.mending and now_s - farewell.since_s >= WIPE_AT_MOST_S:
            self._not_clean(farewell)

    def leave(self) -> None:
        """The person has read the farewell; it stays until everything is cleared."""
        farewell = self._stage.now.farewell
        if farewell is not None and farewell.cleared:
            self._rest()

    def heard(self, message: AnswerMessage) -> None:
        """Late paper has to be taken along too, and what is kept is said; nothing else is of interest."""
        farewell = self._stage.now.farewell
        if farewell is None:
            return
        if isinstance(message, SlipPrinted | DocumentPrinted):
            farewell.paper = farewell.paper or message.done or not message.known
        elif isinstance(message, DraftKept):
            farewell.draft_until = message.until or farewell.draft_until

    def wiped(self, message: WipeFinished) -> None:
        """Everything of the session was cleared, or something is left."""
        farewell = self._stage.now.farewell
        if farewell is None or farewell.session_id != message.session_id:
            return
        if message.clean:
            farewell.cleared = True
            farewell.cleared_at_s = self._stage.clock.monotonic_s()
        elif not farewell.mending:
            self._not_clean(farewell)

    def _not_clean(self, farewell: Farewell) -> None:
        """Only what is left of the process can hold anything: it is replaced; the farewell stands so long."""
        farewell.mending = True
        self._stage.desk.replace_process()

    def stayed(self, message: ProcessStayed) -> None:
        """The process is still the same one: it serves nobody any more."""
        now = self._stage.now
        now.out_of_service = message.error.code
        now.out_of_service_since = self._stage.time()
        self._rest()
