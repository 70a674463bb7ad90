"""The simulated sound card's folder, as a person or a test sees it: what was heard, and what goes wrong."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from drivers.speech.address import SoundAddress, SoundSystem
from drivers.speech.protocol import NotAWave, Wave, parse_wave


class SoundFault(Enum):
    """What can go wrong with a sound card."""

    REFUSES = "refuses"
    """It is busy or broken: nothing can be played."""
    DIES = "dies"
    """It goes away in the middle of a phrase."""
    HANGS = "hangs"
    """It stops in the middle of a phrase and never goes on."""
    SWALLOWS = "swallows"
    """It takes everything at once: the sound goes nowhere."""


class SimulatedSoundCard:
    """A sound card that records what it plays. ``folder`` is its own; it is made when it is plugged in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.plug_in()

    @property
    def address(self) -> SoundAddress:
        """Where it is."""
        return SoundAddress(SoundSystem.SIMULATED, str(self._folder))

    @property
    def heard(self) -> list[Wave | NotAWave]:
        """Everything that was played, in order, each as far as it was audible."""
        return [parse_wave(path.read_bytes()) for path in sorted(self._folder.glob("*.wav"))]

    def plug_in(self) -> None:
        """Puts the card in; safe when it is in."""
        unplugged = self._unplugged()
        if unplugged.is_dir():
            unplugged.rename(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)

    def unplug(self) -> None:
        """Takes the card away, with what it has heard; safe when it is away."""
        if self._folder.is_dir():
            self._folder.rename(self._unplugged())

    def set_fault(self, fault: SoundFault) -> None:
        """Makes the card fail in that way from the next phrase on, until :meth:`cure`."""
        (self._folder / "fault").write_text(fault.value, encoding="ascii")

    def cure(self) -> None:
        """Ends the fault."""
        (self._folder / "fault").unlink(missing_ok=True)

    def _unplugged(self) -> Path:
        return self._folder.with_name(f"{self._folder.name}.unplugged")
