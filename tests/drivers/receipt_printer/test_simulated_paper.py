"""The simulated printer reads ESC/POS by itself: literal bytes from the manuals in, paper out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.receipt_printer.device import capabilities_for
from drivers.receipt_printer.simulator_machine import Machine
from drivers.receipt_printer.simulator_paper import SlipPicture
from tests.drivers.receipt_printer.reading import decode_codes, ink, print_bytes

NARROW, WIDE = capabilities_for(58), capabilities_for(80)
CUT = b"\x1dVB\x00"
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
HEAD_TO_CUTTER = 88
MARGIN = 32


def printed(data: bytes) -> Image.Image:
    return print_bytes(data + CUT, WIDE).slip.image


def rows_with_ink(picture: Image.Image) -> list[int]:
    width, height = picture.size
    return [y for y in range(height) if picture.crop((0, y, width, y + 1)).getextrema()[0] == 0]


def columns_with_ink(picture: Image.Image) -> list[int]:
    width, height = picture.size
    return [x for x in range(width) if picture.crop((x, 0, x + 1, height)).getextrema()[0] == 0]


def test_paper_is_as_wide_as_paper_and_white() -> None:
    assert print_bytes(CUT, NARROW).slip.image.size == (464, HEAD_TO_CUTTER)
    assert print_bytes(CUT, WIDE).slip.image.size == (640, HEAD_TO_CUTTER)
    assert ink(print_bytes(CUT, WIDE).slip.image) == 0


def test_a_line_of_text_is_24_dots_high_and_as_wide_as_its_cells() -> None:
    picture = printed(b"\x1c&" + "国H".encode("gb18030") + b"\n")

    rows, columns = rows_with_ink(picture), columns_with_ink(picture)
    assert rows[0] >= HEAD_TO_CUTTER
    assert rows[-1] < HEAD_TO_CUTTER + 24
    assert columns[0] >= MARGIN
    assert MARGIN + 24 <= columns[-1] < MARGIN + 36


def test_enlarged_characters_repeat_every_dot() -> None:
    small = printed(b"H\n").crop((MARGIN, HEAD_TO_CUTTER, MARGIN + 12, HEAD_TO_CUTTER + 24))
    large = printed(b"\x1d!\x21H\n").crop((MARGIN, HEAD_TO_CUTTER, MARGIN + 36, HEAD_TO_CUTTER + 48))

    assert large.tobytes() == small.resize((36, 48), Image.Resampling.NEAREST).tobytes()


def test_bold_is_struck_twice() -> None:
    plain, bold = printed(b"\x1bE\x00H\n"), printed(b"\x1bE\x01H\n")

    assert ink(plain) < ink(bold) <= 2 * ink(plain)


def test_characters_of_two_sizes_stand_on_one_line() -> None:
    picture = printed(b"H\x1d!\x11H\n")

    rows = rows_with_ink(picture.crop((MARGIN, 0, MARGIN + 12, picture.height)))
    assert rows[0] >= HEAD_TO_CUTTER + 24


def test_alignment_moves_text_pictures_and_codes_alike() -> None:
    dot = b"\x1dv0\x00\x01\x00\x01\x00\xff"

    assert columns_with_ink(printed(dot))[0] == MARGIN
    assert columns_with_ink(printed(b"\x1ba\x01" + dot))[0] == MARGIN + (576 - 8) // 2
    assert columns_with_ink(printed(b"\x1ba\x02" + dot))[-1] == MARGIN + 575


def test_a_line_that_is_too_long_goes_on_in_the_next() -> None:
    assert print_bytes(b"x" * 50 + b"\n" + CUT, WIDE).slip.text.split("\n") == ["x" * 48, "xx"]


def test_a_picture_is_printed_dot_by_dot() -> None:
    picture = printed(b"\x1dv0\x00\x01\x00\x02\x00\x81\x42")

    printed_rows = picture.crop((MARGIN, HEAD_TO_CUTTER, MARGIN + 8, HEAD_TO_CUTTER + 2))
    assert [value == 0 for value in printed_rows.tobytes()] == [
        *(True, False, False, False, False, False, False, True),
        *(False, True, False, False, False, False, True, False),
    ]


def test_a_code_is_drawn_by_the_printer_and_scans() -> None:
    payload = "扫码 https://example.gov.cn".encode()
    store = b"\x1d(k" + (len(payload) + 3).to_bytes(2, "little") + b"1P0" + payload

    picture = printed(
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"
    )

    assert decode_codes(picture) == [payload.decode()]


def test_what_lies_between_cutter_and_head_begins_the_next_slip() -> None:
    dot = b"\x1dv0\x00\x01\x00\x01\x00\xff"

    first, second = print_bytes(dot + b"\x1dV\x00" + CUT, WIDE).slips

    assert rows_with_ink(first.image) == []
    assert rows_with_ink(second.image) == [HEAD_TO_CUTTER - 1]


def test_a_reset_forgets_the_modes_and_the_unprinted_line() -> None:
    assert print_bytes(b"\x1d!\x11lost\x1b@kept\n" + CUT, WIDE).slip.text == "kept"


def test_the_question_for_the_end_is_answered_after_what_was_sent_before() -> None:
    assert print_bytes(b"text\n\x1dr\x01", WIDE).answers == b"\x00"
    assert print_bytes(b"\x1dr\x01\x10\x04\x01", WIDE).answers == b"\x12\x00"


@pytest.mark.parametrize(
    "unknown",
    [
        b"\x1bQ",
        b"\x1cQ",
        b"\x1dQ",
        b"\x07",
        b"\xb9\xfa",
        b"\x1bM\x07",
        b"\x1ba\x09",
        b"\x1dr\x09",
        b"\x1dV\x09",
        b"\x1d!\xff",
        b"\x1d(A\x02\x00\x00\x00",
        b"\x1d(k\x03\x000Q0",
        b"\x1d(k\x03\x001C\x00",
        b"\x1d(k\x03\x001Q0",
        b"\x1dv0\x09\x01\x00\x01\x00\xff",
    ],
)
def test_what_is_no_command_is_kept_for_the_test_that_fails(unknown: bytes) -> None:
    commands = print_bytes(unknown, WIDE).unknown_commands

    assert commands
    assert b"".join(commands)[:2] == unknown[:2]


def test_a_four_byte_code_is_nothing_that_the_mode_has() -> None:
    assert print_bytes(b"\x1c&" + "𠮷".encode("gb18030"), WIDE).unknown_commands


def test_a_picture_beside_text_is_refused_as_printers_refuse_it() -> None:
    assert print_bytes(b"text\x1dv0\x00\x01\x00\x01\x00\xff", WIDE).unknown_commands


@given(st.lists(st.binary(max_size=40), max_size=6))
@settings(max_examples=60)
def test_any_bytes_are_survived_and_can_be_cleared_away(pieces: list[bytes]) -> None:
    slips: list[SlipPicture] = []
    machine = Machine(WIDE, slips.append, dots_per_s=None, late_by_s=0.0)

    for piece in (*pieces, CLEAR_BUFFERS, b"alive\n" + CUT):
        machine.receive(piece)
        while machine.run(0.0) is not None:
            pass

    assert slips[-1].text.split("\n")[-1] == "alive"
    assert machine.take_answers(0.0)[0].endswith(b"\x37\x25\x00")


def test_a_saved_slip_has_its_true_size(tmp_path: Path) -> None:
    slip = print_bytes(b"text\n" + CUT, NARROW).slip
    slip.save(tmp_path / "slip.png")

    with Image.open(tmp_path / "slip.png") as saved:
        dots_per_inch = saved.info["dpi"][0]
        assert saved.width / dots_per_inch * 25.4 == pytest.approx(58, abs=0.1)


def test_the_text_of_a_slip_is_not_in_its_repr() -> None:
    assert "text" not in repr(print_bytes(b"some\n" + CUT, NARROW).slip).replace("text=", "")
    assert "some" not in repr(print_bytes(b"some\n" + CUT, NARROW).slip)
