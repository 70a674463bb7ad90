"""A terminal without screens, for who kills it: one submission through the real desk, store and uplink.

Run as ``python -m tests.journeys.submissions ROOT URL ITEMS``. It loads everything once and then forks for
each line on its standard input, so that a killed terminal costs milliseconds and no start of the interpreter:

    submit     stops itself until it is continued (so that a tracer can be attached), hands in one case,
               says ``saved`` when the screen would, waits for the platform, ends
    recover    starts on the same store as after a power cut, sends what waits, ends when nothing does

Each fork says its process id first, and ``gone`` is said when it has ended, however it ended.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import sys
import threading
from pathlib import Path

from contract.answers import Identity
from contract.item_checks import decode_batch_document
from contract.items import Item
from contract.sets import Assurance
from foundation.clock import SystemClock, boot_id
from kiosk_app.config import TerminalPaths
from kiosk_app.matters.capture_desk import CaptureDesk
from kiosk_app.matters.documents import DocumentMaker
from kiosk_app.matters.draft_desk import DraftDesk
from kiosk_app.matters.face_desk import FaceDesk
from kiosk_app.matters.paper_desk import PaperDesk
from kiosk_app.matters.paper_words import Printery
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.matters.service_desk import Rooms, ServiceDesk
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.answers import CaseCommitted
from kiosk_app.terminal.desk import Submission
from kiosk_app.terminal.session import SignedIn
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore
from tests.fakes.devices import NoDevices, NoEnd
from tests.fakes.staff import a_staff_desk

PATIENCE_S = 10.0


class ScreenlessTerminal:
    """Store, uplink and desk of a terminal, as the composition wires them."""

    def __init__(self, root: Path, url: str) -> None:
        paths, clock = TerminalPaths(root), SystemClock()
        self.credentials = Credentials.load(paths)
        platform_clock = PlatformClock(clock)
        maker = EventMaker(self.credentials.enrolment.terminal_id, clock, platform_clock)
        self.store = OfflineStore.open(
            paths.store, KeyFileProvider(paths.store_key), clock=clock, boot_id=boot_id()
        )
        self.client = ProvinceClient(url, self.credentials, clock, platform_clock)
        self.messages: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.confirmed = threading.Event()
        self.uplink = Uplink(
            self.store.outbox, self.client, maker.terminal_id, clock, lambda *_: self._look()
        )
        self.store.outbox.on_committed = self.uplink.wake
        site = self.credentials.enrolment.site
        printery = Printery({}, "", site.name, maker.now, lambda: True)
        self.desk = ServiceDesk(
            self.client,
            CaseRecorder(self.store, maker, self.credentials, site),
            NoDevices(),
            NoEnd(),
            Rooms(
                PaperDesk(NoDevices(), SlipMaker(printery), DocumentMaker(printery), self.messages.put),
                CaptureDesk(NoDevices(), self.store.attachments, self.credentials.sealer, self.messages.put),
                DraftDesk(self.store.drafts, clock, self.messages.put),
                a_staff_desk(self.messages.put, clock),
                FaceDesk(self.client, NoDevices(), self.messages.put),
            ),
            self.messages.put,
        )

    def _look(self) -> None:
        if self.store.outbox.board().depth == 0:
            self.confirmed.set()

    def wait_until_sent(self) -> bool:
        self._look()
        return self.confirmed.wait(PATIENCE_S)

    def stop(self) -> None:
        self.client.close()
        self.uplink.stop()
        self.desk.close()
        self.store.close()


def submission(item: Item) -> Submission:
    """What a person hands in who signed in by card while the province was away."""
    person = Identity(
        name="王秀英",
        number="429999194408170026",
        birth_date="1944-08-17",
        address="湖北省武汉市武昌区演示路12号3栋1单元402室",
    )
    return Submission(
        session_id="session",
        item=item,
        batch_id="batch",
        signed_in=SignedIn(
            person, Assurance.CARD_PRESENT, sam_number="05.03-20260101-0000000001-0000000001",
            read_at="2026-11-21T02:10:07.123Z",
        ),
        answers={"payment": "social_security_card"},
        notice_version="2026-11",
        started_at="2026-11-21T02:09:07.123Z",
        offline=True,
    )  # fmt: skip


def submit(root: Path, url: str, item: Item) -> None:
    """One submission; the process may be killed anywhere in it."""
    os.kill(os.getpid(), signal.SIGSTOP)
    terminal = ScreenlessTerminal(root, url)
    terminal.uplink.start()
    terminal.desk.submit(submission(item))
    answer = terminal.messages.get(timeout=PATIENCE_S)
    if isinstance(answer, CaseCommitted) and answer.error is None:
        say(f"saved {answer.case_id}")
        terminal.wait_until_sent()
    terminal.stop()


def recover(root: Path, url: str) -> None:
    """The next start: what waits is sent."""
    terminal = ScreenlessTerminal(root, url)
    terminal.uplink.start()
    say(f"sent {terminal.wait_until_sent()}")
    terminal.stop()


def say(words: str) -> None:
    """A line on standard output, at once: what was said before a kill was said."""
    os.write(1, words.encode("ascii") + b"\n")


def main() -> None:
    """Forks for each order until standard input ends."""
    root, url, items = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    item = decode_batch_document(items.read_bytes()).find("elder-allowance")
    if item is None:
        raise SystemExit("no such item")
    gc.freeze()
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            submit(root, url, item) if line.strip() == "submit" else recover(root, url)
            os._exit(0)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
