"""What every benchmark leaves behind: a table for the reader and JSON for whoever compares runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours, and the same figure of peers or limits, measured in the same run, interleaved."""

    figure: str
    unit: str
    better: Literal["higher", "lower"]
    ours: float
    others: Mapping[str, float]


def write_report(name: str, rows: Sequence[Row], *, folder: Path = FOLDER) -> Path:
    """Prints ``rows`` as a table and writes them to ``folder``/``name``.json; returns that path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(
        json.dumps({"bench": name, "rows": [asdict(row) for row in rows]}, indent=2) + "\n", encoding="utf-8"
    )
    print(f"{name}\n")
    for row in rows:
        print(f"  {row.figure} ({row.unit}, {row.better} is better)")
        for who, value in {"ours": row.ours, **row.others}.items():
            share = f"{row.ours / value:8.2f} ×" if who != "ours" and value else ""
            print(f"    {who:<32}{value:>14,.2f}{share:>14}")
    print(f"\n  {path}\n")
    return path
