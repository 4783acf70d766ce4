"""What is worked out before a release serves, so that no visitor waits for it."""

from __future__ import annotations

from data.choice import choose
from data.coverage import crosses
from data.funnel import funnels
from data.release import Release
from data.view import card_view


def prepare(release: Release) -> None:
    """Ask of every view of every indicator what a visitor sees first: what was worked out is kept with the release."""
    crosses(release)
    for slug, view in sorted(release.filled):
        funnels(release, card_view(release, choose(release, view, {"indicator": slug})))
