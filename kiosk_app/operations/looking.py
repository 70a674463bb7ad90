"""The province looks at the screen: at a picture that was drawn again without the person, and she is told."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from contract.commands import Command
from contract.payloads import LARGEST_PICTURE
from contract.sets import CommandOutcome
from foundation.clock import Clock, in_china
from foundation.errors import Errors
from kiosk_app.operations.command_desk import Finished, Verb
from kiosk_app.operations.verbs import BothLanguages
from kiosk_app.terminal.messages import ScreenSeen


def screenshot_verb(
    draw: Callable[[], bytes | None],
    post: Callable[[ScreenSeen], None],
    clock: Clock,
    sentences: BothLanguages,
) -> Verb:
    """The verb ``screenshot``. ``draw`` gives a JPEG, or None; it may take seconds.

    It is done at once, also while somebody is there: nothing of her is in the picture. Whoever is there reads
    that it was taken.
    """

    def look(_command: Command) -> Finished:
        picture = draw()
        content = "" if picture is None else b64encode(picture).decode("ascii")
        if not 1 <= len(content) <= LARGEST_PICTURE:
            return Finished(CommandOutcome.FAILED, Errors.SCREEN_NOT_DRAWN)
        post(ScreenSeen(in_china(clock.utc_now()).strftime("%H:%M")))
        return Finished(CommandOutcome.DONE, None, sentences.say("screen_seen"), content)

    return Verb(look)
