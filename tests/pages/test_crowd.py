"""More than a process can answer: told honestly, at once, and over as soon as there is room."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client
from werkzeug.wrappers import Response

import app
from server import front_end
from server.crowd import RETRY_AFTER, Crowd
from settings import SettingError, read_settings
from tests.reading import parse

AM = "aantal-adviezen-en-meldingen"


class Slow:
    """An app that answers once it may."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.inside = threading.Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/fout":
            raise RuntimeError("kapot")
        if environ["PATH_INFO"] != "/healthz":
            self.inside.release()
            assert self.may.wait(10)
        return Response("goed")(environ, start_response)


def refused(environ: dict[str, Any]) -> Response:
    return Response("druk", 503)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.may.set()


def test_one_too_many_is_told_at_once_and_the_others_get_their_answer(
    slow: Slow, caplog: pytest.LogCaptureFixture
) -> None:
    crowd = Crowd(slow, 2, refused, ("/healthz",))
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(Client(crowd).get("/").text)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert slow.inside.acquire(timeout=10)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            answer = Client(crowd).get("/")
            assert (answer.status_code, answer.text) == (503, "druk")
            assert int(answer.headers["Retry-After"]) == RETRY_AFTER
            assert answer.headers["Cache-Control"] == "no-store"
    assert len(caplog.records) == 1, "the log is not flooded as well"
    assert "Te druk" in caplog.text
    assert Client(crowd).get("/healthz").status_code == 200
    slow.may.set()
    for thread in threads:
        thread.join(10)
    assert answers == ["goed", "goed"]
    assert [Client(crowd).get("/").status_code for _ in range(3)] == [200] * 3, "there is room again"


def test_an_error_makes_room_as_well(slow: Slow) -> None:
    crowd = Crowd(slow, 1, refused, ())
    slow.may.set()
    for _ in range(3):
        with pytest.raises(RuntimeError):
            Client(crowd).get("/fout")
    assert Client(crowd).get("/").status_code == 200


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> FlaskClient:
    """The app without room for anybody."""
    monkeypatch.setattr(app.server.wsgi_app, "_most", 0)
    return client


@pytest.mark.parametrize("path", ["/", "/regionaal?regio=GM1731", f"/embed/landelijk/{AM}", "/bestaat-niet"])
def test_a_visitor_reads_it_in_plain_dutch(path: str, crowded: FlaskClient) -> None:
    answer = crowded.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.content_type) == (503, "text/html; charset=utf-8")
    assert int(answer.headers["Retry-After"]) == RETRY_AFTER
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    read = parse(answer.get_data(as_text=True))
    assert read.one("html")["lang"] == "nl"
    assert read.one("h1").text() == "Het is nu erg druk"
    assert "0800-2000" in read.text()
    assert read.one("main").all("a")[0]["href"] == "", "the same address again"
    assert read.all("script") == []
    for sheet in read.all("link", rel="stylesheet"):
        assert crowded.get(sheet["href"]).status_code == 200, "what is needed to read it is there"
    assert bool(read.all("base")) == path.startswith("/embed")


@pytest.mark.parametrize("path", [f"/csv/landelijk/{AM}", "/rapport/VT02.pdf", "/zoeken.json?q=x", "/download/x"])
def test_a_program_reads_a_line(path: str, crowded: FlaskClient) -> None:
    answer = crowded.get(path)
    assert (answer.status_code, answer.content_type) == (503, "text/plain; charset=utf-8")
    assert answer.text == "Het is nu erg druk. Probeer het over een paar seconden opnieuw.\n"


def test_a_choice_and_the_api_are_refused_in_their_own_way(crowded: FlaskClient) -> None:
    assert crowded.post("/_dash-update-component", json={}).status_code == 503
    answer = crowded.get("/api/v1/indicatoren", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert json.loads(answer.data)["title"] == "Het is nu erg druk"


def test_health_and_what_a_page_needs_are_always_there(crowded: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", front_end.sheet().address, front_end.own_part().address):
        assert crowded.get(path).status_code == 200
    assert crowded.get("/").status_code == 503


def test_how_many_is_a_setting() -> None:
    assert read_settings({}).at_once == 64
    assert read_settings({"MAX_AT_ONCE": "8"}).at_once == 8
    for wrong in ("0", "veel", "1001"):
        with pytest.raises(SettingError, match="MAX_AT_ONCE"):
            read_settings({"MAX_AT_ONCE": wrong})
