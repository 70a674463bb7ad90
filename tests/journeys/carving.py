"""Looking for a text in raw bytes, in every form in which a program, a file or a wire may hold it."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")
_LEAST_BYTES = 8
_CHUNK_BYTES = 64 * 1024


def forms_of(text: str) -> set[bytes]:
    """The bytes of ``text``: encoded, escaped as in JSON, in hexadecimal, within Base64 at any offset.

    Of a form with a line feed in it, as 上 has in UTF-16 (U+4E0A), the longest part without one.
    """
    plain = {text.encode(coding) for coding in CODINGS}
    forms = plain | {json.dumps(text)[1:-1].encode("ascii")}
    for form in plain:
        forms |= {form.hex().encode("ascii"), form.hex().upper().encode("ascii"), *_within_base64(form)}
    lines = {max(form.split(b"\n"), key=len) for form in forms}
    return {line for line in lines if len(line) >= _LEAST_BYTES}


def _within_base64(form: bytes) -> Iterator[bytes]:
    """What stands in Base64 whatever is before and behind: the groups that are of ``form`` alone."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + form)
        first = 4 if before else 0
        last = (before + len(form)) // 3 * 4
        yield encoded[first:last]


def found_in(file: Path, texts: Mapping[str, str]) -> set[str]:
    """Which of ``texts`` (by name) stand in ``file`` in any form.

    grep(1) looks for all of them in one pass; its lines end at line feeds, and no form has one. Zeroes, of
    which a dump is full, are left out.
    """
    forms = {form: name for name, text in texts.items() for form in forms_of(text)}
    with tempfile.NamedTemporaryFile() as wanted, tempfile.TemporaryFile() as shown:
        wanted.write(b"\n".join(forms))
        wanted.flush()
        with subprocess.Popen(
            ["grep", "--text", "--only-matching", "--fixed-strings", f"--file={wanted.name}"],
            stdin=subprocess.PIPE,
            stdout=shown,
            env={"LC_ALL": "C"},
        ) as search:
            assert search.stdin is not None
            for chunk in _chunks_of(file):
                search.stdin.write(chunk)
        assert search.returncode in (0, 1), "the search itself failed"
        shown.seek(0)
        found = shown.read()
    # Of two forms that begin alike the longer one is shown.
    return {name for form, name in forms.items() if form in found}


def _chunks_of(file: Path) -> Iterator[bytes]:
    """The content of a file, with a line feed in place of a chunk that has nothing but zeroes."""
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            yield b"\n" if chunk.count(0) == len(chunk) else chunk


def found_below(folders: Iterable[Path], texts: Mapping[str, str]) -> dict[str, set[str]]:
    """The files below ``folders`` in which something was found."""
    files = sorted({file for folder in folders for file in folder.rglob("*") if file.is_file()})
    return {str(file): found for file in files if (found := found_in(file, texts))}


def dump_of(process_id: int, folder: Path) -> Path:
    """A core dump of a running process: what a crash would have written (core(5), coredump_filter)."""
    target = folder / "dumped" / "core"
    target.parent.mkdir(exist_ok=True)
    subprocess.run(["gcore", "-o", target, str(process_id)], stdout=subprocess.DEVNULL, check=True)
    core = target.with_name(f"core.{process_id}")
    assert core.stat().st_size > 50_000_000
    return core
