"""A style: what a token file says, and every colour that follows from it, for style sheets and pictures alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from coloraide import Color

# The least contrast by WCAG 2.2: of text (1.4.3), of controls and of marks in charts (1.4.11).
TEXT, GRAPHIC = 4.5, 3.0

# Field of a style -> property of the token file.
COLOURS = {
    "ink": "--im-document-color",
    "quiet": "--im-document-subtle-color",
    "ground": "--im-document-background-color",
    "paper": "--im-card-background-color",
    "header": "--im-header-background-color",
    "accent": "--im-accent-color",
    "accent_strong": "--im-accent-strong-color",
    "field_line": "--im-form-control-border-color",
    "focus": "--im-focus-outline-color",
    "notice": "--im-notice-background-color",
    "notice_line": "--im-notice-border-color",
}
SHAPES = {
    "font": "--im-document-font-family",
    "font_size": "--im-document-font-size",
    "radius": "--im-border-radius",
    "gap": "--im-gap",
}
SERIES = "--im-chart-series-{}-color"
# Follow from the tokens; style sheets use them, a token file does not set them.
DERIVED = {
    "on_header": "--im-header-color",
    "header_hover": "--im-header-hover-color",
    "on_accent": "--im-accent-contrast-color",
    "pale": "--im-accent-subtle-background-color",
    "pale_hover": "--im-accent-subtle-hover-background-color",
    "line": "--im-border-color",
    "fine_line": "--im-border-subtle-color",
    "footer": "--im-footer-background-color",
    "disabled": "--im-disabled-background-color",
    "shadow": "--im-shadow-color",
    "bar": "--im-chart-bar-color",
}
MAP_CLASS, MAP_LABEL = "--im-map-class-{}-color", "--im-map-class-{}-label-color"


@lru_cache(maxsize=4096)
def mix(first: str, second: str, part: float) -> str:
    """A colour on the way from the first to the second, as `color-mix(in srgb)` in CSS."""
    return str(Color(first).mix(second, part, space="srgb", out_space="srgb").to_string(hex=True))


@lru_cache(maxsize=4096)
def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it: 1 to 21."""
    return float(Color(first).contrast(Color(second), method="wcag21"))


@dataclass(frozen=True)
class Style:
    """A checked style. Colours are written #rrggbb; lengths and fonts as in CSS.

    Attributes:
        name: its slug, as in an address.
        title: its name for people.
        ink: text.
        quiet: text beside the point.
        ground: behind the page.
        paper: behind cards, charts and fields.
        header: behind the header.
        accent: links, buttons, circles on the map; bars are a lighter shade.
        accent_strong: what is chosen, and buttons pointed at.
        field_line: the border of fields, axes of tables, bars of totals.
        focus: around what has the focus.
        notice: behind notices.
        notice_line: the border of notices.
        series: the lines and groups of bars of a chart, in order.
        font: on the screen.
        font_size: of plain text.
        radius: of corners.
        gap: between parts; other distances are in proportion.
    """

    name: str
    title: str
    ink: str
    quiet: str
    ground: str
    paper: str
    header: str
    accent: str
    accent_strong: str
    field_line: str
    focus: str
    notice: str
    notice_line: str
    series: tuple[str, ...]
    font: str
    font_size: str
    radius: str
    gap: str

    @property
    def dark(self) -> bool:
        """Whether it is light on dark."""
        return Color(self.paper).luminance() < Color(self.ink).luminance()

    def on(self, *grounds: str) -> str:
        """The colour of text on grounds: that of cards or of text; black or white where neither can be read."""

        def least(colour: str) -> float:
            return min(contrast(colour, ground) for ground in grounds)

        best = max((self.paper, self.ink), key=least)
        return best if least(best) >= TEXT else max(("#000000", "#ffffff"), key=least)

    # --- what follows: shades between two tokens ---

    @cached_property
    def on_header(self) -> str:
        """Text in the header."""
        return self.on(self.header)

    @cached_property
    def header_hover(self) -> str:
        """Below an entry of the menu that is pointed at."""
        return mix(self.header, self.on_header, 0.5)

    @cached_property
    def on_accent(self) -> str:
        """Text on buttons and on what is chosen."""
        return self.on(self.accent, self.accent_strong)

    @cached_property
    def pale(self) -> str:
        """Behind rows and regions that are chosen."""
        return mix(self.paper, self.accent, 0.115)

    @cached_property
    def pale_hover(self) -> str:
        """The same when pointed at."""
        return mix(self.paper, self.accent, 0.19)

    @cached_property
    def line(self) -> str:
        """Lines that only order."""
        return mix(self.paper, self.field_line, 0.36)

    @cached_property
    def fine_line(self) -> str:
        """Lines between rows, the grid of charts, regions below circles."""
        return mix(self.paper, self.field_line, 0.2)

    @cached_property
    def footer(self) -> str:
        """Behind the footer."""
        return mix(self.ground, self.ink, 0.07)

    @cached_property
    def disabled(self) -> str:
        """Behind what cannot be chosen."""
        return mix(self.paper, self.field_line, 0.14)

    @cached_property
    def shadow(self) -> str:
        """Below what lies over the page."""
        return "#00000040"

    @cached_property
    def bar(self) -> str:
        """A bar: the lightest shade that stands out. The chosen one is accent_strong, that of a total field_line."""
        shades = (mix(self.paper, self.accent, part / 20) for part in range(13, 20))
        return next((shade for shade in shades if contrast(shade, self.paper) >= GRAPHIC), self.accent)

    @cached_property
    def others(self) -> str:
        """Regions in grey beside the chosen ones: the lightest grey that stands out."""
        shades = (mix(self.paper, self.quiet, part / 20) for part in range(12, 20))
        return next((shade for shade in shades if contrast(shade, self.paper) >= GRAPHIC), self.quiet)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The shades of the map, from low to high."""
        between = (mix(self.paper, self.accent, part) for part in (0.3, 0.58, 0.85))
        return (self.pale, *between, self.accent_strong)

    @cached_property
    def tile_total(self) -> str:
        """A tile of a matrix that holds the total."""
        return mix(self.paper, self.field_line, 0.12)

    def tile(self, part: float) -> str:
        """A tile of a matrix: from pale to darker for a part of the largest (0 to 1); text stays readable on each."""
        return mix(self.paper, self.accent, 0.05 + 0.3 * part)

    # --- as a style sheet ---

    @cached_property
    def properties(self) -> dict[str, str]:
        """Every custom property with its value, as the style sheets of the pages use them."""
        named = {css: str(getattr(self, field)) for field, css in (COLOURS | SHAPES | DERIVED).items()}
        series = {SERIES.format(at): colour for at, colour in enumerate(self.series, 1)}
        classes = {MAP_CLASS.format(at): colour for at, colour in enumerate(self.classes, 1)}
        labels = {MAP_LABEL.format(at): self.on(colour) for at, colour in enumerate(self.classes, 1)}
        return named | series | classes | labels

    def sheet(self, on_paper: Style) -> str:
        """The style sheet that gives the pages this style.

        Args:
            on_paper: the style in which a page is printed when this one is light on dark.
        """
        screen = _root([("color-scheme", "dark" if self.dark else "light"), *self.properties.items()])
        if not self.dark:
            return screen
        colours = [(name, value) for name, value in on_paper.properties.items() if name.endswith("-color")]
        # The colours of charts stand in the charts: turned over, with their hue kept, they are dark on light.
        charts = ".grafiek, .grafieken figure > svg { filter: invert(1) hue-rotate(180deg); }\n"
        return f"{screen}@media print {{\n{_root([('color-scheme', 'light'), *colours])}{charts}}}\n"

    @cached_property
    def version(self) -> str:
        """Changes when anything of the style changes."""
        told = repr((self.title, self.dark, *self.properties.items()))
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def _root(entries: Iterable[tuple[str, str]]) -> str:
    return ":root {\n" + "".join(f"  {name}: {value};\n" for name, value in entries) + "}\n"
