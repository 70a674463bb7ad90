"""Which driver takes a candidate, and why; the sentence that says so in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from drivers.list.asking import Answered
from drivers.list.candidates import Candidate, Port, UsbIdentity
from drivers.transports.address import UsbAddress, parse_address

_SCANNER_MAKERS = {
    "0c2e": ("Honeywell", "honeywell"),
    "05f9": ("Datalogic", "honeywell"),
    "1eab": ("Newland", "newland"),
}
"""Makers of code scanners by USB vendor, and the profile that their engines understand."""
_CONVERTERS = {"0403": "FTDI", "067b": "Prolific", "10c4": "Silicon Labs", "1a86": "WCH"}
_CARD_READERS_WITHOUT_PORT = {("0400", "c35a"), ("0483", "5652")}
"""ID-card readers that speak the vendor protocol on bare USB pipes (STANDARDS: out 0x02, in 0x81)."""
_WORDS_OF_A_CARD_READER = ("id card", "idcard", "id-card", "身份证", "二代证", "sam_v")
_WORDS_OF_A_SCANNER = ("scanner", "barcode", "bar code", "qr code", "扫码", "扫描")
_WORDS_OF_A_KEYPAD = ("keypad", "nav-pad", "小键盘", "导航键")
_WORDS_OF_A_GNSS = ("gnss", "gps", "u-blox", "北斗", "定位")
_WORDS_OF_A_PRINTER = ("printer", "pos58", "pos80", "打印机")
_WORDS_OF_A_SLIP_PRINTER = ("pos58", "pos80", "pos-58", "pos-80", "receipt", "thermal", "凭条", "热敏")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence for a technician."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``driver`` is the name of a folder, None when no driver takes the candidate.

    ``setting`` is the line that makes it so, empty when it stands in the settings or none would help.
    """

    candidate: Candidate
    driver: str | None
    reason: Reason
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """An address in the settings at which nothing was found."""

    driver: str
    address: str
    reason: Reason


def read_addresses(settings: Path) -> dict[str, str]:
    """The addresses of devices in a settings file, as they stand there; none when there is no such file.

    Raises ``ValueError`` when the file is not TOML.
    """
    try:
        table = tomllib.loads(settings.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    devices = table.get("devices", {})
    return {name: value for name, value in devices.items() if isinstance(value, str) and "://" in value}


def judge(
    candidates: list[Candidate],
    addresses: Mapping[str, str],
    root: Path,
    answers: Mapping[str, Answered] | None = None,
) -> tuple[list[Verdict], list[Missing]]:
    """What becomes of each candidate, and which addresses lead nowhere.

    ``answers`` are those of serial ports that were asked, by their ``node``.
    """
    verdicts = [_judge(candidate, addresses, root, answers or {}) for candidate in candidates]
    reached = {verdict.driver for verdict in verdicts if not verdict.setting}
    missing = [
        Missing(name, address, _nothing_there(address))
        for name, address in addresses.items()
        if name not in reached and not _is_elsewhere(address, root)
    ]
    return verdicts, missing


def named(candidate: Candidate, addresses: Mapping[str, str], root: Path) -> bool:
    """Whether the settings name this candidate."""
    return any(_leads_to(address, candidate, root) for address in addresses.values())


def _judge(
    candidate: Candidate, addresses: Mapping[str, str], root: Path, answers: Mapping[str, Answered]
) -> Verdict:
    for name, address in addresses.items():
        if _leads_to(address, candidate, root):
            return Verdict(candidate, name, Reason("设置里写着它的地址", "the settings name its address"))
    match candidate.port:
        case Port.SERIAL:
            answered = answers.get(candidate.node)
            return _judge_serial(candidate) if answered is None else _take_answered(candidate, answered)
        case Port.VIDEO:
            return Verdict(
                candidate,
                "camera",
                Reason("是摄像头（视频设备）", "it is a camera (a video device)"),
                f'camera = "camera://{_best_name(candidate)}"',
            )
        case Port.INPUT:
            return _judge_input(candidate)
        case Port.SOUND:
            return Verdict(
                candidate,
                "loudspeaker",
                Reason(
                    "是声卡；接耳机的写 headset，两样都接的两行都写",
                    "it is a sound card; the headset's is headset, and one that serves both has both lines",
                ),
                f'loudspeaker = "{_best_name(candidate)}"',
            )
        case Port.SMART_CARD:
            return _judge_card_reader(candidate)
        case Port.PRINT_QUEUE:
            return _judge_queue(candidate)
        case Port.USB_PRINTER:
            return _judge_usb_printer(candidate)
        case Port.USB:
            return _judge_bare_usb(candidate)


def _judge_serial(candidate: Candidate) -> Verdict:
    usb = candidate.usb
    if usb is None:
        return Verdict(
            candidate,
            None,
            Reason(
                "主板串口，看不出后面接的是什么；接了设备就把地址写进设置",
                "a port on the board does not say what is behind it; name it in the settings if something is",
            ),
        )
    if usb.vendor_id in _SCANNER_MAKERS:
        maker, profile = _SCANNER_MAKERS[usb.vendor_id]
        return _take(
            candidate,
            "qr_scanner",
            9600,
            Reason(
                f"{maker} 的扫码器（USB 厂商 {usb.vendor_id}）",
                f"a scanner of {maker} (USB vendor {usb.vendor_id})",
            ),
            f'qr_scanner_profile = "{profile}"',
        )
    said = f"{usb.manufacturer} {usb.product}".lower()
    for words, driver, baud in (
        (_WORDS_OF_A_CARD_READER, "id_card_reader", 115200),
        (_WORDS_OF_A_SCANNER, "qr_scanner", 9600),
        (_WORDS_OF_A_PRINTER, "receipt_printer", 115200),
        (_WORDS_OF_A_GNSS, "gnss", 9600),
    ):
        word = next((word for word in words if word in said), None)
        if word is not None:
            return _take(
                candidate,
                driver,
                baud,
                Reason(f"它自称 {usb.product}", f"it calls itself {usb.product}"),
            )
    maker = _CONVERTERS.get(usb.vendor_id, "")
    converter = f"{maker} " if maker else ""
    return Verdict(
        candidate,
        None,
        Reason(
            f"{converter}USB 串口，不说后面接的是什么；把地址写进设置里对应的设备",
            f"a {converter}USB serial port does not say what is behind it; name it in the settings",
        ),
    )


def _judge_input(candidate: Candidate) -> Verdict:
    said = candidate.description.lower()
    if any(word in said for word in _WORDS_OF_A_SCANNER):
        return Verdict(
            candidate,
            "qr_scanner",
            Reason(
                "键盘口扫码器，终端独占它；更好的办法是用说明书上的设置码改成串口（USB-CDC）模式",
                "a scanner that plays keyboard, taken exclusively; serial (USB-CDC) mode would be better",
            ),
            f'qr_scanner = "evdev://{_best_name(candidate)}"',
        )
    if any(word in said for word in _WORDS_OF_A_KEYPAD):
        return Verdict(
            candidate,
            "keypad",
            Reason(f"按键设备 {candidate.description}", f"a key device, {candidate.description}"),
            f'keypad = "evdev://{_best_name(candidate)}"',
        )
    return Verdict(
        candidate,
        None,
        Reason("普通按键设备，终端不独占它", "an ordinary key device; the terminal does not take it"),
    )


def _judge_card_reader(candidate: Candidate) -> Verdict:
    if candidate.usb is None:  # found by asking the card service
        return Verdict(
            candidate,
            "social_security_card",
            Reason("pcscd 认得它", "pcscd knows it"),
            f'social_security_card = "{_best_name(candidate)}"',
        )
    return Verdict(
        candidate,
        None,
        Reason(
            "PC/SC 读卡器（USB 类 0b），归 pcscd 管：pcscd 应答时另列其名",
            "a PC/SC reader (USB class 0b): pcscd has it, and shows it by name where it answers",
        ),
    )


def _judge_queue(candidate: Candidate) -> Verdict:
    if candidate.description.startswith("file:"):
        return Verdict(
            candidate,
            None,
            Reason("file: 队列会谎报打印成功", "a file: queue reports success and prints nothing"),
        )
    if not candidate.description.startswith(("ipp:", "ipp-usb:")):
        return Verdict(
            candidate,
            None,
            Reason(
                "这个队列后面的打印机不能用 IPP 直接询问状态；请用支持 IPP 的打印机",
                "the printer behind this queue cannot be asked over IPP how it is; use one that can",
            ),
        )
    return Verdict(
        candidate,
        "document_printer",
        Reason(
            "CUPS 队列后面的打印机可以用 IPP 直接询问", "the printer behind this queue can be asked over IPP"
        ),
        f'document_printer = "{candidate.description}"',
    )


def _judge_bare_usb(candidate: Candidate) -> Verdict:
    usb = candidate.usb
    if usb is not None and (usb.vendor_id, usb.product_id) in _CARD_READERS_WITHOUT_PORT:
        return Verdict(
            candidate,
            "id_card_reader",
            Reason(
                f"没有串口的身份证阅读器（USB {usb.vendor_id}:{usb.product_id}），直接走 USB 管道",
                "an ID-card reader without a serial port, spoken to by its USB pipes",
            ),
            f'id_card_reader = "{_usb_address(usb)}"',
        )
    return Verdict(candidate, None, Reason("系统没有给它建端口", "the system made no port for it"))


def _judge_usb_printer(candidate: Candidate) -> Verdict:
    """Class 07 says that it prints, and not on what: only its own name can."""
    usb = candidate.usb
    said = f"{usb.manufacturer} {usb.product}".lower() if usb is not None else ""
    if usb is None or not any(word in said for word in _WORDS_OF_A_SLIP_PRINTER):
        return Verdict(
            candidate,
            None,
            Reason(
                "USB 打印机：A4 打印机请在 CUPS 建队列；凭条打印机请把地址写进设置，不要建队列",
                "a USB printer: give an A4 printer a queue in CUPS; name a receipt printer in the settings, "
                "and give it no queue",
            ),
            "" if usb is None else f'receipt_printer = "{_usb_address(usb)}"',
        )
    return Verdict(
        candidate,
        "receipt_printer",
        Reason(
            f"它自称 {usb.product}；不要再给它建 CUPS 队列",
            f"it calls itself {usb.product}; give it no CUPS queue",
        ),
        f'receipt_printer = "{_usb_address(usb)}"',
    )


def _usb_address(usb: UsbIdentity) -> str:
    vendor_id, product_id = int(usb.vendor_id, 16), int(usb.product_id, 16)
    place = "" if usb.serial_number else usb.place
    return str(UsbAddress(vendor_id, product_id, usb.serial_number, place))


def _take_answered(candidate: Candidate, answered: Answered) -> Verdict:
    more = f'qr_scanner_profile = "{answered.said}"' if answered.driver == "qr_scanner" else ""
    reason = Reason(f"它应答了：{answered.said}", f"it answered: {answered.said}")
    return _take(candidate, answered.driver, answered.baud, reason, more)


def _take(candidate: Candidate, driver: str, baud: int, reason: Reason, more: str = "") -> Verdict:
    setting = f'{driver} = "serial://{_best_name(candidate)}?baud={baud}"'
    return Verdict(candidate, driver, reason, f"{setting}\n{more}" if more else setting)


def _best_name(candidate: Candidate) -> str:
    return candidate.names[0] if candidate.names else candidate.node


def _leads_to(address: str, candidate: Candidate, root: Path) -> bool:
    path = urlsplit(address).path
    if address.startswith("usb:"):
        return candidate.usb is not None and _is_that(address, candidate.usb)
    if address in candidate.names:
        return True
    if candidate.port is Port.PRINT_QUEUE:
        return address.startswith("ipp") and path.rpartition("/")[2] == candidate.node
    if path in (candidate.node, *candidate.names):
        return True
    file = root / path.lstrip("/")
    return (
        bool(path) and file.is_symlink() and file.resolve() == (root / candidate.node.lstrip("/")).resolve()
    )


def _is_that(address: str, usb: UsbIdentity) -> bool:
    try:
        named = parse_address(address)
    except ValueError:
        return False
    return (
        isinstance(named, UsbAddress)
        and (f"{named.vendor_id:04x}", f"{named.product_id:04x}") == (usb.vendor_id, usb.product_id)
        and named.serial_number in ("", usb.serial_number)
        and named.place in ("", usb.place)
    )


def _is_elsewhere(address: str, root: Path) -> bool:
    """Whether it is in the network, where nobody looks, or a file that is there, such as a simulator's."""
    parts = urlsplit(address)
    if parts.scheme == "usb":
        return "bus=" in parts.query  # a simulator's
    return bool(parts.netloc) or (root / parts.path.lstrip("/")).exists()


def _nothing_there(address: str) -> Reason:
    path = urlsplit(address).path
    return Reason(f"{path} 不在：没插好，或换了口", f"there is no {path}: not plugged in, or somewhere else")
