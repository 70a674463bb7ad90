"""A settings file is read whole or refused with every mistake named."""

from __future__ import annotations

import dataclasses
import re
import typing
from datetime import time
from pathlib import Path

import pytest

from drivers.social_security_card.address import PcscReader
from drivers.speech.device import QuietHours
from drivers.transports.address import SerialAddress, TcpAddress
from kiosk_app.config import SettingsError
from kiosk_app.config.options import Option
from kiosk_app.config.settings import Settings, read_settings

EXAMPLE = "deploy/terminal.example.toml"


def settings_of(folder: Path, text: str) -> Settings:
    file = folder / "terminal.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def refusal_of(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as refusal:
        settings_of(folder, text)
    return str(refusal.value)


def options() -> dict[str, tuple[Option, object]]:
    found = {}
    for section in dataclasses.fields(Settings):
        section_type = typing.get_type_hints(Settings)[section.name]
        hints = typing.get_type_hints(section_type, include_extras=True)
        for field in dataclasses.fields(section_type):
            found[f"{section.name}.{field.name}"] = (hints[field.name].__metadata__[0], field.default)
    return found


def test_the_example_loads_as_it_is(repository: Path) -> None:
    settings = read_settings(repository / EXAMPLE)
    assert settings.platform.url == "https://terminal.example.gov.cn:8443"
    assert settings.devices.id_card_reader == SerialAddress("/dev/serial/by-id/usb-READER", 115200)
    assert settings.devices.receipt_printer == TcpAddress("192.168.1.40", 9100)


def test_the_example_shows_every_option_with_its_sentence_and_its_default(
    repository: Path, tmp_path: Path
) -> None:
    example = (repository / EXAMPLE).read_text(encoding="utf-8")
    for name, (option, _) in options().items():
        key = name.partition(".")[2]
        told = f"# {option.sentence.zh}\n# {option.sentence.en}\n"
        assert re.search(re.escape(told) + rf"(# )?{key} = ", example), name
    whole = settings_of(tmp_path, re.sub(r"^# (?=[a-z_]+ = )", "", example, flags=re.MULTILINE))
    for name, (_, default) in options().items():
        section, _, key = name.partition(".")
        if default is not dataclasses.MISSING and default is not None:
            assert getattr(getattr(whole, section), key) == default, name
    assert whole.voice.quiet_hours == QuietHours(time(21), time(7, 30))
    assert isinstance(whole.devices.social_security_card, PcscReader)
    assert str(whole.devices.keypad) == "evdev:///dev/input/by-id/usb-KEYPAD-event-kbd"


def test_only_the_platform_has_to_be_named(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[platform]\nurl = "https://127.0.0.1:8443/"\n')
    assert settings.platform.url == "https://127.0.0.1:8443"
    assert settings.devices.id_card_reader is None
    assert settings.reporting.heartbeat_s is None
    assert settings.screen.language == "zh"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "platform.url: found nothing; write an https address"),
        ('[platform]\nurl = "http://a.b"', 'platform.url: found "http://a.b"; write an https address'),
        ('[platform]\nurl = "https://u:p@a.b"', "platform.url: found"),
        ('[platform]\nurl = "https://[a"', "platform.url: found"),
        ("platform = 3", "platform: found 3; write a section [platform]"),
        (
            '[platform]\nurl = "https://a"\n[session]\nwarn_after = 30',
            "session.warn_after: found warn_after; there is no such option; did you mean warn_after_s?",
        ),
        (
            '[platform]\nurl = "https://a"\n[colour]\n',
            "colour: found colour; there is no such option, remove it; known are devices, keys, machine",
        ),
        (
            '[platform]\nurl = "https://a"\n[session]\nwarn_after_s = 5',
            "session.warn_after_s: found 5; write a whole number from 20 to 600",
        ),
        (
            '[platform]\nurl = "https://a"\n[session]\nwarn_after_s = true',
            "warn_after_s: found true; write a whole",
        ),
        (
            '[platform]\nurl = "https://a"\n[screen]\nwidth_mm = "wide"',
            'screen.width_mm: found "wide"; write a number',
        ),
        (
            '[platform]\nurl = "https://a"\n[screen]\nwidth_mm = nan',
            "screen.width_mm: found nan; write a number",
        ),
        ('[platform]\nurl = "https://a"\n[screen]\nlanguage = "fr"', 'found "fr"; write one of "zh", "en"'),
        (
            '[platform]\nurl = "https://a"\n[devices]\nid_card_documents = ["citizen", "passport"]',
            "devices.id_card_documents: found ['citizen', 'passport']; write a list of some of \"citizen\"",
        ),
        ('[platform]\nurl = "https://a"\n[devices]\nid_card_documents = []', "write a list of some of"),
        (
            '[platform]\nurl = "https://a"\n[devices]\nid_card_new_address = 1',
            "devices.id_card_new_address: found 1; write true or false",
        ),
        ('[platform]\nurl = "https://a"\n[devices]\nkeypad = "tcp://a:1"', 'such as "evdev:///dev/input'),
        ('[platform]\nurl = "https://a"\n[devices]\nheadset = "pulse://a"', 'such as "alsa://plughw'),
        ('[platform]\nurl = "https://a"\n[devices]\ncamera = "http://10.0.0.1/"', 'such as "camera:///dev'),
        (
            '[platform]\nurl = "https://a"\n[voice]\nquiet_hours = "21-7"',
            'voice.quiet_hours: found "21-7"; write from when until when, such as "21:00-07:30"',
        ),
        ('[platform]\nurl = "https://a"\n[voice]\nrecordings = "voice"', "write a whole path, such as"),
        ('[platform]\nurl = "https://a"\n[devices]\npaper_width_mm = 76', "found 76; write one of 58, 80"),
        (
            '[platform]\nurl = "https://a"\n[devices]\nqr_scanner = "/dev/ttyS0"',
            'devices.qr_scanner: found "/dev/ttyS0"; write the address of the device, such as "serial:///',
        ),
        (
            '[platform]\nurl = "https://a"\n[session]\nwarn_after_s = 100\nend_after_s = 110',
            "session.end_after_s: found 110; write 120 or more: the question stays for at least 20 seconds",
        ),
        (f'[platform]\nurl = "https://a"\n[machine]\nmodel = "{"长" * 200}"', "machine.model: found"),
        ("[platform", "mend the TOML at this place"),
    ],
)
def test_a_mistake_is_named_with_file_key_find_and_remedy(tmp_path: Path, text: str, sentence: str) -> None:
    refusal = refusal_of(tmp_path, text)
    assert refusal.startswith(f"{tmp_path / 'terminal.toml'}: ")
    assert sentence in refusal
    assert len(refusal) < 500


def test_all_mistakes_are_told_together_and_in_chinese_too(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        settings_of(tmp_path, '[platform]\nurl = "a"\n[screen]\nwidth = 3\nwidth_mm = 1\n')
    sentences = [mistake.sentence("zh") for mistake in refusal.value.mistakes]
    assert {mistake.key for mistake in refusal.value.mistakes} == {
        "platform.url", "screen.width", "screen.width_mm"
    }  # fmt: skip
    assert any("现为 1；请写 100 到 2000 之间的数" in sentence for sentence in sentences)


def test_a_missing_or_foreign_file_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no file; copy terminal\.example\.toml here"):
        read_settings(tmp_path / "absent.toml")
    with pytest.raises(SettingsError, match="check the permissions"):
        read_settings(tmp_path)
    (tmp_path / "gbk.toml").write_bytes("[platform] # 湖北".encode("gbk"))
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        read_settings(tmp_path / "gbk.toml")
