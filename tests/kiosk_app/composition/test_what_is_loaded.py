"""What only some terminals need is loaded by those alone: it costs memory, and time at every start."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys
import kiosk_app.composition.run
import kiosk_app.composition.terminal
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_terminal_is_built_without_what_it_may_never_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=dict(os.environ), check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert {"PySide6", "msgspec"} <= loaded, "what every terminal needs"
    assert loaded.isdisjoint({"numpy", "cv2", "zxingcpp", "pyzbar", "apscheduler", "alembic", "typst"})
