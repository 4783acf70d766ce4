"""The rows of published tables as text, and a reader that owes nothing to the code under test."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
KEY_MEASURES = [
    "Gestarte adviezen",
    "Ontvangen meldingen",
    "Actieve casussen",
    "Gestarte casussen",
    "Gesloten casussen",
    "Actieve diensten onderzoek",
    "Gestarte diensten onderzoek",
    "Gesloten diensten onderzoek",
    "Actieve diensten voorwaarden en vervolg",
    "Gestarte diensten voorwaarden en vervolg",
    "Gesloten diensten voorwaarden en vervolg",
    "Overdrachten",
]
NATURE_MEASURES = [
    "Gestarte adviezen",
    "Ontvangen meldingen",
    "Casussen met ontvangen melding(en)",
    "Afgeronde diensten onderzoek",
    "Afgeronde diensten voorwaarden en vervolg",
]
REGIONS_IN_KEY_TABLES = {
    "Totaal": "NL01",
    "Amsterdam Amstelland": "VT01",
    "Brabant-Noordoost": "VT16",
    "Drenthe": "VT02",
    "Flevoland": "VT03",
    "Friesland": "VT04",
    "Gelderland-Midden": "VT05",
    "Gelderland-Zuid": "VT06",
    "Gooi en Vechtstreek": "VT07",
    "Groningen": "VT08",
    "Haaglanden": "VT09",
    "Hollands-Midden": "VT10",
    "IJsselland": "VT11",
    "IJssel": "VT11",
    "Kennemerland": "VT12",
    "Midden-Brabant": "VT15",
    "Noord en Oost Gelderland": "VT14",
    "Noord- en Midden Limburg": "VT13",
    "Noord-Holland Noord": "VT17",
    "Overijssel regio Twente": "VT19",
    "Rotterdam-Rijnmond": "VT18",
    "Utrecht": "VT20",
    "West-Brabant": "VT21",
    "Zaanstreek-Waterland": "VT22",
    "Zeeland": "VT23",
    "Zuid-Holland Zuid": "VT24",
    "Zuid-Limburg": "VT25",
    "Zuidoost-Brabant": "VT26",
}
REGIONS_IN_84851NED = {"Drenthe (PV)": "PV22", "Midden-Drenthe": "GM1731", "Drenthe (VT)": "VT02"}
WRITTEN_OUT = {"emotionele mish...": "emotionele mishandeling", "emotionele verw...": "emotionele verwaarlozing"}


def lines(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def key_figures(name: str) -> dict[tuple[str, str], int]:
    """(name of the region as printed, measure) -> number. Spaces separate thousands, tabs the columns."""
    out = {}
    first_half = ""
    for line in lines(name):
        region, *cells = line.replace("<b>", "").replace("</b>", "").split("\t")
        numbers = [int(cell.replace(" ", "")) for cell in cells if cell]
        if not numbers:
            first_half = f"{region} "
            continue
        for measure, number in zip(KEY_MEASURES, numbers, strict=True):
            out[first_half + region, measure] = number
        first_half = ""
    return out


def natures() -> dict[tuple[str, str, str], float | str]:
    """(category, code of the region, measure) -> number or sign. A dot separates thousands; alone it is a sign."""
    out: dict[tuple[str, str, str], float | str] = {}
    for line in lines("84851ned-drenthe-2023"):
        labels, values = line.split(" 2023* ")
        region = next(name for name in REGIONS_IN_84851NED if labels.endswith(f" {name}"))
        category = labels.removesuffix(f" {region}")
        for short, full in WRITTEN_OUT.items():
            category = category.replace(short, full)
        for measure, cell in zip(NATURE_MEASURES, values.split(" "), strict=True):
            number = cell if cell == "." else float(cell.replace(".", ""))
            out[category, REGIONS_IN_84851NED[region], measure] = number
    return out
