"""What people read beside the screens' own labels: errors, readiness, slips, advice; in Chinese and English.

The sentences stand in ``zh.toml`` and ``en.toml``, one section for each occasion; how to write one is in
docs/guides/words.md. Labels that never change belong to the screens, and the texts of a matter to its item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

LANGUAGES = ("zh", "en")


class Words:
    """The words of one language, read once when it is made. Thread-safe."""

    def __init__(self, language: str) -> None:
        """``language`` is one of :data:`LANGUAGES`. Raises ``ValueError`` for any other."""
        if language not in LANGUAGES:
            raise ValueError(f"words are there in {' and '.join(LANGUAGES)}, not in {language!r}")
        import tomllib  # noqa: PLC0415  # who only asks for the languages does not wait for it

        file = Path(__file__).with_name(f"{language}.toml")
        self.language = language
        self._sentences = dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))

    def say(self, sentence_id: str, /, **values: object) -> str:
        """The sentence with its ``{placeholders}`` filled in.

        ``sentence_id`` is the section and the name: ``error.PRNT-002``. A sentence or a value that is not
        there is a bug and raises ``KeyError``; a value that no placeholder asks for is left out.
        """
        return self._sentences[sentence_id].format_map(values)

    def knows(self, sentence_id: str) -> bool:
        """Whether there is such a sentence: for ids that are made from data, such as a capability's name."""
        return sentence_id in self._sentences

    def ids(self) -> frozenset[str]:
        """The id of every sentence."""
        return frozenset(self._sentences)


def _flat(table: Mapping[str, object], section: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        path = f"{section}.{name}" if section else name
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        else:
            yield path, str(value)
