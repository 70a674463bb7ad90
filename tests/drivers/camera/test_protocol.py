"""What the camera's program says is understood in any pieces, and anything else is survived."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.protocol import (
    LARGEST_HEIGHT,
    LARGEST_WIDTH,
    FrameReady,
    Loss,
    Lost,
    Notice,
    NoticeReader,
    Opened,
    encode,
)

NOTICES = st.one_of(
    st.just(Opened()),
    st.builds(
        FrameReady,
        st.integers(1, LARGEST_WIDTH),
        st.integers(1, LARGEST_HEIGHT),
        st.integers(0, 2**63),
    ),
    st.builds(Lost, st.sampled_from(Loss)),
)


@given(st.lists(NOTICES, max_size=8), st.integers(1, 40))
def test_what_is_said_is_understood_in_pieces_of_any_size(said: list[Notice], piece: int) -> None:
    data = b"".join(map(encode, said))
    reader = NoticeReader()
    heard = [
        notice for begin in range(0, len(data), piece) for notice in reader.feed(data[begin : begin + piece])
    ]
    assert heard == said


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_any_bytes_are_survived_without_growth_and_the_next_notice_is_heard(pieces: list[bytes]) -> None:
    reader = NoticeReader()
    for piece in pieces:
        reader.feed(piece)
        assert len(reader._rest) <= 64
    reader.feed(b"\n")
    assert reader.feed(encode(Opened())) == [Opened()]


@given(st.text(alphabet="framelostopened 0123456789_-+٣\n", max_size=80))
def test_what_is_nearly_a_notice_gives_no_picture_that_does_not_fit(text: str) -> None:
    for notice in NoticeReader().feed(text.encode()):
        if isinstance(notice, FrameReady):
            assert 0 < notice.width <= LARGEST_WIDTH
            assert 0 < notice.height <= LARGEST_HEIGHT


def test_a_size_that_does_not_fit_into_the_memory_is_no_notice() -> None:
    assert NoticeReader().feed(b"frame 4000 3000 1\nframe 0 1 1\nframe 1 1\nlost somehow\nopened\n") == [
        Opened()
    ]
