"""One honest example of every screen, in both languages: for the gallery and for the tests.

The texts are as long as real ones get; names, numbers and places are invented.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.aids import Aids, Language
from kiosk_app.terminal.views import (
    Connection,
    FarewellView,
    IdleWarning,
    Screen,
    ScreenView,
    StartingView,
    TopLine,
    View,
)
from screens import sample_drafts as drafts
from screens import sample_faces as faces
from screens import sample_helping as helping
from screens import sample_matters as matters
from screens import sample_pages as pages
from screens import sample_signing as signed
from screens import sample_staff as staff
from screens import sample_windows as windows
from screens import sample_writing as written
from screens.writing import Line

_NOBODY = (Screen.ATTRACT, Screen.STARTING, Screen.OUT_OF_SERVICE, Screen.FAREWELL)
_STAFF = (Screen.STAFF_SIGN_IN, Screen.STAFF)
_NOT_SIGNED_IN = (*_NOBODY, *_STAFF, Screen.HOME, Screen.GUIDE, Screen.NOTICE, Screen.SIGN_IN)


class Samples:
    """The examples in one language."""

    def __init__(self, language: Language = Language.CHINESE) -> None:
        self._language = language

    def names(self) -> list[str]:
        """Return the name of every example, in the order in which a person meets them."""
        return list(self._bodies())

    def view(self, name: str, serial: int = 1, aids: Aids | None = None) -> View:
        """Return one example as a whole view, in the language of these samples whatever the aids say."""
        screen, body = self._bodies()[name]
        return View(
            serial=serial,
            screen=screen,
            top=self._top(screen, offline="offline" in name, seen=name == "check"),
            body=body,
            aids=replace(aids or Aids(), language=self._language),
            idle_warning=IdleWarning(seconds_left=20) if name == "idle_warning" else None,
            signing=signed.signing(self._say) if name in signed.SIGNED else None,
        )

    def writing(self, name: str) -> tuple[Line, tuple[str, ...]]:
        """Return what is being written on one example, and the ways in which one can write."""
        return written.writing(name)

    def _say(self, chinese: str, english: str) -> str:
        return english if self._language is Language.ENGLISH else chinese

    def _top(self, screen: Screen, *, offline: bool, seen: bool) -> TopLine:
        say = self._say
        return TopLine(
            terminal_name=say("1 号机", "No. 1"),
            place_name=say("江汉区民意街社区", "Minyi Street, Jianghan"),
            clock="21:07",
            connection=Connection.OFFLINE if offline else Connection.CONNECTED,
            connection_text=say("自 21:03 起离线，照常可办", "Offline since 21:03, still open")
            if offline
            else say("21:05远程看过，不含您的信息", "Seen from afar 21:05, not your details")
            if seen
            else say("网络正常", "Connected"),
            signed_in_as=say("*建国", "*Jianguo") if screen not in _NOT_SIGNED_IN else "",
            session_open=screen not in _NOBODY,
            speech_fitted=True,
            signing_offered=True,
            demonstration=True,
        )

    def _bodies(self) -> dict[str, tuple[Screen, ScreenView]]:
        say = self._say
        starting = say("正在打开打印机和读卡器。", "Opening the printer and the card reader.")
        return {
            "starting": (Screen.STARTING, StartingView(starting)),
            "attract": (Screen.ATTRACT, pages.attract(say)),
            "attract_news": (Screen.ATTRACT, pages.attract_news(say)),
            "attract_emergency": (Screen.ATTRACT, pages.attract_emergency(say)),
            "home": (Screen.HOME, pages.home(say)),
            "guide": (Screen.GUIDE, pages.guide(say)),
            "guide_not_here": (Screen.GUIDE, pages.guide_not_here(say)),
            "guide_for_others": (Screen.GUIDE, replace(pages.guide(say), for_others=True)),
            "helping": (Screen.HELPING, helping.helping(say)),
            "sign_in_person": (Screen.SIGN_IN, helping.person_signs_in(say)),
            "agreement": (Screen.AGREEMENT, helping.agreement(say, problem=False)),
            "agreement_problem": (Screen.AGREEMENT, helping.agreement(say, problem=True)),
            "notice": (Screen.NOTICE, pages.notice(say, whole_shown=False)),
            "notice_whole": (Screen.NOTICE, pages.notice(say, whole_shown=True)),
            "sign_in": (Screen.SIGN_IN, pages.sign_in(say, problem=False)),
            "sign_in_signed": (Screen.SIGN_IN, pages.sign_in(say, problem=False)),
            "sign_in_problem": (Screen.SIGN_IN, pages.sign_in(say, problem=True)),
            "face_consent": (Screen.FACE_CONSENT, faces.consent(say)),
            "face_consent_child": (Screen.FACE_CONSENT, faces.consent_of_a_child(say)),
            "face_consent_whole": (Screen.FACE_CONSENT, replace(faces.consent(say), whole_shown=True)),
            "face": (Screen.FACE, faces.looking(say)),
            "face_comparing": (Screen.FACE, faces.comparing(say)),
            "face_problem": (Screen.FACE, faces.not_matched(say)),
            "sign_in_guardian": (Screen.SIGN_IN, faces.guardian_signs_in(say)),
            "sign_in_twice": (Screen.SIGN_IN, pages.sign_in_twice(say)),
            "sign_in_licence": (Screen.SIGN_IN, pages.sign_in_licence(say)),
            "sign_in_social_card": (Screen.SIGN_IN, pages.sign_in_social_card(say)),
            "question_choice": (Screen.QUESTION, matters.choice(say)),
            "question_several": (Screen.QUESTION, matters.several(say)),
            "question_phone": (Screen.QUESTION, matters.phone(say)),
            "question_empty": (Screen.QUESTION, replace(matters.phone(say), typed="", can_go_on=False)),
            "question_changed": (Screen.QUESTION, windows.changed(say)),
            "question_identity": (Screen.QUESTION, matters.identity(say)),
            "question_date": (Screen.QUESTION, matters.date(say)),
            "question_words": (Screen.QUESTION, written.words(say)),
            "question_writing": (Screen.QUESTION, written.words_written(say)),
            "question_writing_empty": (
                Screen.QUESTION,
                replace(written.words_written(say), typed="", can_go_on=False),
            ),
            "question_confirm": (Screen.QUESTION, matters.confirm(say)),
            "question_paper": (Screen.QUESTION, matters.paper(say)),
            "question_paper_signed": (Screen.QUESTION, matters.paper(say)),
            "question_paper_taken": (Screen.QUESTION, matters.paper_taken(say)),
            "check": (Screen.CHECK, matters.check(say)),
            "check_offline": (
                Screen.CHECK,
                replace(matters.check(say), offline_note=matters.offline_note(say), can_hand_over=True),
            ),
            "progress": (Screen.PROGRESS, matters.progress(say, long=False)),
            "progress_long": (Screen.PROGRESS, matters.progress(say, long=True)),
            "result_done": (Screen.RESULT, matters.result_done(say)),
            "result_signed": (Screen.RESULT, matters.result_done(say)),
            "result_offline": (Screen.RESULT, matters.result_offline(say)),
            "result_document": (
                Screen.RESULT,
                replace(
                    matters.result_done(say),
                    document_text=say("可以打印成A4纸，共2页。", "You can print it on A4. Pages: 2."),
                    can_print_document=True,
                ),
            ),
            "result_without_paper": (Screen.RESULT, windows.result_without_paper(say)),
            "result_for_window": (Screen.RESULT, windows.result_for_window(say)),
            "result_attention": (Screen.RESULT, matters.result_attention(say)),
            "rating": (Screen.RATING, matters.rating(say)),
            "rating_tags": (Screen.RATING, matters.rating_tags(say)),
            "rating_thanked": (Screen.RATING, replace(matters.rating_tags(say), thanked=True)),
            "help": (Screen.HELP, pages.human_help(say)),
            "help_signed": (Screen.HELP, pages.human_help(say)),
            "farewell_clearing": (
                Screen.FAREWELL,
                FarewellView(cleared=False, take_card=True, take_paper=True),
            ),
            "farewell": (Screen.FAREWELL, FarewellView(cleared=True, take_card=True, take_paper=True)),
            "farewell_signed": (
                Screen.FAREWELL,
                FarewellView(cleared=True, take_card=True, take_paper=True),
            ),
            "farewell_draft": (
                Screen.FAREWELL,
                FarewellView(cleared=True, take_card=True, take_paper=False, draft=drafts.draft_kept(say)),
            ),
            "question_draft": (Screen.QUESTION, drafts.draft_found(say)),
            "out_of_service": (Screen.OUT_OF_SERVICE, pages.out_of_service(say)),
            "staff_sign_in": (Screen.STAFF_SIGN_IN, staff.scanning(say)),
            "staff_code": (Screen.STAFF_SIGN_IN, staff.typing(say)),
            "staff": (Screen.STAFF, staff.board(say)),
            "idle_warning": (Screen.QUESTION, matters.phone(say)),
        }
