"""Section `bezoek`: a first visit, a change of filter and a repeat visit in a real browser, beside a plain Dash app."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.bench.document import Result, Section
from tools.bench.server import serving

RUNS = 7
QUIET = 700  # ms after the first chart that still count as the first visit
PATIENCE = 60_000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip
GUNICORN = ("-m", "gunicorn", "--workers=2", "--threads=4", "--worker-class=gthread", "--preload")
VIEWPORT = {"width": 1280, "height": 900}

# The bars of the interactive chart that can be seen: the geometry that plotly wrote, '' while there is none.
WATCH = """
window.bars = () => Array.from(document.querySelectorAll('.js-plotly-plot'))
  .filter((chart) => chart.checkVisibility({ visibilityProperty: true }))
  .flatMap((chart) => Array.from(chart.querySelectorAll('.bars path, .scatterlayer path')))
  .map((path) => path.getAttribute('d')).join('|');
window.shift = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
}).observe({ type: 'layout-shift', buffered: true });
window.painted = null;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    const text = document.querySelector('.zin');
    if (each.name !== 'first-contentful-paint') continue;
    window.painted = { at: each.startTime, text: text ? text.innerText : '' };
  }
}).observe({ type: 'paint', buffered: true });
// The time at which Dash answers: for the dashboard when it has taken the page over, else at once.
window.live = 0;
window.whenLive = () => new Promise((done) => {
  const root = document.documentElement;
  const look = () => { if (!root.dataset.dash || window.live) done(window.live); else setTimeout(look, 5); };
  look();
});
(function see() {
  if (document.documentElement?.classList.contains('dash-klaar')) window.live = performance.now();
  else setTimeout(see, 5);
})();
// The time at which the bars are other ones than before: looked at every 5 ms, by the clock of the page itself.
window.until = (before) => new Promise((done, fail) => {
  const begin = performance.now();
  const look = () => {
    const now = window.bars();
    if (now && now !== before) done(performance.now());
    else if (performance.now() - begin > 30000) fail(new Error('no other bars within 30 seconds'));
    else setTimeout(look, 5);
  };
  look();
});
"""


@dataclass(frozen=True)
class Case:
    """A card to look at: its view, its query, and the period it changes to."""

    name: str
    view: str
    query: str
    first: str
    then: str

    @property
    def card(self) -> str:
        """View and query, without the period."""
        return f"{self.view}?{self.query}"


CASES = (
    Case("Landelijk, two bars", "landelijk", "indicator=aantal-adviezen-en-meldingen", "2019HJ02", "2020HJ01"),
    Case(
        "Regionaal, 26 bars",
        "regionaal",
        "indicator=kerncijfers-veilig-thuis&maat=actieve-casussen",
        "2019HJ02",
        "2019HJ01",
    ),
)


@dataclass(frozen=True)
class Visit:
    """What one visitor saw; times in ms, sizes in kB as they came over the line, headers included."""

    first_chart: float
    live: float
    changed_chart: float
    size: float
    requests: float
    paint: float
    shift: float
    again_size: float
    again_chart: float


@dataclass(frozen=True)
class Seen:
    """The median of a number of visits, and the text that stood in the first paint of the last."""

    median: Visit
    text: str


def visits(browser: Browser, address: str, change: str) -> Seen:
    """Visit a page with an empty cache, change it, and come back; the first visitor only warms up the server.

    Args:
        browser: a running Chromium.
        address: of the page.
        change: JavaScript that changes a filter.
    """
    found = []
    text = ""
    for run in range(RUNS + 1):
        context = browser.new_context(viewport=VIEWPORT, locale="nl-NL")  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        try:
            each, text = _visit(context, address, change)
        finally:
            context.close()
        if run:
            found.append(each)
    return Seen(Visit(*(statistics.median(getattr(v, f.name) for v in found) for f in fields(Visit))), text)


def _visit(context: BrowserContext, address: str, change: str) -> tuple[Visit, str]:
    page, traffic = _page(context)
    first = _open(page, address)
    page.wait_for_timeout(QUIET)
    size, requests = sum(traffic.values()) / 1e3, len(traffic)
    painted = page.evaluate("window.painted")
    # What moves after a choice follows from it; browsers leave that out, but do not know a script's choice for one.
    shift = page.evaluate("window.shift")
    # The dashboard draws its first charts before Dash is there.
    live = page.evaluate("window.whenLive()")
    changed = page.evaluate(
        f"async () => {{ const before = window.bars(), begin = performance.now(); {change};"
        " return await window.until(before) - begin; }"
    )
    page.close()
    page, traffic = _page(context)
    again = _open(page, address)
    page.wait_for_timeout(QUIET)
    told = Visit(first, live, changed, size, requests, painted["at"], shift, sum(traffic.values()) / 1e3, again)
    return told, painted["text"]


def _page(context: BrowserContext) -> tuple[Page, dict[str, float]]:
    """A new page, and what comes over the line for it: request -> bytes."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    traffic: dict[str, float] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def ended(event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:  # what the browser still had did not come over the line
            traffic[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.loadingFinished", ended)
    return page, traffic


def _open(page: Page, address: str) -> float:
    """Milliseconds from the start of the navigation to the first bars that can be seen."""
    page.goto(address, wait_until="commit")
    return float(page.evaluate("window.until('')"))


def chromium() -> str:
    """Where the Chromium of this computer is.

    Raises:
        RuntimeError: there is none.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise RuntimeError("Chromium is missing: install it (Debian/Ubuntu: apt-get install chromium)")
    return found


def measure() -> Result:
    """Visit the dashboard and the plain app in turns, for each card."""
    rows: list[list[str]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for case in CASES:
            settings = {"BENCH_CARD": case.card, "BENCH_PERIOD": case.first}
            command = (*GUNICORN, "tools.bench.baseline:make()")
            with serving() as ours, serving(command, "/_dash-layout", None, **settings) as plain:
                address = f"{ours.address}/{case.card}&periode={case.first}"
                choose = (
                    "const s = document.querySelector('#react-entry-point #periode');"
                    f" s.value = '{case.then}'; s.dispatchEvent(new Event('change', {{ bubbles: true }}))"
                )
                mine = visits(browser, address, choose)
                theirs = visits(
                    browser, plain.address, f"dash_clientside.set_props('period', {{ value: '{case.then}' }})"
                )
            rows += _rows(case, mine, theirs.median)
        browser.close()
    return Result(["card", "what", "dashboard", "plain Dash app", "goal", "met"], rows, REMARKS)


def _rows(case: Case, mine: Seen, plain: Visit) -> list[list[str]]:
    own = mine.median
    figures = any(sign.isdigit() for sign in mine.text)

    def row(what: str, value: str, other: str, goal: str, met: bool | None) -> list[str]:
        return [case.name, what, value, other, goal, {True: "yes", False: "NO", None: ""}[met]]

    def ratio(what: str, get: Callable[[Visit], float], most: float) -> list[str]:
        part = get(own) / get(plain)
        told = f"{get(own):.0f} ms ({part:.2f} x)"
        return row(what, told, f"{get(plain):.0f} ms", f"at most {most} x the plain app", part <= most)

    return [
        row("first visit: size", f"{own.size:.0f} kB", f"{plain.size:.0f} kB", "at most 600 kB", own.size <= 600),
        row("first visit: requests", f"{own.requests:.0f}", f"{plain.requests:.0f}", "at most 16", own.requests <= 16),
        ratio("first visit: interactive chart", lambda v: v.first_chart, 0.22),
        row("first visit: first paint", f"{own.paint:.0f} ms", f"{plain.paint:.0f} ms", "", None),
        row("first visit: Dash has taken over", f"{own.live:.0f} ms", "", "", None),
        row("figures in the first paint", f"“{mine.text}”" if figures else "none", "none", "real figures", figures),
        ratio("change of period: chart", lambda v: v.changed_chart, 0.4),
        row(
            "repeat visit: size",
            f"{own.again_size:.1f} kB",
            f"{plain.again_size:.1f} kB",
            "at most 40 kB",
            own.again_size <= 40,
        ),
        row("repeat visit: interactive chart", f"{own.again_chart:.0f} ms", f"{plain.again_chart:.0f} ms", "", None),
        row("layout shift (CLS)", f"{own.shift:.3f}", f"{plain.shift:.3f}", "below 0.02", own.shift < 0.02),
    ]


HOW = """Headless Chromium on the same computer, without a limit on line or processor. A chart counts when its bars,
drawn by plotly, can be seen and pointed at; the dashboard draws its first ones before Dash takes the page over. The
change is made once Dash answers, as the filter makes it (an event of the select; for the plain app a new value of its
dropdown), and counts until the bars differ. Both servers run side by side, in the same way (gunicorn, two workers,
preloaded)."""
REMARKS = (
    "The plain app (`tools/bench/baseline.py`) shows the same figures as plotly express and Dash do by default.",
    f"Medians of {RUNS} visitors, each with an empty cache; one before them warms the server up and does not count.",
    f"A visit counts until {QUIET} ms after its first chart; and its layout shift too; what comes later does not.",
)
SECTION = Section(title="A visit", how=HOW, measure=measure)
