"""The worker of gunicorn, which lets go of a client that takes too long to ask.

A worker with threads waits for ever for the rest of a request, so that a few slow clients would hold all of its
threads. Here a request, with its body, must be there within some seconds; until then it is not counted as work
(crowd.py). A proxy that takes in requests before it passes them on does this better, but not everybody has one.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gunicorn.workers.gthread import ThreadWorker

from server.security import MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ASKED_WITHIN = 10.0
"""Seconds from the moment that a thread takes up a connection to the last byte of its request."""


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """As gunicorn's own, with an end to its patience."""

    wsgi: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._asking: dict[socket.socket, float] = {}

    def load_wsgi(self) -> None:
        """Load the app; what it reads is there before it begins."""
        super().load_wsgi()
        app: Any = self.wsgi

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            # One that says that it is larger is refused by the app, without being read.
            if int(environ.get("CONTENT_LENGTH") or 0) <= MAX_BODY:
                environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(MAX_BODY + 1))
            self._asking.pop(environ["gunicorn.socket"], None)
            found: Iterable[bytes] = app(environ, start_response)
            return found

        self.wsgi = answer

    def handle(self, conn: Any) -> Any:
        """Take up a connection on which something is asked."""
        client = conn.sock
        self._asking[client] = time.monotonic() + ASKED_WITHIN
        try:
            return super().handle(conn)
        finally:
            self._asking.pop(client, None)

    def murder_pending(self) -> None:
        """Once a second: close what waits too long. The thread that reads from it then finds the end of the request."""
        super().murder_pending()
        now = time.monotonic()
        for client, until in self._asking.copy().items():
            if until < now:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that is none; the log does not get the address of the visitor."""
        super().handle_error(req, client, ("-", 0), exc)
