"""What keeps the server closed: headers, limits, and a check of what comes in at Dash's callback address.

Dash answers a callback whose body it does not expect with a trace and a 500. So every body is read here first,
against the callbacks that this app has; another one gets a 400 with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from flask import Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from components.address import bare
from data.catalogue import View

MAX_BODY = 32_768
MAX_PARAMETERS = 20
MAX_TEXT = 500
HALF_A_YEAR = 15_552_000
NOT_USED = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
# plotly.js makes an empty style element and fills it through the object model; this is the hash of nothing.
EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

# The style sheet that the renderer of Dash 4.4.1 puts into a page; a browser test says when others come.
DASH_STYLE = "'sha256-Do5Z9ZqsPvCQTUBQS9BnDm/2+on7omuzuLYk5sbA+2s='"

Text = Annotated[str, Field(max_length=MAX_TEXT)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Output(_Strict):
    id: Text
    property: Text


class _Choice(_Strict):
    view: View
    query: dict[Text, Text] = Field(default={}, max_length=MAX_PARAMETERS)
    embed: bool = False
    n: int = 0


class _ChoiceInput(_Strict):
    id: Literal["keuze", "keuze-erbij"]
    property: Literal["data"]
    value: _Choice


class _PageInput(_Strict):
    id: Literal["_pages_location"]
    property: Literal["pathname", "search"]
    value: Annotated[str, Field(max_length=MAX_TEXT * MAX_PARAMETERS)]


class _Callback(_Strict):
    changedPropIds: list[Text] = Field(default=[], max_length=4)
    parsedChangedPropsIds: list[Text] = Field(default=[], max_length=4)
    state: list[Any] = Field(default=[], max_length=0)


class _NewChoice(_Callback):
    """A visitor chose something: the page is drawn again, and after it what stands below its card."""

    output: Literal["pagina.children", "erbij.children"]
    outputs: _Output
    inputs: list[_ChoiceInput] = Field(min_length=1, max_length=1)


class _NewPage(_Callback):
    """Dash's own router: the first drawing of a page."""

    output: Literal[".._pages_content.children..._pages_store.data.."]
    outputs: list[_Output] = Field(max_length=2)
    inputs: list[_PageInput] = Field(min_length=2, max_length=2)


_BODY: TypeAdapter[_NewChoice | _NewPage] = TypeAdapter(Annotated[_NewChoice | _NewPage, Field(discriminator="output")])


def refusal_of(request: Request) -> str:
    """Why a request to Dash's callback address cannot be answered, in Dutch; '' when it can."""
    if not request.is_json:
        return "Deze aanvraag is niet te gebruiken: het inhoudstype (Content-Type) is geen JSON en klopt niet."
    try:
        body = _BODY.validate_json(request.get_data())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part not in _NAMES)
        return f"Deze aanvraag is niet te gebruiken: {place or 'inhoud'} klopt niet."
    if isinstance(body, _NewPage):
        # Dash's router fails on a path outside this site.
        paths = [each.value for each in body.inputs if each.property == "pathname"]
        if len(paths) != 1 or not paths[0].startswith(bare("")):
            return "Deze aanvraag is niet te gebruiken: pathname klopt niet."
    outputs = body.outputs if isinstance(body.outputs, list) else [body.outputs]
    given = "...".join(f"{each.id}.{each.property}" for each in outputs)
    return "" if given == body.output.strip(".") else "Deze aanvraag is niet te gebruiken: outputs klopt niet."


_NAMES = {name for kind in (_NewChoice, _NewPage) for name in kind.model_fields["output"].annotation.__args__}  # type: ignore[union-attr]


def content_policy(script_hashes: Iterable[str], frame_ancestors: str) -> str:
    """The Content-Security-Policy of every answer.

    Args:
        script_hashes: of the scripts that Dash writes into a page.
        frame_ancestors: which sites may frame a page.
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": " ".join(["'self'", EMPTY, DASH_STYLE]),
        "style-src-attr": "'none'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": _with_self(frame_ancestors),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _with_self(frame_ancestors: str) -> str:
    """A list of sites always holds this one too: a card shows its own embed as a preview."""
    if frame_ancestors in ("*", "'none'") or "'self'" in frame_ancestors.split():
        return frame_ancestors
    return f"'self' {frame_ancestors}"


def security_text(contact: str, today: date) -> str:
    """The text of security.txt (RFC 9116): where to report a weak spot, for the half year to come.

    Args:
        contact: `mailto:...` or `https://...`.
        today: from which it holds.
    """
    until = datetime.combine(today, time(), UTC) + timedelta(seconds=HALF_A_YEAR)
    return f"Contact: {contact}\nExpires: {until.isoformat()}\nPreferred-Languages: nl, en\n"


def harden(response: Response, policy: str, *, secure: bool) -> Response:
    """Put the headers of every answer on it.

    Args:
        response: the answer.
        policy: its Content-Security-Policy.
        secure: whether the visitor came over TLS.
    """
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Permissions-Policy"] = ", ".join(f"{name}=()" for name in NOT_USED)
    if secure:
        response.headers["Strict-Transport-Security"] = f"max-age={HALF_A_YEAR}"
    return response
