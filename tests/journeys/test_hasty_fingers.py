"""Fingers that are quicker than screens: what is touched twice is done once, and waking touches nothing."""

from __future__ import annotations

import threading

from demo.lines import Lines, RefusedError
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.places import Place
from tests.journeys.turnover import comes_to


def taps_at_once(hall: JourneyHall, label: str, fingers: int = 3) -> None:
    """Several fingers, none of which waits to see what another one has done."""
    lines = [Lines(hall.hall.screen_socket) for _ in range(fingers)]
    together = threading.Barrier(fingers)

    def tap(line: Lines) -> None:
        together.wait()
        try:
            line.ask(do="tap", name=label)
        except RefusedError:
            pass  # what it wanted to touch is gone
        finally:
            line.close()

    threads = [threading.Thread(target=tap, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_is_touched_twice_is_handed_in_once(place: Place) -> None:
    hall = place.hall
    arrived, ended = len(hall.console.events("case")), len(hall.sessions())
    with hall.visitor() as visit, hall.nothing_raised():
        comes_to(visit, "check")
        taps_at_once(hall, "提交登记")
        visit.sees("result")
        visit.reads("已提交")
        eventually(lambda: len(hall.console.events("case")) > arrived)
        visit.takes_card()
        visit.tap("完成")
        visit.sees("rating")
        visit.tap("不评价")
        visit.reads("您的信息已从本机清除")
        assert hall.session_after(ended)["cases"] == 1
        assert len(hall.console.events("case")) == arrived + 1


def test_the_touches_that_wake_choose_nothing_and_the_aids_of_one_are_not_those_of_the_next(
    hall: JourneyHall, visit: Visit
) -> None:
    with hall.nothing_raised():
        visit.sees("attract")
        taps_at_once(hall, "触摸屏幕开始")
        visit.sees("home")
        assert visit.says("您要办什么？"), "nothing was chosen"
        visit.tap("English")
        visit.reads("What would you like to do?")
        visit.tap("End")
        visit.tap("I have it all")
        visit.sees("attract")
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        assert visit.says("您要办什么？"), "in the language of the house"
