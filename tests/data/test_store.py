"""The store counts what is there: against counts of pandas over the very rows, for every indicator and kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import rates, shares, store
from data.errors import DataError
from data.periods import period
from data.release import Release
from data.store import NUMBER, RATE, ROW, SERIES, SHARE, SHARE_NUMBER, Part
from tests.data.parts import part_of

COUNTS = st.integers(0, 4000).map(lambda n: 5.0 * n)


def parts(release: Release) -> list[tuple[Part, pd.DataFrame]]:
    """What every indicator shows, as a part and as plain rows."""
    found = [(part, part.frame) for part in release.by_indicator.values()]
    assert sum(len(frame) for _, frame in found) >= len(release.figures)
    return found


def members(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    return dict(Counter(zip(frame["kenmerk"], frame["categorie"], strict=True)))


def in_series(frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of the same thing in at least two periods of one kind."""
    numbers = frame[frame["waarde"].notna()]
    same = numbers[["maat", "kenmerk", "categorie", "regio_code", "eenheid"]].assign(
        kind=[period(code).kind for code in numbers["periode"]]
    )
    return numbers[same.duplicated(keep=False)]


def test_the_boxes_hold_every_figure_of_their_indicator(release: Release) -> None:
    for slug, part in release.by_indicator.items():
        own = release.figures[release.figures["indicator"] == slug]
        shown = part.frame[part.frame["indicator"] == slug]
        keys = ["maat", "kenmerk", "categorie", "regio_code", "periode", "eenheid"]
        pd.testing.assert_frame_equal(
            own.sort_values(keys).reset_index(drop=True), shown.sort_values(keys).reset_index(drop=True)
        )


def test_counts_along_each_side(release: Release) -> None:
    for part, frame in parts(release):
        for kind, rows in ((ROW, frame), (NUMBER, frame[frame["waarde"].notna()]), (SERIES, in_series(frame))):
            counted = part.that(kind)
            assert len(counted) == len(rows)
            assert counted.by_member() == members(rows)
            assert counted.by_measure() == dict(Counter(rows["maat"]))
            assert counted.by_unit() == dict(Counter(rows["eenheid"]))
            assert counted.by_region() == dict(Counter(rows["regio_code"]))
            assert counted.by_level() == dict(Counter(rows["regio_code"].str[:2]))
            assert counted.by_period() == dict(Counter(rows["periode"]))


def test_counts_of_a_narrowed_part(release: Release) -> None:
    for part, frame in parts(release):
        for code, maat, time in frame[["regio_code", "maat", "periode"]].drop_duplicates().head(20).values:
            rows = frame[(frame["regio_code"] == code) & (frame["maat"] == maat)]
            found = part.of_regions([code]).of_measures([maat])
            assert found.by_member() == members(rows)
            assert found.by_period() == dict(Counter(rows["periode"]))
            now = found.of_periods([time])
            assert now.by_member() == members(rows[rows["periode"] == time])
            assert sorted(row["waarde"] for row in now.rows()) == pytest.approx(
                sorted(rows[rows["periode"] == time]["waarde"]), nan_ok=True
            )
            level = part.of_levels([code[:2]]).of_periods([time])
            there = frame[(frame["regio_code"].str[:2] == code[:2]) & (frame["periode"] == time)]
            assert level.by_region() == dict(Counter(there["regio_code"]))


def test_how_much_can_be_compared_at_once(release: Release) -> None:
    for part, frame in parts(release):
        wide, full = part.widest()
        if frame.empty:
            assert not wide
            assert not full
            continue
        side = frame.groupby(["kenmerk", "categorie", "periode", "regio_niveau"])["regio_code"].nunique()
        assert wide == side.groupby(level=["kenmerk", "categorie"]).max().to_dict()
        one = frame.groupby(["kenmerk", "periode", "regio_code"])["categorie"].nunique()
        assert full == one.groupby(level="kenmerk").max().to_dict()


def test_shares_and_rates_are_counted_where_they_can_be_given(release: Release) -> None:
    for part in release.by_indicator.values():
        share, numbers, rate = (set(part.that(kind).at().tolist()) for kind in (SHARE, SHARE_NUMBER, RATE))
        for row in part.rows():
            known = row["waarde"] == row["waarde"]
            fits = row["eenheid"] == "%"
            if row["eenheid"] == "aantal" and row["kenmerk"] != "Totaal" and known and row["geheel"] == row["geheel"]:
                fits = shares.share(row["waarde"], row["geheel"], release.rounded_to[row["bron"]]) is not None
            assert (row.at in share) == fits
            assert (row.at in numbers) == (fits and known)
            assert (row.at in rate) == (release.rate_of(row) is not None)


@given(COUNTS, COUNTS, st.sampled_from([0, 5]))
def test_many_shares_at_once_are_the_same_as_one_by_one(part: float, total: float, rounded_to: int) -> None:
    many = shares.can_share(np.array([part]), np.array([total]), np.array([rounded_to]))
    assert many.tolist() == [shares.share(part, total, rounded_to) is not None]


@given(COUNTS, st.integers(0, 900_000), st.sampled_from([0, 5]))
def test_many_rates_at_once_are_the_same_as_one_by_one(count: float, people: int, rounded_to: int) -> None:
    many = rates.can_rate(np.array([count]), np.array([people]), np.array([rounded_to]))
    assert many.tolist() == [rates.rate(count, people, rounded_to) is not None]


def test_two_figures_in_one_place_are_refused() -> None:
    with pytest.raises(DataError, match="twee keer"):
        part_of({}, {"waarde": 10.0})


def test_what_is_written_is_read_back(release: Release, tmp_path: Path) -> None:
    store.save(release.store, tmp_path / "klaar", "sleutel")
    found = store.load(tmp_path / "klaar", "sleutel")
    assert found is not None
    pd.testing.assert_frame_equal(found.table.frame(), release.figures)
    for slug, box in found.boxes.items():
        for kind in range(store.KINDS):
            mine, theirs = box.whole.that(kind), release.store.boxes[slug].whole.that(kind)
            assert mine.by_region() == theirs.by_region()
            assert mine.by_member() == theirs.by_member()
            assert mine.at().tolist() == theirs.at().tolist()


def test_a_store_of_something_else_or_a_damaged_one_is_not_read(release: Release, tmp_path: Path) -> None:
    place = tmp_path / "klaar"
    assert store.load(place, "sleutel") is None
    store.save(release.store, place, "sleutel")
    assert store.load(place, "andere") is None
    file = place / "getal-waarde.npy"
    whole = bytearray(file.read_bytes())
    whole[-3] ^= 1
    file.write_bytes(whole)
    assert store.load(place, "sleutel") is None
    file.write_bytes(whole[:-100])
    assert store.load(place, "sleutel") is None
    (place / store.INDEX).write_text("{", encoding="utf-8")
    assert store.load(place, "sleutel") is None
