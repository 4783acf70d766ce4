"""Refusals of the API: problem details (RFC 9457) with a plain Dutch reason."""

from __future__ import annotations

import json

from flask import Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from components.address import address
from data.query import UnknownValueError
from pages.api.models import Problem

PROBLEM = "application/problem+json"
PATH = "api/"
TITLES = {
    400: "Dit verzoek klopt niet",
    404: "Dit bestaat niet",
    405: "Deze methode kan hier niet",
    406: "Deze vorm is er niet",
    500: "Er ging bij ons iets mis",
}
REASONS = {
    404: "Op dit adres staat niets. Begin bij /api/v1/.",
    405: "De API is alleen om te lezen: gebruik GET of HEAD.",
    500: "Probeer het later opnieuw.",
}
WHERE = {"indicator": "indicatoren", "thema": "themas", "regio": "regios", "periode": "perioden", "bron": "bronnen"}
SHOWN = 60


def is_api() -> bool:
    """Whether the request is one to the API."""
    return request.path.startswith(address(PATH))


def problem(status: int, detail: str = "") -> Response:
    """A refusal.

    Args:
        status: HTTP status.
        detail: why, in Dutch, for who wrote the request.
    """
    told = Problem(
        type=request.host_url.rstrip("/") + address("api#fouten"),
        title=TITLES.get(status, TITLES[400]),
        status=status,
        detail=detail or REASONS.get(status, TITLES.get(status, TITLES[400]) + "."),
        instance=request.path,
    )
    return Response(json.dumps(told.model_dump(), ensure_ascii=False), status, content_type=PROBLEM)


def of_error(error: HTTPException) -> Response:
    """The refusal for an error that Flask raised."""
    response = problem(error.code or 400)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted({*(error.valid_methods or ()), "GET", "HEAD", "OPTIONS"}))
    return response


def of_value(error: UnknownValueError) -> Response:
    """The refusal of a value that the release does not know."""
    there = (
        f" Welke er zijn, staat op {address(f'api/v1/{WHERE[error.parameter]}')}." if error.parameter in WHERE else ""
    )
    return problem(400, f"Onbekende waarde {_shown(error.value)} bij {error.parameter}.{there}")


def of_validation(error: ValidationError) -> Response:
    """The refusal of parameters that do not fit the description."""
    first = error.errors(include_url=False)[0]
    name = _shown(".".join(str(part) for part in first["loc"][:1]), quotes=False)
    match first["type"]:
        case "extra_forbidden":
            return problem(400, f"Onbekende parameter {name}.")
        case "too_long":
            return problem(400, f"Te veel waarden bij {name}.")
        case "literal_error":
            return problem(
                400, f"Onbekende waarde bij {name}: kies uit {first['ctx']['expected'].replace(' or ', ' of ')}."
            )
        case _:
            return problem(400, f"De waarde van {name} klopt niet: {_shown(str(first['input']))}.")


def _shown(text: str, *, quotes: bool = True) -> str:
    short = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return f"‘{short}’" if quotes else short
