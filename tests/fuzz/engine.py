"""Any bytes, and bytes that are nearly right: Hypothesis makes them, for as long as there is time."""

from __future__ import annotations

import faulthandler
import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.targets import Target

HANGS_AFTER_S = 60.0
GROWS_MORE_THAN_BYTES = 32 * 1024 * 1024
EXAMPLES_A_ROUND = 300
_MOST_PIECES = 12
_WARM_AFTER = 0.25  # of the time: Hypothesis itself fills its caches
_STANDARD_ERROR = 2


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What a target has survived."""

    examples: int
    grown_bytes: int


def pieces_from(seeds: tuple[bytes, ...]) -> st.SearchStrategy[list[bytes]]:
    """Lists of pieces: noise, what the parser knows, and what it knows with a part of it damaged."""
    known = st.sampled_from(seeds)
    return st.lists(
        st.binary(max_size=64)
        | known
        | st.builds(_damaged, known, st.integers(0, 4000), st.binary(max_size=8)),
        max_size=_MOST_PIECES,
    )


def _damaged(known: bytes, place: int, damage: bytes) -> bytes:
    """``known`` with some bytes replaced, or cut off there when the damage is nothing."""
    place %= len(known) + 1
    return known[:place] + damage + known[place + len(damage) :] if damage else known[:place]


def fuzz(
    target: Target, seconds: float, *, first_seed: int = 0, examples_a_round: int = EXAMPLES_A_ROUND
) -> Fuzzed:
    """Feeds a target for ``seconds``; each round begins with another seed, so no two are the same.

    Raises what the target raised, after Hypothesis has made the bytes as few as it can. A parser whose round
    does not end is shown with its stack and ends the program. Growth is how much more memory the process
    holds at the end than after a quarter of the time.
    """
    began_s = time.monotonic()
    examples = _one_round(target, first_seed, examples_a_round)
    number, warm_bytes = first_seed, _held_bytes()
    while (spent_s := time.monotonic() - began_s) < seconds:
        number += 1
        examples += _one_round(target, number, examples_a_round)
        if spent_s < seconds * _WARM_AFTER:
            warm_bytes = _held_bytes()
    grown_bytes = _held_bytes() - warm_bytes
    assert grown_bytes < GROWS_MORE_THAN_BYTES, f"{target.name} holds {grown_bytes} bytes more than it did"
    return Fuzzed(examples, grown_bytes)


def _held_bytes() -> int:
    """What is resident of this process (proc(5): statm, the second field, in pages)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _one_round(target: Target, number: int, examples: int) -> int:
    ran = 0

    def feed(pieces: list[bytes]) -> None:
        nonlocal ran
        ran += 1
        target.run(pieces)

    profile = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    fed: Callable[[], None] = seed(number)(profile(given(pieces_from(target.seeds))(feed)))
    faulthandler.dump_traceback_later(HANGS_AFTER_S, exit=True, file=_STANDARD_ERROR)
    try:
        fed()
    finally:
        faulthandler.cancel_dump_traceback_later()
    return ran
