"""Commands are signed, handed out until a result has come, and answered once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.commands import Command, CommandArguments, CommandList
from contract.envelope import CloudEvent, event_type
from contract.items import LocalText
from contract.payloads import CommandResult
from contract.sets import CommandOutcome, CommandVerb, Outcome, Stream
from contract.signing import Verifier
from foundation.clock import parse_rfc3339
from province_platform.__main__ import main
from province_platform.commands import CommandWish, NotGivenError
from province_platform.mailboxes import Mailboxes
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, outcomes

REPORT = CommandWish(verb=CommandVerb.REPORT_STATUS)


@pytest.fixture
def other(server: PlatformServer, tmp_path: Path) -> Iterator[EnrolledTerminal]:
    with enrolled(server, tmp_path, "二号机") as one:
        yield one


def poll(terminal: EnrolledTerminal, after: int = 0, wait_s: int = 0) -> CommandList:
    answer = terminal.call("GET", f"/v1/commands?wait_s={wait_s}&after={after}")
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=CommandList)


def commands_of(found: CommandList) -> list[Command]:
    return [msgspec.json.decode(signed.content, type=Command) for signed in found.commands]


def result(terminal: EnrolledTerminal, command_id: str, outcome: CommandOutcome) -> CloudEvent:
    payload = CommandResult(
        command_id=command_id,
        terminal_id=terminal.id,
        outcome=outcome,
        code="" if outcome is CommandOutcome.DONE else "CMND-001",
        explanation=LocalText("已上报", "reported"),
    )
    return terminal.event(Stream.COMMAND, payload, type=event_type(Stream.COMMAND, "result"))


def on_the_console(server: PlatformServer) -> list[dict[str, Any]]:
    summary = requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()
    return list(summary["commands"])


def test_a_command_is_signed_over_exactly_what_travels(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    given = server.command(terminal.id, REPORT)
    found = poll(terminal)
    assert commands_of(found) == [given]
    (signed,) = found.commands
    key = Verifier(terminal.enrolment.command_key)
    assert key.verifies(signed.content.encode(), signed.signature)
    assert not key.verifies(signed.content.replace("report_status", "restart").encode(), signed.signature)
    assert not Verifier(terminal.enrolment.item_key).verifies(signed.content.encode(), signed.signature)
    lasts_s = (parse_rfc3339(given.deadline) - parse_rfc3339(given.issued_at)).total_seconds()
    assert lasts_s == REPORT.valid_s


def test_a_terminal_that_waits_has_its_command_at_once_and_nobody_else_has_it(
    server: PlatformServer, terminal: EnrolledTerminal, other: EnrolledTerminal
) -> None:
    with ThreadPoolExecutor(2) as waiting:
        mine = waiting.submit(poll, terminal, 0, 20)
        theirs = waiting.submit(poll, other, 0, 1)
        given = server.command(terminal.id, REPORT)
        assert commands_of(mine.result(timeout=5)) == [given]
        assert theirs.result(timeout=5).commands == []


def test_it_is_handed_out_until_its_result_has_come(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    first, second = server.command(terminal.id, REPORT), server.command(terminal.id, REPORT)
    found = poll(terminal)
    assert commands_of(found) == [first, second]
    assert poll(terminal, after=found.position) == CommandList(commands=[], position=found.position)
    assert commands_of(poll(terminal)) == [first, second]  # it was started again and knows of nothing
    assert outcomes(terminal, result(terminal, first.command_id, CommandOutcome.DONE)) == [Outcome.STORED]
    assert commands_of(poll(terminal)) == [second]


def test_the_first_result_stands_and_people_see_it(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    command = server.command(terminal.id, REPORT)
    (row,) = on_the_console(server)
    assert (row["verb"], row["outcome"], row["handed_out_at"]) == ("report_status", None, None)
    poll(terminal)
    (row,) = on_the_console(server)
    assert row["handed_out_at"] is not None
    expired = result(terminal, command.command_id, CommandOutcome.EXPIRED)
    late = result(terminal, command.command_id, CommandOutcome.DONE)
    assert outcomes(terminal, expired, late) == [Outcome.STORED, Outcome.STORED]
    (row,) = on_the_console(server)
    assert (row["outcome"], row["code"], row["explanation"]["zh"]) == ("expired", "CMND-001", "已上报")
    assert "signature" not in row


def test_a_picture_that_answers_is_seen_at_the_console_and_stays_the_first(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    command = server.command(terminal.id, CommandWish(verb=CommandVerb.SCREENSHOT))
    where = f"{server.console_url}/console/commands/{command.command_id}/picture"
    assert requests.get(where, timeout=WITHIN_S).status_code == 404
    (row,) = on_the_console(server)
    assert not row["pictured"]
    for picture in ("Zmlyc3Q=", "c2Vjb25k"):
        seen = CommandResult(
            command_id=command.command_id,
            terminal_id=terminal.id,
            outcome=CommandOutcome.DONE,
            picture=picture,
        )
        answer = terminal.event(Stream.COMMAND, seen, type=event_type(Stream.COMMAND, "result"))
        assert outcomes(terminal, answer) == [Outcome.STORED]
    found = requests.get(where, timeout=WITHIN_S)
    assert (found.content, found.headers["content-type"]) == (b"first", "image/jpeg")
    (row,) = on_the_console(server)
    assert row["pictured"]
    assert "picture" not in row


def test_nobody_answers_for_another_terminal(
    server: PlatformServer, terminal: EnrolledTerminal, other: EnrolledTerminal
) -> None:
    command = server.command(terminal.id, REPORT)
    assert outcomes(other, result(other, command.command_id, CommandOutcome.DONE)) == [Outcome.REFUSED]
    assert commands_of(poll(terminal)) == [command]


@pytest.mark.parametrize(
    ("terminal_id", "wish", "reason"),
    [
        ("hubei-99999", REPORT, "no terminal"),
        ("", CommandWish(verb=CommandVerb.STOP_SERVICE), "needs reason"),
        ("", CommandWish(verb=CommandVerb.DISABLE_ITEM), "needs item_code, reason"),
        ("", CommandWish(verb=CommandVerb.ENABLE_ITEM), "needs item_code"),
    ],
)
def test_what_cannot_be_given_is_not_kept(
    server: PlatformServer, terminal: EnrolledTerminal, terminal_id: str, wish: CommandWish, reason: str
) -> None:
    with pytest.raises(NotGivenError, match=reason):
        server.command(terminal_id or terminal.id, wish)
    assert on_the_console(server) == []


def test_an_operator_types_it(
    server: PlatformServer, terminal: EnrolledTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["command", "--root", str(server.root), terminal.id]
    more = ["disable_item", "--item-code", "elder-allowance", "--reason", "政策调整|Rules are changing"]
    assert main([*order, *more, "--valid-s", "60"]) == 0
    command = msgspec.json.decode(capsys.readouterr().out, type=Command)
    reason = LocalText("政策调整", "Rules are changing")
    assert command.arguments == CommandArguments(item_code="elder-allowance", reason=reason)
    assert commands_of(poll(terminal)) == [command]
    assert main([*order, "stop_service"]) == 1
    assert "needs reason" in json.loads(capsys.readouterr().out)["problem"]


def test_a_wait_ends_with_the_platform() -> None:
    async def story() -> tuple[bool, bool]:
        mailboxes = Mailboxes()
        waiting = asyncio.create_task(mailboxes.wait(mailboxes.bell("hubei-20001"), 25.0))
        await asyncio.sleep(0)
        mailboxes.close()
        return await waiting, mailboxes.closed

    assert asyncio.run(story()) == (True, True)
