"""Documents for tests: real PDF files of blank A4 pages, nobody's."""

from __future__ import annotations

from drivers.document_printer.device import Document

SOMEBODY = "subject-of-the-test"
SOMEBODY_ELSE = "another-subject"


def pdf(pages: int = 1) -> bytes:
    """A PDF 1.4 file of that many blank A4 pages, with its cross-reference table (ISO 32000-1 §7.5)."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>" for _ in range(pages)),
    ]
    file, offsets = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(bodies, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def document(
    document_id: str = "first", *, session: str = "session-1", subject: str = SOMEBODY, pages: int = 1
) -> Document:
    """A document of a case; every one of a session has the same case."""
    return Document(document_id, f"case-of-{session}", session, subject, pdf(pages))
