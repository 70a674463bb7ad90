"""Writes the documents that are made from the contract: ``python -m contract.documents [--check]``.

Without ``--check`` writes docs/contract/openapi.json and docs/contract/data-dictionary.md below the current
folder; with it writes nothing and exits with 1, naming every file that is missing or stale.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from contract.data_dictionary import DataDictionary
from contract.openapi import openapi
from foundation.atomic_files import write_atomically

FOLDER = Path("docs") / "contract"


def documents() -> dict[str, bytes]:
    """Each document's content by its file name. The same contract always makes the same bytes."""
    return {
        "openapi.json": (json.dumps(openapi(), ensure_ascii=False, indent=2) + "\n").encode(),
        "data-dictionary.md": DataDictionary().markdown().encode(),
    }


def stale(folder: Path) -> list[str]:
    """The names of the documents in ``folder`` that are missing or differ from what the contract says."""
    return [
        name
        for name, content in documents().items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m contract.documents", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a document is stale")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"where they are (default {FOLDER})")
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    names = stale(folder)
    if options.check:
        for name in names:
            print(f"{folder / name} is stale: run `make documents`", file=sys.stderr)
        return 1 if names else 0
    for name in names:
        write_atomically(folder / name, documents()[name])
        print(f"wrote {folder / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
