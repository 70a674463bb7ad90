"""The bench with a card service: a real pcscd, its virtual reader, and a card that orders put in."""

from __future__ import annotations

from pathlib import Path

from drivers.social_security_card.address import parse_reader_address
from drivers.social_security_card.device import SocialCardProblem, SocialCardRead, SocialCardRemoved
from drivers.social_security_card.reader import SocialSecurityCardReader
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Act, Cure, Device, Fault, PlugIn, Unplug
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick, polls

CARD = Device.SOCIAL_SECURITY_CARD


def test_a_social_security_card_is_put_in_fails_and_is_read(tmp_path: Path) -> None:
    ears = Ears()
    hardware = SimulatedHardware(tmp_path, card_service=True)
    hardware.start()
    try:
        address = parse_reader_address(hardware.addresses()[CARD.value])
        reader = SocialSecurityCardReader(address, FixedDayClock(), AudibleCounters(), ears)
        make_quick(reader)
        reader.allow_reading(True)
        reader.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            polls(reader, 1)
            hardware.obey(Fault(CARD, "wrong_application"))
            hardware.obey(Act(CARD, "insert"))
            assert ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_SUPPORTED
            hardware.obey(Cure(CARD))
            hardware.obey(Act(CARD, "take"))
            ears.next(SocialCardRemoved)
            hardware.obey(Act(CARD, "insert", "王小明"))
            assert ears.next(SocialCardRead).card.name == "王小明"
            hardware.obey(Unplug(CARD))
            ears.next_state(DeviceState.NO_DEVICE)
            hardware.obey(PlugIn(CARD))
            ears.next_state(DeviceState.ONLINE)
        finally:
            assert reader.stop()
    finally:
        hardware.stop()
