"""One honest example of every screen, in both languages: for the gallery and for the tests.

The texts are as long as real ones get; names, numbers and places are invented.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.views import (
    Aids,
    AnswerRow,
    AttractView,
    CheckView,
    Connection,
    Fact,
    FarewellView,
    GuideView,
    HelpView,
    HomeView,
    IdleWarning,
    Language,
    MatterRow,
    NoticeView,
    Option,
    OutOfServiceView,
    ProgressView,
    QuestionView,
    RatingView,
    ResultView,
    Screen,
    ScreenView,
    SignInView,
    SlipState,
    StartingView,
    TopLine,
    View,
    Widget,
)

Words = tuple[str, str]
"""Chinese and English."""


class Samples:
    """The examples in one language."""

    def __init__(self, language: Language = Language.CHINESE) -> None:
        self._language = language

    def names(self) -> list[str]:
        """Return the name of every example, in the order in which a person meets them."""
        return list(self._bodies())

    def view(self, name: str, serial: int = 1, aids: Aids | None = None) -> View:
        """Return one example as a whole view; its language is that of these samples, whatever the aids say."""
        screen, body = self._bodies()[name]
        outside = screen in (Screen.ATTRACT, Screen.STARTING, Screen.OUT_OF_SERVICE, Screen.FAREWELL)
        signed_in = not outside and name not in (
            "home",
            "guide",
            "guide_not_here",
            "notice",
            "notice_whole",
            "sign_in",
        )
        return View(
            serial=serial,
            screen=screen,
            top=self._top(signed_in=signed_in, session_open=not outside, offline="offline" in name),
            body=body,
            aids=replace(aids or Aids(), language=self._language),
            idle_warning=IdleWarning(seconds_left=20) if name == "idle_warning" else None,
        )

    def _say(self, chinese: str, english: str) -> str:
        return english if self._language is Language.ENGLISH else chinese

    def _top(self, *, signed_in: bool, session_open: bool, offline: bool) -> TopLine:
        say = self._say
        return TopLine(
            terminal_name=say("1 号机", "No. 1"),
            place_name=say("江汉区民意街社区", "Minyi Street, Jianghan"),
            clock="21:07",
            connection=Connection.OFFLINE if offline else Connection.CONNECTED,
            connection_text=say("自 21:03 起离线，照常可办", "Offline since 21:03, still open")
            if offline
            else say("网络正常", "Connected"),
            signed_in_as=say("*建国", "*Jianguo") if signed_in else "",
            session_open=session_open,
            demonstration=True,
        )

    def _bodies(self) -> dict[str, tuple[Screen, ScreenView]]:
        return {
            "starting": (
                Screen.STARTING,
                StartingView(
                    self._say("正在打开打印机和读卡器。", "Opening the printer and the card reader.")
                ),
            ),
            "attract": (Screen.ATTRACT, self._attract()),
            "home": (Screen.HOME, self._home()),
            "guide": (Screen.GUIDE, self._guide()),
            "guide_not_here": (Screen.GUIDE, self._guide_not_here()),
            "notice": (Screen.NOTICE, self._notice(whole_shown=False)),
            "notice_whole": (Screen.NOTICE, self._notice(whole_shown=True)),
            "sign_in": (Screen.SIGN_IN, self._sign_in(problem=False)),
            "sign_in_problem": (Screen.SIGN_IN, self._sign_in(problem=True)),
            "question_choice": (Screen.QUESTION, self._choice()),
            "question_several": (Screen.QUESTION, self._several()),
            "question_phone": (Screen.QUESTION, self._phone()),
            "question_identity": (Screen.QUESTION, self._identity()),
            "question_date": (Screen.QUESTION, self._date()),
            "question_confirm": (Screen.QUESTION, self._confirm()),
            "check": (Screen.CHECK, self._check()),
            "check_offline": (Screen.CHECK, replace(self._check(), offline_note=self._offline_note())),
            "progress": (Screen.PROGRESS, self._progress(long=False)),
            "progress_long": (Screen.PROGRESS, self._progress(long=True)),
            "result_done": (Screen.RESULT, self._result_done()),
            "result_offline": (Screen.RESULT, self._result_offline()),
            "result_attention": (Screen.RESULT, self._result_attention()),
            "rating": (Screen.RATING, self._rating()),
            "rating_tags": (Screen.RATING, self._rating_tags()),
            "rating_thanked": (Screen.RATING, replace(self._rating_tags(), thanked=True)),
            "help": (Screen.HELP, self._help()),
            "farewell_clearing": (
                Screen.FAREWELL,
                FarewellView(cleared=False, take_card=True, take_paper=True),
            ),
            "farewell": (Screen.FAREWELL, FarewellView(cleared=True, take_card=True, take_paper=True)),
            "out_of_service": (Screen.OUT_OF_SERVICE, self._out_of_service()),
            "idle_warning": (Screen.QUESTION, self._phone()),
        }

    def _pension(self) -> str:
        return self._say("养老待遇发放查询", "Pension payments")

    def _allowance(self) -> str:
        return self._say("高龄津贴申领", "Old-age allowance")

    def _attract(self) -> AttractView:
        say = self._say
        return AttractView(
            matters_now=3,
            top_matters=(self._pension(), say("居住证签注", "Residence permit renewal"), self._allowance()),
            unavailable=(
                say(
                    "身份证拍照今天办不了，可以去江汉区政务中心 2 楼。",
                    "No ID photos today: please go to the Jianghan centre, 2nd floor.",
                ),
            ),
        )

    def _home(self) -> HomeView:
        say = self._say
        here = say("现在就能办完", "Can be finished here now")
        return HomeView(
            rows=(
                MatterRow(
                    "1", self._pension(), say("查询凭条", "a printed record"), "finish_here", here, True
                ),
                MatterRow(
                    "2",
                    say("居住证签注", "Residence permit renewal"),
                    say("提交凭条", "a submission slip"),
                    "start_here",
                    say("在这里开始，到派出所窗口办完", "Start here, finish at the police station"),
                    True,
                ),
                MatterRow(
                    "3", self._allowance(), say("提交凭条", "a submission slip"), "finish_here", here, True
                ),
                MatterRow(
                    "4",
                    say("无房证明打印", "Proof of no property"),
                    say("盖章的证明", "a sealed proof"),
                    "not_here",
                    say("本机现在办不了：A4 打印机没有纸", "Not here now: the A4 printer has no paper"),
                    False,
                ),
            ),
            page=1,
            pages=1,
        )

    def _guide(self) -> GuideView:
        say = self._say
        return GuideView(
            title=self._allowance(),
            summary=say(
                "八十岁以上的老人按月领取的津贴。", "A monthly allowance for people of eighty and over."
            ),
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

    def _guide_not_here(self) -> GuideView:
        say = self._say
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
                "最近能办的在江汉区政务服务中心 2 楼，今天 17:30 前。",
                "The nearest place is the Jianghan service centre, 2nd floor, today until 17:30.",
            ),
        )

    def _notice(self, *, whole_shown: bool) -> NoticeView:
        say = self._say
        paragraph = say(
            "为办理这项业务，本机读取您身份证上的姓名、公民身份号码和有效期限，只用于核对您的身份和提交这一件业务。"
            "这些信息加密后交给省政务服务平台，本机不留存。",
            "For this matter the terminal reads your name, your identity number and the validity of your card, to "
            "check who you are and to submit this one matter. They go, sealed, to the province's platform; the "
            "terminal keeps nothing.",
        )
        return NoticeView(
            matter=self._pension(),
            lines=(
                say("本机要读您身份证上的姓名和号码。", "We read the name and number on your ID card."),
                say("只用来办这一件事，加密交给省平台。", "Only for this matter, sealed, to the province."),
                say("办完就从本机清除，一个字也不留。", "Then all of it is cleared from here."),
            ),
            whole=tuple(f"{number}. {paragraph}" for number in range(1, 7)),
            version="2026-11",
            whole_shown=whole_shown,
        )

    def _sign_in(self, *, problem: bool) -> SignInView:
        say = self._say
        return SignInView(
            matter=self._pension(),
            card="problem" if problem else "waiting",
            code="waiting",
            advice=say(
                "卡拿开得早了一点，请再放一次，等灯变绿。",
                "The card left a little early. Put it back until the light is green.",
            )
            if problem
            else say("两种方式都可以，选您方便的。", "Either will do, whichever suits you."),
            is_problem=problem,
            error_code="CARD-104" if problem else "",
        )

    def _choice(self) -> QuestionView:
        say = self._say
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

    def _several(self) -> QuestionView:
        say = self._say
        return replace(
            self._choice(),
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

    def _phone(self) -> QuestionView:
        say = self._say
        return QuestionView(
            matter=self._allowance(),
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
        )

    def _identity(self) -> QuestionView:
        say = self._say
        return replace(
            self._phone(),
            question=say("老人的身份证号码是多少？", "What is the old person's ID number?"),
            help="",
            typed="42010219430815",
            placeholder=say("18 位，最后一位可能是 X", "18 figures, the last may be X"),
            maximum_length=18,
            allow_x=True,
            optional=False,
            problem=say("号码还差 4 位，请接着按。", "Four figures are missing, please go on."),
        )

    def _date(self) -> QuestionView:
        say = self._say
        return replace(
            self._phone(),
            question=say("您哪天搬来的？", "When did you move in?"),
            help=say("记不清日子，就按 1 日填。", "If you forgot the day, use the first."),
            widget=Widget.DATE,
            typed="20240",
            placeholder="",
            maximum_length=8,
            optional=False,
        )

    def _confirm(self) -> QuestionView:
        say = self._say
        return QuestionView(
            matter=self._allowance(),
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

    def _offline_note(self) -> str:
        return self._say(
            "现在没有网络。先存在本机，联网后马上提交，最晚 11 月 24 日前给您回话。",
            "There is no network now. It is kept here and sent as soon as there is; you hear by 24 November.",
        )

    def _check(self) -> CheckView:
        say = self._say
        card = say("来自身份证", "from the card")
        return CheckView(
            matter=self._allowance(),
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

    def _progress(self, *, long: bool) -> ProgressView:
        say = self._say
        return ProgressView(
            matter=self._pension(),
            sentence=say("正在查您的养老金", "Looking up your pension"),
            waiting_for=say(
                "在等省社保平台答复，它今天有点慢。",
                "Waiting for the province's pension office; it is slow today.",
            )
            if long
            else "",
            other_way=say("不等了，改天再查", "Stop, another day") if long else "",
        )

    def _result_done(self) -> ResultView:
        say = self._say
        return ResultView(
            matter=self._pension(),
            tone="done",
            headline=say("查到了", "Here it is"),
            explanation=say("这是您最近三个月的养老金。", "Your pension of the last three months."),
            state=say("已办结", "Completed"),
            receipt_number="421 0300 0128",
            case_number="11420000010833209R2002014003001202611210068",
            facts=(
                Fact(
                    say("2026 年 11 月", "November 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")
                ),
                Fact(say("2026 年 10 月", "October 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")),
                Fact(
                    say("2026 年 9 月", "September 2026"), say("3,286.50 元，已发放", "3,286.50 yuan, paid")
                ),
            ),
            next_steps=(),
            slip=SlipState.NONE,
            slip_text="",
            can_print=True,
            can_retry=False,
        )

    def _result_offline(self) -> ResultView:
        say = self._say
        return ResultView(
            matter=self._allowance(),
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

    def _result_attention(self) -> ResultView:
        say = self._say
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
        )

    def _levels(self, chosen: str = "") -> tuple[Option, ...]:
        levels: tuple[tuple[str, Words], ...] = (
            ("very_satisfied", ("非常满意", "Very satisfied")),
            ("satisfied", ("满意", "Satisfied")),
            ("fair", ("基本满意", "Fairly satisfied")),
            ("dissatisfied", ("不满意", "Dissatisfied")),
            ("very_dissatisfied", ("非常不满意", "Very dissatisfied")),
        )
        return tuple(Option(value, self._say(*words), chosen=value == chosen) for value, words in levels)

    def _rating(self) -> RatingView:
        return RatingView(matter=self._pension(), levels=self._levels(), tags=(), can_send=False)

    def _rating_tags(self) -> RatingView:
        tags: tuple[tuple[str, Words], ...] = (
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
            matter=self._pension(),
            levels=self._levels("dissatisfied"),
            tags=tuple(Option(code, self._say(*words), chosen=code == "209") for code, words in tags),
            can_send=True,
        )

    def _help(self) -> HelpView:
        say = self._say
        return HelpView(
            hotline="12345",
            hotline_hours=say("每天 24 小时有人接", "Answered day and night"),
            keeper=say("社区服务站", "Community station"),
            keeper_telephone="027-8555 0101",
            window=say("江汉区政务服务中心 2 楼 8 号窗口", "Jianghan service centre, 2nd floor, window 8"),
            window_hours=say("周一至周五 9:00–17:00", "Monday to Friday, 9:00–17:00"),
            address=say("江汉区新华路 25 号", "25 Xinhua Road, Jianghan"),
            call_back_matter="call-back",
        )

    def _out_of_service(self) -> OutOfServiceView:
        say = self._say
        return OutOfServiceView(
            reason=say(
                "读卡器坏了，是机器的问题。", "The card reader is broken. It is our fault, not yours."
            ),
            since=say("今天 20:40", "20:40 today"),
            who=say(
                "维护人员已接单，预计明早 9 点前到", "A technician is on the way, here before 9 tomorrow"
            ),
            nearest=say("民族路地铁站 A 口，步行 6 分钟", "Minzu Road metro, exit A, 6 minutes on foot"),
            error_code="CARD-901",
        )
