"""What may stand on a disk after the plug was pulled: files rebuilt from a record of the writes to them.

A killed process keeps the page cache, so only this shows what a power cut does. What was synced is there. Of
what was not, any part may be, in any order: a write may be missing, may have been overtaken by a later one,
and may be there by some of its sectors only. Names of files are a journal of their own, as on ext4 and xfs:
what was done to a folder and not synced is lost from some point on.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR_BYTES = 512
_CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_DESCRIPTOR = re.compile(r"^\d+<(?P<path>[^>]*)>(?:, )?(?P<rest>.*)$")
_QUOTED = re.compile(r'"(?P<text>[^"]*)"(?:, )?(?P<rest>.*)$')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that succeeded: ``data`` at ``offset``, or the new length as ``offset``."""

    name: str
    path: str
    data: bytes = b""
    offset: int = 0


def read_record(trace: Path) -> list[Call]:
    """The calls in a record of ``strace -f -y -xx``."""
    with trace.open(encoding="ascii") as lines:
        return list(_read_calls(lines))


def _read_calls(lines: Iterable[str]) -> Iterator[Call]:
    for line in lines:
        match = _CALL.match(line)
        if match is None or match["result"].startswith("-"):
            continue
        name, arguments = match["name"], match["arguments"]
        if name in ("openat", "unlink"):
            path = _QUOTED.search(arguments)
            assert path is not None, line
            if name == "unlink" or "O_CREAT" in path["rest"]:
                yield Call(name, _unhex(path["text"]).decode())
            continue
        descriptor = _DESCRIPTOR.match(arguments)
        assert descriptor is not None, line
        path_name, rest = _unhex(descriptor["path"]).decode(), descriptor["rest"]
        if name in ("pwrite64", "write"):
            quoted = _QUOTED.match(rest)
            assert quoted is not None, line
            data, numbers = _unhex(quoted["text"]), quoted["rest"].split(", ")
            assert len(data) == int(match["result"]) == int(numbers[0]), line
            yield Call(name, path_name, data, int(numbers[1]) if name == "pwrite64" else 0)
        else:
            yield Call(name, path_name, offset=int(rest) if name == "ftruncate" else 0)


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass(slots=True)
class _File:
    """``synced`` is on the disk; ``pending`` may be, in part."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.pending:
            _apply(self.synced, call)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytearray:
        content = bytearray(self.synced)
        share, is_reordered = chance.choice((0.0, 0.3, 0.7, 0.95, 1.0)), chance.random() < 0.5
        kept = [call for call in self.pending if chance.random() < share]
        if is_reordered:
            chance.shuffle(kept)
        for call in kept:
            for part in _torn(call, chance) if chance.random() < 0.3 else (call,):
                _apply(content, part)
        return content


class Disk:
    """A folder of files, and what of it is safe from the plug."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._names = {
            str(path): _File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()
        }
        self._synced_names = dict(self._names)
        self._renamings: list[tuple[str, _File | None]] = []

    def do(self, call: Call) -> None:
        """Does what the kernel did."""
        if call.path == self._folder:
            for renaming in self._renamings:
                _rename(self._synced_names, *renaming)
            self._renamings.clear()
        elif call.name == "openat":
            if call.path not in self._names:
                self._set_name(call.path, _File())
        elif call.name == "unlink":
            self._set_name(call.path, None)
        elif call.name in ("fsync", "fdatasync"):
            self._names[call.path].sync()
        else:
            self._names[call.path].pending.append(call)

    def pull_the_plug(self, folder: Path, chance: random.Random) -> None:
        """Writes into ``folder`` one of the states that the disk may be in now."""
        names = dict(self._synced_names)
        for renaming in self._renamings[: chance.randint(0, len(self._renamings))]:
            _rename(names, *renaming)
        for name, file in names.items():
            (folder / Path(name).name).write_bytes(file.after_a_cut(chance))

    def _set_name(self, path: str, file: _File | None) -> None:
        _rename(self._names, path, file)
        self._renamings.append((path, file))


def _rename(names: dict[str, _File], path: str, file: _File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _apply(content: bytearray, call: Call) -> None:
    if call.name == "ftruncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    end = call.offset + len(call.data)
    content.extend(bytes(max(0, end - len(content))))
    content[call.offset : end] = call.data


def _torn(call: Call, chance: random.Random) -> Iterator[Call]:
    """Some of the sectors that a write covers."""
    start = 0
    while start < len(call.data):
        end = min(len(call.data), start + SECTOR_BYTES - (call.offset + start) % SECTOR_BYTES)
        if chance.random() < 0.5:
            yield Call(call.name, call.path, call.data[start:end], call.offset + start)
        start = end
