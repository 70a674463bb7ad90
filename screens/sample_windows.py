"""Examples where something is in the way, and how it goes on; see screens/samples.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.views import QuestionView, ResultView, SlipState
from screens import sample_matters as matters
from screens.sample_pages import Say


def changed(say: Say) -> QuestionView:
    """Return a question while the printer has just run out of paper and the line is away."""
    asked = matters.phone(say)
    told = (
        say(
            "刚才连不上省里了。照常填，先存在本机，连上就提交。",
            "The province is out of reach. Go on: saved here first, sent when it can.",
        ),
        say(
            "打印机现在打不了。照常办，凭条号会在屏幕上。",
            "The printer cannot print now. Go on: the number will be on the screen.",
        ),
    )
    return replace(asked, help="\n".join((*told, asked.help)))


def result_without_paper(say: Say) -> ResultView:
    """Return a query whose slip jammed and whose A4 page may not have come out."""
    return replace(
        matters.result_done(say),
        slip=SlipState.NOT_DONE,
        slip_text=say(
            "打印纸用完了，您的业务不受影响。请抄下或拍下凭条号。",
            "The printer is out of paper. Your matter is not affected. Please note the slip number.",
        ),
        can_print=False,
        document=SlipState.UNKNOWN,
        document_text=say(
            "不知道文件打出来没有。看看出纸口：有纸吗？有就请取走。",
            "We do not know whether it was printed. Is there paper in the tray? If so, please take it.",
        ),
        code="DXS1.20001000001.AAAAAAAAQACAAAAAAAAABw.hubei-20001.1763741107123." + "A" * 86,
        slip_elsewhere=say(
            "能补打凭条的在江汉区政务服务中心，相距约350米，今天到17:30",
            "A slip can be printed at Jianghan service centre, about 350 m away, open today until 17:30",
        ),
    )


def result_for_window(say: Say) -> ResultView:
    """Return a form that a window goes on with, while the printer has no paper."""
    return ResultView(
        matter=say("高龄津贴申领", "Old-age allowance"),
        tone="waiting",
        headline=say("到窗口接着办", "Go on at a window"),
        explanation=say(
            "还没有提交。填的已加密存好，连上省里就送到窗口。11月28日（星期六）前有效。",
            "Not submitted. It is saved, encrypted, and goes to the window. Valid until 28 November.",
        ),
        state="",
        receipt_number="421 0300 0129",
        case_number="",
        facts=(),
        next_steps=(
            say(
                "带上身份证和凭条号，填过的不用再填。",
                "Bring your ID card and the slip number. Nothing is asked twice.",
            ),
            say(
                "窗口在江汉区政务服务中心一楼3号窗口，明天09:00开门。",
                "The window: Jianghan service centre, window 3, opens tomorrow at 09:00.",
            ),
        ),
        slip=SlipState.NOT_DONE,
        slip_text=say("打印纸用完了。", "The printer is out of paper."),
        can_print=False,
        can_retry=False,
        code="DXS1.42103000129.AAAAAAAAQACAAAAAAAAABw.hubei-20001.1763741107123." + "A" * 86,
        for_window=True,
    )
