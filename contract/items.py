"""Items: what a citizen can do, as signed data from the province.

A new government service is a new item, never new code. The batch is signed over its exact bytes
(``contract.signing``), so it is stored and passed on as bytes.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from contract.fields import moment, named, rows, text, whole
from contract.sets import (
    Assurance,
    Coded,
    ForWhom,
    ItemKind,
    OfflineRule,
    OncePer,
    Relation,
    Sensitivity,
    ServiceKind,
)


class LocalText(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: Annotated[str, text("中文", 2000)]
    en: Annotated[str, text("英文", 4000)]

    def read(self, language: str) -> str:
        """The text in ``language`` (``zh`` or ``en``)."""
        return self.en if language == "en" else self.zh


class StepWidget(Coded):
    """The closed list of ways to answer one step."""

    CHOICE = "choice", "单选", "one of the options"
    SEVERAL = "several", "多选", "any of the options"
    DIGITS = "digits", "数字键盘", "figures from a pad"
    TEXT = "text", "书写", "words, written by finger or by keys, or chosen from what is offered first"
    DATE = "date", "日期", "a day"
    CONFIRM = "confirm", "确认已有信息", "a value from a source, to be confirmed"
    LICENCE = "licence", "调用电子证照", "an electronic licence instead of an upload"
    CAPTURE = "capture", "高拍材料", "a paper under the camera; the answer is the digest of its sealed file"
    OWN_CASE = (
        "own_case",
        "选择本人办件",
        "one of the person's own cases: where it stands, and its slip again",
    )


class Source(Coded):
    """Where a value comes from without being asked for."""

    PERSON = "person", "本人填写", "answered by the person"
    NAME = "identity.name", "身份信息：姓名", "name of the signed-in person"
    NUMBER = "identity.number", "身份信息：公民身份号码", "identity number of the signed-in person"
    ADDRESS = "identity.address", "身份信息：住址", "address of the signed-in person"
    BIRTH_DATE = "identity.birth_date", "身份信息：出生日期", "date of birth of the signed-in person"
    LICENCE = "licence", "电子证照", "an electronic licence"


IDENTITY_SOURCES = frozenset({Source.NAME, Source.NUMBER, Source.ADDRESS, Source.BIRTH_DATE})
"""The sources that the identity of a signed-in person answers without a question."""


class SlipBlockKind(Coded):
    """The closed list of blocks of a slip."""

    HEADING = "heading", "标题", "heading"
    PARAGRAPH = "paragraph", "段落", "paragraph"
    PAIR = "pair", "名称与值", "label and value"
    RECEIPT_NUMBER = "receipt_number", "提交凭条号", "receipt number, large"
    FACTS = "facts", "查询结果", "the facts of the query's answer"
    ANSWERS = "answers", "填报内容", "the answers as the person checked them; on a document only"
    NEXT_STEPS = "next_steps", "后续", "what happens next"
    RULE = "rule", "横线", "a line across"
    CODE = "code", "二维码", "QR code of the receipt"
    SMALL_PRINT = "small_print", "小字", "small print"


class FieldFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a field is, how sensitive, where it comes from, and what for (shown before it is asked)."""

    label: Annotated[LocalText, named("名称")]
    purpose: Annotated[LocalText, named("用途", "said before it is asked")]
    sensitivity: Annotated[Sensitivity, named("敏感程度")] = Sensitivity.PERSONAL
    source: Annotated[Source, named("来源")] = Source.PERSON


class StepOption(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a step."""

    value: Annotated[str, text("取值", 64)]
    label: Annotated[LocalText, named("选项文字")]
    hint: Annotated[LocalText | None, named("选项说明")] = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One question on one screen. ``field`` names the property of the item's schema that it answers."""

    field: Annotated[str, text("字段", 64)]
    widget: Annotated[StepWidget, named("作答方式")]
    question: Annotated[LocalText, named("问题")]
    help: Annotated[LocalText | None, named("帮助")] = None
    options: Annotated[list[StepOption], rows("选项", 40)] = []
    optional: Annotated[bool, named("可不填")] = False
    suggestions: Annotated[
        list[Source], rows("可直接选用的来源", 4, "for text: what the identity says, offered before writing")
    ] = []
    maximum_length: Annotated[int, whole("最长", 1, 200, "in characters")] = 18
    allow_x: Annotated[bool, named("可含X", "the pad offers X as the last character")] = False
    format: Annotated[str, text("格式", 32, "mobile, identity_number or empty")] = ""
    licence: Annotated[str, text("证照类型", 64, "for the widget licence")] = ""
    problem: Annotated[
        LocalText | None,
        named("不符时提示", "what to say when the answer does not fit; a general sentence otherwise"),
    ] = None


RESERVED_SLIP_VALUES = frozenset(
    {"$state", "$terminal", "$place", "$time", "$case_number", "$name", "$hear_by", "$title"}
)
"""What a slip may show that is no field of the item."""


class SlipBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A block of the slip or of the document.

    ``value`` names what is shown: a field, or a reserved word.
    Reserved: see :data:`RESERVED_SLIP_VALUES`; ``$name`` is masked.
    """

    kind: Annotated[SlipBlockKind, named("内容块")]
    label: Annotated[LocalText | None, named("文字")] = None
    value: Annotated[str, text("取值", 64, "a field, or a reserved word")] = ""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """The privacy notice: three lines, then the whole (个人信息保护法 art. 17)."""

    version: Annotated[str, text("版本", 32)]
    lines: Annotated[list[LocalText], rows("要点", 3)]
    whole: Annotated[list[LocalText], rows("全文段落", 40)]
    drafts_kept_days: Annotated[
        int,
        whole(
            "草稿保留天数", 0, 30, "0 unless this notice says that an unfinished form is kept, and how long"
        ),
    ] = 0


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One matter (事项) as the terminal shows and runs it."""

    code: Annotated[str, text("事项编号", 64, pattern=r"^[a-z0-9-]+$(?!\n)")]
    version: Annotated[int, whole("版本", 1)]
    task_code: Annotated[str, text("实施编码", 50)]
    handle_code: Annotated[str, text("业务办理项编码", 50)] = ""
    kind: Annotated[ItemKind, named("办件方式")]
    service_kind: Annotated[ServiceKind, named("环节")]
    title: Annotated[LocalText, named("事项名称")]
    summary: Annotated[LocalText, named("一句话介绍")]
    authority: Annotated[LocalText, named("实施机关")]
    needs: Annotated[list[LocalText], rows("需要准备", 8)]
    minutes: Annotated[int, whole("约需分钟", 1, 60)]
    leaves_with: Annotated[LocalText, named("办完能带走")]
    assurance: Annotated[
        Assurance,
        named("核验等级", "the least that beginning needs; with anonymous nobody signs in"),
    ]
    assurance_to_submit: Annotated[
        Assurance,
        named("提交所需核验等级", "known_twice: more is asked of the person before she submits"),
    ] = Assurance.ANONYMOUS
    offline: Annotated[OfflineRule, named("离线规则")] = OfflineRule.NEVER
    once_per: Annotated[
        OncePer, named("申请次数", "who has applied is told where and when, instead of applying again")
    ] = OncePer.NONE
    for_whom: Annotated[
        ForWhom, named("办理对象", "organisation: whoever begins shows its electronic business licence")
    ] = ForWhom.PERSON
    for_others: Annotated[
        list[Relation], rows("可代办关系", 3, "who may do it for somebody else; empty: everybody in person")
    ] = []
    deadline_days: Annotated[int, whole("送达期限（天）", 0, 365)] = 0
    hear_within_days: Annotated[int, whole("答复期限（天）", 0, 365)] = 0
    capabilities: Annotated[
        list[Annotated[str, text("能力", 32)]],
        rows("所需能力", 16, "such as sign_in, slip, fingerprint"),
    ] = []
    elsewhere: Annotated[
        LocalText | None, named("别处可办", "where it can be done when this terminal cannot")
    ] = None
    home_rank: Annotated[int, whole("首页次序", 0, 999)] = 500
    on_home: Annotated[bool, named("在首页列出")] = True
    schema: Annotated[
        dict[str, Any],
        named(
            "填报内容结构",
            "JSON Schema 2020-12 of the answers; an object with a property for every field",
        ),
    ]
    fields: Annotated[dict[str, FieldFacts], named("填报字段")]
    steps: Annotated[list[Step], rows("步骤", 40)]
    declaration: Annotated[LocalText | None, named("承诺")] = None
    submit_label: Annotated[LocalText, named("提交按钮文字")]
    outcome: Annotated[
        LocalText, named("提交后的结果", "what a submission came to, said after the platform has it")
    ]
    next_steps: Annotated[list[LocalText], rows("后续", 6)] = []
    slip: Annotated[list[SlipBlock], rows("凭条", 40)]
    document: Annotated[
        list[SlipBlock],
        rows("A4文件", 60, "what may be printed on A4 after it is done; empty when nothing may"),
    ] = []
    notice: Annotated[Notice | None, named("告知书", "of its own; otherwise that of the batch")] = None


class ItemBatch(msgspec.Struct, frozen=True, kw_only=True):
    """事项批次: the items of a region from a moment on, with the notice that goes before them."""

    batch_id: Annotated[str, text("批次编号", 64)]
    region_code: Annotated[str, text("行政区划", 12)]
    effective_at: Annotated[str, moment("生效时间")]
    notice: Annotated[Notice, named("告知书")]
    items: Annotated[list[Item], named("事项")]
    face_consent: Annotated[
        Notice | None, named("刷脸告知与同意", "asked by itself, each time; without one no face is compared")
    ] = None
    confirmed_kept_days: Annotated[
        int, whole("已送达记录保留天数", 1, 3650, "rows without content; what is not delivered never goes")
    ] = 30

    def find(self, code: str) -> Item | None:
        """The item with this code, or None."""
        return next((item for item in self.items if item.code == code), None)
