"""The structs and closed sets of the wire, as data: what the generated documents are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

import msgspec
import msgspec.inspect as types

from contract import (
    answers,
    block_list,
    clips,
    commands,
    delegation,
    envelope,
    faces,
    handover,
    items,
    news,
    organisation,
    payloads,
    places,
    session,
    sets,
    theme,
)
from contract.sets import Coded

_MODULES = (
    envelope,
    payloads,
    places,
    session,
    answers,
    organisation,
    delegation,
    faces,
    handover,
    commands,
    items,
    theme,
    news,
    block_list,
    clips,
)
_NOT_ON_THE_WIRE = {"RowIdentity", "CommandIdentity", "Payload", "Nothing"}


@dataclass(frozen=True, slots=True)
class WireField:
    """One field. ``longest`` is None where nothing limits it, ``default`` where the field is required."""

    name: str
    zh: str
    type: types.Type
    description: str
    required: bool
    default: object
    longest: int | None
    pattern: str | None
    lowest: float | None
    highest: float | None


def structs() -> list[type[msgspec.Struct]]:
    """Every struct that crosses the wire or is sealed inside one, in the order in which they are written."""
    return [
        member
        for module in _MODULES
        for member in _classes(module)
        if issubclass(member, msgspec.Struct) and member.__name__ not in _NOT_ON_THE_WIRE
    ]


def closed_sets() -> list[type[Coded]]:
    """Every closed set, in the order in which they are written."""
    return [
        member
        for module in (sets, items, theme, clips)
        for member in _classes(module)
        if issubclass(member, Coded) and member is not Coded
    ]


def fields_of(struct: type[msgspec.Struct]) -> list[WireField]:
    """The fields of a struct with everything that their metadata says."""
    described = types.type_info(struct)
    if not isinstance(described, types.StructType):
        raise TypeError(f"{struct.__name__} is no struct")
    return [_facts(field) for field in described.fields]


def _classes(module: ModuleType) -> Iterator[type]:
    for member in vars(module).values():
        if isinstance(member, type) and member.__module__ == module.__name__:
            yield member


def _facts(field: types.Field) -> WireField:
    bare, chinese, description = field.type, "", ""
    if isinstance(bare, types.Metadata):
        chinese = (bare.extra or {}).get("zh", "")
        description = (bare.extra_json_schema or {}).get("description", "")
        bare = bare.type
    default: object = field.default
    if field.default_factory is not msgspec.NODEFAULT:
        default = field.default_factory()
    return WireField(
        name=field.encode_name,
        zh=chinese,
        type=bare,
        description=description,
        required=field.required,
        default=None if field.required else default,
        longest=getattr(bare, "max_length", None),
        pattern=getattr(bare, "pattern", None),
        lowest=getattr(bare, "ge", None),
        highest=getattr(bare, "le", None),
    )
