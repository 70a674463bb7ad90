"""After the result: the rating by itself, then the end, or another matter."""

from __future__ import annotations

from collections.abc import Callable

from contract.rating_tags import MOST_TAGS, tags_of
from contract.sets import Satisfaction, WayOut
from kiosk_app.terminal.answers import CaseCommitted
from kiosk_app.terminal.desk import GivenRating, Submission
from kiosk_app.terminal.session import Handed
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen


class Rating:
    """Five levels, nothing preselected, skippable; one rating for each act of handling."""

    def __init__(self, stage: Stage, end: Callable[[WayOut], None]) -> None:
        self._stage = stage
        self._end = end

    def finish(self) -> None:
        """From the result to the rating, by itself; from the rating to the end."""
        self._stage.session.another_wanted = False
        self._leave()

    def another_matter(self) -> None:
        """The same person goes on with something else, after the rating."""
        self._stage.session.another_wanted = True
        self._leave()

    def _leave(self) -> None:
        matter, session = self._stage.matter, self._stage.session
        looked_up = matter.earlier is not None or (matter.handed is not None and matter.handed.again)
        if self._stage.now.screen is Screen.RATING or looked_up or matter.for_window is not None:
            self._after_rating()
        elif matter.ratable is not None:
            self._stage.go(Screen.RATING)
        elif not session.errands.under_way(CaseCommitted, matter):
            self._record_failure()

    def _record_failure(self) -> None:
        """What failed is recorded when the person leaves it at that, and can then be rated."""
        matter, session = self._stage.matter, self._stage.session
        record = Submission(
            session_id=session.session_id,
            item=matter.item,
            batch_id=matter.batch_id,
            signed_in=None,
            answers={},
            notice_version=session.notice_version,
            started_at=matter.started_at,
            offline=False,
            failed=matter.failed_code,
        )
        session.errands.send(CaseCommitted, matter, lambda: self._stage.desk.submit(record))

    def failure_recorded(self, commit: CaseCommitted) -> None:
        """The failure is on disk, or could not be put there: then there is nothing to rate."""
        matter = self._stage.session.errands.answered(CaseCommitted)
        if matter is None or matter is not self._stage.session.matter:
            return
        if commit.error is not None:
            self._after_rating()
            return
        matter.failure = Handed(commit.case_id, commit.receipt_number, commit.service_id, commit.state)
        self._stage.go(Screen.RATING)

    def rate(self, level: str) -> None:
        """One of the five levels was chosen; the tags are those of the level."""
        matter = self._stage.matter
        if matter.thanked:
            return
        if level in {one.value for one in Satisfaction}:
            matter.level = Satisfaction(level)
            matter.tags = []

    def tag(self, code: str) -> None:
        """Adds or removes a tag of the chosen level."""
        matter = self._stage.matter
        if matter.level is None or matter.thanked or code not in tags_of(matter.level):
            return
        if code in matter.tags:
            matter.tags.remove(code)
        elif len(matter.tags) < MOST_TAGS:
            matter.tags.append(code)

    def send_rating(self) -> None:
        """Hands the rating on, once."""
        matter = self._stage.matter
        rated = matter.ratable
        if matter.level is None or rated is None or matter.thanked:
            return
        matter.thanked = True
        self._stage.desk.rate(GivenRating(rated.case_id, rated.service_id, matter.level, tuple(matter.tags)))
        self._stage.go(Screen.RATING)

    def skip_rating(self) -> None:
        """No rating; nobody asks again."""
        self._after_rating()

    def _after_rating(self) -> None:
        session = self._stage.session
        if session.another_wanted:
            session.another_wanted = False
            session.matter = None
            self._stage.go(Screen.HOME)
        else:
            self._end(session.way_out)
