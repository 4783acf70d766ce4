"""What visitors get from a running server while something goes wrong: the right figures, or an honest word."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import releases
from data.release import Release
from server.worker import ASKED_WITHIN
from tests.data.on_disk import put
from tests.pages.visiting import AM, ASKED, Got, ask, visitors
from tests.running import Server, serving

AT_ONCE = 6
THREADS = AT_ONCE + 16
WORKERS = 2
ONE, OTHER = "statline-1", "statline-2"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, release: Release) -> Path:
    """Two releases: the figures as they are, and with each count a thousand higher."""
    folder = tmp_path_factory.mktemp("leveringen")
    counts = release.figures["eenheid"].eq("aantal") & release.figures["waarde"].notna()
    figures = release.figures.assign(waarde=release.figures["waarde"] + 1000 * counts)
    totals = release.observations
    higher = totals["eenheid"].eq("aantal") & totals["waarde"].notna()
    changed = release.with_figures(figures, totals.assign(waarde=totals["waarde"] + 1000 * higher))
    put(folder, changed, OTHER)
    put(folder, release, ONE)
    return folder


@pytest.fixture(scope="module")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("log") / "log"
    settings = {"IMPACTMONITOR_DATA": str(root), "MAX_AT_ONCE": str(AT_ONCE), "WEB_CONCURRENCY": str(WORKERS)}
    with serving(log, **settings) as running:
        yield running
    text = log.read_text()
    assert "Traceback" not in text
    assert " ERROR " not in text


def workers(server: Server) -> set[int]:
    found = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=False)
    return set(map(int, found.stdout.split()))


def until(seconds: float, holds: object) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def put_in_use(server: Server, root: Path, name: str) -> None:
    """Put a release in use; back when every worker has said that it serves it (answers alone do not tell of all)."""
    before = len(server.log.read_text())
    releases.use(root, name)
    said = re.compile(rf"\[(\d+)\] INFO Levering {name} is in gebruik\.")
    assert until(60, lambda: workers(server) <= set(map(int, said.findall(server.log.read_text()[before:]))))


def known(server: Server, root: Path, name: str) -> dict[str, bytes]:
    """The right answer to each question, from a server at rest."""
    put_in_use(server, root, name)
    found = {path: ask(server, path) for path in ASKED}
    assert {status for status, _ in found.values()} == {200}
    return {path: body for path, (_, body) in found.items()}


def test_a_worker_that_is_killed_costs_at_most_what_it_was_answering(server: Server, root: Path) -> None:
    right = known(server, root, ONE)
    many = 4
    with visitors(server, many) as got:
        for _ in range(3):
            before = workers(server)
            assert len(before) == WORKERS
            os.kill(min(before), signal.SIGKILL)
            assert until(30, lambda there=before: len(workers(server) - there) == 1 and len(workers(server)) == WORKERS)
            seen = got.count
            assert until(30, lambda more=seen: got.count > more + 20), "the others go on"
    assert len(got.lost) <= 3 * many, got.lost
    assert got.statuses() == {200}
    for path in ASKED:
        assert got.bodies(path) == {right[path]}, f"a wrong answer to {path}"
    assert ask(server, "/healthz")[0] == 200


def test_a_release_that_takes_over_fails_nobody_and_mixes_nothing(server: Server, root: Path) -> None:
    one, other = known(server, root, ONE), known(server, root, OTHER)
    assert all(one[path] != other[path] for path in ASKED), "the answers must tell which release they are of"
    with visitors(server, 4) as got:
        for name in (ONE, OTHER, ONE, OTHER):
            put_in_use(server, root, name)
            seen = got.count
            assert until(30, lambda more=seen: got.count > more + 20)
    assert got.lost == []
    assert got.statuses() == {200}
    for path in ASKED:
        assert got.bodies(path) == {one[path], other[path]}, (
            f"an answer to {path} is of neither release, or of one only"
        )


def test_far_too_many_get_an_honest_word_and_it_is_over_when_they_are_gone(server: Server, root: Path) -> None:
    right = known(server, root, ONE)
    slowest = 0.0
    with visitors(server, 60) as got:
        for _ in range(10):
            begin = time.monotonic()
            assert ask(server, "/healthz")[0] == 200
            slowest = max(slowest, time.monotonic() - begin)
            time.sleep(0.2)
    assert got.statuses() == {200, 503}, "all were served: the flood was none"
    assert got.lost == []
    for path in ASKED:
        assert got.bodies(path) <= {right[path]}
    assert slowest < 10
    assert "Te druk" in server.log.read_text()
    assert [ask(server, path)[0] for path in ASKED for _ in range(5)] == [200] * 5 * len(ASKED)


def connect(server: Server) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    line.sendall(b"GET /landelijk HTTP/1.1\r\nHost: localhost\r\nX-A: ")
    return line


@pytest.mark.load
def test_slow_clients_do_not_keep_others_from_being_served(server: Server) -> None:
    """More than there are threads; each sends a letter now and then, as such an attack does."""
    lines = [connect(server) for _ in range(WORKERS * THREADS)]
    try:
        time.sleep(1)
        begin = time.monotonic()
        assert ask(server, "/landelijk")[0] == 200
        assert time.monotonic() - begin < 30, "the patience of the server has an end"
        assert until(30, lambda: all(gone(line) for line in lines))
    finally:
        for line in lines:
            line.close()


def gone(line: socket.socket) -> bool:
    """Whether the server closed a connection; one letter more is sent on one that it did not."""
    line.settimeout(0.001)
    try:
        line.sendall(b"a")
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_a_slow_body_is_not_waited_for_either(server: Server) -> None:
    head = b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    lines = []
    for _ in range(THREADS - 2):  # so that a thread is left, also when one worker gets them all
        line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        line.sendall(head + b"Content-Length: 100\r\n\r\n{")
        lines.append(line)
    time.sleep(0.5)
    begin = time.monotonic()
    assert [ask(server, path)[0] for path in ASKED] == [200] * len(ASKED), "they count as work only once all is there"
    assert time.monotonic() - begin < ASKED_WITHIN, "nobody waits for them"
    for line in lines:
        line.close()


POST = b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = {
    "no request at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "an address without end": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long query": b"GET /landelijk?regio=" + b"NL01," * 750 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header without end": b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 5_000 + b"\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "a zero byte": b"GET /\x00 HTTP/1.1\r\nHost: x\x00\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a method of its own": b"BREW /landelijk HTTP/1.1\r\nHost: x\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a length below nothing": POST + b"Content-Length: -1\r\n\r\n{}",
    "a length of thousands of digits": POST + b"Content-Length: " + b"9" * 6_000 + b"\r\n\r\n{}",
    "a body too large, by its length": POST + b"Content-Length: 9000000\r\n\r\n" + b"a" * 9_000_000,
    "a body too large, in chunks": CHUNKED + b"8000\r\n" + b"a" * 32_768 + b"\r\n1\r\na\r\n0\r\n\r\n",
    "a chunk without a size": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk that is shorter than it says": CHUNKED + b"5\r\n{}\r\n0\r\n\r\n",
    "a chunk without an end": CHUNKED + b"2\r\n{}xx",
    "a body that is no JSON": POST + b"Content-Length: 4\r\n\r\n\xff\xfe\x00{",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_giant_or_broken_request_is_refused_without_a_trace(name: str, server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        try:
            line.sendall(BROKEN[name])
            line.shutdown(socket.SHUT_WR)
        except OSError:  # it closed before all was sent
            pass
        answer = b""
        try:
            while more := line.recv(65_536):
                answer += more
        except OSError:  # bytes of ours that nobody read end the connection for both
            pass
    status = re.match(rb"HTTP/1\.\d (\d{3}) ", answer)
    accepted = name == "a long query"  # the page, with a notice about what it does not know
    assert status is None or status[1].startswith(b"2" if accepted else b"4"), answer[:200]
    assert status is not None or name in ("a body too large, by its length", "a header without end"), "no answer at all"
    assert b"Traceback" not in answer
    assert ask(server, "/healthz") == (200, b"ok\n")


def test_a_coding_that_nobody_knows_is_not_implemented(server: Server) -> None:
    """The one answer above 500 that the standard wants (RFC 9112, 6.1): it is about the request."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(POST + b"Transfer-Encoding: banana\r\n\r\n{}")
        assert re.match(rb"HTTP/1\.1 (400|501) ", line.recv(65_536))


def test_the_log_names_no_visitor(server: Server) -> None:
    ask(server, f"/csv/landelijk/{AM}")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(BROKEN["a header without a name"])
        line.recv(65_536)
    lines = server.log.read_text().splitlines()
    assert any("Invalid request" in line for line in lines)
    assert [line for line in lines if "127.0.0.1" in line and "Listening" not in line] == []


# --- a disk that is full ---


def test_without_room_for_a_log_the_figures_are_served(root: Path) -> None:
    """All that it writes goes to a device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    releases.use(root, ONE)
    with serving(Path("/dev/full"), IMPACTMONITOR_DATA=str(root)) as server:
        for path in ASKED * 2:
            status, body = ask(server, path)
            assert (status, b"Traceback" in body) == (200, False)
        got: Got
        with visitors(server, 3) as got:
            releases.use(root, OTHER)
            assert until(60, lambda: OTHER.encode() in ask(server, "/readyz")[1])
        assert (got.lost, got.statuses()) == ([], {200})
