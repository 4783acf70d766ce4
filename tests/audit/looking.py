"""What the checks of the pages share: every page there is, and how to look at one."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import test_accessibility

WIDTHS = (375, 768, 1440)
EMBEDS = {
    "embed": test_accessibility.PAGES["embed"],
    "embed without a choice": "/embed/regionaal/kerncijfers-veilig-thuis?filters=nee&toon=tabel",
    "embed with a map": "/embed/regionaal/aantal-adviezen-en-meldingen?weergave=per10000",
    "light embed": "/embed/tijdreeksen/ondertoezichtstellingen?vorm=licht",
    "embed that is not there": "/embed/landelijk/bestaat-niet",
}
FULL = {name: address for name, address in test_accessibility.PAGES.items() if name != "embed"} | {
    "funnel": "/regionaal?indicator=aantal-adviezen-en-meldingen&weergave=per10000&regio=VT06",
    "nothing found": "/zoeken?q=xqzt",
    "notices": "/landelijk?indicator=bestaat-niet&periode=1900",
    "api": "/api",
}
PAGES = FULL | {"not found": "/bestaat-niet"} | EMBEDS
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def ready(page: Page) -> None:
    """Wait until Dash has taken the page over, where there is Dash."""
    page.wait_for_selector("html.dash-klaar, html:not([data-dash])", state="attached")


def unfold(page: Page) -> None:
    """Open all that folds."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def violations(page: Page) -> list[str]:
    """What axe-core finds in a page as it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes']][:2]}" for each in found]


def let_axe_run(page: Page) -> None:
    """In a page without JavaScript no timer ends, and axe-core waits for some: there they end at once."""
    page.evaluate("window.setTimeout = (then, ms, ...given) => { Promise.resolve().then(() => then(...given)); }")


def at_each_width(page: Page) -> list[str]:
    """What axe-core finds at each width, with all unfolded, and whether the page sticks out sideways."""
    unfold(page)
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {found}" for found in violations(page)]
        if (out := page.evaluate(SIDEWAYS)) > 0:
            wrong.append(f"{width}: sticks out {out} px")
    return wrong
