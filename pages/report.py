"""The report of a region: the file, and the address that the form on the page of downloads asks."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.address import address, report_address
from components.house_style import shelf
from components.report import file_name, pdf
from data import current
from data.errors import in_one_line
from data.release import COUNTRY
from data.report import find, regions_with_report
from pages.files import attachment, refuse, unknown_style

reports = Blueprint("reports", __name__)
log = logging.getLogger("impactmonitor")
ASK = "Op de pagina Download staat van welke regio's er een rapport is."


@reports.get("/rapport")
def chosen() -> AnyResponse:
    """From the form to the file; without a region, or with one that is unknown, back to the form, which says so."""
    asked = request.args.get("regio", "").strip()
    region = find(current.release(), asked)
    if region is None:
        return redirect(address("download", {"regio": asked[:60]} if asked else None) + "#rapport", 303)
    return redirect(report_address(region), 303)


@reports.get("/rapport/<code>.pdf")
def report_file(code: str) -> Response:
    """The report of a region as PDF; 404 with the reason for a region that is unknown or has no figures.

    A style that does not exist gives a 400.
    """
    if (refusal := unknown_style()) is not None:
        return refusal
    release = current.release()
    region = next((r for r in release.regions.by_code.values() if code.upper() == r.code.upper()), None)
    if region is None:
        return refuse(f"Dit rapport bestaat niet: er is geen regio met de code {code[:60]!r}. {ASK}", 404)
    if region.code == COUNTRY:
        return refuse(f"Een rapport gaat over een regio. Voor heel Nederland is er geen rapport. {ASK}", 404)
    if region not in regions_with_report(release):
        return refuse(f"Van {region.label} is er geen rapport: deze levering heeft daar geen cijfers van. {ASK}", 404)
    try:
        body = pdf(release, region, shelf.current())
    except Exception as error:
        log.error("rapport %s: %s", region.code, in_one_line(error))
        return refuse("Het rapport kon niet worden gemaakt. Dat ligt aan ons. Probeer het later opnieuw.", 500)
    return attachment(body, file_name(region, release), "application/pdf")
