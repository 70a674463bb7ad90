"""The one list of phrases, the script for a speaker, and what stands for each in the words of the house."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from drivers.speech.phrases import Phrase, PhraseBook, Recordings
from drivers.speech.protocol import Wave, wave_file
from drivers.speech.voice_script import main, sentences_in
from tests.drivers.speech.booth import ROOT, book, put_recording, tone
from words import Words


def script(*arguments: str) -> tuple[int, list[list[str]]]:
    answers = io.StringIO()
    code = main(["--words", str(ROOT / "words"), *arguments], answers)
    return code, [line.split("\t") for line in answers.getvalue().splitlines()]


def test_every_phrase_has_a_text_and_a_place_in_both_languages_and_no_value_to_fill_in() -> None:
    for language in ("zh", "en"):
        lines = [book().line(phrase, language) for phrase in Phrase]
        assert all(line.text and line.where and "{" not in line.text for line in lines)
        assert len({line.text for line in lines}) == len(lines)


def test_the_ear_gets_the_words_of_the_eye() -> None:
    for language in ("zh", "en"):
        assert book().line(Phrase.LEAVE_CARD, language).text == Words(language).say("sign_in.leave_card")
        said_by_the_application = PhraseBook(lambda language, name: Words(language).say(name))
        assert said_by_the_application.line(Phrase.RATE, language) == book().line(Phrase.RATE, language)


def test_a_sentence_with_a_value_in_it_can_be_no_phrase() -> None:
    with pytest.raises(ValueError, match="could be of a person"):
        PhraseBook(lambda _language, _name: "{name}，您已登录。")


def test_a_sentence_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        sentences_in(ROOT / "words")("zh", "sign_in.nobody")


def test_the_script_has_a_line_for_each_phrase_with_its_recording_its_text_and_its_place() -> None:
    code, rows = script()
    assert code == 0
    assert len(rows) == 2 * len(Phrase)
    assert rows[list(Phrase).index(Phrase.FACE_DONE)] == [
        "zh/face-done.wav",
        "拍好了。",
        "拍照，拍好了",
    ]
    assert len(script("--language", "en")[1]) == len(Phrase)


def test_the_script_says_which_recordings_are_there_and_which_must_be_made_again(tmp_path: Path) -> None:
    put_recording(tmp_path, Phrase.RATE, tone(1.5))
    put_recording(tmp_path, Phrase.HELP, wave_file(tone())[:60])
    code, rows = script("--recordings", str(tmp_path), "--language", "zh")
    there = {row[0]: row[3] for row in rows}
    assert code == 1
    assert there["zh/rate.wav"] == "1.5 s"
    assert there["zh/help.wav"] == "!! cut_short"
    assert there["zh/face-done.wav"] == "-"


def test_without_a_folder_there_are_no_recordings(tmp_path: Path) -> None:
    assert not Recordings(None).wanted
    assert Recordings(None).bad() == {}
    assert Recordings(tmp_path / "nowhere").find(Phrase.RATE, "zh") is None
    put_recording(tmp_path, Phrase.RATE, tone())
    assert isinstance(Recordings(tmp_path).find(Phrase.RATE, "zh"), Wave)
