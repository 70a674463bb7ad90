"""What a batch of items must be before it is shown and run: no item contradicts itself or leads nowhere."""

from __future__ import annotations

import msgspec

from contract.delegation import HELPING
from contract.items import (
    IDENTITY_SOURCES,
    RESERVED_SLIP_VALUES,
    Item,
    ItemBatch,
    SlipBlockKind,
    Step,
    StepWidget,
)
from contract.sets import Assurance, ForWhom, ItemKind, OfflineRule, OncePer, reaches

_LENGTH_OF_FORMAT = {"mobile": 11, "identity_number": 18}


def decode_batch_document(content: bytes) -> ItemBatch:
    """The batch. Raises ``msgspec.ValidationError`` or ``ValueError`` when it cannot be shown and run."""
    batch = msgspec.json.decode(content, type=ItemBatch)
    for item in batch.items:
        check_item(item)
    return batch


def check_item(item: Item) -> None:
    """Refuses an item that contradicts itself or could never be submitted. Raises ``ValueError``.

    The words name item and field, so that whoever wrote the item knows where to look.
    """
    _check_schema(item)
    properties = item.schema.get("properties", {})
    for field in item.fields:
        if field not in properties:
            raise _refused(item, f"field {field} is not a property of its schema")
    codes = [step.field for step in item.steps]
    if len(codes) != len(set(codes)):
        raise _refused(item, "a field is asked twice")
    for step in item.steps:
        _check_step(item, step)
    _check_answerable(item)
    _check_assurance(item)
    _check_offline(item)
    if item.once_per is OncePer.PERSON and (
        item.kind is ItemKind.QUERY or item.assurance is Assurance.ANONYMOUS
    ):
        raise _refused(item, "only what a known person applies for can be once per person")
    _check_for_others(item)
    _check_for_organisation(item)
    _check_paper(item)


def _refused(item: Item, reason: str) -> ValueError:
    return ValueError(f"item {item.code}: {reason}")


def _check_step(item: Item, step: Step) -> None:
    name = f"step {step.field}"
    if step.field not in item.fields:
        raise _refused(item, f"{name} has no entry in fields")
    if step.widget in (StepWidget.CHOICE, StepWidget.SEVERAL):
        values = [option.value for option in step.options]
        if not values or len(values) != len(set(values)):
            raise _refused(item, f"{name} offers no options, or one of them twice")
        for value in values:
            answer = [value] if step.widget is StepWidget.SEVERAL else value
            if _misfits(item, step.field, answer):
                raise _refused(item, f"{name} offers {value}, which its schema refuses")
    if step.widget is StepWidget.OWN_CASE and (
        item.kind is not ItemKind.QUERY or len(item.steps) > 1 or item.assurance is Assurance.ANONYMOUS
    ):
        raise _refused(
            item, f"{name} shows a case of the person: only a query may, signed in, and as its one step"
        )
    if step.widget is StepWidget.LICENCE and not step.licence:
        raise _refused(item, f"{name} names no licence")
    if step.widget is StepWidget.CAPTURE and item.kind is ItemKind.QUERY:
        raise _refused(item, f"{name} takes a paper, and a query has no files")
    if step.widget is StepWidget.CONFIRM and item.fields[step.field].source not in IDENTITY_SOURCES:
        raise _refused(item, f"{name} confirms a value, but no identity gives it")
    _check_text(item, step)
    if step.format and step.maximum_length != _LENGTH_OF_FORMAT.get(step.format):
        raise _refused(item, f"{name} has an unknown format, or its length is not that of the format")


def _check_text(item: Item, step: Step) -> None:
    """Nobody has to write: what is asked for in words may be skipped, or chosen from what is offered."""
    name = f"step {step.field}"
    if step.widget is not StepWidget.TEXT:
        if step.suggestions:
            raise _refused(item, f"{name} has suggestions, but only what is written may have any")
        return
    if not (step.optional or step.options or step.suggestions):
        raise _refused(item, f"{name} can only be answered by writing: offer something, or let it be skipped")
    if step.format or not IDENTITY_SOURCES.issuperset(step.suggestions):
        raise _refused(item, f"{name} has a format, or suggests what no identity says")
    if any(_misfits(item, step.field, option.value) for option in step.options):
        raise _refused(item, f"{name} offers what its schema refuses")


# jsonschema is loaded by who checks an item, not by all who name a text of one: it costs more than they do.


def _check_schema(item: Item) -> None:
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415

    try:
        Draft202012Validator.check_schema(item.schema)
    except SchemaError as error:
        raise _refused(item, f"its schema is not JSON Schema 2020-12 ({error.message})") from None


def _misfits(item: Item, field: str, answer: object) -> bool:
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    errors = Draft202012Validator(item.schema).iter_errors({field: answer})
    return any(error.path and error.path[0] == field for error in errors)


def _check_answerable(item: Item) -> None:
    """Whatever the schema requires is answered by a step that cannot be skipped, or by the identity."""
    asked = {step.field: step for step in item.steps}
    for field in item.schema.get("required", []):
        if field in asked:
            if asked[field].optional:
                raise _refused(item, f"step {field} may be skipped, but the schema requires it")
        elif field not in item.fields or item.fields[field].source not in IDENTITY_SOURCES:
            raise _refused(item, f"field {field} is required, but nothing answers it")
    needs_identity = any(facts.source in IDENTITY_SOURCES for facts in item.fields.values()) or any(
        step.suggestions for step in item.steps
    )
    if needs_identity and item.assurance is Assurance.ANONYMOUS:
        raise _refused(item, "it uses the identity of a person who does not sign in")


def _check_for_others(item: Item) -> None:
    """A helper sees nothing of the person's but what this matter needs: no answer to a question, no case."""
    if not item.for_others:
        return
    if not HELPING.issuperset(item.for_others) or len(item.for_others) != len(set(item.for_others)):
        raise _refused(item, "for others it is done by family, neighbour or helper, each named once")
    if item.kind is ItemKind.QUERY or item.assurance is Assurance.ANONYMOUS:
        raise _refused(item, "only what a known person applies for can be done for others")
    if not reaches(item.assurance, item.assurance_to_submit):
        raise _refused(item, "what needs more proof before it is submitted is done in person")


def _check_for_organisation(item: Item) -> None:
    """Only the province knows who acts for whom, and it says so at the sign-in, once for the whole matter."""
    if item.for_whom is ForWhom.PERSON:
        return
    if item.kind is ItemKind.QUERY:
        raise _refused(
            item, "a query is answered for the person of the session: it cannot be for organisations"
        )
    if item.assurance is Assurance.ANONYMOUS or item.offline is not OfflineRule.NEVER:
        raise _refused(item, "what is done for organisations needs a sign-in, and the province")
    if item.for_others or item.once_per is not OncePer.NONE:
        raise _refused(item, "what is done for organisations is not for others, and not once per person")
    if not reaches(item.assurance, item.assurance_to_submit):
        raise _refused(item, "what is done for organisations is proved once, by the licence")


def _check_assurance(item: Item) -> None:
    """Nobody can be made to show her face: what it proves can be proved without it, and no item asks more."""
    if not reaches(Assurance.CARD_VERIFIED, item.assurance):
        raise _refused(item, "who begins it signs in; whatever is more than that is asked before submitting")
    if not reaches(Assurance.KNOWN_TWICE, item.assurance_to_submit):
        raise _refused(item, "nobody has to show her face: known_twice is the most that may be needed")
    if item.assurance is Assurance.ANONYMOUS and item.assurance_to_submit is not Assurance.ANONYMOUS:
        raise _refused(item, "nobody signs in, and yet more is asked before submitting")


def _check_paper(item: Item) -> None:
    for paper, blocks in (("slip", item.slip), ("document", item.document)):
        for block in blocks:
            if block.value and block.value not in RESERVED_SLIP_VALUES and block.value not in item.fields:
                raise _refused(item, f"its {paper} shows {block.value}, which is no field of it")
    if any(block.kind is SlipBlockKind.ANSWERS for block in item.slip):
        raise _refused(item, "its slip shows all answers; a slip is narrow and soon lost: name single fields")


def _check_offline(item: Item) -> None:
    if item.offline is OfflineRule.NEVER:
        return
    if item.kind is ItemKind.QUERY:
        raise _refused(item, "a query cannot be used offline")
    if item.offline is OfflineRule.SUBMIT:
        if item.deadline_days == 0:
            raise _refused(item, "what may be submitted offline needs a deadline")
        if not all(
            reaches(Assurance.CARD_PRESENT, each) for each in (item.assurance, item.assurance_to_submit)
        ):
            raise _refused(item, "offline a card is present and no more, but it needs more")
