"""A test that leaves something running fails, and says what and where."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = """
import tests.leaks
from tests.leaks import nothing_left_running
tests.leaks.GRACE_S = 0.3
tests.leaks.adopt_orphans()
"""


@pytest.fixture
def run(pytester: pytest.Pytester, repository: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(repository))
    pytester.makeconftest(CONFTEST)
    return pytester


def outcome(run: pytest.Pytester, test: str) -> pytest.RunResult:
    run.makepyfile(test)
    return run.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:pytestqt")


def test_a_thread_left_running_fails_the_test_and_shows_where_it_is(run: pytest.Pytester) -> None:
    result = outcome(
        run,
        """
        import threading
        def test_leaves_a_thread():
            threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*thread 'forgotten', which is at*", "*self._cond.wait*"])


def test_a_thread_that_is_just_ending_is_waited_for(run: pytest.Pytester) -> None:
    result = outcome(
        run,
        """
        import threading
        def test_tells_its_thread_to_stop_and_does_not_join():
            stop = threading.Event()
            threading.Thread(target=stop.wait).start()
            stop.set()
        """,
    )
    result.assert_outcomes(passed=1)


def test_a_child_left_running_fails_the_test_and_is_ended(run: pytest.Pytester) -> None:
    result = outcome(
        run,
        """
        import subprocess
        import psutil
        children = []
        def test_leaves_a_child():
            children.append(subprocess.Popen(["sleep", "1000"]))
        def test_finds_it_gone():
            assert not psutil.pid_exists(children[0].pid) or children[0].wait(1) == -9
        """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*child *: sleep 1000"])


def test_a_grandchild_cannot_hide_by_losing_its_parent(run: pytest.Pytester) -> None:
    result = outcome(
        run,
        """
        import subprocess
        def test_leaves_a_grandchild():
            subprocess.run(["sh", "-c", "sleep 1000 >/dev/null 2>&1 &"], check=True)
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*child *: sleep 1000"])


def test_what_was_there_before_the_test_is_not_blamed_on_it(run: pytest.Pytester) -> None:
    result = outcome(
        run,
        """
        import threading
        import pytest
        @pytest.fixture(scope="module")
        def service():
            stop = threading.Event()
            thread = threading.Thread(target=stop.wait)
            thread.start()
            yield
            stop.set()
            thread.join()
        def test_uses_it(service):
            pass
        def test_uses_it_again(service):
            pass
        """,
    )
    result.assert_outcomes(passed=2)
