"""What the page of the camera before a person shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceView:
    """The camera. ``advice`` is what to do now or what came of it; no picture is shown, and none is kept."""

    matter: str
    advice: str
    lamp: str
    """That the camera is open, and its lamp lit; empty when it is not."""
    is_problem: bool = False
    working: bool = False
    can_retry: bool = False
