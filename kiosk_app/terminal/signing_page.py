"""手语: which clip goes with what is shown."""

from __future__ import annotations

from contract.clips import ClipPlace
from contract.items import StepWidget
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.signing_view import SigningView
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.views import Screen

_CLIP_OF = {
    Screen.SIGN_IN: ClipPlace.SIGN_IN,
    Screen.RESULT: ClipPlace.SLIP,
    Screen.HELP: ClipPlace.HELP,
    Screen.FAREWELL: ClipPlace.FAREWELL,
}


def signing_view(now: Situation, worn: Aids) -> SigningView | None:
    """The clip of this step, for who asked for signing; None where the province has none."""
    place = ClipPlace.CAPTURE if _takes_paper(now) else _CLIP_OF.get(now.screen)
    kept = now.clips.get(place) if place is not None and worn.signing else None
    return SigningView(kept.caption.read(worn.language.value), kept.pictures) if kept is not None else None


def _takes_paper(now: Situation) -> bool:
    matter = now.session.matter if now.session is not None else None
    asked = matter if now.screen is Screen.QUESTION else None
    return asked is not None and asked.step.widget is StepWidget.CAPTURE
