"""What was looked for goes to the program that takes the process over, and nowhere else."""

from __future__ import annotations

import os

import pytest

from kiosk_app.terminal.wipe import Needles

VARIABLE = "DIANXIAOER_NEEDLES"


def test_the_next_program_looks_for_the_same() -> None:
    needles = Needles()
    needles.add("42010319650314201X")
    needles.add_picture(bytes(range(256)) * 4)
    environment = {"PATH": "/usr/bin", **needles.handed_over()}
    descriptor = int(environment[VARIABLE])
    assert os.get_inheritable(descriptor)
    assert b"42010319650314201X" not in os.pread(descriptor, 1_000_000, 0), "masked, as ever"
    taken = Needles.taken_over(environment)
    assert taken is not None
    assert taken.masked() == needles.masked()
    assert environment == {"PATH": "/usr/bin"}, "once, and no child is told"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@pytest.mark.parametrize("named", ["987654", "nothing"])
def test_what_cannot_be_read_was_not_handed_over(named: str) -> None:
    assert Needles.taken_over({VARIABLE: named}) is None
    assert Needles.taken_over({}) is None
