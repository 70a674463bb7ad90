"""Documents as pictures, where the machine has Poppler (``pdftoppm``); a terminal needs it not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_DOTS_PER_INCH = 72
_PATIENCE_S = 10.0


def picture_of_document(file: Path) -> bytes | None:
    """The first page of a PDF as PNG, drawn once and kept beside it; None when it cannot be drawn here."""
    picture = file.with_suffix(".png")
    if not picture.exists():
        tool = shutil.which("pdftoppm")
        if tool is None or not _draw(tool, file):
            return None
    return picture.read_bytes()


def _draw(tool: str, file: Path) -> bool:
    first_page = ("-png", "-r", str(_DOTS_PER_INCH), "-f", "1", "-singlefile")
    try:
        subprocess.run(
            [tool, *first_page, file, file.with_suffix("")],
            check=True,
            capture_output=True,
            timeout=_PATIENCE_S,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return file.with_suffix(".png").exists()
