"""What the pages of text are built of: sections with an anchor, and the list of them at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.elements import html
from components.shell import page_head, regions_of, shell
from components.terms import link_terms
from data.release import Release


@dataclass(frozen=True)
class Section:
    """A section of a page: its anchor, its heading and what stands in it; `terms`: whether its terms become links."""

    id: str
    title: str
    content: Sequence[Any]
    terms: bool = True


def text_page(
    here: str,
    title: str,
    intro: str,
    sections: Sequence[Section],
    release: Release,
    query: Mapping[str, Any] | None = None,
) -> html.Div:
    """A whole page of text.

    Args:
        here: the path of the page.
        title: its heading and the title of the browser tab.
        intro: one or two sentences under the heading.
        sections: what follows, in order; their headings stand in a list beside them.
        release: for the frame around the page.
        query: of its address, whose regions it passes on.
    """
    head = page_head(title, intro)
    contents = html.Nav(
        [
            html.H2("Op deze pagina", id="inhoudsopgave"),
            html.Ul([html.Li(html.A(s.title, href=f"#{s.id}")) for s in sections]),
        ],
        className="inhoudsopgave",
        **{"aria-labelledby": "inhoudsopgave"},
    )
    body = [_section(s, release) for s in sections]
    page = [head, html.Div([contents, html.Div(body)], className="tekstpagina")]
    return html.Div(shell(here, title, page, release, regions_of(query or {})), id="klaar")


def _section(section: Section, release: Release) -> html.Section:
    made = html.Section(
        [html.H2(section.title, id=section.id), *section.content],
        className="hoofdstuk",
        **{"aria-labelledby": section.id},
    )
    return link_terms(made, release) if section.terms else made
