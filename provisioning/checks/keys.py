"""Where the key of the store is kept, and whether it may be kept there."""

from __future__ import annotations

from contract.key_policy import KeyPolicy, PolicyFault
from foundation.clock import in_china, parse_rfc3339
from foundation.errors import Errors
from kiosk_app.config import SettingsError
from kiosk_app.config.key_address import kind_of
from kiosk_app.config.records import read_enrolment
from kiosk_app.config.settings import Settings
from kiosk_app.province.terminal_keys import key_custody
from provisioning.context import Context
from provisioning.report import Line, State, error_line


def check_keys(context: Context, settings: Settings) -> list[Line]:
    """Whether the key lies where somebody who takes the disk does not get it.

    That it can be had is seen by opening the store. Without an enrolment there is no province to allow
    anything, and nothing in the store either.
    """
    words = context.words
    place = words.say(f"keys.{kind_of(settings.keys.provider)}")
    kept = Line("keys", State.GOOD, words.say("keys.kept", place=place))
    try:
        enrolment = read_enrolment(context.paths)
    except SettingsError:
        return [kept]  # the enrolment's own check tells it
    if enrolment is None:
        return [kept]
    custody = key_custody(settings, context.paths, enrolment, context.clock)
    if not custody.is_beside_disk:
        return [kept]
    if not custody.is_allowed:
        line = error_line(words, "keys", Errors.KEY_BESIDE_DISK)
        if isinstance(custody.allowance, PolicyFault):
            why = words.say(f"keys.policy_{custody.allowance.value}")
            line = Line(line.subject, line.state, f"{line.text} {why}", line.remedy, line.code)
        return [line]
    if not custody.in_service:
        return [Line("keys", State.GOOD, words.say("keys.demonstration"))]
    until = custody.allowance.expires_at if isinstance(custody.allowance, KeyPolicy) else ""
    day = in_china(parse_rfc3339(until)).strftime("%Y-%m-%d")
    return [Line("keys", State.ATTENTION, words.say("keys.allowed", until=day), words.say("keys.choose"))]
