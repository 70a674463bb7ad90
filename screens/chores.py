"""What is made from the sources and committed with them: ``python -m screens.chores types words lint``.

``types``  writes screens.qmltypes: what QML may know of the view models, for qmllint and editors.
``words``  brings words/*.ts up to date with the sources and compiles them to *.qm.
``lint``   runs qmllint over every QML file; a single warning fails.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QMetaMethod, QMetaObject, QObject

from screens.holding import Holding
from screens.model import Model
from screens.reader import Reader
from screens.rows import Rows
from screens.signing import Signing
from screens.terminal import MODELS, AidsModel, IdleWarningModel, LookModel, TerminalModel, TopLineModel
from screens.writing import WritingModel

FOLDER = Path(__file__).parent
TYPES = FOLDER / "screens.qmltypes"
LANGUAGES = ("en",)


def qml_files() -> list[Path]:
    """Return every QML file, in a fixed order."""
    return sorted(FOLDER.rglob("*.qml"))


def qml_types() -> str:
    """Describe the classes that QML sees, in the format of Qt's own *.qmltypes files."""
    models: list[type[Model]] = [*MODELS.values(), TopLineModel, AidsModel, LookModel, IdleWarningModel]
    described = [
        _component(Rows, "QAbstractListModel"),
        *(_component(model, "QObject") for model in models),
        _component(WritingModel, "QObject"),
        _component(TerminalModel, "QObject"),
        _component(Reader, "QObject"),
        _component(Holding, "QObject"),
        _component(Signing, "QObject"),
    ]
    return "import QtQuick.tooling 1.2\n\nModule {\n" + "".join(described) + "}\n"


def _component(described: type[QObject], prototype: str) -> str:
    name = described.__name__
    meta: QMetaObject = described.staticMetaObject  # type: ignore[attr-defined]  # not in the stubs
    own = [
        *(_property(meta, number) for number in range(meta.propertyOffset(), meta.propertyCount())),
        *(_method(meta.method(number)) for number in range(meta.methodOffset(), meta.methodCount())),
    ]
    return f"""    Component {{
        name: "{name}"
        accessSemantics: "reference"
        prototype: "{prototype}"
        exports: ["screens/{name} 1.0"]
        isCreatable: false
        exportMetaObjectRevisions: [256]
{"".join(own)}    }}
"""


def _property(meta: QMetaObject, number: int) -> str:
    described = meta.property(number)
    name, kind = str(described.name()), str(described.typeName())
    changes = "isPropertyConstant: true"
    if described.hasNotifySignal():
        changes = f'notify: "{_text(described.notifySignal().name())}"'
    traits = ("isPointer: true; " if kind.endswith("*") else "") + "isReadonly: true; " + changes
    return f'        Property {{ name: "{name}"; type: "{kind.rstrip("*")}"; {traits} }}\n'


def _method(described: QMetaMethod) -> str:
    kind = "Signal" if described.methodType() == QMetaMethod.MethodType.Signal else "Method"
    parameters = "".join(
        f' Parameter {{ name: "argument"; type: "{_text(each)}" }}' for each in described.parameterTypes()
    )
    return f'        {kind} {{ name: "{_text(described.name())}";{parameters} }}\n'


def _text(name: QByteArray) -> str:
    return bytes(name.data()).decode()


def make_types() -> int:
    """Write screens.qmltypes."""
    TYPES.write_text(qml_types(), encoding="utf-8")
    return 0


def make_words(folder: Path = FOLDER / "words") -> int:
    """Bring the translations in this folder up to date with the sources, and compile them."""
    for language in LANGUAGES:
        source, compiled = folder / f"{language}.ts", folder / f"{language}.qm"
        files = [str(file.relative_to(FOLDER)) for file in qml_files()]
        update = ["pyside6-lupdate", *files, "-source-language", "zh_CN", "-target-language", language]
        update += ["-locations", "none", "-no-obsolete", "-ts", str(source)]
        if failed := _run(update) or _run(["pyside6-lrelease", str(source), "-qm", str(compiled)]):
            return failed
    return 0


def lint() -> int:
    """Run qmllint over every file."""
    files = [str(file.relative_to(FOLDER)) for file in qml_files()]
    return _run(["pyside6-qmllint", "--max-warnings", "0", "-I", str(FOLDER.parent), *files])


def _run(command: list[str]) -> int:
    tool = Path(sys.executable).parent / command[0]
    return subprocess.run([str(tool), *command[1:]], cwd=FOLDER, check=False).returncode


CHORES = {"types": make_types, "words": make_words, "lint": lint}


def main(names: list[str]) -> int:
    """Do the named chores, and return the first exit code that is not zero."""
    return next((code for name in names if (code := CHORES[name]())), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
