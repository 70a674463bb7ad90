"""Themes: exact bytes with their signature, in force with the next request; what cannot be read stays out."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from contract.clips import decode_clips
from contract.operations import SIGNATURE_HEADER
from contract.signing import Verifier
from contract.theme import decode_theme
from province_platform.__main__ import main
from province_platform.publication import NotPublishableError
from province_platform.server import PlatformServer
from province_platform.signed_documents import Kind
from tests.fixtures.themes import LIGHT, a_pack, in_bytes
from tests.province_platform.terminals import EnrolledTerminal


def theme_of(terminal: EnrolledTerminal) -> str:
    return decode_theme(terminal.call("GET", "/v1/theme").content).theme_id


def verifies(terminal: EnrolledTerminal, answer: requests.Response) -> bool:
    return Verifier(terminal.enrolment.item_key).verifies(answer.content, answer.headers[SIGNATURE_HEADER])


def test_a_new_platform_publishes_the_terminals_own_look(terminal: EnrolledTerminal) -> None:
    answer = terminal.call("GET", "/v1/theme")
    assert verifies(terminal, answer)
    assert decode_theme(answer.content).light is None


def test_a_pack_published_by_command_is_served_as_its_exact_bytes(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    before = terminal.call("GET", "/v1/theme").headers["etag"]
    file = tmp_path / "pack.json"
    file.write_bytes(in_bytes(a_pack()))
    assert main(["publish-theme", "--root", str(server.root), str(file)]) == 0
    after = terminal.call("GET", "/v1/theme", headers={"if-none-match": before})
    assert after.content == file.read_bytes()
    assert verifies(terminal, after)
    again = terminal.call("GET", "/v1/theme", headers={"if-none-match": after.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_pack_that_cannot_be_read_is_not_published(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pale.json"
    file.write_bytes(in_bytes(a_pack(light=LIGHT | {"ink": "#8A9AA4"})))
    assert main(["publish-theme", "--root", str(server.root), str(file)]) == 1
    assert "ink on paper has a contrast of 2.7" in capsys.readouterr().err
    assert theme_of(terminal) == "ours"


def test_taking_one_back_is_publishing_what_was_there_before(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    ours = terminal.call("GET", "/v1/theme").content
    server.publish_document(Kind.THEME, in_bytes(a_pack()))
    assert theme_of(terminal) == "bamboo.2026"
    server.publish_document(Kind.THEME, ours)
    assert theme_of(terminal) == "ours"


def test_a_folder_of_clips_is_published_by_command(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decode_clips(terminal.call("GET", "/v1/clips").content).clips == []
    command = ["publish-clips", "--root", str(server.root)]
    assert main([*command, "province_platform/reference_clips"]) == 0
    answer = terminal.call("GET", "/v1/clips")
    assert verifies(terminal, answer)
    assert [clip.place.value for clip in decode_clips(answer.content).clips] == ["sign_in", "farewell"]
    (tmp_path / "clips.toml").write_text('sheet_id = "a"\n[help]\nfile = "a.webp"\nzh = "a"\nen = "a"\n')
    (tmp_path / "a.webp").write_bytes(b"GIF89a")
    assert main([*command, str(tmp_path)]) == 1
    assert "the clip help is no animated WebP" in capsys.readouterr().err
    assert terminal.call("GET", "/v1/clips").content == answer.content


def test_nothing_endless_is_taken(server: PlatformServer) -> None:
    with pytest.raises(NotPublishableError, match="more than"):
        server.publish_document(Kind.THEME, b" " * 300_000)
