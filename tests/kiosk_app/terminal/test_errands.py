"""An answer finds the matter that it was asked for, and no other."""

from __future__ import annotations

from kiosk_app.terminal.errands import Errands


class Kind:
    """A kind of answer."""


class OtherKind:
    """Another."""


def test_one_errand_of_a_kind_goes_out_at_a_time() -> None:
    errands: Errands[str] = Errands()
    asked: list[str] = []
    for subject in ("first", "second", "third"):
        errands.send(Kind, subject, lambda subject=subject: asked.append(subject))  # type: ignore[misc]
    assert asked == ["first"]
    assert errands.answered(Kind) == "first"
    assert asked == ["first", "second"]
    assert errands.answered(Kind) == "second"
    assert errands.answered(Kind) == "third"
    assert errands.answered(Kind) is None
    assert asked == ["first", "second", "third"]


def test_kinds_do_not_wait_for_each_other() -> None:
    errands: Errands[str] = Errands()
    asked: list[str] = []
    errands.send(Kind, "slow", lambda: asked.append("slow"))
    errands.send(OtherKind, "quick", lambda: asked.append("quick"))
    assert asked == ["slow", "quick"]
    assert errands.answered(OtherKind) == "quick"
    assert errands.under_way(Kind, "slow")
    assert not errands.under_way(OtherKind, "quick")


def test_what_is_dropped_is_never_asked() -> None:
    errands: Errands[str] = Errands()
    asked: list[str] = []
    errands.send(Kind, "first", lambda: asked.append("first"))
    errands.send(Kind, "second", lambda: asked.append("second"))
    errands.clear()
    assert errands.answered(Kind) is None
    assert asked == ["first"]
