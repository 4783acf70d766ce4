"""A picture of every page at three widths, to look at: python -m tools.shots [address ...]; they go to .shots."""

from __future__ import annotations

import re
import sys

from playwright.sync_api import sync_playwright

from tools.bench.server import ROOT, serving
from tools.bench.visit import FLAGS, chromium

FOLDER = ROOT / ".shots"
WIDTHS = {375: 800, 768: 1024, 1440: 900}
ADDRESSES = (
    "/",
    "/landelijk",
    "/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg",
    "/regionaal",
    "/regionaal?regio=GM1731",
    "/regionaal?indicator=acuut-en-of-structureel-onveilig",
    "/tijdreeksen",
    "/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio=VT02,VT25",
    "/model",
    "/zoeken?q=drenthe",
    "/toelichting",
    "/verantwoording",
    "/download",
    "/wat-is-nieuw",
    "/toegankelijkheid",
    "/bestaat-niet",
    "/embed/landelijk/aantal-adviezen-en-meldingen",
    "/embed/landelijk/aantal-adviezen-en-meldingen?vorm=licht",
)


def main(addresses: list[str]) -> None:
    """Make the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for address in addresses or ADDRESSES:
                page.goto(server.address + address)
                page.wait_for_selector("html.dash-klaar, html:not([data-dash])", state="attached")
                name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "overzicht"
                page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
                print(f".shots/{name}-{width}.png", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
