"""From tables on the service to a release: every figure, whatever the codes, and everything that is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from data import release_files, releases
from data.catalogue import TOTAL
from data.release import Release
from data.schema import KEY
from tests.statline.conftest import Told, run
from tests.statline.server import serving
from tests.statline.world import World

COMPARED = ["waarde", "teken", "status"]


def figures_of(root: Path) -> pd.DataFrame:
    folder = releases.folder_of(root, releases.in_use(root))
    return (
        release_files.read_figures(folder).to_pandas().astype({name: str for name in [*KEY, "teken", "status", "bron"]})
    )


def differences(found: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """The figures that are not the same in both, beside each other."""
    both = expected.merge(found, on=KEY, how="left", suffixes=("", "_gevonden"), indicator=True)
    same = (both["_merge"] == "both") & (both["teken"] == both["teken_gevonden"])
    same &= both["status"] == both["status_gevonden"]
    a, b = both["waarde"].to_numpy(float), both["waarde_gevonden"].to_numpy(float)
    return both[~(same & ((a == b) | (np.isnan(a) & np.isnan(b))))]


def test_every_figure_equals_what_was_served(imported: tuple[Path, Told], world: World) -> None:
    found, expected = figures_of(imported[0]), world.expected()
    assert differences(found, expected).empty
    assert not found.duplicated(KEY).any()
    ours = found[found["bron"].str.fullmatch(r"cbs-\d{5}ned")]
    assert len(ours) == len(expected), "and nothing else"


def test_the_embedded_figures_that_statline_does_not_have_stay(
    imported: tuple[Path, Told], world: World, release: Release
) -> None:
    found = figures_of(imported[0])
    served = set(world.expected()[KEY].itertuples(index=False, name=None))
    here = release.figures.astype({name: str for name in [*KEY, "teken", "status"]})
    kept = here[[key not in served for key in here[KEY].itertuples(index=False, name=None)]]
    assert len(kept) > 1000
    assert differences(found, kept).empty


def test_what_differs_from_the_embedded_figures_is_in_the_history(
    imported: tuple[Path, Told], world: World, release: Release
) -> None:
    folder = releases.folder_of(imported[0], releases.in_use(imported[0]))
    history = release_files.read_history(folder)
    mine = history[history["nieuw_bron"].str.startswith("cbs-8")]
    both = world.expected().merge(release.figures, on=KEY, suffixes=("", "_oud"))
    a, b = both["waarde"].to_numpy(float), both["waarde_oud"].to_numpy(float)
    other = both[~((a == b) | (np.isnan(a) & np.isnan(b))) | (both["teken"] != both["teken_oud"])]
    assert len(mine) == len(other) > 100
    assert set(mine["nieuw_publicatiedatum"]) == {"2025-10-11"}
    assert releases.read_manifest(folder).wijzigingen.herzien == len(other)
    assert len(history) == len(mine) + len(release.history)


def test_totals_of_every_table_are_there_for_shares(imported: tuple[Path, Told], world: World) -> None:
    folder = releases.folder_of(imported[0], releases.in_use(imported[0]))
    totals = release_files.read_totals(folder).to_pandas()
    found = dict(zip(zip(totals["bron"], totals["maat"], totals["regio_code"], totals["periode"], strict=True),
                     totals["waarde"], strict=True))  # fmt: skip
    for table in world.tables.values():
        served = table.expected()
        wanted = served[(served["kenmerk"] == "Totaal") & (served["eenheid"] == "aantal") & served["waarde"].notna()]
        for row in wanted.itertuples():
            assert found[row.bron, row.maat, row.regio_code, row.periode] == row.waarde


def test_what_is_not_known_is_kept_declared_and_reported(imported: tuple[Path, Told], release: Release) -> None:
    root, told = imported
    folder = releases.folder_of(root, releases.in_use(root))
    catalogue, regions = release_files.declared(folder, release.catalogue, release.regions)
    assert regions["VT97"].label == "Ergensland (Veilig Thuis-regio)"
    assert regions["GM9901"].name == "Nieuwstad aan Zee"
    assert "Gevolgde trainingen" in catalogue.indicators["type-adviesvrager-melder"].maten
    assert "Gevolgde trainingen" in catalogue.indicators["duur-van-het-geweld"].maten
    assert "Partnergeweld: onbekend" in catalogue.members["aard-geweld-adviezen-meldingen-veilig-thuis",
                                                          "Aard van het geweld"]  # fmt: skip
    assert catalogue.members["overdrachten-naar-organisatie", "Type hulp"].keys() >= {"Hulp van soort 0"}
    assert "Duur geweld: onbekend" in catalogue.members["duur-van-het-geweld", "Duur van het geweld"]
    parent = catalogue.members["aard-geweld-adviezen-meldingen-veilig-thuis", "Aard van het geweld"]
    assert parent["Partnergeweld: onbekend"].ouder == "(Ex-)Partnergeweld"
    figures = figures_of(root)
    assert (figures["teken"] == "Onverwacht").sum() > 10
    for word in ("VT97", "GM9901", "Gevolgde trainingen", "Hulp van soort 0", "Onverwacht"):
        assert any(word in line for line in told.lines), word
        assert any(word in line for line in releases.read_manifest(folder).meldingen), word


def test_every_figure_is_of_a_measure_and_categories_that_its_indicator_offers(
    imported: tuple[Path, Told], release: Release
) -> None:
    """What is kept is shown too."""
    folder = releases.folder_of(imported[0], releases.in_use(imported[0]))
    catalogue, _ = release_files.declared(folder, release.catalogue, release.regions)
    kept = figures_of(imported[0])[["indicator", "maat", "kenmerk", "categorie"]].drop_duplicates()
    assert len(kept) > 500
    for slug, maat, kenmerk, categorie in kept.itertuples(index=False):
        assert maat in catalogue.indicators[slug].maten, (slug, maat)
        if kenmerk != TOTAL and " | " not in kenmerk:
            assert categorie in catalogue.members[slug, kenmerk], (slug, kenmerk, categorie)


def test_the_news_tells_of_the_release(imported: tuple[Path, Told], release: Release) -> None:
    folder = releases.folder_of(imported[0], releases.in_use(imported[0]))
    catalogue, _ = release_files.declared(folder, release.catalogue, release.regions)
    [message] = [m for m in catalogue.messages.values() if m.id == folder.name]
    assert "84851NED (stand 11 oktober 2025)" in message.tekst
    source = catalogue.sources["cbs-84851ned"]
    assert source.titel == "StatLine: Huiselijk geweld; aard geweld, aanvullende informatie, regio"
    assert source.publicatiedatum == "2025-10-11"


def test_other_codes_give_the_same_figures(world: World, imported: tuple[Path, Told], tmp_path: Path) -> None:
    other = World(0.0005, seed=11, noise=False, spaces=False)
    for table in other.tables.values():
        renamed = {m.code: f"Q{n}" for n, m in enumerate(table.measures)}
        table.measures = [type(m)(**(vars(m) | {"code": renamed[m.code]})) for m in table.measures]
        table.frame["Measure"] = table.frame["Measure"].map(renamed)
    with serving(other, per_page=3_000) as server:
        run(tmp_path, server)
    columns = [*KEY, *COMPARED]
    assert figures_of(tmp_path)[columns].equals(figures_of(imported[0])[columns])


def test_a_table_that_did_not_change_is_not_fetched_again(small: World, tmp_path: Path) -> None:
    with serving(small) as server:
        first = run(tmp_path, server)
        server.requests.clear()
        told = Told()
        assert run(tmp_path, server, told) == (
            f"Geen tabel is gewijzigd; levering {releases.in_use(tmp_path)} blijft in gebruik."
        )
        assert first.startswith("Levering statline-")
        assert {path.rsplit("/", 1)[1] for path in server.requests} == {"Properties"}
        assert "84847NED: niet gewijzigd sinds 2025-10-11." in told.lines


def test_a_revised_table_gives_a_new_release_and_its_history(small: World, tmp_path: Path) -> None:
    with serving(small) as server:
        run(tmp_path, server)
    before = releases.in_use(tmp_path)
    old = figures_of(tmp_path)
    new_world = World(0.004, seed=3, only=("84847NED", "84852NED"), version=2)
    gone = new_world.tables["84847NED"]
    [transfers] = [m.code for m in gone.measures if (m.is_, m.unit) == ("Overdrachten", "aantal")]
    there = (gone.frame["Measure"] == transfers) & gone.frame["RegioS"].str.startswith("GM")
    dropped = gone.frame.index[there][:7]
    gone.frame = gone.frame.drop(dropped)
    gone.count = len(gone.frame)
    with serving(new_world) as server:
        line = run(tmp_path, server)
    expected = new_world.expected()
    assert differences(figures_of(tmp_path), expected).empty
    folder = releases.folder_of(tmp_path, releases.in_use(tmp_path))
    both = old.merge(expected, on=KEY, suffixes=("_oud", ""))
    a, b = both["waarde"].to_numpy(float), both["waarde_oud"].to_numpy(float)
    revised = int((~((a == b) | (np.isnan(a) & np.isnan(b)))).sum())
    manifest = releases.read_manifest(folder)
    assert (manifest.wijzigingen.herzien, manifest.vorige) == (revised, before)
    assert manifest.wijzigingen.vervallen == 7
    assert revised > 20
    assert f"{revised} herzien, 7 vervallen" in line
    history = release_files.read_history(folder)
    latest = history[history["nieuw_publicatiedatum"] == "2025-10-12"]
    assert len(latest) == revised + 7
    withdrawn = latest[latest["reden"].str.startswith("Staat niet meer in StatLine")]
    assert len(withdrawn) == 7
    assert withdrawn["nieuw_waarde"].isna().all()
    assert releases.names(tmp_path) == [before, folder.name]
    assert releases.rollback(tmp_path) == before
    assert figures_of(tmp_path).equals(old)


def test_only_the_tables_asked_for_are_renewed(small: World, tmp_path: Path) -> None:
    with serving(small) as server:
        run(tmp_path, server)
    newer = World(0.004, seed=3, only=("84847NED", "84852NED"), version=2)
    with serving(newer) as server:
        run(tmp_path, server, tables=("84847NED",))
    expected = pd.concat([newer.tables["84847NED"].expected(), small.tables["84852NED"].expected()])
    mine = figures_of(tmp_path)
    of_847 = expected.drop_duplicates(KEY)
    found = differences(mine, of_847[~of_847["maat"].isin(["Ontvangen meldingen"])])
    assert found.empty
    manifest = releases.read_manifest(releases.folder_of(tmp_path, releases.in_use(tmp_path)))
    assert {t.id: t.gewijzigd[:10] for t in manifest.tabellen} == {"84847NED": "2025-10-12", "84852NED": "2025-10-11"}


def test_where_tables_contradict_each_other_the_newest_counts_and_it_is_reported(tmp_path: Path) -> None:
    world = World(0.004, seed=3, only=("84847NED", "84852NED"), version=1)
    newer = World(0.004, seed=3, only=("84847NED", "84852NED"), version=2)
    world.tables["84852NED"] = newer.tables["84852NED"]
    told = Told()
    with serving(world) as server:
        run(tmp_path, server, told)
    assert differences(figures_of(tmp_path), world.tables["84852NED"].expected()).empty
    assert any("cbs-84852ned en cbs-84847ned geven" in line and "cbs-84852ned telt" in line for line in told.lines)


def test_a_rehearsal_writes_nothing(small: World, tmp_path: Path) -> None:
    told = Told()
    with serving(small) as server:
        line = run(tmp_path / "leeg", server, told, dry=True)
        assert not any("Observations" in path for path in server.requests)
    count = sum(table.count for table in small.tables.values())
    told_count = f"{count:,}".replace(",", ".")
    assert line == f"Proef: 2 tabellen op te halen, {told_count} waarnemingen. Er is niets gewijzigd."
    assert any("VT97" in line for line in told.lines)
    assert not (tmp_path / "leeg").exists()


def test_since_a_day(small: World, tmp_path: Path) -> None:
    with serving(small) as server:
        assert run(tmp_path, server, since=date(2025, 10, 12)) == "Er is niets op te halen; er verandert niets."
        assert run(tmp_path, server, since=date(2025, 10, 11)).startswith("Levering statline-")
