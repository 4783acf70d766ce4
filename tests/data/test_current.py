"""Which release serves: taken up at once or not at all, and never one that cannot be read."""

from __future__ import annotations

import gc
import json
import shutil
import weakref
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import current, releases
from data.catalogue import VIEWS
from data.choice import choose, selections
from data.current import Current
from data.errors import DataError
from data.prepare import prepare
from data.release import READY, Release, load_imported, tidy
from data.view import card_view
from tests.data.on_disk import put


def shown(release: Release) -> list[object]:
    """What every selection of every view of every indicator shows, also of a region."""
    out: list[object] = []
    for indicator in release.catalogue.indicators.values():
        for view in (each for each in VIEWS if each in indicator.views):
            for query in (
                {},
                {"regio": "VT02,GM1731"},
                *({s.parameter: s.slug} for s in selections(release, indicator)),
            ):
                choice = choose(release, view, {"indicator": indicator.slug} | query)
                card = card_view(release, choice)
                cells = {
                    key: (f.value, f.sign, f.status, f.source, dict(f.first or {})) for key, f in card.cells.items()
                }
                out.append((choice.query, choice.notices, choice.options, card.lines, card.columns, cells))
    return out


def test_figures_by_way_of_the_disk_show_the_same_as_those_that_come_along(release: Release, tmp_path: Path) -> None:
    put(tmp_path, release, "eerste")
    imported = load_imported(tmp_path, "eerste")
    assert len(imported) == len(release)
    assert shown(imported) == shown(release)
    again = load_imported(tmp_path, "eerste")
    assert isinstance(again.store.table.numbers["waarde"].base, np.memmap), "workers share what lies on disk"
    pd.testing.assert_frame_equal(again.figures, imported.figures)


def test_a_new_release_takes_over_and_the_old_one_goes(release: Release, tmp_path: Path) -> None:
    put(tmp_path, release, "eerste", 100)
    served = Current(tmp_path, prepare)
    first = served.release()
    assert (first.name, len(first)) == ("eerste", 100)
    assert served.renew() is False
    put(tmp_path, release, "tweede", 200)
    assert served.release() is first, "not before it was looked at"
    assert served.renew() is True
    assert (served.release().name, len(served.release())) == ("tweede", 200)
    releases.rollback(tmp_path)
    assert served.renew() is True
    assert served.release().name == "eerste"
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None, "something holds on to a release that no longer serves"


def test_a_request_ends_with_the_release_it_began_with(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, release, "eerste", 100)
    served = Current(tmp_path)
    monkeypatch.setattr(current, "_current", served)
    held = current.hold()
    put(tmp_path, release, "tweede", 100)
    served.renew()
    assert current.release() is held
    current.let_go()
    assert current.release().name == "tweede"


def test_without_a_folder_or_without_a_release_in_it_the_figures_that_come_along_serve(tmp_path: Path) -> None:
    for root in (None, tmp_path, tmp_path / "nergens"):
        served = Current(root)
        assert served.release().name.startswith("ingebouwd")
        assert served.release().remark == ""
        assert served.renew() is False


@pytest.mark.parametrize("fault", ["damaged", "missing", "newer", "nonsense"])
def test_a_release_that_cannot_be_read_leaves_the_one_in_use(release: Release, tmp_path: Path, fault: str) -> None:
    put(tmp_path, release, "eerste", 100)
    served = Current(tmp_path)
    good = served.release()
    spoil(put(tmp_path, release, "tweede", 200), fault)
    assert served.renew() is False
    assert served.release() is good
    assert served.renew() is False, "it is not tried again and again"
    # One that starts now takes the last good one, and says so.
    fallen_back = Current(tmp_path).release()
    assert fallen_back.name == "eerste"
    assert "tweede" in fallen_back.remark
    # Once the fault is mended by another release, that one serves.
    put(tmp_path, release, "derde", 300)
    assert served.renew() is True
    assert served.release().name == "derde"


def test_without_any_good_release_the_embedded_figures_serve_and_say_so(release: Release, tmp_path: Path) -> None:
    spoil(put(tmp_path, release, "enige", 50), "damaged")
    found = Current(tmp_path).release()
    assert found.name == release.name
    assert "enige" in found.remark


def spoil(folder: Path, fault: str) -> None:
    manifest = folder / releases.MANIFEST
    match fault:
        case "damaged":
            file = folder / "cijfers.parquet"
            file.write_bytes(file.read_bytes()[:-50])
        case "missing":
            shutil.rmtree(folder)
        case "newer":
            manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"formaat": releases.FORMAT + 1}))
        case _:
            manifest.write_text("{")


def test_what_is_kept_for_speed_is_made_again_when_it_is_damaged_and_goes_with_its_release(
    release: Release, tmp_path: Path
) -> None:
    put(tmp_path, release, "eerste", 100)
    load_imported(tmp_path, "eerste")
    (place,) = (each for each in (tmp_path / READY).iterdir() if each.is_dir())
    (place / "rows.npy").write_bytes(b"")
    assert len(load_imported(tmp_path, "eerste")) == 100
    assert (place / "rows.npy").stat().st_size > 100
    tidy(tmp_path)
    assert place.exists()
    shutil.rmtree(releases.folder_of(tmp_path, "eerste"))
    tidy(tmp_path)
    assert not place.exists()
    with pytest.raises(DataError):
        load_imported(tmp_path, "eerste")


def test_a_folder_that_may_only_be_read_serves_from_memory(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, release, "eerste", 100)

    def full(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("data.store.save", full)
    assert len(load_imported(tmp_path, "eerste")) == 100
