"""What came out of the printers, as files that a person can look at: slips as PNG, documents as PDF."""

from __future__ import annotations

import threading
from pathlib import Path

from drivers.document_printer.simulator import DocumentPrinterSimulator
from drivers.receipt_printer.simulator import ReceiptPrinterSimulator
from drivers.testbed.orders import Page, Slip


class Papers:
    """Writes every paper once, into ``slips`` and ``pages`` of the testbed's folder. Thread-safe."""

    def __init__(
        self, folder: Path, receipts: ReceiptPrinterSimulator, documents: DocumentPrinterSimulator
    ) -> None:
        self._slips_folder, self._pages_folder = folder / "slips", folder / "pages"
        self._receipts, self._documents = receipts, documents
        self._saving = threading.Lock()
        self._slips: list[Slip] = []
        self._pages: list[Page] = []
        self._slips_taken = 0

    def slips(self) -> list[Slip]:
        """All slips so far, oldest first."""
        printed = self._receipts.slips
        with self._saving:
            for slip in printed[len(self._slips) :]:
                self._slips_folder.mkdir(exist_ok=True)
                path = self._slips_folder / f"slip-{len(self._slips) + 1:03d}.png"
                slip.save(path)
                self._slips.append(Slip(str(path), slip.text))
            return list(self._slips)

    def pages(self) -> list[Page]:
        """All documents so far, oldest first."""
        printed = self._documents.documents
        with self._saving:
            for document in printed[len(self._pages) :]:
                self._pages_folder.mkdir(exist_ok=True)
                path = self._pages_folder / f"page-{len(self._pages) + 1:03d}.pdf"
                path.write_bytes(document.pdf)
                self._pages.append(Page(str(path), document.name))
            return list(self._pages)

    def take_slips(self) -> None:
        """A person takes the slips that are there. The printer has no sensor that would notice."""
        count = len(self.slips())
        with self._saving:
            self._slips_taken = count

    def slips_left(self) -> int:
        """How many slips nobody has taken."""
        return len(self.slips()) - self._slips_taken
