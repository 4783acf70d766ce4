"""The style sheets take every colour from the style."""

from __future__ import annotations

import re
from pathlib import Path

from components.house_style.shelf import STANDARD

ROOT = Path(__file__).parents[2]
SHEETS = [path for path in sorted((ROOT / "assets").rglob("*.css")) if path.parent.name != "stijlen"]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)a?\(|"
    r":[^;{]*\b(?:white|black|gr[ae]y|red|green|blue|orange|yellow|silver|navy|teal|purple)\b(?!-)",
    re.IGNORECASE,
)


def declarations(path: Path) -> list[str]:
    """The declarations of a sheet, without comments and selectors."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    return [part.strip() for block in re.findall(r"\{([^{}]*)\}", text) for part in block.split(";") if part.strip()]


def test_the_pattern_finds_a_colour() -> None:
    for text in ("color: #fff", "background: RGB(0 0 0)", "border: 1px solid red", "fill: color-mix(in srgb, a, b)"):
        assert COLOUR.search(text), text
    for text in ("white-space: nowrap", "color: var(--im-accent-color)", "border: 1px solid transparent"):
        assert not COLOUR.search(text), text


def test_no_sheet_holds_a_colour_of_its_own() -> None:
    assert len(SHEETS) >= 8
    found = {f"{path.name}: {line}" for path in SHEETS for line in declarations(path) if COLOUR.search(line)}
    assert found == set()


def test_what_the_sheets_use_follows_from_a_style_and_all_of_that_is_used() -> None:
    used = {name for path in SHEETS for name in re.findall(r"--im-[a-z0-9-]+", path.read_text(encoding="utf-8"))}
    # The later colours of series stand in charts only; a style has six at least.
    charts = {f"--im-chart-series-{n}-color" for n in range(7, 11)}
    assert used == STANDARD.properties.keys() - charts


def rules(media: str) -> str:
    """What the sheets say within one kind of media, without what stands around it."""
    found = []
    for path in SHEETS:
        for part in path.read_text(encoding="utf-8").split(f"@media ({media}) {{")[1:]:
            depth = 1
            for at, sign in enumerate(part):
                depth += {"{": 1, "}": -1}.get(sign, 0)
                if not depth:
                    found.append(part[:at])
                    break
    return "\n".join(found)


def test_charts_and_maps_keep_their_paper_where_the_device_forces_its_colours() -> None:
    """Their letters are coloured on the server; on the black of the device they could not be read."""
    kept = re.findall(r"([^{}]*)\{[^}]*forced-color-adjust: none; background: var\(--im-card-background-color\)",
                      rules("forced-colors: active"))  # fmt: skip
    places = {place.strip().splitlines()[-1].strip() for rule in kept for place in rule.split(",")}
    assert {".grafiek", ".grafieken figure > svg", ".landkaart"} <= places


def test_a_hint_in_a_field_has_a_colour_of_the_style() -> None:
    """Browsers give it a grey of their own, which is too dim on the fields of a dark style."""
    text = "".join(path.read_text(encoding="utf-8") for path in SHEETS)
    hints = re.findall(r"[^{}]*::placeholder \{([^}]*)\}", text)
    assert hints
    assert all("color: var(--im-document-subtle-color)" in hint for hint in hints)
