"""The list of what each cross lacks: complete, true of the release, and the same as in docs/dekking.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.__main__ import main
from data.coverage import ENOUGH, crosses
from data.errors import DataError
from data.gaps import END, HEADS, START, held, missing, put, report
from data.release import Release
from tests.data.parts import part_of

FILE = Path(__file__).resolve().parents[2] / "docs" / "dekking.md"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(text: str) -> list[list[str]]:
    lines = [cells(line) for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [line for line in lines if line != list(HEADS)]


def test_the_list_in_the_docs_is_that_of_the_release(release: Release) -> None:
    document = FILE.read_text(encoding="utf-8")
    assert put(report(release), document) == document


def test_every_cross_that_is_not_full_is_there_once_for_each_theme(release: Release) -> None:
    expected = [
        [release.catalogue.indicators[slug].titel, view, how]
        for (_, slug, view), how in crosses(release).items()
        if how != "volledig"
    ]
    found = rows(report(release))
    assert [row[:3] for row in found] == expected
    assert all(len(row) == len(HEADS) and all(row) for row in found)


def test_a_cross_without_anything_says_so_and_no_other(release: Release) -> None:
    for title, _, how, there, lacks, _ in rows(report(release)):
        if there == "niets":
            assert how == "geen", title
            assert "hoogstens" not in lacks, title
        else:
            assert re.match(r"\d+ getal", there), title


def test_what_a_cross_reaches_is_less_than_what_the_rule_asks(release: Release) -> None:
    reached = [int(found[1]) for row in rows(report(release)) if (found := re.search(r"hoogstens (\d+)$", row[4]))]
    assert reached
    assert max(reached) < ENOUGH


def test_what_there_is_counts_numbers_and_signs_apart(release: Release) -> None:
    """StatLine 84849NED, Leeuwarden 2020: six durations, for advice and for reports, all with a number."""
    indicator = release.catalogue.indicators["duur-van-het-geweld"]
    own = release.own(indicator, "regionaal")
    assert held(release, own) == "12 getallen: Leeuwarden (gemeente); 2020"
    assert missing(release, indicator, "regionaal", own).endswith("in één periode; nu hoogstens 1")
    sign = part_of({"regio_code": "GM0080", "periode": "2020JJ00", "waarde": None})
    assert held(release, sign) == "0 getallen en 1 teken: Leeuwarden (gemeente); 2020"


def test_statline_tables_are_named_by_their_numbers(release: Release) -> None:
    places = {(row[0], row[1]): row[5] for row in rows(report(release))}
    assert "84847NED" in places["Casussen bij Veilig Thuis", "tijdreeksen"]
    assert "84852NED" in places["Acuut en/of structureel onveilig", "regionaal"]
    assert {"84848NED", "84849NED"} <= set(re.findall(r"\d+NED", places["Duur van het geweld", "landelijk"]))


def test_the_list_takes_the_place_of_the_former_one() -> None:
    document = f"before\n{START}\nold\n{END}\nafter\n"
    assert put("new", document) == f"before\n{START}\n\nnew\n\n{END}\nafter\n"
    assert put("new", put("newer", document)) == put("new", document)
    with pytest.raises(DataError, match="geen plaats"):
        put("new", "nothing")


def test_the_command_prints_the_list_or_writes_it(
    release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dekking"]) == 0
    assert report(release) in capsys.readouterr().out
    file = tmp_path / "dekking.md"
    file.write_text(f"{START}{END}", encoding="utf-8")
    assert main(["dekking", "--in", str(file)]) == 0
    assert report(release) in file.read_text(encoding="utf-8")
    file.write_text("nothing", encoding="utf-8")
    assert main(["dekking", "--in", str(file)]) == 1
    assert "geen plaats" in capsys.readouterr().err
