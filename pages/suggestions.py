"""What the search box suggests while someone types, at /zoeken.json?q=..."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from components.search import PAGE, suggestions
from components.shell import MORE, PAGES
from data import current

suggesting = Blueprint("suggesties", __name__)


@suggesting.get(f"/{PAGE}.json")
def suggest() -> Response:
    """The best results for q; the page of the same name has them all."""
    answer = jsonify(
        suggestions(current.release(), request.args.get("q", ""), request.args.get("indicator", ""), (*PAGES, *MORE))
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer
