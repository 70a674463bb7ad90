"""Whoever cannot see the screen finds the same on it: every control has a name, and no two the same."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAccessible

from kiosk_app.terminal.aids import Aids, Language
from screens.inspection import is_text, items, text_of
from screens.samples import Samples
from tests.screens.looking import Showing

MODES = [Aids(), Aids(elder=True), Aids(low_reach=True, elder=True)]


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
@pytest.mark.parametrize("aids", MODES, ids=["standard", "elder", "low elder"])
def test_every_control_says_what_it_shows(showing: Showing, language: Language, aids: Aids) -> None:
    faults = []
    for name in Samples(language).names():
        showing.show(name, Samples(language), aids)
        controls = showing.controls()
        faults += [
            f"{name}: two are called {n!r}"
            for n, times in Counter(c.name for c in controls).items()
            if times > 1
        ]
        for control in controls:
            if not control.name.strip():
                faults.append(f"{name}: a control has no name")
            for text in items(control.item):
                if is_text(text) and text_of(text) not in control.name:
                    faults.append(f"{name}: {text_of(text)!r} is shown but not said by {control.name!r}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_every_word_that_is_shown_is_said(showing: Showing, language: Language) -> None:
    faults = []
    for name in Samples(language).names():
        if name == "idle_warning":
            continue
        showing.show(name, Samples(language))
        said = "\n".join(showing.names())
        faults += [
            f"{name}: {text_of(item)!r} is not said"
            for item in items(showing.window.contentItem())
            if is_text(item) and text_of(item) not in said
        ]
    assert not faults, "\n".join(faults)


def test_the_question_is_a_heading_and_what_is_wrong_an_alert(showing: Showing) -> None:
    showing.show("question_identity")
    roles = {node.text(QAccessible.Text.Name): node.role() for node in showing.nodes()}
    assert roles["老人的身份证号码是多少？"] is QAccessible.Role.Heading
    assert roles["号码还差 4 位，请接着按。"] is QAccessible.Role.AlertMessage
    assert roles["420102 19430815"] is QAccessible.Role.EditableText


def test_what_is_ticked_is_said_to_be_ticked(showing: Showing) -> None:
    showing.show("question_several")
    ticked = {
        node.text(QAccessible.Text.Name): bool(node.state().checked)
        for node in showing.nodes()
        if node.role() is QAccessible.Role.CheckBox
    }
    assert ticked == {"发短信": True, "打电话": False, "在任何一台店小二上查": True}


def test_a_date_is_said_as_a_date(showing: Showing) -> None:
    showing.show("question_date")
    assert "2024 年 0 月  日" in showing.names()
