"""Every report that can be made: it compiles, reads back, and is there within three seconds."""

from __future__ import annotations

import time

import pytest

from components import report as reports
from data.release import Release
from data.report import regions_with_report, report
from tests.reading_pdf import read_pdf

pytestmark = pytest.mark.audit
WITHIN = 3.0


def test_every_region_with_figures_has_a_report(release: Release) -> None:
    slow = {}
    for region in regions_with_report(release):
        begin = time.perf_counter()
        found = report(release, region)
        data = reports.typeset(reports.contents(found, release))
        took = time.perf_counter() - begin
        read = read_pdf(data)
        assert found.entries, region.label
        assert read.title.endswith(region.label)
        assert (read.language, read.marked) == ("nl-NL", True)
        assert read.count("Table") >= 1, region.label
        if took > WITHIN:
            slow[region.label] = round(took, 1)
    assert not slow
