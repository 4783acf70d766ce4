"""The server around the pages: the first answer as finished HTML, real 404s, headers and health."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import dash
import flask_compress
from dash import dash_table, html
from dash.development.base_component import Component
from dash.exceptions import DependencyException
from flask import Flask, Request, Response, jsonify, redirect, request
from markupsafe import escape
from plotly.io.json import to_json_plotly
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request as AnyRequest
from werkzeug.wrappers import Response as AnyResponse

from components import embed
from components.address import address, bare
from components.dcat import Publisher
from components.house_style import shelf
from components.html_text import to_html
from components.news import PAGE as NEWS
from components.shell import NAME
from components.whole import alive
from data import current
from data.catalogue import VIEWS
from data.choice import choose, flat, known
from data.errors import in_one_line
from pages import niet_gevonden, te_druk, view_page
from pages.api import problems
from pages.api.v1 import register
from pages.files import files, refuse
from pages.report import reports
from pages.suggestions import suggesting
from server import front_end, security
from server.answers import keep_answers
from server.crowd import Crowd
from server.observing import observe, turned_away
from settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("impactmonitor")
ROOT = Path(__file__).parents[1]
PAGE = """<!DOCTYPE html>
<html lang="nl"{parts}>
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{framed}
<meta name="description" content="{description}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<meta property="og:type" content="website">
<meta property="og:locale" content="nl_NL">
<title>{title}</title>
{favicon}
{style}
<link rel="alternate" type="application/atom+xml" title="Wat is nieuw" href="{feed}">
<link rel="describedby" type="text/turtle" href="{catalog}">
<link rel="service-desc" type="application/json" href="{api}">
{css}
{scripts}
</head>
<body>
<div id="eerste-beeld">{first}</div>
{live}
</body>
</html>"""
# In a frame every link opens beside the site that frames it.
FRAMED = '<meta name="robots" content="noindex">\n<base target="_blank">'
BUTTONS = {"erbij", "zonder"}
# What the path of an embed says cannot stand in its query again.
IN_PATH = {"indicator", "weergave_van"}
HTML = "text/html; charset=utf-8"
COMPRESSED = [
    "text/html", "text/css", "text/plain", "text/javascript", "text/csv", "text/turtle", "application/json",
    "application/ld+json", "application/problem+json", "application/atom+xml", "image/svg+xml", "image/x-icon",
]  # fmt: skip
BEFOREHAND = ("layout", "dependencies")
# Dash asks for its layout and for the page in turns; both are there already (assets/01-begin.js).
LIVE = (
    '<div id="react-entry-point"></div>\n{config}\n'
    '<script type="application/json" id="eerste-antwoorden">{begin}</script>'
)


class ImpactmonitorDash(dash.Dash):
    """A Dash app whose first answer already holds the page."""

    @cached_property
    def dash_part(self) -> front_end.Part:
        """Dash, with the layout and the callbacks of this app, which it would ask for one after another."""
        self.csp_hashes()  # gathers the scripts that its pages need
        client = self.server.test_client()
        layout, callbacks = (client.get(address(f"_dash-{name}")).get_data(as_text=True) for name in BEFOREHAND)
        known = f"window.dashBegin = {{ layout: {layout.strip()}, dependencies: {callbacks.strip()} }};"
        return front_end.dash_part("\n".join([*self._inline_scripts, known, self.renderer]))

    def _config(self) -> dict[str, Any]:
        """What the browser's part of Dash is told; without the mark of one page load, for callbacks in the background.

        There are none of those, and so a page is the same from every worker and every time: what a browser has is not
        sent again.
        """
        config: dict[str, Any] = super()._config()
        return {name: value for name, value in config.items() if name != "end_id"}

    def index(self, *_: Any, **__: Any) -> str:
        """Write the page of the address that is asked for into the document that starts Dash."""
        path = _path(request.path)
        page = page_of(path)
        live = LIVE.format(config=self._generate_config_html(), begin=_begin(page))
        return document(page, live, self.dash_part.address, framed=embed.parts(path) is not None)


def _as_whole(layout: Callable[..., Component]) -> Callable[..., Component]:
    """A page as the router of Dash answers with it."""
    if hasattr(layout, "__wrapped__"):
        return layout

    @wraps(layout)
    def wrapped(**query: Any) -> Component:
        return alive(layout(**query))

    return wrapped


def _begin(page: Component) -> str:
    """What the router of Dash would answer for a page, as JSON that may stand in HTML."""
    answer = {
        "multi": True,
        "response": {
            "_pages_content": {"children": alive(page, written=True)},
            "_pages_store": {"data": {"title": title_of(page)}},
        },
    }
    return str(to_json_plotly(answer)).replace("<", "\\u003c")


def document(
    page: Component,
    live: str = "",
    dash_at: str = "",
    *,
    framed: bool = False,
    css: str = "",
    first: str = "",
) -> str:
    """A whole HTML document around a page.

    Args:
        page: what stands in it.
        live: what Dash needs in it; '' for a page without scripts.
        dash_at: the address of Dash.
        framed: whether it is made for a frame on another site.
        css: its style sheets, where those are not the ones of the project.
        first: the page as HTML, where that is not just what `page` says.
    """
    title = title_of(page)
    plotly_at = front_end.plotly_part().address
    scripts = ""
    if live:
        scripts = f'<script defer src="{front_end.own_part().address}"></script>'
        if "grafiek-0" in page:
            scripts += f'<link rel="preload" as="script" href="{plotly_at}">'
    return PAGE.format(
        parts=f' data-plotly="{plotly_at}" data-dash="{dash_at}"' if live else "",
        framed=f"\n{FRAMED}" if framed else "",
        title=escape(title),
        description=escape(description_of(page)),
        favicon=f'<link rel="icon" type="image/x-icon" href="{address("assets/favicon.ico")}">',
        feed=address(f"{NEWS}.atom"),
        catalog=address("catalogus.ttl"),
        api=address("api/v1/openapi.json"),
        style=_style_link(),
        css=css or f'<link rel="stylesheet" href="{front_end.sheet().address}">',
        scripts=scripts,
        first=first or to_html(page),
        live=live,
    )


def _path(path: str) -> str:
    """The path below the prefix, without slashes around it."""
    return path.removeprefix(bare("")).strip("/") if path.startswith(bare("")) else path.strip("/")


def page_of(path: str) -> Component:
    """The page of a path, from the very description that Dash draws, for the query of the request."""
    if framed := embed.parts(path):
        return view_page.embed_layout(framed[0], _asked() | {"indicator": framed[1]})
    layout = next(page["layout"] for page in dash.page_registry.values() if page["path"].strip("/") == path)
    layout = getattr(layout, "__wrapped__", layout)
    return layout(**{name: request.args.getlist(name) for name in request.args})


def title_of(page: Component) -> str:
    """The title for the browser tab, which the page carries itself."""
    parts = [page, *page._traverse()]
    return next(str(getattr(part, "data-titel")) for part in parts if hasattr(part, "data-titel"))


def description_of(page: Component) -> str:
    """What a preview of a link tells: the sentence of the card, or what the page is about."""
    parts = [page, *page._traverse()]
    sentence = next((part.children for part in parts if getattr(part, "className", "") == "zin"), "")
    told = "".join(str(getattr(each, "children", each)) for each in sentence)  # a figure in it stands out
    return told or f"{title_of(page).removesuffix(f' – {NAME}')}. Cijfers van het CBS en andere bronnen."


def make_app(settings: Settings) -> ImpactmonitorDash:
    """Make the app and answer one request, so that set-up is over before the first visitor.

    Args:
        settings: checked settings of this process.
    """
    # No page has a table of Dash, and its script would set a cookie for a moment, to see whether it can.
    dash_table._js_dist.clear()
    server = Flask("impactmonitor")
    server.config |= {"MAX_CONTENT_LENGTH": security.MAX_BODY, "POLICY": ""}
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    server.config |= {"COMPRESS_ALGORITHM": ["br", "gzip"], "COMPRESS_BR_LEVEL": 5, "COMPRESS_STREAMS": False}
    app = ImpactmonitorDash(
        "impactmonitor",
        server=server,
        use_pages=True,
        pages_folder=str(ROOT / "pages"),
        assets_folder=str(ROOT / "assets"),
        assets_path_ignore=["los", "stijlen"],  # what stands there is for other documents, or read here
        url_base_pathname=settings.url_prefix,
        title=NAME,
        update_title=None,
        include_pages_meta=False,
        suppress_callback_exceptions=True,
    )
    app.layout = html.Div(dash.page_container)
    server.config["PUBLISHER"] = Publisher(settings.publisher, settings.publisher_uri, settings.contact)
    observe(server, lambda: _route() if server.config["POLICY"] else "", address("_dash-update-component"))
    for page in dash.page_registry.values():
        page["layout"] = _as_whole(page["layout"])
    _routes(server, settings)
    flask_compress.Compress(server)
    with server.test_client() as client:
        for name in ("", *VIEWS):
            client.get(address(name))
    # No page has a script in its text.
    server.config["POLICY"] = security.content_policy([], settings.frame_ancestors)
    # Whoever got a page also gets the scripts and style sheets in it: they lie in memory.
    always = ("/healthz", "/readyz", address("_deel/"))
    server.wsgi_app = Crowd(server.wsgi_app, settings.at_once, _too_busy(server), always)  # type: ignore[method-assign]
    return app


def _routes(server: Flask, settings: Settings) -> None:
    prefix = settings.url_prefix
    server.register_blueprint(files, url_prefix=prefix.rstrip("/"))
    server.register_blueprint(suggesting, url_prefix=prefix.rstrip("/"))
    server.register_blueprint(reports, url_prefix=prefix.rstrip("/"))
    register(server, prefix)

    @server.get(f"{prefix}_deel/<name>")
    def part(name: str) -> Response:
        found = front_end.named(name)
        if not found:
            return refuse("Dit bestand bestaat niet.", 404)
        body, encoding = found.encoded({each for each in front_end.COMPRESS if request.accept_encodings[each]})
        response = Response(body, content_type=found.content_type)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response

    @server.get(f"{prefix}_deel/stijl/<name>.css")
    def style(name: str) -> Response:
        look = shelf.styles().get(name)
        if look is None:
            return refuse("Deze stijl bestaat niet.", 404)
        same = request.args.get("v") == look.version
        return Response(
            look.sheet(shelf.STANDARD),
            content_type="text/css; charset=utf-8",
            headers={"Cache-Control": "public, max-age=31536000, immutable" if same else "no-cache"},
        )

    if settings.security_contact:

        @server.get("/.well-known/security.txt")
        def contact() -> Response:
            text = security.security_text(settings.security_contact, datetime.now(UTC).date())
            return Response(text, content_type="text/plain; charset=utf-8")

    @server.get("/robots.txt")
    def robots() -> Response:
        text = f"User-agent: *\nDisallow: {address('_dash-')}\n"
        return Response(text, content_type="text/plain; charset=utf-8")

    @server.get("/healthz")
    def alive() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})

    @server.get("/readyz")
    def ready() -> Response:
        release = current.release()
        answer = jsonify(release=release.name, rijen=len(release))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @server.before_request
    def hold() -> None:
        """What one request shows comes from one release, whichever is in use when it ends."""
        current.hold()

    @server.teardown_request
    def let_go(_: BaseException | None) -> None:
        current.let_go()

    @server.before_request
    def check_callback() -> Response | None:
        """A callback that this app does not have is refused before Dash sees it."""
        if request.path != bare("_dash-update-component"):
            return None
        reason = security.refusal_of(request) if request.method == "POST" else ""
        return refuse(reason, 400) if reason else None

    @server.before_request
    def take_style() -> None:
        """Everything that this request draws has the style that it asks for."""
        shelf.ask(asked_style(request))

    @server.teardown_request
    def leave_style(_: BaseException | None) -> None:
        shelf.ask("")

    @server.before_request
    def check_address() -> AnyResponse | None:
        """Real 404s for unknown pages, and the plain form's region buttons as a redirect to the new choice."""
        if request.view_args is None or "path" not in request.view_args:
            return None
        name = _path(request.path)
        if problems.is_api():
            return problems.problem(404)
        if framed := embed.parts(name):
            return _embedded(name, *framed)
        if not any(page["path"].strip("/") == name for page in dash.page_registry.values()):
            return _not_found()
        if request.path != bare(name):
            return redirect(address(name, _asked()), 308)
        if name in VIEWS and BUTTONS & set(request.args):
            return redirect(address(name, _with_buttons(name, _asked())), 303)
        return None

    keep_answers(server)

    @server.get(f"{prefix}embed/plaatsen.js")
    def resizing() -> Response:
        """The script for the sites that frame an embed; any of them may read it."""
        headers = {"Cache-Control": "public, max-age=86400", "Access-Control-Allow-Origin": "*"}
        return Response(
            (ROOT / "assets" / "los" / "plaatsen.js").read_bytes(),
            content_type="text/javascript; charset=utf-8",
            headers=headers,
        )

    @server.after_request
    def headers(response: Response) -> Response:
        path = _path(request.path)
        if path.startswith("assets/") and "m" in request.args and response.status_code in (200, 304):
            # The address holds the time of the last change, so that several embeds on a page fetch a file once.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if path.startswith(f"{embed.PATH}/"):
            response.headers["X-Robots-Tag"] = "noindex"
        return security.harden(response, server.config["POLICY"], secure=request.is_secure)

    @server.errorhandler(Exception)
    def failed(error: Exception) -> AnyResponse:
        if problems.is_api() and isinstance(error, HTTPException):
            return problems.of_error(error)
        if isinstance(error, HTTPException):
            return (
                _not_found() if error.code == 404 else refuse(f"Dat kan hier niet ({error.code}).", error.code or 400)
            )
        if isinstance(error, DependencyException):  # a script that Dash does not have
            return refuse("Dit bestand bestaat niet.", 404)
        log.error("%s %r: %s", request.method, request.path, in_one_line(error))
        if problems.is_api():
            return problems.problem(500)
        return refuse("Er ging bij ons iets mis. Probeer het later opnieuw.", 500)


def asked_style(asked: Request) -> str:
    """The style that a request asks for: in its address, or in the choice that Dash sends."""
    if asked.path != bare("_dash-update-component") or asked.method != "POST":
        return str(asked.args.get(shelf.PARAMETER, ""))
    for each in asked.get_json()["inputs"]:
        if each["property"] == "search":
            return dict(parse_qsl(str(each["value"]).removeprefix("?"))).get(shelf.PARAMETER, "")
        if isinstance(each["value"], dict):
            return str(each["value"].get("query", {}).get(shelf.PARAMETER, ""))
    return ""


def _route() -> str:
    """A name for the address of the request, one of few: what a stranger types is no name, and health is no visit."""
    if request.path in ("/healthz", "/readyz"):
        return ""
    if request.view_args is None or "path" not in request.view_args:
        return str(request.url_rule or "unknown")
    name = _path(request.path)
    if framed := embed.parts(name):
        return bare(f"{embed.PATH}/<view>/<indicator>") if known(current.release(), *framed) else "unknown"
    there = any(page["path"].strip("/") == name for page in dash.page_registry.values())
    return bare(name) if there else "unknown"


def _asked() -> dict[str, str]:
    return flat({name: request.args.getlist(name) for name in request.args})


def _embedded(name: str, view: str, indicator: str) -> AnyResponse | None:
    """What is answered for an embed before Dash: what does not exist, buttons of the plain form, the light form."""
    release = current.release()
    found = known(release, view, indicator)
    if not found:
        return _no_embed()
    query = _asked()
    clean = {parameter: value for parameter, value in query.items() if parameter not in IN_PATH}
    if clean != query or request.path != bare(name):
        return redirect(address(name, clean), 308)
    if BUTTONS & set(query):
        chosen = _with_buttons(found, query | {"indicator": indicator})
        return redirect(address(name, {n: v for n, v in chosen.items() if n != "indicator"}), 303)
    if embed.options(query).vorm == "licht":
        page, text = view_page.light_embed(found, query | {"indicator": indicator})
        css = _sheet("los/licht.css")
        return Response(document(page, framed=True, css=css, first=text), content_type=HTML)
    return None


def _with_buttons(view: str, query: dict[str, str]) -> dict[str, str]:
    """The choice after a region was added or taken away without JavaScript."""
    codes = [*query.get("regio", "").split(","), query.pop("erbij", "")]
    gone = query.pop("zonder", "")
    query["regio"] = ",".join(code for code in codes if code and code != gone)
    name = next(v for v in VIEWS if v == view)
    choice = choose(current.release(), name, query)
    unknown = [n.value for n in choice.notices if n.kind == "unknown" and n.parameter == "regio"]
    return {n: v for n, v in query.items() if v} | (
        {"regio": ",".join([choice.kept.get("regio", ""), *unknown]).strip(",")} if query["regio"] else {}
    )


def _not_found() -> Response:
    return Response(document(niet_gevonden.page()), 404, content_type=HTML)


def _too_busy(server: Flask) -> Callable[[WSGIEnvironment], AnyResponse]:
    """What answers when it is too busy, in the form that was asked for; all of it is written beforehand."""
    with server.test_request_context(address("")):
        page, frame = (document(te_druk.page(), framed=framed) for framed in (False, True))
    problem = json.dumps({"type": "about:blank", "title": te_druk.TITLE, "status": 503, "detail": te_druk.REASON})

    def refused(environ: WSGIEnvironment) -> AnyResponse:
        turned_away.inc()
        asked = AnyRequest(environ)
        if asked.path.startswith(address(problems.PATH)):
            answer = Response(problem, 503, content_type=problems.PROBLEM)
        elif asked.method == "GET" and asked.accept_mimetypes.find("text/html") >= 0:
            answer = Response(frame if asked.path.startswith(address(embed.PATH)) else page, 503, content_type=HTML)
        else:
            answer = refuse(te_druk.REASON, 503)
        return security.harden(answer, server.config["POLICY"], secure=asked.is_secure)

    return refused


def _no_embed() -> Response:
    page = embed.no_embed(current.release())
    return Response(document(page, framed=True), 404, content_type=HTML)


def _style_link() -> str:
    """A link to the style of the request, which all other sheets stand on; its version lets a browser keep it."""
    look = shelf.current()
    return f'<link rel="stylesheet" href="{address(f"_deel/stijl/{look.name}.css", {"v": look.version})}">'


def _sheet(name: str) -> str:
    """A link to a style sheet in assets; the time of its last change in the address lets a browser keep it."""
    changed = (ROOT / "assets" / name).stat().st_mtime
    return f'<link rel="stylesheet" href="{address(f"assets/{name}")}?m={changed}">'
