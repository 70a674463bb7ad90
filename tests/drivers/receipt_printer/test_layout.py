"""What stands where on a slip. The golden files show it as text; the pictures are looked at by people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.receipt_printer.device import (
    Block,
    Capabilities,
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
from drivers.receipt_printer.layout import QrLine, TextLine, as_text, group_figures, lay_out
from drivers.receipt_printer.protocol import MAXIMUM_QR_PAYLOAD_BYTES, Align
from drivers.receipt_printer.typesetting import columns_of
from tests.drivers.receipt_printer.samples import JOB_ID, chinese_slip, english_slip

GOLDEN = Path(__file__).parent / "golden"
NARROW, WIDE = capabilities_for(58), capabilities_for(80)
WORDS = st.text(max_size=60)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, WORDS),
    st.builds(Pair, WORDS, WORDS),
    st.builds(LargeNumber, WORDS, WORDS),
    st.builds(QrCode, st.text(min_size=1, max_size=100), WORDS),
    st.just(Rule()),
    st.builds(SmallPrint, WORDS),
)
SLIPS = st.builds(
    Slip,
    st.just(JOB_ID),
    st.lists(BLOCKS, max_size=8).map(tuple),
    large_print=st.booleans(),
    copy=st.booleans(),
)


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper_width_mm", [58, 80])
@pytest.mark.parametrize("language", ["chinese", "english"])
def test_a_case_slip(language: str, paper_width_mm: int, size: str) -> None:
    capabilities = capabilities_for(paper_width_mm)
    slip = {"chinese": chinese_slip, "english": english_slip}[language](large_print=size == "large")

    shown = as_text(lay_out(slip, capabilities), capabilities)

    assert shown == (GOLDEN / f"{language}_{paper_width_mm}_{size}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("42017000386", "420 1700 0386"),
        ("420 1700 0386", "420 1700 0386"),
        ("1234", "1234"),
        ("123456", "1234 56"),
        ("A-17", "A-17"),
        ("", ""),
        ("٤٢٠١٧٠٠٠٣٨٦", "٤٢٠١٧٠٠٠٣٨٦"),
    ],
)
def test_figures_are_grouped_for_the_hand(number: str, grouped: str) -> None:
    assert group_figures(number) == grouped


def test_the_number_is_the_largest_thing_on_the_slip() -> None:
    for capabilities in (NARROW, WIDE):
        for large_print in (False, True):
            lines = lay_out(chinese_slip(large_print=large_print), capabilities)
            heights = {line.text: line.high for line in lines if isinstance(line, TextLine)}
            assert heights["420 1700 0386"] == max(heights.values())


def test_large_print_is_twice_as_high_everywhere_but_in_the_job_id() -> None:
    lines = lay_out(chinese_slip(large_print=True), NARROW)

    small = [line.text for line in lines if isinstance(line, TextLine) and line.high < 2]

    assert small == [f"No. {JOB_ID}"]


def test_values_stand_under_each_other() -> None:
    slip = Slip("1", (Pair("状态", "已提交"), Pair("提交时间", "2026年11月21日"), Pair("终端", "42017")))

    starts = [
        columns_of(line.runs[0].text)
        for line in lay_out(slip, WIDE)
        if isinstance(line, TextLine) and len(line.runs) == 2
    ]

    assert starts == [10, 10, 10]


def test_a_label_that_leaves_no_room_stands_above_its_value() -> None:
    slip = Slip("1", (Pair("Name of the responsible authority", "Jianghan District"),))

    assert as_text(lay_out(slip, NARROW), NARROW).splitlines()[:3] == [
        "Name of the responsible",
        "authority",
        "Jianghan District",
    ]


def test_a_copy_says_so_above_everything() -> None:
    first, mark, second, title, *_ = as_text(lay_out(chinese_slip(copy=True), WIDE), WIDE).splitlines()

    assert "副本 COPY" in mark
    assert first == second == "-" * 48
    assert "提交凭条" in title


def test_a_long_paragraph_below_the_title_is_no_subtitle() -> None:
    short, long = "居住证签注", "您的业务已经提交，办理结果会用短信告诉您，请留意手机。" * 3

    for text, centred in ((short, True), (long, False)):
        _, *rest = (
            line
            for line in lay_out(Slip("1", (Heading("提交凭条"), Paragraph(text))), NARROW)
            if isinstance(line, TextLine) and not line.small
        )
        assert {line.align is Align.CENTRE for line in rest} == {centred}


def test_a_slip_without_anything_still_has_its_job_id() -> None:
    assert as_text(lay_out(Slip("job-7", ()), WIDE), WIDE).strip() == "No. job-7"


def test_a_printer_that_only_doubles_gets_nothing_larger() -> None:
    plain = replace(WIDE, largest_characters=2)

    lines = lay_out(chinese_slip(large_print=True), plain)

    assert max(line.high for line in lines if isinstance(line, TextLine)) == 2


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("paper", [NARROW, WIDE], ids=["58 mm", "80 mm"])
@pytest.mark.parametrize("length", [1, 52, 200, MAXIMUM_QR_PAYLOAD_BYTES])
def test_a_code_fits_with_its_quiet_zone_and_modules_of_half_a_millimetre(
    length: int, paper: Capabilities, large_print: bool
) -> None:
    (code,) = (
        line
        for line in lay_out(Slip("1", (QrCode("x" * length, "扫码"),), large_print=large_print), paper)
        if isinstance(line, QrLine)
    )
    version = next(v for v in range(1, 18) if BYTES_AT_LEVEL_M[v - 1] >= length)

    assert code.module_dots >= 4
    assert (17 + 4 * version + 8) * code.module_dots <= paper.dots_per_line


BYTES_AT_LEVEL_M = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504)
"""ISO/IEC 18004:2015, table 7: bytes in versions 1 to 17 at level M."""


@pytest.mark.parametrize("payload", ["", "x" * (MAXIMUM_QR_PAYLOAD_BYTES + 1), "国" * 167])
def test_a_code_that_would_not_fit_is_refused_when_it_is_made(payload: str) -> None:
    with pytest.raises(ValueError, match="1 to 500 bytes"):
        QrCode(payload, "")


@pytest.mark.parametrize("job_id", ["", "a b", "办件", "x" * 65, "a\x1b@"])
def test_a_job_id_that_cannot_be_printed_is_refused(job_id: str) -> None:
    with pytest.raises(ValueError, match="job id"):
        Slip(job_id, ())


def test_paper_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="58 or 80"):
        capabilities_for(76)


@given(SLIPS, st.sampled_from([NARROW, WIDE]))
def test_whatever_is_on_a_slip_every_line_fits(slip: Slip, paper: Capabilities) -> None:
    for line in lay_out(slip, paper):
        if isinstance(line, TextLine):
            assert columns_of(line.text) * line.wide * (9 if line.small else 12) <= paper.dots_per_line


def test_nobody_is_in_the_repr_of_a_slip() -> None:
    blocks = (
        Pair("申请人", "欧阳娜娜"),
        Paragraph("欧阳娜娜"),
        Heading("欧阳娜娜"),
        LargeNumber("欧阳娜娜", "1"),
        QrCode("欧阳娜娜", "欧阳娜娜"),
        SmallPrint("欧阳娜娜"),
    )

    assert "欧阳" not in repr(blocks) + repr(Slip("1", blocks)) + str(blocks)
