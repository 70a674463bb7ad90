"""The documents hang together: links lead somewhere, decisions are in order, every code is explained."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from jsonschema import Draft202012Validator

from contract.item_checks import check_item
from contract.items import Item
from foundation.errors import all_errors
from tests.house.tree import committed

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)


def anchors(markdown: str) -> set[str]:
    """Return the anchors that a reader of Markdown makes of the headings."""
    headings = re.findall(r"^#+ +(.+)$", FENCE.sub("", markdown), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere(repository: Path) -> None:
    broken = []
    for name in committed(repository, "*.md"):
        text = (repository / name).read_text(encoding="utf-8")
        for link, picture in LINK.findall(FENCE.sub("", text)):
            target, _, anchor = (link or picture).partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            file = (repository / name.parent / target) if target else repository / name
            if not file.exists():
                broken.append(f"{name}: {link or picture}")
            elif anchor and anchor not in anchors(file.read_text(encoding="utf-8")):
                broken.append(f"{name}: {link or picture} (no such heading)")
    assert not broken


def test_decisions_are_numbered_without_a_gap_and_all_in_the_index(repository: Path) -> None:
    decisions = sorted(path.name for path in (repository / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in decisions] == list(range(len(decisions)))
    index = (repository / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert [name for name in decisions if f"({name})" not in index] == []


def test_every_decision_says_its_state_and_how_it_would_be_taken_back(repository: Path) -> None:
    for path in sorted((repository / "docs" / "adr").glob("[0-9]*.md")):
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "How it would be reversed"], path.name


def test_every_error_code_is_explained_to_the_technician(repository: Path) -> None:
    page = (repository / "docs" / "troubleshooting" / "codes.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([A-Z]+-\d{3})` \|", page, flags=re.MULTILINE)
    assert len(explained) == len(set(explained))
    assert set(all_errors()) - set(explained) == set(), "explain them in docs/troubleshooting/codes.md"
    assert set(explained) - set(all_errors()) == set(), "no such code any more"


def test_the_matter_of_the_guide_can_be_shown_and_run(repository: Path) -> None:
    guide = (repository / "docs" / "guides" / "add-a-matter.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```", guide, flags=re.MULTILINE | re.DOTALL)
    item = msgspec.json.decode(example, type=Item)
    check_item(item)
    Draft202012Validator.check_schema(item.schema)
