"""A style goes along from page to page and into every file; one that does not exist is said to."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient

from components.house_style import shelf
from components.house_style.style import Style
from tests.reading import Node

ROOT = Path(__file__).parents[2]
KEY = "aantal-adviezen-en-meldingen"
PAGES = ("/", f"/landelijk?indicator={KEY}", f"/regionaal?indicator={KEY}&regio=VT06", f"/tijdreeksen?indicator={KEY}",
         "/model", "/toelichting", "/download", "/verantwoording", "/wat-is-nieuw", "/zoeken?q=melding",
         f"/embed/regionaal/{KEY}", f"/embed/regionaal/{KEY}?vorm=licht")  # fmt: skip
# What is the same in every style.
PLAIN = re.compile(r"/(?:csv|xlsx|download|api|assets)/|\.(?:json|atom|js|css|ttl)$")
Page = Callable[[str], Node]


def with_style(address: str, name: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}stijl={name}"


def html_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_style_and_every_link_on_it_takes_it_along(address: str, client: FlaskClient) -> None:
    text = html_of(client, with_style(address, "donker"))
    look = shelf.styles()["donker"]
    assert f'href="/_deel/stijl/donker.css?v={look.version}"' in text
    links = [(unescape(link), told) for link, told in re.findall(r'<a [^>]*href="(/[^"]*)"[^>]*>([^<]*)', text)]
    assert links
    for link, told in links:
        path, _, rest = link.partition("?")
        if PLAIN.search(path.partition("#")[0]) or told == "Standaard":
            assert "stijl=" not in rest, link
        else:
            expected = "hoog-contrast" if told == "Hoog contrast" else "donker"
            assert re.search(rf"(?:^|&)stijl={expected}(?:$|[&#])", rest), link
    for form in re.findall(r"<form .*?</form>", text, re.S):
        assert '<input type="hidden" name="stijl" value="donker">' in form or re.search(
            r'<input (?=[^>]*name="stijl")(?=[^>]*value="donker")', form
        ), form[:200]
        assert "stijl=" not in form.partition(">")[0]


@pytest.mark.parametrize("address", PAGES)
def test_without_a_style_nothing_speaks_of_it_but_the_footer(address: str, client: FlaskClient) -> None:
    text = html_of(client, address)
    assert "/_deel/stijl/standaard.css?v=" in text
    assert set(re.findall(r"stijl=([a-z-]+)", text)) <= {"donker", "hoog-contrast"}
    assert 'name="stijl"' not in text


@pytest.mark.parametrize("address", PAGES)
def test_a_style_that_does_not_exist_gives_the_default_and_a_notice(address: str, client: FlaskClient) -> None:
    text = html_of(client, with_style(address, "%3Cb%3Ezwart"))
    assert "/_deel/stijl/standaard.css?v=" in text
    assert text.count("De stijl ‘&lt;b&gt;zwart’ bestaat niet. U ziet de stijl ‘Standaard’.") == 1
    assert "<b>zwart" not in text
    assert "stijl=%3Cb" not in text


@pytest.mark.parametrize(
    "address",
    [f"/svg/regionaal/{KEY}", f"/png/regionaal/{KEY}", f"/csv/regionaal/{KEY}", f"/xlsx/regionaal/{KEY}",
     "/rapport/GM1731.pdf", "/download/cijfers.csv"],
)  # fmt: skip
def test_a_file_in_a_style_that_does_not_exist_is_refused_with_those_that_do(address: str, client: FlaskClient) -> None:
    answer = client.get(with_style(address, "zwart"))
    assert answer.status_code == 400
    told = answer.get_data(as_text=True)
    assert told == (
        "De stijl 'zwart' bestaat niet. Kies uit: donker, hoog-contrast, lindewaard, oosterhage, standaard.\n"
    )


def test_the_sheet_of_a_style(client: FlaskClient) -> None:
    look = shelf.styles()["donker"]
    answer = client.get(f"/_deel/stijl/donker.css?v={look.version}")
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    text = answer.get_data(as_text=True)
    screen, _, paper = text.partition("@media print")
    assert "--im-card-background-color: #172227;" in screen
    assert "color-scheme: dark;" in screen
    # Paper is white, whatever the style.
    assert "--im-card-background-color: #ffffff;" in paper
    assert "--im-document-color: #1b2a32;" in paper
    assert "@media print" not in client.get("/_deel/stijl/standaard.css").get_data(as_text=True)
    assert client.get("/_deel/stijl/standaard.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/_deel/stijl/zwart.css").status_code == 404


def test_the_callback_draws_in_the_style_of_the_choice(client: FlaskClient) -> None:
    def drawn(query: dict[str, str]) -> str:
        body = {
            "output": "pagina.children",
            "outputs": {"id": "pagina", "property": "children"},
            "inputs": [{"id": "keuze", "property": "data", "value": {"view": "landelijk", "query": query}}],
            "changedPropIds": ["keuze.data"],
        }
        answer = client.post("/_dash-update-component", json=body)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    look = shelf.styles()["donker"]
    dark, plain = drawn({"indicator": KEY, "stijl": "donker"}), drawn({"indicator": KEY})
    assert look.bar in dark and look.bar not in plain
    assert shelf.STANDARD.bar in plain and shelf.STANDARD.bar not in dark
    assert "stijl=donker" in dark


def test_the_first_page_of_dash_has_the_style_of_the_address(client: FlaskClient) -> None:
    body = {
        "output": "_pages_content.children..._pages_store.data",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/landelijk"},
            {"id": "_pages_location", "property": "search", "value": f"?indicator={KEY}&stijl=donker"},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post("/_dash-update-component", json=body | {"output": f"..{body['output']}.."})
    assert answer.status_code == 200
    assert shelf.styles()["donker"].bar in answer.get_data(as_text=True)


def test_the_style_of_one_request_is_not_that_of_the_next(client: FlaskClient) -> None:
    html_of(client, "/landelijk?stijl=donker")
    assert shelf.current() == shelf.STANDARD
    assert "/_deel/stijl/standaard.css" in html_of(client, "/landelijk")


def test_redirects_keep_the_style(client: FlaskClient) -> None:
    for address in ("/landelijk/?stijl=donker", f"/regionaal?indicator={KEY}&erbij=VT06&stijl=donker",
                    "/rapport?regio=GM1731&stijl=donker", "/rapport?regio=x&stijl=donker",
                    f"/embed/regionaal/{KEY}/?stijl=donker"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in (303, 308), address
        assert re.search(r"[?&]stijl=donker(?:$|[&#])", answer.headers["Location"]), answer.headers["Location"]


# --- files ---


def first_pixel(png: bytes) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        red, green, blue = picture.convert("RGB").getpixel((0, 0))
    return f"#{red:02x}{green:02x}{blue:02x}"


def fills(data: bytes) -> set[str]:
    """All colours that the pages of a PDF and the pictures in it are filled and drawn with."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as file:
        streams = [
            *file.pages,
            *(o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"),
        ]
        for stream in streams:
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) in ("rg", "RG", "sc", "scn", "SC", "SCN") and len(operands) == 3:
                    found.add("#" + "".join(f"{round(float(part) * 255):02x}" for part in operands))
    return found


@pytest.mark.parametrize("name", ["donker", "lindewaard"])
def test_pictures_and_report_have_the_colours_of_the_style(name: str, client: FlaskClient) -> None:
    look: Style = shelf.styles()[name]
    drawn = client.get(f"/svg/regionaal/{KEY}?regio=VT06&stijl={name}").get_data(as_text=True)
    assert look.bar in drawn and look.series[0] in drawn and look.paper in drawn
    assert shelf.STANDARD.bar not in drawn
    assert first_pixel(client.get(f"/png/regionaal/{KEY}?stijl={name}").data) == look.paper
    assert first_pixel(client.get(f"/png/regionaal/{KEY}").data) == "#ffffff"
    there = fills(client.get(f"/rapport/GM1731.pdf?stijl={name}").data)
    assert {look.accent, look.ink, look.quiet, look.paper} <= there
    assert shelf.STANDARD.accent not in there
    assert shelf.STANDARD.accent in fills(client.get("/rapport/GM1731.pdf").data)


# --- settings and own files ---

SHOW = """
import app
client = app.server.test_client()
for address in {addresses!r}:
    print(client.get(address).get_data(as_text=True))
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


def own(folder: Path, change: Callable[[str], str] = lambda text: text) -> Path:
    """A folder with the example of the manual as a file, as the manual says."""
    manual = (ROOT / "docs" / "huisstijl.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```css\n(.*?)```", manual, re.S)
    folder.mkdir(exist_ok=True)
    (folder / "voorbeeldstad.css").write_text(change(example), encoding="utf-8")
    return folder


def test_a_style_made_by_the_manual_works(run: Run, tmp_path: Path) -> None:
    addresses = ["/", f"/svg/landelijk/{KEY}", "/_deel/stijl/voorbeeldstad.css", "/?stijl=standaard"]
    done = run(SHOW.format(addresses=addresses), STIJLEN=str(own(tmp_path / "stijlen")), STIJL="voorbeeldstad")
    assert done.returncode == 0, done.stderr
    assert "/_deel/stijl/voorbeeldstad.css?v=" in done.stdout
    assert "--im-accent-color: #1f4e99;" in done.stdout
    assert ">Gemeente Voorbeeldstad<" in done.stdout  # the choice in the footer
    assert '<rect width="880"' in done.stdout and "#6d8cbd" in done.stdout  # 65% of the accent on white
    assert "/_deel/stijl/standaard.css?v=" in done.stdout


def test_a_default_style_with_a_fault_stops_the_start_with_one_line(run: Run, tmp_path: Path) -> None:
    folder = own(tmp_path / "stijlen", lambda text: text.replace("#1d2430", "#c9cdd4"))
    done = run("import app", STIJLEN=str(folder), STIJL="voorbeeldstad")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("De stijl 'voorbeeldstad' is niet te gebruiken: contrast van --im-document-color op ")


def test_another_style_with_a_fault_is_logged_and_not_offered(run: Run, tmp_path: Path) -> None:
    folder = own(tmp_path / "stijlen", lambda text: text.replace("#1f4e99", "url(https://elders.nl/x)", 1))
    (folder / "Met Hoofdletters.css").write_text("", encoding="utf-8")
    done = run(SHOW.format(addresses=["/?stijl=voorbeeldstad"]), STIJLEN=str(folder))
    assert done.returncode == 0, done.stderr
    logged = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert len(logged) == 2
    assert any("--im-accent-color: 'url(https://elders.nl/x)' is niet een kleur" in line for line in logged)
    assert "De stijl ‘voorbeeldstad’ bestaat niet." in done.stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"STIJL": "Zwart!"}, "De instelling STIJL='Zwart!' is niet te gebruiken"),
        ({"STIJL": "zwart"}, "De stijl 'zwart' is niet te gebruiken: die is er niet; wel: donker, hoog-contrast"),
        ({"STIJLEN": "/bestaat-niet"}, "de map '/bestaat-niet' (instelling STIJLEN) bestaat niet"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(settings: dict[str, str], told: str, run: Run) -> None:
    done = run("import app", **settings)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert told in line
