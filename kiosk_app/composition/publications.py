"""What the province publishes to all terminals beside items, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable

from contract.operations import THEME
from contract.theme import decode_theme
from foundation.clock import Clock
from foundation.errors import ErrorCode, Errors
from kiosk_app.composition.line import ProvinceLine
from kiosk_app.config import TerminalPaths
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.publications import Follower, Publication, PublicationKeeper
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import ThemeChanged

THEME_EVERY_S = 180.0
_LONGEST_REASON = 120


def follow_publications(
    paths: TerminalPaths,
    line: ProvinceLine,
    credentials: Credentials,
    alarms: AlarmKeeper,
    clock: Clock,
    post: Callable[[Message], None],
) -> PublicationKeeper:
    """Takes what is kept on the disk and builds who looks for more. What is refused is an alarm, in words."""

    def tell(error: ErrorCode, why: str) -> None:
        alarms.report(error, "", present=bool(why), details={"reason": why[:_LONGEST_REASON]})

    theme = Publication(
        THEME, decode_theme, Errors.THEME_REFUSED, lambda pack: post(ThemeChanged(pack)), THEME_EVERY_S
    )
    followers = [
        Follower(
            line.publication_calls, publication, paths.state / "published", credentials.item_verifier, tell
        )
        for publication in (theme,)
    ]
    for follower in followers:
        follower.take_kept()
    keeper = PublicationKeeper(followers, clock)
    line.monitor.listen(keeper.connection_changed)
    return keeper
