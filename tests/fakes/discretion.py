"""Looking for a person in everything that a value holds: the fields of objects, collections, closures."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec

from kiosk_app.terminal.views import View

OUR_PACKAGES = ("kiosk_app.", "contract.", "foundation.")


def texts_in(value: object, seen: set[int] | None = None) -> Iterator[str]:
    """Every text that can be reached from ``value``, however deep; bytes are read as UTF-8."""
    seen = set() if seen is None else seen
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes | bytearray):
        yield bytes(value).decode("utf-8", "replace")
    elif value is not None and not isinstance(value, int | float | Enum) and id(value) not in seen:
        seen.add(id(value))
        for part in _parts(value):
            yield from texts_in(part, seen)


def _parts(value: object) -> Iterable[object]:
    if type(value).__module__.startswith("tests."):
        return ()  # what a test knows of a person is its own affair
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, types.FunctionType):
        return [cell.cell_contents for cell in value.__closure__ or ()]
    if isinstance(value, types.MethodType):
        return [value.__self__]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, msgspec.Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, Iterable):
        return list(value)
    if type(value).__module__.startswith(OUR_PACKAGES):
        return list(vars(value).values()) if hasattr(value, "__dict__") else _slots(value)
    return ()


def _slots(value: Any) -> list[object]:
    names = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    return [getattr(value, name) for name in names if hasattr(value, name)]


def found_in(value: object, secrets: Iterable[str]) -> set[str]:
    """Which of ``secrets`` can be reached from ``value``."""
    texts = list(texts_in(value))
    return {secret for secret in secrets if any(secret in text for text in texts)}


def shown_of(view: View, secrets: Iterable[str]) -> set[str]:
    """Which of ``secrets`` stand in a view, but for what the person is typing at this moment."""
    body: Any = view.body
    if hasattr(body, "typed"):
        view = dataclasses.replace(view, body=dataclasses.replace(body, typed=""))
    return found_in(view, secrets)
