"""IPP as bytes: golden ones from the standard, and any bytes at all."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.protocol import (
    Attribute,
    Group,
    GroupTag,
    Message,
    Operation,
    Value,
    ValueTag,
    decode,
    encode,
)

PRINT_JOB_OF_THE_STANDARD = bytes.fromhex(
    "0101 0002 00000001 01"
    "47 0012" + b"attributes-charset".hex() + "0005" + b"utf-8".hex() + "48 001B"
    "" + b"attributes-natural-language".hex() + "0005" + b"en-us".hex() + "45 000B"
    "" + b"printer-uri".hex() + "002C" + b"ipp://printer.example.com/ipp/print/pinetree".hex() + "42 0008"
    "" + b"job-name".hex() + "0006" + b"foobar".hex() + "22 0016"
    "" + b"ipp-attribute-fidelity".hex() + "0001 01 02"
    "21 0006" + b"copies".hex() + "0004 00000014 44 0005"
    "" + b"sides".hex() + "0013" + b"two-sided-long-edge".hex() + "03"
)
"""RFC 8010, appendix A.1, before the document."""


def test_the_print_job_of_the_standard_is_read() -> None:
    message = decode(PRINT_JOB_OF_THE_STANDARD + b"%!PDF...")

    assert message is not None
    assert (message.code, message.request_id, message.data) == (Operation.PRINT_JOB, 1, b"%!PDF...")
    operation, job = message.first(GroupTag.OPERATION), message.first(GroupTag.JOB)
    assert operation.texts("printer-uri") == ("ipp://printer.example.com/ipp/print/pinetree",)
    assert operation.texts("job-name") == ("foobar",)
    assert operation.flag("ipp-attribute-fidelity") is True
    assert job.integer("copies") == 20
    assert job.texts("sides") == ("two-sided-long-edge",)


def test_it_is_written_again_byte_by_byte() -> None:
    message = decode(PRINT_JOB_OF_THE_STANDARD)
    assert message is not None
    assert encode(message)[2:] == PRINT_JOB_OF_THE_STANDARD[2:]  # but for the version, which is ours


def test_several_values_belong_to_one_name() -> None:
    reasons = Attribute("printer-state-reasons", ValueTag.KEYWORD, ("media-low", "toner-low"))
    message = decode(encode(Message(0, 7, (Group(GroupTag.PRINTER, (reasons,)),))))
    assert message is not None
    assert message.first(GroupTag.PRINTER).texts("printer-state-reasons") == ("media-low", "toner-low")


def test_what_is_in_a_collection_is_left_out_and_what_follows_is_not() -> None:
    """``media-col-default`` holds ``media-size``, another collection (RFC 8010 §3.1.6)."""
    inner = [
        (ValueTag.BEGIN_COLLECTION, b"media-col-default", b""),
        (0x4A, b"", b"media-size"),
        (ValueTag.BEGIN_COLLECTION, b"", b""),
        (0x4A, b"", b"x-dimension"),
        (ValueTag.INTEGER, b"", b"\x00\x00\x52\x08"),
        (ValueTag.END_COLLECTION, b"", b""),
        (ValueTag.END_COLLECTION, b"", b""),
        (ValueTag.ENUM, b"printer-state", b"\x00\x00\x00\x03"),
    ]
    wire = b"".join(
        bytes([tag]) + len(name).to_bytes(2, "big") + name + len(value).to_bytes(2, "big") + value
        for tag, name, value in inner
    )
    message = decode(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + wire + b"\x03")
    assert message is not None
    printer = message.first(GroupTag.PRINTER)
    assert printer.integer("printer-state") == 3
    assert printer.values("media-col-default") == ()
    assert printer.values("x-dimension") == ()


@pytest.mark.parametrize("tag", [0x10, 0x12, 0x13])
def test_an_attribute_without_a_value_has_none(tag: int) -> None:
    message = decode(encode(Message(0, 1, (Group(GroupTag.PRINTER, (Attribute("media-ready", tag, ()),)),))))
    assert message is not None
    assert message.first(GroupTag.PRINTER).values("media-ready") == ()


@pytest.mark.parametrize("length", range(len(PRINT_JOB_OF_THE_STANDARD)))
def test_half_a_message_is_none(length: int) -> None:
    assert decode(PRINT_JOB_OF_THE_STANDARD[:length]) is None


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
VALUES: dict[int, st.SearchStrategy[Value]] = {
    ValueTag.INTEGER: st.integers(-(2**31), 2**31 - 1),
    ValueTag.ENUM: st.integers(0, 2**31 - 1),
    ValueTag.BOOLEAN: st.booleans(),
    ValueTag.OCTETS: st.binary(max_size=40),
    ValueTag.KEYWORD: TEXTS,
    ValueTag.NAME: TEXTS,
    ValueTag.NAME_WITH_LANGUAGE: TEXTS,
}
NAMES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)


@st.composite
def attributes(draw: st.DrawFn) -> Attribute:
    """An attribute that can be written."""
    tag = draw(st.sampled_from(sorted(VALUES)))
    return Attribute(draw(NAMES), tag, tuple(draw(st.lists(VALUES[tag], min_size=1, max_size=3))))


@given(
    st.builds(
        Message,
        st.integers(0, 0x7FFF),
        st.integers(1, 2**31 - 1),
        st.lists(
            st.builds(Group, st.sampled_from([1, 2, 4, 5]), st.lists(attributes(), max_size=4).map(tuple)),
            max_size=3,
        ).map(tuple),
        st.binary(max_size=50),
    )
)
def test_what_was_written_is_read(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(noise: bytes) -> None:
    for data in (
        noise,
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + noise,
        PRINT_JOB_OF_THE_STANDARD[:9] + noise,
    ):
        message = decode(data)
        assert message is None or len(message.data) <= len(data)


@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    damaged = bytearray(PRINT_JOB_OF_THE_STANDARD)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    decode(bytes(damaged))


def test_nested_collections_without_end_take_no_more_than_they_weigh() -> None:
    opening = bytes([ValueTag.BEGIN_COLLECTION]) + b"\x00\x00\x00\x00"
    message = b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + opening * 40_000 + b"\x03"
    tracemalloc.start()
    try:
        decode(message)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 40 * len(message)


def test_a_value_that_is_too_long_is_a_bug() -> None:
    name = Attribute("job-name", ValueTag.NAME, ("x" * 40_000,))
    with pytest.raises(ValueError, match="too long"):
        encode(Message(Operation.PRINT_JOB, 1, (Group(GroupTag.OPERATION, (name,)),)))


def test_nothing_of_a_message_is_in_its_repr() -> None:
    name = Attribute("job-name", ValueTag.NAME, ("somebody",))
    group = Group(GroupTag.OPERATION, (name,))
    assert "somebody" not in repr((name, group, Message(Operation.PRINT_JOB, 1, (group,), b"somebody")))
