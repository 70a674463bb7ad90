"""The page of what came of a matter: submitted, saved here, found, failed, or applied for before."""

from __future__ import annotations

from dataclasses import replace

from contract.answers import EarlierCase
from contract.sets import CaseState, QueryOutcome
from foundation.errors import Errors
from kiosk_app.matters.days import said_day
from kiosk_app.terminal.handing_over import may_hand_over
from kiosk_app.terminal.nearest import Nearest
from kiosk_app.terminal.papers import document_missing, may_hear, may_print, may_print_document, without_paper
from kiosk_app.terminal.readiness import SLIP
from kiosk_app.terminal.session import Handed, Matter
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.views import (
    Fact,
    ResultView,
    SlipState,
)
from words import Words

_WITH_A_DRAFT = {
    Errors.ITEM_NOT_OFFLINE.code: "result.draft_kept",
    Errors.PROOF_ELSEWHERE.code: "result.to_the_window",
}
"""What is said where nothing was handed in and what was filled in is kept."""
_APPLIED_BEFORE = {
    "place": "result.applied_before_where",
    "when": "result.applied_before_when",
    "helped": "result.applied_before_helped",
}


class ResultPages:
    """Draws the result in one language."""

    def __init__(self, words: Words, nearest: Nearest) -> None:
        self._words = words
        self._nearest = nearest
        self._language = words.language

    def page(self, now: Situation, matter: Matter) -> ResultView:
        """The result of ``matter`` as it stands."""
        if matter.earlier is not None:
            return self._applied_before(matter, matter.earlier)
        if matter.for_window is not None:
            return self._for_window(now, matter, matter.for_window)
        if matter.handed is None:
            kept_until = now.session.drafts.get(matter.item.code, "") if now.session is not None else ""
            failed = self._failed(matter, kept_until)
            return replace(failed, can_hand_over=may_hand_over(now.session))
        handed = matter.handed
        tone, headline, explanation = self._outcome(matter, handed)
        slip_missing = SLIP not in now.capabilities
        no_paper = without_paper(matter, now.capabilities)
        return ResultView(
            matter=self._title(matter),
            tone=tone,
            headline=headline,
            explanation=explanation,
            state=self._state(handed),
            receipt_number=grouped(handed.receipt_number),
            case_number=handed.case_number,
            facts=self._result_facts(handed),
            next_steps=tuple(step.read(self._language) for step in matter.item.next_steps),
            slip=matter.slip,
            slip_text=self._slip_text(matter, slip_missing=slip_missing),
            can_print=not slip_missing
            and may_print(matter, handed)
            and matter.slip in (SlipState.NONE, SlipState.NOT_DONE),
            can_retry=False,
            document=matter.document,
            document_text=self._document_text(now, matter),
            can_hear_slip=may_hear(matter, handed, now),
            can_print_document=may_print_document(matter, now.capabilities),
            code=now.appearance.on_page(handed.code) if no_paper else "",
            slip_elsewhere=self._nearest.for_slip(now) if no_paper else "",
        )

    def _failed(self, matter: Matter, kept_until: str) -> ResultView:
        not_accepted = matter.failed_code == Errors.ANSWER_NOT_ACCEPTED.code
        explanation, says = f"error.{matter.failed_code}", matter.failed_says
        if not_accepted:
            explanation = "result.identity_does_not_fit"
        elif kept_until and matter.failed_code in _WITH_A_DRAFT:
            explanation = _WITH_A_DRAFT[matter.failed_code]
        return ResultView(
            matter=self._title(matter),
            tone="attention",
            headline=self._words.say("result.not_submitted"),
            explanation=says.read(self._language)
            if says is not None
            else self._words.say(explanation, day=said_day(kept_until, self._words)),
            state="",
            receipt_number="",
            case_number="",
            facts=(),
            next_steps=(),
            slip=SlipState.NONE,
            slip_text="",
            can_print=False,
            can_retry=not not_accepted and says is None,
        )

    def _for_window(self, now: Situation, matter: Matter, form: Handed) -> ResultView:
        """Nothing was handed in: what to take along, to which window, and until when."""
        say = self._words.say
        window, is_open = self._nearest.window(now)
        explanation = "there" if form.state is CaseState.SUBMITTED else "saved"
        slip_missing = SLIP not in now.capabilities
        where = [say("result.for_window_where", window=window, open=is_open)] if window and is_open else []
        papers = [say("result.for_window_papers")] if matter.attachments else []
        return ResultView(
            matter=self._title(matter),
            tone="waiting",
            headline=say("result.for_window"),
            explanation=say(f"result.for_window_{explanation}", until=said_day(form.deadline, self._words)),
            state="",
            receipt_number=grouped(form.receipt_number),
            case_number="",
            facts=(),
            next_steps=(say("result.for_window_bring"), *papers, *where),
            slip=matter.slip,
            slip_text=self._slip_text(matter, slip_missing=slip_missing),
            can_print=not slip_missing and matter.slip in (SlipState.NONE, SlipState.NOT_DONE),
            can_retry=False,
            can_hear_slip=may_hear(matter, form, now),
            code=now.appearance.on_page(form.code),
            for_window=True,
        )

    def _applied_before(self, matter: Matter, earlier: EarlierCase) -> ResultView:
        where = "place" if earlier.place else "when" if earlier.submitted_on else "helped"
        state = earlier.state.en if self._language == "en" else earlier.state.zh
        return ResultView(
            matter=self._title(matter),
            tone="done",
            headline=self._words.say("result.applied_before"),
            explanation=self._words.say(
                _APPLIED_BEFORE[where],
                place=earlier.place,
                day=said_day(earlier.submitted_on, self._words),
                receipt=grouped(earlier.receipt_number),
            ),
            state=state,
            receipt_number=grouped(earlier.receipt_number),
            case_number=earlier.case_no,
            facts=(),
            next_steps=(),
            slip=SlipState.NONE,
            slip_text="",
            can_print=False,
            can_retry=False,
        )

    def _outcome(self, matter: Matter, handed: Handed) -> tuple[str, str, str]:
        say, language = self._words.say, self._language
        if handed.refused_code and handed.query is None:
            return "attention", say("result.not_submitted"), self._refusal(handed.refused_code)
        if handed.query is not None:
            explanation = handed.query.explanation.read(language) if handed.query.explanation else ""
            if handed.query.outcome is QueryOutcome.FOUND:
                return "done", say("result.found"), explanation
            return "attention", say(f"result.{handed.query.outcome.value}"), explanation
        if handed.again:
            return "done", self._state(handed), self._explained(handed)
        if handed.state is CaseState.SAVED_HERE:
            return "waiting", say("result.saved_here"), self._explained(handed)
        return "done", say("result.submitted"), matter.item.outcome.read(language)

    def _refusal(self, code: str) -> str:
        """A newer platform may have codes that are not in this terminal's words yet."""
        known = self._words.knows(f"error.{code}")
        return self._words.say(f"error.{code if known else Errors.EVENT_REFUSED.code}")

    def _explained(self, handed: Handed) -> str:
        without_date = f"case_state.{handed.state.value}_without_date"
        if not handed.hear_by and self._words.knows(without_date):
            return self._words.say(without_date)
        return self._words.say(
            f"case_state.{handed.state.value}",
            hear_by=said_day(handed.hear_by, self._words),
            receipt=grouped(handed.receipt_number),
        )

    def _state(self, handed: Handed) -> str:
        if handed.refused_code:
            return ""
        return handed.state.en if self._language == "en" else handed.state.zh

    def _result_facts(self, handed: Handed) -> tuple[Fact, ...]:
        if handed.query is None:
            return ()
        return tuple(
            Fact(fact.label.read(self._language), fact.said(self._language)) for fact in handed.query.facts
        )

    def _slip_text(self, matter: Matter, *, slip_missing: bool) -> str:
        say = self._words.say
        if matter.slip_code:
            return say(f"error.{matter.slip_code}")
        if matter.slip is SlipState.NONE:
            return say("slip.on_screen") if slip_missing and matter.item.slip else ""
        return say(f"slip.{matter.slip.value}")

    def _document_text(self, now: Situation, matter: Matter) -> str:
        say, pages = self._words.say, matter.document_pages
        if matter.document_code and matter.document is not SlipState.NONE:
            return say(f"error.{matter.document_code}")
        if document_missing(matter, now.capabilities):
            return say("document.not_here")
        if matter.document is SlipState.NONE:
            return say("document.offered", pages=pages) if pages else ""
        return say(f"document.{matter.document.value}", pages=pages)

    def _title(self, matter: Matter) -> str:
        return matter.item.title.read(self._language)


def grouped(receipt_number: str) -> str:
    """A receipt number of 11 figures as it is shown: 3-4-4."""
    return " ".join(part for part in (receipt_number[:3], receipt_number[3:7], receipt_number[7:]) if part)
