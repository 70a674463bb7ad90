"""What assistive technology finds on a screen."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleInterface

PRESSED_ROLES = frozenset({QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton})
"""What can be pressed."""


def walk(root: QAccessibleInterface) -> list[QAccessibleInterface]:
    """Return what can be seen below this node of the accessibility tree, in its order."""
    found = []
    for number in range(root.childCount()):
        child = root.child(number)
        if not child.isValid() or child.state().invisible:
            continue
        found.append(child)
        found.extend(walk(child))
    return found


def says(node: QAccessibleInterface) -> str:
    """Return what a node says: its name, and what is told of it beside that; empty when it says nothing."""
    description = node.text(QAccessible.Text.Description)
    name = node.text(QAccessible.Text.Name)
    return f"{name}，{description}" if name and description else name
