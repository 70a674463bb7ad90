"""The platform's time is signed together with the number of whoever asked."""

from __future__ import annotations

import uuid

import pytest

from contract.signing import Verifier
from foundation.clock import rfc3339
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal


def test_the_time_is_signed_with_the_number_that_was_asked_with(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    nonce = str(uuid.uuid4())
    answer = terminal.call("GET", "/v1/time", headers={"dianxiaoer-nonce": nonce})
    said = answer.json()
    assert (said["nonce"], said["terminal_id"], said["time"]) == (
        nonce,
        terminal.id,
        rfc3339(clock.utc_now()),
    )
    verifier, signature = Verifier(terminal.enrolment.item_key), answer.headers["dianxiaoer-signature"]
    assert verifier.verifies(answer.content, signature)
    assert not verifier.verifies(answer.content.replace(b"20", b"21", 1), signature)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("nonce", ["", "7", "x" * 2000, "5BD6A3F0-0000-4000-8000-000000000001"])
def test_what_is_no_number_is_not_signed_for_anybody(terminal: EnrolledTerminal, nonce: str) -> None:
    answer = terminal.call("GET", "/v1/time", headers={"dianxiaoer-nonce": nonce})
    assert answer.status_code == 200
    assert answer.json()["nonce"] == ""
