"""What can be asked of the testbed, one JSON object a line with the order's name in ``do``; the answers."""

from __future__ import annotations

from enum import Enum

import msgspec


class Device(Enum):
    """The devices of the testbed, by the names of their folders."""

    ID_CARD_READER = "id_card_reader"
    SOCIAL_SECURITY_CARD = "social_security_card"
    """Only on a bench with a card service: its virtual reader listens on every interface."""
    QR_SCANNER = "qr_scanner"
    CAMERA = "camera"
    RECEIPT_PRINTER = "receipt_printer"
    DOCUMENT_PRINTER = "document_printer"
    KEYPAD = "keypad"
    SPEECH = "speech"
    CABINET = "cabinet"
    GNSS = "gnss"


class _Order(msgspec.Struct, tag_field="do", forbid_unknown_fields=True):
    """The common form of an order."""


class PutCard(_Order, tag="put_card"):
    """Lay the card of somebody made up on the reader; ``kind`` is the document's, a citizen's without it.

    The other fields are those of ``SyntheticCitizen``, ``SyntheticPermitHolder`` or ``SyntheticForeigner``.
    """

    citizen: dict[str, str] = {}


class TakeCard(_Order, tag="take_card"):
    """Take the card away."""


class ShowCode(_Order, tag="show_code"):
    """Hold a code with this payload before the scanner (in JSON: base64)."""

    payload: bytes


class HideCode(_Order, tag="hide_code"):
    """Take the code away."""


class Fault(_Order, tag="fault"):
    """Make something wrong with a device, by the name that its simulator gives it."""

    device: Device
    name: str
    times: int | None = None


class Cure(_Order, tag="cure"):
    """End what is wrong with a device."""

    device: Device


class Unplug(_Order, tag="unplug"):
    """Pull the plug of a device, or switch it off."""

    device: Device


class PlugIn(_Order, tag="plug_in"):
    """Plug a device in again."""

    device: Device


class Act(_Order, tag="act"):
    """Do what a person can do at a device, by a name and a value that :class:`Look` says."""

    device: Device
    action: str
    value: str = ""


class Look(_Order, tag="look"):
    """Say how everything is, and what can be done to it."""


class ShowSlips(_Order, tag="slips"):
    """Wait until there are so many slips, then say where the pictures of all of them are."""

    at_least: int = 0
    timeout_s: float = 10.0


Order = PutCard | TakeCard | ShowCode | HideCode | Fault | Cure | Unplug | PlugIn | Act | Look | ShowSlips


class Slip(msgspec.Struct, frozen=True):
    """A slip in the printer's tray: its picture (PNG) and what it says, line by line."""

    picture: str
    text: str


class Page(msgspec.Struct, frozen=True):
    """A document that came out of the A4 printer whole: its file (PDF), and its name if it had one."""

    file: str
    name: str


class Doing(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that can be done at a device: with one of ``choices``, with any text, or with no value."""

    action: str
    choices: list[str] = []
    text: bool = False


class Seen(msgspec.Struct, frozen=True):
    """How one device is: ``wrong`` are the faults that it was given, ``facts`` what one would see."""

    device: Device
    address: str
    plugged: bool
    wrong: list[str]
    facts: dict[str, str]
    doings: list[Doing]
    faults: list[str]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to every order; ``problem`` is empty when it was done.

    ``unknown_commands`` are those that the printer was sent and does not know, in hexadecimal.
    """

    problem: str = ""
    slips: list[Slip] = []
    pages: list[Page] = []
    devices: list[Seen] = []
    unknown_commands: list[str] = []
