"""A code is redeemed once; what is lost on the way is asked for again; what is good is never lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import provisioning.enrol
from contract import operations
from contract.enrolment_code import parse_code
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.config.records import read_enrolment
from kiosk_app.province.client import PlatformCalls, ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.outcomes import Answered, Outcome, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from province_platform.server import PlatformServer
from tests.fakes.scripted_server import Response, ScriptedServer
from tests.fixtures.certificates import TestAuthority, pem
from tests.provisioning.terminals import SITE, Machine


def the_platform_knows(machine: Machine, platform: PlatformServer) -> str:
    """The name of the terminal that the platform takes this machine for; empty when it knows none."""
    clock = SystemClock()
    credentials = Credentials.load(machine.paths)
    client = ProvinceClient(platform.terminal_url, credentials, clock, PlatformClock(clock))
    try:
        outcome = client.time()
    finally:
        client.close()
    enrolment = credentials.enrolment
    known = isinstance(outcome, Answered) and outcome.value.terminal_id == enrolment.terminal_id
    return enrolment.terminal_name if known else ""


def test_a_machine_is_enrolled_and_the_platform_knows_it(machine: Machine, platform: PlatformServer) -> None:
    ended = machine.enrol(platform, name="江汉01号机")
    assert ended.exit_code == 0
    enrolment = read_enrolment(machine.paths)
    assert enrolment is not None
    assert enrolment.terminal_name == "江汉01号机"
    assert enrolment.terminal_id in ended.lines["enrolment"]["text"]
    assert the_platform_knows(machine, platform)


def test_the_key_is_made_here_and_kept_from_others(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    assert machine.paths.terminal_key.stat().st_mode & 0o777 == 0o600
    assert machine.paths.keys.stat().st_mode & 0o777 == 0o700
    secret = machine.paths.terminal_key.read_bytes()
    holders = [name for name, content in machine.files().items() if secret[40:80] in content]
    assert holders == ["var/lib/dianxiaoer/keys/terminal.key"]


def test_doing_it_again_changes_nothing(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    before = machine.files()
    ended = machine.enrol(platform, name="另一台")
    assert ended.exit_code == 0
    assert "大厅1号机" in ended.lines["enrolment"]["text"]
    assert machine.files() == before


def test_a_replacement_is_a_new_terminal_with_a_new_key(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    before = machine.files()
    assert machine.enrol(platform, "--replace", name="另一台").exit_code == 0
    after = machine.files()
    assert after.keys() == before.keys()
    assert all(after[name] != before[name] for name in after if not name.endswith("authority.crt"))
    assert the_platform_knows(machine, platform)


def test_the_code_may_be_typed_instead(
    machine: Machine, platform: PlatformServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.configure(platform.terminal_url)
    typed = platform.make_enrolment_code(SITE, "机").lower().replace("-", " ")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"  {typed}\n"))
    assert machine.provision("enrol").exit_code == 0


def test_a_dry_run_meets_the_platform_and_leaves_no_trace(machine: Machine, platform: PlatformServer) -> None:
    machine.configure(platform.terminal_url)
    code = platform.make_enrolment_code(SITE, "机")
    assert machine.provision("enrol", "--code", code, "--dry-run").exit_code == 0
    assert machine.files() == {}
    assert machine.provision("enrol", "--code", code).exit_code == 0


@pytest.mark.parametrize(
    "mistype", [lambda code: code[:-1], lambda code: code + "0", lambda _: "", str.swapcase]
)
def test_a_mistyped_code_reaches_nobody(
    machine: Machine, platform: PlatformServer, mistype: Callable[[str], str]
) -> None:
    code = platform.make_enrolment_code(SITE, "机")
    machine.configure("https://127.0.0.1:1")
    ended = machine.provision("enrol", "--code", mistype(code))
    if mistype is str.swapcase:  # reading is forgiving: this one gets as far as nobody being there
        assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (4, "PROV-001")
    else:
        assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (2, "ENRL-001")
    assert machine.files() == {}


def test_a_code_is_good_for_one_machine(machine: Machine, platform: PlatformServer, tmp_path: Path) -> None:
    code = platform.make_enrolment_code(SITE, "机")
    first, second = (Machine(tmp_path / name, machine.capture) for name in ("first", "second"))
    for each in (first, second):
        each.configure(platform.terminal_url)
    assert first.provision("enrol", "--code", code).exit_code == 0
    ended = second.provision("enrol", "--code", code)
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (3, "ENRL-002")
    assert read_enrolment(second.paths) is None


class LosesTheAnswer(PlatformCalls):
    """The platform does it, and its answer does not arrive."""

    def call(self, operation: operations.Operation, **arguments: Any) -> Outcome[Any]:
        outcome = super().call(operation, **arguments)
        return Unreachable(Errors.PROVINCE_UNREACHABLE) if operation is operations.ENROL else outcome


def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(
    machine: Machine, platform: PlatformServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.configure(platform.terminal_url)
    code = platform.make_enrolment_code(SITE, "机")
    with monkeypatch.context() as patch:
        patch.setattr(provisioning.enrol, "PlatformCalls", LosesTheAnswer)
        ended = machine.provision("enrol", "--code", code)
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (4, "PROV-001")
    (pending,) = machine.files()
    assert pending == "var/lib/dianxiaoer/keys/terminal.pending"
    assert machine.provision("enrol", "--code", code).exit_code == 0
    assert the_platform_knows(machine, platform)
    assert pending not in machine.files()


@pytest.mark.parametrize(("step", "still"), [("write_enrolment", "大厅1号机"), ("settle_keys", "换上的")])
def test_a_power_cut_at_any_step_leaves_one_whole_enrolment(
    machine: Machine, platform: PlatformServer, monkeypatch: pytest.MonkeyPatch, step: str, still: str
) -> None:
    machine.enrol(platform)
    code = platform.make_enrolment_code(SITE, "换上的")
    with monkeypatch.context() as patch:
        patch.setattr(provisioning.enrol, step, cut_the_power)
        with pytest.raises(KeyboardInterrupt):
            machine.provision("enrol", "--code", code, "--replace")
    assert the_platform_knows(machine, platform) == still
    again = ["--replace"] if still == "大厅1号机" else []
    assert machine.provision("enrol", "--code", code, *again).exit_code == 0
    assert the_platform_knows(machine, platform) == "换上的"
    assert "var/lib/dianxiaoer/keys/terminal.pending" not in machine.files()


def cut_the_power(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_platform_that_the_code_does_not_name_gets_nothing(
    machine: Machine, platform: PlatformServer, tmp_path: Path
) -> None:
    with PlatformServer(tmp_path / "another") as another:
        machine.configure(another.terminal_url)
        ended = machine.provision("enrol", "--code", platform.make_enrolment_code(SITE, "机"))
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (3, "ENRL-003")
    assert machine.files() == {}


def test_somebody_who_shows_the_right_authority_but_is_not_it_gets_nothing(
    machine: Machine, platform: PlatformServer, tmp_path: Path
) -> None:
    code = platform.make_enrolment_code(SITE, "机")
    secret = parse_code(code).secret
    body = b'{"certificate":%s}' % _json_text(platform.authority_pem)
    impostor = TestAuthority("Impostor").issue("127.0.0.1", server=True).write(tmp_path, "impostor")
    with ScriptedServer(lambda _: Response(200, body), certificate=impostor) as server:
        machine.configure(server.url)
        ended = machine.provision("enrol", "--code", code)
        assert all(secret not in repr(request) for request in server.seen)
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (4, "PROV-003")


def test_a_captive_portal_is_not_the_platform(
    machine: Machine, platform: PlatformServer, tmp_path: Path
) -> None:
    portal = TestAuthority("Hotel").issue("127.0.0.1", server=True).write(tmp_path, "portal")
    for body in (b"<html>", b'{"certificate":"none"}'):
        with ScriptedServer(lambda _, body=body: Response(200, body), certificate=portal) as server:  # type: ignore[misc]
            machine.configure(server.url)
            ended = machine.provision("enrol", "--code", platform.make_enrolment_code(SITE, "机"))
        assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (4, "PROV-003")


def test_a_certificate_for_somebody_elses_key_is_not_taken(
    machine: Machine, platform: PlatformServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = TestAuthority().issue("somebody else")

    class GivesAnothers(PlatformCalls):
        def call(self, operation: operations.Operation, **arguments: Any) -> Outcome[Any]:
            outcome = super().call(operation, **arguments)
            if operation is operations.ENROL and isinstance(outcome, Answered):
                from msgspec.structs import replace

                return Answered(replace(outcome.value, certificate=pem(stranger.certificate)))
            return outcome

    monkeypatch.setattr(provisioning.enrol, "PlatformCalls", GivesAnothers)
    ended = machine.enrol(platform)
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (4, "PROV-003")
    assert read_enrolment(machine.paths) is None


def test_a_mistake_in_the_settings_is_told_with_its_remedy(machine: Machine) -> None:
    machine.configure("http://a.b")
    ended = machine.provision("enrol", "--code", "x")
    assert ended.exit_code == 2
    assert "请写 https 地址" in ended.lines["settings"]["text"]


def test_what_cannot_be_written_is_told(
    machine: Machine, platform: PlatformServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/var/lib/dianxiaoer/keys")

    monkeypatch.setattr(provisioning.enrol, "pending_key", refuse)
    ended = machine.enrol(platform)
    assert ended.exit_code == 5
    assert "/var/lib/dianxiaoer/keys" in ended.lines["enrolment"]["text"]
    assert read_enrolment(machine.paths) is None


def test_a_pending_key_that_is_damaged_is_made_anew(machine: Machine, platform: PlatformServer) -> None:
    machine.paths.keys.mkdir(parents=True)
    machine.paths.pending_key.write_text("half a key")
    assert machine.enrol(platform).exit_code == 0
    assert the_platform_knows(machine, platform)


def _json_text(text: str) -> bytes:
    import json

    return json.dumps(text).encode()
