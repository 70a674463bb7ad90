"""What was started for a demonstration or a journey never outlives it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

SOON_MS = 20_000
STARTS_A_PART = """
import sys
import threading
from pathlib import Path
from demo.parts import Parts
parts = Parts(Path(sys.argv[1]), {})
part = parts.__enter__().start("server", "http.server", "0", "--bind", "127.0.0.1")
command = Path(f"/proc/{part.process_id}/cmdline").read_bytes
part.wait_until(lambda: command().startswith(sys.executable.encode() + b"\\0-m"), 10)
print(part.process_id, flush=True)
threading.Event().wait()
"""


def test_a_part_ends_with_whoever_started_it_even_when_that_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_A_PART, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        part = os.pidfd_open(int(owner.stdout.readline()))
        try:
            ended = select.poll()
            ended.register(part, select.POLLIN)
            assert not ended.poll(0), "it runs"
            owner.send_signal(signal.SIGKILL)
            assert ended.poll(SOON_MS), "it outlives its owner"
        finally:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(part, signal.SIGKILL)
            os.close(part)
