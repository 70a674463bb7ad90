"""What was promised, what arrived, and what is wrong between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from offline_store.events import NewEvent


@dataclass(frozen=True, slots=True)
class Promises:
    """What a writer tried to store, in its order, and the ids of what it was told is stored."""

    tried: Mapping[str, NewEvent]
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row at the receiving end. ``content`` is its payload, decoded."""

    id: str
    stream: str
    subject: str
    content: Any


@dataclass(frozen=True, slots=True)
class Figures:
    """``lost`` counts accepted events that are nowhere, ``duplicated`` rows beyond one for each thing,
    ``out_of_order`` rows that stand behind a later one of their subject, ``changed`` rows that are not what
    was handed in."""

    accepted: int = 0
    arrived: int = 0
    lost: int = 0
    duplicated: int = 0
    out_of_order: int = 0
    changed: int = 0

    def __add__(self, other: Figures) -> Figures:
        mine, theirs = asdict(self), asdict(other)
        return Figures(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def are_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.duplicated or self.out_of_order or self.changed)


@dataclass(slots=True)
class _Subject:
    highest: int = -1
    out_of_order: int = 0
    contents: set[tuple[str, str]] = field(default_factory=set)


def reckon(promises: Promises, arrivals: Sequence[Arrival], decoded: Mapping[str, Any]) -> Figures:
    """Compares. ``arrivals`` stand in the order in which they arrived; ``decoded`` is the payload of every
    tried event by its id."""
    ordinals = {event_id: number for number, event_id in enumerate(promises.tried)}
    subjects: dict[str, _Subject] = {}
    changed = duplicated = 0
    seen: set[str] = set()
    for arrival in arrivals:
        subject = subjects.setdefault(arrival.subject, _Subject())
        thing = (arrival.stream, _name_of(arrival.content))
        if arrival.id in seen or thing in subject.contents:
            duplicated += 1
        seen.add(arrival.id)
        subject.contents.add(thing)
        ordinal = ordinals.get(arrival.id)
        if ordinal is None or arrival.content != decoded[arrival.id]:
            changed += 1
            continue
        subject.out_of_order += ordinal < subject.highest
        subject.highest = max(subject.highest, ordinal)
    return Figures(
        accepted=len(promises.accepted),
        arrived=len(seen),
        lost=len(promises.accepted - seen),
        duplicated=duplicated,
        out_of_order=sum(subject.out_of_order for subject in subjects.values()),
        changed=changed,
    )


def _name_of(content: Any) -> str:
    """What makes a payload the thing that it is; two rows about one thing are one too many."""
    for key in ("rating_id", "service_id", "case_id", "uptime_s"):
        if key in content:
            return f"{key} {content[key]}"
    return ""


def total(figures: Iterable[Figures]) -> Figures:
    """The sum."""
    return sum(figures, start=Figures())
