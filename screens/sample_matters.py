"""Examples of the screens inside a matter; see screens/samples.py."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter

from kiosk_app.terminal.views import (
    AnswerRow,
    CheckView,
    Fact,
    Option,
    ProgressView,
    QuestionView,
    RatingView,
    ResultView,
    SlipState,
    Widget,
)
from screens.sample_pages import Say, allowance, pension


def choice(say: Say) -> QuestionView:
    """Return a question with one answer of four."""
    return QuestionView(
        matter=say("居住证签注", "Residence permit renewal"),
        step=2,
        steps=5,
        question=say("您现在怎么住？", "How do you live now?"),
        help=say("按现在的情况选，不用带材料。", "Choose what is true today. No papers needed."),
        widget=Widget.CHOICE,
        options=(
            Option(
                "rent",
                say("租房", "I rent"),
                say("有租赁合同或备案", "With a contract or a registration"),
            ),
            Option("own", say("自己的房子", "My own home"), chosen=True),
            Option("work", say("单位宿舍", "Housing of my employer")),
            Option(
                "family",
                say("住在亲戚朋友家", "With family or friends"),
                say("需要户主同意", "The owner must agree"),
            ),
        ),
        can_go_on=True,
    )


def several(say: Say) -> QuestionView:
    """Return a question with several answers."""
    return replace(
        choice(say),
        question=say("您愿意怎么收到结果？", "How may we tell you the result?"),
        help=say("可以选几样，也可以不选。", "Choose as many as you like, or none."),
        widget=Widget.SEVERAL,
        options=(
            Option("message", say("发短信", "A text message"), chosen=True),
            Option("call", say("打电话", "A telephone call")),
            Option("terminal", say("在任何一台店小二上查", "On any Dianxiaoer terminal"), chosen=True),
        ),
        optional=True,
    )


def phone(say: Say) -> QuestionView:
    """Return a half-typed telephone number."""
    return QuestionView(
        matter=allowance(say),
        step=3,
        steps=4,
        question=say("留个电话，好吗？", "May we have a phone number?"),
        help=say(
            "只在这件事有变化时打给您，可以不留。", "Only for news of this matter. You may leave it out."
        ),
        widget=Widget.DIGITS,
        typed="1380713",
        placeholder=say("11 位手机号", "11 figures"),
        maximum_length=11,
        optional=True,
        can_go_on=True,
    )


def identity(say: Say) -> QuestionView:
    """Return a half-typed identity number, with a problem."""
    return replace(
        phone(say),
        question=say("老人的身份证号码是多少？", "What is the old person's ID number?"),
        help="",
        typed="42010219430815",
        placeholder=say("18 位，最后一位可能是 X", "18 figures, the last may be X"),
        maximum_length=18,
        allow_x=True,
        can_go_on=False,
        optional=False,
        problem=say("号码还差 4 位，请接着按。", "Four figures are missing, please go on."),
    )


def date(say: Say) -> QuestionView:
    """Return a half-typed date."""
    return replace(
        phone(say),
        question=say("您哪天搬来的？", "When did you move in?"),
        help=say("记不清日子，就按 1 日填。", "If you forgot the day, use the first."),
        widget=Widget.DATE,
        typed="20240",
        placeholder="",
        maximum_length=8,
        can_go_on=False,
        optional=False,
    )


def confirm(say: Say) -> QuestionView:
    """Return facts to be confirmed."""
    return QuestionView(
        matter=allowance(say),
        step=1,
        steps=4,
        question=say("这是您的信息吗？", "Is this about you?"),
        help="",
        widget=Widget.CONFIRM,
        options=(
            Option("yes", say("是，对的", "Yes, that is right")),
            Option("no", say("不对，我要改", "No, I want to change it")),
        ),
        facts=(
            Fact(say("姓名", "Name"), "*建国"),
            Fact(say("身份证号", "ID number"), "420102********1234"),
            Fact(say("户籍所在地", "Registered in"), say("武汉市江汉区", "Jianghan, Wuhan")),
        ),
        source=say("来自您的身份证", "From your ID card"),
        can_go_on=True,
    )


def paper(say: Say) -> QuestionView:
    """Return a paper that the camera looks for."""
    return QuestionView(
        matter=allowance(say),
        step=2,
        steps=4,
        question=say("请拍户口簿首页", "Take a picture of the household register"),
        help=say("请把材料平放在镜头下。", "Lay your document flat under the camera."),
        widget=Widget.CONFIRM,
        options=(Option("take", say("拍照", "Take the picture")),),
        problem=say("材料没放全，请往中间挪。", "A part is outside. Move it to the middle."),
        drawing="paper_under_camera",
    )


def paper_taken(say: Say) -> QuestionView:
    """Return a picture that the person looks at."""
    return replace(
        paper(say),
        help=say("请看看：字清楚吗？四边都在吗？", "Look: can you read it? Are all four edges there?"),
        options=(
            Option("yes", say("用这张", "Use this one")),
            Option("again", say("重拍", "Take it again")),
        ),
        problem="",
        picture=_paper_picture(),
        drawing="",
    )


def _paper_picture() -> bytes:
    """A sheet with lines on it, as JPEG."""
    image = QImage(840, 1188, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for line in range(120, 1100, 60):
        painter.fillRect(100, line, 640 - line % 7 * 60, 12, Qt.GlobalColor.darkGray)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]  # the stubs want bytes where Qt wants text
    return bytes(content.data())


def offline_note(say: Say) -> str:
    """Return what offline means for a submission."""
    return say(
        "现在没有网络。先存在本机，联网后马上提交，最晚 11 月 24 日前给您回话。",
        "There is no network now. It is kept here and sent as soon as there is; you hear by 24 November.",
    )


def check(say: Say) -> CheckView:
    """Return the answers to be checked."""
    card = say("来自身份证", "from the card")
    return CheckView(
        matter=allowance(say),
        rows=(
            AnswerRow("name", say("姓名", "Name"), "*建国", card, False),
            AnswerRow("number", say("身份证号", "ID number"), "420102********1234", card, False),
            AnswerRow("age", say("年龄", "Age"), say("83 岁", "83"), card, False),
            AnswerRow("bank", say("银行卡", "Bank card"), "**** **** **** 0881", "", True),
            AnswerRow("phone", say("联系电话", "Telephone"), "138****1234", "", True),
        ),
        page=1,
        pages=1,
        declaration=say("交出去就表示：以上都是真的。", "By submitting I say that all of this is true."),
        submit_label=say("提交", "Submit"),
        offline_note="",
    )


def progress(say: Say, *, long: bool) -> ProgressView:
    """Return a wait, short or long."""
    return ProgressView(
        matter=pension(say),
        sentence=say("正在查您的养老金", "Looking up your pension"),
        waiting_for=say(
            "在等省社保平台答复，它今天有点慢。",
            "Waiting for the province's pension office; it is slow today.",
        )
        if long
        else "",
        other_way=say("不等了，改天再查", "Stop, another day") if long else "",
    )


def result_done(say: Say) -> ResultView:
    """Return a query that was answered."""
    return ResultView(
        matter=pension(say),
        tone="done",
        headline=say("查到了", "Here it is"),
        explanation=say("这是您最近三个月的养老金。", "Your pension of the last three months."),
        state=say("已办结", "Completed"),
        receipt_number="421 0300 0128",
        case_number="11420000010833209R2002014003001202611210068",
        facts=(
            Fact(say("2026 年 11 月", "November 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")),
            Fact(say("2026 年 10 月", "October 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")),
            Fact(say("2026 年 9 月", "September 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")),
        ),
        next_steps=(),
        slip=SlipState.NONE,
        slip_text="",
        can_print=True,
        can_retry=False,
    )


def result_offline(say: Say) -> ResultView:
    """Return a submission that is kept here."""
    return ResultView(
        matter=allowance(say),
        tone="waiting",
        headline=say("已存在本机，尚未提交", "Saved here, not yet submitted"),
        explanation=say(
            "现在没有网络，联网后马上替您提交。",
            "There is no network. It is submitted as soon as there is.",
        ),
        state=say("已存在本机，尚未提交", "Saved here, not yet submitted"),
        receipt_number="421 0300 0129",
        case_number="",
        facts=(),
        next_steps=(
            say("11 月 24 日前会打电话告诉您结果。", "We call you with the result by 24 November."),
            say(
                "没接到电话，请带凭条找窗口或拨 12345。",
                "If not, take the slip to a window or call 12345.",
            ),
        ),
        slip=SlipState.DONE,
        slip_text=say("凭条已打印，请在下方取走。", "The slip is printed. Please take it below."),
        can_print=False,
        can_retry=False,
    )


def result_attention(say: Say) -> ResultView:
    """Return a submission that was not made."""
    return ResultView(
        matter=say("居住证签注", "Residence permit renewal"),
        tone="attention",
        headline=say("这次没有交成", "It was not submitted this time"),
        explanation=say(
            "对方系统没有答复，您填的还在，什么也没丢。",
            "The other office did not answer. Nothing you entered is lost.",
        ),
        state=say("未提交", "Not submitted"),
        receipt_number="",
        case_number="",
        facts=(),
        next_steps=(
            say("可以再试一次，不用重新填。", "You can try again without filling in anything."),
            say(
                "也可以到汉正街派出所办，24 小时有人。",
                "Or go to the Hanzheng Street police station, open day and night.",
            ),
        ),
        slip=SlipState.NOT_DONE,
        slip_text=say(
            "打印纸用完了，您的业务不受影响。",
            "The printer is out of paper. Your matter is not affected.",
        ),
        can_print=False,
        can_retry=True,
        can_hand_over=True,
    )


def levels(say: Say, chosen: str = "") -> tuple[Option, ...]:
    """Return the five levels of satisfaction."""
    levels: tuple[tuple[str, tuple[str, str]], ...] = (
        ("very_satisfied", ("非常满意", "Very satisfied")),
        ("satisfied", ("满意", "Satisfied")),
        ("fair", ("基本满意", "Fairly satisfied")),
        ("dissatisfied", ("不满意", "Dissatisfied")),
        ("very_dissatisfied", ("非常不满意", "Very dissatisfied")),
    )
    return tuple(Option(value, say(*words), chosen=value == chosen) for value, words in levels)


def rating(say: Say) -> RatingView:
    """Return the rating before anything is chosen."""
    return RatingView(matter=pension(say), levels=levels(say), tags=(), can_send=False)


def rating_tags(say: Say) -> RatingView:
    """Return the tags of a chosen level."""
    tags: tuple[tuple[str, tuple[str, str]], ...] = (
        ("207", ("没有提供材料样本", "No sample papers")),
        ("208", ("没有提供材料清单", "No list of papers")),
        ("209", ("未在承诺时间内办结", "Not finished in the promised time")),
        ("210", ("同样内容的证明材料被要求多次提交", "The same proof was asked for more than once")),
        ("211", ("承诺网办但无法在线办理", "Promised online, but impossible online")),
        ("212", ("在线预约办理后到实体大厅重复取号排队", "Had to queue again although booked online")),
        ("213", ("窗口人员业务不熟练", "Staff did not know the matter well")),
        ("214", ("服务态度生硬", "Unfriendly service")),
    )
    return RatingView(
        matter=pension(say),
        levels=levels(say, "dissatisfied"),
        tags=tuple(Option(code, say(*words), chosen=code == "209") for code, words in tags),
        can_send=True,
    )
