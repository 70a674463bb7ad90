"""What a person takes along: the slip, and the A4 document where the matter has one.

Printed is said after the printer's answer and not before; unknown is unknown, and is not printed again.
"""

from __future__ import annotations

from dataclasses import replace

from contract.answers import Identity
from contract.sets import Assurance, ItemKind, Relation
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS, shown_value
from kiosk_app.terminal.aids import Colours, Zoom
from kiosk_app.terminal.answers import DocumentMade, DocumentPrinted, SlipPrinted
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.organisations import acting_in
from kiosk_app.terminal.readiness import DOCUMENT_PRINTER, SLIP
from kiosk_app.terminal.session import CitizenSession, Handed, Matter, SignedIn
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import SlipState

_PRINTED_ONCE = (SlipState.PRINTING, SlipState.DONE, SlipState.UNKNOWN)


class Papers:
    """The part of the conversation about paper."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def offer(self, matter: Matter) -> None:
        """When the result is shown: a form's slip is printed at once, a document is set and offered."""
        if matter.item.kind is ItemKind.FORM and SLIP in self._stage.now.capabilities:
            self.print_slip()
        self.prepare_document(matter)

    def print_slip(self) -> None:
        """Orders the slip, bound to this session; a slip whose outcome is unknown is not printed again."""
        session, matter = self._stage.session, self._stage.matter
        handed = matter.on_paper
        if handed is None or matter.slip in _PRINTED_ONCE or not may_print(matter, handed):
            return
        matter.slip = SlipState.PRINTING
        matter.slip_code = ""
        order = self._order(session, matter, handed)
        session.errands.send(SlipPrinted, matter, lambda: self._stage.desk.paper.print_slip(order))

    def read_slip(self) -> None:
        """Has the slip read to the person; as it would be printed now."""
        session, matter = self._stage.session, self._stage.matter
        handed = matter.on_paper
        if handed is not None and may_hear(matter, handed, self._stage.now):
            self._stage.desk.paper.read_slip(self._order(session, matter, handed))

    def heard(self, message: SlipPrinted | DocumentMade | DocumentPrinted) -> None:
        """What came of one of the orders."""
        if isinstance(message, DocumentMade):
            self._document_made(message)
        elif isinstance(message, DocumentPrinted):
            self._document_printed(message)
        else:
            self._slip_printed(message)

    def _slip_printed(self, printed: SlipPrinted) -> None:
        """What came of printing."""
        matter = self._came_out(printed)
        if matter is not None:
            matter.slip, matter.slip_code = _outcome(printed)

    def prepare_document(self, matter: Matter) -> None:
        """Has the document set, as things stand now, unless it was printed; then its pages are known."""
        session, handed = self._stage.session, matter.handed
        if handed is None or handed.again or not matter.item.document or matter.document in _PRINTED_ONCE:
            return
        if DOCUMENT_PRINTER not in self._stage.now.capabilities or _refused(handed):
            return
        order = self._order(session, matter, handed)
        session.errands.send(DocumentMade, matter, lambda: self._stage.desk.paper.make_document(order))

    def _document_made(self, made: DocumentMade) -> None:
        """The document is set, or there is none to print and this is why."""
        matter = self._stage.session.errands.answered(DocumentMade)
        if matter is None or matter.document in _PRINTED_ONCE:
            return
        matter.document_pages = made.pages
        matter.document_code = made.error.code if made.error is not None else ""

    def print_document(self) -> None:
        """Prints what was set; what is done, or may be, is not printed again."""
        session, matter = self._stage.session, self._stage.matter
        handed = matter.handed
        if handed is None or not may_print_document(matter, self._stage.now.capabilities):
            return
        matter.document = SlipState.PRINTING
        matter.document_code = ""
        matter.waiting_since_s = self._stage.clock.monotonic_s()
        case_id = handed.case_id
        session.errands.send(
            DocumentPrinted,
            matter,
            lambda: self._stage.desk.paper.print_document(session.session_id, case_id),
        )

    def _document_printed(self, printed: DocumentPrinted) -> None:
        """What came of printing."""
        matter = self._came_out(printed)
        if matter is not None:
            matter.document, matter.document_code = _outcome(printed)

    def _came_out(self, printed: SlipPrinted | DocumentPrinted) -> Matter | None:
        """Notes that paper may lie there; the matter that it belongs to."""
        session = self._stage.session
        session.paper_out = session.paper_out or printed.done or not printed.known
        return session.errands.answered(type(printed))

    def _order(self, session: CitizenSession, matter: Matter, handed: Handed) -> PrintOrder:
        anonymous = matter.item.assurance is Assurance.ANONYMOUS
        identity = session.signed_in.identity if session.signed_in is not None and not anonymous else None
        aids, helped = self._stage.now.aids, session.help
        helper = helped.helper if helped is not None and helped.proof else None
        return PrintOrder(
            session_id=session.session_id,
            item=matter.item,
            handed=replace(handed, code=self._stage.now.appearance.on_page(handed.code)),
            name=identity.name if identity is not None else "",
            person=_whose(identity, helper),
            shown=_shown_answers(matter, aids.language.value),
            language=aids.language.value,
            large=aids.elder or aids.zoom is not Zoom.NONE or aids.colours is Colours.HIGH_CONTRAST,
            head=self._stage.now.appearance.slip_head(aids.language.value),
            helper=helper.identity.name if helper is not None else "",
            relation=helped.relation if helped is not None and helper is not None else Relation.SELF,
            acting=acting_in(matter.item, session.signed_in),
        )


def _whose(identity: Identity | None, helper: SignedIn | None) -> str:
    """Who takes it: of two who stand here it is the one who signed in first, as for what was hers before."""
    taker = helper.identity if helper is not None else identity
    return taker.number if taker is not None else ""


def _outcome(printed: SlipPrinted | DocumentPrinted) -> tuple[SlipState, str]:
    """The state, and the code of the error; unknown is unknown."""
    if printed.done:
        return SlipState.DONE, ""
    state = SlipState.NOT_DONE if printed.known else SlipState.UNKNOWN
    return state, _code(printed.error)


def _code(error: ErrorCode | None) -> str:
    return error.code if error is not None else ""


def may_print(matter: Matter, handed: Handed) -> bool:
    """Whether there is a slip for it: none says "saved" or "submitted" of what was refused."""
    return (handed.for_window or bool(matter.item.slip)) and not _refused(handed)


def may_hear(matter: Matter, handed: Handed, now: Situation) -> bool:
    """Whether the slip can be read aloud: to who is read to, in a headset that is plugged in."""
    return may_print(matter, handed) and now.aids.speech and now.headset_in


def may_print_document(matter: Matter, capabilities: frozenset[str]) -> bool:
    """Whether the document can be printed now: it is set, the printer is ready, and none may be out yet."""
    return (
        matter.document_pages > 0
        and DOCUMENT_PRINTER in capabilities
        and matter.document not in _PRINTED_ONCE
    )


def without_paper(matter: Matter, capabilities: frozenset[str]) -> bool:
    """Whether paper that belongs to the matter cannot be had here now, or may not have come out.

    Then the receipt number and the code on the screen are what the person takes along.
    """
    failed = (SlipState.NOT_DONE, SlipState.UNKNOWN)
    if matter.slip in failed or matter.document in failed:
        return True
    slip_missing = matter.slip is SlipState.NONE and SLIP not in capabilities
    return slip_missing or document_missing(matter, capabilities)


def document_missing(matter: Matter, capabilities: frozenset[str]) -> bool:
    """Whether the matter has a document that cannot be printed here now."""
    looked_up = matter.handed is not None and matter.handed.again  # what it said is not known here any more
    if looked_up or not matter.item.document or matter.document is not SlipState.NONE:
        return False
    return DOCUMENT_PRINTER not in capabilities or matter.document_code == Errors.DOCUMENT_NOT_MADE.code


def _refused(handed: Handed) -> bool:
    return bool(handed.refused_code) and handed.query is None


def _shown_answers(matter: Matter, language: str) -> dict[str, str]:
    """The answers as the check page showed them; what the authority looks up itself is no answer to print."""
    return {
        step.field: shown_value(
            matter.item, step, matter.answers[step.field], language, matter.licences.get(step.field)
        )
        for step in matter.item.steps
        if matter.answers.get(step.field, AUTHORITY_CHECKS) != AUTHORITY_CHECKS
    }
