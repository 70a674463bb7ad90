"""The commands, as an operator types them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from contract.enrolment_code import parse_code
from province_platform.__main__ import main
from province_platform.server import PlatformServer, platform_file
from tests.province_platform.terminals import SITE, WITHIN_S, anybody, ask_to_enrol, new_key, signing_request


@contextmanager
def serving(root: Path, *more: str) -> Iterator[dict[str, str]]:
    """The platform as a process of its own."""
    command = [sys.executable, "-m", "province_platform", "serve", "--root", str(root), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        try:
            assert "https://127.0.0.1:" in lines[0], lines
            yield json.loads(platform_file(root).read_text(encoding="utf-8"))
        finally:
            process.terminate()
            assert process.wait(WITHIN_S) == 0


def test_serve_says_where_it_is_and_ends_at_a_signal(tmp_path: Path) -> None:
    root = tmp_path / "platform"
    with serving(root) as addresses:
        summary = requests.get(f"{addresses['console_url']}/console/summary", timeout=WITHIN_S).json()
        assert summary["batch"]["items"]
    assert not platform_file(root).exists()


def test_a_code_made_beside_a_running_platform_is_good_there(
    server: PlatformServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["enrolment-code", "--root", str(server.root), "--site", SITE, "--name", "一号机"]) == 0
    code = capsys.readouterr().out.strip()
    assert parse_code(code).text() == code
    assert ask_to_enrol(server, tmp_path, code, signing_request(new_key())).status_code == 200


def test_an_item_published_beside_a_running_platform_is_served_at_once(
    server: PlatformServer, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = repository / "tests/fixtures/items/fourth-item.json"
    assert main(["publish", "--root", str(server.root), str(item)]) == 0
    batch_id = capsys.readouterr().out.strip()
    summary = requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()
    assert summary["batch"]["batch_id"] == batch_id


def test_the_faults_of_a_running_platform_are_turned(
    server: PlatformServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(server.root)]
    assert main(["faults", *root, "--refuse", "--drop-answer-after-commit", "2"]) == 0
    turned = json.loads(capsys.readouterr().out)
    assert (turned["refuse"], turned["drop_answer_after_commit"]) == (True, 2)
    with anybody(server, tmp_path) as session, pytest.raises(requests.exceptions.ConnectionError):
        session.get(server.terminal_url, timeout=WITHIN_S)
    assert main(["faults", *root, "--no-refuse"]) == 0
    assert main(["faults", *root]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["drop_answer_after_commit"] == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["enrolment-code", "--site", "NOWHERE", "--name", "x"], "known sites: "),
        (["publish", "nothing.json"], "nothing.json"),
        (["faults", "--refuse"], "no platform is running"),
        (["revoke", "--terminal", "hubei-99999"], "hubei-99999"),
        (["serve", "--console", "0.0.0.0:0"], "loopback only"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    verb, *more = arguments
    assert main([verb, "--root", str(tmp_path / "platform"), *more]) == 1
    said = capsys.readouterr().err
    assert said.startswith("province_platform: ")
    assert reason in said
    assert "Traceback" not in said


@pytest.mark.parametrize("which", ["--listen", "--console"])
def test_an_address_that_is_taken_is_said_and_nothing_is_left_running(
    server: PlatformServer, tmp_path: Path, which: str, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = server.terminal_url.removeprefix("https://")
    threads = threading.active_count()
    assert main(["serve", "--root", str(tmp_path / "second"), which, taken]) == 1
    assert "in use" in capsys.readouterr().err
    assert threading.active_count() == threads
    assert not platform_file(tmp_path / "second").exists()


def test_a_killed_platform_starts_again_where_it_was(tmp_path: Path) -> None:
    root = tmp_path / "platform"
    command = [sys.executable, "-m", "province_platform", "serve", "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.kill()
    assert platform_file(root).exists(), "nobody was left to take it away"
    with serving(root) as addresses:
        requests.get(f"{addresses['console_url']}/console/summary", timeout=WITHIN_S).raise_for_status()
