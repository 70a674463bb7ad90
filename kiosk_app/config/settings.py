"""The settings of a terminal, read once from ``etc/dianxiaoer/terminal.toml``.

``deploy/terminal.example.toml`` is the same list with examples; a test holds the two together.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from kiosk_app.config.address_options import address_of_key
from kiosk_app.config.device_settings import DeviceSettings, VoiceSettings
from kiosk_app.config.key_address import BESIDE_THE_DATA, KEY_EXAMPLE, KeyAddress, parse_key_address
from kiosk_app.config.options import (
    Mistake,
    SettingsError,
    Words,
    https_address,
    read_section,
    text,
    whole,
)
from kiosk_app.config.screen_settings import ScreenSettings

LEAST_WARNING_S = 20
"""How long the question whether to go on stays at least (WCAG 2.2, 2.2.1 Timing Adjustable)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSettings:
    """Where the province platform is, or the city's relay before it."""

    url: Annotated[
        str,
        https_address(
            "省平台（或其前面的市级转发平台）的地址",
            "Address of the province platform, or of the city's relay before it",
        ),
    ]
    items_every_s: Annotated[
        int,
        whole("每隔多少秒查一次有没有新事项", "Seconds between two looks for new matters", 1, 3600),
    ] = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySettings:
    """Where the key of the store is kept; docs/guides/keys.md helps to choose."""

    provider: Annotated[
        KeyAddress,
        address_of_key(
            "存储的密钥放在哪里；正式使用的终端不能用 file:",
            "Where the key of the store is kept; a terminal in service may not use file:",
            KEY_EXAMPLE,
            parse_key_address,
        ),
    ] = BESIDE_THE_DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSettings:
    """How long a terminal waits for a person. Any touch, key, card or scan starts the count again."""

    warn_after_s: Annotated[
        int,
        whole(
            "无人操作多少秒后询问是否继续", "Idle seconds until the terminal asks whether to go on", 20, 600
        ),
    ] = 60
    end_after_s: Annotated[
        int,
        whole(
            "无人操作多少秒后结束办理，至少比询问晚 20 秒",
            "Idle seconds until the session ends, at least 20 after the question",
            40,
            900,
        ),
    ] = 90
    extension_s: Annotated[
        int,
        whole(
            "按“继续办理”后多少秒内不再询问",
            "Seconds without another question after somebody chose to go on",
            20,
            600,
        ),
    ] = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingSettings:
    """How often the terminal says that it is there."""

    heartbeat_s: Annotated[
        int | None,
        whole(
            "心跳间隔（秒）；不写则用省平台登记时给的值",
            "Seconds between two status reports; without it what the province said at enrolment",
            1,
            3600,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSettings:
    """What the machine calls itself when it enrols, and how it is started anew."""

    model: Annotated[str, text("机型", "Model of the machine", 64)] = "unknown"
    serial_number: Annotated[
        str, text("出厂编号（铭牌上的）", "Serial number on the machine's plate", 64)
    ] = "unknown"
    restart_command: Annotated[
        str,
        text(
            "重启整机的命令；空着则从不自己重启",
            "How the machine is started anew when nothing less clears its memory; empty for never",
            200,
            shortest=0,
        ),
    ] = "systemctl reboot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a terminal."""

    platform: PlatformSettings
    devices: DeviceSettings
    voice: VoiceSettings
    screen: ScreenSettings
    session: SessionSettings
    reporting: ReportingSettings
    keys: KeySettings
    machine: MachineSettings


def read_settings(file: Path) -> Settings:
    """Reads the settings file. Raises :class:`SettingsError`, which names every mistake in it."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError((_unreadable(file, problem),)) from None
    mistakes: list[Mistake] = []
    settings = read_section(file, Settings, table, mistakes)
    if settings is not None and not mistakes:
        mistakes.extend(_contradictions(file, settings))
    if settings is None or mistakes:
        raise SettingsError(tuple(mistakes))
    return settings


def _unreadable(file: Path, problem: Exception) -> Mistake:
    if isinstance(problem, FileNotFoundError):
        remedy = Words(
            "请把 terminal.example.toml 复制到这里并填写", "copy terminal.example.toml here and fill it in"
        )
        return Mistake(file, "", "no file", remedy)
    if isinstance(problem, OSError):
        remedy = Words("请检查文件的权限", "check the permissions of the file")
        return Mistake(file, "", problem.strerror or type(problem).__name__, remedy)
    if isinstance(problem, UnicodeDecodeError):
        return Mistake(file, "", "not UTF-8", Words("请存为 UTF-8 编码", "save it as UTF-8"))
    remedy = Words("请按 TOML 语法改正这一处", "mend the TOML at this place")
    return Mistake(file, "", str(problem), remedy)


def _contradictions(file: Path, settings: Settings) -> list[Mistake]:
    session = settings.session
    earliest = session.warn_after_s + LEAST_WARNING_S
    if session.end_after_s >= earliest:
        return []
    remedy = Words(
        f"请写 {earliest} 或更大：询问之后至少留 {LEAST_WARNING_S} 秒",
        f"write {earliest} or more: the question stays for at least {LEAST_WARNING_S} seconds",
    )
    return [Mistake(file, "session.end_after_s", str(session.end_after_s), remedy)]
