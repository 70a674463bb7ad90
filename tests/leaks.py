"""Whatever a test starts, it ends: the fixture that finds threads and child processes left running.

pytest itself does not look. A thread that outlives its test fails another test, later, for no visible reason.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator

import psutil
import pytest

GRACE_S = 2.0
"""How long something that was told to stop may take to be gone. Time is monotonic, and nobody sleeps."""

_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every orphaned descendant, so that a grandchild cannot hide by losing its parent.

    See prctl(2), PR_SET_CHILD_SUBREAPER.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail the test that leaves a thread or a child process running."""
    threads_before = set(threading.enumerate())
    children_before = set(_running_children())
    yield
    deadline = time.monotonic() + GRACE_S
    threads = _threads_left(threads_before, deadline)
    children = _children_left(children_before, deadline)
    findings = [*map(_describe_thread, threads), *map(_describe_child, children)]
    for child in children:
        child.kill()
    psutil.wait_procs(children, timeout=GRACE_S)
    if findings:
        pytest.fail("left running:\n" + "\n".join(findings), pytrace=False)


def _threads_left(before: set[threading.Thread], deadline: float) -> list[threading.Thread]:
    """Return the threads that are still there at the deadline.

    A thread that Python did not start (Qt's, OpenCV's) stays in the list as a dummy once it has called
    Python: it is not counted.
    """
    new = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in new:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in new if thread.is_alive()]


def _children_left(before: set[psutil.Process], deadline: float) -> list[psutil.Process]:
    new = [child for child in _running_children() if child not in before]
    _, alive = psutil.wait_procs(new, timeout=max(0.0, deadline - time.monotonic()))
    return alive


def _running_children() -> list[psutil.Process]:
    """Return our living descendants, and collect those that died as orphans in our care."""
    children = psutil.Process().children(recursive=True)
    for child in children:
        if _is_zombie(child):
            _collect(child.pid)
    return [child for child in children if child.is_running() and not _is_zombie(child)]


def _is_zombie(child: psutil.Process) -> bool:
    try:
        return child.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _collect(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _describe_thread(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    stack = "".join(traceback.format_stack(frame)) if frame else "  (no Python frame)\n"
    return f"thread {thread.name!r}, which is at\n{stack}"


def _describe_child(child: psutil.Process) -> str:
    try:
        return f"child {child.pid}: {' '.join(child.cmdline())}"
    except psutil.NoSuchProcess:
        return f"child {child.pid}, which has just ended"
