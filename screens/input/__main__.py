"""The writer as a process: ``python -m screens.input FOLDER``, with FOLDER on a memory file system.

The first line says which ways of writing there are; then each line with a request of
``screens.input.scribe``, a JSON object, is answered by one line, until the end of input.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kiosk_app.terminal.allocator import forbid_dumps
from screens.input.scribe import Scribe


def main(arguments: list[str]) -> int:
    """Serve until nobody asks any more."""
    forbid_dumps()
    scribe = Scribe(Path(arguments[0]))
    try:
        print(json.dumps({"ways": scribe.ways}), flush=True)
        for line in sys.stdin:
            print(json.dumps(scribe.answer(json.loads(line))), flush=True)
    finally:
        scribe.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
