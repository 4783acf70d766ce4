"""The routes of /api/v1: each checks what is asked, calls one function of data, and answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, request
from flask_openapi3 import APIBlueprint, Info, License, OpenAPI, Tag
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Response as AnyResponse

from components.address import address
from components.export import tidy_csv
from components.shell import NAME
from data import current
from data.clean import FIGURE
from data.jsonstat import cube
from data.query import Filters, UnknownValueError, as_told, check_values, positions, revisions, rows
from data.release import Release
from data.report import published
from data.revisions import HISTORY
from data.text import slugify
from pages.api import models, problems, resources

VERSION = "1.0.0"
JSON, CSV, HTML = "application/json", "text/csv", "text/html"
FRESH = 300  # seconds that a client may use an answer without asking again
AT_ONCE = 100_000  # figures in one answer; all figures are a file at /download
KINDS = {"api.start": (JSON, HTML), "api.figures": (JSON, CSV)}
EXPOSED = "API-Version, ETag, Last-Modified, Link"
ABOUT = (
    "Alle gepubliceerde cijfers van de Impactmonitor, om mee te rekenen. Alleen om te lezen, zonder sleutel. Een "
    "cijfer dat een bron niet geeft, heeft geen waarde maar een teken; het is nooit 0."
)
ROOT_OF_CODE = Path(__file__).parents[2]


def _described(answer: type[BaseModel], **more: Any) -> dict[Any, Any]:
    """The answers of an operation, for the description."""
    refused = {"content": {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {
        "200": answer,
        "304": {"description": "Niet veranderd sinds de vorige keer (If-None-Match of If-Modified-Since)"},
        "400": {"description": "Een parameter of waarde die er niet is", **refused},
        "406": {"description": "Een vorm die er niet is (Accept)", **refused},
        **more,
    }


NOT_FOUND = {
    "404": {
        "description": "Dit bestaat niet",
        "content": {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
api = APIBlueprint("api", __name__)
WHAT = [Tag(name="Wat er is", description="Waar de cijfers over gaan")]
FIGURES = [Tag(name="Cijfers", description="De cijfers zelf")]


def register(server: Flask, prefix: str) -> None:
    """Put the API under /api/v1 of the server, and its headers on every answer under /api.

    The server stays a plain one: only what the library looks for on it, when a request does not fit, is set.

    Args:
        server: of the whole site.
        prefix: path of the site, which begins and ends with a slash.
    """
    root = f"{prefix}{resources.ROOT}"
    setattr(server, "validation_error_callback", problems.of_validation)  # noqa: B010
    server.register_blueprint(api, url_prefix=root)
    server.add_url_rule(root, "api_without_slash", lambda: redirect(f"{root}/", 308))
    server.after_request(_open_to_all)


def _open_to_all(response: Response) -> Response:
    """Any site may read the API and the files of figures from a browser."""
    path = request.path.removeprefix(address(""))
    if path.startswith(OPEN):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match, If-Modified-Since"
            response.headers["Access-Control-Max-Age"] = "86400"
    if path.startswith(problems.PATH):
        response.headers["API-Version"] = VERSION
        response.vary.add("Accept")
    return response


OPEN = (problems.PATH, "csv/", "xlsx/", "jsonstat/", "download/", "catalogus.")


# --- answers ---


@cache
def _code() -> str:
    """A fingerprint of the code that makes the answers: another version may answer in other words."""
    told = hashlib.sha256()
    for folder in ("components", "data", "pages"):
        for file in sorted((ROOT_OF_CODE / folder).rglob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()


def answer(
    make: Callable[[], str | bytes], kind: str, release: Release, links: dict[str, str] | None = None
) -> Response:
    """An answer that clients and caches may keep as long as the release stays; made only if theirs is older.

    Args:
        make: makes the body.
        kind: its media type.
        release: what it tells about.
        links: relation -> address, for the header Link.
    """
    told = f"{_code()} {release.name} {len(release)} {kind} {request.host_url}"
    tag = f'W/"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'
    appeared = published(release)
    modified = datetime.combine(appeared, time(), UTC) if appeared else None
    newer = is_resource_modified(request.environ, tag, last_modified=modified)
    response = Response(make() if newer else b"", 200 if newer else 304, content_type=f"{kind}; charset=utf-8")
    if kind == JSON:
        response.content_type = JSON
    response.headers["ETag"] = tag
    if modified:
        response.last_modified = modified
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    if links:
        response.headers["Link"] = ", ".join(f'<{at}>; rel="{name}"' for name, at in links.items())
    return response


def _json(make: Callable[[], BaseModel | dict[str, Any]], release: Release, *, links: Any = None) -> Response:
    def write() -> str:
        made = make()
        told = made.model_dump() if isinstance(made, BaseModel) else made
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    return answer(write, JSON, release, links)


def _accepted(*kinds: str) -> str:
    """The media type among these that the request likes best, the first for one without wishes; '' for none."""
    return request.accept_mimetypes.best_match(kinds, "") if request.accept_mimetypes else kinds[0]


@api.before_request
def check() -> Response | None:
    """Refuse what pydantic does not see: another form than there is, and one value given twice."""
    kinds = KINDS.get(request.endpoint or "", (JSON,))
    if "formaat" not in request.args and not _accepted(*kinds):
        return problems.problem(406, f"Dit is er alleen als {' of '.join(kinds)}.")
    for name in request.args:
        if name not in Filters.__annotations__ and len(request.args.getlist(name)) > 1:
            return problems.problem(400, f"De parameter {name[:40]} staat er meer dan eens.")
    return None


@api.errorhandler(UnknownValueError)
def unknown(error: UnknownValueError) -> Response:
    """Refuse what the release does not know."""
    return problems.of_value(error)


# --- what there is ---


@api.get(
    "/",
    tags=WHAT,
    operation_id="start",
    summary="Begin",
    description="Wat er is, en welke levering. Een browser krijgt de pagina met uitleg.",
    responses=_described(models.Start, **{"303": {"description": "Naar de pagina met uitleg, voor een browser"}}),
)
def start(query: models.Nothing) -> AnyResponse:
    """The beginning: links to all lists for machines, the page for people."""
    if _accepted(JSON, HTML) == HTML:
        return redirect(address("api"), 303)
    release = current.release()
    appeared = published(release)
    lists = ("indicatoren", "themas", "regios", "perioden", "bronnen", "cijfers", "revisies")
    links = {"self": resources.own("")} | {name: resources.own(name) for name in lists}
    links |= {
        "description": resources.own("openapi.json"),
        "uitleg": resources.link("api"),
        "alle-cijfers": resources.link("download/cijfers.csv.gz"),
        "catalogus": resources.link("catalogus.ttl"),
    }
    return _json(
        lambda: models.Start(
            naam=NAME, versie=VERSION, levering=release.name, cijfers=len(release), links=links,
            verschenen=appeared.isoformat() if appeared else None,
        ),
        release,
    )  # fmt: skip


@api.get("/openapi.json", doc_ui=False)
def openapi(query: models.Nothing) -> Response:
    """The description of the API, with the names that this release knows."""
    release = current.release()
    return _json(lambda: description(release), release)


def description(release: Release) -> dict[str, Any]:
    """The description (OpenAPI 3.1) of the API, with the names that a release knows."""
    told = deepcopy(_described_once())
    told["servers"] = [{"url": address(resources.ROOT)}]
    allowed = resources.names(release)
    for operations in told["paths"].values():
        for parameter in operations["get"].get("parameters", []):
            schema = parameter["schema"]
            schema.pop("title", None)
            if schema.get("default") in (None, []):
                schema.pop("default", None)
            if parameter["name"] in allowed:
                schema.get("items", schema)["enum"] = allowed[parameter["name"]]
    return told


@cache
def _described_once() -> dict[str, Any]:
    """What the declarations of the routes say, in a server of its own that never serves."""
    licence = License(
        name="CC BY 4.0 voor cijfers van het CBS; andere: zie /bronnen",
        url="https://creativecommons.org/licenses/by/4.0/deed.nl",
    )
    writer = OpenAPI(
        "description",
        info=Info(title=f"{NAME}: open cijfers", version=VERSION, description=ABOUT, license=licence),
        security_schemes={},  # none: without this the description holds an empty value
        validation_error_status=400,
        validation_error_model=models.Problem,
        doc_ui=False,
    )
    writer.register_api(api)
    told: dict[str, Any] = writer.api_doc
    # These two stand together in one answer, which the library cannot declare by itself.
    _, others = models_json_schema(
        [(models.Figures, "serialization"), (models.JsonStat, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    told["components"]["schemas"] |= others["$defs"]
    return told


@api.get(
    "/indicatoren",
    tags=WHAT,
    operation_id="indicatoren",
    summary="Alle indicatoren",
    description="De indicatoren, met hun maten, uitsplitsingen en definities.",
    responses=_described(models.Indicators),
)
def indicators(query: models.Nothing) -> Response:
    """All indicators."""
    release = current.release()
    return _json(
        lambda: models.Indicators(
            levering=release.name,
            indicatoren=[resources.indicator(release, i) for i in release.catalogue.indicators.values()],
            links={"self": resources.own("indicatoren")},
        ),
        release,
    )


@api.get(
    "/indicatoren/<indicator>",
    tags=WHAT,
    operation_id="indicator",
    summary="Eén indicator",
    description="Een indicator, met wat er te filteren is.",
    responses=_described(models.Indicator, **NOT_FOUND),
)
def indicator(path: models.OfIndicator, query: models.Nothing) -> Response:
    """One indicator."""
    release = current.release()
    found = release.catalogue.indicators.get(path.indicator)
    if not found:
        return problems.problem(404, "Deze indicator bestaat niet.")
    return _json(lambda: resources.indicator(release, found), release)


@api.get(
    "/themas",
    tags=WHAT,
    operation_id="themas",
    summary="Alle thema's",
    description="De thema's, met hun indicatoren.",
    responses=_described(models.Themes),
)
def themes(query: models.Nothing) -> Response:
    """All themes."""
    release = current.release()
    return _json(
        lambda: models.Themes(
            levering=release.name,
            themas=[resources.theme(release, t) for t in release.catalogue.themes],
            links={"self": resources.own("themas")},
        ),
        release,
    )


@api.get(
    "/themas/<thema>",
    tags=WHAT,
    operation_id="thema",
    summary="Eén thema",
    description="Een thema, met zijn indicatoren.",
    responses=_described(models.Theme, **NOT_FOUND),
)
def theme(path: models.OfTheme, query: models.Nothing) -> Response:
    """One theme."""
    release = current.release()
    found = next((t for t in release.catalogue.themes if t.id == path.thema), None)
    if not found:
        return problems.problem(404, "Dit thema bestaat niet.")
    return _json(lambda: resources.theme(release, found), release)


@api.get(
    "/regios",
    tags=WHAT,
    operation_id="regios",
    summary="Regio's, per jaar",
    description="Regio's van alle niveaus. Een regio geldt voor de jaren van geldig_van tot en met geldig_tot.",
    responses=_described(models.Regions),
)
def regions(query: models.AskedRegions) -> Response:
    """The regions of levels and a year."""
    release = current.release()
    check_values(release, "niveau", query.niveau)
    asked = {n: v for n, v in (("niveau", ",".join(query.niveau)), ("jaar", str(query.jaar or ""))) if v}
    return _json(
        lambda: models.Regions(
            levering=release.name,
            regios=[
                resources.region(release, each)
                for each in release.regions.by_code.values()
                if (not query.niveau or slugify(each.level_name) in query.niveau)
                and (query.jaar is None or each.exists_in(query.jaar))
            ],
            links={"self": resources.own("regios", asked)},
        ),
        release,
    )


@api.get(
    "/regios/<regio>",
    tags=WHAT,
    operation_id="regio",
    summary="Eén regio",
    description="Een regio, met de jaren waarvoor zij geldt en haar inwoners op 1 januari.",
    responses=_described(models.Region, **NOT_FOUND),
)
def region(path: models.OfRegion, query: models.Nothing) -> Response:
    """One region."""
    release = current.release()
    if path.regio not in release.regions:
        return problems.problem(404, "Deze regio bestaat niet.")
    return _json(lambda: resources.region(release, release.regions[path.regio]), release)


@api.get(
    "/perioden",
    tags=WHAT,
    operation_id="perioden",
    summary="Alle perioden",
    description="De perioden waarover er cijfers zijn.",
    responses=_described(models.Periods),
)
def periods(query: models.Nothing) -> Response:
    """All periods with figures."""
    release = current.release()
    return _json(
        lambda: models.Periods(
            levering=release.name,
            perioden=[resources.period(code) for code in resources.names(release)["periode"]],
            links={"self": resources.own("perioden")},
        ),
        release,
    )


@api.get(
    "/bronnen",
    tags=WHAT,
    operation_id="bronnen",
    summary="Alle bronnen",
    description="De publicaties waaruit de cijfers komen, met hun licentie.",
    responses=_described(models.Sources),
)
def sources(query: models.Nothing) -> Response:
    """All sources."""
    release = current.release()
    return _json(
        lambda: models.Sources(
            levering=release.name,
            bronnen=list(resources.sources(release).values()),
            links={"self": resources.own("bronnen")},
        ),
        release,
    )


@api.get(
    "/bronnen/<bron>",
    tags=WHAT,
    operation_id="bron",
    summary="Eén bron",
    description="Een publicatie waaruit cijfers komen.",
    responses=_described(models.Source, **NOT_FOUND),
)
def source(path: models.OfSource, query: models.Nothing) -> Response:
    """One source."""
    release = current.release()
    found = resources.sources(release).get(path.bron)
    if not found:
        return problems.problem(404, "Deze bron bestaat niet.")
    return _json(lambda: found, release)


# --- the figures ---


def _again(asked: models.Paged, **changed: Any) -> dict[str, str]:
    """The query of the same request, with some parameters changed."""
    given = asked.model_dump(exclude_unset=True) | changed
    return {name: ",".join(v) if isinstance(v, list) else str(v) for name, v in given.items()}


def _pages(path: str, asked: models.Paged, total: int) -> dict[str, str]:
    """Links to this page and those around it."""
    here, last = asked.pagina, max(1, -(-total // asked.per_pagina))
    numbers = {"first": 1, "prev": here - 1, "next": here + 1, "last": last}
    links = {"self": resources.own(path, _again(asked))}
    return links | {
        name: resources.own(path, _again(asked, pagina=number, per_pagina=asked.per_pagina))
        for name, number in numbers.items()
        if 1 <= number <= last
    }


@api.get(
    "/cijfers",
    tags=FIGURES,
    operation_id="cijfers",
    summary="Cijfers",
    description="De cijfers die aan alle filters voldoen. Een filter mag meer waarden hebben, met komma's ertussen.",
    responses=_described(
        models.Figures,
        **{
            "200": {
                "description": "De cijfers",
                "headers": {"Link": {"description": "De pagina's ervoor en erna", "schema": {"type": "string"}}},
                "content": {
                    JSON: {
                        "schema": {
                            "anyOf": [
                                {"$ref": "#/components/schemas/Figures"},
                                {"$ref": "#/components/schemas/JsonStat"},
                            ]
                        }
                    },
                    CSV: {"schema": {"type": "string"}},
                },
            }
        },
    ),
)
def figures(query: models.AskedFigures) -> Response:
    """The figures that filters leave, in one of three forms."""
    form = query.formaat or ("csv" if _accepted(JSON, CSV) == CSV else "json")
    release = current.release()
    total = len(positions(release, query.filters))
    paged = form == "json" or query.pages_asked
    if not paged and total > AT_ONCE:
        return problems.problem(
            400,
            f"Dit zijn {total} cijfers; er kunnen er {AT_ONCE} in één antwoord. Filter, vraag pagina's met "
            f"per_pagina, of neem het bestand met alle cijfers: {address('download/cijfers.csv.gz')}.",
        )
    start, count = (query.start, query.per_pagina) if paged else (0, AT_ONCE)
    links = _pages("cijfers", query, total) if paged else {"self": resources.own("cijfers", _again(query))}

    def found() -> Iterator[dict[str, Any]]:
        return rows(release, query.filters, start, count)

    if form == "csv":
        return answer(lambda: tidy_csv(found()), CSV, release, links)
    if form == "jsonstat":
        return _json(lambda: cube(found(), release, label=NAME, href=links["self"]), release, links=links)
    forms = {name: resources.own("cijfers", _again(query, formaat=name)) for name in ("csv", "jsonstat")}
    return _json(
        lambda: {
            "levering": release.name,
            "totaal": total,
            "pagina": query.pagina,
            "per_pagina": query.per_pagina,
            "cijfers": [as_told(row, FIGURE) for row in found()],
            "links": links | forms,
        },
        release,
        links=links,
    )


@api.get(
    "/revisies",
    tags=FIGURES,
    operation_id="revisies",
    summary="Vervangen cijfers",
    description="Elk cijfer dat door een nieuwere publicatie is vervangen: oud en nieuw, met beide bronnen en data.",
    responses=_described(models.Revisions),
)
def revised(query: models.AskedRevisions) -> Response:
    """The revision history."""
    release = current.release()
    found = revisions(release, query.filters, query.start, query.per_pagina)
    links = _pages("revisies", query, found.total)
    return _json(
        lambda: {
            "levering": release.name,
            "totaal": found.total,
            "pagina": query.pagina,
            "per_pagina": query.per_pagina,
            "revisies": [as_told(row, HISTORY) for row in found.rows],
            "links": links,
        },
        release,
        links=links,
    )
