"""A module over 400 lines or a class over 12 public methods is split, or says here why it is better whole."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import committed, product_modules

LINES_AT_MOST = 400
PUBLIC_METHODS_AT_MOST = 12

LONG_MODULES: dict[str, str] = {
    "foundation/errors.py": "the catalogue of codes: whoever looks one up finds all of them in one place",
}
"""Path: why it is better whole."""

WIDE_CLASSES: dict[str, str] = {
    "demo/visit.py:Visit": "a word for each thing that a person does at a terminal: stories read like speech",
    "drivers/transports/usbip_bus.py:UsbIpBus": "a backend of pyusb: these methods are what pyusb calls",
}
"""Path:Class: why it is better whole."""


def test_no_module_is_long_without_a_reason(repository: Path) -> None:
    lengths = {
        str(name): len((repository / name).read_text(encoding="utf-8").splitlines())
        for name in committed(repository, "*.py", "*.qml", "*.sh")
    }
    long = {name for name, lines in lengths.items() if lines > LINES_AT_MOST}
    assert long == set(LONG_MODULES), (
        "split it, or say in LONG_MODULES why not (and take back what is short again)"
    )


def test_no_class_is_wide_without_a_reason(repository: Path) -> None:
    wide = {
        f"{name}:{node.name}"
        for name, module in product_modules(repository)
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and _public_methods(node) > PUBLIC_METHODS_AT_MOST
    }
    assert wide == set(WIDE_CLASSES), (
        "split it, or say in WIDE_CLASSES why not (and take back what is narrow again)"
    )


def _public_methods(node: ast.ClassDef) -> int:
    return sum(
        isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_")
        for member in node.body
    )
