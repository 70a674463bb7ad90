"""Examples of the pages on which one person helps another; see screens/samples.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.helping_views import AgreementView, HelpingView
from kiosk_app.terminal.option import Option
from kiosk_app.terminal.views import SignInView
from screens.sample_pages import Say, allowance, sign_in


def helping(say: Say) -> HelpingView:
    """Return the relations in which one may help."""
    return HelpingView(
        matter=allowance(say),
        options=(
            Option(
                "family",
                say("我替家里人办", "For somebody of my family"),
                say("父母、子女、配偶等，户籍里查得到", "Registered in one household or as kin"),
            ),
            Option(
                "neighbour",
                say("我替邻居办", "For a neighbour"),
                say("在社区登记过的邻里帮办", "Registered with the community"),
            ),
            Option(
                "helper",
                say("我是帮办员", "I am an official helper"),
                say("省里登记的帮办员", "Registered with the province"),
            ),
        ),
    )


def person_signs_in(say: Say) -> SignInView:
    """Return the ways to sign in for the person, while the helper's card still lies there."""
    return replace(
        sign_in(say, problem=False),
        matter=allowance(say),
        whose_turn=say("再核对本人的身份", "Now, whom do you help?"),
        advice=say(
            "请帮办人先收好自己的卡，再请本人放卡。",
            "Helper, take your card. Then the other person's card, please.",
        ),
    )


def agreement(say: Say, *, problem: bool) -> AgreementView:
    """Return what the person agrees to."""
    matter = allowance(say)
    return AgreementView(
        matter=matter,
        helper=say("*建国（亲属）", "*Jianguo (family)"),
        person=say("王**", "W**"),
        lines=(
            say(f"只办这一件：{matter}。", f"This matter and no other: {matter}."),
            say("只同意这一次，办完就结束。", "This once; it ends with this matter."),
            say("您办的其他事，帮办人看不到。", "Your helper sees nothing of your other cases."),
        ),
        version="2026-11",
        working=False,
        problem=say(
            "省里没有查到这层关系的登记。请本人来办，或打12345。",
            "This relation is not on record. She can come herself, or call 12345.",
        )
        if problem
        else "",
        can_agree=not problem,
    )
