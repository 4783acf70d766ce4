"""An imported release as visitors get it: pages, files and health, and what they read when it cannot be read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from components import downloads
from components.export import all_figures_csv
from data import current
from data.current import Current
from data.release import Release
from tests.data.on_disk import put


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> Iterator[Path]:
    """A folder of releases that the app serves from."""
    monkeypatch.setattr(current, "_current", Current(tmp_path))
    yield tmp_path
    current.let_go()


def test_pages_and_health_name_the_release(release: Release, client: FlaskClient, root: Path) -> None:
    put(root, release, "statline-1")
    assert client.get("/readyz").get_json() == {"release": "statline-1", "rijen": len(release)}
    for page in (
        "/",
        "/regionaal?regio=GM1731",
        "/download",
        "/wat-is-nieuw",
        "/model",
        "/embed/landelijk/recidive-plegers",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "statline-1" in answer.get_data(as_text=True)
        assert "kan niet worden gelezen" not in answer.get_data(as_text=True)


def test_a_release_that_cannot_be_read_is_told_on_every_page(release: Release, client: FlaskClient, root: Path) -> None:
    (put(root, release, "kapot", 20) / "cijfers.parquet").write_bytes(b"")
    assert client.get("/readyz").get_json()["release"] == release.name
    for page in ("/", "/landelijk", "/toelichting", "/embed/landelijk/recidive-plegers", "/bestaat-niet"):
        assert "De levering kapot kan niet worden gelezen" in client.get(page).get_data(as_text=True)


def test_all_figures_are_those_that_the_import_left(release: Release, client: FlaskClient, root: Path) -> None:
    put(root, release, "statline-1")
    plain = client.get("/download/cijfers.csv")
    packed = client.get("/download/cijfers.csv", headers={"Accept-Encoding": "gzip"})
    file = client.get("/download/cijfers.csv.gz")
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in file.headers
    assert gzip.decompress(packed.data) == gzip.decompress(file.data) == plain.data
    lines = sorted(plain.get_data(as_text=True).splitlines())
    assert lines == sorted(all_figures_csv(release).decode().splitlines())


def test_what_is_too_large_for_a_spreadsheet_says_so(
    release: Release, client: FlaskClient, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, release, "statline-1")
    monkeypatch.setattr(downloads, "MOST_ROWS", len(release) - 1)
    for address in ("/download/cijfers.xlsx", "/download/cijfers.csv?formaat=mensen"):
        answer = client.get(address)
        assert answer.status_code == 413
        assert "te veel voor één bestand in Excel" in answer.get_data(as_text=True)
        assert "cijfers.csv.gz" in answer.get_data(as_text=True)
    assert client.get("/download/cijfers.csv").status_code == 200
    page = client.get("/download").get_data(as_text=True)
    assert "te veel voor één bestand in Excel" in page
    assert 'href="/download/cijfers.xlsx"' not in page
