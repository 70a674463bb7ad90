"""The text of the project speaks of itself alone: no machine's paths, no download addresses, no promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import committed

PROMISE = "a promise instead of a deed"

# Written with a character class each, so that this file passes its own rule.
FORBIDDEN = {
    "a download address": r"[p]ypi\b|[p]ythonhosted|[d]eb\.debian|[n]pmjs|[f]ind-links|[i]ndex-url",
    "a path of somebody's machine": r"(?<![\w.>}-])/(?:[w]ork|[r]oot|[h]ome|[U]sers|[t]mp)/\w",
    "a number that only a tracker understands": r"\b[i]ssue\s+#?\d|\b[p]ull request\s+#?\d",
    PROMISE: r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b",
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_committed_text_contains(rule: str, repository: Path) -> None:
    pattern = re.compile(FORBIDDEN[rule], re.IGNORECASE if rule != PROMISE else 0)
    findings = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in committed(repository)
        for number, line in enumerate(_lines(repository / name), start=1)
        if pattern.search(line)
    ]
    assert not findings, f"{rule}:\n" + "\n".join(findings)


def test_every_committed_text_is_utf_8_with_plain_line_ends(repository: Path) -> None:
    carriage_returns = [
        str(name)
        for name in committed(repository, "*.py", "*.qml", "*.md", "*.toml", "*.txt", "*.sh", "*.svg")
        if b"\r" in (repository / name).read_bytes()
    ]
    assert not carriage_returns


def _lines(path: Path) -> list[str]:
    content = path.read_bytes()
    return [] if b"\0" in content else content.decode("utf-8").splitlines()
