"""Looking for a text in raw bytes, in every form in which a program, a file or a wire may hold it."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")
_LEAST_BYTES = 8


def forms_of(text: str) -> set[bytes]:
    """The bytes of ``text``: encoded, escaped as in JSON, in hexadecimal, within Base64 at any offset."""
    plain = {text.encode(coding) for coding in CODINGS}
    forms = plain | {json.dumps(text)[1:-1].encode("ascii")}
    for form in plain:
        forms |= {form.hex().encode("ascii"), form.hex().upper().encode("ascii"), *_within_base64(form)}
    return {form for form in forms if len(form) >= _LEAST_BYTES and b"\n" not in form}


def _within_base64(form: bytes) -> Iterator[bytes]:
    """What stands in Base64 whatever is before and behind: the groups that are of ``form`` alone."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + form)
        first = 4 if before else 0
        last = (before + len(form)) // 3 * 4
        yield encoded[first:last]


def found_in(file: Path, texts: Mapping[str, str]) -> set[str]:
    """Which of ``texts`` (by name) stand in ``file`` in any form.

    grep(1) looks for all of them in one pass; its lines end at line feeds, and no form has one.
    """
    forms = {form: name for name, text in texts.items() for form in forms_of(text)}
    search = subprocess.run(
        ["grep", "--text", "--only-matching", "--fixed-strings", "--file=-", file],
        input=b"\n".join(forms),
        stdout=subprocess.PIPE,
        env={"LC_ALL": "C"},
        check=False,
    )
    assert search.returncode in (0, 1), "the search itself failed"
    # Of two forms that begin alike the longer one is shown.
    return {name for form, name in forms.items() if form in search.stdout}


def found_below(folders: Iterable[Path], texts: Mapping[str, str]) -> dict[str, set[str]]:
    """The files below ``folders`` in which something was found."""
    files = sorted({file for folder in folders for file in folder.rglob("*") if file.is_file()})
    return {str(file): found for file in files if (found := found_in(file, texts))}
