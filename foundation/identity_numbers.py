"""Numbers of people and organisations that carry a check digit."""

from __future__ import annotations

import re
from datetime import date

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
AGREES_FROM_YEARS = 14
"""Below it a guardian agrees to what is done with sensitive information (个人信息保护法, art. 31)."""
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def citizen_number_check(first_seventeen: str) -> str:
    """The 18th character of a 公民身份号码 (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_CITIZEN_WEIGHTS, first_seventeen, strict=True))
    return _CITIZEN_CHECKS[total % 11]


def is_citizen_number(number: str) -> bool:
    """Whether ``number`` is a well-formed 公民身份号码: 18 characters, a real date, the right check."""
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        return False
    return citizen_birth_date(number) is not None and citizen_number_check(number[:17]) == number[17].upper()


def is_permanent_resident_number(number: str) -> bool:
    """Whether ``number`` can stand on a 外国人永久居留身份证, of 2017 or of 2023.

    2017: three letters and twelve figures, of which no check is public. 2023: 18 figures from 9, a real date
    in figures 7 to 14, and the check of a 公民身份号码.
    """
    if len(number) == 15:
        return re.fullmatch(r"[A-Z]{3}[0-9]{12}", number) is not None
    return number.startswith("9") and is_citizen_number(number)


def citizen_birth_date(number: str) -> date | None:
    """The date of birth in figures 7 to 14 of a 公民身份号码, or None when they are no date."""
    figures = number[6:14]
    if len(figures) != 8 or not (figures.isascii() and figures.isdigit()):
        return None
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:8]))
    except ValueError:
        return None


def age_on(birth: date, day: date) -> int:
    """Whole years of life on ``day``; one born on 29 February is a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_unified_social_credit_code(code: str) -> bool:
    """Whether ``code`` is a well-formed 统一社会信用代码 (GB 32100-2015)."""
    if len(code) != 18 or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    total = sum(
        weight * _CREDIT_ALPHABET.index(character)
        for weight, character in zip(_CREDIT_WEIGHTS, code[:17], strict=True)
    )
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]


def is_mobile_number(number: str) -> bool:
    """Whether ``number`` is a mobile number of the mainland: 11 figures, 13 to 19 first."""
    return (
        len(number) == 11
        and number.isascii()
        and number.isdigit()
        and number[0] == "1"
        and number[1] in "3456789"
    )
