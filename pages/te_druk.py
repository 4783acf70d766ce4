"""The page for who comes when it is too busy: it is the same for everybody, so that it costs nothing to give."""

from __future__ import annotations

from components.elements import html
from components.shell import NAME, help_line

REASON = "Het is nu erg druk. Probeer het over een paar seconden opnieuw."
TITLE = "Het is nu erg druk"


def page() -> html.Div:
    """The whole page, without a menu: what it leads to would be too busy as well."""
    body = [
        html.Div(html.H1(TITLE), className="paginakop"),
        html.P("Er zijn nu meer bezoekers dan deze site tegelijk aankan. Met de cijfers is niets mis."),
        html.P(["Wacht een paar seconden en ", html.A("probeer het opnieuw", href=""), "."]),
        html.H2("Hulp nodig?"),
        help_line(),
    ]
    return html.Div(html.Main(body, id="inhoud", className="breed"), **{"data-titel": f"{TITLE} – {NAME}"})
