"""手语: shown at the steps for which the province has a clip, to who asked for it, until she has gone."""

from __future__ import annotations

from pathlib import Path

from contract.clips import ClipSheet, decode_clips
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import ClipsChanged
from kiosk_app.terminal.views import Screen
from province_platform.clips import sheet_of
from tests.fakes.kiosk import Kiosk

EXAMPLES = Path("province_platform") / "reference_clips"


def examples() -> ClipSheet:
    return decode_clips(sheet_of(EXAMPLES))


def is_offered(kiosk: Kiosk) -> bool:
    return kiosk.view.top.signing_offered


def caption(kiosk: Kiosk) -> str:
    """What stands under the clip; empty where none is shown."""
    return kiosk.view.signing.caption if kiosk.view.signing is not None else ""


def test_where_the_province_has_none_it_is_not_offered() -> None:
    kiosk = Kiosk()
    assert not is_offered(kiosk)
    kiosk.says(ClipsChanged(examples()))
    assert is_offered(kiosk)
    kiosk.says(ClipsChanged(ClipSheet(sheet_id="nothing")))
    assert not is_offered(kiosk)


def test_it_is_shown_at_its_step_to_who_asked_for_it_and_to_nobody_after_her() -> None:
    kiosk = Kiosk()
    kiosk.says(ClipsChanged(examples()))
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.CHOOSE_MATTER, "pension-payments")
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.AGREE)
    assert kiosk.shows(Screen.SIGN_IN)
    assert not caption(kiosk)
    kiosk.tap(Wish.SIGNING)
    assert caption(kiosk)
    shown = kiosk.view.signing
    assert shown is not None
    assert shown.pictures == (EXAMPLES / "sign_in.webp").read_bytes()
    assert "不是手语" in caption(kiosk)
    kiosk.tap(Wish.LANGUAGE)
    assert "not signing" in caption(kiosk)
    kiosk.tap(Wish.HELP)
    assert not caption(kiosk), "there is none for help"
    kiosk.tap(Wish.CLOSE_HELP)
    assert caption(kiosk)
    kiosk.tap(Wish.END)
    assert kiosk.view.screen is Screen.FAREWELL
    assert caption(kiosk)
    kiosk.wait(60)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.aids == Aids()
    kiosk.tap(Wish.TOUCH)
    assert not caption(kiosk)
