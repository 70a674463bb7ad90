"""The command with which a technician tries a reader."""

from __future__ import annotations

import threading

import pytest

from drivers.social_security_card import __main__ as command
from drivers.social_security_card.__main__ import main
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import SocialSecurityCardSimulator
from drivers.vocabulary import DeviceState, StatusChanged


def test_it_says_what_happens_and_nothing_of_the_holder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, card = SocialSecurityCardSimulator(), VirtualCard()
    by_hand = threading.Timer(0.3, simulator.insert, (card,))
    tell = command._tell

    def tell_and_act(event: object) -> None:
        tell(event)
        if isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE:
            by_hand.start()

    monkeypatch.setattr(command, "_tell", tell_and_act)
    simulator.start()
    try:
        assert main([simulator.address, "--seconds", "2.5"]) == 0
        by_hand.join()
    finally:
        simulator.stop()
    said = capsys.readouterr().out
    assert said.splitlines()[:4] == [
        "starting",
        "online",
        "SocialCardDetected()",
        "SocialCardRead(authenticated=False)",
    ]
    assert "social_security_card.reads: 1" in said
    assert not any(secret in said for secret in (card.name, card.number, card.card_number))


def test_a_wrong_address_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serial:///dev/ttyS0"])
    assert "no address of a card reader" in capsys.readouterr().err
