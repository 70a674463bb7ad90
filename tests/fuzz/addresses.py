"""Every kind of address that may stand in the settings, as a target of the fuzzer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from drivers.camera.address import parse_camera_address
from drivers.document_printer.address import parse_ipp_address
from drivers.social_security_card.address import parse_reader_address
from drivers.speech.address import parse_sound_address
from drivers.transports.address import parse_address

_ADDRESSES: tuple[Callable[[str], object], ...] = (
    parse_address,
    parse_camera_address,
    parse_ipp_address,
    parse_reader_address,
    parse_sound_address,
)


def addresses(pieces: Sequence[bytes]) -> None:
    """An address, as somebody wrote it: an address again, or a sentence about it."""
    text = b"".join(pieces).decode("utf-8", "replace")
    for parse in _ADDRESSES:
        with suppress(ValueError):
            address = parse(text)
            assert parse(str(address)) == address
