"""'Deel of plaats': the link to exactly this card, and the code that puts it on another site.

Without JavaScript it holds link and code for the plain form; assets/40-delen.js rewrites both for other options,
copies them and shows the preview.
"""

from __future__ import annotations

from html import escape

from components import words
from components.address import address, card_address, file_address
from components.elements import html
from components.embed import PATH
from components.house_style import shelf
from data.release import Release
from data.view import CardView

HEIGHTS = (400, 600, 800, 1000)
SCRIPT = "embed/plaatsen.js"
CHOICES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("toon", "Laat zien", (("", "Grafiek en tabel"), ("grafiek", "Alleen de grafiek"), ("tabel", "Alleen de tabel"))),
    (
        "filters",
        "Filters",
        (("", "Met filters"), ("zonder-regio", "Met filters, regio ligt vast"), ("nee", "Zonder filters")),
    ),
    ("periode", "Periode", (("", "Precies deze periode"), ("nieuwste", "Altijd de nieuwste periode"))),
    ("vorm", "Techniek", (("", "Gewoon"), ("licht", "Licht, zonder JavaScript"))),
    (
        "hoogte",
        "Hoogte",
        (
            ("", "Past bij deze kaart"),
            *((str(height), f"{height} pixels") for height in HEIGHTS),
            ("script", "Groeit mee (met een klein script)"),
        ),
    ),
)
ROOM = 60


def share(view: CardView, release: Release, site: str) -> html.Details | None:
    """The panel under a card; None when there are no figures to share.

    Args:
        view: the figures of the card.
        release: for its title.
        site: scheme and host of this site, e.g. 'https://voorbeeld.nl'.
    """
    if not view.lines:
        return None
    title = words.title(view, release)
    frame = file_address(view.choice, PATH)
    code = frame_code(site + frame, title, HEIGHTS[1])
    link = site + card_address(view.choice)
    dated = view.choice.view != "tijdreeksen" or "periode" in view.choice.query
    styles = (("", "Zoals deze pagina"), *((name, style.title) for name, style in shelf.styles().items()))
    chosen = [choice for choice in CHOICES if dated or choice[0] != "periode"]
    chosen.insert(-1, (shelf.PARAMETER, "Stijl", styles))
    return html.Details(
        [
            html.Summary("Deel of plaats"),
            html.Div(
                [
                    html.H3("Link naar deze cijfers"),
                    _copied("delen-link", "Link", link, "Kopieer link", 3),
                    html.H3("Op een andere site plaatsen"),
                    html.P(
                        [
                            "Plak deze code in een pagina van uw site of intranet. Zij plaatst geen cookies en haalt "
                            "niets op bij anderen. Meer uitleg, ook voor beheerders: ",
                            html.A("plaatsen in uw site", href=address("verantwoording#plaatsen")), ".",
                        ]
                    ),
                    html.Div([_select(*choice) for choice in chosen], className="delen-keuzes met-script"),
                    _copied("delen-code", "Code", code, "Kopieer code", 6),
                    html.P("", id="delen-status", role="status", className="delen-status"),
                    html.Div(
                        [
                            html.H3("Voorbeeld"),
                            html.Div(id="delen-voorbeeld", className="delen-voorbeeld"),
                        ],
                        className="met-script",
                    ),
                ],
                className="delen-inhoud",
            ),
        ],
        id="delen",
        className="uitleg delen",
        **{
            "data-kader": frame,
            "data-link": card_address(view.choice),
            "data-titel-kader": title,
            "data-script": address(SCRIPT),
        },
    )  # fmt: skip


def frame_code(address: str, title: str, height: int) -> str:
    """The HTML that frames an embed.

    Args:
        address: of the embed, with scheme and host.
        title: what the frame shows, for who cannot see it.
        height: in pixels.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" loading="lazy" '
        'frameborder="0"></iframe>'
    )


def _copied(id: str, label: str, text: str, button: str, rows: int) -> html.Div:
    return html.Div(
        [
            html.Label(label, htmlFor=id, className="alleen-lezen"),
            html.Textarea(text, id=id, readOnly=True, rows=rows, spellCheck="false"),
            html.Button(button, type="button", className="knop met-script", **{"data-kopieer": id}),
        ],
        className="delen-tekst",
    )


def _select(name: str, label: str, entries: tuple[tuple[str, str], ...]) -> html.Div:
    control = f"delen-{name}"
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            html.Select([html.Option(text, value=value) for value, text in entries], id=control),
        ],
        className="veld",
    )
