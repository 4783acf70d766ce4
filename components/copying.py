"""The text of a card that a visitor copies: the sentence with where it comes from, and the button that copies it."""

from __future__ import annotations

from collections.abc import Sequence

from components.elements import html

LABEL = "Kopieer tekst"


def copied(title: str, sentence: str, remarks: Sequence[str], sources: Sequence[str], release: str, at: str) -> str:
    """The text to copy.

    Args:
        title: title of the card: what, where and when.
        sentence: its sentence.
        remarks: what must be said with it, such as 'Voorlopige cijfers'.
        sources: a line for each source: publisher, title, table and date.
        release: name of the release.
        at: address of this very view; the script makes it a whole address, since only a browser knows its beginning.
    """
    return "\n".join(
        [
            f"{title}.",
            " ".join([sentence, *(f"{remark}." for remark in remarks)]),
            *(f"Bron: {source}" for source in sources),
            f"Levering: {release}.",
            f"Te zien op: {at}",
        ]
    )


def copy_button(text: str, at: str) -> html.Div:
    """The button, and the place where it says that it did; only there with JavaScript."""
    return html.Div(
        [
            html.Button(LABEL, type="button", className="kopieer", **{"data-tekst": text, "data-adres": at}),
            html.Span(role="status", className="kopie-status"),
        ],
        className="kopie",
    )


def copied_code(code: str, label: str, site: str) -> html.Div:
    """Code to copy, as it stands, with its button.

    Args:
        code: the code.
        label: what it is, for who cannot see it.
        site: scheme and host in its addresses as the server knows them; the script puts in those that the visitor sees.
    """
    return html.Div(
        [
            html.Pre(html.Code(code), tabIndex="0", role="region", **{"aria-label": label}),
            html.Button("Kopieer code", type="button", className="kopieer met-script", **{"data-plek": site}),
            html.Span(role="status", className="kopie-status"),
        ],
        className="code",
    )
