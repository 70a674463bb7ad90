"""What a person at the screen can want. Screens send these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Wish(Enum):
    """The closed set of wishes. ``argument`` of an :class:`Intent` is named behind each that has one."""

    TOUCH = "touch"
    """Somebody touched the screen anywhere; also the touch that wakes the terminal and does nothing else."""
    CHOOSE_MATTER = "choose_matter"  # the matter's code
    START = "start"
    HELP_SOMEBODY = "help_somebody"
    """替别人办."""
    AGREE = "agree"
    SHOW_WHOLE_NOTICE = "show_whole_notice"
    BACK = "back"
    NEXT_PAGE = "next_page"
    PREVIOUS_PAGE = "previous_page"
    CHOOSE = "choose"  # the option's value
    KEY = "key"  # "0" … "9", "X", "delete", "clear"
    WRITE = "write"  # text that goes behind what stands in the field
    GO_ON = "go_on"
    SKIP = "skip"
    CHANGE = "change"  # the answer's field
    SUBMIT = "submit"
    RETRY = "retry"
    OTHER_WAY = "other_way"
    PRINT = "print"
    PRINT_DOCUMENT = "print_document"
    HEAR_SLIP = "hear_slip"
    TO_WINDOW = "to_window"
    """到窗口接着办: what was filled in goes to a window."""
    FINISH = "finish"
    RATE = "rate"  # the level's value
    TAG = "tag"  # the tag's value
    SEND_RATING = "send_rating"
    SKIP_RATING = "skip_rating"
    ANOTHER_MATTER = "another_matter"
    HELP = "help"
    CLOSE_HELP = "close_help"
    STAFF = "staff"
    """工作人员: somebody who looks after the terminal wants to show who she is."""
    CONTINUE = "continue"
    """还要继续吗？ — 继续办理."""
    END = "end"
    """结束办理."""
    LANGUAGE = "language"
    ELDER = "elder"
    COLOURS = "colours"
    LOW_REACH = "low_reach"
    SPEECH = "speech"
    HIDE_SCREEN = "hide_screen"
    ZOOM = "zoom"
    """放大: one size larger, and after the largest back to the standard."""
    LENS = "lens"
    LARGE_POINTER = "large_pointer"
    READING_LINE = "reading_line"
    SIMPLE_LIST = "simple_list"
    SIGNING = "signing"


class PadKey(Enum):
    """A key of the keypad. With four of them everything can be done; help is the fourth, held down."""

    PREVIOUS = "previous"
    NEXT = "next"
    CHOOSE = "choose"
    BACK = "back"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Intent:
    """One wish. The argument may be something that a person typed: it stays out of the repr.

    ``serial`` is that of the view which was on the screen: the machine ignores a tap that belongs to a
    screen which has already gone (two quick taps never become two submissions).
    """

    wish: Wish
    argument: str = field(default="", repr=False)
    serial: int = 0
