"""Programs that may hang: given what they need in memory, ended with all that they started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from drivers.speech.address import parse_sound_address
from drivers.speech.children import ChildEnd, HowEnded, Interrupt, in_memory, run_child
from drivers.speech.player import player_for
from foundation.clock import SystemClock

CLOCK = SystemClock()


@pytest.fixture
def interrupt() -> Iterator[Interrupt]:
    made = Interrupt()
    yield made
    made.close()


def is_over(pid: int) -> bool:
    try:
        psutil.Process(pid).wait(5.0)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def run(interrupt: Interrupt, script: str, *, given: bytes = b"", patience_s: float = 5.0) -> ChildEnd:
    with in_memory(given) as descriptor:
        command = ("sh", "-c", script, "sh", f"/dev/fd/{descriptor}")
        deadline_s = CLOCK.monotonic_s() + patience_s
        return run_child(command, descriptor, interrupt, CLOCK, deadline_s, most_bytes=100_000)


def test_it_finds_what_it_was_given_as_its_input_and_under_a_name_and_not_among_its_arguments(
    interrupt: Interrupt,
) -> None:
    end = run(interrupt, 'cat; cat "$1"; tr "\\0" " " < /proc/$$/cmdline; exit 3', given=b"private;")
    assert (end.how, end.code) == (HowEnded.EXITED, 3)
    assert end.output.startswith(b"private;private;")
    assert end.output.count(b"private") == 2
    assert "private" not in repr(end)


def test_its_end_by_a_signal_is_told(interrupt: Interrupt) -> None:
    assert run(interrupt, "kill -SEGV $$").code == -11


def test_at_its_deadline_it_is_ended_with_everything_that_it_started(
    interrupt: Interrupt, tmp_path: Path
) -> None:
    script = f"tail -f /dev/null & echo $! > {tmp_path}/child; tail -f /dev/null"
    assert run(interrupt, script, patience_s=0.3).how is HowEnded.OUT_OF_TIME
    assert is_over(int((tmp_path / "child").read_text()))


def test_what_it_leaves_behind_holds_nobody_up_and_is_ended(interrupt: Interrupt, tmp_path: Path) -> None:
    end = run(interrupt, f"tail -f /dev/null & echo $! > {tmp_path}/child; echo done")
    assert (end.how, end.output) == (HowEnded.EXITED, b"done\n")
    assert is_over(int((tmp_path / "child").read_text()))


def test_one_that_never_stops_talking_is_ended(interrupt: Interrupt) -> None:
    assert run(interrupt, "cat /dev/zero").how is HowEnded.TOO_MUCH


def test_one_that_closes_its_output_is_still_waited_for(interrupt: Interrupt) -> None:
    assert run(interrupt, "exec >&-; exit 4").code == 4


def test_who_is_interrupted_before_the_start_starts_nothing(interrupt: Interrupt, tmp_path: Path) -> None:
    interrupt.set()
    assert run(interrupt, f"touch {tmp_path}/begun").how is HowEnded.INTERRUPTED
    assert list(tmp_path.iterdir()) == []
    interrupt.clear()
    assert run(interrupt, f"touch {tmp_path}/begun").how is HowEnded.EXITED
    interrupt.clear()
    assert not interrupt.is_set()


def test_a_program_that_is_not_there_or_may_not_be_run_is_missing(
    interrupt: Interrupt, tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("no program", encoding="ascii")
    for program in (tmp_path / "nothing", tmp_path / "text", tmp_path):
        with in_memory(b"") as given:
            end = run_child((str(program),), given, interrupt, CLOCK, CLOCK.monotonic_s() + 1)
        assert end.how is HowEnded.MISSING


def test_a_closed_interrupt_can_be_set_by_whoever_comes_late() -> None:
    interrupt = Interrupt()
    interrupt.close()
    interrupt.set()
    interrupt.clear()
    assert not interrupt.is_set()
    with pytest.raises(ValueError, match="closed"):
        interrupt.fileno()


@pytest.mark.parametrize(
    ("address", "program"),
    [
        ("alsa://plughw:CARD=Device,DEV=0", ("aplay", "--quiet", "--device", "plughw:CARD=Device,DEV=0")),
        ("pipewire://alsa_output.usb-Speaker", ("pw-play", "--target", "alsa_output.usb-Speaker")),
    ],
)
def test_an_address_of_an_output_chooses_its_player(address: str, program: tuple[str, ...]) -> None:
    player = player_for(parse_sound_address(address), "loudspeaker", CLOCK)
    assert str(parse_sound_address(address)) == address
    assert player._command == program
    assert not player.simulated
    assert repr(player) == "Player('loudspeaker')"
    assert player_for(parse_sound_address("sink:///run/hall"), "loudspeaker", CLOCK).simulated


@pytest.mark.parametrize("address", ["", "alsa", "alsa://", "sink://relative", "pulse://x", "alsa://a\nb"])
def test_anything_else_is_refused_with_what_to_write_instead(address: str) -> None:
    with pytest.raises(ValueError, match="://"):
        parse_sound_address(address)
