"""When more ask at the same time than a process can answer: who comes then is told so at once, and how long to wait.

Without this everybody waits, for ever longer, also for the answer that the process lives. What was begun goes on, and
as soon as there is room the next one is answered: nothing has to be restarted.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("impactmonitor")
RETRY_AFTER = 5
"""Seconds after which it makes sense to ask again."""
TOLD_EVERY = 10.0
"""The log says it once in so many seconds."""


class Crowd:
    """A server that counts how many requests it works on.

    Args:
        app: the server itself.
        most: how many requests this process takes at the same time.
        refuse: the answer for one too many; it must cost next to nothing.
        always: what a path begins with that is answered in any case: health, and what costs next to nothing.
    """

    def __init__(
        self,
        app: WSGIApplication,
        most: int,
        refuse: Callable[[WSGIEnvironment], Response],
        always: tuple[str, ...],
    ) -> None:
        self._app, self._most, self._refuse, self._always = app, most, refuse, always
        self._lock = threading.Lock()
        self._inside = self._refused = 0
        self._silent = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or say that it is too busy."""
        if environ.get("PATH_INFO", "").startswith(self._always):
            return self._app(environ, start_response)
        if not self._enter():
            response = self._refuse(environ)
            response.headers["Retry-After"] = str(RETRY_AFTER)
            response.headers["Cache-Control"] = "no-store"
            return response(environ, start_response)
        try:
            return self._app(environ, start_response)
        finally:  # the answer is there; that it is sent is no work any more
            self._leave()

    def _enter(self) -> bool:
        with self._lock:
            if self._inside < self._most:
                self._inside += 1
                return True
            self._refused += 1
            now = time.monotonic()
            if now < self._silent:
                return False
            many, self._refused, self._silent = self._refused, 0, now + TOLD_EVERY
        log.warning("Te druk: %d verzoeken geweigerd sinds de vorige regel (meer dan %d tegelijk)", many, self._most)
        return False

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1
