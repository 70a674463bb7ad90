"""The platform is the same on SQLite and on PostgreSQL, and what it has answered outlives either's server."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from sqlalchemy import URL, Connection, Table, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from contract.envelope import CloudEvent
from contract.sets import Assurance, Outcome, Stream
from province_platform.__main__ import main
from province_platform.database import Database, database_url
from province_platform.schema import cases, events, ratings, sites
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.fixtures.postgresql import PostgresqlCluster, running_postgresql
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, identity, outcomes
from tests.province_platform.uploading import a_file, upload

STORED, DUPLICATE, REFUSED, WAITS = Outcome.STORED, Outcome.DUPLICATE, Outcome.REFUSED, Outcome.WAITS_FOR


@pytest.fixture(scope="module")
def cluster() -> Iterator[PostgresqlCluster]:
    with running_postgresql() as running:
        yield running


@pytest.fixture
def postgresql(cluster: PostgresqlCluster) -> URL:
    return cluster.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, cluster: PostgresqlCluster, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return database_url(f"sqlite:///{tmp_path / 'one.sqlite'}")
    return cluster.new_database()


@pytest.fixture
def server(tmp_path: Path, clock: ManualClock, url: URL) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform", clock=clock, database=url) as running:
        yield running


def numbers(url: URL, *tables: Table) -> list[int]:
    """How many rows are durable, read beside the platform."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return [len(connection.execute(select(table)).all()) for table in tables]
    finally:
        engine.dispose()


def test_a_visit_is_stored_row_by_row_and_exactly_once(terminal: EnrolledTerminal, url: URL) -> None:
    file = a_file(terminal)
    case = terminal.case(attachments=[file.as_attachment()])
    service = terminal.service(case)
    rating = terminal.rating(service)
    batch = [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, rating),
        terminal.event(Stream.STATUS, terminal.status()),
        terminal.event(Stream.RATING, terminal.rating(service)),
        terminal.event(Stream.CASE, terminal.case(task_code="123"), id="\0"),
    ]
    assert outcomes(terminal, *batch) == [WAITS, WAITS, WAITS, STORED, WAITS, REFUSED]
    assert upload(terminal, file).headers["dianxiaoer-digest"] == file.digest
    assert outcomes(terminal, *batch) == [STORED] * 3 + [DUPLICATE, REFUSED, REFUSED]
    (first, again) = (terminal.send(batch[0])[0] for _ in range(2))
    assert first.case_no == again.case_no != ""
    assert numbers(url, events, cases, ratings) == [4, 1, 1]


def test_who_signs_in_hands_in_and_is_found_again(terminal: EnrolledTerminal) -> None:
    session = terminal.sign_in()
    offline = terminal.offline_case(identity())
    assert outcomes(terminal, terminal.event(Stream.CASE, offline)) == [STORED]
    mine = terminal.call("GET", "/v1/cases", headers=terminal.with_token(session)).json()
    assert [case["case_id"] for case in mine["cases"]] == [offline.case_id]
    assert session.assurance is Assurance.CARD_VERIFIED


def test_every_page_of_the_console_can_be_asked(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    case = terminal.case()
    terminal.send(terminal.event(Stream.CASE, case), terminal.event(Stream.STATUS, terminal.status()))
    for page in ("summary", "quality", "events", "undelivered", "reconciliation"):
        answer = requests.get(f"{server.console_url}/console/{page}", timeout=WITHIN_S)
        assert answer.status_code == 200, (page, answer.text)


def test_two_processes_never_give_the_same_number(tmp_path: Path, clock: ManualClock, url: URL) -> None:
    root = tmp_path / "platform"
    with (
        PlatformServer(root, clock=clock, database=url) as here,
        PlatformServer(root, clock=clock, database=url) as there,
        enrolled(here, tmp_path, "一号机") as one,
        enrolled(there, tmp_path, "二号机") as two,
        ThreadPoolExecutor(2) as both,
    ):
        batches = [
            [[each.event(Stream.CASE, each.case()) for _ in range(10)] for _ in range(10)]
            for each in (one, two)
        ]

        def send(terminal: EnrolledTerminal, mine: list[list[CloudEvent]]) -> list[str]:
            return [answer.case_no for batch in mine for answer in terminal.send(*batch)]

        given = [number for answers in both.map(send, (one, two), batches) for number in answers]
    assert (len(given), len(set(given))) == (200, 200)


def test_a_change_that_fails_harms_nobody_else_and_a_question_sees_one_moment(url: URL) -> None:
    def add(name: str) -> None:
        database.change(
            lambda connection: connection.execute(insert(sites).values(site_id=name, record="{}"))
        )

    def before_and_after(connection: Connection) -> tuple[int, int]:
        before = len(connection.execute(select(sites)).all())
        add("meanwhile")
        return before, len(connection.execute(select(sites)).all())

    database = Database(url)
    try:
        add("first")
        with pytest.raises(IntegrityError):
            add("first")
        assert database.ask(before_and_after) == (1, 1)
        assert database.ask(lambda connection: len(connection.execute(select(sites)).all())) == 2
    finally:
        database.close()


def test_what_was_answered_outlives_a_power_cut_of_postgresql(tmp_path: Path, clock: ManualClock) -> None:
    with (
        running_postgresql() as cluster,
        PlatformServer(tmp_path / "platform", clock=clock, database=cluster.new_database()) as server,
        enrolled(server, tmp_path) as terminal,
    ):
        answered = [terminal.event(Stream.CASE, terminal.case()) for _ in range(20)]
        assert outcomes(terminal, *answered) == [STORED] * 20
        cluster.lose_power()
        unanswered = terminal.post_batch(b"[]")
        assert (unanswered.status_code, unanswered.json()["code"]) == (503, "PROV-002")
        cluster.start()
        later = terminal.event(Stream.CASE, terminal.case())
        assert outcomes(terminal, *answered, later) == [DUPLICATE] * 20 + [STORED]
        answer = requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()
        assert answer["counts"]["case"] == 21


def test_an_administrator_who_gave_up_durability_is_overruled(
    postgresql: URL,
) -> None:
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{postgresql.database}" SET synchronous_commit = off'))
    engine.dispose()
    database = Database(postgresql)
    try:
        assert database.ask(lambda connection: connection.scalar(text("SHOW synchronous_commit"))) == "on"
    finally:
        database.close()


def test_the_command_line_takes_a_database(
    postgresql: URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgresql.set(drivername="postgresql").render_as_string(hide_password=False)
    made = ["enrolment-code", "--root", str(tmp_path / "platform"), "--site", "WH-WC-001", "--name", "一号机"]
    assert main([*made, "--database", url]) == 0
    assert not (tmp_path / "platform" / "platform.sqlite").exists()
    assert numbers(postgresql, sites) != [0]
    capsys.readouterr()
    assert main([*made, "--database", url.replace("platform_", "nobody_")]) == 1
    assert "does not exist" in capsys.readouterr().err
    for strange in ("mysql://root:hunter2@host/name", "hunter2"):
        with pytest.raises(SystemExit):
            main([*made, "--database", strange])
        assert "hunter2" not in capsys.readouterr().err.partition("error:")[2]
