"""Where a sound output is: one URL, as it stands in the settings.

alsa://plughw:CARD=Device (a name of ``aplay -L``, which stays when the port changes)
pipewire://NODE (a name of ``pw-cli``)
sink:///FOLDER (the simulated sound card)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class SoundSystem(Enum):
    """What takes the sound; the value is the scheme of its addresses."""

    ALSA = "alsa"
    PIPEWIRE = "pipewire"
    SIMULATED = "sink"


@dataclass(frozen=True, slots=True)
class SoundAddress:
    """An output of a sound system, by a name that stays the same."""

    system: SoundSystem
    place: str

    def __str__(self) -> str:
        return f"{self.system.value}://{self.place}"


def parse_sound_address(text: str) -> SoundAddress:
    """Reads the address of a sound output. ``str`` of the result is an address again.

    Raises ``ValueError`` with a message that says what was found and what to write instead.
    """
    scheme, separator, place = text.partition("://")
    systems = {system.value: system for system in SoundSystem}
    if not separator or not place or not place.isprintable() or scheme not in systems:
        raise ValueError(
            f"{text!r} is no address of a sound output; write alsa://plughw:CARD=… or pipewire://…"
        )
    if systems[scheme] is SoundSystem.SIMULATED and not Path(place).is_absolute():
        raise ValueError(f"{text!r} needs three slashes and a whole path: sink:///FOLDER")
    return SoundAddress(systems[scheme], place)


def is_simulated(address: SoundAddress) -> bool:
    """Whether the output at ``address`` can only be a simulated one."""
    return address.system is SoundSystem.SIMULATED
