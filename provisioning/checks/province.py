"""Enrolment, certificate, place, platform and clock."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509

from foundation.clock import in_china
from foundation.errors import ErrorCode, Errors
from kiosk_app.config import SettingsError
from kiosk_app.config.records import read_place
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials, NotEnrolledError
from kiosk_app.province.outcomes import Answered
from kiosk_app.province.platform_clock import SYNCHRONISED_WITHIN_S, PlatformClock
from provisioning.context import Context
from provisioning.report import Line, State, error_line, settings_lines

CERTIFICATE_SOON_DAYS = 30


def check_enrolment(context: Context) -> list[Line]:
    """Whether the terminal is enrolled, and until when its certificate is good."""
    words = context.words
    try:
        credentials = Credentials.load(context.paths)
    except SettingsError as error:
        return list(settings_lines(words, error))
    except NotEnrolledError:
        return [error_line(words, "enrolment", Errors.NOT_ENROLLED)]
    enrolment = credentials.enrolment
    text = words.say("provisioning.enrolled", name=enrolment.terminal_name, terminal_id=enrolment.terminal_id)
    return [Line("enrolment", State.GOOD, text), _certificate_line(context, enrolment.certificate)]


def _certificate_line(context: Context, certificate_pem: str) -> Line:
    words, now = context.words, context.clock.utc_now()
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode("utf-8"))
    except ValueError:
        return error_line(words, "certificate", Errors.NOT_ENROLLED)
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < start:
        text = words.say("provisioning.certificate_early", day=_day(start))
        return Line("certificate", State.BAD, text, words.say("provisioning.set_the_clock"))
    if now >= end:
        text = words.say("provisioning.certificate_over", day=_day(end))
        return Line("certificate", State.BAD, text, words.say("provisioning.how_to_replace"))
    days = (end - now).days
    text = words.say("provisioning.certificate_until", day=_day(end), days=days)
    if days < CERTIFICATE_SOON_DAYS:
        return Line("certificate", State.ATTENTION, text, words.say("provisioning.how_to_replace"))
    return Line("certificate", State.GOOD, text)


def check_place(context: Context) -> list[Line]:
    """Whether somebody has said where the terminal stands."""
    words = context.words
    try:
        place = read_place(context.paths)
    except SettingsError as error:
        return list(settings_lines(words, error))
    if place is None or place.position is None:
        text, remedy = words.say("provisioning.place_unknown"), words.say("provisioning.how_to_place")
        return [Line("place", State.ATTENTION, text, remedy)]
    return [Line("place", State.GOOD, words.say("provisioning.place_known", site=place.site.name))]


def check_platform(context: Context, base_url: str) -> list[Line]:
    """Whether the platform answers this terminal, and how far the two clocks are apart."""
    words = context.words
    try:
        credentials = Credentials.load(context.paths)
    except (SettingsError, NotEnrolledError):
        return [Line("platform", State.SKIPPED, words.say("provisioning.needs_enrolment"))]
    platform_clock = PlatformClock(context.clock)
    client = ProvinceClient(base_url, credentials, context.clock, platform_clock)
    try:
        asked_s = context.clock.monotonic_s()
        outcome = client.time()
        taken_ms = round((context.clock.monotonic_s() - asked_s) * 1000)
    finally:
        client.close()
    if not isinstance(outcome, Answered):
        return [error_line(words, "platform", outcome.error), _no_time(context, outcome.error)]
    answers = Line("platform", State.GOOD, words.say("provisioning.platform_answers", milliseconds=taken_ms))
    return [answers, _clock_line(context, platform_clock.offset_s() or 0.0)]


def _clock_line(context: Context, offset_s: float) -> Line:
    words = context.words
    text = words.say("provisioning.clock_apart", seconds=f"{abs(offset_s):.1f}")
    if abs(offset_s) <= SYNCHRONISED_WITHIN_S:
        return Line("clock", State.GOOD, text)
    # Events carry the platform's time once it is known: wrong, but no reason to keep a terminal closed.
    remedy = words.say("provisioning.set_the_clock")
    return Line("clock", State.ATTENTION, text, remedy)


def _no_time(context: Context, error: ErrorCode) -> Line:
    words = context.words
    text = words.say("provisioning.clock_unknown")
    if error is Errors.PLATFORM_OUT_OF_TIME:
        return Line("clock", State.BAD, text, words.say("provisioning.set_the_clock"))
    return Line("clock", State.SKIPPED, text)


def _day(moment: datetime) -> str:
    return in_china(moment).date().isoformat()
