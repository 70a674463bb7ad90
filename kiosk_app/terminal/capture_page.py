"""What stands on the page of a question that a paper answers."""

from __future__ import annotations

from kiosk_app.matters.answering import AGAIN, TAKE, YES
from kiosk_app.terminal.session import Matter
from kiosk_app.terminal.views import Option
from words import Words


def capture_help(matter: Matter, words: Words) -> str:
    """What to do now: the camera's own advice while it looks, then what the person decides."""
    capture = matter.capture
    if matter.step.field in matter.attachments:
        return words.say("capture.kept")
    if capture is None:
        return ""
    if capture.picture:
        return words.say("capture.keeping" if capture.busy else "capture.look_at_it")
    if capture.busy:
        return words.say("capture.taking")
    return words.say(capture.advice or "camera.no_document")


def capture_options(matter: Matter, words: Words) -> tuple[Option, ...]:
    """Take it; then take it again, or use it. Nothing while something is under way."""
    capture = matter.capture
    if capture is None or capture.busy:
        return ()
    if capture.picture or matter.step.field in matter.attachments:
        return (Option(YES, words.say("capture.use")), Option(AGAIN, words.say("capture.again")))
    return (Option(TAKE, words.say("capture.take")),)
