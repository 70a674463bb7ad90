"""Sets one document and ends. Runs as a child: ``python -I`` FILE, the content as JSON on standard input.

Answers the number of pages in a line, then the PDF; ends with another code than 0 when it cannot be set. The
content reaches the setter as data and nowhere as its language, so nothing that a person typed can be obeyed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("a4_page.typ")
_FONTS = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/hanazono")
"""Where Debian's fonts-noto-cjk and fonts-hanazono put them."""


def main() -> None:
    """Reads, sets, answers."""
    content = sys.stdin.buffer.read().decode("utf-8")
    compiler = typst.Compiler(
        str(_TEMPLATE),
        font_paths=list(_FONTS),
        ignore_system_fonts=True,
        sys_inputs={"content": content},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2b"])
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    pages = json.loads(compiler.query("<pages>", field="value", one=True))
    sys.stdout.buffer.write(b"%d\n" % pages)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
