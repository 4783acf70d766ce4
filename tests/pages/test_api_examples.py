"""Every example that a visitor can copy is run as it stands, against a server that listens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from werkzeug.serving import make_server

from components.examples import Example, of_api
from tests.reading import csv_number, parse, read_csv

CARD = "landelijk/aantal-adviezen-en-meldingen?periode=2019HJ02"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    import app

    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def codes(address: str) -> list[str]:
    """The pieces of code on a page, as a browser would copy them."""
    first = parse(requests.get(address, timeout=30).text).one(id="eerste-beeld")
    return [pre.text() for pre in first.all("pre")]


def run_code(example: Example, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run an example; returns what it printed or fetched."""
    match example.kind:
        case "curl":
            done = subprocess.run(
                shlex.split(example.code.replace("\\\n", "")), cwd=folder, capture_output=True, text=True, timeout=60,
                check=True,
            )  # fmt: skip
            return done.stderr
        case "python":
            exec(compile(example.code, example.program, "exec"), {})
            return capsys.readouterr().out
        case "r":
            if not shutil.which("Rscript"):
                pytest.skip("R is not installed")
            done = subprocess.run(
                ["Rscript", "-e", example.code], capture_output=True, text=True, timeout=120, check=True
            )
            return done.stdout
        case _:
            # Power Query runs in Excel alone: the address must answer, with the column that becomes a number.
            (at,) = re.findall(r'Web\.Contents\("([^"]+)"\)', example.code)
            (column,) = re.findall(r'\{\{"([^"]+)", type number\}\}', example.code)
            answer = requests.get(at, timeout=30)
            assert answer.status_code == 200
            assert column in answer.text.splitlines()[0].split(",")
            assert all(example.code.count(a) == example.code.count(b) for a, b in ("()", "[]", "{}"))
            return answer.text


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")
@pytest.mark.parametrize("number", range(7))
def test_an_example_on_the_page_works(
    number: int, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = of_api(f"{site}/api/v1")
    assert len(examples) == 7
    example = examples[number]
    assert example.code in codes(f"{site}/api")
    if example.kind == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    told = run_code(example, tmp_path, capsys)
    if example.kind == "curl":
        (fetched,) = [file for file in tmp_path.iterdir() if file.suffix in (".csv", ".json")]
        before = fetched.read_text(encoding="utf-8")
        assert "Drenthe" in before
        if "etag" in example.code:
            run_code(example, tmp_path, capsys)
            assert fetched.read_text(encoding="utf-8") == before
    elif "per_pagina" in example.code:
        every = requests.get(f"{site}/api/v1/cijfers?niveau=veilig-thuis-regio&per_pagina=1", timeout=30).json()
        assert told.startswith(f"{every['totaal']} cijfers")
    else:
        assert "Gestarte adviezen" in told


def test_the_code_of_a_card_reads_its_figures(site: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    view, _, rest = CARD.partition("/")
    slug, _, query = rest.partition("?")
    excel, r, python = codes(f"{site}/{view}?indicator={slug}&{query}")
    shown = [csv_number(row["Waarde"]) for row in read_csv(requests.get(f"{site}/csv/{CARD}", timeout=30).content)]
    read: dict[str, object] = {}
    exec(python, read)
    assert [float(value) for value in read["cijfers"]["Waarde"]] == shown  # type: ignore[index]
    assert all(f"{site}/csv/{view}/{slug}?{query}" in code for code in (excel, r, python))
    run_code(Example("m", "Excel", "", excel), tmp_path, capsys)
    assert codes(f"{site}/embed/{CARD}") == [excel, r, python]


def test_the_code_of_a_card_runs_in_r(site: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    view, _, rest = CARD.partition("/")
    slug, _, query = rest.partition("?")
    _, r, _ = codes(f"{site}/{view}?indicator={slug}&{query}")
    assert "Nederland" in run_code(Example("r", "R", "", r), tmp_path, capsys)
