"""Chinese out of letters, figures, strokes and the movements of a finger; and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.input.handwriting import Stroke
from screens.input.spoken import GRIM
from tests.screens.input.pages import Page
from tests.screens.input.pens import HAN, KING, RIVER, TEN


def test_every_way_of_writing_is_there(page: Page) -> None:
    assert page.ways == ["pinyin", "nine", "stroke", "handwriting"]


def test_a_whole_address_in_pinyin_is_the_first_candidate(page: Page) -> None:
    page.use("pinyin")
    page.type("hubeishengwuhanshijianghanqu")
    assert page.candidates[0] == "湖北省武汉市江汉区"
    assert page.letters == "hu bei sheng wu han shi jiang han qu"
    page.choose("湖北省武汉市江汉区")
    assert (page.text, page.letters, page.candidates) == ("湖北省武汉市江汉区", "", [])


def test_a_name_is_put_together_from_its_parts(page: Page) -> None:
    page.use("pinyin")
    page.type("wuhanshijianghan")
    page.choose("武汉市")
    assert (page.text, page.letters) == ("", "武汉市jiang han")
    page.choose("江汉")
    assert page.text == "武汉市江汉"


def test_initials_are_enough_for_what_everybody_knows(page: Page) -> None:
    page.use("pinyin")
    page.type("hbs")
    assert "湖北省" in page.candidates


def test_a_letter_too_many_is_taken_back(page: Page) -> None:
    page.use("pinyin")
    page.type("wuhanb")
    page.press("delete")
    assert (page.letters, page.candidates[0]) == ("wu han", "武汉")
    for _ in "wuhan":
        page.press("delete")
    assert (page.letters, page.candidates) == ("", [])


@pytest.mark.parametrize(("figures", "meant"), [("98426", "武汉"), ("54264426", "江汉"), ("926", "万")])
def test_the_nine_keys_of_a_telephone(page: Page, figures: str, meant: str) -> None:
    page.use("nine")
    page.type(figures)
    assert meant in page.candidates


@pytest.mark.parametrize(
    ("spoken", "meant"),
    [
        ("zongguo", "中国"),  # zh and z
        ("sanghai", "上海"),  # sh and s
        ("cangcun", "长春"),  # ch and c, un stays
        ("zhaoyang", "枣阳"),  # z and zh
        ("lanjing", "南京"),  # n and l
        ("nichuan", "利川"),  # l and n
        ("fubei", "湖北"),  # h and f, as in Hubei
        ("hujian", "福建"),
        ("fanggang", "黄冈"),
        ("enshi", "恩施"),
        ("huangan", "黄冈"),  # an and ang
        ("beijin", "北京"),
    ],
)
def test_who_speaks_otherwise_than_the_dictionary_finds_the_word_too(
    page: Page, spoken: str, meant: str
) -> None:
    page.use("pinyin")
    page.type(spoken)
    assert meant in page.candidates[:12]


@pytest.mark.parametrize(("exact", "meant"), [("wuhan", "武汉"), ("nanjing", "南京"), ("zongzi", "粽子")])
def test_what_is_spelt_as_in_the_dictionary_comes_first(page: Page, exact: str, meant: str) -> None:
    page.use("pinyin")
    page.type(exact)
    assert page.candidates[0] == meant


@pytest.mark.parametrize(("figures", "meant"), [("38234", "湖北"), ("9664486", "中国"), ("526546", "南京")])
def test_the_nine_keys_know_how_people_speak_too(page: Page, figures: str, meant: str) -> None:
    page.use("nine")
    page.type(figures)
    assert meant in page.candidates


def test_no_word_that_is_told_by_ear_is_grim(page: Page) -> None:
    """A mother's name may have a character whose commonest word is none that she wants to hear."""
    for letters in ("si", "wang", "sang", "mu", "gu", "bing", "zang", "sha", "gui", "du"):
        page.use("pinyin")
        page.type(letters)
        for candidate, called in page.called.items():
            example = called.removeprefix(f"{candidate}，").removesuffix(f"的{candidate}")
            assert example == called or GRIM.isdisjoint(example), called
    page.use("pinyin")
    page.type("wang")
    assert page.called["亡"] == "亡，读音 wang"


def test_strokes_bring_the_common_characters_first_and_find_the_rare_ones(page: Page) -> None:
    page.use("stroke")
    page.type("hsh")
    assert page.candidates[0] in "地去工场过"
    page.use("stroke")
    page.type("hpznphhpn")
    assert page.letters == "一丿乛丶丿一一丿丶"
    page.choose("䶮")
    assert page.text == "䶮"


@pytest.mark.parametrize(("strokes", "meant"), [(TEN, "十"), (KING, "王"), (RIVER, "江"), (HAN, "汉")])
def test_a_character_that_was_written_by_hand_is_the_first_candidate(
    page: Page, strokes: list[Stroke], meant: str
) -> None:
    page.use("handwriting")
    page.write(strokes)
    assert page.candidates[0] == meant
    page.choose(meant)
    assert (page.text, page.candidates) == (meant, [])
    page.write([])
    assert page.candidates == []


def test_candidates_that_sound_alike_are_told_apart_by_ear(page: Page) -> None:
    page.use("pinyin")
    page.type("wu")
    assert page.called["武"] == "武，武汉的武"
    assert len(set(page.called.values())) == len(page.candidates)
    page.use("pinyin")
    page.type("yan")
    assert page.called["䶮"] == "䶮，读音 yan"


def test_two_quick_taps_on_a_candidate_are_one(page: Page) -> None:
    page.use("pinyin")
    page.type("wuhan")
    seen = page.of
    page.choose("武汉")
    page.type("shi")
    page.choose("市" if "市" in page.candidates else page.candidates[0], of=seen)
    assert (page.text, page.letters) == ("武汉", "shi")


def test_another_way_begins_afresh(page: Page) -> None:
    page.use("pinyin")
    page.type("wuhan")
    page.use("stroke")
    page.press("h")
    assert page.letters == "一"
    page.press("w")
    assert page.letters == "一", "a key that is none of this way does nothing"


def test_what_is_chosen_often_does_not_come_earlier_and_nothing_is_on_the_disk(
    page: Page, folder: Path
) -> None:
    page.use("pinyin")
    page.type("wuhan")
    first = page.candidates
    for _ in range(5):
        page.choose(first[-1])
        while page.letters:
            page.choose(page.candidates[0])
        page.type("wuhan")
    assert page.candidates == first
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= {".yaml", ".bin", ".json"}
    assert not [file for file in files if "userdb" in str(file) or "log" in file.name.lower()]
    assert [file for file in files if page.text.encode() in file.read_bytes()] == []
