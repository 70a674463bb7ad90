"""The console: figures that open their events, news as it comes, and nobody else's page in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests

from contract.sets import Satisfaction, Stream
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, identity


@pytest.fixture
def desk() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def get(desk: requests.Session, server: PlatformServer, path: str) -> Any:
    answer = desk.get(f"{server.console_url}/console/{path}", timeout=WITHIN_S)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_summary_says_what_came(
    server: PlatformServer, terminal: EnrolledTerminal, desk: requests.Session
) -> None:
    case = terminal.case()
    service = terminal.service(case)
    rating = terminal.rating(service, level=Satisfaction.VERY_DISSATISFIED, tags=["115"])
    visit = [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, rating),
    ]
    stored, *_ = terminal.send(*visit, terminal.event(Stream.STATUS, terminal.status()))
    next(terminal.sequences[Stream.STATUS])
    terminal.send(visit[0], terminal.event(Stream.STATUS, terminal.status()), b'{"id":"nonsense"}')

    summary = get(desk, server, "summary")
    assert summary["counts"] | {"case": 1, "service": 1, "rating": 1, "status": 2} == summary["counts"]
    assert (summary["positions"], summary["statuses"]) == (0, 2)
    assert (summary["duplicates"], summary["conflicts"], summary["refused"]) == (1, 0, 1)
    assert [(gap["stream"], gap["first"], gap["last"]) for gap in summary["gaps"]] == [("status", 2, 2)]
    (shown,) = summary["cases"]
    assert (shown["case_no"], shown["case_id"]) == (stored.case_no, case.case_id)
    assert shown["received_at"].endswith("Z")
    assert "subject_ref" not in shown
    (rated,) = summary["ratings"]
    assert (rated["case_no"], rated["service_no"], rated["level"]) == (stored.case_no, 1, "very_dissatisfied")
    assert [note["notable"] for note in summary["notable"]] == ["poor_rating"]
    assert summary["faults"] == msgspec.to_builtins(server.turn(FaultChange()))


def test_every_figure_opens_its_events(
    server: PlatformServer, terminal: EnrolledTerminal, desk: requests.Session
) -> None:
    case = terminal.offline_case(identity())
    terminal.send(terminal.event(Stream.STATUS, terminal.status()), terminal.event(Stream.CASE, case), b"{}")
    terminal.send(terminal.event(Stream.STATUS, terminal.status()))
    assert len(get(desk, server, "events")["events"]) == 3
    assert len(get(desk, server, "events?stream=status&limit=1")["events"]) == 1
    assert len(get(desk, server, "events?stream=status,case")["events"]) == 3
    (opened,) = get(desk, server, f"events?subject=case/{case.case_id}")["events"]
    assert opened["data"]["receipt_number"] == case.receipt_number
    assert opened["data"]["sealed"].startswith("🔒"), "what is sealed stays sealed"
    assert get(desk, server, f"events?terminal_id={terminal.id}&stream=rating")["events"] == []
    (refused,) = get(desk, server, f"refused?terminal_id={terminal.id}")["refused"]
    assert refused["reason"] == "id is missing"
    assert desk.get(f"{server.console_url}/console/events?limit=many", timeout=WITHIN_S).status_code == 400


def stream(desk: requests.Session, server: PlatformServer, **headers: str) -> Iterator[dict[str, Any]]:
    """The news as they come: kind, position and data of each."""
    url = f"{server.console_url}/console/stream"
    with desk.get(url, stream=True, timeout=WITHIN_S, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        news: dict[str, Any] = {}
        for line in answer.iter_lines(decode_unicode=True):
            name, _, value = line.partition(": ")
            if name:
                news[name] = json.loads(value) if name == "data" else value
            elif "event" in news:
                yield news
                news = {}
            else:
                yield {"event": "open"}


def test_news_come_as_they_are_stored_and_go_on_where_they_stopped(
    server: PlatformServer, terminal: EnrolledTerminal, desk: requests.Session
) -> None:
    terminal.send(terminal.event(Stream.STATUS, terminal.status()))
    news = stream(desk, server)
    assert next(news)["event"] == "open"
    case = terminal.event(Stream.CASE, terminal.case())
    terminal.send(case)
    came = next(each for each in news if each["event"] == "stored")
    assert (came["data"]["id"], came["data"]["stream"], came["id"]) == (case.id, "case", "2")
    server.turn(FaultChange(slow_ms=1))
    assert next(each["event"] for each in news if each["event"] != "still_there") == "changed"
    news.close()  # type: ignore[attr-defined]

    again = stream(desk, server, **{"Last-Event-ID": "0"})
    positions = [next(each for each in again if each["event"] == "stored")["id"] for _ in range(2)]
    assert positions == ["1", "2"]
    again.close()  # type: ignore[attr-defined]


def test_a_platform_with_a_watcher_stops_at_once(server: PlatformServer, desk: requests.Session) -> None:
    news = stream(desk, server)
    assert next(news)["event"] == "open"
    server.stop()
    assert list(news) == []


def test_the_page_comes_whole_and_from_here_alone(server: PlatformServer, desk: requests.Session) -> None:
    for path, kind in (("", "text/html"), ("console.css", "text/css"), ("console.js", "text/javascript")):
        answer = desk.get(f"{server.console_url}/{path}", timeout=WITHIN_S)
        assert answer.headers["content-type"].startswith(kind)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


def test_a_page_of_another_host_cannot_reach_the_console(
    server: PlatformServer, desk: requests.Session
) -> None:
    rebound = desk.get(f"{server.console_url}/console/summary", headers={"host": "evil.example"}, timeout=5)
    assert rebound.status_code == 400
    form = {"content-type": "text/plain"}
    for path in ("faults", "codes", "enrolment-codes", "items", "terminals/x/revoke"):
        answer = desk.post(f"{server.console_url}/console/{path}", data="{}", headers=form, timeout=5)
        assert answer.status_code == 415


def test_the_desk_makes_codes_and_says_what_is_wrong(server: PlatformServer, desk: requests.Session) -> None:
    def post(path: str, body: dict[str, Any]) -> requests.Response:
        return desk.post(f"{server.console_url}/console/{path}", json=body, timeout=WITHIN_S)

    site = get(desk, server, "sites")["sites"][0]
    made = post("enrolment-codes", {"site_id": site["site_id"], "name": "三号机"})
    assert made.json()["code"].startswith("DXR-")
    assert "no site" in post("enrolment-codes", {"site_id": "X", "name": "三号机"}).json()["problem"]
    assert post("enrolment-codes", {"site_id": site["site_id"], "name": ""}).status_code == 400
    assert post("codes", {"person_id": "nobody"}).status_code == 404
    assert post("terminals/nobody/revoke", {}).status_code == 404
    people = get(desk, server, "people")["people"]
    assert post("codes", {"person_id": people[0]["person_id"]}).json()["expires_in_s"] == 60
