"""The data dictionary (数据字典): every struct, field, value, event and call in Chinese, as Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import msgspec.inspect as types

from contract import fields
from contract.envelope import stream_of
from contract.event_types import PAYLOADS
from contract.operations import OPERATIONS, Caller, Operation
from contract.sets import Coded
from contract.structures import WireField, closed_sets, fields_of, structs

_CALLERS = {
    Caller.ANYONE: "任何一方",
    Caller.TERMINAL: "终端（双向证书）",
    Caller.CITIZEN: "终端（双向证书＋群众会话）",
}
_PATTERNS = {
    fields.UUID_PATTERN: "UUID 第4版，小写",
    fields.TIME_PATTERN: "时间，如 `2026-11-21T02:10:07.123Z`",
    fields.DATE_PATTERN: "年-月-日，如 `2026-11-21`",
    fields.DATE_OR_EMPTY_PATTERN: "年-月-日，或空",
    fields.DECIMAL_PATTERN: "十进制整数，不带前导零",
}
_INTRODUCTION = """\
# 数据字典

店小二终端与省平台之间传送的全部数据。本文由 `python -m contract.documents` 生成，与程序所用的是同一份定义。
接口的机读描述见 [openapi.json](openapi.json)。

- 编码 UTF-8，格式 JSON。金额为整数分。
- 时间按 RFC 3339，一律为协调世界时（UTC）到毫秒；只有给人看的文字用北京时间。
- 接收方不认识的字段一律忽略，旧平台可以接新终端。
- 个人信息只以密封形式（JWE，RFC 7516）传送和保存；在明处的只有路由、统计和数据标准所需的字段。
- 长度：文本为字符数，列表为条数。必填为“否”的，括号内是缺省值。
"""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a ``chapter`` (接口, 事件, 数据结构, 代码集), about one thing or, without a title, all.

    Cells are Markdown: links and code in backticks.
    """

    chapter: str
    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class DataDictionary:
    """Writes the dictionary. The Chinese notes are read once, when it is made."""

    def __init__(self) -> None:
        """Raises ``OSError`` or ``ValueError`` when the notes cannot be read."""
        notes = Path(__file__).with_name("data_dictionary_zh.toml").read_text(encoding="utf-8")
        self._notes = tomllib.loads(notes)

    def markdown(self) -> str:
        """The whole document. Raises ``KeyError`` for a struct, set or call without a Chinese name."""
        parts, chapter = [_INTRODUCTION], ""
        for section in self.sections():
            if section.chapter != chapter:
                chapter = section.chapter
                parts.append(f"## {chapter}")
            if section.title:
                parts += [f"### {section.title}", section.note]
            parts.append(_table(section.header, section.rows))
        return "\n\n".join(part.strip("\n") for part in parts) + "\n"

    def sections(self) -> Iterator[Section]:
        """Every table, in the order of the document. Raises as :meth:`markdown` does."""
        yield self._operations()
        yield self._events()
        yield from (self._struct(struct) for struct in structs())
        yield from (self._closed_set(closed_set) for closed_set in closed_sets())

    def described(self) -> dict[str, dict[str, set[str]]]:
        """What the notes speak of: names by kind (``struct``, ``set``, ``operation``), fields by struct."""
        return {
            "operation": {name: set() for name in self._notes["operation"]},
            "struct": {name: set(about.get("fields", {})) for name, about in self._notes["struct"].items()},
            "set": {name: set() for name in self._notes["set"]},
        }

    def _operations(self) -> Section:
        rows = tuple(
            (
                operation.zh,
                f"`{operation.method} {operation.path}`",
                _CALLERS[operation.caller],
                self._body(operation),
                self._link(operation.answer),
                f"{operation.timeout_s:g}",
                self._notes["operation"][operation.name],
            )
            for operation in OPERATIONS
        )
        header = ("名称", "方法与路径", "调用方", "请求", "应答", "时限（秒）", "说明")
        return Section("接口", "", "", header, rows)

    def _body(self, operation: Operation) -> str:
        if operation.request is list:
            return self._link_to("CloudEvent", "事件信封") + "的列表"
        if operation.request is bytes:
            return "文件的字节"
        return "—" if operation.request is None else self._link(operation.request)

    def _events(self) -> Section:
        rows = []
        for type_, payload in PAYLOADS.items():
            stream = stream_of(type_)
            name = "" if stream is None else stream.zh
            rows.append(
                (name, f"`{type_}`", self._link(payload), self._notes["struct"][payload.__name__]["note"])
            )
        return Section("事件", "", "", ("流", "事件类型", "内容", "说明"), tuple(rows))

    def _struct(self, struct: type[msgspec.Struct]) -> Section:
        about = self._notes["struct"][struct.__name__]
        notes = about.get("fields", {})
        rows = tuple(self._row(field, notes.get(field.name, "")) for field in fields_of(struct))
        header = ("字段", "中文名", "类型", "长度", "必填", "取值", "说明")
        return Section("数据结构", f"{about['name']} {struct.__name__}", about["note"], header, rows)

    def _row(self, field: WireField, note: str) -> tuple[str, ...]:
        longest = "" if field.longest is None else str(field.longest)
        required = "是" if field.required else f"否（{_default(field.default)}）"
        return (f"`{field.name}`", field.zh, self._type(field.type), longest, required, _values(field), note)

    def _type(self, type_: types.Type) -> str:
        match type_:
            case types.Metadata():
                return self._type(type_.type)
            case types.StrType():
                return "文本"
            case types.IntType():
                return "整数"
            case types.FloatType():
                return "小数"
            case types.BoolType():
                return "是否"
            case types.EnumType():
                return self._link(type_.cls)
            case types.StructType():
                return self._link(type_.cls)
            case types.ListType():
                return self._type(type_.item_type) + "的列表"
            case types.DictType():
                return f"{self._type(type_.key_type)}→{self._type(type_.value_type)}"
            case types.UnionType():
                return self._union(type_)
        return "任意 JSON"

    def _union(self, type_: types.UnionType) -> str:
        inner = [self._type(one) for one in type_.types if not isinstance(one, types.NoneType)]
        return " 或 ".join(inner) + ("，可为空" if len(inner) < len(type_.types) else "")

    def _closed_set(self, closed_set: type[Coded]) -> Section:
        about = self._notes["set"][closed_set.__name__]
        rows = tuple((f"`{member.value}`", member.zh, member.en) for member in closed_set)
        title = f"{about['name']} {closed_set.__name__}"
        return Section("代码集", title, about["note"], ("代码", "中文", "英文"), rows)

    def _link(self, kind: type) -> str:
        if kind.__name__ == "Nothing":
            return "空对象"
        section = "struct" if issubclass(kind, msgspec.Struct) else "set"
        return self._link_to(kind.__name__, self._notes[section][kind.__name__]["name"])

    @staticmethod
    def _link_to(name: str, chinese: str) -> str:
        return f"[{chinese}](#{chinese.lower()}-{name.lower()})"


def _default(value: object) -> str:
    match value:
        case "":
            return "空"
        case None:
            return "无"
        case bool():
            return "是" if value else "否"
        case Coded():
            return f"`{value.value}`"
        case []:
            return "空列表"
        case {}:
            return "空对象"
        case msgspec.Struct():
            return "各字段缺省"
    return f"`{value}`"


def _values(field: WireField) -> str:
    if field.pattern is not None:
        return _PATTERNS.get(field.pattern) or _pattern(field.pattern)
    match (field.lowest, field.highest):
        case (None, None):
            return ""
        case (lowest, None):
            return f"≥ {lowest:g}"
        case (lowest, highest):
            return f"{lowest:g} 至 {highest:g}"


def _pattern(pattern: str) -> str:
    figures = re.fullmatch(r"\^\[0-9\]\{(\d+)\}\$", pattern)
    if figures is not None:
        return f"{figures[1]}位数字"
    readable = pattern.removesuffix(r"(?!\n)").replace("|", r"\|")
    return f"`{readable}`"


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
