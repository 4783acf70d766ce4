"""The dashboard under a path behind a real nginx with TLS, with the configuration of deploy/nginx."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from data.release import Release
from tests.audit.proxy import Proxy, before
from tests.pages.observatory import Site, grade, points, score
from tests.reading import parse
from tests.running import Server, chromium, free_port, serving

pytestmark = pytest.mark.audit
Say = Callable[[str], None]

PREFIX = "/impactmonitor/"
AM = "aantal-adviezen-en-meldingen"
STARTS = ("", f"embed/landelijk/{AM}", f"embed/regionaal/{AM}?vorm=licht", "embed/plaatsen.js", "_dash-layout",
          "_dash-dependencies", "regionaal?regio=GM1731", "model", "download/cijfers.csv.gz", "zoeken.json?q=drenthe",
          "wat-is-nieuw.atom")  # fmt: skip
FORMS = ("embed", "csv", "xlsx", "svg", "png")
# Of each path so many choices: the rest differs in figures only.
CHOICES = 2
FEWEST = 300


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    own = {"URL_PREFIX": PREFIX, "SECURITY_CONTACT": "a@b.nl", "FRAME_ANCESTORS": "https://intranet.voorbeeld.nl"}
    with serving(log, **own) as running:
        yield running
    assert " ERROR " not in log.read_text(), log.read_text()[-2_000:]


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with before(f"127.0.0.1:{server.port}", PREFIX, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def addresses(html: str, here: str) -> Iterator[str]:
    """What a page names: links, files, forms, and what the panel 'Deel of plaats' makes its code of."""
    for found in re.findall(r'(?:href|src|action|data-plotly|data-kader|data-link|data-script)="([^"]*)"', html):
        yield urldefrag(urljoin(here, unescape(found)))[0]


def test_every_address_under_a_path_works_behind_nginx(proxy: Proxy, release: Release, measured: Say) -> None:
    """Under a path behind nginx every page, file and embed is there, and nothing that a page names is outside it."""
    home = proxy.secure + PREFIX
    cards = [f"{form}/{view}/{slug}" for slug, view in sorted(release.filled) for form in FORMS]
    waiting, seen = deque(urljoin(home, start) for start in (*STARTS, *cards)), set[str]()
    of_path, kinds, wrong = Counter[str](), Counter[str](), list[str]()
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        if address in seen or of_path[parts.path] >= CHOICES or parts.scheme not in ("http", "https"):
            continue
        if f"{parts.scheme}://{parts.netloc}" not in (proxy.secure, proxy.plain):
            continue
        seen.add(address)
        of_path[parts.path] += 1
        if not address.startswith(home):
            wrong.append(f"outside: {address}")
            continue
        answer = proxy.ask(address)
        kinds[answer.headers.get_content_type()] += 1
        if answer.status in (303, 308):
            waiting.append(urljoin(address, answer.headers["Location"]))
        elif answer.status != 200:
            wrong.append(f"{answer.status}: {address}")
        elif answer.headers.get_content_type() == "text/html":
            waiting.extend(addresses(answer.text, address))
    assert wrong == []
    assert len(seen) > FEWEST
    assert {"text/html", "text/csv", "image/png", "image/svg+xml", "application/pdf", "application/json",
            "application/atom+xml", "text/css", "text/javascript"} <= set(kinds)  # fmt: skip
    told = ", ".join(f"{kind}: {n}" for kind, n in kinds.most_common())
    measured(f"{len(seen)} addresses, each 200 or a redirect to one ({told})")


def test_links_are_those_of_the_visitor_and_of_nobody_else(proxy: Proxy, server: Server) -> None:
    """Links to share have scheme and host of the proxy; headers that a visitor makes up change nothing."""
    made_up = {
        "X-Forwarded-Host": "kwaad.nl", "X-Forwarded-Prefix": "/kwaad", "X-Forwarded-For": "1.2.3.4",
        "Forwarded": "host=kwaad.nl;proto=http", "X-Forwarded-Proto": "http", "X-Script-Name": "/kwaad",
    }  # fmt: skip
    for headers in ({}, made_up):
        page = proxy.ask(f"{PREFIX}landelijk?periode=2019HJ02", **headers)
        link = parse(page.text).one("textarea", id="delen-link").text()
        assert link.startswith(f"{proxy.secure}{PREFIX}landelijk?"), link
        assert "kwaad" not in page.text + str(page.headers)
        assert page.headers["Strict-Transport-Security"]
        assert "Set-Cookie" not in page.headers
    feed = proxy.ask(f"{PREFIX}wat-is-nieuw.atom").text
    assert f"{proxy.secure}{PREFIX}wat-is-nieuw" in feed
    direct = proxy.ask(f"{server.address}{PREFIX}landelijk")
    assert "Strict-Transport-Security" not in direct.headers
    assert f"{server.address}{PREFIX}landelijk?" in direct.text


def test_another_name_gets_no_answer(proxy: Proxy) -> None:
    """A request for a name that is not ours ends at the proxy."""
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        proxy.ask(proxy.plain, Host="kwaad.nl")


def test_outside_the_path_there_is_the_way_to_it_and_nothing_else(proxy: Proxy) -> None:
    """The name alone leads to the path, robots.txt and security.txt are those of the dashboard, all else is a 404."""
    home = proxy.ask("/")
    assert (home.status, urlsplit(home.headers["Location"]).path) == (302, PREFIX)
    assert f"Disallow: {PREFIX}_dash-" in proxy.ask("/robots.txt").text
    assert "mailto:a@b.nl" in proxy.ask("/.well-known/security.txt").text
    assert [proxy.ask(path).status for path in ("/index.html", "/landelijk", "/readyz", "/etc/passwd")] == [404] * 4


def test_the_callback_works_behind_nginx(proxy: Proxy) -> None:
    """A choice is answered, a forged one is refused with a reason, and a body that is too large stops at the proxy."""
    address = f"{PREFIX}_dash-update-component"

    def asked(view: str) -> bytes:
        return json.dumps({
            "output": "pagina.children", "outputs": {"id": "pagina", "property": "children"},
            "inputs": [{"id": "keuze", "property": "data", "value": {"view": view, "query": {"periode": "2019HJ02"}}}],
            "changedPropIds": ["keuze.data"], "state": [],
        }).encode()  # fmt: skip

    json_ = {"Content-Type": "application/json"}
    good = proxy.ask(address, asked("landelijk"), **json_)
    assert good.status == 200
    assert "66.730" in good.text
    assert proxy.ask(address, asked("bestaat-niet"), **json_).status == 400
    assert proxy.ask(address, b"x" * 200_000, **json_).status == 413


def test_the_cache_keeps_what_may_be_kept(proxy: Proxy) -> None:
    """Files with their version in the address come from the cache in each encoding, pages do not; nobody is logged."""
    page = proxy.ask(f"{PREFIX}landelijk").text
    part = parse(page).one("html")["data-plotly"]
    sizes = {}
    for encoding in ("br", "gzip", "identity"):
        for _ in range(2):
            answer = proxy.ask(part, **{"Accept-Encoding": encoding})
            assert answer.headers.get("Content-Encoding", "identity") == encoding
            sizes[encoding] = len(answer.body)
    assert sizes["br"] < sizes["gzip"] < sizes["identity"]
    lines = [line.split() for line in proxy.log.read_text().splitlines()]
    kept = [line[-1] for line in lines if line[2] == part]
    assert kept[-5::2] == ["HIT", "HIT", "HIT"]
    assert {line[-1] for line in lines if line[2] == f"{PREFIX}landelijk"} <= {"MISS", "EXPIRED"}
    assert all(len(line) == 8 and "127.0.0.1" not in line and "?" not in line[2] for line in lines)


def test_without_a_path_the_name_is_the_dashboard(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without a path the overview stands under the name itself."""
    with (
        serving(tmp_path_factory.mktemp("server") / "log") as running,
        before(f"127.0.0.1:{running.port}", "/", tmp_path_factory.mktemp("nginx")) as proxy,
    ):
        home = proxy.ask("/")
        assert home.status == 200
        assert parse(home.text).one("h1").text()


def test_a_dashboard_that_does_not_answer_is_a_503_that_says_when(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without the dashboard nginx answers 503 with Retry-After and a few Dutch words, and logs no address."""
    folder = tmp_path_factory.mktemp("alone")
    with before(f"127.0.0.1:{free_port()}", PREFIX, folder) as alone:
        answer = alone.ask(f"{PREFIX}zoeken?q=geheim")
        assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
            503,
            "30",
            "no-store",
        )
        assert answer.headers.get_content_type() == "text/html"
        assert parse(answer.text).one("h1").text() == "Even niet bereikbaar"
        assert "0800-2000" in answer.text
    written = alone.log.read_text() + (folder / "error.log").read_text()
    assert "503 502" in written
    assert "127.0.0.1" not in written and "geheim" not in written


def test_the_observatory_gives_its_top_grade_behind_nginx(proxy: Proxy, measured: Say) -> None:
    """The criteria of the HTTP Observatory, applied behind nginx with TLS and a list of sites that may frame."""
    page = proxy.ask(PREFIX)
    leads = proxy.ask(proxy.plain + PREFIX).headers["Location"]
    site = Site(list(page.headers.items()), page.text, proxy.secure, leads, [])
    assert (score(site), grade(score(site))) == (120, "A+")
    measured(f"{grade(score(site))}, {score(site)} points: " + ", ".join(f"{n} {p:+}" for n, p in points(site).items()))


def test_a_browser_uses_the_site_under_a_path(proxy: Proxy, measured: Say) -> None:
    """In a browser behind nginx a choice, the back button and an embed work, and nothing leaves the path."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(ignore_https_errors=True, locale="nl-NL").new_page()
        asked, wrong = list[str](), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        live = "#react-entry-point"
        page.goto(f"{proxy.secure}{PREFIX}landelijk?periode=2019HJ02")
        page.wait_for_selector("html.dash-klaar", state="attached")
        said = f"document.querySelector('{live} .zin').textContent"
        page.locator(f"{live} #periode").select_option("2019HJ01")
        page.wait_for_function(f"() => {said}.includes('65.075')")
        page.go_back()
        page.wait_for_function(f"() => {said}.includes('66.730')")
        page.locator(f"{live} #delen summary").click()
        frame = page.frame_locator(f"{live} #delen-voorbeeld iframe")
        frame.locator("html.dash-klaar").wait_for(state="attached")
        assert "66.730" in (frame.locator(f"{live} .zin").text_content() or "")
        browser.close()
    assert wrong == []
    outside = [url for url in asked if not url.startswith((proxy.secure + PREFIX, "data:"))]
    assert outside == []
    measured(f"{len(asked)} requests of the browser, all under the path; nothing on its console")
