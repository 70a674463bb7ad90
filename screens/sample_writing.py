"""Examples of questions that are answered in words; see screens/samples.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.views import Option, QuestionView, Widget
from screens.sample_matters import phone
from screens.sample_pages import Say
from screens.writing import COMPOSING_WAYS, PLAIN_WAYS, Line


def words(say: Say) -> QuestionView:
    """Return a question that is answered in words, with what may be chosen instead."""
    return replace(
        phone(say),
        matter=say("我要咨询", "Ask a question"),
        step=2,
        question=say("是哪里的事？", "Which place?"),
        help=say("写到区县或街道就行。", "A district is enough."),
        widget=Widget.TEXT,
        options=(
            Option(
                "identity.address",
                say("湖北省武汉市****", "湖北省武汉市****"),
                say("来自您的身份证", "From your ID card"),
                of_person=True,
            ),
            Option("武汉市", say("武汉市", "Wuhan")),
            Option("宜昌市", say("宜昌市", "Yichang")),
        ),
        typed="",
        placeholder="",
        maximum_length=60,
        can_go_on=False,
        optional=False,
    )


def words_written(say: Say) -> QuestionView:
    """Return a question in the middle of being answered in words."""
    return replace(words(say), options=(), typed="湖北省恩施土家族苗族自治州", can_go_on=True)


def writing(name: str) -> tuple[Line, tuple[str, ...]]:
    """Return what stands between the keys and the field on the example of this name."""
    ways = (*COMPOSING_WAYS, *PLAIN_WAYS)
    if name != "question_writing":
        return Line(), ways
    candidates = (
        "利川市",
        "利川",
        "力传",
        "李",
        "里",
        "立",
        "力",
        "利",
        "离",
        "䶮",
        "理",
        "丽",
        "礼",
        "历",
        "例",
    )
    called = {"李": "李，行李的李", "利": "利，利益的利", "䶮": "䶮，读音 yan"}
    return Line("li chuan", tuple((text, called.get(text, text)) for text in candidates)), ways
