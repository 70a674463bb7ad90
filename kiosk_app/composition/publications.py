"""What the province publishes beside items and says of the places around, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract.clips import decode_clips
from contract.news import decode_news
from contract.operations import BLOCK_LIST, CLIPS, NEWS, THEME
from contract.theme import decode_theme
from foundation.clock import Clock
from foundation.errors import ErrorCode, Errors
from kiosk_app.composition.line import ProvinceLine
from kiosk_app.config import TerminalPaths
from kiosk_app.province.block_list import BlockBook
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.neighbours import NeighbourFollower
from kiosk_app.province.publications import Follower, Publication, PublicationKeeper
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import ClipsChanged, NewsChanged, PlacesHeard, ThemeChanged

THEME_EVERY_S = 180.0
NEWS_EVERY_S = 30.0
"""A recall is on every screen that has a line within a minute."""
CLIPS_EVERY_S = 600.0
BLOCK_LIST_EVERY_S = 120.0
_LONGEST_REASON = 120


def follow_publications(
    paths: TerminalPaths,
    line: ProvinceLine,
    credentials: Credentials,
    alarms: AlarmKeeper,
    clock: Clock,
    post: Callable[[Message], None],
    book: BlockBook,
) -> PublicationKeeper:
    """Takes what is kept on the disk and builds who looks for more. What is refused is an alarm, in words."""

    def tell(error: ErrorCode, why: str) -> None:
        alarms.report(error, "", present=bool(why), details={"reason": why[:_LONGEST_REASON]})

    theme = Publication(
        THEME, decode_theme, Errors.THEME_REFUSED, lambda pack: post(ThemeChanged(pack)), THEME_EVERY_S
    )
    news = Publication(
        NEWS, decode_news, Errors.NEWS_REFUSED, lambda sheet: post(NewsChanged(sheet)), NEWS_EVERY_S
    )
    clips = Publication(
        CLIPS, decode_clips, Errors.CLIPS_REFUSED, lambda sheet: post(ClipsChanged(sheet)), CLIPS_EVERY_S
    )
    blocked = Publication(
        BLOCK_LIST, book.read, Errors.BLOCK_LIST_REFUSED, book.take, BLOCK_LIST_EVERY_S, book.headers
    )
    calls, folder, verifier = line.publication_calls, paths.state / "published", credentials.item_verifier
    signed: list[Follower[Any]] = [
        Follower(calls, theme, folder, verifier, tell),
        Follower(calls, news, folder, verifier, tell),
        Follower(calls, clips, folder, verifier, tell),
        Follower(calls, blocked, folder, verifier, tell),
    ]
    neighbours = NeighbourFollower(
        calls, paths.state / "neighbours.json", lambda nearby: post(PlacesHeard(nearby))
    )
    for follower in signed:
        follower.take_kept()
    neighbours.take_kept()
    keeper = PublicationKeeper([*signed, neighbours], clock)
    line.monitor.listen(keeper.connection_changed)
    return keeper
