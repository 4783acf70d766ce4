"""Every report that can be made, figure by figure: the long part of tests/pages/test_walk.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from data.release import Release
from data.report import regions_with_report
from tests import walk
from tests.told import Key

pytestmark = pytest.mark.audit


def test_every_report_says_what_the_sources_say(release: Release, measured: Callable[[str], None]) -> None:
    """Every figure in the PDF of every region, read back and compared with its cell in the published table."""
    import app

    figures, client = walk.current(release), app.server.test_client()
    codes = [region.code for region in regions_with_report(release)]
    met = set().union(*(walk.read_report(client, release, code, figures) for code in codes))
    absent = Counter(_why_absent(key, met, release) for key in figures if key not in met)
    assert len(codes) == 120
    assert absent == {
        "of Nederland, which has no report of its own": 627,
        "a breakdown of another than the main measures": 420,
        "a share of which the count is there": 3,
    }
    assert len(met) == len(figures) - absent.total() == 1640
    measured(
        f"{len(codes)} reports, {len(met)} of {len(figures)} figures equal; not in any: "
        + "; ".join(f"{number} ({why})" for why, number in absent.items())
    )


def _why_absent(key: Key, met: set[Key], release: Release) -> str:
    """Why a figure is in no report, as the reports themselves say; anything else is a fault."""
    if key.regio_code == "NL01":
        return "of Nederland, which has no report of its own"
    if key.kenmerk != "Totaal" and key.maat not in release.catalogue.indicators[key.indicator].hoofdmaten:
        return "a breakdown of another than the main measures"
    same = key._replace(eenheid="aantal") if key.kenmerk != "Totaal" else None
    assert key.eenheid == "%" and (same is None or same in met), key
    return "a share of which the count is there"
