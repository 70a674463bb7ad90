"""A network of two namespaces with a bad line between them. To be used inside namespaces of one's own.

The platform stays outside; the terminal and its devices live inside. Every packet in either direction is lost
with the same probability (nftables), and every few seconds the link is down for a while.
"""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

OUTSIDE = "10.77.0.1"
_INSIDE = "10.77.0.2"
_LOOK_EVERY_S = 0.02
_WITHIN_S = 10.0


def namespaces_of_our_own() -> list[str]:
    """The command that runs what follows it as root of new namespaces, all of which ends with it."""
    return [
        *("unshare", "--user", "--map-root-user", "--net", "--mount", "--pid"),
        *("--fork", "--kill-child", "--mount-proc", "--"),
    ]


class BadLine:
    """The line. It is good until :meth:`begin`, and again after :meth:`mend`."""

    def __init__(self, *, loss_percent: int, up_s: float, down_s: float) -> None:
        self._loss_percent = loss_percent
        self._up_s = up_s
        self._down_s = down_s
        self._mended = threading.Event()
        self._flapping = threading.Thread(target=self._flap, name="link")
        self.times_down = 0

    def __enter__(self) -> Self:
        self._holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        self._namespace = Path(f"/proc/{self._holder.pid}/ns/net")
        self._wait_for_the_namespace()
        _run("ip", "link", "set", "lo", "up")
        _run("ip", "link", "add", "outside", "type", "veth", "peer", "name", "inside")
        _run("ip", "link", "set", "inside", "netns", str(self._holder.pid))
        _run("ip", "address", "add", f"{OUTSIDE}/24", "dev", "outside")
        _run("ip", "link", "set", "outside", "up")
        _run(*self.inside(), "ip", "link", "set", "lo", "up")
        _run(*self.inside(), "ip", "address", "add", f"{_INSIDE}/24", "dev", "inside")
        _run(*self.inside(), "ip", "link", "set", "inside", "up")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.mend()
        self._holder.kill()
        self._holder.wait()

    def inside(self) -> list[str]:
        """What a command begins with that is to run at the terminal's end."""
        return ["nsenter", f"--net={self._namespace}", "--"]

    def begin(self) -> None:
        """From now on the line is bad."""
        lose = f"numgen random mod 100 < {self._loss_percent} drop"
        for end, device in (([], "outside"), (self.inside(), "inside")):
            _run(*end, "nft", "add", "table", "inet", "loss")
            _run(*end, "nft", "add chain inet loss arriving { type filter hook input priority 0; }")
            _run(*end, "nft", f"add rule inet loss arriving iifname {device} {lose}")
        self._flapping.start()

    def mend(self) -> None:
        """From now on it is good again."""
        self._mended.set()
        if self._flapping.is_alive():
            self._flapping.join()
            for end in ([], self.inside()):
                _run(*end, "nft", "delete", "table", "inet", "loss")

    def _flap(self) -> None:
        while not self._mended.wait(self._up_s):
            _run("ip", "link", "set", "outside", "down")
            self.times_down += 1
            self._mended.wait(self._down_s)
            _run("ip", "link", "set", "outside", "up")

    def _wait_for_the_namespace(self) -> None:
        ours, pause = Path("/proc/self/ns/net").readlink(), threading.Event()
        for _ in range(round(_WITHIN_S / _LOOK_EVERY_S)):
            if self._namespace.readlink() != ours:
                return
            pause.wait(_LOOK_EVERY_S)
        raise TimeoutError("the namespace of the terminal was not made")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"})
