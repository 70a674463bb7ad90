"""The account of a run: what the terminal says it did, beside what the platform says it has."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from demo.citizens import files_with_numbers
from demo.hall import Hall
from demo.lines import Lines
from demo.parts import PartFailedError, Parts

_CITIZEN_STREAMS = ("case", "service", "rating", "session")
_LOOK_EVERY_S = 0.1
_VISITS = 4


class Account:
    """Collects what is counted, and says what does not add up."""

    def __init__(self, out: Path, hall: Hall, parts: Parts) -> None:
        self._out = out
        self._hall = hall
        self._parts = parts
        self._screens: list[str] = []
        self._queued_offline = 0

    def note_screens(self, names: list[str]) -> None:
        """Pictures that a citizen took."""
        self._screens.extend(names)

    def board(self) -> dict[str, Any]:
        """What the terminal says waits in its outbox."""
        board: dict[str, Any] = json.loads(
            self._parts.run("kiosk_app", "--root", str(self._hall.terminal_root), "queue", "--json")
        )
        return board

    def note_offline_queue(self) -> None:
        """Counts what the citizen left in the outbox while the platform was away."""
        streams = self.board()["streams"]
        self._queued_offline = sum(streams.get(name, {}).get("waiting", 0) for name in _CITIZEN_STREAMS)

    def wait_until_delivered(self, timeout_s: float) -> None:
        """Waits until nothing of a citizen waits any more; raises when it takes longer."""
        deadline_s = time.monotonic() + timeout_s
        while True:
            streams = self.board()["streams"]
            if not any(streams.get(name, {}).get("waiting", 0) for name in _CITIZEN_STREAMS):
                return
            if time.monotonic() > deadline_s:
                raise PartFailedError(f"not delivered within {timeout_s:.0f} s: {streams}")

    def close(self) -> list[str]:
        """Writes summary.json; returns the sentences about what is not as it should be."""
        summary = self._summary()
        (self._out / "summary.json").write_text(
            json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        return self._problems(summary)

    def _summary(self) -> dict[str, Any]:
        streams = self.board()["streams"]  # before the platform is asked: reports go on coming
        received = self._hall.console.summary()
        events = {stream: self._hall.console.events(stream) for stream in received["counts"]}
        rows = [row for stream in events.values() for row in stream]
        stored = Counter((row["stream"], row["store_id"], row["sequence"]) for row in rows)
        sessions = [row["data"] for row in events["session"]]
        return {
            "cases": [
                {
                    "item": case["item_code"],
                    "case_no": case["case_no"],
                    "commit_to_platform_ms": _between_ms(case["occurred_at"], case["received_at"]),
                }
                for case in reversed(received["cases"])
            ],
            "ratings": [
                {"case_no": rating["case_no"], "service_no": rating["service_no"], "level": rating["level"]}
                for rating in reversed(received["ratings"])
            ],
            "positions": received["positions"],
            "statuses": received["statuses"],
            "offline": {
                "queued": self._queued_offline,
                "sent": self._queued_offline
                - sum(streams.get(name, {}).get("waiting", 0) for name in _CITIZEN_STREAMS),
                "duplicated": sum(count - 1 for count in stored.values()),
                "lost": sum(
                    max(0, count["confirmed"] - received["counts"][name]) for name, count in streams.items()
                ),
            },
            "screens": self._screens,
            "slips": self._slips(),
            "pages": self._pages(),
            "wipes": {
                "sessions": len(sessions),
                "clean": sum(1 for session in sessions if session["wipe_clean"]),
            },
        }

    def _slips(self) -> list[str]:
        folder = self._out / "slips"
        folder.mkdir(exist_ok=True)
        devices = Lines(self._hall.device_orders)
        try:
            answer = devices.ask(do="slips", at_least=_VISITS)
        finally:
            devices.close()
        if answer.get("unknown_commands"):
            raise PartFailedError(f"the printer was sent unknown commands: {answer['unknown_commands']}")
        names = []
        for number, slip in enumerate(answer["slips"], start=1):
            name = f"slip-{number}.png"
            shutil.copyfile(slip["picture"], folder / name)
            names.append(name)
        return names

    def _pages(self) -> list[str]:
        """The A4 pages as pictures; what was printed lies beside them as PDF."""
        folder = self._out / "documents"
        folder.mkdir(exist_ok=True)
        devices = Lines(self._hall.device_orders)
        try:
            printed = devices.ask(do="look").get("pages", [])
        finally:
            devices.close()
        for number, page in enumerate(printed, start=1):
            file = folder / f"document-{number}.pdf"
            shutil.copyfile(page["file"], file)
            subprocess.run(["pdftoppm", "-png", "-r", "100", file, file.with_suffix("")], check=True)
        return sorted(picture.name for picture in folder.glob("*.png"))

    def _problems(self, summary: dict[str, Any]) -> list[str]:
        offline, wipes = summary["offline"], summary["wipes"]
        expected = {
            "4 cases": len(summary["cases"]) == _VISITS,
            "4 ratings": len(summary["ratings"]) == _VISITS,
            "1 position": summary["positions"] == 1,
            "at least 1 status": summary["statuses"] >= 1,
            "4 slips": len(summary["slips"]) == _VISITS,
            "1 page on A4": len(summary["pages"]) == 1,
            "something queued offline": offline["queued"] > 0,
            "everything queued was sent": offline["sent"] == offline["queued"],
            "nothing lost": offline["lost"] == 0,
            "nothing twice": offline["duplicated"] == 0,
            "every wipe clean": wipes["sessions"] == wipes["clean"] >= _VISITS,
            "every case has a number": all(case["case_no"] for case in summary["cases"]),
        }
        return [
            *(f"not so: {sentence}" for sentence, so in expected.items() if not so),
            *(
                f"a number in clear in {path.relative_to(self._out)}"
                for path in files_with_numbers(self._out)
            ),
        ]


def _between_ms(earlier: str, later: str) -> int:
    return round((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() * 1000)
