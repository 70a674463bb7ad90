"""How a character is told from its likes by ear: “武，武汉的武”, and a rare one by its sound: “䶮，读音 yan”.

Made of the words of rime-essay, a list with how often each is used, turned into simplified characters by
OpenCC, and of the dictionary of luna-pinyin; nothing of a person goes in.
"""

from __future__ import annotations

import ctypes
import json
from ctypes import c_char_p, c_size_t, c_void_p
from pathlib import Path

LIBRARY = "libopencc.so.1.1"
ESSAY = Path("/usr/share/rime-data/essay.txt")
SOUNDS = Path("/usr/share/rime-data/luna_pinyin.dict.yaml")
GRIM = frozenset("死亡丧葬墓坟尸棺殡悼殉毙杀刑囚屠癌瘟疫病痛祸灾惨鬼魔妖魂孤寡残废疯奸淫妓嫖赌毒贼盗匪屎尿")
"""No word with one of these is an example: somebody hears it who writes the name of her mother."""
_FAILED = c_void_p(-1).value


class Spoken:
    """Read-only once made, which takes most of a second. Empty where the word list is missing."""

    def __init__(self, words: dict[str, str], uses: dict[str, int], sounds: dict[str, str]) -> None:
        self._words = words
        self._uses = uses
        self._sounds = sounds

    @classmethod
    def load(cls, cache: Path) -> Spoken:
        """From ``cache``, a file that is made when it is missing."""
        if not cache.exists():
            words, uses = _words_and_uses()
            made = (words, uses, _sounds(without=words))
            fresh = cache.with_suffix(".new")
            fresh.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
            fresh.replace(cache)
        return cls(*json.loads(cache.read_text(encoding="utf-8")))

    def say(self, candidate: str) -> str:
        """What a candidate is called: a word as it is, a character with the commonest word that it is in."""
        if candidate in self._words:
            return f"{candidate}，{self._words[candidate]}的{candidate}"
        return f"{candidate}，读音 {self._sounds[candidate]}" if candidate in self._sounds else candidate

    def uses(self, character: str) -> int:
        """How often a character is used; 0 for one that hardly ever is."""
        return self._uses.get(character, 0)


def _words_and_uses() -> tuple[dict[str, str], dict[str, int]]:
    """The commonest word of two characters for each, and how often each stands alone or in one."""
    if not ESSAY.exists():
        return {}, {}
    words: dict[str, tuple[int, str]] = {}
    uses: dict[str, int] = {}
    for line in _simplified(ESSAY.read_text(encoding="utf-8")).splitlines():
        word, _, count = line.partition("\t")
        if len(word) > 2 or not count.isdigit():
            continue
        used = int(count)
        for character in set(word):
            uses[character] = uses.get(character, 0) + used
            if not _is_example(word):
                continue
            if (used, word) > words.get(character, (0, "")):
                words[character] = (used, word)
    return {character: word for character, (_, word) in words.items()}, uses


def _is_example(word: str) -> bool:
    return len(word) == 2 and word[0] != word[1] and GRIM.isdisjoint(word)


def _sounds(without: dict[str, str]) -> dict[str, str]:
    """How each character is read that no word tells: lines of ``character TAB pinyin`` in the dictionary."""
    if not SOUNDS.exists():
        return {}
    sounds: dict[str, str] = {}
    for line in SOUNDS.read_text(encoding="utf-8").splitlines():
        character, _, rest = line.partition("\t")
        if len(character) == 1 and rest and character not in without:
            sounds.setdefault(character, rest.partition("\t")[0])
    return sounds


def _simplified(text: str) -> str:
    """The text in simplified characters; as it is where OpenCC is missing."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        return text
    library.opencc_open.restype, library.opencc_open.argtypes = c_void_p, (c_char_p,)
    library.opencc_close.argtypes = (c_void_p,)
    library.opencc_convert_utf8.restype = c_void_p
    library.opencc_convert_utf8.argtypes = (c_void_p, c_char_p, c_size_t)
    library.opencc_convert_utf8_free.argtypes = (c_void_p,)
    converter = library.opencc_open(b"t2s.json")
    if converter in (None, _FAILED):
        return text
    raw = text.encode("utf-8")
    converted = library.opencc_convert_utf8(converter, raw, len(raw))
    library.opencc_close(converter)
    if not converted:
        return text
    simplified = ctypes.string_at(converted).decode("utf-8")
    library.opencc_convert_utf8_free(converted)
    return simplified
