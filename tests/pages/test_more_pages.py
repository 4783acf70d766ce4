"""Overview, explanation, accountability, downloads and news: links, anchors, counts, texts and the feed."""

from __future__ import annotations

import csv
import gzip
import io
import re
import shutil
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

import app
from components.downloads import size_text
from components.news import moment
from data import current
from data.catalogue import load
from data.choice import choose
from data.coverage import crosses
from data.errors import DataError
from data.release import FOLDER

PAGES = ["/", "/model", "/toelichting", "/verantwoording", "/download", "/wat-is-nieuw", "/toegankelijkheid"]
ATOM = "{http://www.w3.org/2005/Atom}"


class Read(HTMLParser):
    """What the first answer holds: links, ids, text, and the words of the marks."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.alternates: list[dict[str, str | None]] = []
        self.marks: Counter[str] = Counter()
        self.ids: list[str] = []
        self.pieces: list[str] = []
        self.current: list[str] = []
        self.silent = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.silent = tag in ("script", "style")
        if tag == "a" and named.get("href"):
            self.links.append(named["href"] or "")
        if tag == "a" and named.get("aria-current") == "page":
            self.current.append(named["href"] or "")
        if tag == "a" and "kruis" in (named.get("class") or "").split():
            self.marks[(named.get("title") or "").split(": ")[1]] += 1
        if tag == "link" and named.get("rel") == "alternate":
            self.alternates.append(named)
        if named.get("id"):
            self.ids.append(named["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.silent and data.strip() != "Loading...":  # what Dash says before it starts
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.pieces)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app.server.test_client()


def read(client: FlaskClient, address: str) -> Read:
    return Read(client.get(address).get_data(as_text=True))


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_answers_and_every_anchor_exists(address: str, client: FlaskClient) -> None:
    for link in dict.fromkeys(read(client, address).links):
        if urlsplit(link).scheme:
            assert urlsplit(link).scheme in ("https", "tel"), link
            continue
        target, anchor = urldefrag(link)
        answer = client.get(target or address)
        assert answer.status_code == 200, link
        if anchor:
            assert anchor in Read(answer.get_data(as_text=True)).ids, link


@pytest.mark.parametrize("address", [*PAGES, "/api", "/landelijk", "/regionaal?regio=VT02", "/tijdreeksen"])
def test_an_id_stands_once(address: str, client: FlaskClient) -> None:
    ids = read(client, address).ids
    assert [name for name, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize("address", PAGES)
def test_texts_are_whole(address: str, client: FlaskClient) -> None:
    for piece in read(client, address).pieces:
        assert "  " not in piece, piece
        assert not re.search(r"\b(None|nan|NaN|inf|True|False)\b", piece), piece
        assert not re.search(r"\s[.,;:]|\.\.(?!\.)|,\.", piece.strip("., ")), piece


@pytest.mark.parametrize("address", PAGES)
def test_a_parameter_changes_nothing(address: str, client: FlaskClient) -> None:
    plain, other = client.get(address), client.get(f"{address}?utm_source=x&indicator=bestaat-niet")
    assert other.status_code == 200
    assert Read(other.get_data(as_text=True)).text == Read(plain.get_data(as_text=True)).text


@pytest.mark.parametrize("address", [*PAGES, "/landelijk", "/bestaat-niet"])
def test_every_page_leads_to_all_others_and_to_the_feed(address: str, client: FlaskClient) -> None:
    found = read(client, address)
    paths = {urlsplit(link).path for link in found.links}
    assert {*PAGES, "/landelijk", "/regionaal", "/tijdreeksen"} <= paths
    assert [link["href"] for link in found.alternates] == ["/wat-is-nieuw.atom"]
    assert found.alternates[0]["type"] == "application/atom+xml"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_marked_where_it_stands_in_the_menu_or_the_footer(address: str, client: FlaskClient) -> None:
    assert read(client, address).current == [address]


def test_an_unknown_page_lists_the_pages(client: FlaskClient) -> None:
    answer = client.get("/bestaat-niet")
    assert answer.status_code == 404
    links = Read(answer.get_data(as_text=True)).links
    assert all(links.count(address) >= 2 for address in PAGES), "in the frame and in the list"


# --- the overview ---


def test_the_overview_tells_the_counts_of_its_own_marks(client: FlaskClient) -> None:
    found = read(client, "/")
    told = re.search(
        r"kent 61 combinaties.*?zijn er (\d+) volledig en (\d+) deels gevuld; van (\d+) zijn .*?"
        r"nog (\d+) combinaties: (\d+) volledig, (\d+) deels en (\d+) zonder",
        found.text,
        re.DOTALL,
    )
    assert told
    full, part, none, beyond, *rest = map(int, told.groups())
    assert full + part + none == 61
    assert sum(rest) == beyond
    assert found.marks == {
        "volledig": full + rest[0],
        "deels": part + rest[1],
        "geen cijfers in deze levering": none + rest[2],
    }


def test_each_cross_of_the_overview_says_what_its_card_holds() -> None:
    release = current.release()
    for (theme, slug, view), how in crosses(release).items():
        choice = choose(release, view, {"indicator": slug, "thema": theme})
        assert choice.empty == (how == "geen"), (view, slug)


def test_every_policy_question_stands_on_the_overview_with_its_indicators(client: FlaskClient) -> None:
    found = read(client, "/")
    catalogue = current.release().catalogue
    for question in catalogue.questions:
        assert question.vraag in found.text
        assert any(question.id in i.beleidsvragen for i in catalogue.indicators.values())
    assert "Belangrijke beleidsvragen" in found.pieces


# --- the explanation ---


@pytest.mark.parametrize(
    "anchor",
    [
        "advies", "melding", "casus", "veiligheidsbeoordeling", "veiligheidstaxatie", "overdracht", "onderzoek",
        "voorwaarden-en-vervolg", "monitoring", "veilig-thuis", "veilig-thuis-regio", "huisverbod",
        "ondertoezichtstelling", "prevalentie", "acuut-onveilig", "structureel-onveilig", "pcf",
        "begrippen", "tekens", "status", "afronding", "aandelen", "regios", "perioden", "vergelijken",
    ],
)  # fmt: skip
def test_the_explanation_has_the_anchor(anchor: str, client: FlaskClient) -> None:
    assert anchor in read(client, "/toelichting").ids


def test_the_explanation_tells_signs_statuses_and_regions(client: FlaskClient) -> None:
    text = read(client, "/toelichting").text
    for words in ("Onbekend (.)", "Geheim (x)", "Nihil (-)", "Kan niet voorkomen", "Te klein om te berekenen",
                  "Niet beschikbaar", "Voorlopig (*)", "Nader voorlopig (**)", "Definitief"):  # fmt: skip
        assert words in text
    assert "Het aantal Veilig Thuis-regio's: 26 tot en met 2022 en 25 vanaf 2023." in text
    assert "Brabant Noordoost: vanaf 2023 samen met Zuidoost-Brabant één regio" in text


def test_a_card_links_to_the_terms_that_it_uses(client: FlaskClient) -> None:
    links = read(client, "/landelijk?indicator=casussen-bij-veilig-thuis").links
    for anchor in ("casus", "melding", "overdracht"):
        assert f"/toelichting#{anchor}" in links
    assert "/toelichting#pcf" not in links


def test_a_related_term_that_does_not_exist_stops_the_load(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER / "catalogue", folder)
    file = folder / "terms.toml"
    with file.open("a", encoding="utf-8") as handle:
        handle.write('\n[[term]]\nid = "los"\nterm = "Los"\nuitleg = "Een begrip dat naar niets verwijst."\n')
        handle.write('zie = ["bestaat-niet"]\n')
    with pytest.raises(DataError, match=r"terms\.toml, los: zie: onbekend begrip bestaat-niet"):
        load(folder, FOLDER / "sources")


# --- accountability ---


def test_every_source_stands_in_the_table(client: FlaskClient) -> None:
    text = read(client, "/verantwoording").text
    for source in current.release().catalogue.sources.values():
        for part in (source.id, source.uitgever, source.titel, source.tabel, source.licentie, source.ontleend_aan):
            assert part in text
    assert "Dit dashboard is geen product van het CBS" in text
    assert "geen cookies" in text


@pytest.mark.parametrize("address", [*PAGES, "/landelijk", "/download/cijfers.csv", "/wat-is-nieuw.atom"])
def test_no_cookie_is_set(address: str, client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get(address).headers


# --- downloads ---


def test_the_packed_file_holds_the_same(client: FlaskClient) -> None:
    packed = client.get("/download/cijfers.csv.gz")
    assert packed.content_type == "application/gzip"
    assert "Content-Encoding" not in packed.headers
    assert gzip.decompress(packed.data) == client.get("/download/cijfers.csv").data


def test_the_download_page_tells_rows_and_sizes(client: FlaskClient) -> None:
    text = read(client, "/download").text
    for name in ("cijfers.csv", "revisies.csv"):
        body = client.get(f"/download/{name}").data
        rows = len(list(csv.reader(io.StringIO(body.decode())))) - 1
        assert f"{rows:,} cijfers, {size_text(len(body))}".replace(",", ".", 1 if rows > 999 else 0) in text


def test_a_file_that_does_not_exist_is_a_404(client: FlaskClient) -> None:
    for name in ("bestaat-niet", "cijfers.ods", "..%2Fapp.py"):
        assert client.get(f"/download/{name}").status_code == 404


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (415_675, "416 kB"),
        (1_250_000, "1,2 MB"),
        (2_000_000, "2,0 MB"),
    ],
)
def test_sizes_in_words(size: int, text: str) -> None:
    assert size_text(size) == text


# --- news ---


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ("2020-04-28", "2020-04-28T00:00:00Z"),
        ("2022", "2022-12-31T00:00:00Z"),
        ("2024-02", "2024-02-29T00:00:00Z"),
    ],
)
def test_a_date_that_is_partly_known_counts_from_its_end(date: str, when: str) -> None:
    assert moment(date) == when


def test_the_news_is_newest_first_with_the_corrections(client: FlaskClient) -> None:
    text = read(client, "/wat-is-nieuw").text
    first = text.index("Eerste levering van cijfers")
    totals = text.index("4 cijfers herzien: 1e halfjaar 2019 en 2e halfjaar 2019")
    erratum = text.index("55 cijfers herzien: 1e halfjaar 2019")
    assert first < totals < erratum
    assert "28 april 2020" in text[totals:erratum] + text[erratum:]


def test_the_news_shows_old_and_new_values(client: FlaskClient) -> None:
    text = " ".join(read(client, "/wat-is-nieuw").text.split())
    assert "Actieve casussen Nederland 1e halfjaar 2019 64.040 73.820" in text
    assert "Gestarte adviezen Nederland 1e halfjaar 2019 53.080 53.145" in text


def test_the_feed_is_valid_atom(client: FlaskClient) -> None:
    answer = client.get("/wat-is-nieuw.atom", base_url="https://voorbeeld.nl")
    assert answer.status_code == 200
    assert answer.content_type.split(";")[0] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 6
    for part in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
            assert part.findtext(f"{ATOM}{name}")
        datetime.fromisoformat(part.findtext(f"{ATOM}updated", "").replace("Z", "+00:00"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.findtext(f"{ATOM}updated") == max(e.findtext(f"{ATOM}updated", "") for e in entries)
    ids = [part.findtext(f"{ATOM}id", "") for part in [feed, *entries]]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("urn:uuid:") for name in ids)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://voorbeeld.nl/wat-is-nieuw.atom",
        "alternate": "https://voorbeeld.nl/wat-is-nieuw",
    }
    on_page = read(client, "/wat-is-nieuw").ids
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert urldefrag(link.get("href", ""))[1] in on_page
        assert entry.findtext(f"{ATOM}summary")


def test_an_entry_keeps_its_id_whichever_host_serves_it(client: FlaskClient) -> None:
    ids = [
        [e.findtext(f"{ATOM}id") for e in ElementTree.fromstring(client.get("/wat-is-nieuw.atom", base_url=base).data)]
        for base in ("https://a.nl", "http://b.nl")
    ]
    assert ids[0] == ids[1]
