"""A form for a window: sealed to the province, signed by the terminal, and no submission."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from contract.envelope import event_type
from contract.handover import HANDOVER, CaseHandover, HandedOver
from contract.sets import Assurance, CaseState, Stream
from contract.signing import Verifier
from contract.slip_code import parse_slip_code
from drivers.receipt_printer.device import Heading, LargeNumber, Pair, Paragraph, QrCode, SmallPrint
from foundation.clock import SystemClock
from kiosk_app.matters.handing_over import HandoverFile, handover_file
from kiosk_app.matters.slips import slip_sentences
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.cases import handover_event
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.desk import ForWindow
from kiosk_app.terminal.session import Handed
from tests.fakes.discretion import found_in
from tests.fakes.kiosk import all_words
from tests.fakes.people import a_citizen, secrets_of
from tests.fixtures.enrolments import TERMINAL_ID, a_site
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal
from tests.kiosk_app.matters.test_handing_in import ALLOWANCE, StoppedClock, a_submission
from tests.kiosk_app.matters.test_slips import PLACE, a_slip, an_order, blocks_of, pairs

BEGUN = {name: ALLOWANCE[name] for name in ("household_register", "payment")}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path_factory.mktemp("terminal"))


@pytest.fixture
def file(terminal: EnrolledTerminal) -> HandoverFile:
    submission = a_submission(answers=BEGUN, for_window=ForWindow("living"))
    clock = StoppedClock("2026-11-21T15:59:59.000Z")
    return handover_file(submission, terminal.credentials, a_site(), 43, clock)


def test_the_province_opens_who_it_was_and_what_was_answered_and_sees_where_to_go_on(
    terminal: EnrolledTerminal, file: HandoverFile
) -> None:
    form = msgspec.json.decode(terminal.opener.open(file.handover.sealed), type=HandedOver)
    assert form == HandedOver(person=a_citizen(), answers=dict(BEGUN))
    assert (file.handover.step, file.handover.assurance) == ("living", Assurance.CARD_PRESENT)
    assert file.handover.offline
    assert (file.handover.expires_at, file.until) == ("2026-11-28T15:59:59.000Z", "2026-11-28")


def test_nothing_of_the_person_stands_in_the_open_part(file: HandoverFile) -> None:
    secrets = {*secrets_of(a_citizen()), *BEGUN.values()}
    assert not found_in((msgspec.json.encode(file.handover), repr(file)), secrets)


def test_its_code_is_signed_like_that_of_a_slip(terminal: EnrolledTerminal, file: HandoverFile) -> None:
    code = parse_slip_code(file.code)
    assert (code.case_id, code.receipt_number) == (file.handover.case_id, file.handover.receipt_number)
    assert code.is_signed_by(Verifier(terminal.credentials.signer.public_key()))


def test_it_waits_as_a_case_does_and_is_promised_for_no_day(file: HandoverFile) -> None:
    clock = SystemClock()
    event = handover_event(EventMaker(TERMINAL_ID, clock, PlatformClock(clock)), file.handover)
    assert event.type == event_type(Stream.CASE, HANDOVER)
    assert (event.stream, event.subject) == ("case", f"case/{file.handover.case_id}")
    assert (event.id, event.due_on) == (file.handover.case_id, None)
    assert msgspec.json.decode(event.data, type=CaseHandover) == file.handover


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_slip_says_what_to_bring_until_when_and_that_nothing_was_submitted(
    file: HandoverFile, language: str
) -> None:
    handed = Handed(
        file.handover.case_id,
        file.handover.receipt_number,
        "",
        CaseState.SAVED_HERE,
        deadline=file.until,
        code=file.code,
        for_window=True,
    )
    slip = a_slip(replace(an_order(language=language), handed=handed), PLACE)
    say = all_words()[language].say
    assert [block.text for block in blocks_of(slip, Heading)] == [say("slip.for_window")]
    assert [block.text for block in blocks_of(slip, LargeNumber)] == [file.handover.receipt_number]
    assert [block.payload for block in blocks_of(slip, QrCode)] == [file.code]
    until = "11月28日（星期六）" if language == "zh" else "Saturday, 28 November"
    assert say("slip.for_window_how", until=until) in [block.text for block in blocks_of(slip, Paragraph)]
    small = [block.text for block in blocks_of(slip, SmallPrint)]
    assert say("slip.for_window_not_submitted") in small
    assert not any(say("slip.saved_only") in text for text in small), "it never says that it goes by itself"
    assert a_citizen().name not in " ".join(slip_sentences(slip))
    assert "**" in pairs(slip)[say("slip.name")]
    assert blocks_of(slip, Pair)
