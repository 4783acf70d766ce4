"""Section `cijfers`: what many figures cost, at a tenth, once and five times the size of the tables of CBS."""

from __future__ import annotations

import json
import random
import shutil
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from data import release_files, releases
from data.catalogue import VIEWS, View
from data.choice import choose, selections
from data.prepare import prepare
from data.release import READY, Release, load, load_imported
from data.view import card_view
from tools.bench.document import Result, Section
from tools.bench.made import BREAKDOWNS, SIZES, make
from tools.bench.server import Server, memory, serving, workers

CHOICES = 300
RELOADS = 20
WARM = 30
NAME = "gemaakt"
INDICATORS = ("aantal-adviezen-en-meldingen", "casussen-bij-veilig-thuis", "kerncijfers-veilig-thuis", *BREAKDOWNS)
Query = tuple[View, dict[str, str]]


def measure() -> Result:
    """Make releases of each size and ask them the same kind of questions."""
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for times in SIZES:
            columns.append(_of_size(Path(folder) / f"{times}", times, reloads=times == 1))
    names = list(columns[1])
    rows = [[name, *(column.get(name, "-") for column in columns)] for name in names]
    return Result(["what", *(f"{times} x" for times in SIZES)], rows, REMARKS)


def _of_size(root: Path, times: float, *, reloads: bool) -> dict[str, str]:
    out = {"figures": put(root, f"{NAME}-1", times)}
    begin = time.perf_counter()
    release = load_imported(root, f"{NAME}-1")
    out["counting and placing them, once for each release"] = f"{time.perf_counter() - begin:.1f} s"
    out["on disk, mapped into memory"] = f"{sum(f.stat().st_size for f in (root / READY).rglob('*.npy')) / 1e6:.0f} MB"
    mix = choices(release)
    prepare(release)
    out["select the figures of a card"] = _spread([_timed(partial(_selected, release, query)) for query in mix])
    with serving(IMPACTMONITOR_DATA=str(root)) as server:
        out["start to ready"] = f"{server.started:.2f} s"
        for query in mix[:WARM]:
            call(server, query)
        out["callback of the card, all kinds"] = _spread([_timed(partial(call, server, query)) for query in mix])
        wide = [query for query in mix if query[1].get("niveau") == "gemeente"]
        if times >= 1:
            out["of these: all gemeenten side by side"] = _spread(
                [_timed(partial(call, server, query)) for query in wide]
            )
        below = [query for query in mix if query[0] == "regionaal"]
        out["after it, what stands below the card on the regional page"] = _spread(
            [_timed(partial(call, server, query, "erbij", "keuze-erbij")) for query in below]
        )
        out["memory after these (PSS)"] = _memory(server)
        if reloads:
            out |= _reloads(root, times, server, mix)
    shutil.rmtree(root)
    return out


def put(root: Path, name: str, times: float, seed: int = 1) -> str:
    """Write a release of made-up figures and put it in use; without its download, which takes minutes to pack."""
    made = make(times, seed)
    building = releases.begin(root, name)
    history = load().history.iloc[:0]
    content = release_files.Content(made.figures, made.totals, history, made.extension, made.regions)
    with patch.object(release_files, "write_csv_gz", lambda figures, path: path.write_bytes(b"")):
        release_files.write(building, content)
    manifest = releases.Manifest(
        formaat=releases.FORMAT, naam=name, gemaakt=datetime.now(UTC), programma="bench", ingebouwd="gemaakt",
        cijfers=len(made.figures), bestanden=releases.files_in(building),
    )  # fmt: skip
    releases.put_in_place(root, building, manifest)
    releases.use(root, name)
    return f"{len(made.figures):,}"


def choices(release: Release) -> list[Query]:
    """What visitors ask: every view, with and without region, breakdown, level, presentation and period."""
    some = random.Random(7)
    places = {level: sorted(c for c in release.store.regions if c[:2] == level) for level in ("GM", "VT")}
    regions = places["GM"] or places["VT"]
    out: list[Query] = []
    for _ in range(CHOICES):
        view, slug = some.choice((*VIEWS, "regionaal")), some.choice(INDICATORS)
        query = {"indicator": slug}
        named = [s for s in selections(release, release.catalogue.indicators[slug]) if s.slug]
        if view != "landelijk" and some.random() < 0.6:
            query["regio"] = ",".join([some.choice(regions), *some.sample(places["VT"], some.choice((0, 0, 1)))])
        if named and some.random() < 0.5:
            chosen = some.choice(named)
            query[chosen.parameter] = chosen.slug
        if view == "regionaal" and some.random() < 0.5:
            query["niveau"] = some.choice(("veilig-thuis-regio", "veilig-thuis-regio", "provincie", "gemeente"))
        if some.random() < 0.3:
            query["weergave"] = some.choice(("aandeel", "aantal", "per10000"))
        if some.random() < 0.3:
            query["periode"] = "2023JJ00"
        out.append((view, query))
    return out


def _selected(release: Release, query: Query) -> None:
    card_view(release, choose(release, *query))


def call(server: Server, query: Query, place: str = "pagina", store: str = "keuze") -> bytes:
    """The callback, as the browser asks for it after a choice; not compressed."""
    view, asked = query
    body = {
        "output": f"{place}.children",
        "outputs": {"id": place, "property": "children"},
        "inputs": [{"id": store, "property": "data", "value": {"view": view, "query": asked, "n": 1}}],
        "changedPropIds": [f"{store}.data"],
        "state": [],
    }
    request = urllib.request.Request(
        f"{server.address}/_dash-update-component",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def _reloads(root: Path, times: float, server: Server, mix: list[Query]) -> dict[str, str]:
    """Put another release in use again and again while visitors ask on."""
    put(root, f"{NAME}-2", times, seed=2)
    failed: list[str] = []
    asked: list[Query] = []
    over = threading.Event()

    def visit() -> None:
        while not over.is_set():
            for query in mix:
                try:
                    answer = call(server, query)
                    if b"niet worden getoond" in answer:
                        failed.append("a card that could not be made")
                except OSError as error:
                    failed.append(str(error))
                asked.append(query)
                if over.is_set():
                    return

    visitor = threading.Thread(target=visit)
    visitor.start()
    slowest, sizes = 0.0, []
    for at in range(RELOADS):
        name = f"{NAME}-{1 + (at + 1) % 2}"
        releases.use(root, name)
        slowest = max(slowest, _until_served(server, name))
        sizes.append(_pss(server))
    over.set()
    visitor.join()
    return {
        f"{RELOADS} reloads while visitors ask": f"{len(failed)} of {len(asked)} requests failed",
        "until every worker serves the new release": f"at most {slowest:.1f} s",
        "memory during these (PSS)": f"{sizes[1]:.0f} MB after 2, {sizes[9]:.0f} after 10, {sizes[-1]:.0f} after 20",
    }


def _until_served(server: Server, name: str) -> float:
    """Seconds until ten answers in a row come from a release: there are two workers."""
    begin, same = time.perf_counter(), 0
    while same < 10:
        with urllib.request.urlopen(f"{server.address}/readyz", timeout=60) as answer:
            same = same + 1 if json.load(answer)["release"] == name else 0
        time.sleep(0.02)
    return time.perf_counter() - begin


def _timed(ask: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - begin)


def _spread(times: list[float]) -> str:
    if len(times) < 2:
        return "-"
    every = statistics.quantiles(times, n=100)
    return f"{every[49]:.1f} ms, p95 {every[94]:.1f}"


def _pss(server: Server) -> float:
    return memory(server.process.pid) + sum(map(memory, workers(server.process.pid)))


def _memory(server: Server) -> str:
    return f"{_pss(server):.0f} MB"


HOW = f"""Made-up figures in the shape of the ten StatLine tables on Veilig Thuis, and {CHOICES} choices of all kinds,
the same mix for each size: views, indicators, random gemeenten, breakdowns, levels, presentations, periods. Selecting
is measured in the process; the callback over HTTP, not compressed, in a server with two workers, one at a time. The
times are the median and the 95th percentile."""
REMARKS = (
    "0.1: without gemeenten; 5: a quarter more regions, twice the periods and twice the categories.",
    "Wanted: the card's callback within 20 ms at the 95th percentile, the figures of a card selected within 5 ms, "
    "ready within 4 s of the start, and at most 700 MB.",
    "Below the card stand a funnel plot and the profile of a region, each asked for the first time here; the browser "
    "asks for them when the card is there.",
    "Memory is the sum of the proportional set sizes of master and two workers.",
)
SECTION = Section(title="Many figures", how=HOW, measure=measure)
