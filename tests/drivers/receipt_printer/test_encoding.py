"""Slips as bytes: what the printer's own font prints, what is drawn, and what must never be sent."""

from __future__ import annotations

import logging
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.receipt_printer import protocol
from drivers.receipt_printer.device import Paragraph, QrCode, Rule, Slip, capabilities_for
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.layout import Line, Run, TextLine, lay_out
from drivers.receipt_printer.typesetting import printable
from tests.drivers.receipt_printer.reading import decode_codes, ink, print_bytes
from tests.drivers.receipt_printer.samples import QR_PAYLOAD, chinese_slip, english_slip

WIDE = capabilities_for(80)
RASTER = b"\x1dv0\x00"
REAL_TIME_COMMAND = re.compile(rb"\x10[\x04\x05\x14]")


def encoded(*lines: Line) -> bytes:
    return SlipEncoder(WIDE).encode(list(lines))


def line_of(text: str, *, bold: bool = False) -> TextLine:
    return TextLine((Run(text, bold),))


@pytest.mark.parametrize("text", ["提交凭条", "Slip 42", "欧阳·娜娜", "①②③ ℃ ￥", "é", "龥", "繁體字"])
def test_what_the_mode_has_goes_as_characters(text: str) -> None:
    data = encoded(line_of(text))

    assert text.encode("gb18030") in data
    assert RASTER not in data


@pytest.mark.parametrize("text", ["䶮", "𠮷", "𬱖", "㑇", "ñ", "😀", "\ufffd"])
def test_what_the_printers_font_may_lack_is_drawn(text: str) -> None:
    data = encoded(line_of(f"欧{text}"))

    assert RASTER in data
    assert text.encode("gb18030") not in data


def test_only_the_line_with_the_rare_character_is_drawn() -> None:
    data = encoded(line_of("申请人"), line_of("䶮**"), line_of("已提交"))

    assert data.count(RASTER) == 1
    assert "申请人".encode("gb18030") in data
    assert "已提交".encode("gb18030") in data


def test_the_chinese_mode_is_on_for_all_text_and_off_at_the_end() -> None:
    data = encoded(line_of("提交凭条"))

    on, text, off = data.index(b"\x1c&"), data.index("提".encode("gb18030")), data.rindex(b"\x1c.")
    assert data.startswith(b"\x1b@\x1c&")
    assert on < text < off < data.index(b"\x1dV")


def test_rare_characters_of_names_are_on_the_paper_and_differ() -> None:
    pictures = [print_bytes(encoded(line_of(name)), WIDE).slip.image for name in ("䶮", "𠮷", "𬱖", " ")]

    assert len({picture.tobytes() for picture in pictures}) == 4
    assert [ink(picture) > 60 for picture in pictures] == [True, True, True, False]


def test_a_drawn_line_stands_where_the_characters_would_stand() -> None:
    as_characters = print_bytes(encoded(line_of("国国国国")), WIDE).slip.image
    as_picture = print_bytes(encoded(line_of("国国国𠮷")), WIDE).slip.image

    assert (
        as_characters.crop((0, 0, 32 + 72, 140)).tobytes() == as_picture.crop((0, 0, 32 + 72, 140)).tobytes()
    )
    assert as_characters.size == as_picture.size


@given(st.text(max_size=120))
@settings(max_examples=60)
def test_every_character_is_printed_or_drawn(text: str) -> None:
    """What the printer was told in characters, and the lines that were drawn, are the whole text in order."""
    lines = [line for line in lay_out(Slip("1", (Paragraph(text),)), WIDE) if isinstance(line, TextLine)]

    printed = print_bytes(SlipEncoder(WIDE).encode(list(lines)), WIDE)

    shown = printed.slip.text.split("\n")
    assert printed.unknown_commands == []
    assert len(shown) == len(lines)
    for line, told in zip(lines, shown, strict=True):
        drawn = any(not protocol.in_character_mode(character) for character in line.text)
        assert told == ("[picture 576×24]" if drawn else line.text)
    whole = "".join(line.text for line in lines[:-1])
    assert _dense(whole) == _dense(printable(text))


@given(st.binary(min_size=2, max_size=240).filter(lambda rows: len(rows) % 2 == 0))
def test_no_picture_contains_a_real_time_command(rows: bytes) -> None:
    sent = protocol.raster(rows, 2)

    assert REAL_TIME_COMMAND.search(sent) is None
    assert len(sent) == 8 + len(rows)


@pytest.mark.parametrize("command", [b"\x10\x04\x01", b"\x10\x05\x02", protocol.CLEAR_BUFFERS])
def test_a_picture_that_spells_a_real_time_command_is_printed_and_not_obeyed(command: bytes) -> None:
    rows = command.ljust(72, b"\x00") * 24

    printed = print_bytes(protocol.raster(rows, 72) + protocol.cut(0), WIDE)

    assert printed.answers == b""
    assert printed.slip.text == "[picture 576×24]"
    assert ink(printed.slip.image) >= 24 * sum(byte.bit_count() for byte in command)


@given(st.text(min_size=1, max_size=100))
@settings(max_examples=40)
def test_no_slip_contains_anything_that_makes_the_printer_answer_or_forget(text: str) -> None:
    slip = Slip("1", (Paragraph(text), QrCode(text, text), Rule()))

    data = SlipEncoder(WIDE).encode(lay_out(slip, WIDE))

    assert REAL_TIME_COMMAND.search(data) is None


def test_without_a_cutter_the_paper_is_fed_to_be_torn() -> None:
    bare = replace(WIDE, cutter=False)

    data = SlipEncoder(bare).encode([line_of("提交凭条")])

    assert b"\x1dV" not in data
    assert data.endswith(protocol.feed(160))


def test_without_fonts_a_rare_character_is_replaced_and_the_log_names_the_package(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    encoder = SlipEncoder(WIDE, font_folders=(tmp_path,))

    with caplog.at_level(logging.WARNING):
        data = encoder.encode([line_of("欧𠮷"), line_of("欧䶮")])

    assert data.count("欧〓".encode("gb18030")) == 2
    assert [record.getMessage().count("fonts-noto-cjk") for record in caplog.records] == [1]
    assert "𠮷" not in caplog.text


def test_the_same_commands_as_python_escpos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An independent writer of ESC/POS agrees on the commands that it knows."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # it writes a file while it is imported
    from escpos.printer import Dummy

    oracle = Dummy()
    oracle.set(align="center", bold=True, width=3, height=2, custom_size=True)
    oracle.qr("https://example.gov.cn/r/1", ec=1, size=6, native=True)
    oracle.hw("INIT")

    assert oracle.output == b"".join(
        (
            protocol.character_size(3, 2),
            protocol.bold(True),
            protocol.align(protocol.Align.CENTRE),
            protocol.qr_code(b"https://example.gov.cn/r/1", 6),
            protocol.INITIALISE,
        )
    )


@pytest.mark.parametrize("paper_width_mm", [58, 80])
@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("make", [chinese_slip, english_slip])
def test_a_case_slip_is_understood_to_the_last_byte_and_its_code_scans(
    make: object, large_print: bool, paper_width_mm: int
) -> None:
    capabilities = capabilities_for(paper_width_mm)
    slip = (chinese_slip if make is chinese_slip else english_slip)(large_print=large_print)

    printed = print_bytes(SlipEncoder(capabilities).encode(lay_out(slip, capabilities)), capabilities)

    assert printed.unknown_commands == []
    assert printed.answers == b""
    assert "420 1700 0386" in printed.slip.text
    assert decode_codes(printed.slip.image) == [QR_PAYLOAD]


@given(st.text(min_size=1, max_size=160).filter(lambda text: len(text.encode("utf-8")) <= 500))
@settings(max_examples=25)
def test_any_code_scans_again_from_the_paper(payload: str) -> None:
    narrow = capabilities_for(58)

    data = SlipEncoder(narrow).encode(lay_out(Slip("1", (QrCode(payload, ""),)), narrow))

    assert decode_codes(print_bytes(data, narrow).slip.image) == [payload]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: protocol.character_size(0, 1),
        lambda: protocol.character_size(1, 9),
        lambda: protocol.qr_code(b"", 4),
        lambda: protocol.qr_code(b"x", 17),
        lambda: protocol.raster(b"abc", 2),
        lambda: protocol.text("𠮷"),
        lambda: protocol.text("\n"),
    ],
)
def test_what_no_printer_takes_is_refused(refused: object) -> None:
    assert callable(refused)
    with pytest.raises(ValueError):  # noqa: PT011 - each says something else
        refused()


def _dense(text: str) -> str:
    return re.sub(r"[ \n\u00a0]", "", text)
