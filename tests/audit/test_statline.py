"""All tables of StatLine at their real size: every figure, how long the import takes, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data import release_files, releases
from data.schema import KEY
from tests.statline.test_import import differences
from tests.statline.world import World

pytestmark = pytest.mark.audit
ROOT = Path(__file__).parents[2]
SEED = 20261125
MOST_SECONDS, MOST_MEGABYTES = 180, 1500


def test_the_import_at_full_size(tmp_path: Path, measured: Callable[[str], None]) -> None:
    """All StatLine tables at full size: imported in time and memory, every figure as it was served."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.statline.server", "--scale", "1.0", "--seed", str(SEED), "--port", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout
        address = server.stdout.readline().split("CBS_ODATA_URL=")[1].strip()
        settings = {"CBS_ODATA_URL": address, "IMPACTMONITOR_DATA": str(tmp_path)}
        begin = time.monotonic()
        with (tmp_path / "gezegd").open("w") as told:
            importing = subprocess.Popen([sys.executable, "-m", "data", "refresh"], cwd=ROOT,
                                         env=os.environ | settings, stdout=told, stderr=told)  # fmt: skip
            # Its own use of memory: that of all children would have the server in it.
            _, status, used = os.wait4(importing.pid, 0)
            importing.returncode = os.waitstatus_to_exitcode(status)  # else Popen warns that it still runs
        seconds = time.monotonic() - begin
    finally:
        server.kill()
        server.communicate()
    assert status == 0, (tmp_path / "gezegd").read_text()[-2000:]
    megabytes = used.ru_maxrss / 1024
    count, figures = every_figure_is_as_served(tmp_path)
    measured(f"{count} observations, {figures} figures: {seconds:.0f} s, at most {megabytes:.0f} MB")
    assert count > 2_400_000
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES


def every_figure_is_as_served(root: Path, seed: int = SEED) -> tuple[int, int]:
    """Compare a release with the made tables; the number of observations and of figures."""
    folder = releases.folder_of(root, releases.in_use(root))
    found = release_files.read_figures(folder).to_pandas()
    assert not found.duplicated(KEY).any()
    count = 0
    for table in World(1.0, seed).tables.values():
        expected = table.expected()
        for part in range(0, len(expected), 200_000):
            assert differences(found, expected.iloc[part : part + 200_000]).empty, table.id
        count += len(expected)
    return count, len(found)
