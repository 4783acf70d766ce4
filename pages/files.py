"""The files: the figures of a card, all figures, and the revision history."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, request

from components import words
from components.export import all_figures_csv, card_csv, card_file_name, revisions_csv
from data import current
from data.catalogue import VIEWS
from data.choice import choose, flat
from data.view import card_view

files = Blueprint("files", __name__)
CSV = "text/csv; charset=utf-8"
FORMATS = {"": False, "mensen": False, "machine": True}


def _file(body: bytes, name: str) -> Response:
    return Response(body, mimetype="text/csv", headers={
        "Content-Type": CSV,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    })  # fmt: skip


def refuse(reason: str, status: int) -> Response:
    """A short Dutch answer in plain text for a file that cannot be given."""
    return Response(reason + "\n", status=status, content_type="text/plain; charset=utf-8")


@files.get("/csv/<view>/<indicator>")
def card_file(view: str, indicator: str) -> Response:
    """The very figures that the card of this address shows; 404 without them, 400 for a wrong parameter."""
    release = current.release()
    found = next((v for v in VIEWS if v == view), None)
    known = release.catalogue.indicators.get(indicator)
    if not found or not known or found not in known.views:
        return refuse("Dit bestand bestaat niet: onbekende weergave of indicator.", 404)
    query = flat({name: request.args.getlist(name) for name in request.args})
    form = query.pop("formaat", "")
    choice = choose(release, found, query | {"indicator": indicator})
    if form not in FORMATS:
        return refuse("Onbekend formaat: gebruik formaat=machine, of laat het weg.", 400)
    if choice.notices:
        return refuse(words.refusal_text(choice.notices[0]), 400)
    card = card_view(release, choice)
    if not card.lines:
        return refuse("Van deze indicator zijn hier geen cijfers in deze levering.", 404)
    return _file(card_csv(card, release, machine=FORMATS[form]), card_file_name(card))


@cache
def _all(name: str) -> bytes:
    release = current.release()
    return all_figures_csv(release) if name == "cijfers" else revisions_csv(release)


@files.get("/download/cijfers.csv")
def all_figures() -> Response:
    """All current figures as tidy data."""
    return _file(_all("cijfers"), "cijfers.csv")


@files.get("/download/revisies.csv")
def revisions() -> Response:
    """Every replaced value with both sources and dates."""
    return _file(_all("revisies"), "revisies.csv")
