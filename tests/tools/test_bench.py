"""The benchmark: its document, section by section, and the app it compares with."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tools.bench.__main__ import SECTIONS
from tools.bench.baseline import figures
from tools.bench.document import FILE, Result, Section, read, renew, text_of
from tools.machine import machine


def section(title: str) -> Section:
    return Section(title, "By hand.", lambda: Result(["what", "measured"], [["time", "1 | 2"]], ["A remark."]))


def chapter(name: str, title: str) -> str:
    return text_of(name, section(title), section(title).measure())


def test_a_section_that_is_measured_again_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "bench.md"
    for name in ("one", "two"):
        renew(name, chapter(name, name.title()), file)
    before = read(file)
    assert list(before) == ["one", "two"]
    renew("one", chapter("one", "Renewed"), file)
    after = read(file)
    assert list(after) == ["one", "two"]
    assert after["two"] == before["two"]
    text = file.read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "## Renewed\n\nBy hand.\n" in text
    assert "| what | measured |\n| --- | --- |\n| time | 1 \\| 2 |\n\n- A remark.\n" in text
    assert machine() in text


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="one"):
        text_of("one", section("One"), Result(["what", "measured"], [["time"]]))


@pytest.mark.parametrize("name", SECTIONS)
def test_each_section_is_there(name: str) -> None:
    found = import_module(SECTIONS[name]).SECTION
    assert isinstance(found, Section)
    assert found.how.endswith(".")


def test_the_file_of_the_project_has_sections_that_exist() -> None:
    assert set(read(FILE)) <= set(SECTIONS)


def test_the_app_to_compare_with_shows_the_same_figures() -> None:
    shown = figures("landelijk", {"indicator": "aantal-adviezen-en-meldingen"})
    assert list(shown[shown["period"] == "2019HJ02"]["value"]) == [54540, 66730]  # StatLine 84847NED
