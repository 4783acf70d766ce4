"""Sees what goes wrong in a browser without a test looking at it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Watch:
    """Console errors and warnings, page errors, failed requests, and requests to another host."""

    def __init__(self, base: str) -> None:
        self.host = urlsplit(base).netloc
        self.seen: list[str] = []
        self.allowed: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"page error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def allow(self, pattern: str) -> None:
        """What a test brings about on purpose."""
        self.allowed.append(pattern)

    def check(self) -> None:
        wrong = [text for text in self.seen if not any(re.search(pattern, text) for pattern in self.allowed)]
        assert wrong == []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console {message.type}: {message.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.seen.append(f"{answer.status} {answer.url}")

    def _failed(self, request: Request) -> None:
        # A click on another link, or a download, ends what was under way.
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"failed request: {request.failure} {request.url}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.seen.append(f"request to another host: {request.url}")
