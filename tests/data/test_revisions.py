from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data import catalogue
from data.catalogue import Catalogue, Source, Table
from data.errors import DataError
from data.revisions import HISTORY, settle
from data.schema import records
from tests.data.test_schema import table


def published(**dates: str) -> Catalogue:
    """A catalogue of sources with these dates of publication; a '+' behind the date: taken over from another body."""
    empty = catalogue.load().model_copy(update={"tables": (), "sources": {}})
    sources = {
        name: Source(
            id=name, uitgever="CBS", titel="t", tabel="t", publicatiedatum=date.rstrip("+"), adres="https://www.cbs.nl",
            statusregel="", licentie="", ontleend_aan="CBS" if date.endswith("+") else "",
        )
        for name, date in dates.items()
    }  # fmt: skip
    tables = tuple(Table(bron=name, columns={}, reason=f"reden van {name}") for name in dates)
    return empty.model_copy(update={"tables": tables, "sources": sources})


def told(**values: float | str) -> pd.DataFrame:
    """One figure as several sources tell it, in this order: a number, or a sign."""
    rows: list[dict[str, Any]] = [
        {"bron": source} | ({"waarde": None, "teken": value} if isinstance(value, str) else {"waarde": value})
        for source, value in values.items()
    ]
    return table(*rows)


def current(figures: pd.DataFrame) -> tuple[Any, str]:
    (row,) = records(figures)
    return row["teken"] or row["waarde"], row["bron"]


def test_the_newest_publication_counts_in_whatever_order_they_are_read() -> None:
    dates = published(eerst="2019", later="2020-04-28")
    for observations in (told(eerst=5, later=10), told(later=10, eerst=5)):
        figures, history = settle(observations, dates)
        assert current(figures) == (10, "later")
        (row,) = records(history)
        assert (row["oud_waarde"], row["oud_bron"], row["oud_publicatiedatum"]) == (5, "eerst", "2019")
        assert (row["nieuw_waarde"], row["nieuw_bron"], row["nieuw_publicatiedatum"]) == (10, "later", "2020-04-28")
        assert row["reden"] == "reden van later"


def test_publications_that_agree_are_no_revision_and_the_newest_is_the_source() -> None:
    figures, history = settle(told(eerst=5, later=5), published(eerst="2019", later="2022"))
    assert current(figures) == (5, "later")
    assert list(history.columns) == HISTORY
    assert history.empty


def test_sources_without_a_date_may_agree() -> None:
    figures, history = settle(told(een=5, twee=5, drie=5), published(een="", twee="2024", drie=""))
    assert current(figures) == (5, "twee")
    assert history.empty


@pytest.mark.parametrize(
    ("first", "second"), [("", ""), ("2020", ""), ("2020", "2020"), ("2020", "2020-04-28"), ("2020-04", "2020-04-28")]
)
def test_an_order_that_cannot_be_told_is_an_error(first: str, second: str) -> None:
    reason = r"(een|twee)\.csv, rij 2: spreekt (een|twee)\.csv, rij 2 tegen en welke van de twee de nieuwste is"
    with pytest.raises(DataError, match=reason):
        settle(told(een=5, twee=10), published(een=first, twee=second))


@pytest.mark.parametrize(
    ("first", "second"), [("2019", "2020-04-28"), ("2020-04-27", "2020-04-28"), ("2019-12", "2020")]
)
def test_dates_are_compared_as_far_as_they_are_known(first: str, second: str) -> None:
    figures, _ = settle(told(een=5, twee=10), published(een=first, twee=second))
    assert current(figures) == (10, "twee")


def test_a_body_that_quotes_is_named_only_when_alone() -> None:
    dates = published(cbs="2019", nji="2019-11-04+", herzien="2022")
    assert current(settle(told(nji=5), dates)[0]) == (5, "nji")
    figures, history = settle(told(cbs=5, nji=5), published(cbs="2019", nji="2019-11-04+"))
    assert current(figures) == (5, "cbs")
    assert history.empty
    _, history = settle(told(cbs=5, nji=5, herzien=10), dates)
    assert list(history["oud_bron"]) == ["cbs"]


def test_every_replaced_value_stays_in_the_history() -> None:
    dates = published(een="2019", twee="2020", drie="2021")
    figures, history = settle(told(een=5, twee=10, drie=5), dates)
    assert current(figures) == (5, "drie")
    assert [(row["oud_waarde"], row["nieuw_waarde"]) for row in records(history)] == [(5, 10), (10, 5)]


def test_a_value_that_held_for_long_says_when_it_was_first_published() -> None:
    dates = published(een="2019", twee="2020", drie="2021")
    _, history = settle(told(een=5, twee=5, drie=10), dates)
    (row,) = records(history)
    assert (row["oud_bron"], row["oud_eerste_publicatiedatum"], row["oud_publicatiedatum"]) == ("twee", "2019", "2020")


@pytest.mark.parametrize(("old", "new"), [(5.0, "."), (".", 5.0), (0.0, "."), ("-", ".")])
def test_a_sign_replaces_a_number_and_a_number_a_sign(old: float | str, new: float | str) -> None:
    figures, history = settle(told(een=old, twee=new), published(een="2019", twee="2020"))
    assert current(figures) == (new, "twee")
    (row,) = records(history)
    assert (row["oud_teken"] or row["oud_waarde"], row["nieuw_teken"] or row["nieuw_waarde"]) == (old, new)


def test_figures_told_once_are_kept_as_they_are() -> None:
    observations = table({"periode": "2021JJ00"}, {"periode": "2022JJ00"})
    figures, history = settle(observations, published(tabel=""))
    pd.testing.assert_frame_equal(figures, observations)
    assert history.empty
