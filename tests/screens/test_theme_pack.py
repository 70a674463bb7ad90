"""The province's pack on the screens: its colours and logos, and the grey of a day of mourning."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage

from contract.theme import in_grey
from kiosk_app.terminal.aids import Aids, Colours
from kiosk_app.terminal.resting import Look
from screens.samples import Samples
from tests.fixtures.themes import DRAWING, LIGHT
from tests.screens.looking import Showing

LOGO = urlsafe_b64encode(DRAWING.encode()).decode()
PACK = Look(
    light=tuple(LIGHT.values()),
    top_line_name="演示标识",
    top_line_logo=LOGO,
    attract_name="演示标识",
    attract_logo=LOGO,
)


def picture(showing: Showing, name: str, look: Look, aids: Aids | None = None) -> QImage:
    showing.publish(replace(Samples().view(name, showing.serial + 1, aids), look=look))
    return showing.window.grabWindow()


def colours_in(image: QImage) -> set[str]:
    """Every twentieth pixel is enough to find the grounds; none is missed that fills a line."""
    return {
        QColor(image.pixel(x, y)).name().upper()
        for y in range(0, image.height(), 7)
        for x in range(0, image.width(), 7)
    }


def _saturation(colour: str) -> int:
    channels = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    return max(channels) - min(channels)


def test_a_second_pack_is_shown_and_taken_off_again(showing: Showing) -> None:
    ours = colours_in(picture(showing, "question_choice", Look()))
    theirs = colours_in(picture(showing, "question_choice", PACK))
    assert {LIGHT["paper"], LIGHT["counter"], LIGHT["river"]} <= theirs
    assert "#FAF7F1" in ours
    assert "#FAF7F1" not in theirs
    assert colours_in(picture(showing, "question_choice", Look())) == ours


def test_the_logo_stands_instead_of_the_sign_and_has_a_name(showing: Showing) -> None:
    picture(showing, "attract", PACK)
    assert showing.names().count("演示标识") == 2
    assert "店小二" not in showing.names()
    picture(showing, "attract", Look())
    assert "店小二" in showing.names()


@pytest.mark.parametrize("name", ["attract", "sign_in", "result_attention", "out_of_service"])
@pytest.mark.parametrize("colours", list(Colours))
def test_on_a_day_of_mourning_nothing_has_a_colour(showing: Showing, name: str, colours: Colours) -> None:
    image = picture(showing, name, replace(PACK, mourning=True), Aids(colours=colours))
    coloured = [shown for shown in colours_in(image) if _saturation(shown) > 1]
    assert coloured == []


def test_the_greys_of_the_screen_are_those_that_were_checked(showing: Showing) -> None:
    shown = colours_in(picture(showing, "question_choice", replace(PACK, mourning=True)))
    assert {in_grey(LIGHT["paper"]), in_grey(LIGHT["counter"]), in_grey(LIGHT["river"])} <= shown


def test_no_pack_takes_high_contrast_away(showing: Showing) -> None:
    high = Aids(colours=Colours.HIGH_CONTRAST)
    ours = picture(showing, "question_choice", Look(), high)
    theirs = picture(showing, "question_choice", replace(PACK, top_line_logo="", attract_logo=""), high)
    assert ours == theirs


def test_the_look_is_no_secret_of_a_person_and_stays_when_she_has_gone(showing: Showing) -> None:
    picture(showing, "question_choice", PACK)
    showing.screens.forget()
    assert LIGHT["paper"] in colours_in(showing.window.grabWindow())
