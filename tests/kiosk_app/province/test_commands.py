"""What is no command of the platform's for this terminal is never taken, whoever sends it."""

from __future__ import annotations

import queue
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from contract.answers import PlatformTime
from contract.commands import Command, CommandList, SignedCommand
from contract.sealing import make_private_key
from contract.sets import CommandVerb
from contract.signing import Signer
from foundation.clock import SystemClock
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.commands import UNTRUSTED, CommandReceiver
from kiosk_app.province.credentials import Credentials
from offline_store.store import OfflineStore
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

WITHIN_S = 10.0


def a_command(terminal_id: str = TERMINAL_ID) -> bytes:
    return msgspec.json.encode(
        Command(
            command_id=str(uuid.uuid4()),
            terminal_id=terminal_id,
            verb=CommandVerb.REPORT_STATUS,
            issued_at="2026-11-21T02:10:07.123Z",
            deadline="2026-11-21T03:10:07.123Z",
        )
    )


class Post:
    """The other end of the long poll: hands out what is put in, then holds its answer back."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.to_give: queue.Queue[SignedCommand | None] = queue.Queue()
        self.asked_after: queue.Queue[str] = queue.Queue()
        self.position = 0

    def gives(self, content: bytes, signer: Signer | None = None) -> None:
        signature = (signer or self.signer).sign(content)
        self.to_give.put(SignedCommand(content=content.decode(), signature=signature))

    def __call__(self, request: Request) -> Response:
        if request.path == "/v1/time":
            time = PlatformTime(time="2026-11-21T02:10:08.000Z", terminal_id=TERMINAL_ID)
            return Response(200, msgspec.json.encode(time))
        self.asked_after.put(request.path)
        signed = self.to_give.get()
        if signed is None:
            return Response(200, msgspec.json.encode(CommandList(commands=[], position=self.position)))
        self.position += 1
        return Response(200, msgspec.json.encode(CommandList(commands=[signed], position=self.position)))


@pytest.fixture
def enrolled(tmp_path: Path) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OfflineStore]:
    with a_store(tmp_path) as store:
        yield store


@pytest.fixture
def post(enrolled: EnrolledTerminal) -> Post:
    return Post(enrolled.command_signer)


@pytest.fixture
def taken(enrolled: EnrolledTerminal, store: OfflineStore, post: Post) -> Iterator[queue.Queue[bytes]]:
    """What the receiver has told of, in its order."""
    taken: queue.Queue[bytes] = queue.Queue()
    with ScriptedServer(post) as server:
        calls = PlatformCalls(server.url, enrolled.credentials.tls, SystemClock())

        def tell() -> None:
            taken.put(store.commands.without_answer()[-1].content)

        receiver = _receiver(calls, enrolled.credentials, store, tell)
        receiver.start()
        yield taken
        calls.close()
        post.to_give.put(None)
        assert receiver.stop()


def _receiver(
    calls: PlatformCalls, credentials: Credentials, store: OfflineStore, tell: Callable[[], None]
) -> CommandReceiver:
    return CommandReceiver(
        calls, lambda: None, credentials, store.commands, store.counters, SystemClock(), tell
    )


def untrusted(store: OfflineStore) -> int:
    return store.counters.figures().get(UNTRUSTED, 0)


def test_a_command_is_in_the_store_before_the_next_question(taken: queue.Queue[bytes], post: Post) -> None:
    command = a_command()
    post.gives(command)
    assert taken.get(timeout=WITHIN_S) == command
    asked = [post.asked_after.get(timeout=WITHIN_S) for _ in range(2)]
    assert asked == ["/v1/commands?wait_s=25&after=0", "/v1/commands?wait_s=25&after=1"]


def test_another_key_signs_nothing_for_this_terminal(
    taken: queue.Queue[bytes], post: Post, store: OfflineStore, enrolled: EnrolledTerminal
) -> None:
    for stranger in (Signer(make_private_key()), enrolled.item_signer):
        post.gives(a_command(), stranger)
    good = a_command()
    post.gives(good)
    assert taken.get(timeout=WITHIN_S) == good
    assert [kept.content for kept in store.commands.without_answer()] == [good]
    assert untrusted(store) == 2


def test_a_command_that_was_changed_on_the_way_is_none(
    taken: queue.Queue[bytes], post: Post, store: OfflineStore
) -> None:
    content = a_command()
    changed = content.replace(b"report_status", b"restart").decode()
    post.to_give.put(SignedCommand(content=changed, signature=post.signer.sign(content)))
    good = a_command()
    post.gives(good)
    assert taken.get(timeout=WITHIN_S) == good
    assert untrusted(store) == 1


def test_another_terminals_command_is_none_of_ours(
    taken: queue.Queue[bytes], post: Post, store: OfflineStore
) -> None:
    post.gives(a_command("42010300018"))
    good = a_command()
    post.gives(good)
    assert taken.get(timeout=WITHIN_S) == good
    assert untrusted(store) == 1


def test_a_replay_is_taken_once(taken: queue.Queue[bytes], post: Post, store: OfflineStore) -> None:
    first, second = a_command(), a_command()
    for content in (first, first, second, first):
        post.gives(content)
    assert [taken.get(timeout=WITHIN_S) for _ in range(2)] == [first, second]
    store.commands.answered(msgspec.json.decode(first, type=Command).command_id, "done")
    post.gives(first)
    third = a_command()
    post.gives(third)
    assert taken.get(timeout=WITHIN_S) == third
    assert [kept.content for kept in store.commands.without_answer()] == [second, third]
    assert untrusted(store) == 0


def test_a_verb_of_tomorrow_is_taken_so_that_it_can_be_refused(taken: queue.Queue[bytes], post: Post) -> None:
    tomorrow = a_command().replace(b"report_status", b"make_coffee")
    post.gives(tomorrow)
    assert taken.get(timeout=WITHIN_S) == tomorrow


def test_a_page_of_somebody_else_takes_the_position_nowhere(
    taken: queue.Queue[bytes], post: Post, enrolled: EnrolledTerminal
) -> None:
    post.to_give.put(SignedCommand(content="<html>", signature="."))
    good = a_command()
    post.gives(good)
    assert taken.get(timeout=WITHIN_S) == good


def test_without_a_key_for_commands_nobody_is_asked(
    enrolled: EnrolledTerminal, store: OfflineStore, post: Post, tmp_path: Path
) -> None:
    credentials = replace(enrolled.credentials, command_verifier=None)
    with ScriptedServer(post) as server:
        calls = PlatformCalls(server.url, credentials.tls, SystemClock())
        receiver = _receiver(calls, credentials, store, lambda: None)
        receiver.start()
        assert receiver.stop()
        calls.close()
        assert server.seen == []
