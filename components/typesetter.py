"""Sets one report with typst: `python typesetter.py`, with the content as JSON on its input, the PDF on its output.

Nothing of the project is imported, so it starts at once and its memory is free again when the report is there.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst


def main() -> None:
    """Read, set, write; an error is one text on the error output."""
    asked = json.load(sys.stdin)
    content = asked["content"]
    year, month, day = content["date"] or (2000, 1, 1)
    template = Path(asked["template"])
    # Only our own fonts: the same file on every machine, also without any font installed.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[asked["fonts"]])
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=fonts)
    try:
        made = compiler.compile(
            sys_inputs={"data": json.dumps(content)},
            pdf_standards="ua-1",
            timestamp=datetime(year, month, day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        sys.exit(str(error))
    if not isinstance(made, bytes):
        sys.exit(f"een PDF verwacht, geen {type(made).__name__}")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
