"""Characters drawn in dots, down to the rarest of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.receipt_printer.glyphs import FONT_FOLDERS, FontsMissingError, Typeface


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return Typeface()


@pytest.mark.parametrize("character", ["国", "䶮", "𠮷", "𬱖", "ñ", "·", "g"])
def test_a_character_has_ink_of_its_own(typeface: Typeface, character: str) -> None:
    drawn = typeface.draw(character, 24, 24)

    assert drawn.size == (24, 24)
    assert drawn.mode == "1"
    assert drawn.getbbox() is not None
    assert drawn.tobytes() != typeface.draw("〓", 24, 24).tobytes()


def test_a_space_has_none(typeface: Typeface) -> None:
    assert typeface.draw(" ", 12, 24).getbbox() is None


def test_what_no_font_has_is_shown_as_a_place(typeface: Typeface) -> None:
    nobody_has = "\U0002ffff"

    assert not typeface.has(nobody_has)
    assert typeface.draw(nobody_has, 24, 24).tobytes() == typeface.draw("〓", 24, 24).tobytes()


def test_what_hangs_below_the_line_stays_in_the_cell(typeface: Typeface) -> None:
    for letter in "gjpqy":
        box = typeface.draw(letter, 12, 24).getbbox()
        assert box is not None
        assert box[3] <= 24
        assert box[3] > 20


def test_bold_has_more_ink(typeface: Typeface) -> None:
    regular, bold = typeface.draw("凭", 24, 24), typeface.draw("凭", 24, 24, bold=True)

    assert bold.histogram()[255] > regular.histogram()[255] * 1.15


def test_without_the_fonts_the_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissingError, match="fonts-noto-cjk"):
        Typeface([tmp_path])


def test_without_the_rare_fonts_the_common_one_still_draws(tmp_path: Path) -> None:
    for folder in FONT_FOLDERS:
        for font in folder.rglob("NotoSansCJK-*.ttc"):
            (tmp_path / font.name).symlink_to(font)

    common = Typeface([tmp_path])

    assert common.draw("国", 24, 24).tobytes() == Typeface().draw("国", 24, 24).tobytes()


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font at all")

    with pytest.raises(FontsMissingError):
        Typeface([tmp_path])
