"""The people of the demo. They do not exist: their numbers begin with a region that was never given out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Citizen:
    """One of the reference platform's people, as her card says it."""

    person_id: str
    name: str
    number: str
    birth_date: str
    address: str
    mobile: str

    def card(self) -> dict[str, str]:
        """What is on her card, for the simulated reader, which works out the number's check digit itself."""
        return {
            "name": self.name,
            "birth_date": self.birth_date,
            "address": self.address,
            "division_code": self.number[:6],
            "serial": self.number[14:17],
        }

    def masked_number(self) -> str:
        """The only form of her number that may be found anywhere afterwards."""
        return self.number[:4] + "*" * 10 + self.number[-4:]


WANG = Citizen(
    "wang-xiuying",
    "王秀英",
    "429999194408170026",
    "1944-08-17",
    "湖北省武汉市武昌区演示路12号3栋1单元402室",
    "13800000126",
)
OUYANG = Citizen(
    "ouyang-yi",
    "欧阳𬱖",
    "429999199309220027",
    "1993-09-22",
    "湖南省常德市演示县演示镇15组",
    "13900000227",
)
CHEN = Citizen(
    "chen-guilan",
    "陈桂兰",
    "429999193802140226",
    "1938-02-14",
    "湖北省武汉市武昌区演示路20号2栋301室",
    "13700000226",
)
HE = Citizen(
    "ouyang-he",
    "欧阳小禾",
    "429999201506010029",
    "2015-06-01",
    "湖南省常德市演示县演示镇15组",
    "13600000329",
)
"""Eleven years old; OUYANG is her guardian."""
EVERYBODY = (WANG, OUYANG, CHEN, HE)

_CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
"""In which text may stand in a file, as bytes of any program's memory."""


def files_with_numbers(folder: Path) -> list[Path]:
    """The files below ``folder`` in which the number or the mobile number of a citizen stands in clear."""
    forms = [
        number.encode(coding)
        for citizen in EVERYBODY
        for number in (citizen.number, citizen.mobile)
        for coding in _CODINGS
    ]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
