"""What waits in the printers: nothing, before a session and after it."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import dataclass

from contract.session import Wiped
from contract.sets import WipedPart, WipeOutcome
from drivers.document_printer.device import DocumentPrinterDevice
from drivers.print_sessions import PurgeOutcome
from drivers.receipt_printer.device import ReceiptPrinterDevice
from drivers.vocabulary import DeviceState

_EMPTY_WITHIN_S = 10.0
"""How long a printer may take to say that nothing waits in it; a slip that is coming out ends first."""


@dataclass(frozen=True, slots=True)
class Emptying:
    """Printers that have been told to forget; None where there is none."""

    slips: Future[PurgeOutcome] | None
    documents: Future[PurgeOutcome] | None

    def settled(self) -> list[Wiped]:
        """What became of each; waits for it. One that does not say so in time is not known to be empty."""
        spools = {WipedPart.SLIP_SPOOL: self.slips, WipedPart.DOCUMENT_SPOOL: self.documents}
        return [Wiped(part=part, outcome=_outcome(purging)) for part, purging in spools.items()]


class Spools:
    """The spools of the printers that are fitted. Thread-safe."""

    def __init__(self, slips: ReceiptPrinterDevice | None, documents: DocumentPrinterDevice | None) -> None:
        self._slips = slips
        self._documents = documents

    def begin_session(self) -> None:
        """Nothing that somebody left in a printer comes out for the person who has come. Returns at once."""
        for printer in (self._slips, self._documents):
            if printer is not None:
                printer.begin_session()

    def end_session(self, session_id: str) -> Emptying:
        """Nothing of that session is printed any more, as soon as its printer says so. Returns at once."""
        slips, documents = self._slips, self._documents
        return Emptying(
            None if slips is None else slips.end_session(session_id),
            None if documents is None else documents.end_session(session_id),
        )

    def are_known(self) -> bool:
        """Whether each printer has said how it is, or is known not to be there."""
        printers = (self._slips, self._documents)
        return all(
            printer is None or printer.status().state is not DeviceState.UNKNOWN for printer in printers
        )


def _outcome(purging: Future[PurgeOutcome] | None) -> WipeOutcome:
    if purging is None:
        return WipeOutcome.NOT_APPLICABLE
    try:
        clean = purging.result(_EMPTY_WITHIN_S) is PurgeOutcome.CLEAN
    except NotYetError:
        clean = False
    return WipeOutcome.DONE if clean else WipeOutcome.UNKNOWN
