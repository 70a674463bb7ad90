"""Draws the screens for staff: from a visit to what they show. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from contract.grants import VISIT_CODE_FIGURES
from contract.sets import DeviceHealth
from kiosk_app.matters.days import said_day
from kiosk_app.reporting.queue_board import duration
from kiosk_app.terminal.staff_views import StaffErrand, StaffFact, StaffSignInView, StaffView
from kiosk_app.terminal.staff_visit import DeviceStanding, Errand, MaintenanceBoard, StaffVisit
from words import Words

WELL = "done"
_TONES = {DeviceHealth.OK: WELL, DeviceHealth.UNAVAILABLE: "stop"}


def staff_sign_in(visit: StaffVisit, words: Words) -> StaffSignInView:
    """The grant, then the visit code."""
    if visit.error:
        advice = words.say(f"error.{visit.error}")
    elif visit.busy:
        advice = words.say("staff.checking")
    else:
        advice = words.say("staff.type_code" if visit.code_wanted else "staff.scan_grant")
    return StaffSignInView(
        advice=advice,
        is_problem=bool(visit.error),
        code_wanted=visit.code_wanted,
        busy=visit.busy,
        dots="●" * len(visit.typed),
        figures=VISIT_CODE_FIGURES,
        can_go_on=visit.complete and not visit.busy,
    )


def staff_board(visit: StaffVisit, words: Words) -> StaffView:
    """How the terminal is, and what can be done about it here."""
    if visit.role is None:
        raise RuntimeError("the board is for somebody who has shown who she is")
    said = words.say(f"error.{visit.error}") if visit.error else ""
    if visit.said is not None:
        said = visit.said.read(words.language)
    facts = list(_facts(visit.board, words)) if visit.board is not None else []
    troubles = sorted((fact for fact in facts if fact.tone != WELL), key=lambda fact: fact.tone != "stop")
    return StaffView(
        title=words.say("staff.title", role=visit.role.read(words.language), number=visit.staff_number),
        said=words.say("staff.at_work") if visit.busy else said,
        is_problem=bool(visit.error),
        busy=visit.busy,
        troubles=tuple(troubles),
        errands=tuple(
            StaffErrand(each.value, words.say(f"staff.{each.value}"), words.say(f"staff.{each.value}_hint"))
            for each in Errand
            if visit.may(each)
        ),
        facts=tuple(fact for fact in facts if fact.tone == WELL),
    )


def _facts(board: MaintenanceBoard, words: Words) -> Iterator[StaffFact]:
    yield from (_device(standing, words) for standing in board.devices)
    say = words.say
    age_s = board.oldest_age_s
    waiting = (
        say("staff.nothing_waits")
        if age_s is None or not board.waiting
        else say("staff.waits", count=board.waiting, age=duration(age_s, words))
    )
    yield StaffFact(say("staff.queue"), waiting, WELL if not board.waiting else "attention")
    if board.set_aside:
        count = say("staff.set_aside_count", count=board.set_aside)
        yield StaffFact(say("staff.set_aside"), count, "stop", say("staff.set_aside_hint"))
    if board.stopped:
        yield StaffFact(say("staff.service"), say("staff.stopped"), "attention")
    yield StaffFact(say("staff.matters"), board.batch or say("staff.no_matters"), WELL)
    yield StaffFact(say("staff.certificate"), said_day(board.certificate_until, words), WELL)
    yield StaffFact(say("staff.version"), board.version, WELL)


def _device(standing: DeviceStanding, words: Words) -> StaffFact:
    remedy = f"technician.{standing.error}"
    value = standing.health.read(words.language)
    return StaffFact(
        words.say(f"provisioning.name_{standing.device}"),
        f"{value} {standing.error}" if standing.error else value,
        _TONES.get(standing.health, "attention"),
        words.say(remedy) if standing.error and words.knows(remedy) else "",
    )
