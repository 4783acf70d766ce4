"""The report of a region in a browser: progress in words, the file itself, and why it is not there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import visitor
from tests.reading_pdf import read_pdf

FORM = "#react-entry-point form.rapport"


def open_form(page: Page, base: str) -> None:
    page.goto(f"{base}/download")
    page.wait_for_selector("html.dash-klaar")
    page.locator(f"{FORM} select").select_option("GM1731")


def test_the_form_tells_that_the_file_is_made_and_gives_it(page: Page, base: str, tmp_path: Path) -> None:
    open_form(page, base)
    status = page.locator(f"{FORM} [role=status]")

    def later(route: Route) -> None:
        expect(status).to_have_text("Het rapport wordt gemaakt…")
        route.continue_()

    page.route("**/rapport?*", later)
    with page.expect_download() as download:
        page.get_by_role("button", name="Maak het rapport (PDF)").click()
    expect(status).to_have_text("Het rapport is klaar. Het staat bij uw downloads.")
    assert download.value.suggested_filename == "rapport-midden-drenthe_ingebouwd-2026-11.pdf"
    download.value.save_as(tmp_path / "rapport.pdf")
    assert read_pdf((tmp_path / "rapport.pdf").read_bytes()).title.endswith("Midden-Drenthe (gemeente)")


def test_the_form_says_why_there_is_no_file(page: Page, base: str) -> None:
    open_form(page, base)
    page.route("**/rapport?*", lambda route: route.fulfill(
        status=200, content_type="text/plain; charset=utf-8", body="Het rapport kon niet worden gemaakt.\n",
    ))  # fmt: skip
    page.get_by_role("button", name="Maak het rapport (PDF)").click()
    expect(page.locator(f"{FORM} [role=status]")).to_have_text("Het rapport kon niet worden gemaakt.")


def test_the_link_on_the_regional_page_gives_the_file(page: Page, base: str) -> None:
    page.goto(f"{base}/regionaal?regio=GM1731")
    page.wait_for_selector("html.dash-klaar")
    with page.expect_download() as download:
        page.get_by_role("link", name="Rapport van Midden-Drenthe (gemeente) (PDF)").click()
    assert download.value.suggested_filename.startswith("rapport-midden-drenthe")


def test_the_form_works_without_javascript(plain_browser: Browser, base: str) -> None:
    context = visitor(plain_browser)
    page = context.new_page()
    page.goto(f"{base}/download")
    page.locator("form.rapport select").select_option("PV22")
    with page.expect_download() as download:
        page.get_by_role("button", name="Maak het rapport (PDF)").click()
    assert download.value.suggested_filename == "rapport-drenthe-provincie_ingebouwd-2026-11.pdf"
    context.close()
