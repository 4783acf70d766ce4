"""The figures of the funnel, against published tables, scipy, and made figures of all gemeenten."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data import limits
from data.catalogue import TOTAL
from data.choice import choose
from data.funnel import Funnel, funnel, funnels
from data.limits import OUTER
from data.release import Release
from data.view import card_view

INVOLVED, TOTALS = "eerdere-betrokkenheid-veilig-thuis", "aantal-adviezen-en-meldingen"
KENMERK = "Eerdere betrokkenheid Veilig Thuis"
DURING = "Vervolgmelding tijdens betrokkenheid VT: Tijdens veiligheidsbeoordeling"
# StatLine 85361NED, 2023, and the inhabitants on 1 January 2023.
COUNTS = {
    "Aa en Hunze": (15, 25_724), "Aalsmeer": (40, 33_063), "Achtkarspelen": (25, 28_149), "Alblasserdam": (15, 20_356),
    "Albrandswaard": (25, 26_357), "Alkmaar": (140, 111_834), "Almelo": (125, 73_949), "Almere": (485, 222_825),
    "Alphen aan den Rijn": (95, 114_182), "Alphen-Chaam": (20, 10_463), "Altena": (80, 57_726),
    "Amersfoort": (105, 160_759), "Amstelveen": (125, 94_418), "Amsterdam": (1_310, 918_117),
    "Apeldoorn": (45, 167_191), "Arnhem": (105, 165_770), "Assen": (35, 69_414), "Asten": (10, 17_242),
    "Baarle-Nassau": (20, 7_071), "Baarn": (30, 25_008),
}  # fmt: skip
NEDERLAND = (16_915, 17_811_291)


@pytest.fixture(scope="module")
def gemeenten(release: Release) -> Funnel:
    found = funnel(release, INVOLVED, "Ontvangen meldingen", KENMERK, DURING, "2023JJ00", "GM")
    assert found
    return found


def test_it_holds_the_published_counts_and_inhabitants(gemeenten: Funnel) -> None:
    assert {p.region.name: (p.figure.value, p.inhabitants) for p in gemeenten.points} == COUNTS
    assert (gemeenten.country.value, gemeenten.inhabitants) == NEDERLAND
    assert gemeenten.left_out == 342 - 20


def test_the_limits_are_those_that_scipy_gives_for_the_published_counts(gemeenten: Funnel) -> None:
    """The whole computation a second time, with numpy and scipy."""
    observed, people = np.array(list(COUNTS.values()), dtype=float).T
    expected = NEDERLAND[0] / NEDERLAND[1] * people
    variance = expected + 25 / 12
    scores = stats.mstats.winsorize((observed - expected) / np.sqrt(variance), limits=(0.1, 0.1))
    phi = float(np.mean(np.square(scores)))
    weights = expected**2 / variance
    left = stats.norm.expect(lambda z: min(abs(z), stats.norm.ppf(0.9)) ** 2)
    tau2 = (20 * phi / left - 19) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert gemeenten.spread.phi == pytest.approx(phi, rel=1e-9)
    assert gemeenten.spread.between == pytest.approx(np.sqrt(tau2), rel=1e-6)
    for point, mean in zip(gemeenten.points, expected, strict=True):
        for tail, limit in ((0.001, point.outer[0]), (0.999, point.outer[1]), (0.025, point.inner[0])):
            r = stats.poisson.ppf(tail, mean)
            exact = r - (stats.poisson.cdf(r, mean) - tail) / stats.poisson.pmf(r, mean)
            assert limit == pytest.approx(max(0, mean + (exact - mean) * np.sqrt(1 + tau2 * mean)), abs=5e-4)


def test_regions_that_chance_and_usual_differences_explain_are_not_outside(gemeenten: Funnel) -> None:
    assert [p.region.name for p in gemeenten.points if p.side] == []
    assert [p.region.name for p in gemeenten.points if p.near] == ["Almere", "Baarle-Nassau"]


def test_a_province_that_differs_more_than_the_others(release: Release) -> None:
    """Flevoland 2023: 2.235 on 444.701, Nederland 36.355 on 17.811.291: 908 expected."""
    during = "Vervolgmelding tijdens betrokkenheid VT: Totaal"
    found = funnel(release, INVOLVED, "Ontvangen meldingen", KENMERK, during, "2023JJ00", "PV")
    assert found
    assert len(found.points) == 12
    (outside,) = [p for p in found.points if p.side]
    assert (outside.region.name, outside.figure.value, outside.side) == ("Flevoland", 2_235, 1)
    assert outside.expected == pytest.approx(36_355 / 17_811_291 * 444_701)


@pytest.mark.parametrize(
    ("maat", "kenmerk", "categorie", "period", "level"),
    [
        ("Ontvangen meldingen", TOTAL, TOTAL, "2019HJ02", "VT"),  # inhabitants of six of 26 only
        ("Actieve casussen", TOTAL, TOTAL, "2019HJ02", "VT"),  # a stock
        ("Ontvangen meldingen", TOTAL, TOTAL, "2020JJ00", "PV"),  # six provinces have a figure
        ("Ontvangen meldingen", KENMERK, DURING, "2023JJ00", "CR"),  # no figures
        ("Ontvangen meldingen", KENMERK, DURING, "2025HJ01", "GM"),  # no inhabitants
    ],
)
def test_there_is_none_where_too_little_is_known(
    release: Release, maat: str, kenmerk: str, categorie: str, period: str, level: str
) -> None:
    slug = INVOLVED if kenmerk == KENMERK else "kerncijfers-veilig-thuis"
    assert funnel(release, slug, maat, kenmerk, categorie, period, level) is None


def made(release: Release, seed: int = 1) -> Release:
    """Made figures, as an import would bring them: meldingen of all gemeenten in 2023, rounded to fives.

    Each gemeente has a rate of its own that differs a fifth from that of the country, and chance; counts below 5 are
    unknown. Zaanstad has three times as many.
    """
    draw = np.random.default_rng(seed)
    figures = release.figures
    like = figures[(figures["maat"] == "Ontvangen meldingen") & (figures["kenmerk"] == TOTAL)]
    like = like[(like["periode"] == "2023JJ00") & (like["eenheid"] == "aantal")]
    country = like[like["regio_code"] == "NL01"].iloc[0]
    rows = []
    for region in release.regions.by_code.values():
        population = release.regions.inhabitants.of(region.code, 2023)
        if region.level == "GM" and population:
            mean = country["waarde"] / NEDERLAND[1] * population.inhabitants
            own = mean * draw.gamma(25, 1 / 25) * (3 if region.name == "Zaanstad" else 1)
            count = 5 * round(draw.poisson(own) / 5)
            there = {"waarde": float(count), "teken": ""} if count >= 5 else {"waarde": np.nan, "teken": "."}
            place = {"regio_code": region.code, "regio_naam": region.name, "regio_niveau": region.level_name}
            rows.append(country.to_dict() | place | there)
    more = pd.DataFrame(rows)[list(figures.columns)].astype(figures.dtypes.to_dict())
    others = figures.drop(like.index[like["regio_code"].str[:2] == "GM"])
    every = pd.concat([others, more], ignore_index=True)
    return release.with_figures(every, pd.concat([release.observations, more], ignore_index=True))


def test_made_figures_of_all_gemeenten_have_a_funnel_that_finds_the_one_that_differs(release: Release) -> None:
    found = funnel(made(release), TOTALS, "Ontvangen meldingen", TOTAL, TOTAL, "2023JJ00", "GM")
    assert found
    assert len(found.points) >= 335
    assert 0.15 < found.spread.between < 0.25
    assert all(p.low > p.outer[1] for p in found.points if p.side > 0)
    doubt = [p for p in found.points if p.low <= p.inner[1] < (p.figure.value or 0)]
    assert doubt, "some are above a limit as printed"
    assert all(p.near == 0 for p in doubt), "and need not be, with what was rounded away"
    outside = [p.region.name for p in found.points if p.side]
    assert "Zaanstad" in outside
    assert len(outside) <= 6, "nearly all lie within"
    chance = [limits.limits(p.expected, OUTER) for p in found.points]
    by_chance = sum(not low <= p.figure.value <= high for p, (low, high) in zip(found.points, chance, strict=True))
    assert by_chance > 40, "chance alone would call many remarkable that differ as regions do"
    smallest = min(found.points, key=lambda p: p.inhabitants)
    largest = max(found.points, key=lambda p: p.inhabitants)
    assert (smallest.outer[1] / smallest.expected) > 1.5 * (largest.outer[1] / largest.expected), "a funnel"


def test_a_card_has_the_funnels_of_its_measures(release: Release) -> None:
    query = {"indicator": "type-adviesvrager-melder", "niveau": "provincie", "periode": "2023JJ00"}
    card = card_view(release, choose(release, "regionaal", query))
    found = funnels(release, card)
    assert [each.maat for each in found] == ["Gestarte adviezen", "Ontvangen meldingen"]
    assert {each.level for each in found} == {"PV"}
    assert all(each.categorie == card.choice.selection.category for each in found)
    assert funnels(release, card_view(release, choose(release, "landelijk", query))) == []
    percentages = choose(release, "regionaal", {"indicator": "ondertoezichtstellingen"})
    assert funnels(release, card_view(release, percentages)) == []
