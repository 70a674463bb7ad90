"""What a person is told before she agrees to something: the notice, and the question about her face."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The privacy notice, layered: three lines, then the whole."""

    matter: str
    lines: tuple[str, ...]
    whole: tuple[str, ...]
    """Paragraphs of the whole notice."""
    version: str
    whole_shown: bool


@dataclass(frozen=True, slots=True)
class FaceConsentView:
    """Whether a face may be compared: three lines, then the whole; yes and no weigh the same.

    ``guardian`` is said to somebody under 14, and empty for everybody else.
    """

    matter: str
    lines: tuple[str, ...]
    whole: tuple[str, ...]
    version: str
    whole_shown: bool
    guardian: str = ""
