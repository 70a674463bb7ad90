"""The honest board in words: the same lines for the command line and for a maintenance screen."""

from __future__ import annotations

from dataclasses import dataclass

from contract.sets import Stream
from offline_store.attachments import UPLOAD
from offline_store.board import ANSWERED
from offline_store.events import Board
from words import Words

_UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds"))


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One thing that is to be known. ``is_attention`` says that a person has to look at it."""

    text: str
    is_attention: bool = False


def board_lines(board: Board, words: Words) -> list[BoardLine]:
    """What waits and since when, what was tried and when next, what the province refused and why."""
    say = words.say
    lines = [BoardLine(say("queue.depth", depth=board.depth) if board.depth else say("queue.empty"))]
    if board.oldest_age_s is not None:
        known = "at_least" if board.oldest_age_is_minimum else "oldest"
        lines.append(BoardLine(say(f"queue.{known}", age=duration(board.oldest_age_s, words))))
    lines += [
        BoardLine("  " + say("queue.stream", stream=_stream(name, words), count=count.waiting))
        for name, count in board.streams.items()
        if count.waiting
    ]
    lines += _tries(board, words)
    lines += _never_sent(board, words)
    lines.append(BoardLine(say("queue.set_aside", count=len(board.set_aside)), bool(board.set_aside)))
    lines += [
        BoardLine(
            f"  {event.id} {event.subject} [{event.code}] "
            + (say("queue.with", cause=event.because_of) if event.because_of else event.reason),
            is_attention=True,
        )
        for event in board.set_aside
    ]
    if board.set_aside:
        lines.append(BoardLine(say("queue.how_to_resend"), is_attention=True))
    return lines


def _stream(name: str, words: Words) -> str:
    if name == UPLOAD:  # on its own line, and no stream of events
        return words.say("queue.papers")
    stream = Stream(name)
    return stream.zh if words.language == "zh" else stream.en


def _tries(board: Board, words: Words) -> list[BoardLine]:
    say, lines = words.say, []
    if board.stepped_back:
        tried = say("queue.tried", count=board.stepped_back, attempts=board.most_attempts)
        lines.append(BoardLine(tried, is_attention=True))
    if board.next_try_in_s is not None:
        lines.append(BoardLine(say("queue.next_try", wait=duration(board.next_try_in_s, words))))
    if not board.exchanges:
        return [*lines, BoardLine(say("queue.never_exchanged"))]
    last, time = list(board.exchanges.items())[-1]
    if last == ANSWERED:
        return [*lines, BoardLine(say("queue.answered", time=time))]
    known = words.knows(f"technician.{last}")
    lines.append(BoardLine(say("queue.not_answered", time=time, code=last), is_attention=True))
    if known:
        lines.append(BoardLine("  " + say(f"technician.{last}"), is_attention=True))
    if ANSWERED in board.exchanges:
        lines.append(BoardLine(say("queue.answered", time=board.exchanges[ANSWERED])))
    return lines


def _never_sent(board: Board, words: Words) -> list[BoardLine]:
    superseded = sum(count.superseded for count in board.streams.values())
    refused = sum(count.refused for count in board.streams.values())
    lines = []
    if superseded:
        lines.append(BoardLine(words.say("queue.superseded", count=superseded)))
    if refused:
        lines.append(BoardLine(words.say("queue.refused", count=refused), is_attention=True))
    return lines


def duration(seconds: float, words: Words) -> str:
    """``seconds`` in the largest unit of which there is a whole one."""
    for size, unit in _UNITS:
        if seconds >= size or size == 1:
            return words.say(f"queue.{unit}", count=int(seconds // size))
    raise AssertionError("every duration has its unit")
