"""The grade that the HTTP Observatory would give, behind TLS and with a list of sites that may frame."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.pages.observatory import Site, grade, points, score

Run = Callable[..., subprocess.CompletedProcess[str]]
HOST = "https://cijfers.voorbeeld.nl"
ASK = f"""
import json, app
client = app.server.test_client()
page = client.get("/", base_url="{HOST}")
asked = {{"Access-Control-Request-Method": "GET", "Origin": "https://elders.nl"}}
preflight = client.options("/", base_url="{HOST}", headers=asked)
print(json.dumps([list(page.headers), page.get_data(as_text=True), list(preflight.headers)]))
"""


@pytest.fixture(scope="module")
def site(run: Run) -> Site:
    """The app behind TLS; that plain http leads to TLS is up to the proxy before it (deploy/nginx)."""
    done = run(ASK, FRAME_ANCESTORS="https://intranet.voorbeeld.nl")
    assert done.returncode == 0, done.stderr
    headers, html, preflight = json.loads(done.stdout)
    return Site([tuple(h) for h in headers], html, f"{HOST}/", f"{HOST}/", [tuple(h) for h in preflight])


def test_the_site_gets_the_top_grade(site: Site) -> None:
    found = points(site)
    assert [name for name, each in found.items() if each < 0] == []
    # The strictest policy there is: everything forbidden, then what is needed, and nothing unsafe, styles included.
    assert found["content-security-policy"] == 10
    assert found["x-frame-options"] == found["referrer-policy"] == 5
    assert (score(site), grade(score(site))) == (120, "A+")


def _with(site: Site, name: str, value: str) -> Site:
    return replace(site, headers=[*(h for h in site.headers if h[0] != name), *([(name, value)] if value else [])])


@pytest.mark.parametrize(
    ("name", "value", "total"),
    [
        # What the published table takes away; without 90 points no bonus counts.
        ("Content-Security-Policy", "", 55),
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'", 115),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors *", 80),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-eval'; frame-ancestors *", 100),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'", 110),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors http://intranet.nl", 80),
        ("Strict-Transport-Security", "", 80),
        ("Strict-Transport-Security", "max-age=86400", 110),
        ("X-Content-Type-Options", "", 115),
        ("Referrer-Policy", "unsafe-url", 110),
        ("Set-Cookie", "a=b", 60),
    ],
)
def test_each_criterion_counts(site: Site, name: str, value: str, total: int) -> None:
    assert score(_with(site, name, value)) == total
