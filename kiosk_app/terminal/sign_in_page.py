"""The page on which a person shows who she is: every way with how it stands, and what to do now."""

from __future__ import annotations

from dataclasses import replace

from foundation.errors import Errors
from kiosk_app.terminal.helping_pages import advice_for_two, whose_turn
from kiosk_app.terminal.proof import Proof, Why
from kiosk_app.terminal.readiness import CARD, CODE, SOCIAL_SECURITY_CARD
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.views import SignInView, Way
from words import Words

_OF_NO_USE = ("unavailable", "closed", "used")


def sign_in_page(now: Situation, words: Words) -> SignInView:
    """Draws it; a sign-in without a matter is a bug."""
    session = now.session
    if session is None or session.matter is None:
        raise RuntimeError("signing in belongs to a matter")
    sign_in, proof, licence = session.sign_in, session.proof, session.wants_licence
    challenge = sign_in.telephone.challenge if now.connected else None
    telephone = session.progress(Way.TELEPHONE)
    if challenge is None and telephone == "waiting":
        telephone = "unavailable"
    code = challenge.code if challenge is not None and telephone not in ("closed", "used") else ""
    social_card = _with_province(now, session, SOCIAL_SECURITY_CARD, Way.SOCIAL_CARD)
    view = SignInView(
        matter=session.matter.item.title.read(words.language),
        card=session.progress(Way.CARD) if CARD in now.capabilities and not licence else "unavailable",
        code=_with_province(now, session, CODE, Way.CODE) or "unavailable",
        advice="",
        is_problem=bool(sign_in.error),
        error_code=sign_in.error,
        whose_turn=whose_turn(session, words),
        telephone=telephone,
        telephone_code=code,
        social_card=social_card if session.takes_social_card else "",
        asked=proof.why.value if proof is not None else "",
        for_organisation=licence,
        window_offered=proof is not None and proof.why is not Why.AGAIN,
    )
    if sign_in.says is not None:
        return replace(view, advice=sign_in.says.read(words.language))
    return replace(view, advice=words.say(sign_in.advice or _advice(now, session, view)))


def _with_province(now: Situation, session: CitizenSession, device: str, way: Way) -> str:
    """How a way stands that needs a device and the province; empty where that device is not at work."""
    if device not in now.capabilities:
        return ""
    return session.progress(way) if now.connected else "unavailable"


def _advice(now: Situation, session: CitizenSession, view: SignInView) -> str:
    """The id of the sentence that says what to do, while nothing is wrong and nothing under way."""
    card, code, telephone = (way not in _OF_NO_USE for way in (view.card, view.code, view.telephone))
    item = session.matter.item if session.matter is not None else None
    if not now.connected and (item is None or session.help is not None or not now.may_begin_offline(item)):
        return f"error.{Errors.ITEM_NOT_OFFLINE}"
    if session.wants_licence:
        if code:
            return "sign_in.licence"
        return "sign_in.licence_by_telephone" if telephone else "sign_in.neither"
    if session.proof is not None:
        return _further_advice(session.proof, by_card=card)
    if card and (for_two := advice_for_two(session)):
        return for_two
    if card and session.card_left:
        return "sign_in.take_card_first"
    if session.sign_in.social_card is not None:
        return f"sign_in.social_then_{'any' if card else 'phone'}"
    if not card and not code:
        return "sign_in.telephone_only" if telephone else "sign_in.neither"
    if not card:
        return "sign_in.code_only"
    if now.card_present:
        return "sign_in.leave_card"
    if not code:
        return "sign_in.card_only" if now.connected else "sign_in.card_offline"
    return "sign_in.choose"


def _further_advice(proof: Proof, *, by_card: bool) -> str:
    if proof.why is Why.GUARDIAN:
        return "sign_in.guardian"
    if proof.why is Why.AGAIN:
        return "sign_in.again"
    return "sign_in.twice_by_card" if by_card else "sign_in.twice_by_telephone"
