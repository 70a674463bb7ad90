"""The base of every view model: a frozen dataclass of the machine, seen from QML.

A view model names what it shows and what a person can want on it:

    class GuideModel(Model):
        shows = GuideView
        wishes = (Wish.START, Wish.BACK)

From this it gets a read-only property for each field of the dataclass, in QML's spelling (``leavesWith``),
one signal ``changed``, and a slot for each wish (``wantStart()``, ``wantChooseMatter(code)``). Nothing is
written twice: a field added to the view is there in QML.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal, SignalInstance, Slot

from kiosk_app.terminal.intents import Wish
from screens.rows import Rows, qml_name, qml_value

if typing.TYPE_CHECKING:
    from _typeshed import DataclassInstance

Want = Callable[[Wish, str], None]
"""Takes a wish and its argument (empty if it has none) and returns at once."""

WITH_ARGUMENT = frozenset(
    {Wish.CHOOSE_MATTER, Wish.CHOOSE, Wish.KEY, Wish.WRITE, Wish.CHANGE, Wish.RATE, Wish.TAG}
)
"""The wishes whose intent has an argument (kiosk_app.terminal.intents)."""


class Model(QObject):
    """What one screen shows. Lives in the GUI thread."""

    shows: ClassVar[type[DataclassInstance]]
    wishes: ClassVar[tuple[Wish, ...]] = ()
    changed: SignalInstance

    def __init_subclass__(cls) -> None:
        # Runs before Qt reads the class: it finds properties, signal and slots as if they were written there.
        super().__init_subclass__()
        # Qt finds the signal that a property notifies by only in the property's own class.
        cls.changed = changed = Signal(name="changed")  # type: ignore[assignment]  # becomes an instance on access
        for name, kind in typing.get_type_hints(cls.shows).items():
            setattr(cls, qml_name(name), _property(name, kind, changed))
        for wish in cls.wishes:
            setattr(cls, qml_name(f"want_{wish.value}"), _slot(wish))

    def __init__(self, want: Want) -> None:
        super().__init__()
        self._want = want
        self._value: DataclassInstance | None = None
        self._rows = {
            name: Rows(row_class)
            for name, kind in typing.get_type_hints(self.shows).items()
            if (row_class := _row_class(kind)) is not None
        }

    def show(self, value: DataclassInstance) -> None:
        """Show this value, an instance of ``shows``; what has not changed is left alone."""
        if value == self._value:
            return
        self._value = value
        for name, rows in self._rows.items():
            rows.show(getattr(value, name))
        self.changed.emit()

    def forget(self) -> None:
        """Show nothing: empty text, no rows. No value that was shown is held any longer."""
        self._value = None
        for rows in self._rows.values():
            rows.show(())
        self.changed.emit()

    def _field(self, name: str, nothing: Any) -> Any:
        return nothing if self._value is None else qml_value(getattr(self._value, name))

    def _rows_of(self, name: str) -> Rows:
        return self._rows[name]


def _row_class(kind: Any) -> type[DataclassInstance] | None:
    """Return the dataclass of a ``tuple[ThatDataclass, ...]``."""
    parts = typing.get_args(kind)
    return parts[0] if parts and dataclasses.is_dataclass(parts[0]) else None  # type: ignore[return-value]


def _property(name: str, kind: Any, changed: Signal) -> Property:
    if _row_class(kind) is not None:
        return Property(Rows, lambda self: self._rows_of(name), constant=True)
    if typing.get_origin(kind) is tuple:
        return Property("QStringList", lambda self: self._field(name, []), notify=changed)  # type: ignore[arg-type]
    qt_kind: type = str if issubclass(kind, bytes) else kind
    if issubclass(kind, Enum):
        qt_kind = type(next(iter(kind)).value)
    return Property(qt_kind, lambda self: self._field(name, qt_kind()), notify=changed)


def _slot(wish: Wish) -> Callable[..., None]:
    name = qml_name(f"want_{wish.value}")
    if wish in WITH_ARGUMENT:

        @Slot(str, name=name)
        def want_this(self: Model, argument: str) -> None:
            self._want(wish, argument)

        return want_this

    @Slot(name=name)
    def want(self: Model) -> None:
        self._want(wish, "")

    return want
