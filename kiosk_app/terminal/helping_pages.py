"""The words of 帮办: its two pages, and what the pages around them say of two people."""

from __future__ import annotations

from contract.delegation import AGREEMENT_VERSION
from contract.sets import Relation
from foundation.masking import mask_name
from kiosk_app.terminal.helping_views import AgreementView, HelpingView
from kiosk_app.terminal.option import Option
from kiosk_app.terminal.session import CitizenSession, Help
from kiosk_app.terminal.situation import Situation
from words import Words


def helping_page(now: Situation, words: Words) -> HelpingView:
    """In which relation somebody helps."""
    item = now.guide_item
    if item is None:
        raise RuntimeError("help is for a matter")
    return HelpingView(
        matter=item.title.read(words.language),
        options=tuple(
            Option(each.value, words.say(f"helping.as_{each.value}"), words.say(f"helping.hint_{each.value}"))
            for each in item.for_others
        ),
    )


def agreement_page(now: Situation, words: Words) -> AgreementView:
    """What the person agrees to."""
    session = now.session
    helped = session.help if session is not None else None
    if session is None or session.matter is None or helped is None:
        raise RuntimeError("an agreement is between two people about a matter")
    helper, person = _masked(helped)
    matter, problem = session.matter.item.title.read(words.language), helped.problem
    return AgreementView(
        matter=matter,
        helper=words.say("helping.who", name=helper, relation=relation_words(helped.relation, words)),
        person=person,
        lines=(
            words.say("helping.this_matter", matter=matter),
            words.say("helping.once_only"),
            words.say("helping.nothing_else"),
        ),
        version=AGREEMENT_VERSION,
        working=helped.working,
        problem=words.say(f"error.{problem.code}") if problem is not None else "",
        can_agree=helped.can_agree and not helped.working,
    )


def relation_words(relation: Relation, words: Words) -> str:
    """The relation as people read it."""
    return relation.en if words.language == "en" else relation.zh


def signed_in_words(session: CitizenSession, words: Words) -> str:
    """Who is signed in, for the top line; both, when one does it for the other."""
    if session.signed_in is None:
        return ""
    if session.help is not None and session.help.proof:
        helper, person = _masked(session.help)
        return words.say("helping.signed_in_as", helper=helper, person=person)
    return mask_name(session.signed_in.identity.name)


def whose_turn(session: CitizenSession, words: Words) -> str:
    """Who is to sign in now, where two people do; empty otherwise."""
    if session.help is None:
        return ""
    return words.say("helping.helper_first" if session.help.helper is None else "helping.then_the_person")


def advice_for_two(session: CitizenSession) -> str:
    """Id of the words while the person is waited for beside who helps; empty otherwise."""
    if session.help is None or session.help.helper is None:
        return ""
    return "helping.take_card_first" if session.card_left else "helping.person_now"


def _masked(helped: Help) -> tuple[str, str]:
    if helped.helper is None or helped.person is None:
        raise RuntimeError("both have signed in")
    return mask_name(helped.helper.identity.name), mask_name(helped.person.identity.name)
