"""The settings of the devices: which are fitted, where they are, and what each needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from drivers.camera import address as cameras
from drivers.camera.address import CameraAddress, parse_camera_address
from drivers.document_printer.address import IppAddress, parse_ipp_address
from drivers.social_security_card import address as card_readers
from drivers.social_security_card.address import PcscReader, parse_reader_address
from drivers.speech import address as speech
from drivers.speech.address import SoundAddress, parse_sound_address
from drivers.speech.device import QuietHours
from drivers.transports import address as transports
from drivers.transports.address import Address, EvdevAddress, parse_evdev_address
from kiosk_app.config.address_options import device, quiet_hours
from kiosk_app.config.options import folder, one_of, several_of, whole, yes_or_no


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSettings:
    """The devices that are fitted; None is a device that is not."""

    id_card_reader: Annotated[
        Address | None,
        device(
            "身份证阅读器（串口）",
            "Reader of identity cards (serial)",
            "serial:///dev/serial/by-id/usb-READER?baud=115200",
        ),
    ] = None
    id_card_documents: Annotated[
        tuple[str, ...],
        several_of(
            "读哪些证件：citizen 居民身份证，hong_kong_macao_taiwan 港澳台居民居住证",
            "Documents that are read: citizens' cards, permits of Hong Kong, Macao and Taiwan",
            "citizen",
            "hong_kong_macao_taiwan",
        ),
    ] = ("citizen",)
    id_card_new_address: Annotated[
        bool,
        yes_or_no(
            "是否读卡上追加的住址；读了就以最新的为准",
            "Whether addresses that were added to a card are read; the newest then counts",
        ),
    ] = False
    social_security_card: Annotated[
        PcscReader | None,
        device(
            "社保卡读卡器（PC/SC）",
            "Reader of social-security cards (PC/SC)",
            "pcsc:///ACS%20ACR39U%20ICC%20Reader",
            parse_reader_address,
        ),
    ] = None
    qr_scanner: Annotated[
        Address | None,
        device("扫码器（串口）", "Code scanner (serial)", "serial:///dev/serial/by-id/usb-SCANNER?baud=9600"),
    ] = None
    qr_scanner_profile: Annotated[
        str,
        one_of(
            "扫码器的触发方式：continuous 常亮，或厂家串口指令 honeywell、newland",
            "How the scanner is triggered: continuous always looks, the others are makers' serial commands",
            "continuous",
            "honeywell",
            "newland",
        ),
    ] = "continuous"
    camera: Annotated[
        CameraAddress | None,
        device(
            "摄像头；没有扫码器或扫码器坏了时也用它看码",
            "Camera; it reads codes too where there is no scanner that works",
            "camera:///dev/v4l/by-path/pci-0000:00:14.0-usb-0:2:1.0-video-index0",
            parse_camera_address,
        ),
    ] = None
    camera_second_decoder: Annotated[
        str,
        one_of(
            "摄像头看码，认不出时再用哪个库认一遍",
            "What is asked about a code in the camera's picture when the first decoder finds none",
            "none",
            "pyzbar",
        ),
    ] = "none"
    document_camera: Annotated[
        CameraAddress | None,
        device(
            "对着台面拍材料的摄像头（高拍）；与上面同一台就不写",
            "Camera over the plate for papers; none where the camera above takes them too",
            "camera:///dev/v4l/by-path/pci-0000:00:14.0-usb-0:3:1.0-video-index0",
            parse_camera_address,
        ),
    ] = None
    receipt_printer: Annotated[
        Address | None,
        device(
            "凭条打印机（ESC/POS，网络）", "Receipt printer (ESC/POS, network)", "tcp://192.168.1.40:9100"
        ),
    ] = None
    document_printer: Annotated[
        IppAddress | None,
        device(
            "A4打印机（IPP，直接连打印机）",
            "A4 printer (IPP, the printer itself)",
            "ipp://192.168.1.60/ipp/print",
            parse_ipp_address,
        ),
    ] = None
    document_queue: Annotated[
        IppAddress | None,
        device(
            "A4打印队列（CUPS）；直接连打印机就不用",
            "Queue of the A4 printer (CUPS); none when documents go to it directly",
            "ipp://localhost:631/printers/a4",
            parse_ipp_address,
        ),
    ] = None
    keypad: Annotated[
        EvdevAddress | None,
        device(
            "四键键盘（带耳机孔）",
            "Keypad of four keys, with the headset's plug",
            "evdev:///dev/input/by-id/usb-KEYPAD-event-kbd",
            parse_evdev_address,
        ),
    ] = None
    headset_plug: Annotated[
        EvdevAddress | None,
        device(
            "耳机孔是单独的输入设备时（多数声卡）才写",
            "The headset's plug where it is an input device of its own, as with most sound cards",
            "evdev:///dev/input/by-path/platform-sound-event",
            parse_evdev_address,
        ),
    ] = None
    loudspeaker: Annotated[
        SoundAddress | None,
        device(
            "喇叭（ALSA 或 PipeWire）",
            "Loudspeaker (ALSA or PipeWire)",
            "alsa://plughw:CARD=Speaker",
            parse_sound_address,
        ),
    ] = None
    headset: Annotated[
        SoundAddress | None,
        device(
            "耳机（ALSA 或 PipeWire）；与喇叭同一声卡就写同一地址",
            "Headset (ALSA or PipeWire); the loudspeaker's address where one card serves both",
            "alsa://plughw:CARD=Headset",
            parse_sound_address,
        ),
    ] = None
    cabinet: Annotated[
        Address | None,
        device(
            "机柜控制板（串口）：门、引导灯、备用电源",
            "Board of the cabinet (serial): door, guide lights, emergency power",
            "serial:///dev/serial/by-id/usb-CABINET?baud=115200",
        ),
    ] = None
    gnss: Annotated[
        Address | None,
        device(
            "卫星定位模块（NMEA 0183 串口）；终端被搬走时告警",
            "Receiver of satellite positioning (NMEA 0183, serial); an alarm when the terminal was moved",
            "serial:///dev/serial/by-id/usb-GNSS?baud=9600",
        ),
    ] = None
    paper_width_mm: Annotated[
        int, one_of("凭条纸宽（毫米）", "Width of the receipt paper in millimetres", 58, 80)
    ] = 80

    def all_simulated(self) -> bool:
        """Whether nothing that is fitted can be a real device. A queue is no device: its printer is."""
        serial = (self.id_card_reader, self.qr_scanner, self.receipt_printer, self.cabinet, self.gnss)
        keys = (self.keypad, self.headset_plug)
        sound = (self.loudspeaker, self.headset)
        eyes = (self.camera, self.document_camera)
        card, printer = self.social_security_card, self.document_printer
        return (
            all(transports.is_simulated(address) for address in (*serial, *keys) if address is not None)
            and all(speech.is_simulated(address) for address in sound if address is not None)
            and all(cameras.is_simulated(address) for address in eyes if address is not None)
            and (card is None or card_readers.is_simulated(card))
            and (printer is None or printer.simulated)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """How the terminal speaks to somebody who has not chosen otherwise."""

    quiet_hours: Annotated[
        QuietHours | None,
        quiet_hours(
            "喇叭不出声的时段（本地时间）；不写就整天都出声",
            "Hours in which the loudspeaker is silent (local time); none when it may always speak",
        ),
    ] = None
    recordings: Annotated[
        Path | None,
        folder(
            "真人录音的文件夹；没有录音的句子用合成语音",
            "Folder of a person's recordings; what is not recorded is synthesised",
        ),
    ] = None
    loudspeaker_volume_percent: Annotated[
        int, whole("喇叭音量（百分比）", "Volume of the loudspeaker in per cent", 0, 100)
    ] = 70
