"""Health, headers, addresses that do not exist, and a start that cannot succeed."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import plotly.offline
import pytest
from flask.testing import FlaskClient

import app
from data import current
from data.choice import Choice
from data.release import Release
from pages import view_page
from server import front_end
from tests.reading import parse

VERSION = plotly.offline.get_plotlyjs_version()
ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


# --- health and headers ---


def test_healthz(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_readyz_names_the_release_and_its_rows(client: FlaskClient, release: Release) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {"release": release.name, "rijen": len(release.figures)}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/landelijk", "/bestaat-niet", "/healthz", "/download/cijfers.csv"])
def test_every_answer_says_who_may_frame_it_and_what_it_is(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_pages_are_compressed(client: FlaskClient) -> None:
    answer = client.get("/regionaal", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert int(answer.headers["Content-Length"]) * 3 < len(client.get("/regionaal").data)


# --- what does not exist ---


@pytest.mark.parametrize(
    "address", ["/bestaat-niet", "/landelijk/bestaat-niet", "/landelijk.php", "/docx/a/b", "/.env"]
)
def test_an_unknown_address_is_a_helpful_404(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    read = parse(answer.get_data(as_text=True))
    assert read.one("h1").text() == "Deze pagina bestaat niet"
    assert {"/", "/landelijk", "/regionaal", "/tijdreeksen"} <= {a["href"] for a in read.one("main").all("a")}
    assert read.all("script") == []
    assert read.all("link", rel="stylesheet")


def test_a_slash_at_the_end_leads_to_the_address_without(client: FlaskClient) -> None:
    answer = client.get("/landelijk/?periode=2019HJ02")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/landelijk?periode=2019HJ02"


def test_a_redirect_keeps_every_region(client: FlaskClient) -> None:
    answer = client.get("/regionaal/?regio=VT02&regio=VT23")
    assert answer.headers["Location"] == "/regionaal?regio=VT02,VT23"


def test_a_method_that_is_not_allowed_is_told_in_dutch(client: FlaskClient) -> None:
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert answer.get_data(as_text=True) == "Dat kan hier niet (405).\n"


def test_an_unforeseen_fault_is_one_line_in_the_log(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("kapot\nop twee regels")

    monkeypatch.setattr("pages.files.card_csv", broken)
    answer = client.get("/csv/landelijk/aantal-adviezen-en-meldingen")
    assert answer.status_code == 500
    assert answer.get_data(as_text=True) == "Er ging bij ons iets mis. Probeer het later opnieuw.\n"
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(errors) == 1
    assert "RuntimeError" in errors[0]
    assert "/csv/landelijk/aantal-adviezen-en-meldingen" in errors[0]
    assert "\n" not in errors[0]


# --- plotly.js ---


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty folder in the place of the small bundle."""
    caches = front_end.plotly_file, front_end.plotly_part
    monkeypatch.setattr(front_end, "BASIC", tmp_path)
    for each in caches:
        each.cache_clear()
    yield tmp_path / "plotly-basic.min.js"
    for each in caches:
        each.cache_clear()


def test_plotly_is_of_the_version_of_the_python_package(client: FlaskClient) -> None:
    answer = client.get(front_end.plotly_part().address)
    assert answer.status_code == 200
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"v{VERSION}".encode() in answer.data[:400]


def test_every_page_names_that_bundle_and_only_one_with_charts_fetches_it_beforehand(client: FlaskClient) -> None:
    plotly, dash = front_end.plotly_part().address, app.app.dash_part.address
    for page, soon in (("/landelijk", [plotly]), ("/", [])):
        read = parse(client.get(page).get_data(as_text=True))
        assert (read.one("html")["data-plotly"], read.one("html")["data-dash"]) == (plotly, dash)
        assert [link["href"] for link in read.all("link", rel="preload")] == soon
        assert [script["src"] for script in read.all("script") if "src" in script.attributes] == [
            front_end.own_part().address
        ]
        assert [sheet["href"] for sheet in read.all("link", rel="stylesheet")][1:] == [front_end.sheet().address]


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_a_part_comes_as_small_as_the_browser_reads_it(encoding: str, client: FlaskClient) -> None:
    part = front_end.sheet()
    answer = client.get(part.address, headers={"Accept-Encoding": encoding or "identity"})
    assert answer.headers.get("Content-Encoding", "") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert unpack(answer.data) == part.body
    assert len(answer.data) < (0.3 if encoding else 1.1) * len(part.body)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert hashlib.sha256(part.body).hexdigest()[:12] in part.address


def test_the_style_sheet_holds_all_of_them(client: FlaskClient) -> None:
    body = client.get(front_end.sheet().address).get_data(as_text=True)
    sheets = sorted((ROOT / "assets").glob("*.css"))
    assert len(sheets) > 3
    assert all(sheet.read_text(encoding="utf-8").strip() in body for sheet in sheets)


# --- what is kept ---


def test_a_page_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/regionaal?regio=VT02")
    assert first.headers["Cache-Control"] == "no-cache"
    for _ in range(2):
        again = client.get("/regionaal?regio=VT02", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    other = client.get("/regionaal?regio=VT25", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert other.headers["ETag"] != first.headers["ETag"]


def test_an_answer_is_worked_out_once_for_a_release(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = view_page.choose

    def counted(release: Release, *more: Any) -> Choice:
        asked.append(release)
        return real(release, *more)

    monkeypatch.setattr(view_page, "choose", counted)
    address = "/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2021HJ01"
    pages = [client.get(address).data for _ in range(3)]
    assert len(asked) == 1
    assert pages[0] == pages[1] == pages[2]
    there = current.release()
    monkeypatch.setattr(current, "release", lambda: replace(there))
    client.get(address)
    assert len(asked) == 2, "another release, another answer"


def test_a_page_with_a_fault_is_not_kept(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2020HJ02"
    with monkeypatch.context() as broken:
        broken.setattr(view_page, "card_view", lambda *_: 1 / 0)
        assert "kunnen nu niet worden getoond" in client.get(address).get_data(as_text=True)
    assert "kunnen nu niet worden getoond" not in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("name", ["plotly-basic-0.0.0.min.js", "x.js", "..%2Fapp.py"])
def test_another_part_does_not_exist(name: str, client: FlaskClient) -> None:
    assert client.get(f"/_deel/{name}").status_code == 404


def test_the_small_bundle_is_served_when_it_is_of_the_same_version(bundle: Path, client: FlaskClient) -> None:
    bundle.write_text(f"/* plotly.js (basic - minified) v{VERSION} */", encoding="utf-8")
    part = front_end.plotly_part()
    assert part.name.startswith("plotly-basic-")
    assert client.get(part.address).data == bundle.read_bytes()


def test_what_runs_at_once_stands_in_brackets_and_nothing_else_changed() -> None:
    file = front_end.plotly_file()
    if file.parent != front_end.BASIC:
        pytest.skip("the small bundle is not installed")
    before = file.read_text(encoding="utf-8")
    after = front_end.plotly_part().body.decode()
    assert re.sub(r"[()]", "", after) == re.sub(r"[()]", "", before)
    modules = list(re.finditer(r"(?<==W\()\((?=\(?[\w$,]*\)?=>\{)", after))
    assert len(modules) == len(re.findall(r"=W\(", before)) > 300
    for module in modules:
        end = closing(after, module.start())
        assert after[end - 1 : end + 3] == "}));", after[module.start() : module.start() + 40]
    whole = after.index("this, (() => {") + len("this, ")
    assert after[closing(after, whole) :] == ")));"


# Strings, templates and patterns: brackets in them are none. A slash after one of these signs begins a pattern.
NO_CODE = r""""(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`(?:[^`\\]|\\.)*`|/\*.*?\*/"""
NO_CODE += r"""|(?:(?<=[=(,:!&|?{}\[;])|(?<=return))/(?:\[(?:[^\]\\]|\\.)*\]|[^/\[\\\n]|\\.)+/"""


def closing(script: str, at: int) -> int:
    """The place of the bracket that closes the one at a place."""
    depth = 0
    for found in re.compile(f"{NO_CODE}|[()]", re.DOTALL).finditer(script, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    raise AssertionError("no bracket closes it")


@pytest.mark.parametrize("there", [False, True])
def test_without_the_right_small_bundle_the_full_one_serves_and_the_log_says_so(
    there: bool, bundle: Path, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    if there:
        bundle.write_text("/* plotly.js (basic - minified) v0.0.1 */", encoding="utf-8")
    for _ in range(2):
        part = front_end.plotly_part()
        assert not part.name.startswith("plotly-basic-")
        assert len(client.get(part.address).data) > 3_000_000
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert VERSION in warnings[0]


# --- starting ---


def test_a_broken_source_file_stops_the_start_with_one_line(project: Path, run: Run, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(project, tmp_path / "broken"))
    file = broken / "data" / "sources" / "cbs-bvt-2019-2.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = re.sub(r",[^,]+\n$", ",veel\n", lines[3])
    file.write_text("".join(lines), encoding="utf-8")
    done = run("import app", broken)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert "cbs-bvt-2019-2.csv" in line
    assert "rij 4" in line
    assert "'veel'" in line


def test_a_broken_declaration_stops_the_start_with_one_line(project: Path, run: Run, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(project, tmp_path / "broken"))
    file = broken / "data" / "catalogue" / "indicators.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('titel = "', 'tietel = "', 1), encoding="utf-8")
    done = run("import app", broken)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "indicators.toml" in line
    assert "geschat-percentage-slachtoffers-huiselijk-geweld" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("URL_PREFIX", "impactmonitor"), ("PORT", "tachtig"), ("WEB_CONCURRENCY", "0"), ("FRAME_ANCESTORS", "* x")],
)
def test_a_setting_that_cannot_be_understood_stops_the_start_with_one_line(name: str, value: str, run: Run) -> None:
    done = run("import app", **{name: value})
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert name in line
    assert value in line


def test_start_checks_the_settings_before_gunicorn_does(run: Run) -> None:
    done = run("import start; start.main()", WEB_CONCURRENCY="veel")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "WEB_CONCURRENCY" in line


PREFIXED = """
import json, re
import app
client = app.server.test_client()
out = {"status": {}, "outside": []}
for path in ("", "landelijk", "regionaal?indicator=kerncijfers-veilig-thuis", "tijdreeksen"):
    answer = client.get("/impactmonitor/" + path)
    out["status"][path] = answer.status_code
    body = answer.get_data(as_text=True)
    for found in re.findall(r'(?:href|src|action|data-plotly)="([^"]*)"', body):
        inside = found.startswith(("/impactmonitor/", "http://localhost/impactmonitor/", "#", "https://", "tel:"))
        out["outside"] += [] if inside else [found]
    config = json.loads(re.search(r'id="_dash-config" type="application/json">(.*?)</script>', body).group(1))
    out["requests"] = config["requests_pathname_prefix"]
    for part in re.findall(r'(?:href|src)="(/impactmonitor/(?:assets|_deel|_dash)[^"]*)"', body):
        out["status"][part] = client.get(part.replace("&amp;", "&")).status_code
for address in ("csv/landelijk/aantal-adviezen-en-meldingen", "download/cijfers.csv", "_dash-layout",
                "_dash-dependencies"):
    out["status"][address] = client.get("/impactmonitor/" + address).status_code
out["status"]["health"] = client.get("/healthz").status_code
out["callback"] = client.post("/impactmonitor/_dash-update-component", json={
    "output": "pagina.children", "outputs": {"id": "pagina", "property": "children"},
    "inputs": [{"id": "keuze", "property": "data", "value": {"view": "landelijk", "query": {}}}],
    "changedPropIds": ["keuze.data"], "state": []}).status_code
missing = client.get("/impactmonitor/bestaat-niet")
out["missing"] = missing.status_code, 'href="/impactmonitor/landelijk"' in missing.get_data(as_text=True)
out["elsewhere"] = client.get("/landelijk").status_code
out["slash"] = client.get("/impactmonitor/landelijk/").headers["Location"]
out["button"] = client.get("/impactmonitor/regionaal?regio=VT02&erbij=VT23").headers["Location"]
print(json.dumps(out))
"""


def test_under_a_prefix_everything_carries_it(run: Run) -> None:
    done = run(PREFIXED, URL_PREFIX="/impactmonitor/")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["status"].values()) == {200}, told["status"]
    assert len(told["status"]) > 12
    assert told["outside"] == []
    assert told["requests"] == "/impactmonitor/"
    assert told["callback"] == 200
    assert told["missing"] == [404, True]
    assert told["elsewhere"] == 404
    assert told["slash"] == "/impactmonitor/landelijk"
    assert told["button"] == "/impactmonitor/regionaal?regio=VT02,VT23"
