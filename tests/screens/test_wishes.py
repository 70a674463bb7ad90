"""Each control sends exactly its wish, with its argument and the serial of the view on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPointingDevice
from PySide6.QtTest import QTest

from kiosk_app.terminal.aids import Aids, Language
from kiosk_app.terminal.intents import Intent, Wish
from screens.application import ScreenApplication
from screens.opening import REFERENCE_WIDTH_MM
from screens.samples import Samples
from tests.screens.looking import Showing

EVERYWHERE = {"长者版": "elder", "配色": "colours", "低位操作": "low_reach", "English": "language"}

WISHES: dict[str, dict[str, tuple[str, str]]] = {
    "starting": {},
    "home": {"养老待遇发放查询": ("choose_matter", "1"), "无房证明打印": ("choose_matter", "4")},
    "guide": {"返回": ("back", ""), "开始办理": ("start", "")},
    "guide_not_here": {"返回": ("back", "")},
    "guide_for_others": {"替别人办": ("help_somebody", ""), "开始办理": ("start", "")},
    "helping": {"我替家里人办": ("choose", "family"), "返回": ("back", "")},
    "agreement": {"不同意": ("back", ""), "同意，继续": ("agree", "")},
    "notice": {"不同意": ("back", ""), "同意，继续": ("agree", ""), "看全文": ("show_whole_notice", "")},
    "notice_whole": {"返回": ("show_whole_notice", ""), "同意，继续": ("agree", "")},
    "sign_in": {"返回": ("back", "")},
    "sign_in_problem": {"返回": ("back", "")},
    "question_choice": {"返回": ("back", ""), "租房": ("choose", "rent"), "单位宿舍": ("choose", "work")},
    "question_several": {"打电话": ("choose", "call"), "下一步": ("go_on", "")},
    "question_phone": {
        **{digit: ("key", digit) for digit in "0123456789"},
        "删除": ("key", "delete"),
        "清空": ("key", "clear"),
        "下一步": ("go_on", ""),
    },
    "question_empty": {"不填，下一步": ("skip", "")},
    "question_identity": {"X": ("key", "X"), "0": ("key", "0"), "返回": ("back", "")},
    "question_date": {"3": ("key", "3")},
    "question_confirm": {"是，对的": ("choose", "yes"), "不对，我要改": ("choose", "no")},
    "check": {"返回": ("back", ""), "修改 银行卡": ("change", "bank"), "提交": ("submit", "")},
    "progress": {},
    "progress_long": {"不等了，改天再查": ("other_way", "")},
    "result_done": {"打印凭条": ("print", ""), "完成": ("finish", ""), "办别的事": ("another_matter", "")},
    "result_attention": {"再试一次": ("retry", "")},
    "rating": {
        "不评价": ("skip_rating", ""),
        "非常满意": ("rate", "very_satisfied"),
        "不满意": ("rate", "dissatisfied"),
    },
    "rating_tags": {
        "服务态度生硬": ("tag", "214"),
        "提交评价": ("send_rating", ""),
        "不评价": ("skip_rating", ""),
    },
    "rating_thanked": {"完成": ("finish", ""), "办别的事": ("another_matter", "")},
    "help": {
        "返回": ("close_help", ""),
        "请人回电": ("choose_matter", "call-back"),
        "人工帮助": ("close_help", ""),
    },
    "farewell_clearing": {},
    "farewell": {"我拿好了": ("finish", "")},
    "out_of_service": {},
    "idle_warning": {"继续办理": ("continue", ""), "结束办理": ("end", "")},
}


@pytest.mark.parametrize("name", list(WISHES))
def test_every_control_sends_its_wish(showing: Showing, name: str) -> None:
    wishes = dict(WISHES[name])
    if name != "idle_warning":
        wishes |= {control: (wish, "") for control, wish in EVERYWHERE.items()}
        wishes.setdefault("人工帮助", ("help", ""))
    for control, (wish, argument) in wishes.items():
        view = showing.show(name)
        showing.sent.clear()
        showing.tap(control)
        decided = [intent for intent in showing.sent if intent.wish is not Wish.TOUCH]
        assert decided == [Intent(Wish(wish), argument, view.serial)], control


def test_a_session_can_be_ended_from_every_screen_of_it(showing: Showing) -> None:
    for name in Samples().names():
        view = showing.show(name)
        if view.top.session_open:
            showing.sent.clear()
            showing.tap("结束办理")
            assert showing.wanted() == [("end", "")], name
        else:
            assert all(control.name != "结束办理" for control in showing.controls()), name


def test_two_quick_taps_are_one_submission(showing: Showing) -> None:
    showing.show("check")
    showing.tap("提交", times=2)
    assert showing.wanted() == [("submit", "")]
    showing.show("check")
    showing.tap("提交")
    assert showing.wanted() == [("submit", "")]


def test_what_cannot_be_pressed_sends_nothing(showing: Showing) -> None:
    for name, words in (("guide_not_here", "开始办理"), ("rating", "提交评价"), ("question_date", "下一步")):
        showing.show(name)
        assert words in showing.names()
        assert all(control.name != words for control in showing.controls()), name


def test_a_chosen_level_can_be_chosen_again(showing: Showing) -> None:
    showing.show("rating_tags")
    showing.tap("您选了：不满意")
    assert showing.wanted() == []
    showing.publish(Samples().view("rating_tags", showing.serial + 1))
    showing.tap("满意")
    assert showing.wanted() == [("rate", "satisfied")]


def test_nothing_is_preselected_and_the_levels_are_equal(showing: Showing) -> None:
    showing.show("rating")
    levels = [c for c in showing.controls() if c.name.endswith("满意")]
    assert len(levels) == 5
    assert len({(c.rect.width(), c.rect.height()) for c in levels}) == 1
    assert not any(c.item.property("chosen") for c in levels)


class TestTheFirstTouch:
    """It wakes the terminal and does nothing else."""

    def test_on_a_control_it_only_wakes(self, showing: Showing) -> None:
        view = showing.show("attract")
        showing.tap("触摸屏幕开始　Touch to begin")
        assert showing.sent == [Intent(Wish.TOUCH, "", view.serial)]

    @pytest.mark.parametrize(("name", "wish"), [("长者版", Wish.ELDER), ("人工帮助", Wish.HELP)])
    def test_aids_and_help_are_one_touch_away_from_the_resting_screen_too(
        self, showing: Showing, name: str, wish: Wish
    ) -> None:
        view = showing.show("attract")
        showing.tap(name)
        assert showing.sent == [Intent(each, "", view.serial) for each in (Wish.TOUCH, wish)]

    def test_a_finger_that_wakes_above_the_aids_presses_none_of_them(self, showing: Showing) -> None:
        showing.show("attract")
        aid = showing.control("长者版").rect
        showing.press_at(aid.center() - QPointF(0, 2 * aid.height()))
        showing.lift_at(aid.center())
        assert showing.wanted() == []

    def test_a_finger_still_down_presses_nothing_on_the_next_screen(self, showing: Showing) -> None:
        showing.show("home")
        row = showing.control("养老待遇发放查询").rect.center()
        showing.show("attract")
        showing.press_at(row)
        showing.show("home")
        showing.lift_at(row)
        assert showing.wanted() == []
        showing.tap_at(row)
        assert showing.wanted() == [("choose_matter", "1")]

    def test_a_key_wakes_too(self, showing: Showing) -> None:
        showing.show("attract")
        showing.key(Qt.Key.Key_Return)
        assert [intent.wish for intent in showing.sent] == [Wish.TOUCH]

    def test_it_wakes_also_right_after_the_farewell_was_touched(self, showing: Showing) -> None:
        showing.show("farewell")
        showing.tap_at(QPointF(540, 400))
        showing.show("attract")
        showing.tap_at(QPointF(540, 400))
        assert [intent.wish for intent in showing.sent] == [Wish.TOUCH, Wish.TOUCH]


class TestTheWindow:
    """A keyboard that somebody brings, or a gesture, does not take it away."""

    @pytest.fixture
    def screens(self, qapp: QGuiApplication) -> Iterator[ScreenApplication]:
        screens = ScreenApplication(lambda _: None, physical_width_mm=REFERENCE_WIDTH_MM, motion=False)
        yield screens
        screens.close()

    def test_it_fills_the_screen_again(self, screens: ScreenApplication) -> None:
        for state in (Qt.WindowState.WindowMinimized, Qt.WindowState.WindowNoState):
            screens.window.setWindowState(state)
            QCoreApplication.processEvents()
            assert screens.window.windowState() is Qt.WindowState.WindowFullScreen

    def test_the_program_itself_can_end(self, screens: ScreenApplication) -> None:
        gone: list[bool] = []
        screens.window.destroyed.connect(lambda: gone.append(True))
        screens.quit()
        assert screens.exec() == 0
        assert gone == [True]


class TestFingers:
    """A touch panel sends touches, not a mouse."""

    @pytest.fixture
    def panel(self, qapp: QGuiApplication) -> QPointingDevice:
        return QTest.createTouchDevice()

    def tap(self, showing: Showing, panel: QPointingDevice, name: str) -> None:
        centre = showing.control(name).rect.center().toPoint()
        QTest.touchEvent(showing.window, panel).press(0, centre, showing.window).commit()
        QTest.touchEvent(showing.window, panel).release(0, centre, showing.window).commit()

    def test_they_press(self, showing: Showing, panel: QPointingDevice) -> None:
        view = showing.show("home")
        self.tap(showing, panel, "居住证签注")
        assert showing.sent == [
            Intent(Wish.TOUCH, "", view.serial),
            Intent(Wish.CHOOSE_MATTER, "2", view.serial),
        ]

    def test_they_wake_and_do_nothing_else(self, showing: Showing, panel: QPointingDevice) -> None:
        view = showing.show("attract")
        self.tap(showing, panel, "触摸屏幕开始　Touch to begin")
        assert showing.sent == [Intent(Wish.TOUCH, "", view.serial)]

    def test_they_reach_the_aids_with_the_first_touch(self, showing: Showing, panel: QPointingDevice) -> None:
        showing.show("attract")
        self.tap(showing, panel, "人工帮助")
        assert showing.wanted() == [("help", "")]


class TestSignsOfLife:
    """Any touch or key anywhere is heard, at most once a second."""

    def test_a_touch_beside_every_control_is_heard(self, showing: Showing) -> None:
        showing.show("question_choice")
        showing.tap_at(QPointF(540, 400))
        assert [intent.wish for intent in showing.sent] == [Wish.TOUCH]

    def test_many_are_one_a_second(self, showing: Showing, seconds: Callable[[float], None]) -> None:
        showing.show("question_phone")
        for _ in range(5):
            showing.key(Qt.Key.Key_Shift)
        assert [intent.wish for intent in showing.sent] == [Wish.TOUCH]
        seconds(0.9)
        showing.key(Qt.Key.Key_Shift)
        assert len(showing.sent) == 1
        seconds(0.2)
        showing.key(Qt.Key.Key_Shift)
        assert len(showing.sent) == 2

    @pytest.fixture
    def seconds(self, showing: Showing) -> Callable[[float], None]:
        now = 100.0
        showing.screens._attention._now = lambda: now

        def go_by(duration_s: float) -> None:
            nonlocal now
            now += duration_s

        return go_by


class TestTheQuestionWhetherToGoOn:
    def test_a_touch_beside_its_buttons_goes_on(self, showing: Showing) -> None:
        showing.show("idle_warning")
        showing.tap_at(QPointF(540, 300))
        assert showing.sent == [Intent(Wish.CONTINUE, "", showing.serial)]

    def test_any_key_goes_on(self, showing: Showing) -> None:
        showing.show("idle_warning")
        showing.key(Qt.Key.Key_5, "5")
        assert showing.sent == [Intent(Wish.CONTINUE, "", showing.serial)]

    def test_keys_reach_both_answers(self, showing: Showing) -> None:
        showing.show("idle_warning")
        showing.key(Qt.Key.Key_Return)
        assert showing.wanted() == [("continue", "")]
        showing.show("idle_warning")
        showing.key(Qt.Key.Key_Tab)
        showing.key(Qt.Key.Key_Return)
        assert showing.wanted() == [("end", "")]

    def test_nothing_under_it_can_be_pressed(self, showing: Showing) -> None:
        showing.show("idle_warning")
        assert {control.name for control in showing.controls()} == {"继续办理", "结束办理"}

    def test_it_counts_in_words_and_goes_away(self, showing: Showing) -> None:
        view = showing.show("idle_warning")
        assert "20 秒后为您结束，并清除您的信息。" in showing.names()
        showing.publish(Samples().view("question_phone", view.serial + 1))
        assert "还要继续吗？" not in showing.names()
        showing.tap("5")
        assert showing.wanted() == [("key", "5")]


def test_the_language_can_be_changed_from_either_side(showing: Showing) -> None:
    showing.show("home", Samples(Language.ENGLISH), Aids())
    showing.tap("中文")
    assert showing.wanted() == [("language", "")]
