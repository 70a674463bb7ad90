"""Words a third longer than ours, with accents and brackets, find their place on every screen."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import qmlEngine

from kiosk_app.terminal.aids import Aids, Language
from screens.application import ScreenApplication
from screens.gallery import FORMS, settle
from screens.inspection import faults, is_text, items, text_of
from screens.samples import Samples

ACCENTS = str.maketrans("aeiouAEIOU", "âêîôûÂÊÎÔÛ")
LONGER_BY = 0.35
LEFT_ALONE = frozenset(
    {
        "app_code",
        "call_back_matter",
        "card",
        "case_number",
        "clock",
        "code",
        "document",
        "error_code",
        "field",
        "finish",
        "hotline",
        "picture",
        "receipt_number",
        "slip",
        "telephone",
        "telephone_code",
        "tone",
        "typed",
        "value",
        "version",
        "widget",
    }
)
"""What is not said in words: numbers, codes, states."""


def longer(words: str) -> str:
    """These words in a language that needs a third more room; %1 stays where it is."""
    if not any(character.isalpha() for character in words):
        return words
    extra = max(1, round(len(words) * LONGER_BY) - 2)
    filling = "ǝ" * extra if words.isascii() else "字" * extra
    parts = [filling[place : place + 6] for place in range(0, len(filling), 6)]
    return f"[{words.translate(ACCENTS)}{' '.join(['', *parts]) if words.isascii() else ''.join(parts)}]"


class Longer(QTranslator):
    """Makes everything longer that the screens themselves say, in the language that they have."""

    def __init__(self, english: QTranslator | None) -> None:
        super().__init__()
        self._english = english

    def isEmpty(self) -> bool:  # noqa: N802 -- Qt's name
        """It has a word for everything."""
        return False

    def translate(self, context: str, text: str, note: str | None = None, count: int = -1) -> str:
        """The words in the language of the screens, longer."""
        said = self._english.translate(context, text, note, count) if self._english else ""
        return longer(said or text)


def lengthened(value: Any, name: str = "") -> Any:
    """A view whose words are longer: matters, words of the machine, what is offered."""
    if name in LEFT_ALONE or isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return longer(value)
    if isinstance(value, tuple):
        return tuple(lengthened(each, name) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Aids):
            return value
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **{key: lengthened(each, key) for key, each in fields.items()})
    return value


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("language", list(Language))
def test_words_a_third_longer_find_their_place(qapp: QGuiApplication, form: str, language: Language) -> None:
    shape, samples = FORMS[form], Samples(language)
    screens = ScreenApplication(
        lambda _: None,
        physical_width_mm=shape.width_mm,
        window_size=shape.size,
        fullscreen=False,
        motion=False,
        language=language,
    )
    english = None
    if language is Language.ENGLISH:
        english = QTranslator()
        assert english.load("screens/words/en.qm")
    translator = Longer(english)
    QCoreApplication.installTranslator(translator)
    found = []
    try:
        engine = qmlEngine(screens.window)
        assert engine is not None
        engine.retranslate()
        for number, name in enumerate(samples.names()):
            view = samples.view(name, number)
            screens.bridge.publish(lengthened(view))
            settle(screens)
            screens.writing.show(*samples.writing(name))
            settle(screens)
            shown = [text_of(item) for item in items(screens.window.contentItem()) if is_text(item)]
            assert any(words.endswith("]") for words in shown), "nothing has become longer"
            found += [f"{name}: {fault}" for fault in faults(screens.window, view.aids)]
    finally:
        QCoreApplication.removeTranslator(translator)
        screens.close()
    assert not found, "\n".join(found)
