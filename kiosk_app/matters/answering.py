"""Answering one step: what was typed or chosen, whether it fits, and how it is shown again.

No rule of a particular matter stands here: steps, options and schema come with the item.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import category

import jsonschema
import msgspec

from contract.answers import Identity, Licence, QueryResult
from contract.items import Item, LocalText, Source, Step, StepWidget
from contract.sets import Sensitivity
from foundation.identity_numbers import is_citizen_number, is_mobile_number
from foundation.masking import mask_address, mask_identity_number, mask_name, mask_numbers, mask_telephone

Value = str | list[str]

AUTHORITY_CHECKS = "authority_checks"
"""The answer to a licence step when the licence cannot be fetched now: the authority looks it up itself."""
YES = "yes"
NO = "no"
TAKE = "take"
AGAIN = "again"
"""What is done with the picture of a paper: take it, take it again; ``YES`` uses it."""

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories of characters that show nothing, or break a line."""
_BETWEEN = {"zh": "、", "en": ", "}
_IDENTITY_SOURCES = {Source.NAME, Source.NUMBER, Source.ADDRESS, Source.BIRTH_DATE}


def typed_key(step: Step, typed: str, key: str) -> str:
    """What stands in the field after ``key`` ("0"…"9", "X", "delete", "clear"); other keys change nothing."""
    if key == "delete":
        return typed[:-1]
    if key == "clear":
        return ""
    if step.widget is StepWidget.TEXT:
        return typed
    longest = 8 if step.widget is StepWidget.DATE else step.maximum_length
    if len(typed) >= longest or len(key) != 1:
        return typed
    if key.isascii() and key.isdigit():
        return typed + key
    if key == "X" and step.allow_x and len(typed) == longest - 1:
        return typed + key
    return typed


def written(step: Step, typed: str, text: str) -> str:
    """What stands in the field after ``text`` was written: nothing unseen, on one line, not too long."""
    seen = "".join(each for each in text if category(each) not in _UNSEEN)
    return (typed + seen)[: step.maximum_length]


def typed_problem(step: Step, typed: str) -> str:
    """The id of the word for what is wrong with a typed answer, or empty when nothing is."""
    if not typed.strip():
        return "" if step.optional else "question.type_something"
    if step.widget is StepWidget.DATE:
        return "" if typed_day(typed) is not None else "question.not_a_date"
    if step.format == "mobile" and not is_mobile_number(typed):
        return "question.not_a_mobile_number"
    if step.format == "identity_number" and not is_citizen_number(typed):
        return "question.not_an_identity_number"
    return ""


def typed_day(typed: str) -> date | None:
    """The day that eight figures name, or None."""
    if len(typed) != 8 or not (typed.isascii() and typed.isdigit()):
        return None
    try:
        return date(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    except ValueError:
        return None


def typed_value(step: Step, typed: str) -> str:
    """The answer's value for what was typed: days in the form of the wire, the rest as it is."""
    moment = typed_day(typed) if step.widget is StepWidget.DATE else None
    return moment.isoformat() if moment is not None else typed.strip()


def identity_value(source: Source, identity: Identity) -> str:
    """What a signed-in person's identity says about a field; empty for sources that are not identity."""
    return {
        Source.NAME: identity.name,
        Source.NUMBER: identity.number,
        Source.ADDRESS: identity.address,
        Source.BIRTH_DATE: identity.birth_date,
    }.get(source, "")


def identity_answers(item: Item, identity: Identity | None) -> dict[str, Value]:
    """The answers that need no question: fields whose source is the identity and that no step asks."""
    if identity is None:
        return {}
    asked = {step.field for step in item.steps}
    return {
        field: identity_value(facts.source, identity)
        for field, facts in item.fields.items()
        if facts.source in _IDENTITY_SOURCES and field not in asked
    }


def offered_answers(step: Step, identity: Identity | None) -> dict[str, str]:
    """What may be chosen instead of writing, as item and identity say it, by the value of its option."""
    offered = {option.value: option.value for option in step.options}
    if identity is not None:
        offered |= {source.value: identity_value(source, identity) for source in step.suggestions}
    return {value: answer for value, answer in offered.items() if answer}


def checked_fields(item: Item, identity: Identity | None, answers: dict[str, Value]) -> list[str]:
    """The fields that the check page shows, in its order: what the identity says, then what was asked."""
    asked = [step.field for step in item.steps if step.optional or step.field in answers]
    return [*identity_answers(item, identity), *asked]


def masked(source: Source, value: str) -> str:
    """A value that came from the identity, as it may stand on a screen in a public hall."""
    if source is Source.NAME:
        return mask_name(value)
    if source is Source.NUMBER:
        return mask_identity_number(value)
    if source is Source.ADDRESS:
        return mask_address(value)
    if source is Source.BIRTH_DATE:
        return value[:4] + "-**-**"
    return value


def shown_value(item: Item, step: Step, value: Value, language: str, licence: Licence | None) -> str:
    """An answer as the check page and the slip show it, masked where it says who somebody is."""
    if isinstance(value, list):
        return _BETWEEN[language].join(_label(step, one, language) for one in value)
    if step.widget in (StepWidget.CHOICE, StepWidget.SEVERAL):
        return _label(step, value, language)
    if step.widget is StepWidget.TEXT:
        # Who may have chosen what the card says gets it masked, though written by hand: nobody can tell.
        return masked(step.suggestions[0], value) if step.suggestions else mask_numbers(value)
    if step.widget is StepWidget.LICENCE and licence is not None:
        return f"{licence.title.read(language)} {licence.number}"
    about = item.fields[step.field]
    if step.widget is StepWidget.CONFIRM:
        return masked(about.source, value)
    if step.format == "mobile":
        return mask_telephone(value)
    if step.format == "identity_number" or about.sensitivity is Sensitivity.SENSITIVE:
        return mask_identity_number(value)
    return value


def discreet_result(result: QueryResult, identity: Identity | None) -> QueryResult:
    """A query's result as it may stand on a screen and a slip: whoever wrote it may have named the person."""

    def text(plain: str) -> str:
        if identity is not None:
            for whole, mask in (
                (identity.name, mask_name),
                (identity.number, mask_identity_number),
                (identity.address, mask_address),
            ):
                plain = plain.replace(whole, mask(whole)) if len(whole) > 1 else plain
        return mask_numbers(plain)

    def both(words: LocalText | None) -> LocalText | None:
        return LocalText(text(words.zh), text(words.en)) if words is not None else None

    return msgspec.structs.replace(
        result,
        facts=[
            msgspec.structs.replace(fact, value=text(fact.value), worded=both(fact.worded))
            for fact in result.facts
        ],
        explanation=both(result.explanation),
    )


def _label(step: Step, value: str, language: str) -> str:
    return next((option.label.read(language) for option in step.options if option.value == value), value)


def schema_problem(item: Item, answers: dict[str, Value]) -> str:
    """The field that does not fit the item's schema, or empty when all do. Never a value."""
    validator = jsonschema.Draft202012Validator(item.schema)
    for error in validator.iter_errors(_as_any(answers)):
        if error.path:
            return str(error.path[0])
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in answers]
            return str(missing[0]) if missing else item.code
        return item.code
    return ""


def _as_any(answers: dict[str, Value]) -> Any:
    return dict(answers)
