"""Finished answers, kept as long as the release is current: the same question is not worked out twice."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Hashable
from hashlib import sha256
from threading import Lock

from flask import Flask, Request, Response, g, request

from components.address import address
from components.house_style import shelf
from data import current
from data.release import Release

MOST = 500  # answers of some 10 kB
KEPT_HEADERS = ("Content-Type", "Content-Encoding", "Vary", "ETag", "Cache-Control")


class Answers:
    """The answers that were asked for last, of one release."""

    def __init__(self) -> None:
        self._of: Release | None = None
        self._kept: OrderedDict[Hashable, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()

    def get(self, key: Hashable, release: Release) -> tuple[bytes, dict[str, str]] | None:
        """Body and headers of the answer to a question, if it is there and of this very release."""
        with self._lock:
            if self._of is not release:
                self._kept.clear()
                self._of = release
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, release: Release, body: bytes, headers: dict[str, str]) -> None:
        """Keep an answer, unless another release has come since; the one asked for longest ago goes."""
        with self._lock:
            if self._of is release:
                self._kept[key] = (body, headers)
                if len(self._kept) > MOST:
                    self._kept.popitem(last=False)


answers = Answers()


def question(asked: Request) -> Hashable | None:
    """What makes the answer to a request the same: None where it is not kept.

    Args:
        asked: a page, or Dash's callback for a new choice.
    """
    encoding = next((each for each in ("br", "gzip") if asked.accept_encodings[each]), "")
    page = asked.view_args is not None and ("path" in asked.view_args or asked.path == address(""))
    if asked.method == "GET" and page:
        return asked.host_url, asked.full_path, _look(), encoding
    if asked.method != "POST" or asked.path != address("_dash-update-component"):
        return None
    body = asked.get_json(silent=True)
    if not isinstance(body, dict) or body.get("output") not in ("pagina.children", "erbij.children"):
        return None
    chosen = {name: value for name, value in body["inputs"][0]["value"].items() if name != "n"}
    return asked.host_url, body["output"], json.dumps(chosen, sort_keys=True), _look(), encoding


def _look() -> tuple[str, str]:
    """The style of the request: its name, and the version, which changes with it."""
    look = shelf.current()
    return look.name, look.version


def keep_answers(server: Flask) -> None:
    """Answer from what is kept, after all other checks; pages also say so when a browser has them already.

    Args:
        server: whose checks before a request are there already, and those after a request are not.
    """

    @server.before_request
    def known() -> Response | None:
        g.question = question(request)
        g.release = current.release()
        found = answers.get(g.question, g.release) if g.question else None
        if not found:
            return None
        g.question = None
        body, headers = found
        return _conditional(Response(body, headers=headers))

    @server.after_request
    def keep(response: Response) -> Response:
        key = g.pop("question", None)
        if not key or response.status_code != 200 or response.is_streamed or g.get("fault"):
            return response
        body = response.get_data()
        if request.method == "GET":
            response.set_etag(sha256(body).hexdigest()[:20])
            response.headers["Cache-Control"] = "no-cache"
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        answers.put(key, g.release, body, headers)
        return _conditional(response)


def _conditional(response: Response) -> Response:
    """A page that the browser has is not sent again."""
    return response.make_conditional(request) if request.method == "GET" else response  # type: ignore[return-value]
