"""Whatever goes wrong, there is one clear line, and the release in use stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tenacity import wait_none

from data import releases
from data.errors import DataError
from data.statline.client import NotThere, Service
from tests.statline.conftest import SMALL, Told, run
from tests.statline.server import Fault, serving
from tests.statline.world import World

ROOT = Path(__file__).parents[2]
T = "84847NED"


def state(root: Path) -> dict[str, bytes]:
    """All files of the releases and of what is in use."""
    there = [root / releases.CURRENT, *(root / releases.RELEASES).rglob("*")]
    return {str(path): path.read_bytes() for path in there if path.is_file()}


@pytest.fixture
def served(small: World, tmp_path: Path) -> Path:
    """A folder with a release in use."""
    with serving(small) as server:
        run(tmp_path, server)
    return tmp_path


@pytest.fixture(scope="module")
def newer() -> World:
    return World(0.004, seed=3, only=SMALL, version=2)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("http500", T, 2), r"^84847NED: de dienst antwoordt met HTTP 500 \(84847NED/Observations, 3 keer"),
        (Fault("cut", T, 2), "^84847NED: .*brak af.*3 keer geprobeerd"),
        (Fault("dropped", T, 1), "^84847NED: geen verbinding met de dienst, of zij brak af"),
        (Fault("json", T, 2), "^84847NED: het antwoord is geen geldige JSON"),
        (Fault("html", T, 1), "^84847NED: het antwoord is geen geldige JSON"),
        (Fault("measure", T), r"^84847NED: maat 'M\d+(_\d)?' staat in de waarnemingen en niet in MeasureCodes"),
        (Fault("lost", T), "^84847NED: maat 'Gestarte adviezen' ontbreekt"),
        (Fault("fewer", T, 1), r"^84847NED: 2000 waarnemingen ontvangen, de tabel zegt er \d+ te hebben"),
        (Fault("gone", T), r"^84847NED: bestaat niet op de dienst \(HTTP 404"),
        (Fault("changed", T), "^84847NED: de tabel verandert terwijl zij wordt opgehaald"),
        (Fault("twice", T, 2), "^84847NED: waarnemingen zijn dubbel ontvangen"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_a_fault_gives_one_line_and_changes_nothing(served: Path, newer: World, fault: Fault, reason: str) -> None:
    before = state(served)
    with serving(newer, fault, per_page=2_000) as server, pytest.raises(DataError, match=reason) as caught:
        run(served, server)
    assert "\n" not in str(caught.value)
    assert state(served) == before


@pytest.mark.parametrize("kind", ["http500", "cut", "dropped", "json"])
def test_a_fault_that_passes_is_overcome(newer: World, tmp_path: Path, kind: str) -> None:
    with serving(newer, Fault(kind, T, 2, times=2), per_page=2_000) as server:
        assert run(tmp_path, server).startswith("Levering statline-")


def test_what_was_fetched_is_not_fetched_again(newer: World, tmp_path: Path) -> None:
    with serving(newer, Fault("http500", T, 4), per_page=1_000) as server, pytest.raises(DataError):
        run(tmp_path, server, tables=(T,))
    told = Told()
    with_state = tmp_path / "werk" / T
    assert sorted(p.name for p in with_state.glob("*.parquet")) == ["00000.parquet", "00001.parquet", "00002.parquet"]
    # Another port is another service, so the same one goes on.
    with serving(newer, Fault("http500", T, 4, times=3), per_page=1_000) as server:
        with pytest.raises(DataError):
            run(tmp_path, server, tables=(T,))
        server.requests.clear()
        run(tmp_path, server, told, tables=(T,))
        fetched = [path for path in server.requests if "/Observations" in path]
    assert fetched[0].endswith("$skip=3000"), "the first three pages were there"
    assert told.rows == newer.tables[T].count
    assert not (tmp_path / "werk").exists()


def test_a_kept_page_that_was_damaged_is_fetched_again(newer: World, tmp_path: Path) -> None:
    with serving(newer, Fault("http500", T, 4, times=3), per_page=1_000) as server:
        with pytest.raises(DataError):
            run(tmp_path, server, tables=(T,))
        page = tmp_path / "werk" / T / "00001.parquet"
        page.write_bytes(page.read_bytes()[:-9])
        server.requests.clear()
        run(tmp_path, server, tables=(T,))
        fetched = [path for path in server.requests if "/Observations" in path]
    assert fetched[0].endswith("$skip=1000")


def start(root: Path, address: str, *more: str) -> subprocess.Popen[str]:
    environment = os.environ | {"IMPACTMONITOR_DATA": str(root), "CBS_ODATA_URL": address}
    return subprocess.Popen(
        [sys.executable, "-m", "data", "refresh", "--tables", *SMALL, *more], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_interruptible,
    )  # fmt: skip


def _interruptible() -> None:
    """Tests that run in the background pass on that interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("moment", ["pages", "building", "manifest"])
def test_a_kill_leaves_the_old_release_and_the_next_run_cleans_up(
    served: Path, newer: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = state(served)
    name = releases.in_use(served)
    process = _killed_at(moment, served, newer)
    assert process.returncode == -signal.SIGKILL
    assert {path: body for path, body in state(served).items() if "/.nieuw-" not in path} == before
    assert releases.names(served) == [name]
    releases.verify(releases.folder_of(served, name))
    if moment != "pages":
        assert list((served / releases.RELEASES).glob(".nieuw-*"))
    with serving(newer) as server:
        run(served, server)
    assert releases.in_use(served) != name
    assert not list((served / releases.RELEASES).glob(".nieuw-*"))


def _killed_at(moment: str, root: Path, world: World) -> subprocess.Popen[str]:
    """An import in a process of its own that the system kills at some moment, without a chance to clean up."""
    where = {
        "pages": "import data.statline.client as at; name = '_keep'",
        "building": "import data.release_files as at; name = 'write_csv_gz'",
        "manifest": "import data.releases as at; name = '_flush'",
    }[moment]
    code = f"""
import os, signal
{where}
def stop(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(at, name, stop)
from data.__main__ import main
main(["refresh", "--tables", *{SMALL!r}])
"""
    with serving(world) as server:
        environment = os.environ | {"IMPACTMONITOR_DATA": str(root), "CBS_ODATA_URL": server.address}
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        process.communicate(timeout=120)
    return process


def test_a_full_disk_gives_one_line(served: Path, newer: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from data import release_files

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = state(served)
    monkeypatch.setattr(release_files, "write_csv_gz", full)
    with serving(newer) as server, pytest.raises(DataError, match="de schijf is vol; de vorige blijft in gebruik"):
        run(served, server)
    assert state(served) == before


def test_a_disk_that_is_really_full(newer: World, tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("unshare is not there")
    root = tmp_path / "schijf"
    root.mkdir()
    with serving(newer) as server:
        script = (f"mount -t tmpfs -o size=400k tmpfs {root} && IMPACTMONITOR_DATA={root} "
                  f"CBS_ODATA_URL={server.address} {sys.executable} -m data refresh --tables {' '.join(SMALL)}; "
                  f"echo CODE $?; ls {root}/{releases.RELEASES} {root}/{releases.CURRENT}")  # fmt: skip
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=ROOT, text=True, capture_output=True,
                              timeout=120, check=False)  # fmt: skip
    if "CODE" not in done.stdout or "mount:" in done.stderr:
        pytest.skip("no file system of its own can be made here")
    assert "CODE 1" in done.stdout
    line = [text for text in done.stderr.splitlines() if not text.startswith("ls:")]
    assert line == ["de levering is niet te schrijven: de schijf is vol; de vorige blijft in gebruik"]


def test_the_command_says_it_in_one_line_and_with_its_exit_code(newer: World, tmp_path: Path) -> None:
    with serving(newer, Fault("lost", T)) as server:
        process = start(tmp_path, server.address)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err == "84847NED: maat 'Gestarte adviezen' ontbreekt\n"
    assert not releases.in_use(tmp_path)
    assert "Traceback" not in out


def test_an_interrupted_import_says_so(newer: World, tmp_path: Path) -> None:
    with serving(newer, Fault("slow", T), Fault("slow", SMALL[1]), per_page=200) as server:
        process = start(tmp_path, server.address)
        until = time.monotonic() + 60
        while not any("/Observations" in path for path in server.requests) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "afgebroken; er is niets gewijzigd"
    assert "Traceback" not in err


def test_of_the_service_only_the_host_need_be_given(small: World) -> None:
    """CBS_ODATA_URL may be the host: the tables are looked for at it, and below it under the path of CBS."""
    with serving(small) as server:
        host = server.address.removesuffix("/odata/v1/CBS")
        known = Service(server.address).properties(T)
        assert known.count == small.tables[T].count
        assert Service(host).properties(T) == known
        assert Service(host).metadata(known) == Service(server.address).metadata(known)
        with pytest.raises(NotThere, match=r"^99999NED: bestaat niet op de dienst \(HTTP 404, 99999NED/Properties"):
            Service(host, wait_none(), 1).properties("99999NED")
