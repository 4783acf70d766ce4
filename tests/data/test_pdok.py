"""The importer of borders, with made answers in the form that PDOK documents: not tried against the live service."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit

import pytest

from data import __main__ as commands
from data import borders, geometry, pdok
from data.errors import DataError


def answer(count: int = 25, swap: bool = False, level: str = "VT", **more: Any) -> bytes:
    """Squares in a row, neighbours sharing a border with a point halfway."""
    features = []
    for at in range(count):
        west, east = 4 + at / 100, 4 + (at + 1) / 100
        ring = [[west, 52], [east, 52], [east, 52.05], [east, 52.1], [west, 52.1], [west, 52.05], [west, 52]]
        ring = [[y, x] for x, y in ring] if swap else ring
        features.append(
            {
                "type": "Feature",
                "properties": {"statcode": f"{level}{at + 1:02d}", "statnaam": f"Regio {at + 1}", "rubriek": "x"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def test_the_address_asks_for_one_layer_of_one_year_in_degrees() -> None:
    found = urlsplit(pdok.address("VT", 2024))
    assert found.path == "/cbs/gebiedsindelingen/2024/wfs/v1_0"
    query = {name: values[0] for name, values in parse_qs(found.query).items()}
    assert query["typeNames"] == "gebiedsindelingen:veiligthuisregio_gegeneraliseerd"
    assert (query["srsName"], query["outputFormat"]) == ("EPSG:4326", "application/json")


def test_borders_are_kept_simplified_and_used_for_exactly_that_year(tmp_path: Path) -> None:
    (tmp_path / "grenzen.toml").write_text("grenzen = []", encoding="utf-8")
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return answer()

    line = pdok.refresh("VT", 2024, tmp_path, fetch)
    assert asked == [pdok.address("VT", 2024)]
    assert line.startswith("25 gebieden van 2024 in VT-2024.geojson")
    shapes = borders.read_shapes(tmp_path / "VT-2024.geojson")
    assert len(shapes["VT05"][0]) == 5  # the points halfway a straight border are gone
    (whole,) = geometry.join(shapes.values())
    assert geometry.area(whole) == pytest.approx(0.25 * 0.1)
    found = borders.borders("VT", 2024, tmp_path)
    assert found is not None
    assert set(found.shapes) == set(shapes)
    assert found.explanation == "De kaart toont de grenzen van 2024."
    assert borders.borders("VT", 2023, tmp_path) is None
    assert not list(tmp_path.glob("*.nieuw"))


def test_points_the_other_way_round_are_understood() -> None:
    assert pdok.read(answer(swap=True), "VT") == pdok.read(answer(), "VT")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: answer(3), "3 gebieden, verwacht minstens 20"),
        (lambda: answer(level="GM"), "hoort niet bij VT"),
        (lambda: b"<ows:ExceptionReport/>", "niet te begrijpen"),
        (lambda: b"{}", "niet te begrijpen"),
        (lambda: answer().replace(b"VT02", b"VT01"), "VT01 is dubbel"),
        (lambda: answer().replace(b"52.05", b"463000"), "niet in Nederland, of niet in graden"),
        (lambda: answer().replace(b"Polygon", b"Point"), "geen vlak"),
    ],
)
def test_an_answer_that_is_not_understood_changes_nothing(
    tmp_path: Path, make: Callable[[], bytes], reason: str
) -> None:
    (tmp_path / "VT-2024.geojson").write_text("as it was", encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        pdok.refresh("VT", 2024, tmp_path, lambda _: make())
    assert (tmp_path / "VT-2024.geojson").read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["VT-2024.geojson"]


@pytest.mark.parametrize(("level", "year", "reason"), [("PV", 2024, "niveau PV"), ("VT", 1999, "vanaf 2016")])
def test_what_pdok_does_not_have_is_not_asked_for(level: str, year: int, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        pdok.address(level, year)


def test_a_service_that_does_not_answer_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def silent(*_: object, **__: object) -> object:
        raise URLError("no route")

    monkeypatch.setattr(pdok, "urlopen", silent)
    assert commands.main(["grenzen", "VT", "2024", "--map", str(tmp_path)]) == 1
    assert "PDOK antwoordt niet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
