"""Every style that comes along can be read by everyone, and a token file that cannot is refused with the reason.

Contrast and the sight of who does not see red or green are computed here anew, from WCAG 2.2 and from the matrices of
Viénot, Brettel and Mollon (1999), not with the library that the check uses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from components.figures import style as marks
from components.figures.panels import figures_of
from components.figures.static import svg
from components.house_style import check, shelf, tokens
from components.house_style.style import COLOURS, SERIES, SHAPES, Style, contrast, mix
from components.picture import picture
from data.release import Release
from data.view import CardView

ROOT = Path(__file__).parents[2]
STYLES = sorted(path.stem for path in shelf.OWN.glob("*.css"))
STANDARD_TEXT = (shelf.OWN / "standaard.css").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "huisstijl.md").read_text(encoding="utf-8")
KEY = {"indicator": "aantal-adviezen-en-meldingen"}
CHARTS = (
    ("landelijk", KEY),
    ("regionaal", KEY),
    ("regionaal", KEY | {"regio": "VT06"}),
    ("tijdreeksen", KEY),
    ("tijdreeksen", KEY | {"regio": "VT01,VT02,VT03"}),
    ("landelijk", {"indicator": "kenmerken-van-kindermishandeling"}),
    ("landelijk", {"indicator": "geschat-percentage-slachtoffers-huiselijk-geweld"}),
    ("landelijk", {"indicator": "recidive-plegers"}),
    ("regionaal", {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis"}),
)
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
Shown = Callable[..., CardView]


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def by_wcag(first: str, second: str) -> float:
    low, high = sorted(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) + 0.05
                       for c in (first, second))  # fmt: skip
    return high / low


# Linear red, green and blue as seen without red or without green cones (Viénot et al. 1999, table of their section 3).
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "no green": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def lab(rgb: list[float]) -> list[float]:
    """CIELAB of linear sRGB, D65."""
    x, y, z = (
        sum(w * p for w, p in zip(row, rgb, strict=True)) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.9505), ((0.2126, 0.7152, 0.0722), 1.0), ((0.0193, 0.1192, 0.9505), 1.089),
        )
    )  # fmt: skip
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (max(x, 0), max(y, 0), max(z, 0)))
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]


def apart(first: str, second: str) -> float:
    """The least difference of two colours (CIE 1976) over all sights."""
    found = []
    for matrix in SEEN.values():
        seen = [[sum(w * p for w, p in zip(row, linear(c), strict=True)) for row in matrix] for c in (first, second)]
        one, two = (lab(rgb) for rgb in seen)
        found.append(sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5)
    return min(found)


@pytest.fixture(scope="module", params=STYLES)
def look(request: pytest.FixtureRequest) -> Style:
    return shelf.load(shelf.OWN / f"{request.param}.css")


def test_the_styles_that_come_along() -> None:
    assert STYLES == ["donker", "hoog-contrast", "lindewaard", "oosterhage", "standaard"]
    assert list(shelf.gather().styles) == STYLES


def test_the_measures_are_those_of_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the lightest grey that passes
    assert mix("#ffffff", "#000000", 0.5) == "#808080"
    # Far apart for most, alike for who does not see red, or green.
    assert check.difference("#b00000", "#5a4a00")[1] == "voor wie geen rood ziet"
    assert check.difference("#c8502a", "#7a7a1e")[1] == "voor wie geen groen ziet"


def test_text_and_controls_have_contrast(look: Style) -> None:
    text = look.properties
    on = {
        "--im-document-color": ("document-background", "card-background", "notice-background", "footer-background",
                                "accent-subtle-background"),
        "--im-document-subtle-color": ("document-background", "card-background"),
        "--im-accent-color": ("document-background", "card-background", "footer-background"),
        "--im-accent-strong-color": ("card-background", "accent-subtle-background"),
        "--im-header-color": ("header-background",),
        "--im-accent-contrast-color": ("accent", "accent-strong"),
    }  # fmt: skip
    for name, grounds in on.items():
        for ground in grounds:
            assert by_wcag(text[name], text[f"--im-{ground}-color"]) >= 4.5, (name, ground)
    for n in range(1, 6):
        assert by_wcag(text[f"--im-map-class-{n}-label-color"], text[f"--im-map-class-{n}-color"]) >= 4.5, n
    for name in ("--im-form-control-border-color", "--im-focus-outline-color", "--im-chart-bar-color"):
        assert by_wcag(text[name], look.paper) >= 3, name


def test_series_can_be_read_and_told_apart(look: Style) -> None:
    for colour in look.series:
        assert by_wcag(colour, look.paper) >= 4.5, colour  # the number at the end of a line has its colour
    for one, two in pairwise(look.series):
        assert apart(one, two) > 12, (one, two)
    for one, two in pairwise(look.classes):
        assert apart(one, two) > 8, (one, two)
    assert apart(look.bar, look.accent_strong) > 12


def test_without_colour_series_and_classes_stay_apart(look: Style) -> None:
    for one, two in pairwise(range(len(look.series) + 2)):
        assert marks.DASHES[marks.turn(look, one)] != marks.DASHES[marks.turn(look, two)]
        assert marks.MARKERS[marks.turn(look, one)] != marks.MARKERS[marks.turn(look, two)]
        assert marks.PATTERNS[one % len(marks.PATTERNS)] != marks.PATTERNS[two % len(marks.PATTERNS)]
    light = [lab(linear(shade))[0] for shade in look.classes]
    steps = [after - before for before, after in pairwise(light)]
    assert min(map(abs, steps)) > 8
    assert all(step < 0 for step in steps) or all(step > 0 for step in steps)


def test_high_contrast_is_high() -> None:
    look = shelf.styles()["hoog-contrast"]
    for colour in (look.ink, look.quiet, look.accent, look.accent_strong, *look.series):
        assert by_wcag(colour, look.paper) >= 7
    assert not look.dark
    assert shelf.styles()["donker"].dark


@pytest.mark.parametrize("name", [name for name in STYLES if name != "standaard"])
def test_charts_and_pictures_have_the_colours_of_the_style_and_no_others(
    name: str, shown: Shown, release: Release
) -> None:
    look = shelf.styles()[name]
    own = {*look.properties.values(), *(look.tile(part / 1000) for part in range(1001)), look.tile_total}
    for view, query in CHARTS:
        card = shown(view, **query)
        charts = figures_of(card, look)
        assert charts, (view, query)
        for _, figure in charts:
            drawn = svg(figure, width=640, name="Naam", description="Wat het toont.")
            assert set(HEX.findall(json.dumps(figure))) <= own, (view, query)
            assert set(HEX.findall(drawn)) <= own, (view, query)
            assert f'fill="{look.ink}"' in drawn
        whole = picture(card, release, look)
        assert f'<rect width="880" height="{re.findall(r"height=.([0-9]+)", whole)[0]}" fill="{look.paper}"' in whole
        assert set(HEX.findall(whole)) <= own


def test_figures_of_two_styles_differ_in_colour_only(shown: Shown) -> None:
    def colourless(figure: object) -> str:
        return re.sub(r'"family": "[^"]*"', "", HEX.sub("#", json.dumps(figure)))

    for view, query in CHARTS:
        card = shown(view, **query)
        one, two = (figures_of(card, shelf.styles()[name]) for name in ("standaard", "donker"))
        assert one != two
        assert colourless(one) == colourless(two)


def test_bars_that_touch_have_a_line_between_them(shown: Shown) -> None:
    card = shown("landelijk", indicator="kenmerken-slachtoffers-huiselijk-geweld", categorie="geslacht-leeftijd")
    grouped = [t for _, f in figures_of(card) for t in f["data"] if t["type"] == "bar" and len(f["data"]) > 1]
    for trace in grouped:
        assert trace["marker"]["line"] == {"color": "#ffffff", "width": 1}


# --- token files ---


def changed(name: str, value: str) -> str:
    """The standard file with another value for a property."""
    text, count = re.subn(rf"({re.escape(name)}: )[^;]*;", rf"\g<1>{value};", STANDARD_TEXT)
    assert count == 1
    return text


def refusal(text: str) -> str:
    with pytest.raises(tokens.StyleError) as caught:
        style = tokens.read("proef", text)
        if found := check.faults(style):
            raise tokens.StyleError("proef", found)
    told = str(caught.value)
    assert "\n" not in told
    assert told.startswith("De stijl 'proef' is niet te gebruiken: ")
    return told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "het bestand is leeg"),
        ("body { color: red }", "alleen :root mag, niet 'body'"),
        ('@import "https://elders.nl/x.css";' + STANDARD_TEXT, "@import mag niet"),
        ('@font-face { font-family: x; src: url("https://elders.nl/x") }' + STANDARD_TEXT, "@font-face mag niet"),
        (changed("--im-accent-color", "url(https://elders.nl/x)"), "'url(https://elders.nl/x)' is niet"),
        (changed("--im-document-font-family", "url(https://elders.nl/x), serif"), "is niet namen van lettertypen"),
        (changed("--im-document-font-family", "image-set('https://elders.nl/x' 1x)"), "is niet namen van lettertypen"),
        (changed("--im-style-name", "url(https://elders.nl/x)"), "--im-style-name"),
        (changed("--im-gap", "env(x)"), "is niet een maat van 8 tot en met 24px of 0.5 tot en met 1.5rem"),
        (changed("--im-accent-color", "var(--x)"), "'var(--x)' is niet een kleur"),
        (changed("--im-accent-color", "rood"), "'rood' is niet een kleur"),
        (changed("--im-accent-color", "rgb(0 0 0 / 50%)"), "is niet een kleur zonder doorzichtigheid"),
        (changed("--im-accent-color", "transparent"), "is niet een kleur zonder doorzichtigheid"),
        (changed("--im-accent-color", "#0b5a6f !important"), "dit is geen eigenschap met een waarde"),
        (changed("--im-border-radius", "6"), "--im-border-radius: '6' is niet een maat"),
        (changed("--im-border-radius", "-6px"), "--im-border-radius: '-6px' is niet een maat"),
        (changed("--im-document-font-size", "40px"), "--im-document-font-size: '40px' is niet een maat"),
        (STANDARD_TEXT.replace("  --im-gap: 1rem;\n", ""), "--im-gap ontbreekt"),
        (STANDARD_TEXT.replace("--im-gap:", "--im-gat:"), "--im-gat is geen eigenschap van een stijl"),
        (STANDARD_TEXT.replace("--im-gap: 1rem;", "--im-gap: 1rem; --im-gap: 2rem;"), "--im-gap staat er twee keer"),
        (STANDARD_TEXT.replace("  --im-chart-series-6-color: #3d3d3d;\n", ""), "--im-chart-series-6-color ontbreekt"),
        (STANDARD_TEXT.replace(":root {", ":root { background: red;"), "background is geen eigenschap van een stijl"),
        (STANDARD_TEXT + "x" * 30_000, "het bestand is groter dan 20000 tekens"),
        (changed("--im-document-color", "#9aa7ad"), "--im-document-background-color is 2,27, nodig is 4,5 (tekst)"),
        (changed("--im-form-control-border-color", "#b5bfc4"), "nodig is 3 (vormen)"),
        (changed("--im-chart-series-2-color", "#0b5a70"), "lijken voor wie geen groen ziet te veel op elkaar"),
        (changed("--im-chart-series-2-color", "#8f3f6f"), "-1-color en --im-chart-series-2-color lijken"),
    ],
)  # fmt: skip
def test_a_token_file_with_a_fault_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert reason in refusal(text)


@pytest.mark.parametrize("value", ["teal", "rgb(0 110 110)", "hsl(180 100% 22%)", "#066"])
def test_colours_may_be_written_in_every_way_of_css(value: str) -> None:
    assert re.fullmatch("#[0-9a-f]{6}", tokens.read("proef", changed("--im-accent-color", value)).accent)


def test_what_the_manual_says_of_the_properties_is_so() -> None:
    told = set(re.findall(r"^\| `(--im-[a-z0-9-]+)` \|", MANUAL, re.M))
    assert told == {*COLOURS.values(), *SHAPES.values(), tokens.TITLE, SERIES.format(1)}
    for limits in tokens.LENGTHS.values():
        for unit, (_, high) in limits.items():
            assert f"{high:g}{unit}" in MANUAL


def test_a_colour_becomes_no_more_than_a_colour(look: Style) -> None:
    """What goes to the browser is written from checked values: nothing in it can fetch or close the rule."""
    values = [*look.properties.values()]
    assert all(re.fullmatch(r"""[#\w\s.,%"'-]+""", value) for value in values)
    sheet = look.sheet(shelf.STANDARD)
    assert "url(" not in sheet and "@import" not in sheet
    assert sheet.count("{") == sheet.count("}")
