"""'Gebruik in Excel, R of Python': how another program reads exactly the figures of a card."""

from __future__ import annotations

from components.address import address, file_address
from components.copying import copied_code
from components.elements import html
from components.examples import Example, of_card
from data.choice import Choice

MACHINE = {"formaat": "machine"}


def reading_in(choice: Choice, site: str) -> html.Details | None:
    """The panel under a card; None where the site does not know how it is called.

    Args:
        choice: what the card shows.
        site: scheme and host of this site, e.g. 'https://voorbeeld.nl'.
    """
    if not site:
        return None
    csv = file_address(choice, "csv", MACHINE)
    return html.Details(
        [
            html.Summary("Gebruik in Excel, R of Python"),
            html.P(
                [
                    "Deze code leest precies de cijfers van deze kaart. Of haal het bestand zelf op: ",
                    html.A("CSV voor programma's", href=csv, download=""), " of ",
                    html.A("JSON-stat", href=file_address(choice, "jsonstat"), download=""),
                    ". Alle cijfers tegelijk: ", html.A("de open API", href=address("api")), ".",
                ]
            ),
            *(part for example in of_card(site + csv) for part in shown(example, site)),
        ],
        id="gebruik",
        className="uitleg gebruik",
    )  # fmt: skip


def shown(example: Example, site: str) -> list[object]:
    """An example with its heading."""
    return [
        html.H3(example.program),
        html.P(example.steps),
        copied_code(example.code, f"Code: {example.program}", site),
    ]
