"""Typed figures as a part of a store: what the functions on figures take."""

from __future__ import annotations

import pandas as pd

from data import current, store
from data.catalogue import Catalogue
from data.clean import FIGURE, ORIGIN
from data.store import Part, Table

SLUG = "kerncijfers-veilig-thuis"
PLAIN = {
    "indicator": SLUG, "maat": "Ontvangen meldingen", "kenmerk": "Totaal", "categorie": "Totaal", "regio_code": "NL01",
    "regio_naam": "proef", "regio_niveau": "proef", "periode": "2023JJ00", "waarde": 5.0, "eenheid": "aantal",
    "teken": "", "status": "definitief", "bron": "proef", "rij": 2, "kolom": "Waarde", "decimalen": 0,
}  # fmt: skip


def frame_of(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows that say only what is special about them."""
    every = [PLAIN | row for row in rows]
    for row in every:
        row["teken"] = row["teken"] or ("." if row["waarde"] is None else "")
    frame = pd.DataFrame(every, columns=[*FIGURE, *ORIGIN])
    return frame.astype({"waarde": float, "rij": int, "decimalen": int})


def part_of(*rows: dict[str, object]) -> Part:
    """The same as what an indicator shows that has every measure and breakdown of them."""
    frame = frame_of(*rows)
    embedded = current.release()
    declared = embedded.catalogue.indicators[SLUG]
    indicator = declared.model_copy(
        update={
            "maten": tuple(dict.fromkeys([*declared.maten, *frame["maat"]])),
            "kenmerken": tuple(dict.fromkeys(name for name in frame["kenmerk"] if name != "Totaal")),
        }
    )
    catalogue: Catalogue = embedded.catalogue.model_copy(update={"indicators": {SLUG: indicator}})
    totals = frame[(frame["kenmerk"] == "Totaal") & (frame["eenheid"] == "aantal") & frame["waarde"].notna()]
    made = store.build(
        Table.of(frame), Table.of(totals[["bron", "maat", "regio_code", "periode", "waarde"]]), catalogue,
        embedded.regions, {"proef": 5},
    )  # fmt: skip
    return made.boxes[SLUG].whole
