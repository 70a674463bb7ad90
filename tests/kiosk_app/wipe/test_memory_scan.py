"""The search finds every copy, wherever it lies, and its notes are no copies themselves."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.terminal import memory_scan
from kiosk_app.terminal.memory_scan import CHUNK_BYTES, ScanResult, search
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.wipe import Needles, scan_process_memory


def unmasked(needles: Needles) -> set[bytes]:
    return {
        bytes(a ^ b for a, b in zip(bytes.fromhex(masked), bytes.fromhex(pad), strict=True))
        for masked, pad in needles.masked()
    }


@given(st.text(max_size=40))
def test_a_text_is_noted_in_the_forms_in_which_it_may_lie_about(text: str) -> None:
    needles = Needles()
    needles.add(text)
    expected = {b"".join(json.dumps(one).encode()[1:-1] if ord(one) > 127 else one.encode() for one in text)}
    if any(0xD800 <= ord(one) < 0xE000 for one in text):
        expected = set()
    if len(text.encode("utf-8", "replace")) >= 8:
        expected |= {text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le", "gb18030")}
    assert unmasked(needles) == {form for form in expected if len(form) >= 8}
    assert len(needles) == len(unmasked(needles))


def test_what_is_too_short_to_mean_anything_is_not_noted() -> None:
    needles = Needles()
    for text in ("", "2026", "王", "1234567", "\ud800" * 9):
        needles.add(text)
    assert len(needles) == 0


def test_a_name_of_two_characters_is_looked_for_as_json_escapes_it() -> None:
    needles = Needles()
    needles.add("王五")
    assert unmasked(needles) == {json.dumps("王五").strip('"').encode("ascii")}


def test_the_same_text_twice_is_one_note_and_forgetting_overwrites_all() -> None:
    needles = Needles()
    needles.add("13912345678")
    needles.add("13912345678")
    kept = [buffer for pair in needles._masked for buffer in pair]
    assert len(needles) == 3
    assert repr(needles) == "Needles()"
    needles.forget()
    assert len(needles) == 0
    assert all(not any(buffer) for buffer in kept)


@given(st.integers(0, 3 * CHUNK_BYTES - 12), st.integers(0, 300))
def test_every_occurrence_is_counted_once_also_across_the_edges_of_chunks(place: int, gap: int) -> None:
    needle = b"needle-in-it"
    memory = mmap.mmap(-1, 3 * CHUNK_BYTES + 400)
    second = min(place + len(needle) + gap, len(memory) - len(needle))
    memory[place : place + len(needle)] = needle
    memory[second : second + len(needle)] = needle
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    with OwnMemory.open() as own:
        found = search(own.descriptor, [(start, start + len(memory))], [needle], time.monotonic() + 60)
    assert (found.copies_found, found.complete) == (1 + (second >= place + len(needle)), True)


@pytest.mark.parametrize(
    "needle", [b"\0N\0A\0M\0E\0", b"ZZZZZZZZ", b"Z\0Z\0name", b"[a].*(b)", b"\n\r\n\r\n\r\n\r"]
)
def test_every_byte_means_itself_also_those_of_which_memory_is_full(needle: bytes) -> None:
    memory = mmap.mmap(-1, CHUNK_BYTES)
    memory[1000 : 1000 + len(needle)] = needle
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    others = [b"somebody else", b"no one at all"]
    where, until_s = [(start, start + CHUNK_BYTES)], time.monotonic() + 60
    with OwnMemory.open() as own:
        found = search(own.descriptor, where, [*others, needle], until_s)
        none = search(own.descriptor, where, others, until_s)
    assert found.copies_found >= 1
    assert none.copies_found == 0


def test_nothing_to_look_for_is_found_nowhere() -> None:
    memory = mmap.mmap(-1, 4096)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    with OwnMemory.open() as own:
        found = search(own.descriptor, [(start, start + 4096)], [], time.monotonic() + 60)
    assert (found.copies_found, found.complete, found.needles) == (0, True, 0)


def test_a_planted_copy_is_found_and_gone_when_it_is_gone() -> None:
    needles = Needles()
    pieces = [f"{figure:03d}" for figure in (907, 118, 226, 335, 449, 551)]
    planted = bytearray()
    for piece in pieces:
        planted += piece.encode("ascii")
    needles.add(planted.decode("ascii"))
    found = scan_process_memory(needles)
    assert found.complete
    assert found.copies_found >= 1
    assert not found.clean


def test_a_mapping_that_goes_away_is_no_fault() -> None:
    with OwnMemory.open() as own:
        found = search(own.descriptor, [(4096, 8192)], [b"12345678"], time.monotonic() + 10)
    assert found == ScanResult(0, 0, 1, found.duration_ms)


def test_a_scan_that_runs_out_of_time_is_not_clean() -> None:
    needles = Needles()
    needles.add("nothing that is here")
    found = scan_process_memory(needles, limit_s=0.0)
    assert (found.complete, found.clean) == (False, False)


def test_a_scan_that_cannot_be_made_is_not_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    needles = Needles()
    needles.add("nothing that is here")
    monkeypatch.setattr(memory_scan, "__file__", os.devnull)
    assert not scan_process_memory(needles).clean
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    assert not scan_process_memory(needles).clean


def test_other_threads_go_on_while_memory_is_searched() -> None:
    needles = Needles()
    needles.add("nothing that is here")
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.005):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        assert scan_process_memory(needles).complete
    finally:
        done.set()
        thread.join()
    assert ticks >= 2
