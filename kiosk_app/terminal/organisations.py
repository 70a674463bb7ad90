"""Matters of organisations: for whom somebody acts, as the province says of the business licence."""

from __future__ import annotations

from contract.items import Item
from contract.organisation import Acting
from contract.sets import ForWhom
from foundation.errors import ErrorCode, Errors
from foundation.masking import mask_name, mask_organisation
from kiosk_app.terminal.helping_pages import relation_words
from kiosk_app.terminal.session import CitizenSession, SignedIn
from words import Words


def acting_in(item: Item, signed_in: SignedIn | None) -> Acting | None:
    """For whom this person does this matter; None when it is her own."""
    acting = signed_in.acting if signed_in is not None else None
    if acting is None or item.for_whom is ForWhom.PERSON or not acting.covers(item.code):
        return None
    return acting


def organisation_objection(item: Item, fresh: SignedIn, known: SignedIn | None) -> ErrorCode | None:
    """What speaks against a sign-in, where the matter is an organisation's.

    ``known`` is who signed in before, where the form waits for her: it is that of one organisation.
    """
    if item.for_whom is not ForWhom.ORGANISATION:
        return None
    if fresh.acting is None:
        return Errors.LICENCE_WANTED
    if not fresh.acting.covers(item.code):
        return Errors.MANDATE_TOO_NARROW
    before = known.acting if known is not None else None
    if before is not None and before.subject_ref != fresh.acting.subject_ref:
        return Errors.PROOF_OTHER_PERSON
    return None


def signed_in_for(session: CitizenSession, words: Words) -> str:
    """Who is signed in for which organisation, both masked, for the top line; empty where for herself."""
    if session.matter is None or session.signed_in is None:
        return ""
    acting = acting_in(session.matter.item, session.signed_in)
    if acting is None:
        return ""
    return words.say(
        "organisation.signed_in_as",
        organisation=mask_organisation(acting.organisation.name),
        person=mask_name(session.signed_in.identity.name),
    )


def people_of(organisation: str, person: str, acting: Acting, words: Words) -> list[tuple[str, str]]:
    """The two lines of a paper, or of the check page: the organisation, and who acts for it; both masked."""
    who = words.say("helping.who", name=mask_name(person), relation=relation_words(acting.relation, words))
    return [
        (words.say("organisation.label"), mask_organisation(organisation)),
        (words.say("organisation.acting"), who),
    ]
