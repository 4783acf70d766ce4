"""Transcribe published tables into data/sources/, in the shape and with the signs of the publication.

    python tools/transcribe.py TEXTS HARVEST [--out data/sources]

TEXTS is a folder with the plain text of the CBS and NJi publications, HARVEST a folder with long CSV files
read from StatLine pages and Impactmonitor reports (one row a figure). Neither comes with the project: the
result does. The script only copies what stands in the documents; data/check.py checks the result.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

KEY_COLUMNS = [
    "Gestarte adviezen",
    "Ontvangen meldingen",
    "Actieve casussen: totaal",
    "Actieve casussen: waarvan gestart",
    "Actieve casussen: waarvan gesloten",
    "Actieve diensten onderzoek: totaal",
    "Actieve diensten onderzoek: waarvan gestart",
    "Actieve diensten onderzoek: waarvan gesloten",
    "Actieve diensten Voorwaarden en Vervolg: totaal",
    "Actieve diensten Voorwaarden en Vervolg: waarvan gestart",
    "Actieve diensten Voorwaarden en Vervolg: waarvan gesloten",
    "Overdrachten",
]
STATLINE_NATURE = [
    "Gestarte adviezen",
    "Ontvangen meldingen",
    "Casussen met ontvangen melding(en)",
    "Afgeronde diensten onderzoek",
    "Afgeronde diensten voorwaarden en verv..",
]
LEVELS = {
    "Nederland": "",
    "landsdeel": " (LD)",
    "provincie": " (PV)",
    "COROP-gebied": " (CR)",
    "Veilig Thuis-regio": " (VT)",
    "politieregio": " (politieregio)",
    "gemeente": "",
}
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
TOLD_HEAD = ["Onderwerp", "Categorie", "Regio's", "Perioden", "Teken", "Waarde", "Eenheid"]
# Figures that are told in a text or a small figure: name of the source, harvested files, part of the address, and
# which of its rows are figures of an indicator (a pattern of indicator | breakdown | category | unit | period).
TOLD = [
    ("cbs-moord-en-doodslag-2023", "moord_doodslag", "cbs.nl/nl-nl/nieuws/2024/35/", ".*"),
    ("cbs-moord-en-doodslag-2019", "2_moord_doodslag", "cbs.nl/en-gb/news/2020/42/", ".*"),
    ("tweede-kamer-moord-en-doodslag", "2_moord_doodslag", "tweedekamer.nl", ".*"),
    ("cbs-nederland-in-cijfers-2021", "2_prevalentie", "nederland-in-cijfers-2021", ".*"),
    ("cbs-huiselijk-geweld-2022", "prevalentie", "cbs.nl/nl-nl/faq", ".*"),
    ("cbs-prevalentiemonitor-2020-fysiek", "2_prevalentie", "phgsg-2020/fysiek", ".*"),
    ("cbs-prevalentiemonitor-2020-totaal", "2_prevalentie", "phgsg-2020/totaal", ".*"),
    ("impactmonitor-2019-omvang", "impactmonitor_longreads", "impactmonitorhgkm-2019", r"(Verdeling s|S)lachtoffers.*"),
    ("impactmonitor-2020-omvang", "impactmonitor_longreads", "impactmonitorhgkm-2020", r"Slachtoffers.* \| aantal"),
    ("impactmonitor-2022-omvang", "impactmonitor_longreads", "/3-omvang-aard", r"Slachtoffers.*"),
    ("impactmonitor-2023-omvang", "impactmonitor_longreads", "2023?onepage", r"Kinderen.*"),
    ("nji-kindermishandeling", "prevalentie", "nji.nl/cijfers/kindermishandeling", ".*"),
    ("nji-kindermishandeling-2010", "prevalentie", "Probleemschets", r"(Kinderen|Scholieren|Leerlingen).*"),
    ("leiden-kindermishandeling", "prevalentie", "universiteitleiden", r"Gevallen.*"),
    ("wodc-scholieren-2016", "2_prevalentie", "scholieren-zelfrapportage", ".*"),
    ("huiselijkgeweld-npm-2010", "2_prevalentie", "huiselijk-geweld-in-nederland-in-2010",
     r"(Kinderen.* \| Soort kindermishandeling \| .* \| aantal|Mishandelde.*|Plegers.*)"),
    ("cbs-jeugdbescherming-2019", "jeugdbescherming_ots_rvdk", "jeugdbescherming-2019", r".*tabel 1\.0\.1.*"),
    ("cbs-jeugdbescherming-2019-figuur", "jeugdbescherming_ots_rvdk", "jeugdbescherming-2019", r".*figuur 1\.1\.1.*"),
    ("cbs-jeugdbescherming-2021-1", "jeugdbescherming_ots_rvdk", "halfjaar-2021/", ".*"),
    ("cbs-jeugdbescherming-2022", "jeugdbescherming_ots_rvdk", "jeugdreclassering-2022/", r".*tabel 1\.0\.1.*"),
    ("cbs-jeugdbescherming-2022-figuur", "jeugdbescherming_ots_rvdk", "jeugdreclassering-2022/",
     r".*figuur 1\.1\.1.* \| (?!2022)\d{4}$"),
    ("cbs-jeugdbescherming-2023-1", "jeugdbescherming_ots_rvdk", "1e-halfjaar-2023/", r".*tabel 1\.0\.1.*"),
    ("cbs-jeugdbescherming-2023-1-figuur", "jeugdbescherming_ots_rvdk", "1e-halfjaar-2023/", r".*figuur 1\.1\.1.*"),
    ("cbs-jeugdbescherming-2020-tekst", "jeugdbescherming_ots_rvdk", "5dok.net", ".*"),
    ("cbs-jeugdbescherming-2021-tekst", "jeugdbescherming_ots_rvdk", "jeugdreclassering-2021?", ".*"),
    ("cbs-jeugdbescherming-2022-1-tekst", "2_jeugdbescherming_ots_rvdk", "1e-halfjaar-2022", r"Jongeren.*"),
    ("cbs-jeugdbescherming-2023-1-tekst", "jeugdbescherming_ots_rvdk", "1e-halfjaar-2023?", ".*"),
    ("cbs-jeugdbescherming-2023-tekst", "jeugdbescherming_ots_rvdk", "jeugdreclassering-2023", r".*\| Peildatum.*"),
    ("cbs-jeugdbescherming-2024-1-tekst", "jeugdbescherming_ots_rvdk", "1e-halfjaar-2024", ".*"),
    ("cbs-jeugdbescherming-2024-tekst", "jeugdbescherming_ots_rvdk", "jeugdreclassering-2024?", r".*\| Peildatum.*"),
    ("statline-85099ned", "2_jeugdbescherming_ots_rvdk", "85099NED", ".*"),
    ("nji-ondertoezichtstelling", "jeugdbescherming_ots_rvdk", "Ondertoezichtstelling-(OTS)", ".*"),
    ("nji-raad-voor-de-kinderbescherming", "jeugdbescherming_ots_rvdk", "nji.nl/cijfers/raad-voor", ".*"),
    ("huiselijkgeweld-rvdk-2016", "2_jeugdbescherming_ots_rvdk", "200417_meer", r"RvdK.*"),
    ("rvdk-instroom-2020-2", "2_jeugdbescherming_ots_rvdk", "instroom-2e-helft-2020", ".*"),
    ("om-kerncijfers-2022", "strafrecht_recidive_huisverbod", "openbaarministerie", r".*\| Huiselijk geweld.*"),
    ("wodc-recidive-2019", "strafrecht_recidive_huisverbod|2_politie_om_plegers", "www.wodc.nl", ".*"),
    ("wodc-magazine-2019", "strafrecht_recidive_huisverbod", "magazines.wodc.nl", ".*"),
    ("huiselijkgeweld-recidive-2021", "strafrecht_recidive_huisverbod|2_politie_om_plegers", "2021/06/07/recidive",
     r".*\| (%|aantal)"),
    ("veiligheidshuizen-recidive-2018", "strafrecht_recidive_huisverbod|2_politie_om_plegers", "veiligheidshuizen",
     r"Afdoening.*"),
    ("wodc-plegers-2007-2011", "2_politie_om_plegers", "huiselijk-geweldplegers-niveau", r"Vervolgde plegers.* \| %"),
    ("huiselijkgeweld-huisverboden-2012", "2_huisverbod", "180413_bijna", r"Tijdelijke.*"),
    ("huiselijkgeweld-huisverboden-2010", "2_huisverbod", "040311_veel", ".*"),
    ("nieuwkoop-huisverboden-2011", "2_huisverbod", "nieuwkoop.nl", ".*"),
    ("gooise-meren-huisverboden-2020", "2_huisverbod", "jaarstukken-2020", ".*"),
    ("gooise-meren-huisverboden-2021", "2_huisverbod", "jaarstukken-2021", ".*"),
    ("verwey-jonker-cohort", "2_cohortonderzoek", "verwey-jonker.nl", r".*2e cohortonderzoek.*"),
]  # fmt: skip
MARKS = {"voorlopig": "*", "nader voorlopig": "**", "definitief": "", "onbekend": ""}

Row = list[str]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one table as UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def key_figures(text: str) -> list[Row]:
    """Read the tab separated key-figure rows of a report: name and twelve numbers with a space for thousands.

    A name that the document breaks over two lines (the first alone on its line) is joined again.
    """
    rows: list[Row] = []
    before = ""
    for line in text.splitlines():
        line = re.sub(r"</?b>", "", line).strip()
        cells = line.split("\t")
        if len(cells) == 13 and re.fullmatch(r"[\d ]+", cells[1]):
            name = f"{before} {cells[0]}" if before else cells[0]
            rows.append([name, *cells[1:]])
        before = line if rows and re.fullmatch(r"[A-Z][a-z]+", line) else ""
    return rows


def nature_rows(text: str) -> list[Row]:
    """Read the rows of StatLine table 84851NED: category, region, period and five cells."""
    region = r"((?:Drenthe \(PV\)|Midden-Drenthe|Drenthe \(VT\)))"
    cells = " ".join([r"(\.|x|-|[\d.]+)"] * 5)
    row = re.compile(rf"^(.+?) {region} (\d{{4}}\*{{0,2}}) {cells}$")
    return [list(found.groups()) for line in text.splitlines() if (found := row.match(line.strip()))]


def dutch(value: str, symbol: str) -> str:
    """Write a harvested value as the page printed it: dot for thousands, comma for decimals, or the sign."""
    if not value:
        return symbol
    whole, _, decimals = value.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def statline_period(period: str, status: str) -> str:
    """Write a harvested period as StatLine titles do: 2023*, 2020 1e halfjaar, 31 december 2023*, 2014-2023."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        day = date.fromisoformat(period)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}{MARKS[status]}"
    if "-" in period:
        return f"{period}{MARKS[status]}"
    year, half = (period[:4], period[5:]) if "H" in period else (period, "")
    return f"{year} {half}e halfjaar{MARKS[status]}" if half else f"{year}{MARKS[status]}"


def harvest(path: Path) -> list[dict[str, str]]:
    """Read one harvested file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def statline(rows: list[dict[str, str]], dimensions: Sequence[str], measures: dict[tuple[str, str], str]) -> list[Row]:
    """Turn harvested rows of one page into its table: dimensions, region, period, a column a measure."""
    table: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        key = (
            *(row["category"].split(" | ") if len(dimensions) > 1 else [row["category"]]),
            row["region_name"] + LEVELS[row["region_level"]],
            statline_period(row["period"], row["status"]),
        )
        column = measures[(row["indicator"], row["unit"])]
        cells = table.setdefault(key, {})
        if column in cells:
            raise SystemExit(f"two figures for {key} {column}")
        cells[column] = dutch(row["value"], row["symbol"])
    columns = list(measures.values())
    ragged = [key for key, cells in table.items() if set(cells) != set(columns)]
    if ragged:
        raise SystemExit(f"not every measure is there: {ragged}")
    return [[*key, *(cells[column] for column in columns)] for key, cells in table.items()]


def pivot(rows: list[dict[str, str]], first: str) -> tuple[Row, list[Row]]:
    """Turn the harvested rows of one report figure into its table: a row a category, a column a period."""
    periods = sorted({statline_period(r["period"], r["status"]) for r in rows})
    table: dict[str, dict[str, str]] = {}
    for r in rows:
        cells = table.setdefault(r["category"], {})
        cells[statline_period(r["period"], r["status"])] = dutch(r["value"], r["symbol"])
    return [first, *periods], [[name, *(cells[p] for p in periods)] for name, cells in table.items()]


def bullets(text: str) -> list[Row]:
    """Read the percentages in the list of findings of a report: what they are about, and the number."""
    advice, reports = "Gestarte adviezen", "Ontvangen meldingen"
    police = "Politie en overige justitie- en veiligheidspartners"
    known = [
        (r"(\d+) procent van de adviezen gegeven .*beroepsmatig", advice, "Beroepsmatig"),
        (r"(\d+) procent van de adviezen .* kindermishandeling", advice, "Kindermishandeling"),
        (r"(\d+) procent van de adviezen een conflictscheiding", advice, "Conflictscheiding"),
        (r"(\d+) procent van de meldingen komt van de politie", reports, police),
        (r"(\d+) procent van de meldingen .* partnergeweld", reports, "Partnergeweld"),
        (r"(\d+) procent van de meldingen eer gerelateerd", reports, "Eer gerelateerd geweld"),
        (r"(\d+) procent van de meldingen .* overdracht", reports, "Overdracht"),
        (r"(\d+) procent van de meldingen .* acute onveiligheid", reports, "Acute onveiligheid"),
        (r"(\d+) procent van de afgeronde onderzoeken", "Onderzoeken naar vermoeden van kindermishandeling",
         "Vermoeden bevestigd"),
        (r"(\d+) procent van de overdrachten naar jeugdzorg", "Overdrachten", "Jeugdzorg/jeugdhulp"),
    ]  # fmt: skip
    out: list[Row] = []
    for pattern, subject, category in known:
        (found,) = re.findall(pattern, text)
        out.append([subject, category, found, "procent"])
    return out


def told(rows: list[dict[str, str]], address: str, pattern: str) -> list[Row]:
    """Turn the harvested rows of one page into a table with one row a figure, in the words of the page.

    Args:
        rows: the rows of one harvested file.
        address: which page: a part of its address, or several with | between them.
        pattern: which rows: how 'indicator | breakdown | category | unit | period' begins.
    """
    out = []
    for r in rows:
        text = " | ".join(r[name] for name in ("indicator", "breakdown", "category", "unit", "period"))
        if r["period"] and any(part in r["source_url"] for part in address.split("|")) and re.match(pattern, text):
            out.append(
                [r["indicator"], r["category"], r["region_name"] + LEVELS[r["region_level"]],
                 statline_period(r["period"], r["status"]), r["symbol"], dutch(r["value"], ""),
                 "procent" if r["unit"] == "%" else r["unit"]]
            )  # fmt: skip
    if not out:
        raise SystemExit(f"no figures on {address}")
    return out


def main() -> None:
    """Write every source table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("harvest", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / "sources")
    args = parser.parse_args()
    text = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(args.texts.glob("0*.txt"))}
    out: Path = args.out

    # The corrected key figures of 2019-1 stand twice in the document (in the body and behind the erratum).
    first = key_figures(text["004"])
    body, wrong, corrected = first[:27], first[27:54], first[54:]
    if len(first) != 81 or body != corrected:
        raise SystemExit("the report on 2019-1 does not hold three tables of 27 rows, two of them equal")
    head = ["Veilig Thuis-regio", *KEY_COLUMNS]
    write(out / "cbs-bvt-2019-1.csv", head, corrected)
    write(out / "cbs-bvt-2019-1-foutief.csv", head, wrong)
    write(out / "cbs-bvt-2019-2.csv", head, key_figures(text["001"]))
    finding = ["Onderwerp", "Categorie", "Waarde", "Eenheid"]
    write(out / "cbs-bvt-2019-1-tekst.csv", finding, bullets(text["004"]))
    write(out / "cbs-bvt-2019-2-tekst.csv", finding, bullets(text["001"]))

    nji = [
        [label, value]
        for label, value in re.findall(r"^((?:Aantal|Totaal) [^:\n]+): \d ([\d.]+)$", text["002"], re.MULTILINE)
    ]
    write(out / "nji-veilig-thuis-2019.csv", ["Kengetal", "2019"], nji)

    nature = nature_rows(text["000"])
    two = {
        ("Gestarte adviezen", "aantal"): "Gestarte adviezen",
        ("Ontvangen meldingen", "aantal"): "Ontvangen meldingen",
    }
    five = {(measure, "aantal"): measure for measure in STATLINE_NATURE}
    dims = ["Kenmerken adviezen, meldingen, diensten"]
    write(out / "statline-84851ned-drenthe.csv", [*dims, "Regio's", "Perioden", *STATLINE_NATURE], nature)

    def page(table: str, address_end: str) -> list[dict[str, str]]:
        rows = harvest(args.harvest / f"statline_{table}.csv")
        return [row for row in rows if row["source_url"].endswith(address_end)]

    known = {tuple(row) for row in nature}
    again = statline(page("84851NED", "?q=drenthe"), dims, five)
    if not all(tuple(row) in known for row in again):
        raise SystemExit("the second copy of the Drenthe page of 84851NED differs from the first")

    reports = {("Ontvangen meldingen", "aantal"): "Ontvangen meldingen"}
    share = {
        ("Ontvangen meldingen", "aantal"): "Ontvangen meldingen (aantal)",
        ("Ontvangen meldingen", "%"): "Ontvangen meldingen (%)",
    }
    ended = "Ondertoezichtstelling: beëindigde trajecten"
    who = ["Kenmerken adviezen/meldingen"]
    safety = ["Veiligheidstaxatie", "Veiligheidsbeoordeling"]
    earlier = ["Eerdere betrokkenheid Veilig Thuis"]
    pages = [
        ("84848ned-kinderopvang", "84848NED", "opvang", who, two),
        ("84848ned-verpleegkundige", "84848NED", "verpleegkundige", who, two),
        ("84849ned-drenthe", "84849NED", "84849NED", who, two),
        ("84849ned-leeuwarden", "84849NED", "Leeuwarden", who, two),
        ("84849ned-2025-1", "84849NED", "ede", who, two),
        ("84850ned-mensenhandel", "84850NED", "mensenhandel",
         ["Aard van het geweld", "Aanvullende informatie"], five),
        ("84851ned-almelo", "84851NED", "Almelo", dims, five),
        ("84852ned-2020", "84852NED", "2020", safety, reports),
        ("84852ned-gelderland", "84852NED", "gelderland", safety, reports),
        ("84853ned", "84853NED", "", ["Uitkomsten onderzoek"],
         {("Afgeronde diensten onderzoek", "aantal"): "Afgeronde diensten onderzoek"}),
        ("85361ned-amsterdam", "85361NED", "85361NED", earlier, share),
        ("85361ned-vervolgmeldingen", "85361NED", "betrokkenheid", earlier, share),
        ("85361ned-gemeenten", "85361NED", "veiligheid", earlier, share),
        ("82975ned", "82975NED", "", ["Reden beëindigde trajecten"], {(ended, "aantal"): ended}),
    ]  # fmt: skip
    for name, table, address_end, dimensions, measures in pages:
        header = [*dimensions, "Regio's", "Perioden", *measures.values()]
        write(out / f"statline-{name}.csv", header, statline(page(table, address_end), dimensions, measures))

    report = harvest(args.harvest / "impactmonitor_longreads.csv")

    def figure(year: str, name: str) -> list[dict[str, str]]:
        return [r for r in report if f"figuur {name}" in r["breakdown"] and f"/{year}/" in r["source_url"]]

    for year, name, first_column in (
        ("2022", "4.2", "Organisatie adviesvrager"),
        ("2023", "5.1", "Organisatie melder"),
        ("2023", "5.2", "Organisatie melder"),
    ):
        header, table_rows = pivot(figure(year, name), first_column)
        write(out / f"impactmonitor-{year}-figuur-{name.replace('.', '-')}.csv", header, table_rows)
    for name in ("4.1", "5.1"):
        rows = [
            row | {"category": statline_period(row["period"], row["status"]), "column": row["indicator"]}
            for row in figure("2022", name)
        ]
        columns = list(dict.fromkeys(row["column"] for row in rows))
        halves: dict[str, dict[str, str]] = {}
        for row in rows:
            halves.setdefault(row["category"], {})[row["column"]] = dutch(row["value"], row["symbol"])
        write(
            out / f"impactmonitor-2022-figuur-{name.replace('.', '-')}.csv",
            ["Perioden", *columns],
            [[period, *(cells[column] for column in columns)] for period, cells in halves.items()],
        )
    for year in ("2022", "2023"):
        told = [
            r
            for r in report
            if f"/{year}/" in r["source_url"] and "5-verbinding" in r["source_url"] and "figuur" not in r["breakdown"]
        ]
        write(
            out / f"impactmonitor-{year}-tekst.csv",
            ["Onderwerp", "Categorie", "Perioden", "Teken", "Waarde", "Eenheid"],
            [
                [r["indicator"], r["category"], statline_period(r["period"], r["status"]), r["symbol"],
                 dutch(r["value"], ""), "procent" if r["unit"] == "%" else r["unit"]]
                for r in told
            ],
        )  # fmt: skip

    for name, file, address, pattern in TOLD:
        found = [row for each in file.split("|") for row in harvest(args.harvest / f"{each}.csv")]
        write(out / f"{name}.csv", TOLD_HEAD, told(found, address, pattern))


if __name__ == "__main__":
    main()
