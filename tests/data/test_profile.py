from __future__ import annotations

import pytest

from data.profile import Panel, Profile, around, profile
from data.release import Release


def of(release: Release, code: str) -> Profile:
    return profile(release, release.regions[code])


def panel(found: Profile, maat: str, category: str = "Totaal") -> Panel:
    (one,) = [p for p in found.panels if (p.maat, p.categorie) == (maat, category)]
    return one


def numbers(one: Panel) -> dict[str, float | None]:
    return {row.region.code: row.figure.value if row.figure else None for row in one.rows}


def test_midden_drenthe_beside_its_region_and_nederland(release: Release) -> None:
    one = panel(of(release, "GM1731"), "Ontvangen meldingen")
    assert one.period == "2023JJ00"
    assert numbers(one) == {"GM1731": 105, "VT02": 1_905, "NL01": 127_340}
    rates = {row.region.code: row.rate for row in one.rows}
    # By hand: 105 / 33.987, 1.905 / 502.051 and 127.340 / 17.811.291, times 10.000.
    assert [(r.value, r.about) for r in rates.values() if r] == [(31.0, True), (37.9, False), (71.5, False)]


def test_unknown_services_are_unknown(release: Release) -> None:
    one = panel(of(release, "GM1731"), "Afgeronde diensten voorwaarden en vervolg")
    assert one.own.figure is not None
    assert (one.own.figure.value, one.own.figure.sign) == (None, ".")
    assert one.own.rate is None
    assert numbers(one)["VT02"] == 125


def test_what_the_sources_do_not_have_is_none(release: Release) -> None:
    one = panel(of(release, "GM1731"), "Casussen met ontvangen melding(en)")
    assert numbers(one) == {"GM1731": 80, "VT02": 1_495, "NL01": None}


def test_the_places_around_a_region(release: Release) -> None:
    def codes(code: str) -> list[str]:
        return [r.code for r in around(release, release.regions[code])]

    assert codes("GM1731") == ["VT02", "PV22", "LD01", "NL01"]
    assert codes("GM0796") == ["VT16", "PV30", "LD04", "NL01"]  # 's-Hertogenbosch
    assert codes("GM0944") == ["VT06", "PV31", "LD04", "NL01"]  # Mook en Middelaar: Limburg, with Gelderland-Zuid
    assert codes("VT02") == ["PV22", "LD01", "NL01"]
    assert codes("VT16") == ["PV30", "LD04", "NL01"]
    assert codes("PV22") == ["LD01", "NL01"]
    assert codes("LD01") == ["NL01"]
    assert codes("CR07") == ["NL01"]


def test_an_indicator_without_own_figures_names_the_nearest_region_with_them(release: Release) -> None:
    near = {n.indicator.slug: n.region.code if n.region else None for n in of(release, "GM1731").nearest}
    assert near["ondertoezichtstellingen"] == "PV22"
    assert near["casussen-bij-veilig-thuis"] == "VT02"
    assert near["onderzoeken-raad-voor-de-kinderbescherming"] == "NL01"
    assert near["beoordeling-welzijn-door-clienten"] is None
    assert "aantal-adviezen-en-meldingen" not in near


def test_the_two_brabant_regions_have_no_rate(release: Release) -> None:
    for code in ("VT16", "VT26"):
        assert all(p.own.rate is None for p in of(release, code).panels)


def test_a_change_compares_the_same_thing_only(release: Release) -> None:
    """Ontvangen meldingen in Drenthe (provincie): 2.205 in 2020, 1.905 in 2023."""
    one = panel(of(release, "PV22"), "Ontvangen meldingen")
    assert one.before is not None
    assert (one.before.period, one.before.figure.value) == ("2020JJ00", 2_205)
    assert one.before.change.absolute == -300
    assert one.before.change.percent is not None
    assert one.before.change.percent.value == -14
    # In 2019 the Veilig Thuis-regio only has half-years: no year to compare with.
    assert panel(of(release, "VT02"), "Ontvangen meldingen").before is None


def test_a_place_is_among_those_with_a_number(release: Release) -> None:
    """Actieve casussen, 2e halfjaar 2019: five of 26 regions have fewer than Drenthe (1.745)."""
    one = panel(of(release, "VT02"), "Actieve casussen")
    assert one.place is not None
    assert (one.place.of, one.of_level) == (26, 26)
    frame = release.figures
    rows = frame[(frame["maat"] == "Actieve casussen") & (frame["periode"] == "2019HJ02")]
    values = sorted(rows.loc[rows["regio_code"].str.startswith("VT"), "waarde"], reverse=True)
    assert values[one.place.place - 1] == 1_745
    few = panel(of(release, "GM1731"), "Ontvangen meldingen")
    assert few.place is None


def test_peers_have_the_figure_and_about_the_same_size(release: Release) -> None:
    found = [(p, peer) for p in of(release, "GM0106").panels for peer in p.peers]
    assert found
    for one, peer in found:
        assert one.own.population is not None
        assert peer.population is not None
        assert peer.figure is not None
        assert 2 / 3 <= peer.population.inhabitants / one.own.population.inhabitants <= 1.5


@pytest.mark.parametrize("level", ["GM", "VT", "PV", "LD", "CR", "X-"])
def test_every_number_is_the_published_one(release: Release, level: str) -> None:
    keys = ["maat", "kenmerk", "categorie", "periode", "regio_code", "eenheid"]
    rows = release.figures[[*keys, "waarde"]]
    there = {tuple(row[:6]): row[6] for row in rows.itertuples(index=False)}
    for region in release.regions.by_code.values():
        if region.level != level:
            continue
        for one in profile(release, region).panels:
            for row in (*one.rows, *one.peers):
                if row.figure:
                    key = (one.maat, one.kenmerk, one.categorie, one.period, row.region.code, row.figure.unit)
                    value = there[key]
                    assert row.figure.value == (value if value == value else None)
                if row.rate:
                    assert row.population is not None
                    assert str(row.population.year) == one.period[:4]
                    assert row.figure is not None
                    assert row.figure.value is not None
                    exact = 10_000 * row.figure.value / row.population.inhabitants
                    assert abs(row.rate.value - exact) <= 0.5 * 10**-row.rate.decimals + 1e-9
