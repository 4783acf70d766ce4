"""A stand-in for the CBS service in OData v4 form, which can be told to fail.

python -m tests.statline.server --scale 1.0 --port 8099
CBS_ODATA_URL=http://127.0.0.1:8099 IMPACTMONITOR_DATA=/tmp/cijfers python -m data refresh
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.statline.world import Dim, Name, Table, World

PER_PAGE = 100_000


@dataclass(frozen=True)
class Fault:
    """What goes wrong, in which table, from which page of observations on (1 is the first), and how often.

    Kinds: http500, cut, json, dropped (the connection is closed before the answer), fewer (there is no next page,
    though there should be), measure (one that is needed is gone from the metadata), lost (and
    from the observations), slow, html (a page of text with 200), changed
    (Properties says something else each time), gone (404), twice (a page is repeated under another address).
    """

    kind: str
    table: str
    page: int = 1
    times: int = 10**9


class StandIn(ThreadingHTTPServer):
    """The server; `requests` counts what was asked for."""

    daemon_threads = True

    def __init__(self, world: World, port: int = 0, per_page: int = PER_PAGE, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.world, self.per_page = world, per_page
        self.faults: Counter[Fault] = Counter({fault: fault.times for fault in faults})
        self.requests: list[str] = []
        self.pages: dict[tuple[str, int], bytes] = {}
        self.asked: Counter[str] = Counter()

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_address[1]}/odata/v1/CBS"

    def fault(self, kind: str, table: str, page: int = 0) -> bool:
        """Whether a fault is due; each time uses it up."""
        for fault, left in self.faults.items():
            if (fault.kind, fault.table) == (kind, table) and (not page or page >= fault.page) and left > 0:
                self.faults[fault] -= 1
                return True
        return False

    def lost(self, table: str) -> bool:
        """Whether the first measure of a table is gone without a trace."""
        return any((fault.kind, fault.table) == ("lost", table) for fault in self.faults)

    def count(self, table: Table) -> int:
        """How many observations a table says it has."""
        gone = (table.frame["Measure"] == table.measures[0].code).sum() if self.lost(table.id) else 0
        return table.count - int(gone)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error here."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server: StandIn

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say."""

    def do_GET(self) -> None:
        """Answer a request."""
        address = urlsplit(self.path)
        found = re.fullmatch(r"/odata/v1/CBS/(\w+)/(\w+)", address.path)
        self.server.requests.append(self.path)
        table = self.server.world.tables.get(found[1]) if found else None
        if not found or table is None or self.server.fault("gone", found[1]):
            return self._send(404, b'{"error":{"code":"404","message":"Resource not found"}}')
        if found[2] == "Observations":
            return self._observations(table, parse_qs(address.query))
        body = entity(self.server, table, found[2])
        if body is None:
            return self._send(404, b'{"error":{"code":"404","message":"Resource not found"}}')
        return self._send(200, json.dumps(body, ensure_ascii=False).encode())

    def _observations(self, table: Table, query: dict[str, list[str]]) -> None:
        server = self.server
        start = int(query.get("$skip", ["0"])[0])
        page = start // server.per_page + 1
        if server.fault("slow", table.id, page):
            time.sleep(0.3)
        if server.fault("dropped", table.id, page):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if server.fault("http500", table.id, page):
            return self._send(500, b"Internal Server Error")
        if server.fault("html", table.id, page):
            return self._send(200, b"<html>Even geduld</html>")
        body = self._page(table, start)
        if server.fault("json", table.id, page):
            return self._send(200, body[: len(body) // 2])
        return self._send(200, body, cut=server.fault("cut", table.id, page))

    def _page(self, table: Table, start: int) -> bytes:
        server = self.server
        if (table.id, start) not in server.pages:
            page = start // server.per_page + 1
            from_ = 0 if page > 1 and server.fault("twice", table.id, page) else start
            frame = table.frame
            if server.lost(table.id):
                frame = frame[frame["Measure"] != table.measures[0].code]
            rows = frame.iloc[from_ : from_ + server.per_page].to_json(orient="records", double_precision=10)
            head = f'{{"@odata.context":"{server.address}/{table.id}/$metadata#Observations","value":{rows}'
            end = start + server.per_page
            more = end < len(frame) and not server.fault("fewer", table.id, page)
            link = f',"@odata.nextLink":"{server.address}/{table.id}/Observations?$skip={end}"' if more else ""
            server.pages[table.id, start] = f"{head}{link}}}".encode()
        return server.pages[table.id, start]

    def _send(self, status: int, body: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", "application/json; odata.metadata=minimal")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if cut:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.wfile.write(body)


def entity(server: StandIn, table: Table, name: str) -> dict[str, Any] | None:
    """The answer of an entity set other than the observations; None for one that there is not."""
    context = {"@odata.context": f"{server.address}/{table.id}/$metadata#{name}"}
    measures = table.measures
    if server.fault("measure", table.id) or server.lost(table.id):
        measures = measures[1:]
    groups = sorted({m.group for m in measures})
    if name == "Properties":
        server.asked[table.id] += 1
        changed = server.fault("changed", table.id)
        modified = f"2025-11-01T00:00:{server.asked[table.id]:02d}" if changed else table.modified
        return context | {
            "Identifier": table.id, "Title": table.title, "Description": "Over Veilig Thuis.", "Language": "nl",
            "Modified": modified, "ObservationsModified": modified, "ObservationCount": server.count(table),
            "Status": "Regulier", "License": "https://creativecommons.org/licenses/by/4.0/",
        }  # fmt: skip
    if name == "Dimensions":
        rows = [{"Identifier": d.id, "Title": d.title, "Description": None, "Kind": d.kind, "MapYear": None} for d in
                table.dims]  # fmt: skip
        return context | {"value": rows}
    if name == "MeasureGroups":
        rows = [{"Id": f"G{n}", "Title": g, "Description": None, "ParentId": None} for n, g in enumerate(groups)]
        return context | {"value": [_identified(row) for row in rows]}
    if name == "MeasureCodes":
        units = {"aantal": "aantal", "%": "%"}
        rows = [
            {"Identifier": m.code, "Title": m.title, "Description": f"Over {m.title.strip()}.",
             "MeasureGroupId": f"G{groups.index(m.group)}", "DataType": "Double", "Decimals": m.decimals,
             "Unit": units.get(m.unit, "per 100 000 inwoners"), "PresentationType": "Relative"}
            for m in measures
        ]  # fmt: skip
        return context | {"value": rows}
    for dimension in table.dims:
        if name == f"{dimension.id}Codes":
            return context | {"value": [_member(dimension, n, server.world.spaces) for n in dimension.names]}
        if name == f"{dimension.id}Groups":
            rows = [{"Id": g, "Title": g, "Description": None, "ParentId": None} for g in _groups(dimension)]
            return context | {"value": [_identified(row) for row in rows]}
    return None


def _identified(row: dict[str, Any]) -> dict[str, Any]:
    return {"Identifier": row["Id"]} | row


def _groups(dimension: Dim) -> list[str]:
    return sorted({n.group for n in dimension.names if n.group})


def _member(dimension: Dim, name: Name, spaces: bool) -> dict[str, Any]:
    behind = "  " if spaces and dimension.kind == "GeoDimension" else ""
    row: dict[str, Any] = {"Identifier": name.code + behind, "Title": name.title, "Description": None,
                           "DimensionGroupId": name.group or None}  # fmt: skip
    if dimension.kind == "TimeDimension":
        written = {"definitief": ("Definitief", ""), "voorlopig": ("Voorlopig", "*"),
                   "nader voorlopig": ("NaderVoorlopig", "**")}[name.is_]  # fmt: skip
        row |= {"Status": written[0], "Title": name.title + written[1]}
    return row


@contextmanager
def serving(world: World, *faults: Fault, per_page: int = PER_PAGE) -> Iterator[StandIn]:
    """A stand-in that runs in a thread of its own."""
    server = StandIn(world, per_page=per_page, faults=faults)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Serve until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=0.01, help="1.0 is as large as the real tables")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--version", type=int, default=1, help="another version has revised figures")
    parser.add_argument("--plain", action="store_true", help="nothing that the catalogue does not know")
    parser.add_argument("--per-page", type=int, default=PER_PAGE)
    parser.add_argument("--fault", action="append", default=[], metavar="KIND:TABLE[:PAGE[:TIMES]]")
    options = parser.parse_args()
    faults = []
    for text in options.fault:
        kind, table, *rest = text.split(":")
        faults.append(Fault(kind, table, *map(int, rest)))
    world = World(options.scale, options.seed, strange=not options.plain, version=options.version)
    server = StandIn(world, options.port, options.per_page, tuple(faults))
    count = sum(table.count for table in world.tables.values())
    print(f"{count} waarnemingen: CBS_ODATA_URL={server.address}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
