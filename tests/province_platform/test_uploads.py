"""Files come in by tus 1.0.0: what the platform says is durable is durable, and a case waits for them."""

from __future__ import annotations

import socket
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from contract.attachments import LARGEST_SEALED_BYTES
from contract.sets import Outcome, Stream
from foundation.errors import Errors
from province_platform import upload_files
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, outcomes, rows
from tests.province_platform.uploading import TUS, SealedFile, a_file, checksum, create, head, patch, upload


@pytest.fixture
def file(terminal: EnrolledTerminal) -> SealedFile:
    return a_file(terminal)


def files_of(server: PlatformServer) -> list[Path]:
    return sorted((server.root / "attachments").iterdir())


def test_a_file_in_pieces_is_confirmed_by_its_digest(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile
) -> None:
    created = create(terminal, file)
    assert (created.status_code, created.headers["location"]) == (201, f"/v1/attachments/{file.id}")
    assert (head(terminal, file).status_code, head(terminal, file).headers["upload-offset"]) == (200, "0")
    for begin in range(0, len(file.sealed), 60_000):
        end = min(begin + 60_000, len(file.sealed))
        answer = patch(terminal, file, begin, end)
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(end))
        is_last = end == len(file.sealed)
        assert answer.headers.get("dianxiaoer-digest") == (file.digest if is_last else None)
        assert answer.headers["tus-resumable"] == "1.0.0"
    finished = head(terminal, file)
    assert finished.headers["dianxiaoer-digest"] == file.digest
    assert finished.headers["upload-length"] == finished.headers["upload-offset"] == str(len(file.sealed))
    assert finished.headers["cache-control"] == "no-store"
    (kept,) = files_of(server)
    assert kept.read_bytes() == file.sealed
    assert kept.stat().st_mode & 0o077 == 0


def test_creating_it_again_leads_to_the_same_place(terminal: EnrolledTerminal, file: SealedFile) -> None:
    create(terminal, file)
    patch(terminal, file, 0, 50_000)
    again = create(terminal, file)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "50000")
    assert again.headers["location"] == f"/v1/attachments/{file.id}"
    assert create(terminal, file, upload_length="70000").status_code == 409


def test_a_piece_at_the_wrong_place_changes_nothing(terminal: EnrolledTerminal, file: SealedFile) -> None:
    create(terminal, file)
    patch(terminal, file, 0, 50_000)
    for begin in (0, 40_000, 60_000):
        assert patch(terminal, file, begin, begin + 1000).status_code == 409
    assert head(terminal, file).headers["upload-offset"] == "50000"
    patch(terminal, file, 50_000, len(file.sealed))
    assert patch(terminal, file, len(file.sealed), len(file.sealed)).status_code == 409


def test_a_piece_that_does_not_fit_its_checksum_leaves_no_trace(
    terminal: EnrolledTerminal, file: SealedFile
) -> None:
    create(terminal, file)
    other = checksum(b"something else")
    assert patch(terminal, file, 0, 50_000, upload_checksum=other).status_code == 460
    assert head(terminal, file).headers["upload-offset"] == "0"
    by_sha1 = checksum(file.sealed[:50_000], "sha1")
    assert patch(terminal, file, 0, 50_000, upload_checksum=by_sha1).status_code == 204
    for unfit in ("md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 no-base64!"):
        assert patch(terminal, file, 50_000, 60_000, upload_checksum=unfit).status_code == 400


def test_a_file_that_is_not_the_announced_one_is_given_up(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile
) -> None:
    create(terminal, file)
    changed = SealedFile(file.content, file.sealed[:-1] + b"x", id=file.id)
    answer = patch(terminal, changed, 0, len(changed.sealed))
    assert answer.status_code == 460
    assert head(terminal, file).status_code == 404
    assert files_of(server) == []
    assert upload(terminal, file).headers["dianxiaoer-digest"] == file.digest


def test_more_than_was_announced_and_more_than_is_allowed_is_refused(
    terminal: EnrolledTerminal, file: SealedFile
) -> None:
    longest = LARGEST_SEALED_BYTES
    assert create(terminal, file, upload_length=str(longest + 1)).status_code == 413
    assert create(terminal, file, upload_length="0").status_code == 413
    assert create(terminal, file, upload_length="1000").status_code == 201
    answer = patch(terminal, file, 0, 1001)
    assert (answer.status_code, answer.json()["code"]) == (413, Errors.ATTACHMENT_REFUSED.code)
    assert head(terminal, file).headers["upload-offset"] == "0"


def test_what_is_no_tus_is_refused(terminal: EnrolledTerminal, file: SealedFile) -> None:
    for changed, status in (
        ({"tus_resumable": "0.2.2"}, 412),
        ({"upload_length": "-1"}, 400),
        ({"upload_length": "many"}, 400),
        ({"upload_metadata": "attachment_id !!!"}, 400),
        ({"upload_metadata": ""}, 400),
    ):
        assert create(terminal, file, **changed).status_code == status
    create(terminal, file)
    assert patch(terminal, file, 0, 10, content_type="text/plain").status_code == 415
    assert patch(terminal, file, 0, 10, upload_offset="x").status_code == 400
    assert patch(terminal, file, 0, 10, tus_resumable="2.0.0").status_code == 412


def test_the_server_says_what_it_offers(terminal: EnrolledTerminal) -> None:
    answer = terminal.call("OPTIONS", "/v1/attachments")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {"creation", "checksum", "termination"}
    assert "sha1" in answer.headers["tus-checksum-algorithm"].split(",")
    assert int(answer.headers["tus-max-size"]) == LARGEST_SEALED_BYTES


def test_a_line_that_breaks_in_the_middle_of_a_piece(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile
) -> None:
    """With a checksum nothing of the piece counts; without one what came is kept, as tus asks."""
    create(terminal, file)
    broken_piece(server, terminal, file, with_checksum=True)
    assert int(head(terminal, file).headers["upload-offset"]) == 0
    broken_piece(server, terminal, file, with_checksum=False)
    came = _when_unlocked(terminal, file)
    assert 0 <= came <= 30_000
    rest = patch(terminal, file, came, len(file.sealed))
    assert rest.headers["dianxiaoer-digest"] == file.digest


def broken_piece(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile, *, with_checksum: bool
) -> None:
    """Announces 60,000 bytes, sends 30,000, and hangs up; returns when the platform has let go."""
    context = ssl.create_default_context(cafile=str(terminal.session.verify))
    context.load_cert_chain(str(terminal.session.cert))
    host, port = server.terminal_url.removeprefix("https://").split(":")
    lines = [
        f"PATCH /v1/attachments/{file.id} HTTP/1.1",
        f"Host: {host}:{port}",
        "Tus-Resumable: 1.0.0",
        "Content-Type: application/offset+octet-stream",
        "Upload-Offset: 0",
        "Content-Length: 60000",
    ]
    if with_checksum:
        lines.append(f"Upload-Checksum: {checksum(file.sealed[:60_000])}")
    with (
        socket.create_connection((host, int(port)), WITHIN_S) as plain,
        context.wrap_socket(plain, server_hostname=host) as line,
    ):
        line.sendall("\r\n".join([*lines, "", ""]).encode() + file.sealed[:30_000])
    _when_unlocked(terminal, file)


def _when_unlocked(terminal: EnrolledTerminal, file: SealedFile) -> int:
    """How far the file has come, when nobody writes to it any more."""
    while patch(terminal, file, 149_000, 149_000).status_code == 423:
        pass
    return int(head(terminal, file).headers["upload-offset"])


def test_what_a_power_cut_left_beyond_the_promise_is_overwritten(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile
) -> None:
    create(terminal, file)
    patch(terminal, file, 0, 50_000)
    (kept,) = files_of(server)
    with kept.open("ab") as torn:
        torn.write(bytes(20_000))  # written, and the power went before the row was
    assert head(terminal, file).headers["upload-offset"] == "50000"
    assert patch(terminal, file, 50_000, len(file.sealed)).headers["dianxiaoer-digest"] == file.digest


def test_the_platform_goes_on_where_it_was_after_a_restart(tmp_path: Path, clock: ManualClock) -> None:
    with PlatformServer(tmp_path / "again", clock=clock) as server, enrolled(server, tmp_path) as terminal:
        file = a_file(terminal)
        create(terminal, file)
        patch(terminal, file, 0, 50_000)
        (server.root / "attachments" / "a stranger").write_bytes(b"of an upload that was given up")
    with PlatformServer(tmp_path / "again", clock=clock) as server:
        assert [path.name for path in files_of(server)] == [file.id]
        terminal.server = server
        assert head(terminal, file).headers["upload-offset"] == "50000"
        assert patch(terminal, file, 50_000, len(file.sealed)).headers["dianxiaoer-digest"] == file.digest
        terminal.session.close()


def test_uploads_are_their_own_terminals_alone(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile, tmp_path: Path
) -> None:
    create(terminal, file)
    with enrolled(server, tmp_path, "二号机") as other:
        assert head(other, file).status_code == 404
        assert patch(other, file, 0, 10).status_code == 404
        assert other.call("DELETE", f"/v1/attachments/{file.id}", headers=TUS).status_code == 404
    assert head(terminal, file).status_code == 200


def test_the_quota_of_a_terminal_asks_for_patience(
    terminal: EnrolledTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_files, "MOST_UNCLAIMED", 2)
    files = [a_file(terminal, 100) for _ in range(3)]
    assert [create(terminal, each).status_code for each in files] == [201, 201, 429]
    assert create(terminal, files[2]).headers["retry-after"] == "60"
    terminal.call("DELETE", f"/v1/attachments/{files[0].id}", headers=TUS)
    assert create(terminal, files[2]).status_code == 201


def test_what_was_abandoned_goes_after_a_week_and_what_is_finished_stays(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    abandoned, finished, fresh = (a_file(terminal) for _ in range(3))
    create(terminal, abandoned)
    patch(terminal, abandoned, 0, 1000)
    upload(terminal, finished)
    clock.advance(timedelta(days=8).total_seconds())
    create(terminal, fresh)
    assert head(terminal, abandoned).status_code == 404
    assert head(terminal, finished).headers["dianxiaoer-digest"] == finished.digest
    assert [path.name for path in files_of(server)] == [finished.id]


def test_a_case_waits_for_its_files_and_then_has_them(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    files = [a_file(terminal), a_file(terminal)]
    case = terminal.case(attachments=[each.as_attachment() for each in files])
    event = terminal.event(Stream.CASE, case)
    upload(terminal, files[0])
    create(terminal, files[1])
    patch(terminal, files[1], 0, 1000)
    assert outcomes(terminal, event) == [Outcome.WAITS_FOR]
    assert rows(server, "SELECT count(*) FROM cases") == [(0,)]
    patch(terminal, files[1], 1000, len(files[1].sealed))
    assert outcomes(terminal, event, event) == [Outcome.STORED, Outcome.DUPLICATE]
    for each in files:
        url = f"{server.console_url}/console/cases/{case.case_id}/attachments/{each.digest}"
        opened = requests.get(url, timeout=WITHIN_S)
        assert opened.content == each.content
        assert opened.headers["content-type"] == "image/jpeg"
        assert opened.headers["content-disposition"] == "attachment"
        assert opened.headers["x-content-type-options"] == "nosniff"
        answer = terminal.call("DELETE", f"/v1/attachments/{each.id}", headers=TUS)
        assert answer.status_code == 404, "what a case has named stays"
    assert len(files_of(server)) == 2
    url = f"{server.console_url}/console/cases/{case.case_id}/attachments/sha256:{'0' * 64}"
    assert requests.get(url, timeout=WITHIN_S).status_code == 404


def test_another_cases_files_are_not_to_be_had(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    file = a_file(terminal)
    upload(terminal, file)
    first, second = (terminal.case(attachments=[file.as_attachment()]) for _ in range(2))
    assert outcomes(terminal, terminal.event(Stream.CASE, first)) == [Outcome.STORED]
    assert outcomes(terminal, terminal.event(Stream.CASE, second)) == [Outcome.WAITS_FOR]


def test_a_flipped_byte_is_never_shown_as_the_file(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    file = a_file(terminal)
    upload(terminal, file)
    case = terminal.case(attachments=[file.as_attachment()])
    terminal.send(terminal.event(Stream.CASE, case))
    (kept,) = files_of(server)
    content = bytearray(kept.read_bytes())
    content[100_000] ^= 1
    kept.write_bytes(content)
    url = f"{server.console_url}/console/cases/{case.case_id}/attachments/{file.digest}"
    assert requests.get(url, timeout=WITHIN_S).status_code == 500


def test_an_answer_that_is_dropped_after_the_commit(
    server: PlatformServer, terminal: EnrolledTerminal, file: SealedFile
) -> None:
    create(terminal, file)
    server.turn(FaultChange(drop_answer_after_commit=1))
    with pytest.raises(requests.exceptions.ConnectionError):
        patch(terminal, file, 0, 50_000)
    assert head(terminal, file).headers["upload-offset"] == "50000"
