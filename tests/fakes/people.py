"""Citizens who do not exist: their numbers have a right check digit, and all of them can be searched for."""

from __future__ import annotations

from contract.answers import Identity, ResultFact
from contract.items import LocalText
from contract.sets import Sensitivity

MOBILE = "13871234567"
OTHER_MOBILE = "15927654321"


def a_citizen() -> Identity:
    """Ouyang Jianguo, 76."""
    return Identity(
        name="欧阳建国",
        number="42010319491231002X",
        birth_date="1949-12-31",
        address="湖北省武汉市江汉区新华路街道万松园小区7栋2单元301室",
    )


def another_citizen() -> Identity:
    """Shen Yulan, 46."""
    return Identity(
        name="沈玉兰",
        number="420106198002143311",
        birth_date="1980-02-14",
        address="湖北省武汉市武昌区中华路街道司门口社区18号",
    )


def secrets_of(*people: Identity) -> tuple[str, ...]:
    """What of these people must never be shown or kept; the mobile numbers are those typed in tests."""
    return (
        *(
            text
            for person in people
            for text in (person.name, person.number, person.address, person.birth_date)
        ),
        *(person.birth_date.replace("-", "") for person in people),
        MOBILE,
        OTHER_MOBILE,
    )


def a_fact(value: str) -> ResultFact:
    """What the province says of somebody, under the heading of a name."""
    return ResultFact(label=LocalText("姓名", "Name"), value=value, sensitivity=Sensitivity.SENSITIVE)
