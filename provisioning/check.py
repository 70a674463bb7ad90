"""``check``: looks at everything that a terminal needs, changes nothing, says what to do about it."""

from __future__ import annotations

import argparse

from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.settings import Settings, read_settings
from kiosk_app.province.terminal_keys import keys_as_set
from offline_store.lock import TerminalLock
from provisioning.checks.devices import check_devices
from provisioning.checks.keys import check_keys
from provisioning.checks.machine import (
    check_disk,
    check_memory,
    check_store,
    check_swap,
    check_writing_of_memory,
)
from provisioning.checks.province import check_enrolment, check_place, check_platform
from provisioning.context import Context
from provisioning.report import ExitCode, Line, Report, State, settings_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb has no options of its own."""
    del parser


def run(options: argparse.Namespace, context: Context) -> Report:
    """Every check, in the order in which a technician would mend things."""
    del options
    lines = list(_lines(context))
    bad = sum(line.state is State.BAD for line in lines)
    sentence = "provisioning.some_bad" if bad else "provisioning.all_good"
    state = State.BAD if bad else State.GOOD
    lines.append(Line("all", state, context.words.say(sentence, count=bad)))
    return Report(ExitCode.CHECK_FAILED if bad else ExitCode.DONE, tuple(lines))


def _lines(context: Context) -> list[Line]:
    words = context.words
    try:
        settings = read_settings(context.paths.settings)
    except SettingsError as error:
        return [*settings_lines(words, error), *_machine(context)]
    good = Line("settings", State.GOOD, words.say("provisioning.settings_good"))
    return [
        good,
        *check_enrolment(context),
        *check_place(context),
        *check_platform(context, settings.platform.url),
        *_devices(context, settings),
        *check_keys(context, settings),
        *check_store(context, keys_as_set(settings, context.paths, context.clock).store),
        *_machine(context),
    ]


def _machine(context: Context) -> list[Line]:
    return [
        *check_disk(context),
        *check_memory(context),
        *check_swap(context),
        *check_writing_of_memory(context),
    ]


def _devices(context: Context, settings: Settings) -> list[Line]:
    """The devices, unless the running terminal has them; meanwhile no terminal can start."""
    held, lock = _take_lock(context.paths)
    if held:
        return [Line("devices", State.SKIPPED, context.words.say("provisioning.devices_in_use"))]
    try:
        return check_devices(context, settings)
    finally:
        if lock is not None:
            lock.release()


def _take_lock(paths: TerminalPaths) -> tuple[bool, TerminalLock | None]:
    """Whether a terminal is running, else its lock; no lock where nothing was ever set up."""
    if not paths.store.parent.exists():
        return False, None
    lock = TerminalLock.take(paths.store.with_name("terminal.lock"))
    return lock is None, lock
