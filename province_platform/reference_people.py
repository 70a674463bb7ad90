"""Reference citizens. They do not exist: their numbers begin with a region that GB/T 2260 never gave out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contract.answers import Identity


class LicenceKind(Enum):
    """The kinds of licence in the reference library (电子证照库)."""

    RESIDENT_IDENTITY = "resident_identity"
    HOUSEHOLD_REGISTER = "household_register"
    RESIDENCE_PERMIT = "residence_permit"
    DISABILITY_CERTIFICATE = "disability_certificate"


@dataclass(frozen=True, slots=True)
class Pension:
    """A pension that is paid each month."""

    monthly_fen: int
    pay_day: int
    account_ending: str


@dataclass(frozen=True, slots=True)
class Person:
    """A reference citizen and what the departments know of her."""

    person_id: str
    identity: Identity
    pension: Pension | None = None
    licences: tuple[LicenceKind, ...] = ()

    def __repr__(self) -> str:
        return f"Person({self.person_id})"


def reference_people() -> tuple[Person, ...]:
    """All of them, the one for the first demonstration first."""
    return (
        Person(
            "wang-xiuying",
            Identity(
                name="王秀英",
                number="429999194408170026",
                birth_date="1944-08-17",
                address="湖北省武汉市武昌区演示路12号3栋1单元402室",
            ),
            Pension(monthly_fen=318_642, pay_day=15, account_ending="6217"),
            (LicenceKind.RESIDENT_IDENTITY, LicenceKind.HOUSEHOLD_REGISTER),
        ),
        Person(
            "li-jianguo",
            Identity(
                name="李建国",
                number="429999196103050313",
                birth_date="1961-03-05",
                address="湖北省襄阳市樊城区演示街88号",
            ),
            Pension(monthly_fen=274_505, pay_day=12, account_ending="0083"),
            (
                LicenceKind.RESIDENT_IDENTITY,
                LicenceKind.HOUSEHOLD_REGISTER,
                LicenceKind.DISABILITY_CERTIFICATE,
            ),
        ),
        Person(
            "ouyang-yi",
            Identity(
                name="欧阳𬱖",
                number="429999199309220027",
                birth_date="1993-09-22",
                address="湖南省常德市演示县演示镇15组",
            ),
            None,
            (LicenceKind.RESIDENT_IDENTITY, LicenceKind.RESIDENCE_PERMIT),
        ),
        Person(
            "chen-guilan",
            Identity(
                name="陈桂兰",
                number="429999193802140226",
                birth_date="1938-02-14",
                address="湖北省武汉市武昌区演示路20号2栋301室",
            ),
            Pension(monthly_fen=296_118, pay_day=15, account_ending="4471"),
            (LicenceKind.RESIDENT_IDENTITY, LicenceKind.HOUSEHOLD_REGISTER),
        ),
        Person(
            "zhao-yan",
            Identity(
                name="赵䶮",
                number="429999197806110313",
                birth_date="1978-06-11",
                address="湖北省宜昌市西陵区演示一路3号",
            ),
        ),
        Person(
            "ouyang-he",
            Identity(
                name="欧阳小禾",
                number="429999201506010029",
                birth_date="2015-06-01",
                address="湖南省常德市演示县演示镇15组",
            ),
        ),
    )


def find_person(person_id: str) -> Person | None:
    """The citizen with this id, or None."""
    return next((person for person in reference_people() if person.person_id == person_id), None)
