"""The departments behind the platform, as small adapters: one function for each item that is a query.

A department answers for the person of the citizen's session and for nobody else. What it does not know it
says in a sentence that tells what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from contract.answers import Licence, QueryResult, ResultFact
from contract.items import LocalText
from contract.sets import QueryOutcome, Sensitivity
from province_platform.reference_people import LicenceKind, Pension, Person, reference_people

Answers = Mapping[str, str | list[str]]
Adapter = Callable[[Person | None, Answers, date], QueryResult]

_PERIODS = ("3", "6", "12")
_MONTHS_UNLESS_ASKED = 3
_NOT_CONNECTED = LocalText(
    "这项查询的业务部门还没有接入，请拨打12345咨询。",
    "The department for this query is not connected yet. Call 12345.",
)
_NO_PENSION = LocalText(
    "没有查到您的养老待遇发放记录。如有疑问，请拨打12333，或到社保经办窗口查询。",
    "No pension payments were found for you. Call 12333 or ask at a social-security window.",
)


class Departments:
    """Who knows what of whom. The person is found by her reference, which only the province can compute."""

    def __init__(self, subject_ref: Callable[[str], str]) -> None:
        self._people = {subject_ref(person.identity.number): person for person in reference_people()}
        self._adapters: dict[str, Adapter] = {"pension-payments": pension_payments}

    def ask(self, item_code: str, subject_ref: str, answers: Answers, today: date) -> QueryResult:
        """What the item's department answers for this person."""
        adapter = self._adapters.get(item_code)
        if adapter is None:
            return QueryResult(outcome=QueryOutcome.REFUSED, explanation=_NOT_CONNECTED)
        return adapter(self._people.get(subject_ref), answers, today)

    def licence(self, kind: str, subject_ref: str) -> Licence | None:
        """This person's licence of the kind, or None."""
        person = self._people.get(subject_ref)
        held = person.licences if person else ()
        return next((_licence(person, each) for each in held if person and each.value == kind), None)


def pension_payments(person: Person | None, answers: Answers, today: date) -> QueryResult:
    """养老待遇发放: the payments of the last 3, 6 or 12 months, newest first, then their sum."""
    if person is None or person.pension is None:
        return QueryResult(outcome=QueryOutcome.NOTHING, explanation=_NO_PENSION)
    days = _pay_days(person.pension, _months_asked(answers), today)
    facts = [
        ResultFact(
            label=LocalText(f"{day.year}年{day.month}月", f"{day:%B %Y}"),
            value=f"{_yuan(person.pension.monthly_fen)}元（{day:%m-%d}到账）",
            worded=LocalText(
                f"{_yuan(person.pension.monthly_fen)}元（{day:%m-%d}到账）",
                f"CNY {_yuan(person.pension.monthly_fen)} (paid on {day.day} {day:%B})",
            ),
        )
        for day in days
    ]
    sum_of_all = _yuan(person.pension.monthly_fen * len(days))
    total = ResultFact(
        label=LocalText(f"{len(days)}个月合计", f"Total of {len(days)} months"),
        value=f"{sum_of_all}元",
        worded=LocalText(f"{sum_of_all}元", f"CNY {sum_of_all}"),
    )
    account = ResultFact(
        label=LocalText("发放账户尾号", "Account ending in"),
        value=person.pension.account_ending,
        sensitivity=Sensitivity.PERSONAL,
    )
    return QueryResult(outcome=QueryOutcome.FOUND, facts=[*facts, total, account])


def _months_asked(answers: Answers) -> int:
    """What the item's field ``period`` says: 3, 6 or 12."""
    period = answers.get("period")
    return int(period) if period in _PERIODS else _MONTHS_UNLESS_ASKED


def _pay_days(pension: Pension, months: int, today: date) -> list[date]:
    """The last ``months`` pay days up to and with today, newest first."""
    newest = today.year * 12 + today.month - 1 - (today.day < pension.pay_day)
    return [date((newest - back) // 12, (newest - back) % 12 + 1, pension.pay_day) for back in range(months)]


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


_LICENCES = {
    LicenceKind.RESIDENT_IDENTITY: (
        LocalText("居民身份证", "Resident identity card"),
        LocalText("公安机关", "Public security"),
        "2044-08-17",
    ),
    LicenceKind.HOUSEHOLD_REGISTER: (
        LocalText("居民户口簿", "Household register"),
        LocalText("公安机关", "Public security"),
        "",
    ),
    LicenceKind.RESIDENCE_PERMIT: (
        LocalText("湖北省居住证", "Hubei residence permit"),
        LocalText("公安机关", "Public security"),
        "2026-12-10",
    ),
    LicenceKind.DISABILITY_CERTIFICATE: (
        LocalText("残疾人证", "Disability certificate"),
        LocalText("残疾人联合会", "Disabled Persons' Federation"),
        "2031-05-30",
    ),
}


def _licence(person: Person, kind: LicenceKind) -> Licence:
    title, issued_by, valid_until = _LICENCES[kind]
    number = person.identity.number
    return Licence(
        reference=f"HB-LICENCE-{person.person_id.upper()}-{kind.name}",
        title=title,
        number=f"{number[:4]}**********{number[-4:]}",
        issued_by=issued_by,
        valid_until=valid_until,
    )
