"""The readers of a real pcscd are listed by name, and one that hangs or is not there holds nobody up."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.list import card_service
from drivers.list.card_service import find_card_readers
from drivers.list.matching import judge
from drivers.social_security_card.address import parse_reader_address
from drivers.social_security_card.pcsc import SERVICE_VARIABLE
from drivers.social_security_card.simulator import SocialSecurityCardSimulator


def test_a_reader_of_the_card_service_is_listed_with_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    simulator = SocialSecurityCardSimulator()
    simulator.start()
    try:
        simulated = parse_reader_address(simulator.address)
        monkeypatch.setenv(SERVICE_VARIABLE, simulated.service)
        candidates = find_card_readers()
    finally:
        simulator.stop()
    verdicts, _ = judge(candidates, {}, tmp_path)
    settings = {verdict.setting.split('"')[1] for verdict in verdicts}
    assert {verdict.driver for verdict in verdicts} == {"social_security_card"}
    assert {simulated.name} == {parse_reader_address(setting).name for setting in settings}
    named, missing = judge(candidates, {"social_security_card": min(settings)}, tmp_path)
    assert "" in {verdict.setting for verdict in named}
    assert missing == []


def test_without_a_card_service_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SERVICE_VARIABLE, str(tmp_path / "nobody"))
    assert find_card_readers() == []


def test_a_card_service_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_service, "_ANSWERS_WITHIN_S", 0.0)
    assert find_card_readers() == []
