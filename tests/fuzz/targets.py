"""What is fuzzed: each parser that takes bytes from a device or a file, with frames of its own to start from.

A target gets a list of pieces, as a line would bring them, and raises when the parser did what it must not:
an exception, a value out of its range, or more kept than one frame needs. That it ends at all is watched from
outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from contract.attachments import read_metadata, write_metadata
from contract.sealed_stream import open_stream, seal_stream
from contract.sealing import NotOpenedError, Opener, Sealer, make_private_key
from drivers.cabinet import protocol as cabinet
from drivers.camera.protocol import FrameReady, Lost, NoticeReader, Opened
from drivers.camera.protocol import encode as encode_notice
from drivers.document_printer import protocol as ipp
from drivers.document_printer.readings import job_readings, printer_readings
from drivers.gnss import protocol as gnss
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of, sample_of
from drivers.id_card_reader.card_text import decode_card, decode_new_addresses
from drivers.id_card_reader.device import (
    CitizenCard,
    DocumentKind,
    PermanentResidenceCard,
    ResidencePermit,
)
from drivers.id_card_reader.protocol import (
    LARGEST_BODY_BYTES,
    PREAMBLE,
    TEXT_BYTES,
    Command,
    FrameDecoder,
    Reply,
    command_from,
    encode_command,
    encode_reply,
    join_base_data,
    join_full_data,
    module_number_bytes,
    module_number_text,
    reply_from,
    split_base_data,
    split_full_data,
)
from drivers.keypad.protocol import EV_KEY, PRESSED, EventDecoder, InputEvent, bits_set, event_bytes
from drivers.keypad.typed_text import Typist, keys_for
from drivers.qr_scanner.protocol import (
    GAP_S,
    HONEYWELL,
    LARGEST_PAYLOAD_BYTES,
    NEWLAND,
    BurstFramer,
    Unreadable,
)
from drivers.receipt_printer.protocol import ASK_STATUS, BUFFERS_CLEARED, AnswerDecoder, decode_status
from drivers.social_security_card.card_files import HOLDER_ITEMS, ISSUER_ITEMS, read_card, value_of
from drivers.social_security_card.card_files import decode_card as decode_social_card
from drivers.social_security_card.device import SocialSecurityCard
from drivers.social_security_card.link import notice_from
from drivers.speech.protocol import NotAWave, Wave, parse_wave, silence, wave_file
from foundation.errors import ErrorCode
from tests.fuzz.addresses import addresses
from tests.fuzz.codes import SEEDS as CODES
from tests.fuzz.codes import scanned_codes

TODAY = date(2026, 11, 21)
_EVERY_KIND = frozenset(DocumentKind)
_DOCUMENTS = (CitizenCard, ResidencePermit, PermanentResidenceCard)
_LARGEST_SDT_FRAME_BYTES = len(PREAMBLE) + 2 + LARGEST_BODY_BYTES


@dataclass(frozen=True, slots=True)
class Target:
    """One parser. ``seeds`` are bytes that it understands, to be cut, joined and damaged."""

    name: str
    seeds: tuple[bytes, ...]
    run: Callable[[Sequence[bytes]], None]


def sdt_frames(pieces: Sequence[bytes]) -> None:
    """A card reader's answers: frames, and what stands in them."""
    decoder = FrameDecoder()
    for piece in pieces:
        for body in decoder.feed(piece):
            command_from(body)
            reply = reply_from(body)
            if reply is not None:
                _reply(reply)
        assert decoder.held_bytes <= _LARGEST_SDT_FRAME_BYTES
    decoder.forget()
    assert decoder.held_bytes == 0
    assert decoder.noise_bytes <= sum(map(len, pieces))


def _reply(reply: Reply) -> None:
    assert reply.status is not None
    number = module_number_text(reply.data)
    assert number is None or len(reply.data) == 16
    assert len(decode_new_addresses(reply.data)) <= 4
    base, full = split_base_data(reply.data), split_full_data(reply.data)
    assert base is None or full is None
    for parts in (base, full):
        if parts is not None:
            card_text([parts[0]])


def card_text(pieces: Sequence[bytes]) -> None:
    """The 256 bytes of a card."""
    text = b"".join(pieces)[:TEXT_BYTES].ljust(TEXT_BYTES, b"\0")
    document = decode_card(text, b"", TODAY, _EVERY_KIND)
    if isinstance(document, _DOCUMENTS):
        assert document.valid_until is None or document.valid_until >= TODAY
        assert document.number in repr(document.number)
        assert document.number not in repr(document)
    else:
        assert isinstance(document, ErrorCode)


def scanner_bursts(pieces: Sequence[bytes]) -> None:
    """A scanner's line, with the confirmations of its commands in it."""
    for confirmation in (None, NEWLAND.confirmation):
        framer, now_s = BurstFramer(confirmation), 0.0
        for place, piece in enumerate(pieces):
            framer.feed(piece, now_s)
            now_s += 0.01 if place % 3 else 2 * GAP_S
            burst = framer.finish(now_s)
            assert burst is None or isinstance(burst, Unreadable) or 0 < len(burst) <= LARGEST_PAYLOAD_BYTES
            assert framer.held_bytes <= LARGEST_PAYLOAD_BYTES + 2
        framer.finish(now_s + 2 * GAP_S)
        assert not framer.is_open


def escpos_status(pieces: Sequence[bytes]) -> None:
    """A receipt printer's answers: every byte is answered for, and only four right ones are a status."""
    decoder = AnswerDecoder()
    answers = [answer for piece in pieces for answer in decoder.feed(piece)]
    told = b"".join(pieces)
    assert len(told) - 2 <= sum(3 if answer.kind.value == "cleared" else 1 for answer in answers) <= len(told)
    for begin in range(max(0, len(told) - 4)):
        readings = decode_status(told[begin : begin + 4])
        assert readings is None or all(byte & 0x93 == 0x12 for byte in told[begin : begin + 4])


def ipp_answers(pieces: Sequence[bytes]) -> None:
    """An A4 printer's answers, and the reasons in them."""
    message = ipp.decode(b"".join(pieces))
    if message is None:
        return
    for tag in ipp.GroupTag:
        for group in message.all(tag):
            reasons = printer_readings(group).reasons
            assert all(isinstance(reason, str) for reason in reasons)
            job_readings(group)


def camera_notices(pieces: Sequence[bytes]) -> None:
    """What the child with the camera says."""
    reader = NoticeReader()
    for piece in pieces:
        for notice in reader.feed(piece):
            assert isinstance(notice, Opened | FrameReady | Lost)


def waves(pieces: Sequence[bytes]) -> None:
    """A recording, or what the synthesiser answered."""
    for streamed in (False, True):
        assert isinstance(parse_wave(b"".join(pieces), streamed=streamed), Wave | NotAWave)


def input_events(pieces: Sequence[bytes]) -> None:
    """Keys of a keypad, and what a scanner types that passes for a keyboard."""
    decoder, typist = EventDecoder(), Typist()
    for piece in pieces:
        events = list(decoder.feed(piece))
        assert len(typist.feed(events)) <= len(events)
    assert decoder.skipped_bytes <= sum(map(len, pieces))
    assert list(bits_set(b"".join(pieces)[:64])) == sorted(set(bits_set(b"".join(pieces)[:64])))


def nmea_lines(pieces: Sequence[bytes]) -> None:
    """What a receiver of satellite positioning says."""
    framer = gnss.Framer()
    for piece in pieces:
        for line in framer.feed(piece):
            heard = gnss.read_line(line)
            if heard is not None and heard.position is not None:
                longitude, latitude, _ = heard.position
                assert -180 <= longitude <= 180
                assert -90 <= latitude <= 90


def cabinet_frames(pieces: Sequence[bytes]) -> None:
    """What the cabinet's board says: doors, light, power."""
    decoder = cabinet.FrameDecoder()
    for piece in pieces:
        payloads = [frame.payload for frame in decoder.feed(piece)]
        for payload in (piece, *payloads):  # most of what is damaged fails its CRC
            cabinet.decode_identity(payload)
            cabinet.decode_light(payload)
            cabinet.decode_outcome(payload)
            state = cabinet.decode_state(payload)
            assert state is None or state.minutes_left is None or 0 <= state.minutes_left < 255
        assert all(len(payload) <= cabinet.LARGEST_PAYLOAD_BYTES for payload in payloads)


def social_card_files(pieces: Sequence[bytes]) -> None:
    """A social-security card's answers, whatever is asked; and the values of its records."""
    dialogue = read_card(TODAY)
    commands = 0
    outcome: object = None
    try:
        next(dialogue)
        while commands <= _MOST_COMMANDS:
            dialogue.send(pieces[commands % len(pieces)] if pieces else b"")
            commands += 1
    except StopIteration as end:
        outcome = end.value
    assert isinstance(outcome, SocialSecurityCard | ErrorCode)
    values = dict(zip(_SOCIAL_CARD_TAGS, pieces, strict=False))
    assert isinstance(decode_social_card(values, TODAY), SocialSecurityCard | ErrorCode)
    for piece in pieces:
        notice_from(piece)
        for item in (*ISSUER_ITEMS, *HOLDER_ITEMS):
            value = value_of(piece, item)
            assert value is None or 1 <= len(value) <= item.size


def sealed_streams(pieces: Sequence[bytes]) -> None:
    """A file of a case, changed: what is given of it is what was sealed, from its beginning on."""
    opened = bytearray()
    try:
        for piece in open_stream(BytesIO(b"".join(pieces)), _OPENER):
            opened += piece
    except NotOpenedError:
        pass
    assert _SEALED_CONTENT.startswith(opened)


def upload_metadata(pieces: Sequence[bytes]) -> None:
    """What a terminal says of an upload: names and texts, or no metadata."""
    try:
        values = read_metadata(b"".join(pieces).decode("latin-1"))
    except ValueError:
        return
    assert all(isinstance(value, str) for value in values.values())


_OPENER = Opener(make_private_key())
_SEALED_CONTENT = bytes(range(256)) * 3
_MOST_COMMANDS = 100
_SOCIAL_CARD_TAGS = tuple(item.tag for item in (*ISSUER_ITEMS, *HOLDER_ITEMS))
_IDENTITY = cabinet.Identity(firmware=1, watchdog_s=3.0, serial_number="0001")
_TEXTS = tuple(card_of(sample_of(kind)).text for kind in DocumentKind)
_IPP_ANSWER = ipp.encode(
    ipp.Message(
        0,
        1,
        (
            ipp.Group(
                ipp.GroupTag.PRINTER,
                (
                    ipp.Attribute("printer-state", ipp.ValueTag.ENUM, (5,)),
                    ipp.Attribute(
                        "printer-state-reasons",
                        ipp.ValueTag.KEYWORD,
                        ("media-empty-error", "toner-low-warning"),
                    ),
                ),
            ),
        ),
    )
)
TARGETS = (
    Target(
        "sdt_frames",
        (
            encode_reply(Reply(0x9F, bytes(4))),
            encode_reply(Reply(0x90, module_number_bytes(5, 1, 20260101, 1, 2))),
            encode_reply(Reply(0x90, join_base_data(_TEXTS[0], bytes(1024)))),
            encode_reply(Reply(0x90, join_full_data(_TEXTS[1], bytes(1024), bytes(512)))),
            encode_command(Command.FIND),
            PREAMBLE,
        ),
        sdt_frames,
    ),
    Target("card_text", _TEXTS, card_text),
    Target(
        "scanner_bursts",
        (
            b"https://example.invalid/?t=1\r\n",
            "居民码".encode(),
            HONEYWELL.on,
            b"\x02\x010000#SCNTRG1\x06;\x03",
        ),
        scanner_bursts,
    ),
    Target(
        "escpos_status",
        (bytes((0x12, 0x12, 0x12, 0x12)), bytes((0x1A, 0x36, 0x5A, 0x7E)), BUFFERS_CLEARED, ASK_STATUS[0]),
        escpos_status,
    ),
    Target("ipp_answers", (_IPP_ANSWER,), ipp_answers),
    Target(
        "camera_notices",
        (encode_notice(Opened()), encode_notice(FrameReady(1280, 720, 1)), b"lost gone\n"),
        camera_notices,
    ),
    Target(
        "input_events",
        (
            event_bytes(InputEvent(EV_KEY, 28, PRESSED)),
            b"".join(map(event_bytes, keys_for("https://example.invalid/?t=1\r"))),
        ),
        input_events,
    ),
    Target(
        "cabinet_frames",
        (
            cabinet.encode(cabinet.Frame(cabinet.Kind.IDENTITY, 1, cabinet.encode_identity(_IDENTITY))),
            cabinet.encode(cabinet.Frame(cabinet.Kind.LIGHT_SET, 7, bytes([0]))),
            cabinet.encode(cabinet.Frame(cabinet.Kind.STATE, 2, bytes([1]) * 24)),
            bytes([1]) * 24,
            cabinet.PREAMBLE,
        ),
        cabinet_frames,
    ),
    Target(
        "social_card_files",
        (
            b"\x90\x00",
            b"\x61\x10",
            b"\x6c\x12",
            b"\x01\x10" + bytes.fromhex("42010000000000000000000000000000") + b"\x90\x00",
            b"\x06\x04" + bytes.fromhex("20350601") + b"\x90\x00",
            b"\x08\x12" + SyntheticCitizen().number.encode() + b"\x90\x00",
            b"\x09\x06" + "张丽华".encode("gb18030") + b"\x90\x00",
            SyntheticCitizen().number.encode(),
            "张丽华".encode("gb18030"),
            b"card 12",
            b"data 9000",
        ),
        social_card_files,
    ),
    Target(
        "nmea_lines",
        (
            gnss.sentence("GNGGA,021007.00,3036.06338,N,11416.24357,E,1,12,0.80,23.1,M,-13.2,M,,"),
            gnss.sentence("GNRMC,021007.00,A,3036.06338,N,11416.24357,E,0.01,,211126,,,A"),
            gnss.sentence("GPTXT,01,01,02,u-blox"),
        ),
        nmea_lines,
    ),
    Target(
        "sealed_streams",
        (b"".join(seal_stream([_SEALED_CONTENT], Sealer(_OPENER.public_key()))),),
        sealed_streams,
    ),
    Target(
        "upload_metadata",
        (write_metadata({"attachment_id": "3f0c9a3e-3f57-4a2e-8a0c-6c1c6a0f7a11"}).encode("ascii"),),
        upload_metadata,
    ),
    Target("scanned_codes", CODES, scanned_codes),
    Target("waves", (wave_file(silence(0.01)),), waves),
    Target(
        "addresses",
        (
            b"serial:///dev/serial/by-id/usb-X?baud=9600",
            b"tcp://[fe80::1]:9100",
            b"tcp://printer:9100",
            b"camera:///dev/v4l/by-id/usb-X",
            b"ipp://printer/ipp/print",
            b"pcsc:///Reader%20[X]?slot=01",
            b"alsa://plughw:CARD=X",
        ),
        addresses,
    ),
)
