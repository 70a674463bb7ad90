"""Items for the tests: the reference items as they are published, and forms built for one purpose."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from contract.item_checks import decode_batch_document
from contract.items import Item, ItemBatch, LocalText

REFERENCE_ITEMS = Path(__file__).parents[2] / "province_platform" / "reference_items"

QUERY = "pension-payments"
ONLINE_FORM = "residence-permit-endorsement"
OFFLINE_FORM = "elder-allowance"
CALL_BACK = "call-back"
NOT_HERE = "passport-renewal"
LICENCE_FORM = "disability-subsidy"


@cache
def reference_batch() -> ItemBatch:
    """The batch that the reference platform publishes."""
    document = json.loads((REFERENCE_ITEMS / "batch.json").read_text(encoding="utf-8"))
    document["items"] = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((REFERENCE_ITEMS / "items").glob("*.json"))
    ]
    return decode_batch_document(json.dumps(document).encode("utf-8"))


def reference_item(code: str) -> Item:
    """One item of the reference batch."""
    item = reference_batch().find(code)
    if item is None:
        raise LookupError(code)
    return item


def a_batch_of(*items: Item, batch_id: str = "tests.1") -> ItemBatch:
    """The reference batch's notice with these items, checked as any published batch is."""
    batch = msgspec.structs.replace(reference_batch(), batch_id=batch_id, items=list(items))
    return decode_batch_document(msgspec.json.encode(batch))


def text(zh: str, en: str = "") -> dict[str, str]:
    """A text in both languages."""
    return {"zh": zh, "en": en or zh}


def a_step(field: str, widget: str, **more: Any) -> dict[str, Any]:
    """A step that asks for ``field``; choices have the options ``one`` and ``two`` unless told otherwise."""
    options = [{"value": value, "label": text(value)} for value in more.pop("options", ("one", "two"))]
    step: dict[str, Any] = {"field": field, "widget": widget, "question": text(f"{field}？"), **more}
    if widget in ("choice", "several"):
        step["options"] = options
    if widget == "licence":
        step.setdefault("licence", field)
    return step


def a_form(code: str, *steps: dict[str, Any], **more: Any) -> Item:
    """A form with these steps; ``sources`` and ``properties`` name what is not a plain text of the person.

    ``sources`` maps a field to its source, and may name fields that no step asks for.
    """
    sources: dict[str, str] = more.pop("sources", {})
    sensitivities: dict[str, str] = more.pop("sensitivities", {})
    names = [step["field"] for step in steps] + [name for name in sources if name not in _fields(steps)]
    properties = {name: {"type": "string"} for name in names}
    properties |= {step["field"]: {"type": "array"} for step in steps if step["widget"] == "several"}
    properties |= more.pop("properties", {})
    required = [step["field"] for step in steps if not step.get("optional")]
    item = {
        "code": code,
        "version": 1,
        "task_code": "11420000MB000211094420511006001",
        "kind": "form",
        "service_kind": "application",
        "title": text(f"事项{code}", f"Matter {code}"),
        "summary": text("一句话", "One sentence"),
        "authority": text("机关", "Authority"),
        "needs": [text("身份证", "ID card")],
        "minutes": 2,
        "leaves_with": text("一张凭条", "A slip"),
        "assurance": "card_present",
        "capabilities": ["sign_in", "slip"],
        "schema": {"type": "object", "properties": properties, "required": required},
        "fields": {
            name: {
                "label": text(f"{name}项", name),
                "purpose": text("用途", "Purpose"),
                "source": sources.get(name, "person"),
                "sensitivity": sensitivities.get(name, "personal"),
            }
            for name in names
        },
        "steps": list(steps),
        "submit_label": text("提交", "Submit"),
        "outcome": text("已提交。", "Submitted."),
        "slip": [{"kind": "heading"}, {"kind": "receipt_number"}],
        **more,
    }
    return msgspec.convert(item, Item)


def _fields(steps: tuple[dict[str, Any], ...]) -> set[str]:
    return {step["field"] for step in steps}


def both(zh: str, en: str) -> LocalText:
    """A text of the contract."""
    return LocalText(zh, en)
