"""What a stranger may send: addresses, parameters and callback bodies, good ones mixed with anything."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from data import current
from data.catalogue import VIEWS

SECONDS = 20.0
CALLBACK = "/_dash-update-component"
NAMES = (
    "indicator", "maat", "regio", "periode", "geweld", "categorie", "weergave", "thema", "niveau", "stijl", "formaat",
    "filters", "toon", "vorm", "erbij", "zonder", "m", "q", "view", "weergave_van", "pathname_", "self", "query",
    "pagina", "per_pagina",
)  # fmt: skip
PLAIN = (
    "/", "/landelijk", "/regionaal", "/tijdreeksen", "/model", "/download", "/verantwoording", "/toelichting",
    "/wat-is-nieuw", "/wat-is-nieuw.atom", "/toegankelijkheid", "/zoeken", "/healthz", "/readyz", "/robots.txt",
    "/embed", "/embed/", "/embed/plaatsen.js", "/embed/none/none", "/.well-known/security.txt", "/_dash-layout",
    "/_dash-dependencies", "/_favicon.ico", "/_reload-hash", "/assets/20-impactmonitor.css", "/assets/../app.py",
    "/assets/los/licht.css", "/_deel/x", "/_dash-component-suites/dash/deps/x.js", "/_dash-component-suites/x/y.js",
    "/download/cijfers.csv.gz", "/download/revisies.csv", "/download/x", "/rapport/NL01.pdf", "/rapport",
    "/rapport/VT02.pdf", "/zoeken.json", "/csv/regionaal/profiel",
    "/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/openapi.json", "/api/v1/indicatoren", "/api/v1/regios",
    "/api/v1/revisies", "/api/v1/bronnen/x", "/api/v1/x", "/catalogus.ttl", "/catalogus.x",
)  # fmt: skip
NASTY = (
    "", " ", ",", ",,,,", "%", "%00", "\x00", "\x07", "\u202e", "é", "日本語", "🙂" * 20, "null", "None", "NaN", "-1",
    "0", "1e309", "9" * 400, "a" * 4_000, "<script>alert(1)</script>", "\"'><b>", "'; DROP", "../../etc/passwd",
    "{{7*7}}", "${7*7}", "=1+1", "\r\nX-Injected: 1", "NL01," * 300, "2019HJ99", "0000JJ00", "99999JJ00", "2019-13-45",
    "2014-2023,2019HJ01", "١٢٣٤", "ｎｌ01", "İ", "ß", "Drenthe (provincie)", "drenthe", "GM9999", "X-", "X-a",
)  # fmt: skip
ODD_ENDS = ("&", "&&=&=", "&%", "&a=%ff%fe", "&regio=%C3%28", "&" + "regio=NL01&" * 500, ";x=1")
ODD_HEADERS = (
    {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=x"}, {"Host": "a b"}, {"Host": "x" * 300}, {"Host": "é.nl"},
    {"Range": "bytes=5-1"}, {"If-None-Match": "x"}, {"X-Forwarded-Proto": "https"}, {"Cookie": "a=b; \x7f"},
)  # fmt: skip
ODD_BODIES = (b"[" * 9_000, b"{" * 99, b"1" * 40_000)


@dataclass
class Sent:
    """One request."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def to(self, client: FlaskClient) -> TestResponse:
        """Send it, past the client's own ideas of what an address is."""
        return client.open(
            self.path, method=self.method, data=self.body, headers=self.headers,
            content_type="application/json" if self.body is not None else None,
        )  # fmt: skip


@cache
def _known() -> dict[str, list[str]]:
    release = current.release()
    return {
        "indicator": list(release.catalogue.indicators),
        "maat": [m.slug for m in release.catalogue.measures.values()],
        "regio": [*list(release.regions.by_code)[::7], "NL01", "VT02", "GM1731"],
        "periode": sorted(set(release.figures["periode"])),
        "geweld": sorted(release.category_slugs)[::3],
        "categorie": sorted(release.category_slugs)[::3],
        "weergave": ["aantal", "aandeel", "per10000", "per100000"],
        "thema": [t.id for t in release.catalogue.themes],
        "filters": ["ja", "nee", "zonder-regio"],
        "toon": ["alles", "grafiek", "tabel"],
        "vorm": ["gewoon", "licht"],
        "formaat": ["machine", "mensen", "json", "csv", "jsonstat"],
        "pagina": ["1", "2"],
        "per_pagina": ["1", "10000"],
        "niveau": ["gemeente", "provincie", "landsdeel"],
    }


def texts() -> st.SearchStrategy[str]:
    """Any text, nasty ones often."""
    return st.one_of(st.sampled_from(NASTY), st.text(max_size=30))


def values(name: str, known: dict[str, list[str]]) -> st.SearchStrategy[str]:
    """A value for a parameter: mostly one that exists, for regions and periods also several."""
    if name not in known:
        return texts()
    good = st.sampled_from(known[name])
    several = st.lists(st.one_of(good, texts()), max_size=14).map(",".join) if name in ("regio", "periode") else good
    return st.one_of(good, good, several, texts())


@st.composite
def queries(draw: st.DrawFn, known: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Parameters in any order, also more than once."""
    names = draw(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), max_size=7))
    return [(name, draw(values(name, known))) for name in names]


@st.composite
def gets(draw: st.DrawFn) -> Sent:
    """A request for a page, an embed, a file, or something that is none of these."""
    known = _known()
    view = st.sampled_from([*VIEWS, "x"])
    slug = st.one_of(st.sampled_from(known["indicator"]), st.sampled_from(known["indicator"]), texts())
    form = st.sampled_from(["embed", "embed", "csv", "csv", "xlsx", "svg", "png", "jsonstat"])
    shaped = st.tuples(form, view, slug).map("/".join)
    views = st.sampled_from([f"/{v}" for v in VIEWS])
    asked = st.just("/api/v1/cijfers")
    path = draw(
        st.one_of(st.sampled_from(PLAIN), views, views, asked, shaped.map("/".__add__), texts().map("/".__add__))
    )
    query = draw(queries(known))
    raw = draw(st.sampled_from([True, True, True, False]))
    encoded = urlencode(query, errors="replace") if raw else "&".join(f"{quote(n)}={quote(v)}" for n, v in query)
    if draw(st.sampled_from([False] * 9 + [True])):
        encoded += draw(st.sampled_from(ODD_ENDS))
    method = draw(st.sampled_from(["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"]))
    headers = draw(st.sampled_from([*[{}] * 6, *ODD_HEADERS]))
    return Sent(method, quote(path, safe="/%") + (f"?{encoded}" if encoded else ""), headers=dict(headers))


def _body(value: dict[str, Any], place: str, store: str) -> dict[str, Any]:
    return {
        "output": f"{place}.children",
        "outputs": {"id": place, "property": "children"},
        "inputs": [{"id": store, "property": "data", "value": value}],
        "changedPropIds": [f"{store}.data"],
        "state": [],
    }


def _router(pathname: Any, search: Any) -> dict[str, Any]:
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": pathname},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
    }


STORES = ["keuze", "keuze", "keuze-erbij"]
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(NASTY), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


def _mutated(draw: st.DrawFn, node: Any) -> Any:
    """The same with one part replaced, left out or added, at any depth."""
    if not isinstance(node, (dict, list)) or not node or draw(st.sampled_from([True, False, False, False])):
        return draw(ANYTHING)
    if isinstance(node, list):
        at = draw(st.integers(0, len(node) - 1))
        change = draw(st.sampled_from(["in", "in", "out", "twice"]))
        if change == "in":
            return [*node[:at], _mutated(draw, node[at]), *node[at + 1 :]]
        return [*node[:at], *node[at + 1 :]] if change == "out" else [*node, node[at]]
    key = draw(st.sampled_from(sorted(node)))
    change = draw(st.sampled_from(["in", "in", "in", "out", "more"]))
    if change == "in":
        return node | {key: _mutated(draw, node[key])}
    return {n: v for n, v in node.items() if n != key} if change == "out" else node | {draw(texts()): draw(ANYTHING)}


@st.composite
def posts(draw: st.DrawFn) -> Sent:
    """A callback: a good one with any choice, the router of Dash with any address, or a mutated or broken body."""
    known = _known()
    kind = draw(st.sampled_from(["choice", "choice", "router", "mutated", "bytes"]))
    if kind == "bytes":
        return Sent("POST", CALLBACK, draw(st.one_of(st.binary(max_size=60), st.sampled_from(ODD_BODIES))))
    query = dict(draw(queries(known)))
    view = draw(st.sampled_from([*VIEWS, *VIEWS, "x"]))
    value = {"view": view, "query": query, "n": draw(st.integers(-5, 9)), "embed": draw(st.booleans())}
    choice = _body(value, draw(st.sampled_from(["pagina", "pagina", "erbij"])), draw(st.sampled_from(STORES)))
    path = draw(st.one_of(
        st.sampled_from(PLAIN), st.sampled_from([f"/{v}" for v in VIEWS]), texts(),
        st.tuples(st.sampled_from(VIEWS), st.sampled_from(known["indicator"])).map(lambda t: f"/embed/{t[0]}/{t[1]}"),
    ))  # fmt: skip
    router = _router(path, "?" + urlencode(draw(queries(known)), errors="replace"))
    if draw(st.sampled_from([False] * 9 + [True])):
        router["output"] = draw(st.sampled_from(["_pages_content.children..._pages_store.data", "pagina.children", ""]))
    body: Any = router if kind == "router" else choice
    if kind == "mutated":
        body = _mutated(draw, draw(st.sampled_from([choice, router])))
    return Sent("POST", CALLBACK, json.dumps(body).encode())


def requests() -> st.SearchStrategy[Sent]:
    """Anything."""
    return st.one_of(gets(), gets(), posts())
