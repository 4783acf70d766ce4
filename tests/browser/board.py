"""The dashboard as a visitor sees it in a browser, compared with what the server says of the same address."""

from __future__ import annotations

import urllib.request
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.reading import Node, Table, parse, read_table

LIVE = "#react-entry-point"

# What stands on the screen, and the numbers in the charts, for the tests to read.
SCREEN = """
window.__screen = () => {
  const root = document.querySelector("#react-entry-point");
  const text = (name) => { const found = root.querySelector(name); return found ? found.textContent : ""; };
  const all = (name) => Array.from(root.querySelectorAll(name));
  const select = (name) => { const found = root.querySelector(name); return found ? found.value : ""; };
  return {
    tab: document.title,
    head: text("h1"),
    title: text("#kaart-titel"),
    sentence: text(".zin"),
    notices: all(".meldingen:not([hidden])").map((e) => e.textContent),
    table: all("table.cijfers tr").map((row) => Array.from(row.children, (cell) => cell.textContent)),
    notes: text(".noten"),
    sources: text(".bronnen"),
    links: all("nav a").map((a) => a.getAttribute("href")),
    file: all("a.knop").map((a) => a.getAttribute("href")),
    chosen: ["#indicator", "#maat", "#categorie", "#periode"].map(select),
    pressed: all(".schakel[aria-pressed=true]").map((b) => b.value),
    regions: all(".gekozen-regio").map((b) => b.value),
  };
};
window.__charts = () => {
  const plain = (html) => {
    const area = document.createElement("textarea");
    area.innerHTML = html.replace(/<br>/g, "");
    return area.value.replace(/\\s/g, "");
  };
  const list = (values) => Array.from(values, (value) => (value === undefined ? null : value));
  const number = (text) => Number(text.replace(/[^\\d,]/g, "").replace(",", "."));
  return Array.from(document.querySelectorAll("#react-entry-point .grafieken .grafiek"), (place) => {
    const chart = place.querySelector(".js-plotly-plot");
    if (!chart || !chart.data) return null;
    const series = [];
    const flat = chart.layout.yaxis.type === "category";
    for (const trace of chart.data) {
      if (trace.hoverinfo === "skip") continue; // the bar between two bounds, which stand there themselves
      const matrix = flat && chart.layout.xaxis.type === "category"; // its numbers are only written
      const numbers = matrix ? trace.text.map(number) : list(flat ? trace.x : trace.y);
      const before = series.find((each) => each.name === trace.name);
      if (before) before.numbers = before.numbers.map((n, i) => (n === null ? numbers[i] : n));
      else series.push({ name: trace.name, labels: flat ? list(trace.y).map(plain) : [], numbers });
    }
    return series.map(({ labels, numbers }) => ({
      labels: labels.filter((label, i) => numbers[i] !== null),
      numbers: flat ? numbers.filter((n) => n !== null) : numbers,
    }));
  }).flat();
};
window.__shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
window.__heads = [];
(function look() {
  const seen = Array.from(document.querySelectorAll("h1")).filter(
    (h) => h.checkVisibility({ visibilityProperty: true }) && h.getBoundingClientRect().height > 0);
  if (document.readyState !== "loading") window.__heads.push(seen.length);
  if (document.documentElement?.matches(".dash-klaar")) window.__after = (window.__after || 0) + 1;
  if (!(window.__after > 5)) requestAnimationFrame(look);
})();
"""


class Board:
    """One page of the dashboard in a browser."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    # --- going somewhere ---

    def open(self, address: str) -> Board:
        self.page.goto(self.base + address)
        return self.ready()

    def ready(self) -> Board:
        """Waits until Dash has taken the page over."""
        self.page.wait_for_selector("html.dash-klaar", state="attached")
        return self

    def here(self, name: str) -> Locator:
        """A part of the page that Dash drew."""
        return self.page.locator(f"{LIVE} {name}")

    @property
    def address(self) -> str:
        return self.page.url.removeprefix(self.base)

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    # --- choosing ---

    def choose(self, name: str, value: str) -> Board:
        self.here(f"#{name}").select_option(value)
        return self

    def press(self, presentation: str) -> Board:
        self.here(f"button.schakel[value={presentation}]").click()
        return self

    def add_region(self, label: str) -> Board:
        """Types the first letters, and picks the region in the list (which puts its whole name in the field)."""
        field = self.here("#regio-zoek")
        field.press_sequentially(label[:3], delay=40)
        field.fill(label)
        return self

    def remove_region(self, code: str) -> Board:
        self.here(f"button.gekozen-regio[value={code}]").click()
        return self

    # --- what it shows ---

    def says(self, **wanted: str | None) -> Board:
        """Waits until the address has these parameters (None: has not)."""
        self.page.wait_for_function(
            "wanted => { const q = new URLSearchParams(location.search);"
            "  return Object.entries(wanted).every(([name, value]) => q.get(name) === value); }",
            arg=wanted,
        )
        return self

    def as_the_server(self) -> Node:
        """The whole view is what the server says of this address: words, table, links, filters and charts.

        Returns:
            The page of the server.
        """
        self.page.wait_for_selector("html:not(.wacht)", state="attached")  # the address follows the answer
        read = fetch(self.page.url)
        wanted = screen(read)
        self._wait("__screen", wanted)
        if read.all("table", "cijfers"):
            self._wait("__charts", charts(read_table(read), series="/tijdreeksen" in self.page.url))
        self.page.wait_for_function("() => !document.documentElement.matches('.wacht, .laadt')")
        return read

    def _wait(self, what: str, wanted: Any) -> None:
        try:
            self.page.wait_for_function(
                f"wanted => JSON.stringify(window.{what}()) === JSON.stringify(wanted)", arg=wanted, polling=50
            )
        except TooLate:
            shown = self.page.evaluate(f"window.{what}()")
            assert shown == wanted
            raise

    @property
    def title(self) -> str:
        return self.here("#kaart-titel").text_content() or ""

    @property
    def sentence(self) -> str:
        return self.here(".zin").text_content() or ""

    @property
    def regions(self) -> list[str]:
        return [str(button.get_attribute("value")) for button in self.here("button.gekozen-regio").all()]

    def table(self) -> Table:
        html = self.here("table.cijfers").evaluate("table => table.outerHTML")
        return read_table(parse(html))


def fetch(address: str) -> Node:
    """The page before JavaScript."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=30) as answer:
        return parse(answer.read().decode())


def screen(read: Node) -> dict[str, Any]:
    """What __screen gives when the browser shows the page of the server."""
    first = read.one(id="eerste-beeld")

    def text(tag: str = "", of_class: str = "", **attributes: str) -> str:
        found = first.all(tag, of_class, **attributes)
        return found[0].text() if found else ""

    def value(name: str) -> str:
        found = first.all("select", id=name)
        options = found[0].all("option") if found else []
        selected = [o for o in options if "selected" in o.attributes] or [
            o for o in options if "disabled" not in o.attributes
        ]
        return selected[0]["value"] if selected else ""

    return {
        "tab": read.one("head").one("title").text(),
        "head": text("h1"),
        "title": text(id="kaart-titel"),
        "sentence": text(of_class="zin"),
        "notices": [n.text() for n in first.all(of_class="meldingen") if "hidden" not in n.attributes],
        "table": [
            [cell.text() for cell in row.children if isinstance(cell, Node)]
            for table in first.all("table", "cijfers")
            for row in table.all("tr")
        ],
        "notes": text(of_class="noten"),
        "sources": text(of_class="bronnen"),
        "links": [a["href"] for a in first.one("nav").all("a")],
        "file": [a["href"] for a in first.all("a", "knop")],
        "chosen": [value(name) for name in ("indicator", "maat", "categorie", "periode")],
        "pressed": [b["value"] for b in first.all("button", "schakel") if b["aria-pressed"] == "true"],
        "regions": [b["value"] for b in first.all("button", "gekozen-regio")],
    }


def charts(table: Table, series: bool) -> list[dict[str, Any]]:
    """What __charts gives when the charts show the numbers of a table, column by column.

    A series keeps the place of what is missing; in the other charts the known numbers stand by their label.
    """
    columns = list(zip(*table.numbers, strict=True))
    if series:
        return [{"labels": [], "numbers": _whole(column)} for column in columns]
    out = []
    for column in columns:
        known = [
            ("".join(name.split()), number)
            for (name, _), number in zip(table.rows, column, strict=True)
            if number is not None
        ]
        out.append({"labels": [label for label, _ in known], "numbers": _whole([n for _, n in known])})
    return out


def _whole(numbers: Any) -> list[float | int | None]:
    """Numbers as JavaScript writes them: 5 and not 5.0."""
    return [int(n) if n is not None and n % 1 == 0 else n for n in numbers]
