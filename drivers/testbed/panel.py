"""The testbed's control panel: a page on loopback for a person's hands, with the same orders as the socket.

Nobody signs in here: it is for who sits at the machine. Two things keep a web page elsewhere from reaching it
through that person's browser: only loopback names are answered (against DNS rebinding), and every order needs
a JSON body (which no page may send to another origin without asking first).
"""

from __future__ import annotations

import http.server
import re
import threading
import tomllib
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Answer, Order
from drivers.testbed.pictures import picture_of_document
from foundation.clock import SystemClock

PAGE = Path(__file__).with_name("panel_page")
WORDS = Path(__file__).with_name("words.toml")
_MEDIA_TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_TRUSTED_HOSTS = frozenset({"127.0.0.1", "localhost"})
_LONGEST_BODY_BYTES = 64 * 1024
_LOOK_EVERY_S = 0.2
_STILL_THERE_S = 5.0
_IDLE_TIMEOUT_S = 30.0
_POLL_INTERVAL_S = 0.1  # how promptly it ends
_PAPER = re.compile(r"/(slips|pages)/(\d{1,6})(\.png|\.pdf)")


class PanelServer(http.server.ThreadingHTTPServer):
    """Serves the panel on 127.0.0.1; port 0 takes a free one."""

    daemon_threads = True
    block_on_close = False  # a viewer's thread ends when it next looks whether it should

    def __init__(self, hardware: SimulatedHardware, port: int = 0) -> None:
        self.hardware = hardware
        self.stopping = threading.Event()
        self.clock = SystemClock()
        super().__init__(("127.0.0.1", port), _Request)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(_POLL_INTERVAL_S,), name="testbed_panel", daemon=True
        )

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        return f"http://127.0.0.1:{self.server_port}/"

    def start(self) -> None:
        """Starts to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answers no more; whoever watches is let go."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Request(http.server.BaseHTTPRequestHandler):
    """One connection."""

    server: PanelServer
    timeout = _IDLE_TIMEOUT_S
    protocol_version = "HTTP/1.1"
    server_version = "dianxiaoer-testbed"
    sys_version = ""

    def do_GET(self) -> None:
        """A file of the page, the words, the news, or a paper."""
        path = urlsplit(self.path).path
        if not self._is_trusted():
            self._refuse(HTTPStatus.BAD_REQUEST, "this host is not served here")
        elif path == "/panel/words":
            self._send(msgspec.json.encode(tomllib.loads(WORDS.read_text("utf-8"))), "application/json")
        elif path == "/panel/news":
            self._tell_news()
        elif paper := _PAPER.fullmatch(path):
            self._send_paper(*paper.groups())
        else:
            self._send_file(PAGE / ("index.html" if path == "/" else path.removeprefix("/")))

    def do_POST(self) -> None:
        """An order."""
        length = self.headers.get("content-length", "")
        media_type = self.headers.get_content_type()
        if not self._is_trusted():
            self._refuse(HTTPStatus.BAD_REQUEST, "this host is not served here")
        elif urlsplit(self.path).path != "/panel/orders":
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here")
        elif media_type != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "an order is JSON")
        elif not (length.isdecimal() and len(length) < 9 and int(length) <= _LONGEST_BODY_BYTES):
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "an order says its length and is short")
        else:
            self._obey(self.rfile.read(int(length)))

    def log_message(self, *arguments: object) -> None:
        """Nothing: a person's clicks are no news."""

    def _obey(self, body: bytes) -> None:
        try:
            order: Order = msgspec.json.decode(body, type=Order)
            answer = self.server.hardware.obey(order)
        except ValueError as mistake:
            answer = Answer(problem=str(mistake))
        status = HTTPStatus.CONFLICT if answer.problem else HTTPStatus.OK
        self._send(msgspec.json.encode(answer), "application/json", status)

    def _is_trusted(self) -> bool:
        host = self.headers.get("host", "")
        return host.partition(":")[0] in _TRUSTED_HOSTS

    def _send_file(self, path: Path) -> None:
        known = {file.name: file for file in PAGE.iterdir()}
        if path.parent != PAGE or path.name not in known:
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here")
        else:
            self._send(known[path.name].read_bytes(), _MEDIA_TYPES[path.suffix])

    def _send_paper(self, kind: str, number: str, form: str) -> None:
        seen = self.server.hardware.look()
        files = (
            [slip.picture for slip in seen.slips] if kind == "slips" else [page.file for page in seen.pages]
        )
        if not 1 <= int(number) <= len(files) or (kind == "slips" and form == ".pdf"):
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such paper")
            return
        file = Path(files[int(number) - 1])
        if kind == "pages" and form == ".png":
            picture = picture_of_document(file)
            if picture is None:
                self._refuse(HTTPStatus.NOT_IMPLEMENTED, "this machine cannot draw documents (pdftoppm)")
                return
            self._send(picture, "image/png")
        else:
            self._send(file.read_bytes(), "image/png" if form == ".png" else "application/pdf")

    def _tell_news(self) -> None:
        """Server-sent events (WHATWG HTML, 9.2): how everything is, whenever something has changed."""
        server = self.server
        self.close_connection = True
        self._begin(HTTPStatus.OK, "text/event-stream", {"connection": "close"})
        told, told_s = b"", server.clock.monotonic_s()
        try:
            while not server.stopping.is_set():
                seen = msgspec.json.encode(server.hardware.look())
                if seen != told:
                    self.wfile.write(b"data: " + seen + b"\n\n")
                elif server.clock.monotonic_s() - told_s >= _STILL_THERE_S:
                    self.wfile.write(b": still there\n\n")
                else:
                    server.clock.wait(server.stopping, _LOOK_EVERY_S)
                    continue
                told, told_s = seen, server.clock.monotonic_s()
        except OSError:
            return  # whoever watched is gone

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True  # what it may still send is not read
        self._send(msgspec.json.encode(Answer(problem=why)), "application/json", status)

    def _send(self, content: bytes, media_type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        try:
            self._begin(status, media_type, {"content-length": str(len(content))})
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # whoever asked is gone

    def _begin(self, status: HTTPStatus, media_type: str, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (_HEADERS | {"content-type": media_type} | more).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
