"""The files: the figures of a card, all figures, the revision history, and the feed of what is new."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import IO, cast

from flask import Blueprint, Response, abort, current_app, request

from components import words
from components.address import file_address
from components.dcat import FORMS, written
from components.downloads import CSV, FILES, MOST_ROWS, content, ready_made, too_large
from components.export import card_csv, card_file_name, profile_csv
from components.funnel import PICTURE
from components.house_style import shelf
from components.news import PAGE, feed
from components.numbers import number
from components.picture import foot, funnel_picture, picture, png
from components.profile import shown_panels
from components.workbook import XLSX, card_workbook
from data import current
from data.choice import choose, flat, known
from data.funnel import funnels
from data.jsonstat import cube
from data.profile import profile
from data.release import COUNTRY
from data.text import slugify
from data.view import CardView, card_view

files = Blueprint("files", __name__)
UNKNOWN_FORM = "Onbekend formaat: gebruik formaat=mensen of formaat=machine, of laat het weg."
SVG = "image/svg+xml; charset=utf-8"
PIECE = 1 << 16
FORMATS = {"": False, "mensen": False, "machine": True}


@files.before_request
def check_style() -> Response | None:
    """A file in a style that does not exist is refused."""
    return unknown_style()


def attachment(body: bytes | Iterator[bytes], name: str, content_type: str = CSV) -> Response:
    """A file that a browser saves under a name; it asks each time whether there is a newer one."""
    return Response(body, headers={
        "Content-Type": content_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    })  # fmt: skip


def refuse(reason: str, status: int) -> Response:
    """A short Dutch answer in plain text for a file that cannot be given."""
    return Response(reason + "\n", status=status, content_type="text/plain; charset=utf-8")


def unknown_style() -> Response | None:
    """The refusal of a style that does not exist, with those that do; None when all is well."""
    name = shelf.unknown()
    return refuse(f"De stijl {name!r} bestaat niet. Kies uit: {', '.join(shelf.styles())}.", 400) if name else None


def _asked_card(view: str, indicator: str) -> tuple[CardView, bool]:
    """The card that a file is asked of, and whether for a machine; without it the answer is a 404, a 400 for a fault.

    Raises:
        HTTPException: it carries the refusal, which Flask then answers.
    """
    release = current.release()
    found = known(release, view, indicator)
    if not found:
        abort(refuse("Dit bestand bestaat niet: onbekende weergave of indicator.", 404))
    query = flat({name: request.args.getlist(name) for name in request.args})
    form = query.pop("formaat", "")
    choice = choose(release, found, query | {"indicator": indicator})
    if form not in FORMATS:
        abort(refuse(UNKNOWN_FORM, 400))
    if choice.notices:
        abort(refuse(words.refusal_text(choice.notices[0]), 400))
    card = card_view(release, choice)
    if not card.lines:
        abort(refuse("Van deze indicator zijn hier geen cijfers in deze levering.", 404))
    return card, FORMATS[form]


@files.get("/csv/<view>/<indicator>")
def card_file(view: str, indicator: str) -> Response:
    """The very figures that the card of this address shows; 404 without them, 400 for a wrong parameter."""
    card, machine = _asked_card(view, indicator)
    return attachment(card_csv(card, current.release(), machine=machine), card_file_name(card))


@files.get("/csv/regionaal/profiel")
def profile_file() -> Response:
    """The figures of the profile of one region, as the page shows them; 400 for no, several or an unknown region."""
    release = current.release()
    code, form = request.args.get("regio", ""), request.args.get("formaat", "")
    if form not in FORMATS:
        return refuse(UNKNOWN_FORM, 400)
    if code not in release.regions or code == COUNTRY:
        return refuse("Geef één regio met haar code, bijvoorbeeld regio=GM1731.", 400)
    _, panels = shown_panels(profile(release, release.regions[code]), release)
    if not panels:
        return refuse("Van deze regio zijn er geen cijfers in deze levering.", 404)
    name = f"profiel_{slugify(release.regions[code].label)}.csv"
    return attachment(profile_csv(panels, release, machine=FORMATS[form]), name)


@files.get("/xlsx/<view>/<indicator>")
def card_workbook_file(view: str, indicator: str) -> Response:
    """The same figures as a workbook; in it a number is a number, so for people and machines alike."""
    card, _ = _asked_card(view, indicator)
    if len(card.cells) > MOST_ROWS:
        return refuse(
            f"Dit zijn er te veel voor Excel: hoogstens {number(MOST_ROWS)} cijfers. Kies minder, of CSV.", 413
        )
    return attachment(card_workbook(card, current.release()), card_file_name(card, "xlsx"), XLSX)


@files.get("/jsonstat/<view>/<indicator>")
def card_jsonstat(view: str, indicator: str) -> Response:
    """The same figures as a cube in JSON-stat, for programs; with what must be said with them."""
    card, _ = _asked_card(view, indicator)
    if "formaat" in request.args:
        return refuse("JSON-stat heeft één formaat: laat formaat weg.", 400)
    release = current.release()
    made = cube(
        (figure.told for *_, figure in card.figures()),
        release,
        label=words.title(card, release),
        href=request.host_url.rstrip("/") + file_address(card.choice, "jsonstat"),
        notes=foot(card, release),
    )
    return attachment(json.dumps(made, ensure_ascii=False).encode(), card_file_name(card, "json"), "application/json")


@files.get("/svg/<view>/<indicator>")
def card_svg(view: str, indicator: str) -> Response:
    """The card as a picture, with its title and sources in it."""
    return _picture(view, indicator, "svg", SVG)


@files.get("/png/<view>/<indicator>")
def card_png(view: str, indicator: str) -> Response:
    """The same picture in dots, at twice its size."""
    return _picture(view, indicator, "png", "image/png")


def _picture(view: str, indicator: str, kind: str, content_type: str) -> Response:
    card, _ = _asked_card(view, indicator)
    if "formaat" in request.args:
        return refuse("Een plaatje heeft geen formaat: laat formaat weg.", 400)
    release, form = current.release(), request.args.get("beeld", "")
    if form not in ("", PICTURE):
        return refuse(f"Onbekend beeld: gebruik beeld={PICTURE}, of laat het weg.", 400)
    found = funnels(release, card) if form else []
    if form and not found:
        return refuse("Hiervan is geen trechtergrafiek: daarvoor zijn er te weinig regio's met een cijfer.", 404)
    look = shelf.current()
    made = funnel_picture(card, found, release, look) if found else picture(card, release, look)
    name = f"{form}_{card_file_name(card, kind)}" if form else card_file_name(card, kind)
    return attachment(made.encode() if kind == "svg" else png(made), name, content_type)


@files.get("/download/<name>")
def download(name: str) -> Response:
    """All current figures, as tidy data, for people or as a workbook, or every replaced value with both sources."""
    form = request.args.get("formaat", "")
    of_name = {file.form: file for file in FILES if file.name == name}
    if not of_name:
        abort(404)
    file = of_name.get("" if form == "machine" else form)
    if file is None:
        return refuse(UNKNOWN_FORM if len(of_name) > 1 else "Dit bestand is er in één formaat: laat formaat weg.", 400)
    release = current.release()
    if reason := too_large(release, file):
        return refuse(reason, 413)
    made = ready_made(release, file)
    if made is None:
        return attachment(content(release, file), file.saved_as or name, file.mime)
    packed = request.accept_encodings.quality("gzip") > 0
    opened = made.open("rb") if packed or file.mime != CSV else gzip.open(made)  # noqa: SIM115
    answer = attachment(_pieces(cast("IO[bytes]", opened)), name, file.mime)
    if file.mime == CSV:
        answer.headers["Vary"] = "Accept-Encoding"
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
    return answer


def _pieces(handle: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece: it never is in memory as a whole."""
    with handle:
        while piece := handle.read(PIECE):
            yield piece


@files.get("/catalogus.<form>")
def catalog(form: str) -> Response:
    """The entry for data catalogues, as Turtle, JSON-LD or RDF/XML."""
    if form not in FORMS:
        abort(404)
    site = request.host_url.rstrip("/")
    body = written(current.release(), site, current_app.config["PUBLISHER"], form)
    return Response(body, content_type=f"{FORMS[form][0]}; charset=utf-8", headers={"Cache-Control": "no-cache"})


@files.get(f"/{PAGE}.atom")
def news() -> Response:
    """Releases and corrections as a feed."""
    body = feed(current.release(), request.host_url.rstrip("/"))
    return Response(body, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": "no-cache"})
