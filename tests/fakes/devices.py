"""Devices of a terminal that has none, for tests of what does not need any."""

from __future__ import annotations

from collections.abc import Sequence

from contract.session import Wiped
from contract.sets import WayOut
from drivers.document_printer.device import DocumentPrinterDevice
from drivers.receipt_printer.device import ReceiptPrinterDevice
from kiosk_app.composition.card_readers import CardReaders
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.voice import PrivateVoice


class NoDevices:
    """No reader, no scanner, no printer."""

    @property
    def voice(self) -> PrivateVoice | None:
        return None

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        return None

    @property
    def document_printer(self) -> DocumentPrinterDevice | None:
        return None

    def look_for_document(self, *, wanted: bool) -> None:
        """There is no camera to open."""

    def look_for_face(self, *, wanted: bool) -> None:
        """There is no camera to open."""

    def take_document(self) -> None:
        """There is no camera to take a picture."""

    @property
    def cards(self) -> CardReaders:
        return CardReaders(None, None, lambda *_: None)

    def expect_code(self, expected: bool) -> None:
        """There is no code to expect."""


class NoEnd:
    """Nobody's session ends here."""

    def end(self, session: CitizenSession, way_out: WayOut, wiped: Sequence[Wiped]) -> None:
        raise AssertionError("no session was to end")

    def replace_process(self) -> None:
        raise AssertionError("the process was not to be replaced")
