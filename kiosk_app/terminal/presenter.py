"""The one function that draws the terminal: from the situation to what a screen shows.

Pure: it reads the situation, the clock and the words, and changes nothing. Values of a person leave it
masked, except what is being typed at this moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from contract.items import Item
from contract.sets import Finish
from foundation.clock import Clock, in_china, parse_rfc3339, rfc3339
from kiosk_app.matters.days import said_day
from kiosk_app.terminal.consent_views import NoticeView
from kiosk_app.terminal.face_pages import face_consent_page, face_page
from kiosk_app.terminal.handing_over import may_hand_over
from kiosk_app.terminal.helping import may_be_helped
from kiosk_app.terminal.helping_pages import (
    agreement_page,
    helping_page,
    signed_in_words,
)
from kiosk_app.terminal.matter_pages import MatterPages
from kiosk_app.terminal.nearest import Nearest
from kiosk_app.terminal.organisations import signed_in_for
from kiosk_app.terminal.readiness import VOICE, Readiness
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.sign_in_page import sign_in_page
from kiosk_app.terminal.signing_page import signing_view
from kiosk_app.terminal.situation import ROWS_ON_HOME, Situation, stopped_by
from kiosk_app.terminal.staff_pages import staff_board, staff_sign_in
from kiosk_app.terminal.staff_views import StaffSignInView, StaffView
from kiosk_app.terminal.views import (
    Connection,
    FarewellView,
    GuideView,
    HelpView,
    HomeView,
    IdleWarning,
    MatterRow,
    OutOfServiceView,
    Screen,
    ScreenView,
    StartingView,
    TopLine,
    View,
)
from words import Words

_TOP_MATTERS = 3
_UNAVAILABLE_ON_ATTRACT = 3
_NEWS_ON_ATTRACT = 6
_EMERGENCIES_ON_ATTRACT = 2


class Presenter:
    """Draws views. ``words`` has both languages; which one is used is the session's choice."""

    def __init__(self, clock: Clock, words: Mapping[str, Words]) -> None:
        self._clock = clock
        self._words = words

    def view(self, now: Situation, serial: int, idle_seconds_left: int | None) -> View:
        """What is shown at this moment."""
        worn = (now.farewell or now).aids  # who is leaving keeps hers to the end
        words = self._words[worn.language.value]
        return View(
            serial=serial,
            screen=now.screen,
            top=self._top(now, words),
            body=self._body(now, words),
            aids=worn,
            look=now.appearance.look(words.language),
            idle_warning=IdleWarning(idle_seconds_left) if idle_seconds_left is not None else None,
            forward=now.forward,
            headset_in=now.headset_in,
            somebody_near=now.somebody_near,
            signing=signing_view(now, worn),
        )

    @staticmethod
    def renumber(view: View, serial: int) -> View:
        """The same view under another serial."""
        return replace(view, serial=serial)

    def _top(self, now: Situation, words: Words) -> TopLine:
        session = now.session
        return TopLine(
            terminal_name=now.facts.terminal_name,
            place_name=now.facts.site.name,
            clock=in_china(self._clock.utc_now()).strftime("%H:%M"),
            connection=now.connection,
            connection_text=self._connection_text(now, words),
            signed_in_as=_signed_in_as(session, words) if session is not None else "",
            session_open=session is not None,
            speech_fitted=VOICE in now.capabilities,
            signing_offered=bool(now.clips),
            demonstration=now.demonstration,
        )

    @staticmethod
    def _connection_text(now: Situation, words: Words) -> str:
        if now.connection is Connection.CONNECTED:
            if now.session is not None and now.session.seen_at:
                return words.say("connection.seen", at=now.session.seen_at)
            return words.say("connection.connected")
        if now.connection is Connection.UNKNOWN or not now.connection_since:
            return words.say("connection.unknown")
        since = in_china(parse_rfc3339(now.connection_since)).strftime("%H:%M")
        return words.say("connection.offline", since=since)

    def _body(self, now: Situation, words: Words) -> ScreenView:
        pages: dict[Screen, Callable[[Situation, Words], ScreenView]] = {
            Screen.ATTRACT: self._attract,
            Screen.HOME: self._home,
            Screen.GUIDE: self._guide,
            Screen.HELP: self._help,
            Screen.FAREWELL: self._farewell,
            Screen.OUT_OF_SERVICE: self._out_of_service,
            Screen.HELPING: helping_page,
            Screen.NOTICE: self._notice,
            Screen.SIGN_IN: sign_in_page,
            Screen.FACE_CONSENT: face_consent_page,
            Screen.FACE: face_page,
            Screen.STAFF_SIGN_IN: self._staff,
            Screen.STAFF: self._staff,
            Screen.AGREEMENT: agreement_page,
        }
        page = pages.get(now.screen)
        if page is not None:
            return page(now, words)
        if now.session is not None and now.session.matter is not None:
            return MatterPages(self._clock, words).page(now, now.session, now.session.matter)
        return StartingView(words.say("starting.sentence"))

    # Lists of matters

    @staticmethod
    def _reason(words: Words, ready: Readiness) -> str:
        if ready.province_says is not None:
            return ready.province_says.read(words.language)
        return words.say(ready.reason if words.knows(ready.reason) else "readiness.without_other")

    def _readiness_text(self, words: Words, ready: Readiness) -> str:
        if ready.finish is Finish.NOT_HERE:
            return words.say("readiness.not_here", reason=self._reason(words, ready))
        return self._reason(words, ready) if ready.reason else words.say("readiness.finish_here")

    def _attract(self, now: Situation, words: Words) -> AttractView:
        language = words.language
        ready = [(item, now.readiness_of(item)) for item in now.home_items()]
        usable = [item for item, one in ready if one.can_start]
        unavailable = [self._not_today(now, words, item, one) for item, one in ready if not one.can_start]
        campaign = now.news.campaign if now.news is not None else None
        return AttractView(
            matters_now=len(usable),
            top_matters=tuple(item.title.read(language) for item in usable[:_TOP_MATTERS]),
            unavailable=tuple(unavailable[:_UNAVAILABLE_ON_ATTRACT]),
            news=self._news(now, language, emergency=False)[:_NEWS_ON_ATTRACT],
            emergencies=(
                *self._left_behind(now, words),
                *self._news(now, language, emergency=True)[:_EMERGENCIES_ON_ATTRACT],
            ),
            app_code=campaign.address if campaign is not None else "",
            app_caption=campaign.caption.read(language) if campaign is not None else "",
        )

    def _not_today(self, now: Situation, words: Words, item: Item, ready: Readiness) -> str:
        """What cannot be done, and where it can; where nobody knows that, why not."""
        title, place = item.title.read(words.language), Nearest(self._clock, words).place_for(now, item)
        if place:
            return words.say("attract.unavailable_elsewhere", matter=title, place=place)
        return words.say("attract.unavailable", matter=title, reason=self._reason(words, ready))

    @staticmethod
    def _left_behind(now: Situation, words: Words) -> tuple[str, ...]:
        """What is called out when somebody has gone without her card stands there to be read too."""
        return (words.say("farewell.take_card"),) if now.card_present or now.social_card_present else ()

    def _news(self, now: Situation, language: str, *, emergency: bool) -> tuple[str, ...]:
        """What has begun and not ended, by the terminal's own clock: a recall that never comes ends too."""
        moment = rfc3339(self._clock.utc_now())
        lines = now.news.lines if now.news is not None else []
        return tuple(
            line.text.read(language) for line in lines if line.emergency is emergency and line.is_due(moment)
        )

    def _home(self, now: Situation, words: Words) -> HomeView:
        items = now.home_items()
        pages = max(1, -(-len(items) // ROWS_ON_HOME))
        page = min(now.home_page, pages - 1)
        return HomeView(
            rows=tuple(
                self._row(now, words, item) for item in items[page * ROWS_ON_HOME : (page + 1) * ROWS_ON_HOME]
            ),
            page=page + 1,
            pages=pages,
        )

    def _row(self, now: Situation, words: Words, item: Item) -> MatterRow:
        ready = now.readiness_of(item)
        return MatterRow(
            code=item.code,
            title=item.title.read(words.language),
            leaves_with=item.leaves_with.read(words.language),
            finish=ready.finish.value,
            readiness=self._readiness_text(words, ready),
            can_start=ready.can_start,
            nearest="" if ready.can_start else Nearest(self._clock, words).for_item(now, item, short=True),
        )

    def _guide(self, now: Situation, words: Words) -> GuideView:
        item = now.guide_item
        if item is None:
            raise RuntimeError("the guide is of an item")
        ready, language = now.readiness_of(item), words.language
        elsewhere = item.elsewhere.read(language) if item.elsewhere is not None else ""
        return GuideView(
            title=item.title.read(language),
            summary=item.summary.read(language),
            needs=tuple(need.read(language) for need in item.needs),
            steps=len(item.steps),
            minutes=item.minutes,
            leaves_with=item.leaves_with.read(language),
            finish=ready.finish.value,
            readiness=self._readiness_text(words, ready),
            can_start=ready.can_start,
            alternative="" if ready.can_start else elsewhere,
            nearest="" if ready.can_start else Nearest(self._clock, words).for_item(now, item),
            for_others=may_be_helped(now),
        )

    # Before the questions

    @staticmethod
    def _notice(now: Situation, words: Words) -> NoticeView:
        session = now.session
        if session is None or session.matter is None:
            raise RuntimeError("a notice goes before a matter")
        notice, language = now.notice_of(session.matter.item), words.language
        return NoticeView(
            matter=session.matter.item.title.read(language),
            lines=tuple(line.read(language) for line in notice.lines),
            whole=tuple(paragraph.read(language) for paragraph in notice.whole),
            version=notice.version,
            whole_shown=session.whole_notice,
        )

    @staticmethod
    def _staff(now: Situation, words: Words) -> StaffSignInView | StaffView:
        visit = now.session.staff if now.session is not None else None
        if visit is None:
            raise RuntimeError("a screen for staff without a visit")
        return staff_board(visit, words) if now.screen is Screen.STAFF else staff_sign_in(visit, words)

    # Around a session

    def _help(self, now: Situation, words: Words) -> HelpView:
        site, session = now.facts.site, now.session
        item = now.batch.find(now.facts.call_back_item) if now.batch is not None else None
        offered = item is not None and now.readiness_of(item).can_start
        window, window_open = Nearest(self._clock, words).window(now)
        return HelpView(
            hotline=words.say("help.hotline"),
            hotline_hours=words.say("help.hotline_hours"),
            keeper=site.keeper,
            keeper_telephone=site.keeper_telephone,
            window=window,
            window_hours=site.staffed_window_hours,
            address=site.address,
            call_back_matter=item.code if item is not None and offered else "",
            window_open=window_open,
            can_hand_over=may_hand_over(now.session),
            staff_offered=session is not None and session.lets_staff_in,
        )

    @staticmethod
    def _farewell(now: Situation, words: Words) -> FarewellView:
        farewell = now.farewell
        if farewell is None:
            raise RuntimeError("a farewell ends a session")
        until = said_day(farewell.draft_until, words)
        return FarewellView(
            cleared=farewell.cleared,
            take_card=now.card_present,
            take_social_card=now.social_card_present,
            take_paper=farewell.paper,
            draft=words.say("farewell.draft_kept", day=until) if until else "",
        )

    def _out_of_service(self, now: Situation, words: Words) -> OutOfServiceView:
        """A fault is said before a planned stop: somebody has to mend it."""
        site = now.facts.site
        if stopped_by(now) or now.planned_stop is None:
            reason = words.say(f"error.{stopped_by(now)}")
            began = now.out_of_service_since if now.out_of_service else now.blocked_since
        else:
            planned = now.planned_stop.read(words.language)
            reason, began = words.say("out_of_service.planned", reason=planned), now.planned_stop_since
        since = ""
        if began:
            moment = in_china(parse_rfc3339(began)).strftime("%m-%d %H:%M")
            since = words.say("out_of_service.since", since=moment)
        who = (
            words.say("out_of_service.who", keeper=site.keeper)
            if site.keeper
            else words.say("out_of_service.who_unknown")
        )
        elsewhere = Nearest(self._clock, words).for_anything(now)
        nearest = words.say("out_of_service.nearest_unknown")
        if elsewhere is not None:
            nearest = elsewhere.sentence
        elif site.staffed_window:
            nearest = words.say("out_of_service.nearest", place=site.staffed_window)
        return OutOfServiceView(
            reason=reason,
            since=since,
            who=who,
            nearest=nearest,
            error_code=stopped_by(now),
            address=elsewhere.address if elsewhere is not None else "",
        )


def _signed_in_as(session: CitizenSession, words: Words) -> str:
    return signed_in_for(session, words) or signed_in_words(session, words)
