"""会话记录: that a session ended, and what of it was cleared. Nothing of the person."""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import identifier, moment, named, rows, text, whole
from contract.payloads import Payload
from contract.sets import FaceConsent, Remedy, WayOut, WipedPart, WipeOutcome


class Wiped(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one part. ``count`` is how many files or jobs that were; absent when not counted."""

    part: Annotated[WipedPart, named("清除部位")]
    outcome: Annotated[WipeOutcome, named("清除结果")]
    count: Annotated[int | None, named("件数", "of drafts, those that are kept, encrypted")] = None


class Session(Payload, frozen=True, kw_only=True):
    """会话记录 (stream ``session``): one for each session, told when it is known what the wipe came to.

    ``wipe_clean`` is what the scan at the session's own end found; where that was not clean, ``remedy`` says
    what cleared the memory after all, and ``remedy_copies_found`` what a second scan found then. A session
    whose process died has ``way_out`` ``crash``: its memory went with the process, nothing was
    scanned, and ``ended_at`` is when the next process found it.
    """

    session_id: Annotated[str, identifier("会话标识")]
    terminal_id: Annotated[str, text("终端编号", 32)]
    started_at: Annotated[str, moment("开始时间")]
    ended_at: Annotated[str, moment("结束时间")]
    way_out: Annotated[WayOut, named("结束方式")]
    notice_version: Annotated[str, text("告知书版本", 32)] = ""
    face_consent: Annotated[FaceConsent, named("刷脸意愿")] = FaceConsent.NOT_ASKED
    face_consent_version: Annotated[str, text("刷脸同意书版本", 32, "of the words that were shown")] = ""
    by_staff: Annotated[bool, named("工作人员到访", "a technician or keeper, who came in by a grant")] = False
    cases: Annotated[int, whole("办件数")] = 0
    wipe_clean: Annotated[bool, named("清除干净")]
    wipe_needles: Annotated[int, whole("扫描项数")] = 0
    wipe_copies_found: Annotated[int, whole("残留份数")] = 0
    wipe_scanned_mb: Annotated[int, whole("扫描内存（MB）")] = 0
    wipe_scans: Annotated[int, whole("扫描次数")] = 0
    wipe_scan_ms: Annotated[int, whole("扫描用时（毫秒）", 0, None, "of the last scan")] = 0
    wipe_ms: Annotated[int, whole("清除用时（毫秒）")] = 0
    wiped: Annotated[list[Wiped], rows("清除明细", 32)] = msgspec.field(default_factory=list)
    remedy: Annotated[Remedy, named("补救措施")] = Remedy.NONE
    remedy_copies_found: Annotated[
        int | None, named("补救后残留份数", "absent when there was no second scan")
    ] = None
