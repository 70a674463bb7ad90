"""From a folder of clips of signing to the sheet that is published: ``clips.toml`` names each file's place.

sheet_id = "signing.2026-11"

[sign_in]
file = "sign_in.webp"
zh = "把身份证平放在读卡区"
en = "Lay your card flat on the reader"
"""

from __future__ import annotations

import tomllib
from base64 import b64encode
from pathlib import Path

import msgspec

from contract.clips import Clip, ClipPlace, ClipSheet
from contract.items import LocalText


def sheet_of(folder: Path) -> bytes:
    """The sheet as it is signed. Raises ``ValueError`` or ``OSError`` that says what to put right."""
    named = tomllib.loads((folder / "clips.toml").read_text(encoding="utf-8"))
    try:
        clips = [
            Clip(
                place=ClipPlace(place),
                caption=LocalText(zh=entry["zh"], en=entry["en"]),
                pictures=b64encode((folder / entry["file"]).read_bytes()).decode("ascii"),
            )
            for place, entry in named.items()
            if place != "sheet_id"
        ]
        return msgspec.json.encode(ClipSheet(sheet_id=named["sheet_id"], clips=clips))
    except (KeyError, TypeError) as missing:
        raise ValueError(f"clips.toml: {missing} is missing") from None
