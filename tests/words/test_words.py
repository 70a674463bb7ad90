"""The words are complete, the same in both languages, and keep to docs/guides/words.md."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from contract.sets import CaseState, Coded, QueryOutcome, Satisfaction
from foundation.errors import all_errors
from words import LANGUAGES, Words

HAN_IN_A_SENTENCE = 20
WORDS_IN_A_SENTENCE = 12
NEVER_ON_A_SLIP = ("回执", "受理通知书")
"""Both are legal acts of an authority; ours is a 提交凭条."""
OFFICE_WORDS = ("办件", "点位", "终端", "核验", "字段")
"""They stay in the office; on a slip the settled labels of the data standard may stand."""


def test_both_languages_say_the_same_sentences_with_the_same_values() -> None:
    chinese, english = (
        {sentence_id: placeholders(words, sentence_id) for sentence_id in words.ids()}
        for words in map(Words, LANGUAGES)
    )
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_and_leaves_no_brace(language: str) -> None:
    words = Words(language)
    for sentence_id in words.ids():
        sentence = said(words, sentence_id)
        assert sentence
        assert sentence == sentence.strip() or sentence_id.startswith("punctuation.")
        assert not set("{}") & set(sentence)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["error", "technician"])
def test_every_error_has_its_words_and_no_word_outlives_its_error(language: str, section: str) -> None:
    assert names_in(language, section) == set(all_errors())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_case_is_explained(language: str) -> None:
    dated = {"saved_here", "submitted", "accepted"}
    assert names_in(language, "case_state") == values(CaseState) | {"no_word"} | {
        f"{state}_without_date" for state in dated
    }
    assert {"found", "nothing", "refused"} == values(QueryOutcome) <= names_in(language, "result")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_levels_are_those_of_the_contract_in_its_words(language: str) -> None:
    words = Words(language)
    for level in Satisfaction:
        settled = level.zh if language == "zh" else level.en
        assert words.say(f"satisfaction.{level.value}").casefold() == settled.casefold()
    assert names_in(language, "satisfaction") == values(Satisfaction)


def test_sentences_are_as_short_as_they_are_spoken() -> None:
    """Rule 1 of the guide."""
    chinese, english = Words("zh"), Words("en")
    for sentence_id in chinese.ids():
        for sentence in re.split(r"[。？；]", said(chinese, sentence_id)):
            assert len(re.findall(r"[\u4e00-\u9fff]", sentence)) < HAN_IN_A_SENTENCE, sentence_id
        for sentence in re.split(r"[.?;:](?:\s|$)", said(english, sentence_id)):
            assert len(sentence.split()) <= WORDS_IN_A_SENTENCE, sentence_id


def test_words_of_the_office_stay_in_the_office() -> None:
    words = Words("zh")
    for sentence_id in words.ids():
        assert not [word for word in NEVER_ON_A_SLIP if word in said(words, sentence_id)], sentence_id
        if sentence_id.partition(".")[0] not in ("technician", "slip"):
            assert not [word for word in OFFICE_WORDS if word in said(words, sentence_id)], sentence_id


def test_only_the_authority_accepts() -> None:
    """受理 is a legal act with deadlines (行政许可法 art. 32): nothing that a machine does is called so."""
    words = Words("zh")
    speaking_of_acceptance = {
        sentence_id for sentence_id in words.ids() if "受理" in said(words, sentence_id)
    }
    assert speaking_of_acceptance == {
        "case_state.submitted",
        "case_state.accepted",
        "case_state.accepted_without_date",
        "case_state.refused",
        "slip.not_accepted",
    }
    assert words.say("case_state.submitted", hear_by="12月6日").endswith("受理与否，12月6日前告诉您。")
    assert "不表示已受理" in words.say("slip.not_accepted")


def test_a_sentence_or_a_value_that_is_not_there_is_a_bug() -> None:
    words = Words("zh")
    with pytest.raises(KeyError, match=r"error\.NONE-999"):
        words.say("error.NONE-999")
    with pytest.raises(KeyError, match="since"):
        words.say("connection.offline")
    assert words.say("connection.offline", since="21:03", matters=7) == "自 21:03 起连不上省里"
    assert words.knows("readiness.without_fingerprint")
    assert not words.knows("readiness.without_iris")


def test_a_value_is_never_read_as_a_sentence_of_ours() -> None:
    assert (
        Words("en").say("help.keeper", keeper="{hotline} {0.__class__}") == "Kept by {hotline} {0.__class__}"
    )


def test_there_is_no_third_language() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Words("fr")


def test_nothing_is_read_before_it_is_asked_for(repository: Path) -> None:
    probe = (
        "import sys; opened = [];"
        "sys.addaudithook(lambda name, facts: name == 'open' and opened.append(str(facts[0])));"
        "import words; assert not [name for name in opened if name.endswith('.toml')];"
        "words.Words('zh'); assert [name for name in opened if name.endswith('zh.toml')]"
    )
    subprocess.run([sys.executable, "-c", probe], cwd=repository, check=True)


def test_every_sentence_that_the_program_names_is_there(repository: Path) -> None:
    """Ids that stand in the code as they are; those made of parts are closed sets, tested above."""
    words = Words("zh")
    sections = {sentence_id.partition(".")[0] for sentence_id in words.ids()}
    missing = [
        f"{path.relative_to(repository)}:{node.lineno}: {node.value}"
        for folder in ("kiosk_app", "provisioning", "screens")
        for path in sorted((repository / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(r"[a-z_]+\.[a-z_]*[a-z]", node.value)
        if node.value.partition(".")[0] in sections and not words.knows(node.value)
    ]
    assert not missing


def placeholders(words: Words, sentence_id: str) -> frozenset[str]:
    sentence = words._sentences[sentence_id]
    names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names), sentence_id
    return frozenset(names)


def said(words: Words, sentence_id: str) -> str:
    """The sentence with a figure for each value."""
    return words.say(sentence_id, **dict.fromkeys(placeholders(words, sentence_id), "1"))


def names_in(language: str, section: str) -> set[str]:
    prefix = section + "."
    return {
        sentence_id.removeprefix(prefix)
        for sentence_id in Words(language).ids()
        if sentence_id.startswith(prefix)
    }


def values(closed_set: type[Coded]) -> set[str]:
    return {member.value for member in closed_set}
