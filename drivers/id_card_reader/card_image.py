"""Cards for the simulator: what a module gives out for a synthetic citizen, and for other documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from drivers.id_card_reader.card_text import CITIZEN_MARK, NO_END, encode_fields
from drivers.id_card_reader.protocol import PHOTO_BYTES
from foundation.identity_numbers import citizen_number_check


@dataclass(frozen=True, slots=True)
class CardImage:
    """All that a card gives out: text (256 bytes), photo (1,024), and the new address if there is one."""

    text: bytes = field(repr=False)
    photo: bytes = field(repr=False, default=bytes(PHOTO_BYTES))
    new_address: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticCitizen:
    """Nobody: a made-up person whose number is valid, of a division that does not exist.

    ``serial`` is the three figures before the check digit; an odd one is a man, an even one a woman.
    ``valid_until`` None is 长期. ``mark`` other than a space makes the card another kind of document.
    """

    name: str = "张丽华"
    ethnicity_code: str = "01"
    birth_date: date = date(1953, 4, 12)
    address: str = "湖北省武汉市江岸区虚构路一号"
    division_code: str = "420199"
    serial: str = "002"
    issuing_authority: str = "武汉市公安局江岸分局"
    valid_from: date = date(2015, 6, 1)
    valid_until: date | None = None
    mark: str = CITIZEN_MARK

    @property
    def number(self) -> str:
        """The 公民身份号码 that follows from division, birth and serial (GB 11643)."""
        figures = f"{self.division_code}{self.birth_date:%Y%m%d}{self.serial}"
        return figures + citizen_number_check(figures)


def card_of(citizen: SyntheticCitizen, **overrides: str) -> CardImage:
    """The card of ``citizen``; ``overrides`` replace fields as they stand on the card, to make it wrong.

    Raises ``ValueError`` when a field cannot hold its text.
    """
    until = citizen.valid_until
    fields = {
        "name": citizen.name,
        "sex_code": "1" if int(citizen.serial[-1]) % 2 else "2",
        "ethnicity_code": citizen.ethnicity_code,
        "birth_date": f"{citizen.birth_date:%Y%m%d}",
        "address": citizen.address,
        "number": citizen.number,
        "issuing_authority": citizen.issuing_authority,
        "valid_from": f"{citizen.valid_from:%Y%m%d}",
        "valid_until": NO_END if until is None else f"{until:%Y%m%d}",
    }
    return CardImage(encode_fields(fields | overrides, citizen.mark))
