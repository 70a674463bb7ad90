"""Lines that break where readers of Chinese and English expect."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.receipt_printer.typesetting import break_balanced, break_lines, columns_of, printable

CLOSING_MARKS = "。，、；：？！）》」』】”’…"
OPENING_MARKS = "（《「『【“‘"
CHINESE_TEXT = st.text("一二三四五六七八九十中国湖北省武汉市" + CLOSING_MARKS + OPENING_MARKS, max_size=80)


def test_chinese_breaks_anywhere_but_before_a_closing_mark() -> None:
    assert break_lines("您的业务已经提交，办理结果会用短信告诉您。", 18) == [
        "您的业务已经提交，",
        "办理结果会用短信告",
        "诉您。",
    ]
    assert break_lines("您的业务已经提交，办理结果会用短信告诉您。", 16) == [
        "您的业务已经提",
        "交，办理结果会用",
        "短信告诉您。",
    ]


def test_a_line_does_not_end_with_an_opening_mark() -> None:
    assert break_lines("请看说明《办事指南》", 10) == ["请看说明", "《办事", "指南》"]


def test_words_and_figures_stay_whole() -> None:
    assert break_lines("请拨打12345，说出凭条号", 13) == ["请拨打12345，", "说出凭条号"]
    assert break_lines("We will text you the outcome", 12) == ["We will text", "you the", "outcome"]


def test_a_compound_word_breaks_after_its_hyphen() -> None:
    assert break_lines("a self-service terminal", 8) == ["a self-", "service", "terminal"]


def test_what_is_longer_than_a_line_breaks_at_its_joints() -> None:
    assert break_lines("420103-20261121-000386-1", 16) == ["420103-20261121-", "000386-1"]
    assert break_lines("0123456789", 4) == ["0123", "4567", "89"]


def test_a_mark_after_a_long_number_does_not_stand_alone() -> None:
    assert break_lines("12345678。", 8) == ["1234567", "8。"]


def test_a_masked_name_is_not_torn_from_its_mask() -> None:
    assert break_lines("已经提交的申请人是欧*吗", 20) == ["已经提交的申请人是", "欧*吗"]


def test_a_last_character_gets_company() -> None:
    assert break_lines("扫码可以核对真伪。", 16) == ["扫码可以核对", "真伪。"]


def test_a_last_word_of_one_letter_is_a_word_and_stays() -> None:
    assert break_lines("a b c d e", 7) == ["a b c d", "e"]


def test_a_no_break_space_does_not_break() -> None:
    assert break_lines("by 28\u00a0November", 12) == ["by", "28 November"]


def test_centred_text_is_broken_into_equal_lines() -> None:
    assert break_balanced("养老待遇发放查询结果", 16) == ["养老待遇发", "放查询结果"]


def test_line_ends_of_the_text_are_kept() -> None:
    assert break_lines(printable("一\r\n二\n\n三"), 10) == ["一", "二", "", "三"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("国家", 4), ("é", 2), ("ñ", 1), ("𠮷", 2), ("·", 2), ("e\u0301", 1), ("\u3000", 2)],
)
def test_columns_are_those_of_the_printers_cells(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x1b@b\x00\x07c", "a@bc"),
        ("right\u202eto left\u200b", "rightto left"),
        ("tab\there", "tab here"),
        ("We’ll “see”", 'We\'ll "see"'),
        ("“您好”", "“您好”"),
        ("\ue000\ud800", "\ufffd\ufffd"),
    ],
)
def test_what_cannot_be_printed_vanishes_or_shows_its_place(text: str, kept: str) -> None:
    assert printable(text) == kept


@given(st.text(max_size=200), st.integers(2, 48))
@example("\u00a0 \u00a0", 2)
def test_no_line_is_wider_than_the_paper(text: str, columns: int) -> None:
    for line in break_lines(printable(text), columns):
        assert columns_of(line) <= columns


@given(st.text(max_size=200), st.integers(2, 48))
def test_nothing_is_lost_but_spaces(text: str, columns: int) -> None:
    shown = "".join(break_lines(printable(text), columns))

    assert without_spaces(shown) == without_spaces(printable(text))


@given(st.text(max_size=120), st.integers(2, 48))
def test_balancing_never_makes_more_lines(text: str, columns: int) -> None:
    shown = printable(text)

    balanced = break_balanced(shown, columns)

    assert len(balanced) <= len(break_lines(shown, columns))
    assert all(columns_of(line) <= columns for line in balanced)


@given(CHINESE_TEXT, st.integers(12, 48))
def test_no_line_begins_with_a_closing_mark_unless_marks_alone_fill_a_line(text: str, columns: int) -> None:
    lines = break_lines(text, columns)

    for before, line in itertools.pairwise(lines):
        crowded = sum(unicodedata.category(character)[0] == "P" for character in before) >= columns // 2 - 1
        assert crowded or line[0] not in CLOSING_MARKS


def without_spaces(text: str) -> str:
    return "".join(character for character in text if character not in " \n\u00a0")
