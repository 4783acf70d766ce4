"""Embeds in the pages of another site, in a real browser: six at once, no JavaScript, who may frame, and sharing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.browser.board import LIVE, Board
from tests.browser.conftest import PATIENCE, visitor
from tests.browser.watch import Watch
from tests.running import serving

AM = "aantal-adviezen-en-meldingen"
KEY = "kerncijfers-veilig-thuis"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
# What each shows was published so: Impactmonitor 2022, Beleidsinformatie Veilig Thuis 2019, StatLine 84851NED.
SIX = {
    f"/embed/landelijk/{AM}?periode=2019HJ02": "66.730",
    f"/embed/landelijk/{AM}?periode=2019HJ02&filters=nee&toon=tabel": "54.540",
    f"/embed/regionaal/{KEY}?maat=actieve-casussen&regio=VT25&periode=2019HJ02&filters=nee": "6.875",
    f"/embed/regionaal/{NATURE}?regio=GM1731&periode=2023JJ00&filters=zonder-regio": "70 van de 130",
    f"/embed/tijdreeksen/{AM}?periode=2019HJ02&toon=grafiek&filters=nee": "66.730",
    f"/embed/regionaal/{KEY}?maat=actieve-casussen&regio=VT25&periode=2019HJ02&vorm=licht": "6.875",
}
QUIET = (
    "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])"
    "  Object.defineProperty(window, name, { get() { window.__stored = name; throw new Error('no ' + name); } });"
    "Object.defineProperty(Document.prototype, 'cookie', {"
    "  get() { return ''; }, set(text) { window.__stored = text; } });"  # Dash looks whether there is one
)


class _Host(BaseHTTPRequestHandler):
    """Another site, with one page."""

    def __init__(self, page: Callable[[], str], *rest: Any) -> None:
        self.made = page
        super().__init__(*rest)

    def do_GET(self) -> None:
        body = self.made().encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Intranet:
    """A site of another origin that frames what it is told."""

    def __init__(self) -> None:
        self.body = ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, lambda: self.page))
        # Another host as well as another port: another origin, and for a browser another site.
        self.address = f"http://localhost:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def page(self) -> str:
        return (
            '<!DOCTYPE html><html lang="nl"><head><title>Intranet</title><link rel="icon" href="data:,"></head>'
            f"<body>{self.body}</body></html>"
        )

    def frames(self, *addresses: str, script: str = "", more: str = "") -> None:
        code = [f'<iframe src="{escape(a)}" title="x" width="100%" height="300" {more}></iframe>' for a in addresses]
        self.body = "".join(code) + (f'<script src="{script}" async></script>' if script else "")


@pytest.fixture
def intranet() -> Iterator[Intranet]:
    site = Intranet()
    yield site
    site.server.shutdown()
    site.server.server_close()


class Seen:
    """What a page and its frames said on the console, and what they asked of whom."""

    def __init__(self, page: Page) -> None:
        self.wrong: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url in self.asked if urlsplit(url).scheme != "data"}


@pytest.fixture
def host(browser: Browser) -> Iterator[tuple[Page, Seen]]:
    """A page for the other site, in which nothing can be stored."""
    context = visitor(browser)
    context.add_init_script(QUIET)
    page = context.new_page()
    yield page, Seen(page)
    assert context.cookies() == []
    context.close()


def embedded(page: Page, base: str, count: int = 1) -> list[Frame]:
    """The frames of our site; a frame that is loaded lazily may come later."""
    for _ in range(100):
        found = [frame for frame in page.frames if frame.url.startswith(base)]
        if len(found) == count:
            break
        page.wait_for_timeout(50)
    return found


def until_drawn(frame: Frame) -> None:
    if "vorm=licht" not in frame.url:
        frame.wait_for_selector("html.dash-klaar", state="attached", timeout=60_000)


def test_another_site_frames_six_embeds_at_once(host: tuple[Page, Seen], intranet: Intranet, base: str) -> None:
    page, seen = host
    intranet.frames(*(base + address for address in SIX), script=f"{base}/embed/plaatsen.js")
    page.goto(intranet.address)
    frames = embedded(page, base, len(SIX))
    assert len(frames) == 6
    for frame, (address, shown) in zip(frames, SIX.items(), strict=True):
        until_drawn(frame)
        assert frame.url == base + address
        assert shown in (frame.locator(".zin:visible").text_content() or "")
        assert frame.locator(".bronnen").is_visible()
        assert frame.evaluate("window.__stored") is None, "nothing is stored"
        # Chart and table as asked.
        assert frame.locator(".grafiek .main-svg, .grafieken svg").first.is_visible() == ("toon=tabel" not in address)
        if "vorm=licht" not in address:
            page.wait_for_function(
                "([url, high]) => Math.abs(Array.from(document.querySelectorAll('iframe'))"
                "  .find((f) => f.src === url).clientHeight - high) < 3",
                arg=[base + address, frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")],
            )
    assert seen.wrong == []
    assert seen.hosts() == {urlsplit(base).netloc, urlsplit(intranet.address).netloc}
    others = [url for url in seen.asked if urlsplit(url).netloc != urlsplit(base).netloc]
    assert others == [f"{intranet.address}/"]


def test_six_embeds_fetch_each_shared_file_once(host: tuple[Page, Seen], intranet: Intranet, base: str) -> None:
    page, _ = host
    intranet.frames(*(base + address for address in SIX))
    page.goto(intranet.address)
    fetched = Counter[str]()
    for frame in embedded(page, base, len(SIX)):
        until_drawn(frame)
        fetched.update(
            frame.evaluate(
                "performance.getEntriesByType('resource')"
                "  .filter((e) => e.transferSize > 0 && !e.name.includes('/_dash-')).map((e) => e.name)"
            )
        )
    assert any("/_deel/" in name for name in fetched)
    assert any(name.endswith(".css") or ".css?" in name for name in fetched)
    assert {name: n for name, n in fetched.items() if n > 1} == {}


def test_a_choice_in_an_embed_stays_in_it(host: tuple[Page, Seen], intranet: Intranet, base: str) -> None:
    page, seen = host
    intranet.frames(f"{base}/embed/landelijk/{AM}?periode=2019HJ02&toon=tabel")
    page.goto(intranet.address)
    (frame,) = embedded(page, base)
    until_drawn(frame)
    before = page.evaluate("history.length")
    frame.locator(f"{LIVE} #periode").select_option("2019HJ01")
    frame.wait_for_function("() => document.querySelector('#react-entry-point .zin').textContent.includes('65.075')")
    assert "periode=2019HJ01" in frame.url
    assert "toon=tabel" in frame.url
    assert urlsplit(frame.url).path == f"/embed/landelijk/{AM}"
    assert frame.locator(".grafiek").count() == 0, "the options stay"
    assert page.evaluate("history.length") == before, "the back button is that of the page around it"
    assert seen.wrong == []


def test_the_whole_site_works_in_a_frame(host: tuple[Page, Seen], intranet: Intranet, base: str) -> None:
    page, seen = host
    page.set_viewport_size({"width": 360, "height": 800})
    intranet.frames(f"{base}/landelijk?periode=2019HJ02", script=f"{base}/embed/plaatsen.js")
    page.goto(intranet.address)
    (frame,) = embedded(page, base)
    until_drawn(frame)
    frame.locator(f"{LIVE} #periode").select_option("2019HJ01")
    frame.wait_for_function("() => document.querySelector('#react-entry-point .zin').textContent.includes('65.075')")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame.locator("nav").get_by_text("Regionaal beeld").first.click()
    frame.wait_for_url("**/regionaal*")
    until_drawn(frame)
    assert "Regionaal" in (frame.locator("h1:visible").text_content() or "")
    # The back button first undoes the page, then the choice.
    page.evaluate("history.back()")
    frame.wait_for_url("**/landelijk?*periode=2019HJ01*")
    until_drawn(frame)
    page.evaluate("history.back()")
    frame.wait_for_function("() => document.querySelector('#react-entry-point .zin').textContent.includes('66.730')")
    assert seen.wrong == []


@pytest.mark.parametrize("sandbox", ["", 'sandbox=""'])
def test_the_light_form_works_without_javascript(
    sandbox: str, plain_browser: Browser, intranet: Intranet, base: str
) -> None:
    context = plain_browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    seen = Seen(page)
    intranet.frames(f"{base}/embed/regionaal/{KEY}?maat=actieve-casussen&regio=VT25&periode=2019HJ02&vorm=licht",
                    more=sandbox)  # fmt: skip
    page.goto(intranet.address)
    frame = page.frame_locator("iframe")
    assert "6.875" in (frame.locator(".zin").text_content() or "")
    picture = frame.locator(".ruim svg")
    assert picture.is_visible()
    assert "8.360" in (picture.text_content() or "")
    assert (picture.bounding_box() or {"width": 0})["width"] > 500
    frame.locator("summary").first.click()
    assert frame.locator("table").is_visible()
    page.set_viewport_size({"width": 340, "height": 900})
    assert frame.locator(".smal svg").is_visible()
    assert not picture.is_visible()
    # What reads the page for this test is a script too, and the sandbox refuses it.
    assert [text for text in seen.wrong if "Blocked script execution" not in text] == []
    assert {urlsplit(url).path for url in seen.asked if url.startswith(base)} <= {
        f"/embed/regionaal/{KEY}", "/_deel/stijl/standaard.css", "/assets/los/licht.css", "/assets/favicon.ico",
    }  # fmt: skip
    context.close()


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that only itself and one other site may frame."""
    log = tmp_path_factory.mktemp("closed") / "log"
    with serving(log, WEB_CONCURRENCY="1", FRAME_ANCESTORS="https://intranet.voorbeeld.nl") as server:
        yield server.address


@pytest.mark.parametrize("address", [f"/embed/landelijk/{AM}", f"/embed/landelijk/{AM}?vorm=licht", "/landelijk"])
def test_a_site_that_is_not_on_the_list_is_refused(
    address: str, host: tuple[Page, Seen], intranet: Intranet, closed: str
) -> None:
    page, seen = host
    intranet.frames(closed + address)
    page.goto(intranet.address)
    page.wait_for_function("() => true", polling=100)
    for _ in range(100):
        if seen.wrong:
            break
        page.wait_for_timeout(100)
    assert any("frame-ancestors" in text for text in seen.wrong), seen.wrong
    assert embedded(page, closed, 0) == []


def test_the_site_itself_may_always_frame(closed: str, host: tuple[Page, Seen]) -> None:
    page, seen = host
    page.goto(f"{closed}/landelijk?periode=2019HJ02")
    page.wait_for_selector("html.dash-klaar", state="attached")
    page.locator(f"{LIVE} #delen summary").click()
    frame = page.frame_locator("#delen-voorbeeld iframe")
    frame.locator("html.dash-klaar").wait_for(state="attached", timeout=PATIENCE)
    assert seen.wrong == []


# --- the panel ---


def field(board: Board, name: str) -> str:
    return str(board.here(f"#delen-{name}").input_value())


def until(board: Board, name: str, text: str) -> None:
    board.page.wait_for_function(
        "([id, text]) => document.querySelector('#react-entry-point #' + id).value.includes(text)",
        arg=[f"delen-{name}", text],
    )


def test_the_panel_writes_the_code_for_what_is_chosen_and_shows_it(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}&maat=actieve-casussen&regio=VT25&periode=2019HJ02")
    assert board.here("#delen-voorbeeld iframe").count() == 0, "nothing is fetched before it is asked for"
    board.here("#delen summary").click()
    assert field(board, "link").startswith(board.base + "/regionaal?")
    frame = board.page.frame_locator(f"{LIVE} #delen-voorbeeld iframe")
    assert "6.875" in (frame.locator(f"{LIVE} .zin").text_content() or "")
    board.here("#delen-toon").select_option("tabel")
    board.here("#delen-filters").select_option("nee")
    board.here("#delen-hoogte").select_option("script")
    board.here("#delen-periode").select_option("nieuwste")
    until(board, "code", "toon=tabel&amp;filters=nee")
    code = field(board, "code")
    assert "periode=" not in code
    assert f'<script src="{board.base}/embed/plaatsen.js" async></script>' in code
    assert "periode=" not in field(board, "link")
    frame.locator("html.dash-klaar").wait_for(state="attached")
    frame.locator("table.cijfers").first.wait_for()
    assert frame.locator("form").count() == 0
    # Another choice on the page keeps the panel as it is, for the new figures.
    board.choose("maat", "gesloten-casussen")
    until(board, "code", "maat=gesloten-casussen")
    assert "toon=tabel&amp;filters=nee" in field(board, "code")
    assert board.here("#delen-toon").input_value() == "tabel"
    assert board.here("#delen").get_attribute("open") is not None


def test_the_code_of_the_panel_works_on_another_site(board: Board, host: tuple[Page, Seen], intranet: Intranet) -> None:
    board.open(f"/regionaal?indicator={KEY}&maat=actieve-casussen&regio=VT25&periode=2019HJ02")
    board.here("#delen summary").click()
    page, seen = host
    intranet.body = field(board, "code")
    page.goto(intranet.address)
    (frame,) = embedded(page, board.base)
    until_drawn(frame)
    assert "6.875" in (frame.locator(f"{LIVE} .zin").text_content() or "")
    assert seen.wrong == []


def test_link_and_code_are_copied(browser: Browser, base: str, watch: Watch) -> None:
    context: BrowserContext = visitor(browser, permissions=["clipboard-read", "clipboard-write"])
    context.on("page", watch.follow)
    board = Board(context.new_page(), base).open("/landelijk?periode=2019HJ02")
    board.here("#delen summary").click()
    for name in ("link", "code"):
        board.here(f"[data-kopieer=delen-{name}]").click()
        board.page.wait_for_function(
            "name => document.querySelector('#react-entry-point #delen-status').textContent"
            " === `De ${name} is gekopieerd.`",
            arg=name,
        )
        copied = board.page.evaluate("navigator.clipboard.readText()")
        assert without_height(copied) == without_height(field(board, name))
        assert copied.startswith("<iframe " if name == "code" else f"{base}/landelijk?")
    context.close()


def without_height(code: str) -> str:
    """The height of the code follows the preview, which may still be growing."""
    return re.sub(r'height="\d+"', "", code)


# --- small frames, and paper ---


@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize("address", list(SIX))
def test_an_embed_fits_its_frame(address: str, width: int, page: Page, base: str) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(base + address)
    until_drawn(page.main_frame)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address", ["/landelijk", f"/regionaal?indicator={KEY}&maat=actieve-casussen", f"/embed/tijdreeksen/{AM}"]
)
def test_a_card_on_paper_has_its_table_and_source_and_nothing_to_click(address: str, page: Page, base: str) -> None:
    page.goto(base + address)
    until_drawn(page.main_frame)
    page.emulate_media(media="print")
    for shown in (".zin", "table.cijfers", ".bronnen", ".grafiek"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in ("#filters", ".knoppen", "#delen", "nav"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
