"""The panel as a browser talks to it, and as a page elsewhere would try to."""

from __future__ import annotations

import http.client
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from drivers.document_printer.address import parse_ipp_address
from drivers.document_printer.device import Document
from drivers.document_printer.printer import DocumentPrinter
from drivers.receipt_printer.device import Heading, Slip
from drivers.receipt_printer.printer import ReceiptPrinter
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.panel import PAGE, WORDS, PanelServer
from drivers.testbed.pictures import picture_of_document
from drivers.transports.address import parse_address
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from tests.drivers.document_printer.samples import pdf
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[PanelServer]:
    hardware = SimulatedHardware(tmp_path)
    server = PanelServer(hardware)
    hardware.start()
    server.start()
    yield server
    server.stop()
    hardware.stop()


def give(panel: PanelServer, **order: Any) -> requests.Response:
    return requests.post(f"{panel.url}panel/orders", json=order, timeout=PATIENCE_S)


def raw(panel: PanelServer, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", panel.server_port, timeout=PATIENCE_S)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection.getresponse().status
    finally:
        connection.close()


def news(response: requests.Response) -> Iterator[dict[str, Any]]:
    for line in response.iter_lines(chunk_size=1):
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def cabinet_in(look: dict[str, Any]) -> dict[str, Any]:
    return next(seen for seen in look["devices"] if seen["device"] == "cabinet")


def test_the_page_is_whole_and_asks_nobody_else(panel: PanelServer) -> None:
    for path in ["", *(file.name for file in PAGE.iterdir())]:
        answer = requests.get(panel.url + path, timeout=PATIENCE_S)
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)[\w.]+", answer.text) == []


def test_every_word_of_the_page_is_there_in_both_languages(panel: PanelServer) -> None:
    words = requests.get(f"{panel.url}panel/words", timeout=PATIENCE_S).json()
    assert words == tomllib.loads(WORDS.read_text("utf-8"))
    page = "".join((PAGE / name).read_text("utf-8") for name in ("index.html", "panel.js"))
    asked = re.findall(r'data-word="(\w+)"|say\("panel", "(\w+)"', page)
    assert {first or second for first, second in asked} <= words["panel"].keys()
    for section in words.values():
        for chinese, english in section.values():
            assert chinese
            assert english
    for seen in panel.hardware.look().devices:
        assert seen.device.value in words["device"]
        for doing in seen.doings:
            assert doing.action in words["action"]
            assert set(doing.choices) <= words["value"].keys()
        assert {name for name in seen.facts if not name.startswith("light.")} <= words["fact"].keys()


def test_an_order_is_carried_out_and_whoever_watches_sees_it(panel: PanelServer) -> None:
    with requests.get(f"{panel.url}panel/news", stream=True, timeout=PATIENCE_S) as watching:
        stream = news(watching)
        assert cabinet_in(next(stream))["facts"]["door"] == "closed"
        done = give(panel, do="act", device="cabinet", action="door", value="open")
        assert (done.status_code, done.json()) == (200, {})
        assert cabinet_in(next(stream))["facts"]["door"] == "open"
        give(panel, do="fault", device="cabinet", name="half_frame")
        assert cabinet_in(next(stream))["wrong"] == ["half_frame"]
        give(panel, do="unplug", device="cabinet")
        assert not cabinet_in(next(stream))["plugged"]


def test_an_order_that_cannot_be_carried_out_says_why(panel: PanelServer) -> None:
    refused = give(panel, do="act", device="cabinet", action="door", value="ajar")
    assert refused.status_code == 409
    assert refused.json()["problem"] == "door takes one of closed, open, inoperable, not 'ajar'"
    assert give(panel, do="dance").status_code == 409


def test_a_page_elsewhere_gets_nothing_and_changes_nothing(panel: PanelServer) -> None:
    order = json.dumps({"do": "unplug", "device": "cabinet"}).encode()
    here, length = f"127.0.0.1:{panel.server_port}", str(len(order))
    as_json = {"Content-Type": "application/json", "Content-Length": length}
    stranger = "panel.example.com"
    assert raw(panel, "GET", "/", {"Host": stranger}) == 400
    assert raw(panel, "GET", "/panel/news", {}) == 400
    assert raw(panel, "POST", "/panel/orders", {"Host": stranger, **as_json}, order) == 400
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        headers = {"Host": here, "Content-Type": media_type, "Content-Length": length}
        assert raw(panel, "POST", "/panel/orders", headers, order) == 415
    assert cabinet_in(give(panel, do="look").json())["plugged"]
    assert raw(panel, "POST", "/panel/orders", {"Host": here, **as_json}, order) == 200
    assert raw(panel, "GET", "/", {"Host": f"localhost:{panel.server_port}"}) == 200


@pytest.mark.parametrize("length", ["", "-1", "many", "65537", "9" * 30])
def test_an_order_says_its_length_and_is_short(panel: PanelServer, length: str) -> None:
    headers = {"Host": "localhost", "Content-Type": "application/json", "Content-Length": length}
    assert raw(panel, "POST", "/panel/orders", headers) == 413


@pytest.mark.parametrize(
    "path",
    ["/../panel.py", "/%2e%2e/panel.py", "/words.toml", "/slips/1.png", "/slips/0.png", "/pages/1.pdf"],
)
def test_there_is_nothing_else_to_be_had(panel: PanelServer, path: str) -> None:
    assert raw(panel, "GET", path, {"Host": "localhost"}) == 404
    assert raw(panel, "POST", path, {"Host": "localhost"}) == 404


def test_what_was_printed_can_be_looked_at(panel: PanelServer) -> None:
    addresses, ears = panel.hardware.addresses(), Ears()
    clock, counters = SystemClock(), AudibleCounters()
    receipts = ReceiptPrinter(parse_address(addresses["receipt_printer"]), clock, counters, ears)
    documents = DocumentPrinter(parse_ipp_address(addresses["document_printer"]), clock, counters, ears)
    receipts.start()
    documents.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        ears.next_state(DeviceState.ONLINE)
        assert receipts.print_slip(Slip("job-1", (Heading("提交凭条"),))).result(PATIENCE_S).error is None
        document = Document("first", "case", "session", "subject", pdf())
        assert documents.print_document(document).result(PATIENCE_S).error is None
    finally:
        assert receipts.stop()
        assert documents.stop()
    seen = panel.hardware.look()
    assert "提交凭条" in seen.slips[0].text
    for path, begins in (("slips/1.png", b"\x89PNG"), ("pages/1.pdf", b"%PDF"), ("pages/1.png", b"\x89PNG")):
        answer = requests.get(panel.url + path, timeout=PATIENCE_S)
        assert answer.status_code == 200
        assert answer.content.startswith(begins)


def test_a_machine_that_cannot_draw_documents_has_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf())
    assert picture_of_document(file) is None


def test_a_document_that_is_none_has_no_picture(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(b"no document")
    assert picture_of_document(file) is None


def test_nothing_that_a_device_says_is_taken_for_html() -> None:
    script = (PAGE / "panel.js").read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
