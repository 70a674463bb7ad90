"""The province takes the government profile: who enrols from then on seals so, and everybody is heard."""

from __future__ import annotations

import json
from pathlib import Path

from contract.sealing import Profile
from foundation.clock import SystemClock
from kiosk_app.config import TerminalPaths
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.outcomes import Answered
from kiosk_app.province.platform_clock import PlatformClock
from province_platform.reference_people import find_person
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb


def enrol(platform: PlatformServer, root: Path) -> TerminalPaths:
    paths = TerminalPaths(root)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n', encoding="utf-8")
    code = platform.make_enrolment_code("WH-WC-001", root.name)
    assert run_verb(["enrol", "--root", str(root), "--code", code]) == 0
    return paths


def somebody_signs_in(platform: PlatformServer, paths: TerminalPaths) -> bool:
    """With a card and a question, both sealed in the terminal's profile."""
    clock, person = SystemClock(), find_person("wang-xiuying")
    assert person is not None
    platform_clock = PlatformClock(clock)
    client = ProvinceClient(platform.terminal_url, Credentials.load(paths), clock, platform_clock)
    try:
        assert isinstance(client.time(), Answered)
        sam = "05.04-20240101-0000000001"
        signed_in = client.sign_in_by_card(person.identity, sam, platform_clock.utc_now())
        if not isinstance(signed_in, Answered):
            return False
        return isinstance(client.query(signed_in.value, "pension-payments", {"period": "3"}), Answered)
    finally:
        client.close()


def test_terminals_of_both_profiles_are_served_by_one_platform(tmp_path: Path) -> None:
    with PlatformServer(tmp_path / "platform") as platform:
        before = enrol(platform, tmp_path / "before")
        assert somebody_signs_in(platform, before)
    with PlatformServer(tmp_path / "platform", profile=Profile.GOVERNMENT) as platform:
        after = enrol(platform, tmp_path / "after")
        assert Credentials.load(after).sealer.profile is Profile.GOVERNMENT
        assert Credentials.load(before).sealer.profile is Profile.INTERNATIONAL
        assert somebody_signs_in(platform, after)
        assert somebody_signs_in(platform, before)
    assert json.loads(Credentials.load(after).enrolment.sealing_key)["crv"] == "SM2"
