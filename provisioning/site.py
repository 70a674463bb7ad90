"""``site``: says where on its site this terminal stands (点位).

The site itself came with the enrolment, from the province's own list; the terminal's position on it is
measured here. The reference system always goes with the coordinates, and nothing is ever converted.
"""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from contract.payloads import Position
from contract.sets import CoordinateSource, ReferenceSystem
from foundation.clock import rfc3339
from foundation.errors import Errors
from kiosk_app.config import SettingsError
from kiosk_app.config.records import Place, write_place
from provisioning.context import Context, not_written
from provisioning.enrol import good_enrolment
from provisioning.report import ExitCode, Line, Report, State, error_line, settings_lines

HUBEI_LONGITUDES = (108.3, 116.2)
HUBEI_LATITUDES = (29.0, 33.3)
DECIMALS = 7
LONGEST_SPOT = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own options."""
    parser.add_argument("--longitude", required=True, type=degrees, help="经度（度）/ degrees east")
    parser.add_argument("--latitude", required=True, type=degrees, help="纬度（度）/ degrees north")
    parser.add_argument(
        "--crs",
        required=True,
        choices=[system.value for system in ReferenceSystem],
        help="坐标系，必写，从不换算 / reference system; never converted",
    )
    parser.add_argument(
        "--source",
        required=True,
        choices=[source.value for source in CoordinateSource],
        help="坐标怎么来的 / how the coordinates were found",
    )
    parser.add_argument("--accuracy-m", type=float, help="精度（米）/ accuracy in metres")
    parser.add_argument("--spot", default="", help="具体位置，如一楼东侧 / where within the site")
    parser.add_argument(
        "--dry-run", action="store_true", help="只看数据能不能用 / only see whether it would do"
    )


def degrees(text: str) -> float:
    """Degrees as they are written, at most seven decimals. Raises ``argparse.ArgumentTypeError``."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) > 180:
        raise argparse.ArgumentTypeError(
            f"{text!r}：请写度数，如 114.2707261 / write degrees, such as 114.2707261"
        )
    return float(round(value, DECIMALS))


def run(options: argparse.Namespace, context: Context) -> Report:
    """Writes the place, or says what keeps it from that."""
    words = context.words
    try:
        enrolment = good_enrolment(context)
    except SettingsError as error:
        return Report(ExitCode.WRONG_USE, settings_lines(words, error))
    if enrolment is None:
        return Report(ExitCode.CHECK_FAILED, (error_line(words, "place", Errors.NOT_ENROLLED),))
    mistake = _mistake(options)
    if mistake:
        return Report(ExitCode.WRONG_USE, (Line("place", State.BAD, words.say(mistake)),))
    position = Position(
        terminal_id=enrolment.terminal_id,
        site_id=enrolment.site.site_id,
        longitude=options.longitude,
        latitude=options.latitude,
        crs=ReferenceSystem(options.crs),
        coordinate_source=CoordinateSource(options.source),
        accuracy_m=options.accuracy_m,
        measured_at=rfc3339(context.clock.utc_now()),
        spot=options.spot,
    )
    sentence = "provisioning.place_would_be_written"
    if not options.dry_run:
        sentence = "provisioning.place_written"
        try:
            write_place(context.paths, Place(site=enrolment.site, position=position))
        except OSError:
            return not_written(context, "place", context.paths.place)
    line = Line("place", State.GOOD, words.say(sentence, site=enrolment.site.name))
    return Report(ExitCode.DONE, (line, *_doubt(context, options.longitude, options.latitude)))


def _mistake(options: argparse.Namespace) -> str:
    """The word for what the contract could not carry; empty when it can carry all."""
    if abs(options.latitude) > 90:
        return "provisioning.place_swapped"
    if len(options.spot) > LONGEST_SPOT:
        return "provisioning.spot_too_long"
    if options.accuracy_m is not None and not 0 < options.accuracy_m < 100_000:
        return "provisioning.accuracy_unfit"
    return ""


def _doubt(context: Context, longitude: float, latitude: float) -> tuple[Line, ...]:
    """A word of warning when the place cannot be in Hubei; it is written all the same."""
    words = context.words
    if _within(longitude, HUBEI_LONGITUDES) and _within(latitude, HUBEI_LATITUDES):
        return ()
    swapped = _within(latitude, HUBEI_LONGITUDES) and _within(longitude, HUBEI_LATITUDES)
    sentence = "provisioning.place_swapped" if swapped else "provisioning.place_outside"
    return (
        Line(
            "place",
            State.ATTENTION,
            words.say(sentence),
            words.say("provisioning.compare_place"),
        ),
    )


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
