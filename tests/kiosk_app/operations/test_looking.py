"""A picture of the screen goes to the province, never too large, and never said to be there without being."""

from __future__ import annotations

from base64 import b64decode

import pytest

from contract.commands import Command
from contract.payloads import LARGEST_PICTURE
from contract.sets import CommandOutcome, CommandVerb
from foundation.errors import Errors
from kiosk_app.operations.command_desk import When
from kiosk_app.operations.looking import screenshot_verb
from kiosk_app.operations.verbs import BothLanguages
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import ScreenSeen
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes.clock import ManualClock
from tests.fakes.kiosk import all_words, kiosk_at

COMMAND = Command(
    command_id="2d3e4f50-6172-4839-8a4b-5c6d7e8f9a0b",
    terminal_id="17",
    verb=CommandVerb.SCREENSHOT,
    issued_at="2026-11-21T02:10:07.123Z",
    deadline="2026-11-21T03:10:07.123Z",
)


def test_the_picture_is_in_the_answer_and_whoever_is_there_is_told() -> None:
    told: list[ScreenSeen] = []
    verb = screenshot_verb(lambda: b"a picture", told.append, ManualClock(), BothLanguages(all_words()))
    assert verb.when is When.AT_ONCE, "nothing of a person is in it, so nobody is waited for"
    finished = verb.do(COMMAND)
    assert finished is not None
    assert finished.outcome is CommandOutcome.DONE
    assert b64decode(finished.picture) == b"a picture"
    assert told == [ScreenSeen("10:10")]
    assert finished.picture not in repr(finished)


@pytest.mark.parametrize("picture", [None, b"", bytes(LARGEST_PICTURE)])
def test_without_one_that_can_travel_it_failed_and_nobody_was_looked_at(picture: bytes | None) -> None:
    told: list[ScreenSeen] = []
    verb = screenshot_verb(lambda: picture, told.append, ManualClock(), BothLanguages(all_words()))
    finished = verb.do(COMMAND)
    assert finished is not None
    assert (finished.outcome, finished.error) == (CommandOutcome.FAILED, Errors.SCREEN_NOT_DRAWN)
    assert told == []


def test_the_person_reads_it_to_the_end_of_her_session_and_the_next_one_does_not() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.says(ScreenSeen("10:12"))
    seen = kiosk.say("connection.seen", at="10:12")
    assert kiosk.view.top.connection_text == seen
    kiosk.connection(Connection.OFFLINE)
    assert kiosk.view.top.connection_text != seen, "what she can do goes before"
    kiosk.connection(Connection.CONNECTED)
    assert kiosk.view.top.connection_text == seen
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    kiosk.says(ScreenSeen("10:13"))
    kiosk.tap(Wish.TOUCH)
    assert kiosk.view.top.connection_text == kiosk.say("connection.connected")
