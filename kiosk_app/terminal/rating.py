"""After the result: the rating by itself, then the end, or another matter."""

from __future__ import annotations

from collections.abc import Callable

from contract.sets import Satisfaction, WayOut
from kiosk_app.matters.tags import MOST_TAGS, tags_of
from kiosk_app.terminal.desk import GivenRating
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
        if self._stage.now.screen is Screen.RATING or self._stage.matter.handed is None:
            self._after_rating()
        else:
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
        if matter.level is None or matter.handed is None or matter.thanked:
            return
        matter.thanked = True
        self._stage.desk.rate(
            GivenRating(matter.handed.case_id, matter.handed.service_id, matter.level, tuple(matter.tags))
        )
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
