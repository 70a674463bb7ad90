"""How the terminal looks: the province's theme pack, put on when nobody is here to see it change."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass

import msgspec

from contract.items import Item
from contract.theme import Logo, LogoPlace, Palette, ThemePack
from kiosk_app.terminal.resting import Look


@dataclass(slots=True)
class Appearance:
    """The pack that is worn, and the one that waits for the person to leave. None is our own look."""

    worn: ThemePack | None = None
    waiting: ThemePack | None = None
    mourning: bool = False

    def settle(self, today: str) -> None:
        """Puts on what waits; for moments when nobody is here. ``today`` is a calendar day in China."""
        if self.waiting is not None:
            self.worn, self.waiting = self.waiting, None
        self.mourning = self.worn is not None and self.worn.mourns_on(today)

    def in_order(self, items: list[Item]) -> list[Item]:
        """Those that the pack names first, in its order; then the others, most used first."""
        first = {code: place for place, code in enumerate(self.worn.home_order if self.worn else [])}
        return sorted(items, key=lambda item: (first.get(item.code, len(first)), item.home_rank))

    def slip_head(self, language: str) -> str:
        """What is printed above the title of a slip; empty for nothing."""
        head = self.worn.slip_head if self.worn is not None else None
        return head.read(language) if head is not None else ""

    def on_page(self, slip_code: str) -> str:
        """What the code of a slip says: behind the address of the province's page, where it has one."""
        return f"{self.worn.slip_page}{slip_code}" if self.worn is not None and slip_code else slip_code

    def look(self, language: str) -> Look:
        """For the screens."""
        if self.worn is None:
            return Look()
        top_line, attract = self._logo(LogoPlace.TOP_LINE), self._logo(LogoPlace.ATTRACT)
        return Look(
            light=_colours(self.worn.light),
            dark=_colours(self.worn.dark),
            mourning=self.mourning,
            top_line_name=top_line.name.read(language) if top_line is not None else "",
            top_line_logo=_address(top_line),
            attract_name=attract.name.read(language) if attract is not None else "",
            attract_logo=_address(attract),
        )

    def _logo(self, place: LogoPlace) -> Logo | None:
        logos = self.worn.logos if self.worn is not None else []
        return next((logo for logo in logos if logo.place is place), None)


def _colours(palette: Palette | None) -> tuple[str, ...]:
    return () if palette is None else msgspec.structs.astuple(palette)


def _address(logo: Logo | None) -> str:
    return "" if logo is None else urlsafe_b64encode(logo.drawing.encode("utf-8")).decode("ascii")
