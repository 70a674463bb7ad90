"""Whether the audit trail of this terminal is as it was written, and as the province was told."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from foundation.clock import Clock, SystemClock, boot_id
from foundation.errors import ErrorCode, Errors
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.settings import read_settings
from kiosk_app.province.audit_anchor import fetch_anchors
from kiosk_app.province.credentials import Credentials, NotEnrolledError
from kiosk_app.province.outcomes import Answered
from kiosk_app.province.terminal_keys import keys_as_set
from offline_store.audit_chain import AuditSegment, AuditVerdict
from offline_store.errors import StoreError
from offline_store.store import OfflineStore
from words import Words

INTACT, NOT_INTACT, NOT_COMPARED = 0, 1, 3
"""Exit codes. Intact is said only when the province's copy of the head was there to compare with."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the province was told, or why that is not known."""

    segments: tuple[AuditSegment, ...]
    error: ErrorCode | None = None


def verify_audit(root: Path, *, language: str, as_json: bool) -> int:
    """Reads the trail beside a terminal that may be running, and prints the verdict. Returns an exit code."""
    paths, clock = TerminalPaths(root), SystemClock()
    told = _told(paths, clock)  # first: what is recorded meanwhile may be told too, but never the other way
    try:
        keys = keys_as_set(read_settings(paths.settings), paths, clock)
        reader = OfflineStore.open_read_only(paths.store, keys.store, clock=clock, boot_id=boot_id())
        try:
            verdict = reader.verify_audit(keys.audit, told.segments)
        finally:
            reader.close()
    except (StoreError, SettingsError) as fault:
        sys.stderr.write(f"{fault.error}: {fault}\n")
        return NOT_INTACT
    lines = [_as_json(verdict, told)] if as_json else _sentences(verdict, told, Words(language))
    sys.stdout.write("\n".join(lines) + "\n")
    if not verdict.is_intact:
        return NOT_INTACT
    return INTACT if told.error is None else NOT_COMPARED


def _told(paths: TerminalPaths, clock: Clock) -> _Told:
    try:
        credentials, url = Credentials.load(paths), read_settings(paths.settings).platform.url
    except NotEnrolledError as fault:
        return _Told((), fault.error)
    except SettingsError:
        return _Told((), Errors.SETTINGS_WRONG)
    outcome = fetch_anchors(url, credentials, clock)
    if not isinstance(outcome, Answered):
        return _Told((), outcome.error)
    # The first entry of a segment is not compared: the head says all that came before it.
    return _Told(
        tuple(AuditSegment(head.chain_id, 1, head.last_entry, head.head) for head in outcome.value.heads)
    )


def _as_json(verdict: AuditVerdict, told: _Told) -> str:
    return json.dumps(
        {
            "entries": verdict.entries,
            "trimmed_up_to": verdict.trimmed,
            "intact": verdict.is_intact,
            "findings": [
                {"fault": finding.fault.value, "entry": finding.number} for finding in verdict.findings
            ],
            "compared_with_province": told.error is None,
            "told_entries": max((segment.last_entry for segment in told.segments), default=0),
            "error": told.error.code if told.error is not None else "",
        }
    )


def _sentences(verdict: AuditVerdict, told: _Told, words: Words) -> list[str]:
    lines = [words.say("audit_trail.entries", count=verdict.entries)]
    if verdict.trimmed:
        lines.append(words.say("audit_trail.trimmed", number=verdict.trimmed))
    lines += [
        words.say(f"audit_trail.{finding.fault.value}", number=finding.number) for finding in verdict.findings
    ]
    if verdict.is_intact:
        lines.append(words.say("audit_trail.intact"))
    if told.error is not None:
        lines.append(words.say("audit_trail.not_compared", code=told.error.code))
    elif not told.segments:
        lines.append(words.say("audit_trail.nothing_told"))
    return lines
