"""The workbook says what the contract says, row for row, read back from its own XML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from contract.data_dictionary import DataDictionary
from contract.structures import closed_sets, fields_of, structs
from province_platform.data_dictionary import main, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(f"xl/{name}.xml"))  # noqa: S314  written by ourselves


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of each sheet by its name (ECMA-376 part 1, 18.3 and 18.4)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = ["".join(item.itertext()) for item in part(archive, "sharedStrings")]
        names = [sheet.attrib["name"] for sheet in part(archive, "workbook").iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            rows = part(archive, f"worksheets/sheet{number}").iter(f"{MAIN}row")
            found[name] = [[shared[int(cell.findtext(f"{MAIN}v", "0"))] for cell in row] for row in rows]
        return found


def test_every_field_and_every_value_has_its_row() -> None:
    found = sheets(workbook())
    assert list(found) == ["接口", "事件", "数据结构", "代码集"]
    assert len(found["数据结构"]) == 1 + sum(len(fields_of(struct)) for struct in structs())
    assert len(found["代码集"]) == 1 + sum(len(list(closed_set)) for closed_set in closed_sets())
    rows = {(row[0], row[2]): row for row in found["数据结构"]}
    deadline = rows[("办件 Case", "deadline")]
    assert deadline[3:8] == ["送达期限", "文本", "10", "否（空）", "年-月-日，或空"]
    assert rows[("办件 Case", "actor")][4] == "办理人", "a link is its text"


def test_it_says_the_same_as_the_document() -> None:
    cells = {cell for rows in sheets(workbook()).values() for row in rows for cell in row}
    for section in DataDictionary().sections():
        assert set(section.header) <= cells
        assert not section.title or section.title in cells
    assert not [cell for cell in cells if "`" in cell or "](#" in cell]


def test_the_same_contract_makes_the_same_bytes() -> None:
    assert workbook() == workbook()


def test_the_command_writes_it_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "数据字典.xlsx"
    assert main([str(file)]) == 0
    assert file.read_bytes() == workbook()
    assert main([str(tmp_path)]) == 1
    assert "Is a directory" in capsys.readouterr().err
