"""The reference matters are complete and consistent and work from data alone; so does the fourth."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from contract.item_checks import check_item, decode_batch_document
from contract.items import IDENTITY_SOURCES, Item, ItemBatch, LocalText, SlipBlockKind, StepWidget
from contract.sets import Assurance, ItemKind, OfflineRule
from foundation.identity_numbers import is_unified_social_credit_code

FOLDER = Path("province_platform/reference_items")
FOURTH = Path("tests/fixtures/items/fourth-item.json")
CODES = {
    "pension-payments",
    "residence-permit-endorsement",
    "elder-allowance",
    "disability-subsidy",
    "passport-renewal",
    "call-back",
    "my-cases",
    "consultation",
    "enterprise-appeal",
    "pension-confirmation",
}
GOOD_ANSWERS: dict[str, list[dict[str, Any]]] = {
    "enterprise-appeal": [
        {"kind": "proposal", "topic": "tax"},
        {"kind": "problem", "topic": "other", "words": "门口的路修了三个月", "mobile": "13900000000"},
    ],
    "consultation": [
        {"topic": "other", "place": "武汉市江汉区"},
        {
            "topic": "household",
            "place": "恩施土家族苗族自治州",
            "words": "䶮字怎么写",
            "mobile": "13900000000",
        },
    ],
    "pension-confirmation": [
        {"birth_date": "1944-08-17", "residence": "hubei"},
        {"birth_date": "1944-08-17", "residence": "abroad", "mobile": "13900000000"},
    ],
    "my-cases": [{"case": "0b1c0a9e-7a51-4f0e-9f5c-0f9f8b7d1c22"}],
    "pension-payments": [{"period": "3"}, {"period": "12"}],
    "residence-permit-endorsement": [
        {"residence": "same", "ground": "study", "issued_on": "2023-09-01", "mobile": "13900000000"},
    ],
    "elder-allowance": [
        {
            "birth_date": "1941-02-03",
            "household_address": "湖北省武汉市江岸区样例路1号",
            "household_register": "authority_checks",
            "payment": "social_security_card",
            "living": "alone",
        },
        {
            "birth_date": "1941-02-03",
            "household_address": "湖北省武汉市江岸区样例路1号",
            "household_register": "licence-0001",
            "payment": "other_account",
            "living": "in_care_home",
            "mobile": "13900000000",
        },
    ],
    "disability-subsidy": [
        {
            "disability_certificate": "licence-0002",
            "subsidies": ["living", "care"],
            "payment": "social_security_card",
            "mobile": "19900000000",
        },
    ],
    "passport-renewal": [{"reason": "full", "collection": "courier", "mobile": "13900000000"}],
    "call-back": [{"mobile": "13900000000", "convenient": "evening"}],
    "flexible-worker-insurance": [{"work": "platform", "level": "60", "start_on": "2026-12-01"}],
}
BAD_ANSWERS: dict[str, list[dict[str, Any]]] = {
    "enterprise-appeal": [{"kind": "proposal"}, {"kind": "other", "topic": "tax"}],
    "pension-confirmation": [{"birth_date": "1944-08-17"}, {"birth_date": "1944-08-17", "residence": "moon"}],
    "consultation": [
        {"topic": "other"},
        {"topic": "other", "place": ""},
        {"topic": "other", "place": "长" * 61},
    ],
    "my-cases": [{"case": 1}, {"other": "x"}],
    "pension-payments": [{}, {"period": "24"}, {"period": "3", "whose": "somebody else's"}],
    "residence-permit-endorsement": [
        {"residence": "same", "ground": "study", "issued_on": "1 September", "mobile": "13900000000"},
        {"residence": "same", "ground": "study", "issued_on": "2023-09-01", "mobile": "02787654321"},
    ],
    "elder-allowance": [{"household_register": "", "payment": "cash", "living": "alone"}],
    "disability-subsidy": [
        {
            "disability_certificate": "licence-0002",
            "subsidies": [],
            "payment": "social_security_card",
            "mobile": "13900000000",
        }
    ],
    "passport-renewal": [{"reason": "full"}],
    "call-back": [{"mobile": "1390000000", "convenient": "any"}, {"convenient": "any"}],
    "flexible-worker-insurance": [{"work": "platform", "level": "70", "start_on": "2026-12-01"}],
}


@pytest.fixture(scope="module")
def batch(repository: Path) -> ItemBatch:
    """Join the files as the platform does."""
    document = json.loads((repository / FOLDER / "batch.json").read_text(encoding="utf-8"))
    document["items"] = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((repository / FOLDER / "items").glob("*.json"))
    ]
    return decode_batch_document(json.dumps(document).encode())


@pytest.fixture(scope="module")
def items(batch: ItemBatch, repository: Path) -> dict[str, Item]:
    fourth = msgspec.json.decode((repository / FOURTH).read_bytes(), type=Item)
    check_item(fourth)
    return {item.code: item for item in (*batch.items, fourth)}


def test_all_are_there_and_each_file_bears_its_code(batch: ItemBatch, repository: Path) -> None:
    assert {item.code for item in batch.items} == CODES
    assert {path.stem for path in (repository / FOLDER / "items").iterdir()} == CODES
    assert batch.region_code == "420000000000"
    assert batch.find("call-back") is not None
    assert batch.find("flexible-worker-insurance") is None


def test_no_file_holds_a_word_that_nobody_reads(repository: Path) -> None:
    """A misspelt name would be ignored in silence, so what is written must come back as it was."""
    for path in (*(repository / FOLDER / "items").iterdir(), repository / FOURTH):
        written = json.loads(path.read_text(encoding="utf-8"))
        read = msgspec.to_builtins(msgspec.json.decode(path.read_bytes(), type=Item))
        assert_contains(read, written, path.name)


def test_good_answers_fit_and_bad_ones_do_not(items: dict[str, Item]) -> None:
    assert set(items) == set(GOOD_ANSWERS) == set(BAD_ANSWERS)
    for code, item in items.items():
        validator = jsonschema.Draft202012Validator(item.schema)
        for answers in GOOD_ANSWERS[code]:
            assert [error.message for error in validator.iter_errors(answers)] == [], code
        for answers in BAD_ANSWERS[code]:
            assert not validator.is_valid(answers), (code, answers)


def test_codes_have_the_shape_of_the_data_standard(items: dict[str, Item]) -> None:
    """31 characters: credit code, level 1 to 7, 12 of the matter; 33 with the handling item."""
    for item in items.values():
        assert len(item.task_code) == 31
        assert is_unified_social_credit_code(item.task_code[:18]), item.code
        assert item.task_code[18] in "1234567"
        assert item.task_code[19:].isdigit()
        assert re.fullmatch(re.escape(item.task_code) + "[0-9]{2}", item.handle_code)
    assert len({item.handle_code for item in items.values()}) == len(items)


def test_what_each_matter_needs_is_what_the_law_and_the_terminal_allow(items: dict[str, Item]) -> None:
    never = {code for code, item in items.items() if item.offline is OfflineRule.NEVER}
    assert never == set(items) - {
        "elder-allowance",
        "call-back",
        "disability-subsidy",
        "pension-confirmation",
    }
    assert [code for code, item in items.items() if item.kind is ItemKind.QUERY] == [
        "my-cases",
        "pension-payments",
    ]
    assert [code for code, item in items.items() if item.assurance is Assurance.ANONYMOUS] == ["call-back"]
    assert [code for code, item in items.items() if not item.on_home] == ["call-back"]
    assert [code for code, item in items.items() if "fingerprint" in item.capabilities] == [
        "passport-renewal"
    ]
    assert items["residence-permit-endorsement"].hear_within_days == 15
    licences = [
        step.licence for item in items.values() for step in item.steps if step.widget is StepWidget.LICENCE
    ]
    assert sorted(licences) == ["disability_certificate", "household_register"]


def test_nobody_who_cannot_finish_here_is_left_without_a_place_to_go(items: dict[str, Item]) -> None:
    for item in items.values():
        beyond = set(item.capabilities) - {"sign_in", "slip"}
        if beyond or item.offline is OfflineRule.NEVER:
            assert item.elsewhere is not None, item.code


def test_whoever_hands_in_hears_by_a_day(items: dict[str, Item]) -> None:
    for item in items.values():
        if item.kind is ItemKind.FORM:
            assert 0 <= item.deadline_days <= item.hear_within_days > 0, item.code
            assert "12345" in item.next_steps[-1].zh


def test_the_paper_is_a_submission_slip_and_says_that_it_is_no_acceptance(items: dict[str, Item]) -> None:
    for item in items.values():
        words = "".join(block.label.zh for block in item.slip if block.label is not None)
        heading = item.slip[0]
        assert heading.kind is SlipBlockKind.HEADING
        assert heading.label is not None
        assert not [word for word in ("回执", "受理通知书", "受理成功") if word in words]
        if item.steps and item.steps[0].widget is StepWidget.OWN_CASE:
            assert heading.label.zh == "凭条", "of a case whose own item is not published any more"
        elif item.kind is ItemKind.QUERY:
            assert heading.label.zh == "查询凭条"
            assert SlipBlockKind.FACTS in {block.kind for block in item.slip}
        else:
            assert heading.label.zh == "提交凭条"
            assert "不表示已受理" in words
        assert SlipBlockKind.RECEIPT_NUMBER in {block.kind for block in item.slip}


def test_no_slip_shows_what_is_sensitive(items: dict[str, Item]) -> None:
    for item in items.values():
        for block in item.slip:
            if block.value in item.fields:
                facts = item.fields[block.value]
                assert facts.sensitivity.value != "sensitive", (item.code, block.value)
                assert facts.source not in IDENTITY_SOURCES, (item.code, block.value)


def test_every_text_is_there_in_both_languages_and_spoken(items: dict[str, Item]) -> None:
    for item in items.values():
        for text in texts_of(msgspec.to_builtins(msgspec.structs.replace(item, notice=None))):
            assert text.zh == text.zh.strip() != ""
            assert text.en == text.en.strip() != ""
            assert re.search(r"[\u4e00-\u9fff]", text.zh), text
            assert not re.search(
                r"[！!]|请稍后|马上|尽快|成功|失败|错误|kindly|successful", text.zh + text.en
            ), text
            for sentence in re.split(r"[。？；，、]", text.zh):
                assert len(re.findall(r"[\u4e00-\u9fff]", sentence)) < 20, text


def notices() -> list[str]:
    """Of which matter; empty for the one of the batch."""
    return ["", "disability-subsidy", "pension-confirmation"]


@pytest.mark.parametrize("code", notices())
def test_the_notice_says_all_that_the_law_asks_for(batch: ItemBatch, code: str) -> None:
    """个人信息保护法 art. 17: who, what for, how, which, how long, which rights; art. 30: why sensitive."""
    item = batch.find(code)
    notice = batch.notice if item is None else item.notice
    assert notice is not None
    whole = "".join(paragraph.zh for paragraph in notice.whole)
    for duty in (
        "个人信息处理者", "联系电话12345", "用来做什么", "用哪些", "怎么用", "存多久", "敏感个人信息",
        "查阅", "复制", "更正", "删除", "撤回", "未满14周岁", "境内", "不同意怎么办", "本机严禁处理国家秘密",
    ):  # fmt: skip
        assert duty in whole, duty
    assert len(notice.lines) == 3
    assert "本机严禁处理国家秘密" in notice.lines[2].zh
    assert "No state secrets" in notice.lines[2].en
    assert all(text.en for text in (*notice.lines, *notice.whole))
    assert max(len(line.zh) for line in notice.lines) <= 36
    assert notice.version


def test_what_keeps_drafts_says_so_and_for_how_long(batch: ItemBatch) -> None:
    own = {item.code: item.notice for item in batch.items if item.notice is not None}
    assert set(own) == set(notices()) - {""}
    assert batch.notice.drafts_kept_days == 0
    assert "没提交的全部清除" in "".join(paragraph.zh for paragraph in batch.notice.whole)
    for notice in own.values():
        whole = "".join(paragraph.zh for paragraph in notice.whole)
        assert f"{notice.drafts_kept_days}天" in notice.lines[1].zh, "among the three lines that all read"
        assert f"留在本机{notice.drafts_kept_days}天" in whole
        assert "全部清除" not in whole + notice.lines[1].zh
        assert notice.version != batch.notice.version, "otherwise who has read that one is not shown this"


def assert_contains(read: Any, written: Any, where: str) -> None:
    if isinstance(written, dict):
        for name, value in written.items():
            assert isinstance(read, dict)
            assert name in read, f"{where}: {name}"
            assert_contains(read[name], value, f"{where}: {name}")
    elif isinstance(written, list):
        assert len(read) == len(written), where
        for index, value in enumerate(written):
            assert_contains(read[index], value, f"{where}[{index}]")
    else:
        assert read == written, where


def texts_of(value: Any) -> list[LocalText]:
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return [LocalText(**value)]
        return [text for inner in value.values() for text in texts_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return []
