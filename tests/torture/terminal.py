"""A terminal's store, writer and uplink, in processes that can be killed.

Run as a program: ``python -m tests.torture.terminal ROOT URL WITNESS``. It loads everything once, then forks
a child for each line on standard input: ``work`` hands in cases and sends them until it is killed; ``drain``
finishes what was left unanswered, sends until nothing waits, and ends by itself. For each child it writes a
line with the process id, and one with the exit status when it has ended. A child writes one byte to standard
error for every answer of the store.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import threading
import traceback
from pathlib import Path

from foundation.backoff import Backoff
from foundation.clock import SystemClock, boot_id
from kiosk_app.config import TerminalPaths
from kiosk_app.province.attachment_uplink import AttachmentUplink
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.exchange import Exchange
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.tus import TusClient
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.events import EventMaker
from offline_store.keys import KeyFileProvider
from offline_store.lock import TerminalLock
from offline_store.store import OfflineStore
from tests.torture.citizens import visits
from tests.torture.witness import Witness, unanswered

ANSWERED = b"."
LONGEST_PAUSE_S = 0.008
DRAIN_LIMIT_S = 300.0


def live(root: Path, url: str, witness_path: Path, *, drains: bool) -> None:
    """One life of a terminal, as it is composed: one process, a thread that writes, one that sends events
    and one that sends files."""
    paths, clock = TerminalPaths(root), SystemClock()
    credentials = Credentials.load(paths)
    if TerminalLock.take(paths.store.with_name("terminal.lock")) is None:
        raise RuntimeError("the terminal before this one is still there")
    store = OfflineStore.open(paths.store, KeyFileProvider(paths.store_key), clock=clock, boot_id=boot_id())
    platform_clock = PlatformClock(clock)
    client = ProvinceClient(url, credentials, clock, platform_clock)
    delivered = threading.Event()
    uplink = Uplink(
        store.outbox,
        client,
        credentials.enrolment.terminal_id,
        clock,
        lambda *_: delivered.set(),
        backoff=Backoff(0.02, 0.1),
    )
    files = AttachmentUplink(
        store,
        TusClient(Exchange(url, credentials.tls, clock)),
        clock,
        uplink.wake,
        lambda *_: None,
        backoff=Backoff(0.02, 0.1),
    )

    def committed() -> None:
        uplink.wake()
        files.wake()

    store.outbox.on_committed = committed
    uplink.start()
    files.start()
    witness = Witness(witness_path)
    maker = EventMaker(credentials.enrolment.terminal_id, clock, platform_clock)
    never = threading.Event()
    left_over = unanswered(witness_path)
    fresh = visits(maker, credentials.enrolment, store.ledger, store.attachments) if not drains else iter(())
    for events in itertools.chain(left_over, fresh):
        witness.append(store.outbox, events)
        os.write(2, ANSWERED)
        clock.wait(never, random.uniform(0, LONGEST_PAUSE_S))
    give_up_s = clock.monotonic_s() + DRAIN_LIMIT_S
    while store.outbox.board().depth:
        if clock.monotonic_s() > give_up_s:
            raise RuntimeError(f"not everything could be sent: {store.outbox.board()}")
        clock.wait(delivered, 1.0)
        delivered.clear()
    files.stop()
    uplink.stop()
    client.close()
    witness.close()
    store.close()


def main() -> None:
    """Forks a life for each line of standard input."""
    root, url, witness_path = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            random.seed()
            os._exit(_one_life(root, url, witness_path, drains=line.strip() == "drain"))
        _say(child)
        _, status = os.waitpid(child, 0)
        _say(os.waitstatus_to_exitcode(status))


def _one_life(root: Path, url: str, witness_path: Path, *, drains: bool) -> int:
    """The exit status of a life that ends by itself."""
    try:
        live(root, url, witness_path, drains=drains)
    except Exception:  # noqa: BLE001  whatever it was, it is told, and must not reach the program that forks
        traceback.print_exc()
        return 1
    return 0


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
