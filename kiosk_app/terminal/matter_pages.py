"""The pages of one matter: question, check, progress, result, rating."""

from __future__ import annotations

from contract.items import Item, Source, Step, StepWidget
from contract.rating_tags import RatingTag, tags_of
from contract.sets import ItemKind, OfflineRule, Satisfaction
from foundation.clock import Clock, in_china, parse_rfc3339
from kiosk_app.matters.answering import (
    AUTHORITY_CHECKS,
    NO,
    TAKE,
    YES,
    checked_fields,
    identity_answers,
    identity_value,
    masked,
    offered_answers,
    shown_value,
)
from kiosk_app.matters.days import said_day
from kiosk_app.terminal.capture_page import capture_help, capture_options
from kiosk_app.terminal.handing_over import may_hand_over
from kiosk_app.terminal.nearest import Nearest
from kiosk_app.terminal.organisations import acting_in, people_of
from kiosk_app.terminal.result_pages import ResultPages, grouped
from kiosk_app.terminal.resume_page import beginning_page
from kiosk_app.terminal.session import CitizenSession, Matter
from kiosk_app.terminal.situation import ROWS_ON_CHECK, Situation
from kiosk_app.terminal.views import (
    AnswerRow,
    CheckView,
    Fact,
    Option,
    ProgressView,
    QuestionView,
    RatingView,
    Screen,
    ScreenView,
    Widget,
)
from words import Words

_SAY_WHAT_AFTER_S = 2.0
_OTHER_WAY_AFTER_S = 10.0
_CHANGES_SAID = 2
"""More at once is noise: the newest."""


class MatterPages:
    """Draws the pages of a matter in one language."""

    def __init__(self, clock: Clock, words: Words) -> None:
        self._clock = clock
        self._words = words
        self._language = words.language
        self._results = ResultPages(words, Nearest(clock, words))

    def page(self, now: Situation, session: CitizenSession, matter: Matter) -> ScreenView:
        """The page of the screen that is shown."""
        if now.screen is Screen.QUESTION:
            return self._question(now, session, matter)
        if now.screen is Screen.CHECK:
            return self._check(now, session, matter)
        if now.screen is Screen.PROGRESS:
            return self._progress(now, matter)
        if now.screen is Screen.RATING:
            return self._rating(matter)
        return self._results.page(now, matter)

    def _title(self, matter: Matter) -> str:
        return matter.item.title.read(self._language)

    # Question

    def _question(self, now: Situation, session: CitizenSession, matter: Matter) -> QuestionView:
        if matter.draft is not None:
            return beginning_page(matter, matter.draft, self._words)
        step, language = matter.step, self._language
        typed = step.widget in (StepWidget.DIGITS, StepWidget.DATE, StepWidget.TEXT)
        options = self._options(now, session, matter)
        return QuestionView(
            matter=self._title(matter),
            step=matter.step_index + 1,
            steps=len(matter.item.steps),
            question=step.question.read(language),
            help=self._with_change(matter, self._question_help(matter)),
            widget=self._widget(step),
            options=options,
            facts=self._facts(session, matter),
            source=self._source(session, matter),
            typed=matter.typed,
            maximum_length=8 if step.widget is StepWidget.DATE else step.maximum_length,
            allow_x=step.allow_x,
            optional=step.optional,
            problem=self._problem(matter),
            can_go_on=bool(matter.typed)
            if typed and not any(option.chosen for option in options)
            else bool(matter.answers.get(step.field)),
            picture=matter.capture.picture if matter.capture is not None else b"",
            drawing="paper_under_camera"
            if step.widget is StepWidget.CAPTURE and any(option.value == TAKE for option in options)
            else "",
        )

    @staticmethod
    def _widget(step: Step) -> Widget:
        if step.widget in (StepWidget.CONFIRM, StepWidget.LICENCE, StepWidget.CAPTURE):
            return Widget.CONFIRM
        if step.widget is StepWidget.OWN_CASE:
            return Widget.CHOICE
        return Widget(step.widget.value)

    def _question_help(self, matter: Matter) -> str:
        step = matter.step
        if step.widget is StepWidget.CAPTURE:
            return capture_help(matter, self._words)
        if step.widget is StepWidget.LICENCE:
            if matter.licence_pending == step.field:
                return self._words.say("progress.fetching_licence")
            if matter.licence is not None:
                return self._words.say("question.licence_found")
            answered = step.field in matter.licences
            return self._words.say("question.licence_none" if answered else "question.licence_offline")
        if matter.own_cases_failed:
            return ""
        if step.widget is StepWidget.OWN_CASE and not matter.own_cases:
            return self._words.say(
                "question.fetching_cases" if matter.own_cases is None else "question.no_cases"
            )
        return step.help.read(self._language) if step.help is not None else ""

    def _with_change(self, matter: Matter, help_text: str) -> str:
        """What became otherwise is read before the help of the question."""
        said = [self._words.say(word) for word in matter.changed.values()]
        return "\n".join(part for part in (*said[-_CHANGES_SAID:], help_text) if part)

    def _problem(self, matter: Matter) -> str:
        if matter.own_cases_failed:
            return self._words.say(f"error.{matter.own_cases_failed}")
        if not matter.problem:
            return ""
        own = matter.step.problem
        if own is not None and matter.problem == "question.does_not_fit":
            return own.read(self._language)
        return self._words.say(matter.problem)

    def _own_cases(self, now: Situation, matter: Matter) -> tuple[Option, ...]:
        """The person's cases: what each is and where it stands; the slip's number tells two alike apart."""
        rows = []
        for case in (own.case for own in matter.own_cases or ()):
            item = now.batch.find(case.item_code) if now.batch is not None else None
            title = item.title.read(self._language) if item is not None else case.item_code
            state = case.state.en if self._language == "en" else case.state.zh
            received = in_china(parse_rfc3339(case.received_at)).strftime("%Y-%m-%d")
            hint = self._words.say(
                "question.own_case", receipt=grouped(case.receipt_number), received=received
            )
            rows.append(Option(case.case_id, f"{title} · {state}", hint, of_person=True))
        return tuple(rows)

    def _suggestions(self, session: CitizenSession, matter: Matter) -> tuple[Option, ...]:
        """What may be chosen instead of writing: what the identity says, masked, then what the item says."""
        step, language = matter.step, self._language
        identity = session.signed_in.identity if session.signed_in is not None else None
        offered, answer = offered_answers(step, identity), matter.answers.get(step.field)
        labels = {option.value: option.label.read(language) for option in step.options}
        return tuple(
            Option(
                value,
                labels.get(value) or masked(Source(value), offered[value]),
                "" if value in labels else self._identity_source(session),
                chosen=offered[value] == answer,
                of_person=value not in labels,
            )
            for value in (*(source.value for source in step.suggestions), *labels)
            if value in offered
        )

    def _options(self, now: Situation, session: CitizenSession, matter: Matter) -> tuple[Option, ...]:
        step, say = matter.step, self._words.say
        if step.widget is StepWidget.CAPTURE:
            return capture_options(matter, self._words)
        if step.widget is StepWidget.CONFIRM:
            return (Option(YES, say("question.yes")), Option(NO, say("question.no")))
        if step.widget is StepWidget.LICENCE:
            if matter.licence_pending == step.field:
                return ()
            checks = Option(AUTHORITY_CHECKS, say("question.authority_checks"))
            return (Option(YES, say("question.yes")), checks) if matter.licence is not None else (checks,)
        if step.widget is StepWidget.OWN_CASE:
            return self._own_cases(now, matter)
        if step.widget is StepWidget.TEXT:
            return self._suggestions(session, matter)
        answer = matter.answers.get(step.field, "")
        return tuple(
            Option(
                option.value,
                option.label.read(self._language),
                option.hint.read(self._language) if option.hint is not None else "",
                chosen=option.value in answer if isinstance(answer, list) else option.value == answer,
            )
            for option in step.options
        )

    def _facts(self, session: CitizenSession, matter: Matter) -> tuple[Fact, ...]:
        step, language = matter.step, self._language
        if step.widget is StepWidget.LICENCE and matter.licence is not None:
            licence = matter.licence
            return (
                Fact(licence.title.read(language), licence.number),
                Fact(self._words.say("licence.issued_by"), licence.issued_by.read(language)),
            )
        if step.widget is StepWidget.CONFIRM and session.signed_in is not None:
            about = matter.item.fields[step.field]
            value = identity_value(about.source, session.signed_in.identity)
            return (Fact(about.label.read(language), masked(about.source, value)),)
        return ()

    def _source(self, session: CitizenSession, matter: Matter) -> str:
        if matter.step.widget is StepWidget.LICENCE:
            return self._words.say("source.licence")
        if matter.step.widget is StepWidget.CONFIRM:
            return self._identity_source(session)
        return ""

    def _identity_source(self, session: CitizenSession) -> str:
        by_card = session.signed_in is not None and bool(session.signed_in.sam_number)
        return self._words.say("source.card" if by_card else "source.code")

    # Check

    def _check(self, now: Situation, session: CitizenSession, matter: Matter) -> CheckView:
        rows = self._check_rows(session, matter)
        pages = max(1, -(-len(rows) // ROWS_ON_CHECK))
        page = min(matter.check_page, pages - 1)
        item = matter.item
        return CheckView(
            matter=self._title(matter),
            rows=tuple(rows[page * ROWS_ON_CHECK : (page + 1) * ROWS_ON_CHECK]),
            page=page + 1,
            pages=pages,
            declaration=item.declaration.read(self._language) if item.declaration is not None else "",
            submit_label=item.submit_label.read(self._language),
            offline_note=(note := self._how_it_stands(now, session, matter)),
            can_hand_over=bool(note) and may_hand_over(session),
        )

    def _how_it_stands(self, now: Situation, session: CitizenSession, matter: Matter) -> str:
        """What is not as it was promised, or not as usual, before anybody submits; empty when all is."""
        if not now.connected:
            return self._offline_note(session, matter)
        ready = now.readiness_of(matter.item)
        reasons = [*matter.changed.values()] or [ready.reason] * ready.can_start
        return "\n".join(self._words.say(reason) for reason in reasons[-_CHANGES_SAID:] if reason)

    def _offline_note(self, session: CitizenSession, matter: Matter) -> str:
        """What is said in the place of "submitted"."""
        kept_until = session.drafts.get(matter.item.code, "")
        if matter.item.offline is OfflineRule.SUBMIT:
            return self._words.say("check.offline_note")
        if kept_until:
            return self._words.say("check.draft_note", day=said_day(kept_until, self._words))
        return self._words.say("change.line_lost_never")

    def _check_rows(self, session: CitizenSession, matter: Matter) -> list[AnswerRow]:
        item, language = matter.item, self._language
        identity = session.signed_in.identity if session.signed_in is not None else None
        rows = self._organisation_rows(session, item)
        rows += [
            AnswerRow(
                field=field,
                label=item.fields[field].label.read(language),
                value=masked(item.fields[field].source, value if isinstance(value, str) else ""),
                source=self._identity_source(session),
                can_change=False,
            )
            for field, value in identity_answers(item, identity).items()
        ]
        shown = checked_fields(item, identity, matter.answers)
        rows += [
            AnswerRow(
                field=step.field,
                label=item.fields[step.field].label.read(language),
                value=self._shown(matter, step),
                source=self._answer_source(session, matter, step),
                can_change=True,
            )
            for step in item.steps
            if step.field in shown
        ]
        return rows

    def _organisation_rows(self, session: CitizenSession, item: Item) -> list[AnswerRow]:
        """For whom it is handed in, and by whom, where it is for an organisation."""
        acting, signed_in = acting_in(item, session.signed_in), session.signed_in
        if acting is None or signed_in is None:
            return []
        source = self._words.say("source.licence_code")
        people = people_of(acting.organisation.name, signed_in.identity.name, acting, self._words)
        return [
            AnswerRow(field="", label=label, value=value, source=source, can_change=False)
            for label, value in people
        ]

    def _shown(self, matter: Matter, step: Step) -> str:
        answer = matter.answers.get(step.field)
        if answer is None:
            return self._words.say("check.not_answered")
        if answer == AUTHORITY_CHECKS:
            return self._words.say("question.authority_checks")
        if step.widget is StepWidget.CAPTURE:
            return self._words.say("capture.kept")
        return shown_value(matter.item, step, answer, self._language, matter.licences.get(step.field))

    def _answer_source(self, session: CitizenSession, matter: Matter, step: Step) -> str:
        if matter.answers.get(step.field, AUTHORITY_CHECKS) == AUTHORITY_CHECKS:
            return ""
        if step.widget is StepWidget.LICENCE:
            return self._words.say("source.licence")
        return self._identity_source(session) if step.widget is StepWidget.CONFIRM else ""

    # Progress

    def _progress(self, now: Situation, matter: Matter) -> ProgressView:
        say = self._words.say
        waited_s = self._clock.monotonic_s() - matter.waiting_since_s
        if matter.handed is not None:
            sentence = say("progress.submitting")
        elif matter.item.kind is ItemKind.QUERY and matter.result is None:
            sentence = say("progress.querying")
        else:
            sentence = say("progress.saving")
        asking_province = matter.handed is not None or (
            matter.item.kind is ItemKind.QUERY and matter.result is None
        )
        return ProgressView(
            matter=self._title(matter),
            sentence=sentence,
            waiting_for=say("progress.waiting_for_province")
            if waited_s >= _SAY_WHAT_AFTER_S and asking_province and now.connected
            else "",
            other_way=say("progress.other_way") if waited_s >= _OTHER_WAY_AFTER_S and asking_province else "",
        )

    # Rating

    def _rating(self, matter: Matter) -> RatingView:
        level = matter.level
        tags = tags_of(level) if level is not None else ()
        return RatingView(
            matter=self._title(matter),
            levels=tuple(
                Option(one.value, self._words.say(f"satisfaction.{one.value}"), chosen=one is level)
                for one in Satisfaction
            ),
            tags=tuple(
                Option(tag, RatingTag(tag).read(self._language), chosen=tag in matter.tags) for tag in tags
            ),
            can_send=level is not None and not matter.thanked,
            thanked=matter.thanked,
        )
