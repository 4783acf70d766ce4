"""Code that reads figures in another program: for exactly one card, and for the page of the API.

Every example is run by the tests, so that what a visitor copies works.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A piece of code: for which program, what to do with it, and the code itself.

    `kind` says how a test runs it: curl, python, r or m (Power Query).
    """

    kind: str
    program: str
    steps: str
    code: str


IN_EXCEL = (
    "In Excel: Gegevens, Gegevens ophalen, Uit andere bronnen, Lege query. Open de Geavanceerde editor, vervang wat er "
    "staat door deze code en klik op Gereed. Met Vernieuwen haalt Excel later de nieuwste cijfers op."
)
IN_R = "In R zijn geen pakketten nodig. Een leeg cijfer wordt NA; in de kolom met het teken staat waarom."
IN_PYTHON = "In Python is pandas nodig. Een leeg cijfer wordt NaN; in de kolom met het teken staat waarom."


def power_query(at: str, value: str) -> str:
    """A query of Excel and Power BI that reads a CSV file for programs.

    Args:
        at: whole address of the file.
        value: heading of the column with the numbers.
    """
    return f"""let
    Bestand = Csv.Document(
        Web.Contents("{at}"),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    MetKoppen = Table.PromoteHeaders(Bestand, [PromoteAllScalars = true]),
    Cijfers = Table.TransformColumnTypes(MetKoppen, {{{{"{value}", type number}}}}, "en-US")
in
    Cijfers"""


def r(at: str, shown: tuple[str, ...]) -> str:
    """R that reads a CSV file for programs; arguments as for `pandas`."""
    columns = ", ".join(f'"{name}"' for name in shown)
    return f"""cijfers <- read.csv(
  "{at}",
  na.strings = "", fileEncoding = "UTF-8", check.names = FALSE
)
print(cijfers[, c({columns})])"""


def pandas(at: str, value: str, shown: tuple[str, ...]) -> str:
    """Python that reads a CSV file for programs.

    Args:
        at: whole address of the file.
        value: heading of the column with the numbers.
        shown: headings of the columns that it prints.
    """
    columns = ", ".join(f'"{name}"' for name in shown)
    return f"""import pandas as pd

cijfers = pd.read_csv(
    "{at}",
    keep_default_na=False,
    na_values={{"{value}": [""]}},
)
print(cijfers[[{columns}]])"""


def of_card(at: str) -> tuple[Example, ...]:
    """How to read the figures of a card.

    Args:
        at: whole address of its CSV file for programs.
    """
    shown = ("Regio", "Periode", "Categorie", "Waarde", "Teken")
    return (
        Example("m", "Excel", IN_EXCEL, power_query(at, "Waarde")),
        Example("r", "R", IN_R, r(at, shown)),
        Example("python", "Python", IN_PYTHON, pandas(at, "Waarde", shown)),
    )


def of_api(root: str) -> tuple[Example, ...]:
    """How to use the API.

    Args:
        root: its whole address, without a slash at the end.
    """
    asked = f"{root}/cijfers?indicator=aantal-adviezen-en-meldingen&regio=PV22"
    file = f"{asked}&formaat=csv"
    shown = ("maat", "regio_naam", "periode", "waarde", "teken")
    return (
        Example(
            "curl", "curl", "De cijfers van één indicator over de provincie Drenthe, als CSV-bestand.",
            f'curl --fail --compressed --output cijfers.csv \\\n  "{file}"',
        ),
        Example(
            "curl", "curl, alleen wat er veranderd is",
            "Bewaar de ETag van een antwoord. Stuur die de volgende keer mee: is er geen nieuwe levering, dan krijgt u "
            "een leeg antwoord (304) en blijft uw bestand staan.",
            f'curl --fail --etag-save etag.txt --etag-compare etag.txt \\\n  --output regios.json "{root}/regios"',
        ),
        Example("python", "Python met pandas", IN_PYTHON, pandas(file, "waarde", shown)),
        Example(
            "python", "Python, pagina voor pagina",
            "Grote lijsten komen in pagina's. Volg de link next tot die er niet meer is.",
            f"""import requests

adres = "{root}/cijfers"
vraag = {{"niveau": "veilig-thuis-regio", "per_pagina": 500}}
cijfers = []
while adres:
    antwoord = requests.get(adres, params=vraag, timeout=30)
    antwoord.raise_for_status()
    pagina = antwoord.json()
    cijfers += pagina["cijfers"]
    adres, vraag = pagina["links"].get("next"), None

bekend = [cijfer for cijfer in cijfers if cijfer["waarde"] is not None]
print(len(cijfers), "cijfers, waarvan", len(bekend), "met een getal")""",
        ),
        Example(
            "python", "Python met JSON-stat",
            "JSON-stat is een kubus van cijfers, met namen en eenheden erbij. Het pakket pyjstat leest hem.",
            f"""from pyjstat import pyjstat

kubus = pyjstat.Dataset.read("{asked}&formaat=jsonstat")
cijfers = kubus.write("dataframe").dropna(subset=["value"])
print(cijfers)""",
        ),
        Example("r", "R", IN_R, r(file, shown)),
        Example("m", "Excel (Power Query)", IN_EXCEL, power_query(file, "waarde")),
    )  # fmt: skip
