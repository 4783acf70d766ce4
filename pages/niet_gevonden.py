"""The page for an address that does not exist."""

from __future__ import annotations

from components.address import address
from components.elements import html
from components.shell import MORE, PAGES, shell
from data import current


def page() -> html.Div:
    """The whole page, for the server to send with status 404."""
    links = html.Ul([html.Li(html.A(label, href=address(path))) for path, label in (*PAGES, *MORE)], className="verder")
    body = [
        html.Div(html.H1("Deze pagina bestaat niet"), className="paginakop"),
        html.P("Het adres klopt niet, of de pagina is verplaatst. Hier kunt u verder:"),
        links,
    ]
    return shell("-", "Pagina niet gevonden", body, current.release())
