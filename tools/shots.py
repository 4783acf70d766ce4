"""Pictures of every page to look at, at three widths, light and dark: python -m tools.shots [address ...].

They go to .shots, named by address, style and width.
"""

from __future__ import annotations

import re
import sys
from itertools import product

from playwright.sync_api import sync_playwright

from tools.bench.server import ROOT, serving
from tools.bench.visit import FLAGS, chromium

FOLDER = ROOT / ".shots"
WIDTHS = {375: 800, 768: 1024, 1440: 900}
STYLES = {"licht": "standaard", "donker": "donker"}
ADDRESSES = (
    "/",
    "/landelijk",
    "/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg",
    "/regionaal",
    "/regionaal?regio=GM1731",
    "/regionaal?indicator=acuut-en-of-structureel-onveilig",
    "/regionaal?indicator=aantal-adviezen-en-meldingen&weergave=per10000&regio=VT06",
    "/tijdreeksen",
    "/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio=VT02,VT25",
    "/model",
    "/model?stap=veiligheidsbeoordeling",
    "/zoeken?q=drenthe",
    "/toelichting",
    "/verantwoording",
    "/download",
    "/wat-is-nieuw",
    "/api",
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
            for address, (name, style) in product(addresses or ADDRESSES, STYLES.items()):
                page.goto(f"{server.address}{address}{'&' if '?' in address else '?'}stijl={style}")
                page.wait_for_selector("html.dash-klaar, html:not([data-dash])", state="attached")
                file = f"{re.sub(r'[^a-z0-9]+', '-', address.lower()).strip('-') or 'overzicht'}-{name}-{width}.png"
                page.screenshot(path=FOLDER / file, full_page=True)
                print(f".shots/{file}", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
