"""Kills a terminal at random moments while the platform drops answers that it has committed."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path

from kiosk_app.config import TerminalPaths
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.torture.reckoning import Arrival, Figures, reckon
from tests.torture.terminal import ANSWERED
from tests.torture.witness import read_promises

LONGEST_LIFE_S = 0.25
MOST_ANSWERS = 12
LONGEST_AFTER_ANSWER_S = 0.02
ANSWER_WITHIN_S = 30.0


class Lives:
    """The program that forks terminals, and the one that lives now."""

    def __init__(self, root: Path, url: str, witness: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.terminal", str(root), url, str(witness)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        self._living = 0

    def kill_one(self) -> None:
        """Starts a terminal and kills it at a random moment: at any time after its fork, or shortly after one
        of its promises."""
        self._begin("work")
        if random.random() < 0.4:
            _let_pass(random.uniform(0, LONGEST_LIFE_S))
        else:
            for _ in range(random.randint(1, MOST_ANSWERS)):
                self._hear_one_answer()
            _let_pass(random.uniform(0, LONGEST_AFTER_ANSWER_S))
        os.kill(self._living, signal.SIGKILL)
        status = self._end()
        if status != -signal.SIGKILL:
            raise RuntimeError(f"a terminal ended by itself with {status}: {self._said()}")

    def drain(self) -> None:
        """A last terminal, which nobody kills."""
        self._begin("drain")
        if self._end() != 0:
            raise RuntimeError(f"the last terminal failed: {self._said()}")

    def close(self) -> None:
        """Ends the program, and what still lives."""
        if self._living:
            os.kill(self._living, signal.SIGKILL)
        self._program.communicate()

    def _begin(self, word: str) -> None:
        assert self._program.stdin is not None
        self._said()
        self._program.stdin.write(f"{word}\n".encode())
        self._program.stdin.flush()
        self._living = self._read_number()

    def _end(self) -> int:
        """Waits for the end of the one that lives; its exit status."""
        status = self._read_number()
        self._living = 0
        return status

    def _read_number(self) -> int:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        if not line:
            raise RuntimeError(f"the terminals' program has ended: {self._said()}")
        return int(line)

    def _hear_one_answer(self) -> None:
        assert self._program.stderr is not None
        descriptor = self._program.stderr.fileno()
        ready, _, _ = select.select([descriptor], [], [], ANSWER_WITHIN_S)
        said = os.read(descriptor, 1) if ready else b""
        if said != ANSWERED:
            raise RuntimeError(f"a terminal does not answer: {said!r}{self._said()}")

    def _said(self) -> str:
        """What was said and not heard yet: promises, or why a terminal failed."""
        assert self._program.stderr is not None
        descriptor, said = self._program.stderr.fileno(), b""
        while select.select([descriptor], [], [], 0)[0] and (chunk := os.read(descriptor, 65536)):
            said += chunk
        return said.decode(errors="replace").lstrip(".")


def run_kills(folder: Path, kills: int) -> dict[str, int]:
    """Kills ``kills`` terminals, lets one more send the rest, and reckons. The keys are those of the figures,
    with ``kills`` and the answers that the platform ``dropped``."""
    root, witness = folder / "terminal", folder / "witness"
    dropped = 0
    with PlatformServer(folder / "platform") as platform:
        _enrol(root, platform)
        with _lives(root, platform.terminal_url, witness) as lives:
            for _ in range(kills):
                dropping = random.choice((0, 1, 1, 2, 3))
                platform.turn(FaultChange(drop_answer_after_commit=dropping))
                lives.kill_one()
                dropped += dropping - platform.turn(FaultChange()).drop_answer_after_commit
            platform.turn(FaultChange(drop_answer_after_commit=2))
            lives.drain()
            dropped += 2 - platform.turn(FaultChange()).drop_answer_after_commit
        database = platform.database_path
    promises = read_promises(witness)
    decoded = {event_id: json.loads(event.data) for event_id, event in promises.tried.items()}
    figures = reckon(promises, arrivals(database), decoded)
    return {"kills": kills, "dropped": dropped, **as_keys(figures)}


def arrivals(database: Path) -> list[Arrival]:
    """The platform's ledger, in its order, and the files that it has wholly and gave to their cases."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT id, stream, subject, document FROM events ORDER BY position")
        events = [
            Arrival(event_id, stream, subject, json.loads(document)["data"])
            for event_id, stream, subject, document in rows
        ]
        files = connection.execute(
            "SELECT attachment_id, case_id, digest, length FROM attachments WHERE completed_at IS NOT NULL"
        )
        return events + [
            Arrival(
                file_id,
                "upload",
                f"attachment/{file_id}",
                {"case_id": case_id, "digest": digest, "sealed_size": length},
            )
            for file_id, case_id, digest, length in files
        ]


def as_keys(figures: Figures) -> dict[str, int]:
    """The figures by their names."""
    return {name: getattr(figures, name) for name in Figures.__slots__}


def _let_pass(seconds: float) -> None:
    select.select([], [], [], seconds)


def _enrol(root: Path, platform: PlatformServer) -> None:
    paths = TerminalPaths(root)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n', encoding="utf-8")
    code = platform.make_enrolment_code("WH-WC-001", "一号机")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        if run_verb(["enrol", "--root", str(root), "--code", code]) != 0:
            raise RuntimeError("the terminal could not be enrolled")


@contextmanager
def _lives(root: Path, url: str, witness: Path) -> Iterator[Lives]:
    lives = Lives(root, url, witness)
    try:
        yield lives
    finally:
        lives.close()
