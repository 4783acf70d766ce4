"""Makes the font of static charts and reports: Open Sans, Latin only, as two still files.

Run by hand when the font must change; the result is kept in assets/fonts. Needs fontTools, which is no part of the
requirements, and the variable font of the project (googlefonts/opensans, SIL Open Font License, no reserved name):

    python tools/make_font.py 'OpenSans[wdth,wght].ttf'
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B]
SIGNS = "–—―‘’‚“”„†•…‰′″‹›⁄€™−≈≠≤≥⁰⁴⁵⁶⁷⁸⁹\u2002\u2003\u2007\u2008\u2009\u200a"
# Hyphens and a narrow space that the font lacks, drawn as what they are like.
LIKE = {0x2010: "-", 0x2011: "-", 0x202F: "\u2009"}
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum", "lnum", "sups", "frac"]


def make(source: str, style: str, weight: int) -> None:
    """Write one weight of the font."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight, "wdth": 100}, updateFontNames=True)
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*LATIN, *map(ord, SIGNS)])
    subsetter.subset(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {code: table.cmap[ord(like)] for code, like in LIKE.items()}
    font["OS/2"].usWeightClass = weight
    font.save(FOLDER / f"OpenSans-{style}.ttf")


if __name__ == "__main__":
    for style, weight in WEIGHTS.items():
        make(sys.argv[1], style, weight)
