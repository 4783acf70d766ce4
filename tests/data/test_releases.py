"""Releases on disk: put in place, verified and rolled back at once or not at all."""

from __future__ import annotations

import gzip
import multiprocessing
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from components.export import all_figures_csv
from data import release_files, releases, schema
from data.catalogue import Category, Extension, Measure, Message, Source, extend
from data.clean import FIGURE, ORIGIN
from data.errors import DataError
from data.release import Release

SOURCE = Source(
    id="cbs-1ned", uitgever="CBS", titel="Een tabel", tabel="1NED", publicatiedatum="2026-01-02",
    adres="https://www.cbs.nl/", statusregel="zoals StatLine", licentie="CC BY 4.0", ontleend_aan="",
)  # fmt: skip
MEASURE = Measure(
    maat="Nieuwe maat", slug="nieuwe-maat", soort="stroom", indicator="kerncijfers-veilig-thuis",
    enkelvoud="ding", meervoud="dingen", definitie="Een maat.", percentage="",
)  # fmt: skip
CATEGORY = Category(
    dimensie="84849NED", label="Nieuw lid", indicator="type-adviesvrager-melder", kenmerk="Soort contact",
    categorie="Nieuw lid", ouder="",
)  # fmt: skip
MESSAGE = Message(
    id="statline-2026", datum=date(2026, 1, 2), titel="Nieuw", tekst="Nieuwe cijfers van StatLine."
)  # fmt: skip
MORE = Extension(
    sources=[SOURCE], measures=[MEASURE], categories=[CATEGORY], messages=[MESSAGE],
    maten={"kerncijfers-veilig-thuis": ["Nieuwe maat"]}, kenmerken={"type-adviesvrager-melder": ["Soort contact"]},
)  # fmt: skip
REGION = {
    "code": "GM9999", "naam": "Nergenshuizen", "niveau": "GM", "geldig_van": "", "geldig_tot": "", "gewijzigd": "",
    "ouder": "", "inwoners_2023": "", "opmerking": "",
}  # fmt: skip


def put(root: Path, release: Release, name: str, year: int = 2026, **more: object) -> Path:
    """Make a release of the embedded figures and put it in place; not yet in use."""
    building = releases.begin(root, name)
    content = release_files.content_of(release.figures.head(60), release.observations.head(60), release.history)
    release_files.write(building, content)
    manifest = releases.Manifest(
        formaat=releases.FORMAT, naam=name, gemaakt=datetime(year, 1, 1, tzinfo=UTC), programma="0", ingebouwd="i",
        cijfers=60, bestanden=releases.files_in(building),
    )  # fmt: skip
    return releases.put_in_place(root, building, manifest.model_copy(update=more))


def test_figures_come_back_as_they_were_written(release: Release, tmp_path: Path) -> None:
    release_files.write(
        tmp_path, release_files.content_of(release.figures, release.observations, release.history)
    )  # fmt: skip
    back = release_files.read_figures(tmp_path).to_pandas()
    expected = release.figures.sort_values(schema.KEY, kind="stable").reset_index(drop=True)
    assert [*back.columns] == [*FIGURE, *ORIGIN]
    for name in back.columns:
        if name == "waarde":
            np.testing.assert_array_equal(back[name].to_numpy(), expected[name].to_numpy())
        else:
            assert back[name].tolist() == expected[name].tolist(), name
    history = release_files.read_history(tmp_path)
    assert history.equals(release.history.reset_index(drop=True).astype(history.dtypes.to_dict()))


def test_the_totals_are_those_that_shares_are_computed_with(release: Release, tmp_path: Path) -> None:
    release_files.write(tmp_path, release_files.content_of(release.figures, release.observations, release.history))
    rows = release_files.read_totals(tmp_path).to_pylist()
    found = {(r["bron"], r["maat"], r["regio_code"], r["periode"]): r["waarde"] for r in rows}
    told = [r for r in schema.records(release.observations) if r["kenmerk"] == "Totaal" and r["eenheid"] == "aantal"]
    assert found == {
        (r["bron"], r["maat"], r["regio_code"], r["periode"]): r["waarde"] for r in told if r["waarde"] == r["waarde"]
    }


def test_the_file_of_all_figures_is_the_download(release: Release, tmp_path: Path) -> None:
    table = release_files.as_table(release.figures, FIGURE)
    release_files.write_csv_gz(table, tmp_path / "a.gz")
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == all_figures_csv(release)
    release_files.write_csv_gz(table, tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_texts_that_need_quotes_and_formulas(tmp_path: Path) -> None:
    row = dict.fromkeys(FIGURE, "a") | {"maat": 'zeg "ja", of', "categorie": "=1+1", "waarde": None, "teken": "-"}
    table = pa.table([pa.array([row[n]], pa.float64() if n == "waarde" else pa.string()) for n in FIGURE], names=FIGURE)
    encoded = pa.table(
        [c if n == "waarde" else c.dictionary_encode() for n, c in zip(FIGURE, table.columns, strict=True)], FIGURE
    )
    release_files.write_csv_gz(encoded, tmp_path / "x.gz")
    line = gzip.decompress((tmp_path / "x.gz").read_bytes()).decode().splitlines()[1]
    assert line == 'a,"zeg ""ja"", of",a,\'=1+1,a,a,a,a,,a,-,a,a'


def test_what_a_release_declares_joins_the_catalogue(release: Release, tmp_path: Path) -> None:
    content = release_files.Content(
        release_files.as_table(release.figures, [*FIGURE, *ORIGIN]),
        release_files.totals_of(release.observations), release.history, MORE, [REGION],
    )  # fmt: skip
    release_files.write(tmp_path, content)
    catalogue, regions = release_files.declared(tmp_path, release.catalogue, release.regions)
    assert catalogue.measures["Nieuwe maat"] == MEASURE
    assert "Nieuwe maat" in catalogue.indicators["kerncijfers-veilig-thuis"].maten
    assert catalogue.members["type-adviesvrager-melder", "Soort contact"] == {"Nieuw lid": CATEGORY}
    assert catalogue.sources["cbs-1ned"] == SOURCE
    assert catalogue.messages["statline-2026"] == MESSAGE
    assert "Nieuwe maat" not in release.catalogue.measures, "the embedded catalogue does not change"
    assert regions["GM9999"].label == "Nergenshuizen (gemeente)"
    assert "GM9999" not in release.regions


def test_an_extension_that_contradicts_the_catalogue_is_refused(release: Release) -> None:
    with pytest.raises(DataError, match="onbekende indicator niets"):
        extend(release.catalogue, Extension(maten={"niets": ["x"]}))
    with pytest.raises(DataError, match="heeft geen kenmerk Soort contact"):
        extend(release.catalogue, Extension(categories=[CATEGORY]))


def test_in_use_only_after_it_was_put_in_use(release: Release, tmp_path: Path) -> None:
    assert releases.in_use(tmp_path) == ""
    put(tmp_path, release, "eerste", 2025)
    assert releases.in_use(tmp_path) == ""
    releases.use(tmp_path, "eerste")
    put(tmp_path, release, "tweede", 2026)
    assert (releases.in_use(tmp_path), releases.names(tmp_path)) == ("eerste", ["eerste", "tweede"])


def test_roll_back_and_forth(release: Release, tmp_path: Path) -> None:
    for year, name in enumerate(("een", "twee", "drie"), start=2024):
        put(tmp_path, release, name, year)
        releases.use(tmp_path, name)
    assert releases.rollback(tmp_path) == "twee"
    assert releases.in_use(tmp_path) == "twee"
    assert releases.rollback(tmp_path, "drie") == "drie"
    assert releases.rollback(tmp_path) == "twee"
    assert releases.rollback(tmp_path) == "een"
    with pytest.raises(DataError, match="er is geen levering van voor een"):
        releases.rollback(tmp_path)
    with pytest.raises(DataError, match="levering vier is er niet: een, twee, drie"):
        releases.rollback(tmp_path, "vier")
    assert releases.candidates(tmp_path) == ["een", "drie", "twee"]


def test_a_damaged_release_is_not_put_in_use(release: Release, tmp_path: Path) -> None:
    put(tmp_path, release, "goed", 2025)
    releases.use(tmp_path, "goed")
    folder = put(tmp_path, release, "stuk", 2026)
    path = folder / release_files.FIGURES
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DataError, match=r"levering stuk: cijfers\.parquet is beschadigd"):
        releases.use(tmp_path, "stuk")
    path.unlink()
    with pytest.raises(DataError, match=r"levering stuk: cijfers\.parquet ontbreekt"):
        releases.verify(folder)
    assert releases.in_use(tmp_path) == "goed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b'"formaat":1', b'"formaat":2'), "formaat 2 is nieuwer dan dit programma kent"),
        ((b'"formaat":1', b'"formaat":0'), "formaat 0 is niet te lezen"),
        ((b'"naam":"een"', b'"naam":"twee"'), r"manifest\.json hoort bij levering twee"),
        ((b'"cijfers":60', b'"cijfers":"veel"'), r"manifest\.json klopt niet"),
        ((b"{", b""), r"manifest\.json klopt niet"),
    ],
)
def test_a_manifest_that_cannot_be_used(
    release: Release, tmp_path: Path, change: tuple[bytes, bytes], reason: str
) -> None:
    path = put(tmp_path, release, "een") / releases.MANIFEST
    text = path.read_bytes().replace(b": ", b":")
    assert change[0] in text
    path.write_bytes(text.replace(*change, 1))
    with pytest.raises(DataError, match=reason):
        releases.read_manifest(path.parent)
    assert releases.names(tmp_path) == []


def test_what_was_left_half_made_is_removed_and_never_listed(release: Release, tmp_path: Path) -> None:
    put(tmp_path, release, "goed")
    releases.use(tmp_path, "goed")
    half = releases.begin(tmp_path, "half")
    (half / "cijfers.parquet").write_bytes(b"half")
    assert releases.names(tmp_path) == ["goed"]
    assert releases.clean(tmp_path) == ["half"]
    assert not half.exists()
    assert releases.in_use(tmp_path) == "goed"


def test_the_oldest_releases_go_but_never_the_one_in_use(release: Release, tmp_path: Path) -> None:
    for year, name in enumerate(("a", "b", "c", "d", "e"), start=2020):
        put(tmp_path, release, name, year)
    releases.use(tmp_path, "a")
    assert releases.prune(tmp_path, 2) == ["b", "c"]
    assert releases.names(tmp_path) == ["a", "d", "e"]


def test_a_name_that_is_taken_gets_a_number(release: Release, tmp_path: Path) -> None:
    assert releases.free_name(tmp_path, "statline-2026-11-25") == "statline-2026-11-25"
    put(tmp_path, release, "statline-2026-11-25")
    assert releases.free_name(tmp_path, "statline-2026-11-25") == "statline-2026-11-25-2"


def _hold(root: Path, held: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event) -> None:
    with releases.lock(root):
        held.set()
        done.wait(20)


def test_one_import_at_a_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path, held, done))
    other.start()
    assert held.wait(20)
    with pytest.raises(DataError, match="er loopt al een import"), releases.lock(tmp_path):
        pass
    other.kill()
    other.join()
    with releases.lock(tmp_path):
        pass
