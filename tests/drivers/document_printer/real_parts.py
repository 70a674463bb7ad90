"""Debian's own parts, started for one test and ended with it: a printer (ippeveprinter) and a queue (cupsd).

Nothing of the machine's own printing is touched: both have their folders, their ports on the loopback
interface, and the message bus that ippeveprinter asks for even when it announces nothing.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from tests.drivers.listening import PATIENCE_S

_BUS: Final = """<busconfig>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/> <allow own="*"/> <allow send_type="method_call"/> <allow receive_type="method_call"/>
    <allow receive_type="method_return"/> <allow receive_type="signal"/> <allow receive_type="error"/>
  </policy>
</busconfig>
"""
_COMMAND: Final = """#!/bin/sh
# What the printer does with a document: it tells what is in "reasons" and waits for a line in "go".
cat {folder}/reasons >&2
echo printing >{folder}/begun
read -r answer <{folder}/go
cat {folder}/afterwards >&2
test "$answer" = print
"""
_CUPS_FILES: Final = """ServerRoot {folder}
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/run
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
"""
_CUPSD_CONF: Final = Path(__file__).parents[3] / "deploy/cups/cupsd.conf"
"""What a terminal gets; only the port is another one here."""
_QUEUE: Final = """<Printer a4>
DeviceURI {device_uri}
State Idle
Accepting Yes
ErrorPolicy abort-job
OpPolicy default
</Printer>
"""


@dataclass(frozen=True)
class RealPrinter:
    """An ippeveprinter. Each document waits, when it is printed, until it is told to go on."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    def tells(self, *changes: str, afterwards: str = "") -> None:
        """What it reports as soon as it begins with a document (``+media-jam``), and when it has ended."""
        (self.folder / "reasons").write_text("".join(f"STATE: {change}\n" for change in changes))
        (self.folder / "afterwards").write_text(f"STATE: {afterwards}\n" if afterwards else "")

    def fill(self, *, cassette: int, by_pass: int, toner: int = 75) -> None:
        """Puts so many sheets in, and so much toner, by the form of its web page."""
        self._fill_in(
            f"/media?size1=iso_a4_210x297mm&type1=stationery&level1={cassette}"
            f"&size3=iso_a4_210x297mm&type3=stationery&level3={by_pass}"
        )
        self._fill_in(f"/supplies?supply0=25&supply1={toner}")

    def _fill_in(self, form: str) -> None:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE_S)
        with closing(connection):
            connection.request("GET", form)
            assert connection.getresponse().status == HTTPStatus.OK

    def wait_until_it_prints(self) -> None:
        """Waits for the next document to be begun."""
        assert (self.folder / "begun").read_text() == "printing\n"

    def go_on(self, *, well: bool = True) -> None:
        """Lets it print the document, or fail."""
        (self.folder / "go").write_text("print\n" if well else "fail\n")

    def lasts(self, seconds: float) -> bool:
        """Waits so long for the printer to end of itself; whether it has not."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def kill(self) -> None:
        """Takes its power away."""
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class RealQueue:
    """A queue of a cupsd."""

    folder: Path
    address: str

    def takes_from_somebody_else(self, pdf: bytes) -> None:
        """Another program of the machine prints that."""
        server = self.address.removeprefix("ipp://").partition("/")[0]
        subprocess.run(
            ["lp", "-h", server, "-U", "visitor", "-d", "a4", "-"],
            input=pdf,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def kept(self, content: bytes) -> list[str]:
        """The files of the print service in which that stands."""
        return [
            str(file) for file in self.folder.rglob("*") if file.is_file() and content in file.read_bytes()
        ]


@contextmanager
def real_printer(*, port: int | None = None) -> Iterator[RealPrinter]:
    """A printer that takes PDF, with nobody's documents in it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="a4-printer-")))
        (folder / "bus.conf").write_text(_BUS.format(folder=folder))
        (folder / "spool").mkdir()
        for pipe in ("begun", "go"):
            os.mkfifo(folder / pipe)
        command = folder / "command"
        command.write_text(_COMMAND.format(folder=folder))
        command.chmod(0o700)
        bus = stack.enter_context(
            _running(["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--print-address"])
        )
        assert bus.stdout is not None
        bus_address = bus.stdout.readline().decode().strip()
        port = port or free_port()
        process = stack.enter_context(
            _running(
                [
                    *("ippeveprinter", "-r", "off", "-n", "localhost", "-p", str(port)),
                    *("-f", "application/pdf", "-d", f"{folder}/spool", "-c", str(command), "Test"),
                ],
                {"DBUS_SYSTEM_BUS_ADDRESS": bus_address},
            )
        )
        _wait_for_port(process, port)
        printer = RealPrinter(folder, process, port)
        printer.tells()
        yield printer


@contextmanager
def real_queue(device_uri: str) -> Iterator[RealQueue]:
    """A cupsd of its own, with the configuration of a terminal and one queue that leads to ``device_uri``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="a4-queue-")))
        folder.chmod(0o755)  # its helpers are somebody else when it is root
        port = free_port()
        for part in ("spool/tmp", "cache", "run"):
            (folder / part).mkdir(parents=True)
        (folder / "cups-files.conf").write_text(_CUPS_FILES.format(folder=folder))
        shipped = _CUPSD_CONF.read_text(encoding="utf-8")
        (folder / "cupsd.conf").write_text(
            shipped.replace("Listen localhost:631", f"Listen localhost:{port}")
        )
        (folder / "printers.conf").write_text(_QUEUE.format(device_uri=device_uri))
        process = stack.enter_context(
            _running(["cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"])
        )
        _wait_for_port(process, port)
        yield RealQueue(folder, f"ipp://localhost:{port}/printers/a4")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def _running(
    command: list[str], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    process = subprocess.Popen(
        command,
        env={**os.environ, "PATH": path, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that what it started itself ends with it
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE_S)
        assert process.stdout is not None
        process.stdout.close()


def _wait_for_port(process: subprocess.Popen[bytes], port: int) -> None:
    """Waits until ``process`` listens; what makes the pauses is the wait for its end."""
    for _ in range(int(PATIENCE_S / 0.05)):
        try:
            socket.create_connection(("localhost", port), timeout=1.0).close()
        except OSError:
            try:
                code = process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"{process.args!r} ended with {code}") from None
        return
    raise AssertionError(f"{process.args!r} does not listen")
