"""A picture of the screen for somebody far away shows nothing of the person: not a word, not a pixel."""

from __future__ import annotations

import base64
import dataclasses
from dataclasses import replace

import cv2
import numpy
import pytest

from contract.payloads import LARGEST_PICTURE
from kiosk_app.terminal.views import (
    AnswerRow,
    CheckView,
    Fact,
    Option,
    QuestionView,
    RatingView,
    ResultView,
    View,
)
from screens.redaction import EXAMPLE, without_person
from screens.redrawn import LARGEST_BYTES, picture_without_person
from screens.samples import Samples

HERS = "欧阳𬱖429999199309220027"
OF_THE_PERSON = {
    QuestionView: {"typed", "options", "facts", "picture", "problem"},
    CheckView: {"rows"},
    ResultView: {"explanation", "receipt_number", "case_number", "facts", "next_steps", "code"},
    RatingView: {"levels", "tags"},
}
OF_THE_MATTER = {
    QuestionView: {
        "matter",
        "step",
        "steps",
        "question",
        "help",
        "widget",
        "source",
        "drawing",
        "placeholder",
        "maximum_length",
        "allow_x",
        "optional",
        "can_go_on",
    },
    CheckView: {"can_hand_over", "matter", "page", "pages", "declaration", "submit_label", "offline_note"},
    ResultView: {
        "can_hand_over",
        "for_window",
        "matter",
        "tone",
        "headline",
        "state",
        "slip",
        "slip_text",
        "can_print",
        "can_retry",
        "document",
        "document_text",
        "can_print_document",
        "can_hear_slip",
        "slip_elsewhere",
    },
    RatingView: {"matter", "can_send", "thanked"},
}


def of_somebody(name: str, hers: str) -> View:
    """An example of a screen with ``hers`` wherever something of a person can stand."""
    view = Samples().view(name)
    body = view.body
    if isinstance(body, QuestionView):
        options = tuple(Option(hers, hers, hers, chosen=True) for _ in body.options)
        body = replace(
            body,
            options=options,
            facts=(Fact("住址", hers),),
            typed=hers,
            problem=hers,
            picture=hers.encode(),
        )
    elif isinstance(body, CheckView):
        body = replace(body, rows=(AnswerRow("name", "姓名", hers, "来自您的身份证", can_change=False),))
    elif isinstance(body, ResultView):
        body = replace(
            body,
            explanation=hers,
            receipt_number=hers,
            case_number=hers,
            facts=(Fact("住址", hers),),
            next_steps=(hers,),
            code=hers,
        )
    return replace(view, top=replace(view.top, signed_in_as=hers), body=body)


@pytest.mark.parametrize("name", Samples().names())
def test_no_word_of_hers_is_in_the_view(name: str) -> None:
    shown = without_person(of_somebody(name, HERS))
    assert HERS not in str(dataclasses.astuple(shown))
    assert HERS.encode() not in getattr(shown.body, "picture", b"")
    assert shown.screen is Samples().view(name).screen


def test_what_stays_is_of_the_matter() -> None:
    check = without_person(of_somebody("check", HERS)).body
    assert isinstance(check, CheckView)
    assert [(row.label, row.value) for row in check.rows] == [("姓名", EXAMPLE)]
    assert check.declaration
    rating = without_person(Samples().view("rating_tags")).body
    assert isinstance(rating, RatingView)
    assert not any(option.chosen for option in (*rating.levels, *rating.tags))


@pytest.mark.parametrize("kind", OF_THE_PERSON)
def test_whoever_adds_a_field_decides_whose_it_is(kind: type) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    assert fields == OF_THE_PERSON[kind] | OF_THE_MATTER[kind]


def test_for_the_wire_it_is_small_and_as_good_as_without_her_too() -> None:
    for name in ("check", "attract"):
        one, other = (
            picture_without_person(of_somebody(name, hers), for_the_wire=True) for hers in (HERS, "王秀英")
        )
        assert one is not None
        assert one == other
        assert len(one) <= LARGEST_BYTES
        drawn = cv2.imdecode(numpy.frombuffer(one, numpy.uint8), cv2.IMREAD_COLOR)
        assert drawn is not None
        assert drawn.shape == (1280, 720, 3)
    assert len(base64.b64encode(bytes(LARGEST_BYTES))) <= LARGEST_PICTURE


def test_the_pictures_of_two_persons_are_the_same() -> None:
    one, other = (picture_without_person(of_somebody("check", hers)) for hers in (HERS, "王秀英"))
    assert one is not None
    assert one == other
    drawn = cv2.imdecode(numpy.frombuffer(one, numpy.uint8), cv2.IMREAD_COLOR)
    assert drawn is not None
    assert drawn.shape == (1920, 1080, 3)
    assert len(numpy.unique(drawn)) > 16, "and there is something to be seen"
