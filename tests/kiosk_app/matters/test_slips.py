"""A slip says what is known and no more; it masks the name and never carries an identity number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from contract.items import Item, SlipBlock, SlipBlockKind
from contract.sets import Assurance, CaseState, Relation
from drivers.receipt_printer.device import (
    DOTS_PER_MM,
    Block,
    Heading,
    LargeNumber,
    Pair,
    Paragraph,
    QrCode,
    Rule,
    Slip,
    SmallPrint,
    capabilities_for,
)
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.layout import TextLine, as_text, lay_out
from kiosk_app.matters.paper_words import Printery, PrintPlace
from kiosk_app.matters.slips import SlipMaker, slip_of, slip_sentences
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.session import Handed
from kiosk_app.terminal.views import Screen
from tests.drivers.receipt_printer.reading import decode_codes, print_bytes
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.calls import Call
from tests.fakes.discretion import texts_in
from tests.fakes.firms import acting
from tests.fakes.kiosk import Kiosk, all_words
from tests.fakes.people import MOBILE, a_citizen, secrets_of
from tests.fakes.proofs import proved

PLACE = PrintPlace("江汉中心01号机", "江汉区政务服务中心", "2026-11-21T16:05:00.000Z", demonstration=False)
CASE_ID = "00000000-0000-4000-8000-000000000007"
RECEIPT = "00017000007"
CODE = "DXS1.00017000007.AAAAAAAAQACAAAAAAAAABw.hubei-00017.1763741107123.signature"


def an_order(
    code: str = items.OFFLINE_FORM, state: CaseState = CaseState.SUBMITTED, **more: Any
) -> PrintOrder:
    handed = Handed(
        CASE_ID, RECEIPT, "service", state, case_number="42X2026112100001", hear_by="2026-12-11", code=CODE
    )
    for name in ("case_number", "hear_by", "deadline", "query"):
        if name in more:
            setattr(handed, name, more.pop(name))
    order = PrintOrder(
        session_id="session",
        item=items.reference_item(code),
        handed=handed,
        name=a_citizen().name,
        person=a_citizen().number,
        shown={"payment": "社会保障卡"},
        language="zh",
        large=False,
    )
    return replace(order, **more)


def blocks_of(slip: Slip, kind: type[Block]) -> list[Any]:
    return [block for block in slip.blocks if isinstance(block, kind)]


def pairs(slip: Slip) -> dict[str, str]:
    return {pair.label: pair.value for pair in blocks_of(slip, Pair)}


def a_slip(order: PrintOrder, place: PrintPlace = PLACE) -> Slip:
    return slip_of(order, place, all_words()[order.language])


def with_blocks(*blocks: SlipBlock, **more: Any) -> Slip:
    order = an_order(**more)
    return a_slip(replace(order, item=msgspec.structs.replace(order.item, slip=list(blocks))))


def test_whoever_helped_stands_on_it_masked_beside_whose_it_is() -> None:
    order = an_order(helper="李建国", relation=Relation.FAMILY)
    said = pairs(a_slip(order))
    assert (said["申请人"], said["帮办人"]) == ("欧***", "李**（亲属）")
    english = pairs(a_slip(replace(order, language="en")))
    assert english["Helped by"] == "李** (family)"
    assert not set(pairs(a_slip(an_order()))) & {"申请人", "帮办人"}


def test_the_firm_stands_on_it_masked_with_who_acts_for_it() -> None:
    said = pairs(a_slip(an_order(acting=acting())))
    assert (said["替哪个单位办"], said["来办的人"]) == ("武汉****有限公司", "欧***（委托代理人）")
    assert "帮办人" not in said


def test_the_slip_of_an_application_says_what_where_when_and_what_next() -> None:
    slip = a_slip(an_order())
    assert blocks_of(slip, Heading)[0].text == "提交凭条"
    assert blocks_of(slip, LargeNumber)[0].text == RECEIPT
    assert pairs(slip) == {
        "状态": "已提交",
        "答复期限": "12月11日（星期五）",
        "发到哪里": "社会保障卡",
        "姓名": "欧***",
        "终端": "江汉中心01号机",
        "地点": "江汉区政务服务中心",
        "时间": "2026-11-22 00:05",
    }
    assert blocks_of(slip, QrCode)[0].payload == CODE
    assert slip.job_id == CASE_ID
    assert any("42X2026112100001" in small.text for small in blocks_of(slip, SmallPrint))


def test_every_slip_has_the_code_once_whether_its_item_asks_for_it_or_not() -> None:
    for item in items.reference_batch().items:
        codes = blocks_of(a_slip(an_order(item.code)), QrCode)
        assert [code.payload for code in codes] == [CODE], item.code


def test_it_is_a_submission_slip_and_never_more() -> None:
    for item in items.reference_batch().items:
        for language in ("zh", "en"):
            for state in (CaseState.SAVED_HERE, CaseState.SUBMITTED):
                slip = a_slip(an_order(item.code, state, language=language))
                text = "\n".join(texts_in(slip))
                assert "回执" not in text
                assert "受理通知" not in text
                assert "已受理" not in text.replace("不表示已受理", "")


@pytest.mark.parametrize(
    ("language", "saved", "until"),
    [
        ("zh", "已存在本机，尚未提交。连上省里就提交。", "最晚11月24日（星期二）送到省平台。"),
        ("en", "It goes out when the province can be reached.", "by Tuesday, 24 November."),
    ],
)
def test_what_is_only_saved_here_is_called_that(language: str, saved: str, until: str) -> None:
    slip = a_slip(an_order(state=CaseState.SAVED_HERE, case_number="", language=language))
    assert any(saved in small.text for small in blocks_of(slip, SmallPrint))
    known = a_slip(an_order(state=CaseState.SAVED_HERE, deadline="2026-11-24", language=language))
    assert any(until in small.text for small in blocks_of(known, SmallPrint))
    submitted = a_slip(an_order(language=language))
    assert not any(saved in small.text for small in blocks_of(submitted, SmallPrint))


def test_a_case_number_that_is_not_there_yet_is_said_to_come() -> None:
    slip = a_slip(an_order(state=CaseState.SAVED_HERE, case_number=""))
    later = all_words()["zh"].say("slip.case_number_later")
    assert any(later in small.text for small in blocks_of(slip, SmallPrint))


def test_a_simulated_machine_says_so_on_paper() -> None:
    demonstration = all_words()["zh"].say("slip.demonstration")
    assert demonstration not in [small.text for small in blocks_of(a_slip(an_order()), SmallPrint)]
    slip = a_slip(an_order(), replace(PLACE, demonstration=True))
    assert blocks_of(slip, SmallPrint)[-1].text == demonstration


def test_large_print_for_whoever_reads_large() -> None:
    assert a_slip(an_order(large=True)).large_print
    assert not a_slip(an_order()).large_print


def test_every_kind_of_block_is_written_in_both_languages() -> None:
    text = items.both("标签", "Label")
    for language in ("zh", "en"):
        call = Call(5, "query", "session", (items.QUERY, {}))
        order = an_order(language=language, query=answers.result_of(call))
        blocks = [SlipBlock(kind=kind, label=text, value="$title") for kind in SlipBlockKind]
        slip = a_slip(replace(order, item=msgspec.structs.replace(order.item, slip=blocks)))
        label = text.read(language)
        kinds = {type(block) for block in slip.blocks}
        assert kinds == {Heading, Paragraph, Pair, LargeNumber, QrCode, Rule, SmallPrint}
        assert all(
            label in (block.text, getattr(block, "label", ""))
            for block in slip.blocks
            if isinstance(block, Heading | SmallPrint)
        )
        fact = "October 2026" if language == "en" else "2026年10月"
        assert pairs(slip)[fact] == "3,215.60 元"
        assert pairs(slip)[label] == order.item.title.read(language)


def test_a_block_without_words_takes_the_words_of_the_terminal() -> None:
    kinds = [
        SlipBlockKind.HEADING,
        SlipBlockKind.RECEIPT_NUMBER,
        SlipBlockKind.CODE,
        SlipBlockKind.NEXT_STEPS,
    ]
    slip = with_blocks(*(SlipBlock(kind=kind) for kind in kinds))
    say = all_words()["zh"].say
    assert [heading.text for heading in blocks_of(slip, Heading)] == ["高龄津贴申领", say("slip.next_steps")]
    assert blocks_of(slip, LargeNumber)[0].label == say("slip.receipt_number")
    assert blocks_of(slip, QrCode)[0].caption == say("slip.code_caption")


def test_a_block_with_nothing_to_say_is_left_out() -> None:
    slip = with_blocks(
        SlipBlock(kind=SlipBlockKind.PARAGRAPH),
        SlipBlock(kind=SlipBlockKind.SMALL_PRINT),
        SlipBlock(kind=SlipBlockKind.FACTS),
        SlipBlock(kind=SlipBlockKind.PAIR, value="$hear_by"),
        SlipBlock(kind=SlipBlockKind.PAIR, value="$no-such-word"),
        SlipBlock(kind=SlipBlockKind.PAIR, value="mobile"),
        hear_by="",
    )
    assert [type(block) for block in slip.blocks] == [QrCode], "the code is on every slip"


def test_nobody_signed_in_is_nobody_on_the_slip() -> None:
    slip = a_slip(an_order(items.CALL_BACK, name=""))
    assert "姓名" not in pairs(slip)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("item", items.reference_batch().items, ids=lambda item: item.code)
def test_the_slip_of_a_whole_way_never_names_the_person(item: Item, language: str) -> None:
    if item.code == items.NOT_HERE:
        return
    kiosk = Kiosk()
    kiosk.start_signed_in(item.code)
    for step in item.steps:
        first = kiosk.question.options[0].value if kiosk.question.options else None
        kiosk.answer(first or ("20250901" if step.widget.value == "date" else MOBILE))
    if language == "en":
        kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.SUBMIT)
    if kiosk.shows(Screen.SIGN_IN):  # proved twice before it is submitted
        kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
        kiosk.show_code()
        kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.PRINT)
    slip = a_slip(kiosk.desk.last("print_slip").what)
    text = "\n".join(texts_in(slip))
    assert not [secret for secret in secrets_of(a_citizen()) if secret in text]
    assert "$" not in text
    assert not [secret for secret in secrets_of(a_citizen()) if secret in repr(slip)]


def test_the_maker_prints_the_place_and_the_moment_of_printing() -> None:
    maker = SlipMaker(Printery(all_words(), "终端", "地点", lambda: "2026-11-21T02:00:00.000Z", lambda: True))
    slip = maker.make(an_order())
    assert pairs(slip)["时间"] == "2026-11-21 10:00"
    assert pairs(slip)["地点"] == "地点"
    assert blocks_of(slip, SmallPrint)[-1].text == all_words()["zh"].say("slip.demonstration")


def test_the_head_of_the_province_stands_above_the_title() -> None:
    slip = slip_of(an_order(head="某某省政务服务"), PLACE, all_words()["zh"])
    printed = as_text(lay_out(slip, capabilities_for(80)), capabilities_for(80)).splitlines()
    assert printed[0].strip() == "某某省政务服务"
    assert items.reference_item(items.OFFLINE_FORM).title.zh in printed[1] + printed[2]


@pytest.mark.parametrize("paper_width_mm", [58, 80])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_large_print_a_code_with_the_address_of_its_page_still_scans(
    paper_width_mm: int, language: str
) -> None:
    order = an_order(large=True, language=language)
    page = f"https://zwfw.example.gov.cn/slips/{CODE}"
    slip = a_slip(replace(order, handed=replace(order.handed, code=page)))
    assert all_words()[language].say("slip.code_page") in slip_sentences(slip)
    capabilities = capabilities_for(paper_width_mm)
    lines = lay_out(slip, capabilities)
    printed = print_bytes(SlipEncoder(capabilities).encode(lines), capabilities)
    assert decode_codes(printed.slip.image) == [page]
    text = [line for line in lines if isinstance(line, TextLine) and not line.small]
    assert all(24 * line.high >= 5 * DOTS_PER_MM for line in text), "every character is 5 mm high, at least"
