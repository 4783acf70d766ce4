"""Run the sections that are named, or all but the long ones: python -m tools.bench [section ...]."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tools.bench import document

# name on the command line -> module with its SECTION
SECTIONS = {
    "bezoek": "tools.bench.visit",
    "start": "tools.bench.start",
    "cijfers": "tools.bench.figures",
    "belasting": "tools.bench.soak",
    "groei": "tools.bench.growth",
}
# These take most of an hour: only when they are named (`make soak`).
LONG = ("belasting", "groei")


def main(arguments: list[str]) -> None:
    """Measure, and put each result in docs/bench.md as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure; results go to docs/bench.md.")
    parser.add_argument(
        "section", nargs="*", help=f"which to run (default: all but {' and '.join(LONG)}): {', '.join(SECTIONS)}"
    )
    asked = parser.parse_args(arguments).section or [name for name in SECTIONS if name not in LONG]
    if unknown := [name for name in asked if name not in SECTIONS]:
        parser.error(f"no such section: {', '.join(unknown)} (there are {', '.join(SECTIONS)})")
    for name in asked:
        section: document.Section = import_module(SECTIONS[name]).SECTION
        print(f"{section.title} ...", flush=True)
        text = document.text_of(name, section, section.measure())
        document.renew(name, text)
        print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
