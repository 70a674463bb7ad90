"""A tuple of frozen dataclasses as a list that QML can repeat over."""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtQml import QmlElement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST_ROLE = Qt.ItemDataRole.UserRole + 1


def qml_name(python_name: str) -> str:
    """Return ``leaves_with`` as ``leavesWith``, the way QML writes names."""
    first, *rest = python_name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def qml_value(value: Any) -> Any:
    """Return a field's value as QML reads it: enums by value, tuples as lists, pictures as a data URL."""
    if isinstance(value, bytes):  # RFC 2397; QML's Image reads it from memory
        return f"data:image/jpeg;base64,{b64encode(value).decode('ascii')}" if value else ""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [qml_value(part) for part in value]
    return value


@QmlElement
class Rows(QAbstractListModel):
    """The rows of one field of a view; each field of the row's class is a role of the same name.

    ``show`` touches only what differs: a row which stays keeps its item, its focus and its pressed look.
    """

    def __init__(self, row_class: type[DataclassInstance]) -> None:
        super().__init__()
        self._fields = [field.name for field in dataclasses.fields(row_class)]
        self._rows: list[DataclassInstance] = []

    def show(self, rows: Sequence[DataclassInstance]) -> None:
        """Replace the rows by these."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self._rows[number]:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the fields of the row's class, in QML's spelling."""
        names = [QByteArray(qml_name(name).encode()) for name in self._fields]
        return dict(enumerate(names, start=_FIRST_ROLE))

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _FIRST_ROLE) -> Any:
        """Return one field of one row."""
        if not index.isValid() or not 0 <= role - _FIRST_ROLE < len(self._fields):
            return None
        return qml_value(getattr(self._rows[index.row()], self._fields[role - _FIRST_ROLE]))
