from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from data import borders, geometry
from data.errors import DataError
from data.release import Release
from tests.data.conftest import replace_in


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(borders.FOLDER, tmp_path / "grenzen"))


@pytest.mark.parametrize(("year", "count"), [(2018, None), (2019, 26), (2022, 26), (2023, 25), (2025, 25)])
def test_each_year_has_the_regions_that_existed(release: Release, year: int, count: int | None) -> None:
    found = borders.borders("VT", year)
    if count is None:
        assert found is None
        return
    assert found is not None
    there = {r.code for r in release.regions.by_code.values() if r.level == "VT" and r.exists_in(year)}
    assert set(found.shapes) == there
    assert len(there) == count


def test_no_other_level_has_borders_yet() -> None:
    assert borders.borders("GM", 2023) is None


def test_areas_are_those_of_the_country() -> None:
    shapes = borders.read_shapes(borders.FOLDER / "VT-2022.geojson")
    size = {
        code: sum(geometry.area(ring) * 111.2**2 * math.cos(math.radians(ring[0][1])) for ring in rings)
        for code, rings in shapes.items()
    }
    # 70072ned: land and water in square kilometres; the country also has the large waters, which are not drawn.
    assert size["VT11"] + size["VT19"] == pytest.approx(3_316.52 + 104.22, rel=0.02)
    south = ("VT13", "VT15", "VT16", "VT21", "VT25", "VT26")
    assert sum(size[code] for code in south) == pytest.approx(7_046.17 + 245.73, rel=0.02)
    assert 33_647 < sum(size.values()) < 33_647 + 7_896


def test_simplifying_hardly_changes_an_area() -> None:
    shapes, _ = geometry.flat(borders.read_shapes(borders.FOLDER / "VT-2022.geojson"), borders.WIDTH, borders.MARGIN)
    drawn = borders.borders("VT", 2022)
    assert drawn is not None
    for code, rings in shapes.items():
        assert drawn.shapes[code].area == pytest.approx(sum(map(geometry.area, rings)), rel=0.03), code
    assert sum(len(shape.path) for shape in drawn.shapes.values()) < 9_000


def test_the_two_brabant_regions_are_one_without_a_class_from_2023() -> None:
    before, after = borders.borders("VT", 2022), borders.borders("VT", 2023)
    assert before is not None
    assert after is not None
    assert after.shapes["VT26"].area == pytest.approx(before.shapes["VT16"].area + before.shapes["VT26"].area, rel=0.01)
    assert after.without_class == {"VT26"}
    assert not before.without_class


def test_every_circle_stands_in_its_own_region() -> None:
    drawn = borders.borders("VT", 2022)
    assert drawn is not None
    laid, _ = geometry.flat(borders.read_shapes(borders.FOLDER / "VT-2022.geojson"), borders.WIDTH, borders.MARGIN)
    for code, shape in drawn.shapes.items():
        inside = [other for other, rings in laid.items() if any(geometry.inside(shape.middle, r) for r in rings)]
        assert inside == [code]


def test_the_source_of_the_borders_is_known(release: Release) -> None:
    drawn = borders.borders("VT", 2022)
    assert drawn is not None
    assert "CC BY 4.0" in release.regions.inhabitants.sources[drawn.source].licentie


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("van = 2023", "van = 2022", "VT heeft in 2022 twee grenzen"),
        ("tot = 2022", "eind = 2022", "grenzen.toml: eind"),
        ('["VT16", "VT26"]', '["VT16", "VT99"]', "VT99 ontbreekt, een deel van VT26"),
    ],
)
def test_a_wrong_declaration_is_one_clear_line(own: Path, old: str, new: str, reason: str) -> None:
    replace_in(own / "grenzen.toml", old, new)
    with pytest.raises(DataError, match=reason):
        borders.borders("VT", 2023, own)


def test_a_wrong_file_is_one_clear_line(own: Path) -> None:
    path = own / "VT-2022.geojson"
    whole = json.loads(path.read_text(encoding="utf-8"))
    for change, reason in [
        ({"features": whole["features"] + whole["features"][:1]}, "VT01 staat er twee keer in"),
        ({"features": []}, "geen gebied"),
        ({}, "geen bruikbare GeoJSON"),
        ({"features": [{"properties": {"code": "VT01"}, "geometry": {"type": "Point"}}]}, "geen vlak"),
    ]:
        path.write_text(json.dumps(change), encoding="utf-8")
        with pytest.raises(DataError, match=reason):
            borders.read_shapes(path)
    path.unlink()
    with pytest.raises(DataError, match="niet te lezen"):
        borders.read_shapes(path)
