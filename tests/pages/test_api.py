"""The open API: the figures it gives, how it refuses, and how it may be kept. Values are those of the publications."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyjstat import pyjstat

from data import current
from data.release import Release
from data.text import slugify

ROOT = "/api/v1"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
DRENTHE = f"{ROOT}/cijfers?indicator={NATURE}&regio=PV22&periode=2023JJ00&maat=gestarte-adviezen"


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{ROOT}/cijfers?formaat=csv&{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_published_figure(client: FlaskClient) -> None:
    # StatLine 84851NED, Drenthe 2023
    (figure,) = client.get(f"{DRENTHE}&categorie=kindermishandeling").json["cijfers"]
    assert figure["waarde"] == 1605
    assert (figure["teken"], figure["status"], figure["regio_niveau"]) == ("", "voorlopig", "provincie")


def test_a_secret_figure_is_never_zero(client: FlaskClient) -> None:
    # The sign '.' stands 455 times in the published tables that come along, never with a number.
    everything = client.get(f"{ROOT}/cijfers?per_pagina=10000").json["cijfers"]
    signed = [figure for figure in everything if figure["teken"] == "."]
    assert len(signed) > 400
    assert {figure["waarde"] for figure in signed} == {None}
    assert {row["waarde"] for row in rows(client, "") if row["teken"] == "."} == {""}


def test_without_filters_it_is_the_file_of_all_figures(client: FlaskClient) -> None:
    assert client.get(f"{ROOT}/cijfers?formaat=csv").data == client.get("/download/cijfers.csv").data


def test_each_indicator_gives_its_own_figures_and_those_it_refers_to(client: FlaskClient, release: Release) -> None:
    every = rows(client, "")
    for slug, declared in release.catalogue.indicators.items():
        expected = [
            row
            for row in every
            if row["maat"] in declared.maten
            and (
                row["indicator"] == slug
                or any(
                    (row["indicator"] == r.indicator and row["maat"] in r.maten)
                    and row["kenmerk"] in ("Totaal", *r.kenmerken)
                    for r in declared.verwijst
                )
            )
        ]
        assert rows(client, f"indicator={slug}") == expected, slug


@pytest.mark.parametrize(
    ("query", "column", "allowed"),
    [
        ("regio=PV22,VT02&regio=NL01", "regio_code", {"PV22", "VT02", "NL01"}),
        ("niveau=gemeente", "regio_niveau", {"gemeente"}),
        ("periode=2019HJ01", "periode", {"2019HJ01"}),
        ("maat=gestarte-adviezen", "maat", {"Gestarte adviezen"}),
        ("eenheid=procent", "eenheid", {"%"}),
        ("status=nader-voorlopig", "status", {"nader voorlopig"}),
        ("kenmerk=totaal", "kenmerk", {"Totaal"}),
        ("categorie=kindermishandeling", "categorie", {"Kindermishandeling"}),
        ("bron=cbs-bvt-2019-2", "bron", {"cbs-bvt-2019-2"}),
    ],
)
def test_a_filter_gives_all_and_only_what_it_names(
    query: str, column: str, allowed: set[str], client: FlaskClient
) -> None:
    every = list(csv.DictReader(io.StringIO(client.get("/download/cijfers.csv").text)))
    assert rows(client, query) == [row for row in every if row[column] in allowed] != []


def test_pages_together_are_the_whole(client: FlaskClient) -> None:
    found: list[dict[str, Any]] = []
    at = f"{ROOT}/cijfers?niveau=veilig-thuis-regio&per_pagina=300"
    while at:
        page = client.get(at).json
        assert len(page["cijfers"]) <= 300
        found += page["cijfers"]
        at = page["links"].get("next", "")
    expected = rows(client, "niveau=veilig-thuis-regio")
    assert len(found) == page["totaal"] == len(expected)
    assert [f["bron"] + f["maat"] + f["regio_code"] for f in found] == [
        r["bron"] + r["maat"] + r["regio_code"] for r in expected
    ]


def test_a_page_beyond_the_last_is_empty(client: FlaskClient) -> None:
    page = client.get(f"{ROOT}/cijfers?pagina=999").json
    assert page["cijfers"] == []
    assert page["totaal"] > 2000
    assert "next" not in page["links"]


def test_every_link_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()

    def follow(told: Any) -> None:
        for name, value in (
            told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
        ):
            if name == "links":
                seen.update(value.values())
            else:
                follow(value)

    for name in ("", "/themas", "/perioden", "/revisies?per_pagina=1", f"/indicatoren/{NATURE}", "/regios/GM1731"):
        follow(client.get(ROOT + (name or "/")).json)
    assert len(seen) > 60
    for at in seen:
        path = at.removeprefix("http://localhost").partition("#")[0]
        assert client.get(path).status_code == 200, at


# --- what is known about the figures ---


def test_regions_are_those_of_a_year(client: FlaskClient) -> None:
    before, after = (
        {r["code"] for r in client.get(f"{ROOT}/regios?niveau=veilig-thuis-regio&jaar={year}").json["regios"]}
        for year in (2022, 2023)
    )
    # Brabant Noordoost (VT16) has no figures of its own from 2023 on.
    assert before - after == {"VT16"}
    drenthe = client.get(f"{ROOT}/regios/PV22").json
    assert {"jaar": 2019, "inwoners": 492167, "bronnen": ["cbs-inwoners-provincies"]} in drenthe["inwoners"]


def test_all_revisions(client: FlaskClient, release: Release) -> None:
    told = client.get(f"{ROOT}/revisies?per_pagina=10000").json
    assert told["totaal"] == len(told["revisies"]) == len(release.history)
    wrong = client.get(f"{ROOT}/revisies?periode=2019HJ01&regio=VT02").json["revisies"]
    assert {row["regio_code"] for row in wrong} == {"VT02"}


def test_an_indicator_tells_what_it_can_be_filtered_by(client: FlaskClient) -> None:
    told = client.get(f"{ROOT}/indicatoren/{NATURE}").json
    for measure in told["maten"]:
        assert client.get(f"{ROOT}/cijfers?indicator={NATURE}&maat={measure['id']}").status_code == 200
    assert told["cijfers"] == client.get(told["links"]["cijfers"]).json["totaal"] > 500


# --- refusals ---


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/cijfers?regio=XX99", 400, "XX99"),
        ("/cijfers?regio=", 400, "regio"),
        ("/cijfers?regio=NL01,", 400, "regio"),
        ("/cijfers?periode=2001HJ01", 400, "2001HJ01"),
        ("/cijfers?indicator=bestaat-niet", 400, "bestaat-niet"),
        ("/cijfers?maat=Gestarte%20adviezen", 400, "maat"),
        ("/cijfers?utm_source=x", 400, "utm_source"),
        ("/cijfers?pagina=0", 400, "pagina"),
        ("/cijfers?pagina=1.0", 400, "pagina"),
        ("/cijfers?pagina=1&pagina=2", 400, "meer dan eens"),
        ("/cijfers?per_pagina=10001", 400, "per_pagina"),
        ("/cijfers?formaat=xml", 400, "jsonstat"),
        ("/cijfers?regio=" + ",".join(["NL01"] * 300), 400, "Te veel"),
        ("/regios?niveau=dorp", 400, "dorp"),
        ("/regios?jaar=1", 400, "jaar"),
        ("/themas?x=1", 400, "Onbekende parameter x"),
        ("/revisies?periode=ooit", 400, "ooit"),
        ("/indicatoren/bestaat-niet", 404, "indicator"),
        ("/regios/XX99", 404, "regio"),
        ("/bestaat-niet", 404, "/api/v1/"),
        ("/cijfers/", 404, "/api/v1/"),
    ],
)
def test_a_refusal_says_why(path: str, status: int, reason: str, client: FlaskClient) -> None:
    answer = client.get(ROOT + path)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    told = answer.json
    assert set(told) == {"type", "title", "status", "detail", "instance"}
    assert told["status"] == status
    assert reason in told["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_is_only_for_reading(method: str, client: FlaskClient) -> None:
    answer = client.open(f"{ROOT}/cijfers", method=method)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_the_form_is_what_is_accepted(client: FlaskClient) -> None:
    def kind(accept: str, path: str = "/cijfers?per_pagina=1") -> tuple[int, str]:
        answer = client.get(ROOT + path, headers={"Accept": accept})
        return answer.status_code, answer.mimetype

    assert kind("*/*") == kind("application/json") == (200, "application/json")
    assert kind("text/csv") == (200, "text/csv")
    assert kind("image/png") == (406, "application/problem+json")
    assert kind("text/csv", "/regios") == (406, "application/problem+json")
    page = client.get(f"{ROOT}/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.headers["Location"]) == (303, "/api")
    assert client.get(ROOT).headers["Location"] == f"{ROOT}/"


def test_a_large_file_is_refused_with_a_way_out(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.api.v1.AT_ONCE", 100)
    answer = client.get(f"{ROOT}/cijfers?formaat=csv")
    assert answer.status_code == 400
    assert "cijfers.csv.gz" in answer.json["detail"]
    assert client.get(f"{ROOT}/cijfers?formaat=csv&per_pagina=500").status_code == 200


# --- headers ---


def test_an_answer_is_kept_until_the_next_release(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(DRENTHE)
    assert "max-age" in first.headers["Cache-Control"]
    monkeypatch.setattr("pages.api.v1.as_told", lambda *_: pytest.fail("the answer was made"))
    for header in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = client.get(DRENTHE, headers=header)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_a_release_without_a_known_day_has_no_date_made_up(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(DRENTHE).headers["Last-Modified"] == "Sun, 22 Nov 2026 00:00:00 GMT"
    monkeypatch.setattr("pages.api.v1.published", lambda _: None)
    answer = client.get(DRENTHE)
    assert answer.status_code == 200
    assert "Last-Modified" not in answer.headers


def test_another_form_or_release_has_another_tag(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get(DRENTHE).headers["ETag"]
    assert client.get(DRENTHE, headers={"Accept": "text/csv"}).headers["ETag"] != tag
    monkeypatch.setitem(current.release().__dict__, "name", "een-andere")
    assert client.get(DRENTHE).headers["ETag"] != tag


def test_any_site_may_read(client: FlaskClient) -> None:
    for at in (f"{ROOT}/themas", f"{ROOT}/bestaat-niet", "/download/cijfers.csv", f"/csv/landelijk/{NATURE}"):
        assert client.get(at).headers["Access-Control-Allow-Origin"] == "*", at
    before = client.options(f"{ROOT}/cijfers")
    assert before.status_code == 200
    assert "If-None-Match" in before.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_answers_are_compressed(client: FlaskClient) -> None:
    for at in (f"{ROOT}/indicatoren", f"{ROOT}/cijfers?formaat=csv"):
        assert client.get(at, headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_under_a_prefix(run: Callable[..., CompletedProcess[str]]) -> None:
    code = (
        "import app; c = app.server.test_client(); "
        "print(c.get('/x/api/v1/').json['links']['cijfers'], c.get('/x/api/v1/openapi.json').json['servers'], "
        "c.get('/x/api/v1/none').content_type, c.get('/api/v1/').status_code, c.get('/x/api').status_code, "
        "'http://localhost/x/csv/' in c.get('/x/landelijk').text)"
    )
    done = run(code, URL_PREFIX="/x/")
    assert done.stdout.split() == [
        "http://localhost/x/api/v1/cijfers", "[{'url':", "'/x/api/v1'}]", "application/problem+json", "404", "200",
        "True",
    ], done.stderr  # fmt: skip


# --- JSON-stat, read by a library that had no part in writing it ---


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")
def test_json_stat_holds_the_figures_of_the_csv(client: FlaskClient, release: Release) -> None:
    filled = [slug for slug, frame in release.by_indicator.items() if len(frame)]
    assert len(filled) > 20
    for slug in filled:
        told = client.get(f"{ROOT}/cijfers?indicator={slug}&formaat=jsonstat").text
        table = pyjstat.Dataset.read(told).write("dataframe", naming="id").dropna(subset=["value"])
        read = {tuple(row[:-1]): row[-1] for row in table.itertuples(index=False)}
        expected, signed = {}, 0
        for row in rows(client, f"indicator={slug}"):
            inside = row["kenmerk"] != "Totaal"
            key = (
                row["indicator"], release.catalogue.measures[row["maat"]].slug,
                f"{slugify(row['kenmerk'])}.{slugify(row['categorie'])}" if inside else "totaal",
                row["regio_code"], row["periode"], {"%": "procent"}.get(row["eenheid"], slugify(row["eenheid"])),
            )  # fmt: skip
            if row["waarde"]:
                expected[key] = float(row["waarde"])
            else:
                signed += 1
        assert read == expected, slug
        cube = json.loads(told)
        assert len(cube["status"]) == len(expected) + signed
        assert set(cube["value"]) <= set(cube["status"])


def test_json_stat_says_what_a_figure_is(client: FlaskClient) -> None:
    cube = client.get(f"{DRENTHE}&categorie=kindermishandeling&formaat=jsonstat").json
    assert cube["value"] == {"0": 1605}
    assert cube["status"] == {"0": "voorlopig"}
    assert cube["dimension"]["eenheid"]["category"]["unit"] == {"aantal": {"label": "aantal", "decimals": 0}}
    assert cube["dimension"]["regio"]["category"]["label"] == {"PV22": "Drenthe (provincie)"}
    assert cube["role"]["time"] == ["periode"]
    assert "Centraal Bureau voor de Statistiek" in cube["source"]
    assert cube["updated"] == "2026-11-22"
    assert any("geen 0" in note for note in cube["note"])


def test_the_json_stat_of_a_card_is_its_csv(client: FlaskClient) -> None:
    query = f"{NATURE}?regio=PV22&periode=2023JJ00&weergave=aandeel"
    cube = client.get(f"/jsonstat/regionaal/{query}").json
    written = list(csv.DictReader(io.StringIO(client.get(f"/csv/regionaal/{query}&formaat=machine").text)))
    assert sorted(cube["value"].values()) == sorted(float(row["Waarde"]) for row in written if row["Waarde"])
    assert len(cube["status"]) == len(written)
    computed = [status for status in cube["status"].values() if "berekend" in status]
    assert len(computed) == sum(row["Berekend"] == "ja" for row in written) > 0
    assert client.get(f"/jsonstat/regionaal/{NATURE}?regio=XX").status_code == 400
    assert client.get("/jsonstat/landelijk/bestaat-niet").status_code == 404
