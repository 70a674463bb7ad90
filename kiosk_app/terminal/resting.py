"""What the screens show of the province before anybody has come: how it wants to look, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Look:
    """How the province wants its terminals to look; what is empty is our own look.

    ``light`` and ``dark`` are colours as ``#RRGGBB``, in the order of ``contract.theme.Palette``. A logo is
    an SVG drawing in base64url (RFC 4648, 5), with the name that is heard instead of it.
    """

    light: tuple[str, ...] = ()
    dark: tuple[str, ...] = ()
    mourning: bool = False
    """A day of public mourning: everything is grey."""
    top_line_name: str = ""
    top_line_logo: str = field(default="", repr=False)
    attract_name: str = ""
    attract_logo: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AttractView:
    matters_now: int
    top_matters: tuple[str, ...]
    unavailable: tuple[str, ...]
    """What does not work today and where it does, a sentence each; empty when all works."""
    news: tuple[str, ...] = ()
    """What the province has to say, a sentence each."""
    emergencies: tuple[str, ...] = ()
    """What everybody has to know now, such as a flood; it stands above everything else."""
    app_code: str = ""
    """What the code of the province's app says; empty when none is shown."""
    app_caption: str = ""
