"""Examples of the screens around a matter; see screens/samples.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk_app.terminal.consent_views import NoticeView
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.views import (
    GuideView,
    HelpView,
    HomeView,
    MatterRow,
    OutOfServiceView,
    SignInView,
)

Say = Callable[[str, str], str]
"""Chooses between Chinese and English."""


def pension(say: Say) -> str:
    """Return the name of a query."""
    return say("养老待遇发放查询", "Pension payments")


def allowance(say: Say) -> str:
    """Return the name of a form."""
    return say("高龄津贴申领", "Old-age allowance")


def attract(say: Say) -> AttractView:
    """Return the resting screen."""
    return AttractView(
        matters_now=3,
        top_matters=(pension(say), say("居住证签注", "Residence permit renewal"), allowance(say)),
        unavailable=(
            say(
                "身份证拍照今天办不了，可以去江汉区政务中心 2 楼。",
                "No ID photos today: please go to the Jianghan centre, 2nd floor.",
            ),
        ),
    )


def attract_news(say: Say) -> AttractView:
    """Return the resting screen with a line of news and the code of the province's app."""
    return replace(
        attract(say),
        news=(
            say(
                "12月1日起，居住证签注全省都能办，不用回发证地。",
                "From 1 December a residence permit is renewed anywhere in the province.",
            ),
        ),
        app_code="https://app.example/get?c=demo-01",
        app_caption=say("鄂汇办", "E-Huiban app"),
    )


def attract_emergency(say: Say) -> AttractView:
    """Return the resting screen while there is an emergency."""
    return replace(
        attract_news(say),
        emergencies=(
            say(
                "防汛一级响应：请远离江边和地下通道，听从社区安排。",
                "Flood alert, level 1: keep away from the river and underpasses; follow your community.",
            ),
        ),
    )


def home(say: Say) -> HomeView:
    """Return four matters, of every kind of readiness."""
    here = say("现在就能办完", "Can be finished here now")
    return HomeView(
        rows=(
            MatterRow("1", pension(say), say("查询凭条", "a printed record"), "finish_here", here, True),
            MatterRow(
                "2",
                say("居住证签注", "Residence permit renewal"),
                say("提交凭条", "a submission slip"),
                "start_here",
                say("在这里开始，到派出所窗口办完", "Start here, finish at the police station"),
                True,
            ),
            MatterRow("3", allowance(say), say("提交凭条", "a submission slip"), "finish_here", here, True),
            MatterRow(
                "4",
                say("无房证明打印", "Proof of no property"),
                say("盖章的证明", "a sealed proof"),
                "not_here",
                say("本机现在办不了：A4 打印机没有纸", "Not here now: the A4 printer has no paper"),
                False,
                nearest=say(
                    "最近能办的在江汉区政务服务中心，相距约350米",
                    "Nearest: Jianghan service centre, about 350 m away",
                ),
            ),
        ),
        page=1,
        pages=1,
    )


def guide(say: Say) -> GuideView:
    """Return a matter that can be finished here."""
    return GuideView(
        title=allowance(say),
        summary=say("八十岁以上的老人按月领取的津贴。", "A monthly allowance for people of eighty and over."),
        needs=(
            say("老人的身份证", "The old person's ID card"),
            say("老人名下的银行卡号", "The number of a bank card in their name"),
        ),
        steps=4,
        minutes=3,
        leaves_with=say("提交凭条", "A submission slip"),
        finish="finish_here",
        readiness=say("现在就能办完", "Can be finished here now"),
        can_start=True,
        alternative="",
    )


def guide_not_here(say: Say) -> GuideView:
    """Return a matter that cannot be finished here now."""
    return GuideView(
        title=say("无房证明打印", "Proof of no property"),
        summary=say("证明您名下没有房产登记。", "Proves that no property is registered in your name."),
        needs=(say("本人身份证", "Your own ID card"),),
        steps=2,
        minutes=2,
        leaves_with=say("盖章的证明，一页", "A sealed proof, one page"),
        finish="not_here",
        readiness=say("本机现在办不了：A4 打印机没有纸", "Not here now: the A4 printer has no paper"),
        can_start=False,
        alternative=say(
            "也可以到区不动产登记中心的窗口办。", "You can also do it at the district's land registry."
        ),
        nearest=say(
            "最近能办的在江汉区政务服务中心，相距约350米，今天到17:30。这是20:48的情况",
            "Nearest: Jianghan service centre, about 350 m away, open today until 17:30. This is as of 20:48",
        ),
    )


def notice(say: Say, *, whole_shown: bool) -> NoticeView:
    """Return the notice, short or whole."""
    paragraph = say(
        "为办理这项业务，本机读取您身份证上的姓名、公民身份号码和有效期限，只用于核对您的身份和提交这一件业务。"
        "这些信息加密后交给省政务服务平台，本机不留存。",
        "For this matter we read your name, your identity number and the validity of your card, to "
        "check who you are and to submit this one matter. They go, sealed, to the province's platform; the "
        "terminal keeps nothing.",
    )
    return NoticeView(
        matter=pension(say),
        lines=(
            say(
                "要用您证件上的姓名、号码、住址和您填的内容，只为办您选的事。",
                "We use the name, number and address on your card, and what you enter, for this matter only.",
            ),
            say(
                "全程加密，只交给省平台和主管部门。离开时本机全部清除。",
                "It goes, sealed, to the province and the office in charge. When you leave it is cleared.",
            ),
            say(
                "不同意也能办：到窗口，或打 12345。",
                "If you decline you can still do it, at a window or through 12345.",
            ),
        ),
        whole=tuple(f"{number}. {paragraph}" for number in range(1, 7)),
        version="2026-11",
        whole_shown=whole_shown,
    )


def sign_in(say: Say, *, problem: bool) -> SignInView:
    """Return the ways to sign in."""
    return SignInView(
        matter=pension(say),
        card="problem" if problem else "waiting",
        code="waiting",
        advice=say(
            "卡拿开得早了一点，请再放一次，等灯变绿。",
            "The card left a little early. Put it back until the light is green.",
        )
        if problem
        else say("请放身份证，或用手机登录。", "Lay your ID card down, or sign in with your phone."),
        is_problem=problem,
        error_code="CARD-104" if problem else "",
        telephone="waiting",
        telephone_code="DXQC1.dGhpcy1pcy1hLXNhbXBsZS1jb2Rl",
    )


def sign_in_twice(say: Say) -> SignInView:
    """Return what a matter asks for before it is submitted, of who laid a card down first."""
    return replace(
        sign_in(say, problem=False),
        card="used",
        advice=say(
            "请再用手机核对一次：亮码，或扫屏幕上的码。",
            "Before submitting, confirm by phone too: show its code, or scan the code here.",
        ),
        asked="twice",
        window_offered=True,
    )


def sign_in_licence(say: Say) -> SignInView:
    """Return the sign-in to a firm's matter."""
    return replace(
        sign_in(say, problem=False),
        matter=say("政企直通车", "Business hotline case"),
        card="unavailable",
        advice=say(
            "请出示电子营业执照。把码对准扫码口，或扫屏幕上的码。",
            "Show your business licence to the scanner. Or scan this code with it.",
        ),
        for_organisation=True,
    )


def sign_in_social_card(say: Say) -> SignInView:
    """Return the ways where a social-security card was read, and a second thing is asked for."""
    return replace(
        sign_in(say, problem=False),
        advice=say(
            "社保卡读好了。再放身份证，或用手机登录，核对是您本人。",
            "Social-security card read. Now lay your ID card down or use your phone, to show it is yours.",
        ),
        social_card="kept",
    )


def human_help(say: Say) -> HelpView:
    """Return help by people."""
    return HelpView(
        hotline="12345",
        hotline_hours=say("每天 24 小时有人接", "Answered day and night"),
        keeper=say("社区服务站", "Community station"),
        keeper_telephone="027-8555 0101",
        window=say("江汉区政务服务中心 2 楼 8 号窗口", "Jianghan service centre, 2nd floor, window 8"),
        window_hours=say("周一至周五 9:00–17:00", "Monday to Friday, 9:00–17:00"),
        can_hand_over=True,
        window_open=say("明天09:00开门", "opens tomorrow at 09:00"),
        address=say("江汉区新华路 25 号", "25 Xinhua Road, Jianghan"),
        call_back_matter="call-back",
    )


def out_of_service(say: Say) -> OutOfServiceView:
    """Return a broken card reader."""
    return OutOfServiceView(
        reason=say("读卡器坏了，是机器的问题。", "The card reader is broken. It is our fault, not yours."),
        since=say("今天 20:40", "20:40 today"),
        who=say("维护人员已接单，预计明早 9 点前到", "A technician is on the way, here before 9 tomorrow"),
        nearest=say(
            "最近能用的在江汉区政务服务中心，相距约350米，今天到24:00",
            "The nearest that works: Jianghan service centre, about 350 m away, open today until 24:00",
        ),
        error_code="CARD-901",
        address="江汉区政务服务中心 湖北省武汉市江汉区新华路25号",
    )
