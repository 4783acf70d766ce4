"""What the administrator sees of an import: lines, and a bar with an estimate where there is a screen."""

from __future__ import annotations

import sys

from tqdm import tqdm

from data.statline.importer import Progress


class Bar(Progress):
    """A bar on the screen; in a log only the lines."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None

    def start(self, total: int) -> None:
        """Show the bar."""
        self._bar = tqdm(total=total, unit=" waarnemingen", unit_scale=True, desc="Ophalen", disable=None, leave=False)

    def step(self, rows: int) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.update(rows)

    def say(self, line: str) -> None:
        """Write a line above the bar."""
        tqdm.write(line, file=sys.stdout)
        sys.stdout.flush()

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
