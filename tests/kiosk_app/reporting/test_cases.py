from __future__ import annotations

import pytest

from contract.envelope import event_type
from contract.payloads import Service
from contract.sets import Stream
from foundation.clock import SystemClock
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.cases import case_events
from kiosk_app.reporting.events import CITIZEN_PRIORITY, WAITED_FOR_PRIORITY, EventMaker
from tests.contract import examples


@pytest.mark.parametrize(("offline", "priority"), [(False, WAITED_FOR_PRIORITY), (True, CITIZEN_PRIORITY)])
def test_a_case_goes_first_when_a_person_waits_for_its_number(offline: bool, priority: int) -> None:
    clock = SystemClock()
    maker = EventMaker("T-1", clock, PlatformClock(clock))
    service = examples.payload(event_type(Stream.SERVICE))
    assert isinstance(service, Service)
    events = case_events(maker, examples.case(offline=offline), service)
    assert [event.priority for event in events] == [priority, CITIZEN_PRIORITY]
