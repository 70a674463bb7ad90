"""What prints: slips, and A4 documents, each bound to the session and the person whose it is.

A document is set when its result is shown and kept in memory until the session ends, so that the person
hears how many pages it has before she asks for it.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

from drivers.document_printer.device import Document, DocumentPrinterDevice
from drivers.document_printer.device import PrintOutcome as DocumentOutcome
from drivers.document_printer.device import PrintResult as DocumentResult
from drivers.receipt_printer.device import PrintOutcome, PrintResult, ReceiptPrinterDevice
from foundation.errors import Errors
from kiosk_app.matters.documents import DocumentMaker, NotSetError, SetDocument
from kiosk_app.matters.slips import SlipMaker, slip_sentences
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.answers import DocumentMade, DocumentPrinted, SlipPrinted
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.voice import PrivateVoice

log = logging.getLogger("dianxiaoer.paper")


class Printers(Protocol):
    """What is fitted of what papers need: printers, and a voice that reads them."""

    @property
    def voice(self) -> PrivateVoice | None:
        """What reads to the person, or None."""

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        """The receipt printer, or None."""

    @property
    def document_printer(self) -> DocumentPrinterDevice | None:
        """The printer of A4 documents, or None."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document that was set, and for whom."""

    session_id: str
    person: str = field(repr=False)
    document: SetDocument


class PaperDesk:
    """A :class:`kiosk_app.terminal.desk.PaperDesk` over the printers.

    Every order is answered exactly once.
    """

    def __init__(
        self,
        printers: Printers,
        slips: SlipMaker,
        documents: DocumentMaker,
        post: Callable[[Message], None],
    ) -> None:
        self._printers = printers
        self._slips = slips
        self._documents = documents
        self._post = post
        self._lock = threading.Lock()
        self._session_over = ""
        self._kept: dict[str, _Kept] = {}
        self._person_key = secrets.token_bytes(32)
        self._setting = ThreadPoolExecutor(1, "desk-setting")

    def close(self) -> None:
        """Ends the worker; what is being set is given up."""
        self._documents.interrupt()
        self._setting.shutdown(cancel_futures=True)

    def print_slip(self, order: PrintOrder) -> None:
        printer = self._printers.printer
        if printer is None:
            self._post(SlipPrinted(order.session_id, done=False, known=True, error=Errors.PRINTER_LOST))
            return
        try:
            slip = self._slips.make(order)
        except Exception as bug:  # noqa: BLE001  # a slip that cannot be set must not leave the person waiting
            log.error("a slip could not be made: %s", type(bug).__name__)
            self._post(SlipPrinted(order.session_id, done=False, known=True, error=Errors.PRINTER_BROKEN))
            return
        bound = replace(slip, session=order.session_id, subject=self._token(order.person))
        printer.print_slip(bound).add_done_callback(
            lambda future: self._post(_slip_printed(order.session_id, future))
        )

    def read_slip(self, order: PrintOrder) -> None:
        voice = self._printers.voice
        if voice is not None:
            voice.read(slip_sentences(self._slips.make(order)), Language(order.language))

    def make_document(self, order: PrintOrder) -> None:
        self._setting.submit(self._make, order).add_done_callback(_log_bug)

    def _make(self, order: PrintOrder) -> None:
        session_id, case_id = order.session_id, order.handed.case_id
        made = DocumentMade(session_id, case_id, 0, Errors.DOCUMENT_NOT_MADE)
        try:
            document = self._documents.make(order)
        except NotSetError as problem:
            log.warning("a document could not be made: %s", problem)
        except Exception as bug:  # noqa: BLE001  # as above
            log.error("a document could not be made: %s", type(bug).__name__)
        else:
            with self._lock:
                if session_id != self._session_over:
                    self._kept[case_id] = _Kept(session_id, self._token(order.person), document)
            made = DocumentMade(session_id, case_id, document.pages, None)
        self._post(made)

    def _token(self, person: str) -> str:
        """Stands for a person in a printer's driver; means nothing outside this run of the program.

        Who has not said who she is has none.
        """
        return person and hmac.new(self._person_key, person.encode("utf-8"), "sha256").hexdigest()

    def print_document(self, session_id: str, case_id: str) -> None:
        printer = self._printers.document_printer
        with self._lock:
            kept = self._kept.get(case_id)
        if printer is None or kept is None or kept.session_id != session_id:
            error = Errors.DOCUMENT_PRINTER_LOST if printer is None else Errors.DOCUMENT_NOT_MADE
            self._post(DocumentPrinted(session_id, done=False, known=True, error=error))
            return
        document = Document(
            document_id=f"{case_id}/{session_id}",
            case_id=case_id,
            session=session_id,
            subject=kept.person,
            pdf=kept.document.pdf,
        )
        printer.print_document(document).add_done_callback(
            lambda future: self._post(_document_printed(session_id, future))
        )

    def end_session(self, session_id: str) -> None:
        """Lets go of everything that was set, also of what is being set; blocks for a moment."""
        with self._lock:
            self._session_over = session_id
            self._kept.clear()
        self._documents.interrupt()
        self._setting.submit(_nothing).result()  # behind whatever was being set


def _nothing() -> None:
    """What the worker does when it has come so far."""


def _slip_printed(session_id: str, future: Future[PrintResult]) -> SlipPrinted:
    """A bug of the driver is no knowledge of what the printer did."""
    if future.cancelled() or future.exception() is not None:
        return SlipPrinted(session_id, done=False, known=False, error=Errors.PRINT_OUTCOME_UNKNOWN)
    result = future.result()
    return SlipPrinted(
        session_id,
        done=result.outcome is PrintOutcome.DONE,
        known=result.outcome is not PrintOutcome.UNKNOWN,
        error=result.error,
    )


def _document_printed(session_id: str, future: Future[DocumentResult]) -> DocumentPrinted:
    if future.cancelled() or future.exception() is not None:
        return DocumentPrinted(session_id, done=False, known=False, error=Errors.DOCUMENT_OUTCOME_UNKNOWN)
    result = future.result()
    return DocumentPrinted(
        session_id,
        done=result.outcome is DocumentOutcome.DONE,
        known=result.outcome is not DocumentOutcome.UNKNOWN,
        error=result.error,
    )


def _log_bug(future: Future[None]) -> None:
    bug = None if future.cancelled() else future.exception()
    if bug is not None:
        log.error("the paper desk met a bug: %s", type(bug).__name__)
