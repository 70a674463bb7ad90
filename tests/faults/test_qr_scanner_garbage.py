"""The scanner sends 2,000 bytes of garbage, line ends among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import StatusChanged
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL], ids=lambda profile: profile.name)
def test_garbage_is_one_problem_with_a_word_and_the_next_code_is_read(
    tmp_path: Path, profile: TriggerProfile
) -> None:
    with hall(tmp_path, profile) as there:
        there.simulator.set_fault(ScannerFault.GARBAGE)
        there.simulator.show_code(b"code")
        assert there.ears.next(CodeProblem).error is Errors.CODE_NOT_READABLE
        there.simulator.cure()
        there.simulator.show_code(b"code")
        assert there.ears.next(CodeScanned).payload == b"code"
        assert len(there.ears.all(CodeProblem)) == 1
        assert len(there.ears.all(CodeScanned)) == 1
        assert there.counters.figure("qr_scanner.unreadable") == 1
        assert len(there.ears.all(StatusChanged)) == 2  # starting, online: the rest is unharmed


def test_a_code_of_2000_letters_is_one_problem(tmp_path: Path) -> None:
    with hall(tmp_path) as there:
        there.simulator.show_code(b"A" * 2000)
        there.ears.next(CodeProblem)
        there.simulator.show_code(b"A" * 1024)
        assert there.ears.next(CodeScanned).payload == b"A" * 1024
        assert there.counters.figure("qr_scanner.unreadable") == 1
