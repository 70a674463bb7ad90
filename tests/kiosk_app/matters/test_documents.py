"""The A4 document: a real page, whose text and code are read again; nothing typed is ever obeyed."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import msgspec
import pytest
import zxingcpp

from contract.answers import QueryResult, ResultFact
from contract.items import LocalText
from contract.sets import CaseState, QueryOutcome, Relation
from kiosk_app.matters.documents import DocumentMaker, NotSetError, SetDocument, document_content
from kiosk_app.matters.paper_words import Printery, PrintPlace
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.session import Handed
from tests.fakes import items
from tests.fakes.kiosk import all_words
from tests.fakes.people import a_citizen

_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
PLACE = PrintPlace("江汉中心01号机", "江汉区政务服务中心", "2026-11-21T16:05:00.000Z", demonstration=True)
CODE = "DXS1.00017000007.AAAAAAAAQACAAAAAAAAABw.hubei-00017.1763741107123." + "s" * 86
RARE = "欧阳𬱖、䶮、𠮷、㐂"
HOSTILE = '#panic("x") $x$ *a* `b` \\ "] #[ 1 // <pages> @x {page}'


def a_maker() -> DocumentMaker:
    return DocumentMaker(
        Printery(all_words(), "终端", "地点", lambda: "2026-11-21T02:00:00.000Z", lambda: False)
    )


def facts(*values: str) -> QueryResult:
    return QueryResult(
        outcome=QueryOutcome.FOUND,
        facts=[
            ResultFact(label=LocalText(f"第{n}项", f"Fact {n}"), value=value)
            for n, value in enumerate(values)
        ],
    )


def an_order(code: str = items.QUERY, **more: Any) -> PrintOrder:
    handed = Handed(
        "00000000-0000-4000-8000-000000000007",
        "00017000007",
        "service",
        CaseState.SUBMITTED,
        case_number="42X2026112100001",
        code=CODE,
    )
    handed.query = more.pop("query", None)
    order = PrintOrder(
        session_id="session",
        item=items.reference_item(code),
        handed=handed,
        name=a_citizen().name,
        person=a_citizen().number,
        shown={},
        language="zh",
        large=False,
    )
    return replace(order, **more)


def a_document(order: PrintOrder) -> SetDocument:
    return a_maker().set(document_content(order, PLACE, all_words()[order.language]))


def text_of(document: SetDocument) -> str:
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=document.pdf, capture_output=True, check=True
    )
    return read.stdout.decode("utf-8")


def codes_on(document: SetDocument, folder: Path) -> list[str]:
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-", str(folder / "page")], input=document.pdf, check=True
    )
    return [
        found.text
        for picture in sorted(folder.glob("page*.png"))
        for found in zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=_QR_CODE)
    ]


def test_the_result_of_a_query_is_a_page_that_says_what_is_known(tmp_path: Path) -> None:
    document = a_document(an_order(query=facts("3,215.60元", RARE)))
    assert document.pages == 1
    text = text_of(document)
    for known in (
        "养老待遇发放查询结果", "欧***", "3,215.60元", RARE, "00017000007", "42X2026112100001",
        "江汉中心01号机", "2026-11-22 00:05", "第 1 页，共 1 页", "演示，没有效力",
    ):  # fmt: skip
        assert known in text, known
    assert a_citizen().name not in text
    assert a_citizen().number not in text
    assert codes_on(document, tmp_path) == [CODE]


def test_every_glyph_is_in_the_file_and_it_is_pdf_a_2b() -> None:
    document = a_document(an_order(query=facts(RARE)))
    fonts = subprocess.run(["pdffonts", "-"], input=document.pdf, capture_output=True, check=True).stdout
    rows = fonts.decode("ascii").splitlines()[2:]
    assert rows
    assert all(" yes yes yes " in row for row in rows), "embedded, subset, with their characters"
    assert b"<pdfaid:part>2</pdfaid:part>" in document.pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in document.pdf


def test_an_application_is_printed_as_it_was_checked() -> None:
    order = an_order(items.OFFLINE_FORM, shown={"payment": "社会保障卡", "living": HOSTILE})
    text = text_of(a_document(replace(order, helper="李建国", relation=Relation.NEIGHBOUR)))
    assert "李**（邻居）" in text
    assert "李建国" not in text
    assert "社会保障卡" in text
    assert "不表示已受理" in text


@pytest.mark.parametrize("value", [HOSTILE, "#" * 200, "]" * 50 + "#[", "\\u{0}\n\t\r" + "x" * 2_000])
def test_what_was_typed_is_shown_and_never_obeyed(value: str) -> None:
    plain, hostile = a_document(an_order(query=facts("x"))), a_document(an_order(query=facts(value)))
    shown = "".join(text_of(hostile).split())
    assert "".join(value.split())[:40] in shown
    assert plain.pages == 1


def test_many_facts_go_on_over_pages_that_are_numbered() -> None:
    document = a_document(an_order(query=facts(*(f"{n}.00元 {'长' * 60}" for n in range(40)))))
    text = text_of(document)
    assert document.pages > 1
    for page in range(1, document.pages + 1):
        assert f"第 {page} 页，共 {document.pages} 页" in text
    assert "39.00元" in text


def test_it_is_in_english_for_who_reads_english() -> None:
    text = text_of(a_document(an_order(query=facts("1"), language="en", large=True)))
    assert "Pension payments" in text
    assert "Page 1 of 1" in text


def test_every_reference_document_can_be_set_in_both_languages() -> None:
    with_document = [item for item in items.reference_batch().items if item.document]
    assert {item.code for item in with_document} >= {items.QUERY, items.OFFLINE_FORM}
    for item in with_document:
        for language in ("zh", "en"):
            assert a_document(an_order(item.code, language=language)).pages == 1


def test_what_cannot_be_set_is_said_without_a_word_of_what_stood_in_it() -> None:
    content = document_content(an_order(query=facts("3,215.60元")), PLACE, all_words()["zh"])
    content["blocks"].append({"kind": "code", "picture": "3,215.60元", "text": ""})
    with pytest.raises(NotSetError) as problem:
        a_maker().set(content)
    assert "3,215" not in str(problem.value)


def test_what_is_being_set_can_be_given_up_at_once() -> None:
    maker, problems = a_maker(), list[str]()
    content = document_content(an_order(query=facts("x" * 200)), PLACE, all_words()["zh"])
    content["blocks"] = content["blocks"] * 4_000

    def give_up_on_it() -> None:
        try:
            maker.set(content)
        except NotSetError as problem:
            problems.append(str(problem))

    setting = threading.Thread(target=give_up_on_it)
    setting.start()
    while setting.is_alive():
        maker.interrupt()
        setting.join(0.01)
    assert problems == ["the setter ended with -9"]


def test_an_item_without_a_document_has_none() -> None:
    order = an_order()
    bare = replace(order, item=msgspec.structs.replace(order.item, document=[]))
    assert document_content(bare, PLACE, all_words()["zh"])["blocks"] == []
