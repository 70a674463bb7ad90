"""The console's page, read as text: every word in both languages, every element and every file there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from province_platform.console import PAGE
from province_platform.ledger import Notable
from province_platform.reference_sites import REGIONS

ENTRY = re.compile(r'(\w+): ("(?:[^"\\]|\\.)*")')


def text(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def scripts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.js")}


def entries(language: str) -> list[tuple[str, str]]:
    block = re.search(rf"const {language} = \{{(.*?)\n\}};", text("words.js"), re.DOTALL)
    assert block is not None
    return ENTRY.findall(block.group(1))


def words(language: str) -> dict[str, str]:
    return dict(entries(language))


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_both_languages_say_the_same() -> None:
    zh, en = words("ZH"), words("EN")
    assert len(zh) > 80
    assert set(zh) == set(en)
    assert (len(zh), len(en)) == (len(entries("ZH")), len(entries("EN"))), "a word has two sentences"
    assert [name for name in zh if placeholders(zh[name]) != placeholders(en[name])] == []


def test_every_word_that_is_asked_for_is_there() -> None:
    everything = "".join(scripts().values())
    asked = set(re.findall(r'\bsay\("(\w+)"', everything))
    asked |= set(re.findall(r'data-say="(\w+)"', text("index.html")))
    asked |= set(re.findall(r'"((?:f|x|k|e|c)_\w+)"', everything))
    asked |= {f"s_{name}{what}" for name in ("refuse", "slow_ms", "error_500") for what in ("", "_what")}
    assert asked - set(words("ZH")) == set()


def test_every_element_that_is_looked_for_is_on_the_page() -> None:
    wanted = set(re.findall(r'(?:\$|getElementById)\("([\w-]+)"\)', "".join(scripts().values())))
    wanted |= {f"{name}-close" for name in ("enrolling", "batch", "help")}
    assert wanted - set(re.findall(r'\bid="([\w-]+)"', text("index.html"))) == set()


def test_every_region_has_its_place_on_the_scheme() -> None:
    block = re.search(r"const MAP = \{(.*?)\};", text("console.js"), re.DOTALL)
    assert block is not None
    places = dict(re.findall(r"(\d+): \[(\d, \d)\]", block.group(1)))
    assert set(places) == set(REGIONS)
    assert len(set(places.values())) == len(REGIONS), "two regions in one place"


def test_every_notable_word_has_its_sentence() -> None:
    block = re.search(r"const NOTABLE = \{(.*?)\};", text("exceptions.js"), re.DOTALL)
    assert block is not None
    said_elsewhere = {Notable.CASE_UNDELIVERED.value}  # by the list of those that are still open
    notable = {notable.value for notable in Notable}
    assert set(re.findall(r"(\w+): \[", block.group(1))) == notable - said_elsewhere


@pytest.mark.parametrize("name", sorted(path.name for path in PAGE.glob("*.js")))
def test_text_goes_in_as_text_and_what_is_imported_is_there(name: str) -> None:
    script = text(name)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
    for imported in re.findall(r'from "\./([\w.]+)"', script):
        assert (PAGE / imported).is_file()
    assert Path(name).stem in text("index.html") + "".join(scripts().values())
