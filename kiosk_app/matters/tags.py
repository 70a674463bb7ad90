"""Rating tags: the national default set of evalDetail codes, by level.

Sets are versioned centrally and never added to or removed from locally; the first figure is the level of
the interfaces in use (5 = very satisfied), which is why it is kept apart from our own words for levels.
The words are in words/*.toml under ``tags``.
"""

from __future__ import annotations

from contract.sets import Satisfaction

TAG_SET = "national-2020"
MOST_TAGS = 8

_TAGS = {
    Satisfaction.VERY_SATISFIED: range(510, 518),
    Satisfaction.SATISFIED: range(406, 414),
    Satisfaction.NEUTRAL: range(307, 315),
    Satisfaction.DISSATISFIED: range(207, 215),
    Satisfaction.VERY_DISSATISFIED: range(108, 116),
}


def tags_of(level: Satisfaction) -> tuple[str, ...]:
    """The codes offered for a level, in the order of the national set."""
    return tuple(str(code) for code in _TAGS[level])
