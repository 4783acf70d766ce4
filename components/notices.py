"""What a page says of something that was asked for and could not be given, and where to go from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.address import address
from components.elements import html
from components.house_style import shelf
from components.words import notice_text
from data.catalogue import View
from data.choice import Choice, Notice
from data.kept import per_release
from data.regions import Region
from data.release import Release
from data.search import search
from data.text import lower_first, plain

MEANT = 3


def notice(told: Notice, choice: Choice, release: Release) -> list[Any]:
    """The text of a notice, with links where they help.

    Of a region without figures: its Veilig Thuis-regio, and whether there is anything about the region itself.
    Of an unknown region: those that it may be a mistyped name of.
    """
    text = notice_text(told)
    if told.parameter != "regio" or told.kind not in ("no_figures", "unknown"):
        return [text]
    if told.kind == "unknown":
        return [text, *_meant(told.value, choice, release)]
    region = release.regions[release.regions.by_text[plain(told.value)]]
    return [text, *_parent(region, choice, release), *_itself(region, choice, release)]


def style_notices() -> list[str]:
    """That the style that was asked for does not exist, in a sentence; nothing when all is well."""
    name = shelf.unknown()
    return [f"De stijl ‘{name}’ bestaat niet. U ziet de stijl ‘{shelf.default().title}’."] if name else []


def notice_list(texts: Sequence[Any]) -> html.Div:
    """Notices in the place where a page tells them; without any it is there and hidden."""
    return html.Div([html.P(text) for text in texts], className="meldingen", role="status", hidden=not texts)


def _meant(typed: str, choice: Choice, release: Release) -> list[Any]:
    found = [each for each in search(release, typed) if each.kind == "regio"][:MEANT]
    links: list[Any] = []
    for at, each in enumerate(found):
        links += [" of " if at else " Bedoelt u ", html.A(each.title, href=_address(each.id, choice))]
    return [*links, "?"] if links else []


def _parent(region: Region, choice: Choice, release: Release) -> list[Any]:
    if region.level != "GM" or not region.parent.startswith("VT"):
        return []
    parent = release.regions[region.parent]
    known = parent.code in release.comparable[choice.indicator.slug, choice.view].by_region()
    seen = html.A("bekijk de cijfers van die regio", href=_address(parent.code, choice))
    remark = f" {parent.name}: {lower_first(parent.remark)}" if parent.last_year else ""
    return [
        f" {region.name} hoort bij de Veilig Thuis-regio {parent.name}",
        *([": ", seen] if known else []),
        f".{remark}",
    ]


def _itself(region: Region, choice: Choice, release: Release) -> list[Any]:
    """Which indicator has the most figures about the region itself on this page, or that there are none at all."""
    size = _sizes(release, choice.view).get(region.code, {})
    if not size:
        anywhere = region.code in release.store.regions
        where = "op deze pagina" if anywhere else "in deze levering"
        return [f" Over {region.label} zelf staan er {where} geen cijfers."]
    best = max(size, key=lambda slug: size[slug])
    indicator = release.catalogue.indicators[best]
    link = html.A(indicator.titel, href=address(choice.view, {"indicator": best, "regio": region.code}))
    return [f" Over {region.label} zelf zijn er hier wel cijfers bij de indicator ", link, "."]


@per_release
def _sizes(release: Release, view: View) -> Mapping[str, Mapping[str, int]]:
    """Region -> indicator -> how many figures a view can show. Made once: a release never changes."""
    out: dict[str, dict[str, int]] = {}
    for (slug, there), part in release.comparable.items():
        if there == view:
            for code, count in part.by_region().items():
                out.setdefault(code, {})[slug] = count
    return out


def _address(code: str, choice: Choice) -> str:
    return address(choice.view, {"indicator": choice.indicator.slug, "regio": code})
