"""A view without the person: what somebody who is not at the terminal may be shown of its screen.

What a person gave, was told or chose is replaced by 示例. What belongs to the matter stays, so that it can be
seen where she stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import assert_never

from kiosk_app.terminal.consent_views import FaceConsentView, NoticeView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.helping_views import AgreementView, HelpingView
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.staff_views import StaffSignInView, StaffView
from kiosk_app.terminal.views import (
    CheckView,
    Fact,
    FarewellView,
    GuideView,
    HelpView,
    HomeView,
    Option,
    OutOfServiceView,
    ProgressView,
    QuestionView,
    RatingView,
    ResultView,
    ScreenView,
    SignInView,
    StartingView,
    View,
)

EXAMPLE = "示例"


def without_person(view: View) -> View:
    """The same view with nothing of a person in it: no value, no choice, no number, no code, no picture."""
    return replace(
        view, top=replace(view.top, signed_in_as=_hidden(view.top.signed_in_as)), body=_body(view.body)
    )


def words_of_person(view: View) -> frozenset[str]:
    """What may not be heard by others: all that :func:`without_person` replaces, but for answers to choose
    from that the matter offers to everybody.
    """
    if isinstance(view.body, QuestionView):
        hers = tuple(option for option in view.body.options if option.of_person)
        view = replace(view, body=replace(view.body, options=hers))
    return frozenset(_replaced(view, without_person(view)))


def _replaced(one: object, other: object) -> Iterator[str]:
    """The texts of one value that are not in the same place of the other."""
    if isinstance(one, str):
        if one and one != other:
            yield one
    elif isinstance(one, tuple) and isinstance(other, tuple):
        for mine, its in zip(one, other, strict=True):
            yield from _replaced(mine, its)
    elif is_dataclass(one):
        for each in fields(one):
            yield from _replaced(getattr(one, each.name), getattr(other, each.name))


def _body(body: ScreenView) -> ScreenView:
    match body:
        case QuestionView():
            return _question(body)
        case AgreementView():
            return replace(body, helper=EXAMPLE, person=EXAMPLE)
        case CheckView():
            rows = tuple(replace(row, value=_hidden(row.value)) for row in body.rows)
            return replace(body, rows=rows)
        case ResultView():
            return _result(body)
        case RatingView():
            return replace(body, levels=_unchosen(body.levels), tags=_unchosen(body.tags))
        case (
            StartingView()
            | AttractView()
            | HomeView()
            | GuideView()
            | HelpingView()
            | NoticeView()
            | SignInView()
            | FaceConsentView()
            | FaceView()
            | ProgressView()
            | HelpView()
            | FarewellView()
            | OutOfServiceView()
            | StaffSignInView()
            | StaffView()
        ):
            return body
        case _:
            assert_never(body)


def _question(body: QuestionView) -> QuestionView:
    """An option may name a case or a relative of hers, and a problem what she typed."""
    options = tuple(
        Option(str(number), EXAMPLE, _hidden(each.hint)) for number, each in enumerate(body.options)
    )
    return replace(
        body,
        options=options,
        facts=_facts(body.facts),
        typed="",
        problem=_hidden(body.problem),
        picture=b"",
    )


def _result(body: ResultView) -> ResultView:
    return replace(
        body,
        explanation=_hidden(body.explanation),
        receipt_number=_hidden(body.receipt_number),
        case_number=_hidden(body.case_number),
        facts=_facts(body.facts),
        next_steps=tuple(EXAMPLE for _ in body.next_steps),
        code=_hidden(body.code),
    )


def _facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(replace(fact, value=EXAMPLE) for fact in facts)


def _unchosen(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(replace(option, chosen=False) for option in options)


def _hidden(text: str) -> str:
    return EXAMPLE if text else ""
