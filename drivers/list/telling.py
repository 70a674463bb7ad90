"""The list, as a technician reads it and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from drivers.list.candidates import Candidate
from drivers.list.matching import Missing, Verdict

_WORDS = {
    "zh": {
        "none": "没有驱动",
        "because": "因为",
        "write": "写进设置",
        "missing": "设置里有，但找不到",
        "nothing": "没有找到任何设备",
        "place": "插口",
        "serial_number": "序列号",
    },
    "en": {
        "none": "no driver",
        "because": "because",
        "write": "write",
        "missing": "in the settings and not there",
        "nothing": "nothing was found",
        "place": "plugged into",
        "serial_number": "serial number",
    },
}


def as_text(verdicts: Iterable[Verdict], missing: Iterable[Missing], language: str) -> str:
    """One paragraph for each candidate: what it is, who takes it, why, and what to write to make it so."""
    words = _WORDS[language]
    paragraphs = [_paragraph(verdict, words, language) for verdict in verdicts]
    paragraphs += [
        f"✗ {lost.driver}  {lost.address}\n    {words['missing']}: {getattr(lost.reason, language)}"
        for lost in missing
    ]
    return "\n\n".join(paragraphs) or words["nothing"]


def as_json(verdicts: Iterable[Verdict], missing: Iterable[Missing]) -> str:
    """The same for programs: ``{"found": […], "missing": […]}``."""
    found = [
        {
            "port": verdict.candidate.port.value,
            "node": verdict.candidate.node,
            "names": list(verdict.candidate.names),
            "description": verdict.candidate.description,
            "usb": asdict(verdict.candidate.usb) if verdict.candidate.usb else None,
            "driver": verdict.driver,
            "reason": asdict(verdict.reason),
            "setting": verdict.setting,
        }
        for verdict in verdicts
    ]
    return json.dumps(
        {"found": found, "missing": [asdict(lost) for lost in missing]}, ensure_ascii=False, indent=2
    )


def _paragraph(verdict: Verdict, words: dict[str, str], language: str) -> str:
    mark = "✓" if verdict.driver and not verdict.setting else "○" if verdict.driver else "–"
    candidate = verdict.candidate
    lines = [f"{mark} {verdict.driver or words['none']}  {candidate.port.value}  {candidate.node}"]
    lines += [f"    {line}" for line in (_what_it_is(candidate, words), *candidate.names) if line]
    lines.append(f"    {words['because']}: {getattr(verdict.reason, language)}")
    lines += [f"    {words['write']}: {line}" for line in verdict.setting.splitlines()]
    return "\n".join(lines)


def _what_it_is(candidate: Candidate, words: dict[str, str]) -> str:
    usb = candidate.usb
    if usb is None:
        return candidate.description
    what = [f"{usb.manufacturer} {usb.product}".strip() or candidate.description]
    what.append(f"USB {usb.vendor_id}:{usb.product_id}")
    if usb.serial_number:
        what.append(f"{words['serial_number']} {usb.serial_number}")
    what.append(f"{words['place']} {usb.place}")
    return ", ".join(part for part in what if part)
