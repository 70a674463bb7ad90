"""The last part of a wipe: proving that nothing of a person is left in this process.

What must not remain is noted while the session runs, and only masked: a note is no copy. At the end a child
process searches this process's memory for it (``memory_scan``). Not covered, and left to the machine: swap
(a terminal has none) and the memory of other processes.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from kiosk_app.terminal import memory_scan
from kiosk_app.terminal.memory_scan import ScanResult
from kiosk_app.terminal.own_memory import OwnMemory

LEAST_BYTES = 8
"""Shorter than this, a match says nothing: a name of two characters is 4 to 6 bytes, a year 4."""
SCAN_LIMIT_S = 20.0
_PICTURE_BYTES = 33
_GRACE_S = 2.0
_HANDED_OVER = "DIANXIAOER_NEEDLES"
"""The descriptor, for the program that takes the process over."""
_CODINGS = ("utf-8", "utf-16-le", "utf-32-le", "gb18030")
"""As text travels; as Qt and Python hold it; as Python holds it as soon as one rare character (𠮷) stands in
the same string; as printers and old cards have it."""
_ESCAPED = "escaped"
"""As JSON writes it that keeps to ASCII (RFC 8259, section 7). So even a name of two characters is long
enough not to be met by chance."""


class Needles:
    """What of a person must not remain. Thread-safe; nothing plain is kept and nothing is in the repr.

    Each text is kept in UTF-8, UTF-16, UTF-32, GB 18030 and escaped as in JSON, each exclusive-or'ed with
    random bytes of its own. A form shorter than 8 bytes is not kept, and of a text that is shorter than that
    in UTF-8 only the escaped one is: the others could not be told from chance. So a name of two characters is
    looked for in one form.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._masked: list[tuple[bytearray, bytearray]] = []

    def add(self, text: str) -> None:
        """Notes ``text``, one character at a time, so that noting it makes no copy of it."""
        plain = _CODINGS if _length(text, "utf-8") >= LEAST_BYTES else ()
        codings = [coding for coding in (*plain, _ESCAPED) if _length(text, coding) >= LEAST_BYTES]
        self._keep([_masked(text, coding) for coding in codings])

    def _keep(self, fresh: Sequence[tuple[bytearray, bytearray]]) -> None:
        with self._lock:
            for masked, pad in fresh:
                if not any(_same(masked, pad, *known) for known in self._masked):
                    self._masked.append((masked, pad))

    def add_picture(self, content: bytes) -> None:
        """Notes three places of a picture, 33 bytes each, as they are and in base64, as screens are given it.

        In a compressed picture so many bytes in a row are nobody else's. Its pixels are not looked for.
        """
        for part in (1, 2, 3):
            at = len(content) * part // 4 // 3 * 3  # base64 goes by threes
            self._keep([_masked_bytes(content, at, at + _PICTURE_BYTES)])
            self.add(b64encode(content[at : at + _PICTURE_BYTES]).decode("ascii"))

    def forget(self) -> None:
        """Overwrites everything that was noted."""
        with self._lock:
            for pair in self._masked:
                for kept in pair:
                    kept[:] = bytes(len(kept))
            self._masked.clear()

    def masked(self) -> list[tuple[str, str]]:
        """Each note and its mask as hexadecimal text, for the child that searches."""
        with self._lock:
            return [(masked.hex(), pad.hex()) for masked, pad in self._masked]

    def handed_over(self) -> dict[str, str]:
        """The environment in which a program that takes this process over finds these needles.

        They are in memory that only its descriptor leads to, and that goes when it is closed.
        """
        descriptor = os.memfd_create("needles", 0)
        os.set_inheritable(descriptor, True)
        with os.fdopen(descriptor, "wb", closefd=False) as memory:
            memory.write(json.dumps(self.masked()).encode("ascii"))
        return {_HANDED_OVER: str(descriptor)}

    @classmethod
    def taken_over(cls, environment: MutableMapping[str, str]) -> Needles | None:
        """What the program before this one handed over, taken out of ``environment``; None when it did not.

        What cannot be read is as if nothing had been handed over.
        """
        named = environment.pop(_HANDED_OVER, "")
        if not named:
            return None
        needles = cls()
        try:
            with os.fdopen(int(named), "rb") as memory:
                memory.seek(0)
                needles._keep(
                    [(bytearray.fromhex(text), bytearray.fromhex(pad)) for text, pad in json.load(memory)]
                )
        except (OSError, ValueError, TypeError):
            return None
        return needles

    def __len__(self) -> int:
        with self._lock:
            return len(self._masked)

    def __repr__(self) -> str:
        return "Needles()"


def scan_process_memory(
    needles: Needles, memory: OwnMemory | None = None, *, limit_s: float = SCAN_LIMIT_S
) -> ScanResult:
    """Searches this process for ``needles`` by a child of its own; blocks, so never in the GUI thread.

    Takes at most ``limit_s`` and two seconds. A scan that could not be made or finished is not ``complete``
    and therefore not clean; it never raises for that. Without ``memory`` it opens it itself.
    """
    try:
        if memory is not None:
            return _scan(needles, memory, limit_s)
        with OwnMemory.open() as opened:
            return _scan(needles, opened, limit_s)
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return ScanResult(0, 0, len(needles), 0, complete=False)


def _scan(needles: Needles, memory: OwnMemory, limit_s: float) -> ScanResult:
    order = {
        "descriptor": memory.descriptor,
        "mappings": _writable_mappings(),
        "needles": needles.masked(),
        "limit_s": limit_s,
    }
    # Our own allocator settings would only slow the child down: its memory goes with it.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONMALLOC", "GLIBC_TUNABLES")
    }
    answer = subprocess.run(
        [sys.executable, "-I", "-S", memory_scan.__file__],
        input=json.dumps(order).encode("ascii"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(memory.descriptor,),
        env=environment,
        timeout=limit_s + _GRACE_S,
        check=True,
    )
    return ScanResult(**json.loads(answer.stdout))


def _writable_mappings() -> list[tuple[int, int]]:
    """The private ranges that can be written: heap, stacks, anonymous memory, the data of libraries.

    What is only mapped from a file and never written cannot hold anything of a person.
    """
    ranges = []
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        addresses, permissions, *_ = line.split(maxsplit=2)
        if permissions[:2] == "rw" and permissions[3] == "p":
            start, _, end = addresses.partition("-")
            ranges.append((int(start, 16), int(end, 16)))
    return ranges


def _length(text: str, coding: str) -> int:
    """How many bytes ``text`` has in ``coding``; 0 when it has no form in it."""
    try:
        return sum(len(_bytes_of(character, coding)) for character in text)
    except UnicodeEncodeError:
        return 0


def _bytes_of(character: str, coding: str) -> bytes:
    if coding != _ESCAPED:
        return character.encode(coding)
    if character.isascii():
        return character.encode("ascii")
    units = character.encode("utf-16-be")
    return b"".join(b"\\u%02x%02x" % (units[at], units[at + 1]) for at in range(0, len(units), 2))


def _masked(text: str, coding: str) -> tuple[bytearray, bytearray]:
    pad = bytearray(secrets.token_bytes(_length(text, coding)))
    masked = bytearray(len(pad))
    at = 0
    for character in text:
        for byte in _bytes_of(character, coding):
            masked[at] = byte ^ pad[at]
            at += 1
    return masked, pad


def _masked_bytes(content: bytes, start: int, end: int) -> tuple[bytearray, bytearray]:
    pad = bytearray(secrets.token_bytes(min(end, len(content)) - start))
    return bytearray(content[start + at] ^ mask for at, mask in enumerate(pad)), pad


def _same(masked: bytearray, pad: bytearray, other_masked: bytearray, other_pad: bytearray) -> bool:
    """Whether two notes hide the same bytes, found without showing either."""
    return len(pad) == len(other_pad) and all(
        one ^ mask ^ other ^ other_mask == 0
        for one, mask, other, other_mask in zip(masked, pad, other_masked, other_pad, strict=True)
    )
