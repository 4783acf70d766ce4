"""A card made for a frame on another site: its options, what stands around it, and its filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.address import address, bare
from components.elements import html
from components.filters import filters
from components.native import Input
from components.shell import NAME
from data.choice import Choice
from data.release import Release

PATH = "embed"
# Each option with its values, the default first.
OPTIONS = {
    "filters": ("ja", "zonder-regio", "nee"),
    "toon": ("alles", "grafiek", "tabel"),
    "vorm": ("gewoon", "licht"),
}


@dataclass(frozen=True)
class Options:
    """How an embed looks.

    Attributes:
        filters: 'ja', 'zonder-regio' (the region is fixed) or 'nee'.
        toon: 'alles', 'grafiek' or 'tabel'.
        vorm: 'gewoon', or 'licht': finished, without JavaScript.
        notices: what was asked for and does not exist, in Dutch.
    """

    filters: str = "ja"
    toon: str = "alles"
    vorm: str = "gewoon"
    notices: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, str]:
        """The options that are not the default, as parameters of an address."""
        given = {name: str(getattr(self, name)) for name in OPTIONS}
        return {name: value for name, value in given.items() if value != OPTIONS[name][0]}


def options(query: Mapping[str, str]) -> Options:
    """Read the options of an embed; one that does not exist gives the default and a notice."""
    found, notices = {}, []
    for name, values in OPTIONS.items():
        text = query.get(name, "").strip()
        if text in values:
            found[name] = text
        elif text:
            notices.append(f"De waarde ‘{text[:40]}’ bestaat niet voor ‘{name}’. U ziet de standaardvorm.")
    return Options(**found, notices=tuple(notices))


def parts(path: str) -> tuple[str, str] | None:
    """View and indicator of the path of an embed ('embed/landelijk/recidive-plegers'); None for another path."""
    match path.split("/"):
        case [first, view, indicator] if first == PATH:
            return view, indicator
        case _:
            return None


def embed_filters(choice: Choice, release: Release, asked: Options) -> html.Form | None:
    """The filters of the view without the indicator, which an embed has in its path; None when they are left out."""
    if asked.filters == "nee":
        return None
    form = filters(choice, release)
    gone = {"indicator", "regio-zoek"} if asked.filters == "zonder-regio" else {"indicator"}
    kept = [part for part in form.children if part is not None and not any(name in part for name in gone)]
    hidden = dict(asked.asked)
    if "regio-zoek" in gone:
        hidden["regio"] = ",".join(region.code for region in choice.regions)
    form.children = [*kept, *(Input(type="hidden", name=n, id=n, value=v) for n, v in hidden.items())]
    form.action = bare(f"{PATH}/{choice.view}/{choice.indicator.slug}")
    form.target = "_self"  # other links of an embed open beside the site that frames it
    return form


def embed(title: str, body: list[Any], full: str, release: Release) -> html.Div:
    """A whole page for in a frame: no header and no navigation; below it who made it, and a link to the full page.

    Args:
        title: the title of the document.
        body: what stands in it.
        full: the address of the full page.
        release: for its name.
    """
    return html.Div(
        [
            html.Main([html.H1(NAME, className="alleen-lezen"), *body], id="inhoud", className="werkblad"),
            html.Footer(
                [
                    html.P(release.remark) if release.remark else None,
                    html.P(
                        [
                            html.A("Bekijk deze cijfers op de volledige pagina", href=full, className="volledig"),
                            f" · {NAME}. Levering: {release.name}. Geen product van het CBS.",
                        ]
                    ),
                    html.P(
                        [
                            "Hulp nodig? Bel Veilig Thuis: ", html.A("0800-2000", href="tel:08002000"),
                            ", gratis, dag en nacht. Bij direct gevaar: ", html.A("112", href="tel:112"), ".",
                        ]
                    ),
                ],
                className="kadervoet",
            ),
        ],
        className="kader",
        **{"data-titel": f"{title} – {NAME}"},
    )  # fmt: skip


def no_embed(release: Release) -> html.Div:
    """What a frame shows whose address does not exist."""
    body = html.Section(
        [
            html.H2("Deze kaart bestaat niet"),
            html.P(
                [
                    "Het adres van dit kader klopt niet, of de kaart is verplaatst. Op ",
                    html.A("de site zelf", href=address("")),
                    " vindt u alle cijfers, met bij elke kaart een nieuwe code om te plaatsen.",
                ]
            ),
        ],
        className="kaart leeg",
    )
    return embed("Kaart niet gevonden", [body], address(""), release)
