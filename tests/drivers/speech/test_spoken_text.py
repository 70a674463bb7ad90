"""What a synthesiser is told so that it says what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speech.spoken_text import LONGEST_PIECE_CHARACTERS, for_synthesiser, pieces


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("请放身份证。", "qing3 fang4 shen1 fen4 zheng4 ."),
        ("银行，行走", "yin2 hang2 , xing2 zou3"),
        ("女儿的", "nv3 er2 de5"),
        ("打12345", "da3 yao1 er4 san1 si4 wu3"),
        ("18位", "shi2 ba1 wei4"),
        ("10", "shi2"),
        ("2份", "liang3 fen4"),
        ("12位", "shi2 er4 wei4"),
        ("2月", "er4 yue4"),
        ("0", "ling2"),
        ("110", "yi1 bai3 yi1 shi2"),
        ("105元", "yi1 bai3 ling2 wu3 yuan2"),
        ("2008", "er4 qian1 ling2 ba1"),
        ("3060", "san1 qian1 ling2 liu4 shi2"),
        ("2026年", "er4 ling2 er4 liu4 nian2"),
        ("3.50", "san1 dian3 wu3 ling2"),
        ("007", "ling2 ling2 qi1"),
        ("A4纸", "A si4 zhi3"),
        ("欧阳**", "ou1 yang2 xing1 xing1"),
        ("420102********1234", "si4 er4 ling2 yao1 ling2 er4 xing1 hao4 yao1 er4 san1 si4"),
        ("138 1234 5678", "yao1 san1 ba1 , yao1 er4 san1 si4 , wu3 liu4 qi1 ba1"),
        ("100 200", "yi1 bai3 er4 bai3"),
        ("2026 年", "er4 ling2 er4 liu4 nian2"),
        ("3,286.50元", "san1 qian1 er4 bai3 ba1 shi2 liu4 dian3 wu3 ling2 yuan2"),
        ("1,000,305元", "yi1 bai3 wan4 ling2 san1 bai3 ling2 wu3 yuan2"),
        ("１２３４５", "yao1 er4 san1 si4 wu3"),
        ("𠮷𠮷好", "mou3 zi4 mou3 zi4 hao3"),
        ("[[a]]", "A"),
    ],
)
def test_chinese_is_told_in_pinyin(written: str, told: str) -> None:
    assert for_synthesiser(written, "zh") == told


def test_english_is_told_as_it_is_without_what_the_synthesiser_would_obey() -> None:
    assert for_synthesiser("Call 12345.\x01 [[x]]", "en") == "Call 12345.    x  "


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Slip number 421 0300 0128", "Slip number 4 2 1, 0 3 0 0, 0 1 2 8"),
        ("ID 420102********1234.", "ID 4 2 0 1 0 2 star 1 2 3 4."),
        ("13812345678", "1 3 8 1 2 3 4 5 6 7 8"),
        ("in 2026, 1250 yuan", "in 2026, 1250 yuan"),
        ("12,345.60 yuan", "12,345.60 yuan"),
    ],
)
def test_a_number_that_is_a_name_is_told_figure_by_figure(written: str, told: str) -> None:
    assert for_synthesiser(written, "en") == told


def test_a_text_is_cut_where_one_breathes() -> None:
    assert list(pieces("好。再见！……\n走吧，请")) == ["好。", "再见！", "走吧，请"]
    long = "一二三四五六七八九十" * 20
    assert "".join(pieces(long)) == long
    assert all(len(piece) <= LONGEST_PIECE_CHARACTERS for piece in pieces(long))
    comma = "这里有四个字，" * 30
    assert {piece[-1] for piece in pieces(comma)} == {"，"}


def test_what_has_nothing_to_say_is_no_piece() -> None:
    assert list(pieces("。 ——\n…")) == []


@given(st.text(max_size=300), st.sampled_from(["zh", "en"]))
def test_any_text_is_survived_and_every_letter_stays(text: str, language: str) -> None:
    spoken = [for_synthesiser(piece, language) for piece in pieces(text)]
    assert all(len(piece) <= LONGEST_PIECE_CHARACTERS for piece in pieces(text))
    assert sum(map(len, spoken)) <= 100 * len(text)
    assert not any(character < " " for piece in spoken for character in piece if character != "\n")
    assert "[[" not in "".join(spoken)


@given(st.integers(0, 9999))
def test_every_quantity_is_read_back_as_itself(number: int) -> None:
    names = {"ling2": 0, "yi1": 1, "er4": 2, "san1": 3, "si4": 4, "wu3": 5}
    names |= {"liu4": 6, "qi1": 7, "ba1": 8, "jiu3": 9}
    worth = {"shi2": 10, "bai3": 100, "qian1": 1000}
    total, digit = 0, 0
    for syllable in for_synthesiser(str(number), "zh").split():
        if syllable in worth:
            total, digit = total + (digit or 1) * worth[syllable], 0
        else:
            digit = names[syllable]
    assert total + digit == number
