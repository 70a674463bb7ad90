"""The script for whoever lends the terminal a voice: ``make voice-script``.

One line for each phrase: the name of its recording, its text, where it is said. A recording is a WAVE file of
16-bit PCM, up to 60 s; put into the folder of recordings under that name, it takes the synthesiser's place.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from drivers.speech.device import LANGUAGES
from drivers.speech.phrases import Phrase, PhraseBook, Recordings, SentenceOf
from drivers.speech.protocol import Wave


def sentences_in(folder: Path) -> SentenceOf:
    """The sentences of ``FOLDER/zh.toml`` and ``en.toml``, by section and name."""
    tables = {
        language: tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }

    def sentence_of(language: str, sentence_id: str) -> str:
        section, _, name = sentence_id.partition(".")
        return str(tables[language][section][name])

    return sentence_of


def main(arguments: Sequence[str], answers: TextIO) -> int:
    """Prints the script; with ``--recordings``, what each file is; 1 when one of them cannot be used."""
    parser = argparse.ArgumentParser(prog="voice-script", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--words", type=Path, required=True, help="the folder of zh.toml and en.toml")
    parser.add_argument("--language", choices=LANGUAGES, help="only this language")
    parser.add_argument("--recordings", type=Path, help="the folder of recordings, to see what is there")
    options = parser.parse_args(arguments)
    book, recordings = PhraseBook(sentences_in(options.words)), Recordings(options.recordings)
    for language in [options.language] if options.language else LANGUAGES:
        for phrase in Phrase:
            line = book.line(phrase, language)
            row = [f"{language}/{phrase.value}.wav", line.text, line.where]
            if recordings.wanted:
                row.append(_what_is_there(recordings, phrase, language))
            print("\t".join(row), file=answers)
    return 1 if recordings.bad() else 0


def _what_is_there(recordings: Recordings, phrase: Phrase, language: str) -> str:
    found = recordings.find(phrase, language)
    if found is None:
        return "-"
    return f"{found.duration_s:.1f} s" if isinstance(found, Wave) else f"!! {found.value}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
