"""Examples of what was begun another time; see screens/samples.py."""

from __future__ import annotations

from kiosk_app.terminal.views import Fact, Option, QuestionView, Widget
from screens.sample_pages import Say, allowance


def draft_found(say: Say) -> QuestionView:
    """Return the offer of what was begun another time."""
    return QuestionView(
        matter=allowance(say),
        step=0,
        steps=0,
        question=say("上次填到一半，接着填吗？", "You began this before. Go on with it?"),
        help=say("还有1项也留着。", "1 more answers are kept too."),
        widget=Widget.CONFIRM,
        options=(
            Option("resume", say("接着上次填", "Go on with it")),
            Option(
                "anew",
                say("重新填", "Begin anew"),
                say("上次填的会删掉", "What you entered before is deleted"),
            ),
        ),
        facts=(
            Fact(say("发到哪里", "Paid to"), say("社会保障卡", "My social-security card")),
            Fact(
                say("申领哪项", "Subsidies"),
                say("困难残疾人生活补贴、重度残疾人护理补贴", "Living subsidy, care subsidy"),
            ),
            Fact(say("有事打哪个手机", "May be called"), "138****0126"),
            Fact(say("现在和谁住", "Living with"), say("自己住", "alone")),
        ),
        source=say("来自您上次填的", "What you entered before"),
    )


def draft_kept(say: Say) -> str:
    """Return what the farewell says of a form that is kept."""
    return say(
        "没填完的加密留在本机到11月28日（星期六）。只有您本人再来才打得开。",
        "What you began is kept here, sealed, until 28 November (Saturday). "
        "Only you can open it, by signing in.",
    )
