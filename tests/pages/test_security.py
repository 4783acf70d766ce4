"""Headers, limits, and what comes in at Dash's callback address."""

from __future__ import annotations

import csv
import gzip
import http.client
import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.security import content_policy, security_text
from settings import SettingError, parse_contact, parse_proxies
from tests.reading import parse
from tests.running import serving

Run = Callable[..., subprocess.CompletedProcess[str]]

CALLBACK = "/_dash-update-component"
EVERYWHERE = ["/", "/landelijk", "/regionaal?regio=GM1731", "/toelichting", "/bestaat-niet", "/healthz",
              "/download/cijfers.csv", "/csv/landelijk/bestaat-niet", "/_dash-layout"]  # fmt: skip


def good(**changes: Any) -> dict[str, Any]:
    return {
        "output": "pagina.children",
        "outputs": {"id": "pagina", "property": "children"},
        "inputs": [{"id": "keuze", "property": "data", "value": {"view": "landelijk", "query": {}, "n": 1}}],
        "changedPropIds": ["keuze.data"],
        "state": [],
    } | changes


def rules(header: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (rule.split() for rule in header.split(";"))}


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    policy = rules(answer.headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["style-src-attr"] == ["'none'"]
    assert policy["connect-src"] == policy["form-action"] == policy["font-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["*"]
    for name in ("script-src", "style-src"):
        assert all(source == "'self'" or source.startswith("'sha256-") for source in policy[name])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    for absent in ("X-Frame-Options", "Set-Cookie", "Strict-Transport-Security", "X-Powered-By"):
        assert absent not in answer.headers


def test_no_page_has_a_script_in_its_text_and_the_policy_allows_none(client: FlaskClient) -> None:
    answer = client.get("/landelijk")
    assert rules(answer.headers["Content-Security-Policy"])["script-src"] == ["'self'"]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.get_data(as_text=True), flags=re.S)
    assert [text for attributes, text in scripts if "application/json" not in attributes] == [""]
    assert len(scripts) == 3


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_page_has_a_style_or_a_handler_in_its_mark_up(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    if answer.content_type.startswith("text/html"):
        assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.get_data(as_text=True))
        assert "<style" not in answer.get_data(as_text=True)


def test_behind_tls_a_browser_is_told_to_stay_there(client: FlaskClient) -> None:
    answer = client.get("/", base_url="https://voorbeeld.nl")
    assert re.fullmatch(r"max-age=\d{7,}", answer.headers["Strict-Transport-Security"])


def test_the_callback_of_the_page_is_answered(client: FlaskClient) -> None:
    assert client.post(CALLBACK, json=good()).status_code == 200


def value(**changes: Any) -> list[dict[str, Any]]:
    return [{"id": "keuze", "property": "data", "value": {"view": "landelijk", "query": {}} | changes}]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"geen json", b"null", b"[]", b"5", b'"x"', b"\xff\xfe", b"[" * 5_000, b'{"output": NaN}',
        {}, good(output="iets.anders"), good(output="..pagina.children.."), good(output=None), good(output=["x"]),
        good(outputs={"id": "keuze", "property": "data"}), good(outputs=[]), good(outputs="pagina"),
        good(inputs=[]), good(inputs=None), good(inputs=value() * 2), good(inputs="x"), good(inputs=[None]),
        good(inputs=[{"id": {"type": "x", "index": 1}, "property": "data", "value": {}}]),
        good(inputs=[{"id": "keuze", "property": "data"}]),
        good(inputs=value(view="bestaat-niet")), good(inputs=value(view=["landelijk"])), good(inputs=value(view=None)),
        good(inputs=value(query="x")), good(inputs=value(query={"regio": None})), good(inputs=value(query={"maat": 1})),
        good(inputs=value(query={"regio": ["NL01"]})), good(inputs=value(query={"maat": {"a": 1}})),
        good(inputs=value(query={"regio": "x" * 600})), good(inputs=value(query={f"p{i}": "x" for i in range(21)})),
        good(inputs=value(n="1")), good(inputs=value(meer=1)),
        good(state=[{"id": "keuze", "property": "data", "value": 1}]), good(changedPropIds=["x"] * 50), good(meer=1),
    ],
)  # fmt: skip
def test_a_forged_callback_is_refused_with_a_reason(body: Any, client: FlaskClient) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body)
    answer = client.post(CALLBACK, data=data, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert re.fullmatch(r"Deze aanvraag is niet te gebruiken: .+ klopt niet\.\n", answer.get_data(as_text=True))


def router(*paths: str) -> dict[str, Any]:
    place = {"id": "_pages_location"}
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [place | {"property": "pathname", "value": path} for path in paths]
        + [place | {"property": "search", "value": ""}] * (2 - len(paths)),
    }


@pytest.mark.parametrize("paths", [("",), ("landelijk",), ("x/landelijk",), ("/", "/"), ()])
def test_the_router_takes_only_a_path_of_this_site(paths: tuple[str, ...], client: FlaskClient) -> None:
    answer = client.post(CALLBACK, json=router(*paths))
    assert answer.status_code == 400
    assert answer.get_data(as_text=True) == "Deze aanvraag is niet te gebruiken: pathname klopt niet.\n"
    assert client.post(CALLBACK, json=router("/landelijk")).status_code == 200


def test_the_router_has_one_name_for_its_outputs(client: FlaskClient) -> None:
    for output in ("_pages_content.children..._pages_store.data", ".._pages_store.data..._pages_content.children.."):
        assert client.post(CALLBACK, json=router("/landelijk") | {"output": output}).status_code == 400


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_callback_that_does_not_say_that_it_is_json_is_refused(kind: str, client: FlaskClient) -> None:
    answer = client.post(CALLBACK, data=json.dumps(good()), content_type=kind or None)
    assert answer.status_code == 400
    assert "Content-Type" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "data",
    [json.dumps(good()).encode("utf-16"), b"\xef\xbb\xbf" + json.dumps(good()).encode(),
     json.dumps(good()).encode().replace(b"landelijk", b"\xe9"), gzip.compress(json.dumps(good()).encode()),
     json.dumps(good())[:-1].encode() + b', "output": "x"}',
     json.dumps(good()).encode().replace(b'"n": 1', b'"n": 1e400')],
    ids=["utf-16", "byte order mark", "latin-1", "gzip", "twice the same name", "a number that is too large"],
)  # fmt: skip
def test_a_callback_in_another_encoding_is_refused(data: bytes, client: FlaskClient) -> None:
    answer = client.post(CALLBACK, data=data, content_type="application/json")
    assert answer.status_code == 400
    assert "klopt niet" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["dash/deps/x.js", "x/y.js", "dash/../app.py"])
def test_a_script_that_dash_does_not_have_is_not_there(path: str, client: FlaskClient) -> None:
    assert client.get(f"/_dash-component-suites/{path}").status_code == 404


def test_a_list_of_sites_that_may_frame_holds_this_one() -> None:
    def ancestors(setting: str) -> list[str]:
        return rules(content_policy([], setting))["frame-ancestors"]

    assert ancestors("https://intranet.nl") == ["'self'", "https://intranet.nl"]
    assert ancestors("https://a.nl 'self'") == ["https://a.nl", "'self'"]
    assert ancestors("*") == ["*"]
    assert ancestors("'none'") == ["'none'"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_the_callback_address_takes_nothing_but_a_post(method: str, client: FlaskClient) -> None:
    assert client.open(CALLBACK, method=method).status_code in (404, 405)


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post(CALLBACK, data=b"x" * 100_000, content_type="application/json")
    assert answer.status_code == 413
    assert "Traceback" not in answer.get_data(as_text=True)


# --- where to report a weak spot ---


def test_security_txt_has_what_the_standard_demands() -> None:
    lines = dict(line.split(": ", 1) for line in security_text("mailto:a@b.nl", date(2026, 11, 22)).splitlines())
    assert lines["Contact"] == "mailto:a@b.nl"
    assert datetime.fromisoformat(lines["Expires"]) == datetime(2027, 5, 21, tzinfo=UTC)


def test_without_a_contact_there_is_no_security_txt(client: FlaskClient) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


def test_with_a_contact_there_is_one(run: Run) -> None:
    code = "import app; print(app.server.test_client().get('/.well-known/security.txt').get_data(as_text=True))"
    assert "Contact: mailto:veilig@voorbeeld.nl\n" in run(code, SECURITY_CONTACT="veilig@voorbeeld.nl").stdout


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("a@b.nl", "mailto:a@b.nl"),
        ("mailto:a@b.nl", "mailto:a@b.nl"),
        ("https://b.nl/meld", "https://b.nl/meld"),
    ],
)
def test_the_contact_is_an_address(given: str, kept: str) -> None:
    assert parse_contact("SECURITY_CONTACT", given) == kept


@pytest.mark.parametrize("given", ["a", "http://b.nl", "a@b", "a@b.nl\nContact: c@d.nl", "javascript:alert(1)"])
def test_a_contact_that_is_no_address_stops_the_start(given: str) -> None:
    with pytest.raises(SettingError, match="SECURITY_CONTACT"):
        parse_contact("SECURITY_CONTACT", given)


def test_robots_may_read_the_pages(client: FlaskClient) -> None:
    assert client.get("/robots.txt").get_data(as_text=True) == "User-agent: *\nDisallow: /_dash-\n"


# --- which proxies are believed ---


@pytest.mark.parametrize(
    ("given", "kept"),
    [("127.0.0.1, ::1", "127.0.0.1/32,::1/128"), ("10.0.0.0/8", "10.0.0.0/8"), ("*", "*")],
)
def test_proxies_are_addresses_and_networks(given: str, kept: str) -> None:
    assert parse_proxies(given) == kept


@pytest.mark.parametrize("given", ["proxy", "10.0.0.1/8", "127.0.0.1,,::1", "*,::1", "1.2.3.4:80"])
def test_proxies_that_are_none_stop_the_start(given: str) -> None:
    with pytest.raises(SettingError, match="FORWARDED_ALLOW_IPS"):
        parse_proxies(given)


def test_only_a_proxy_that_is_declared_is_believed(tmp_path: Path) -> None:
    """About the scheme, and about nothing else; one that is not declared about nothing."""

    def asked(**settings: str) -> tuple[str | None, str]:
        with serving(tmp_path / "log", WEB_CONCURRENCY="1", **settings) as server:
            headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kwaad.nl", "X-Forwarded-Prefix": "/kwaad",
                       "Script-Name": "/kwaad", "Host": "cijfers.nl"}  # fmt: skip
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            connection.request("GET", "/landelijk?periode=2019HJ02", headers=headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            connection.close()
            assert answer.status == 200
            assert "kwaad" not in page + str(answer.headers)
            return answer.headers["Strict-Transport-Security"], parse(page).one("textarea", id="delen-link").text()

    hsts, link = asked(FORWARDED_ALLOW_IPS="127.0.0.1")
    assert hsts is not None
    assert link.startswith("https://cijfers.nl/landelijk?")
    hsts, link = asked(FORWARDED_ALLOW_IPS="192.0.2.0/24")
    assert hsts is None
    assert link.startswith("http://cijfers.nl/landelijk?")


# --- files ---


@pytest.mark.parametrize(
    "address",
    ["/csv/landelijk/aantal-adviezen-en-meldingen?formaat=machine", "/csv/regionaal/profiel?regio=GM1731",
     "/csv/regionaal/kerncijfers-veilig-thuis?regio=VT02,VT25,VT23,VT01", "/download/cijfers.csv",
     "/download/cijfers.csv?formaat=mensen", "/download/revisies.csv", "/rapport/GM1731.pdf",
     "/xlsx/tijdreeksen/aantal-adviezen-en-meldingen", "/svg/landelijk/recidive-plegers"],
)  # fmt: skip
def test_a_file_has_a_safe_name_and_no_cell_that_starts_a_formula(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    name = answer.headers["Content-Disposition"].removeprefix("attachment; filename=")
    assert re.fullmatch(r'"[a-z0-9_-]{1,200}\.(csv|xlsx|svg|pdf)"', name)
    if answer.content_type.startswith("text/csv"):
        text = answer.get_data().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
        assert len(rows) > 1
        numbers = [cell for row in rows for cell in row if re.fullmatch(r"-(\d[\d.,]*)?", cell)]
        begin = {cell[0] for row in rows for cell in row if cell and cell not in numbers}
        assert begin.isdisjoint("=+-@\t\r\n")
