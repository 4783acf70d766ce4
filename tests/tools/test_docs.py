"""What the documents name is there: files, headings, commands and settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(document: Path) -> set[str]:
    """The addresses of the headings of a document, as a forge makes them."""
    heads = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_every_make_target_is_explained_and_every_explained_one_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"help"}
    told = set(re.findall(r'@echo "make ([a-z]+) ', makefile))
    named = {t for d in DOCUMENTS for t in re.findall(r"`(?:sudo )?make ([a-z]+)", d.read_text(encoding="utf-8"))}
    assert named <= targets == told
    assert len(named) > 8


def test_every_file_that_the_documents_name_is_there() -> None:
    file = re.compile(r"`([a-z_]+(?:/[\w.-]+)+\.(?:py|toml|csv|md|sh|yaml|js|css|txt|typ|template))`")
    named = {(d.name, name) for d in DOCUMENTS for name in file.findall(d.read_text(encoding="utf-8"))}
    assert len(named) > 60
    rooms = [ROOT, *(ROOT / name for name in ("data", "components", "pages"))]
    assert [(document, name) for document, name in sorted(named) if not any((r / name).exists() for r in rooms)] == []


def test_every_setting_is_explained_with_its_default() -> None:
    known = set(re.findall(r'given(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "settings.py").read_text(encoding="utf-8")))
    manual = (ROOT / "docs" / "beheer.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `?([^|`]+)`? \|", manual, re.MULTILINE))
    assert set(rows) == known
    given = {name: value for name, value in rows.items() if value.strip() != "leeg"}
    assert read_settings(given) == read_settings({})
    assert {"HOST", "PORT", "CBS_ODATA_URL", "STIJL"} <= set(given)
