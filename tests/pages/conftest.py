"""The app as a browser without JavaScript, or curl, sees it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.answers import answers
from tests.reading import Node, parse

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    import app

    return app.server.test_client()


@pytest.fixture(autouse=True)
def anew(request: pytest.FixtureRequest) -> None:
    """A test that changes the app must not get an answer from before that."""
    if "monkeypatch" in request.fixturenames:
        answers.clear()


@pytest.fixture(scope="session")
def page(client: FlaskClient) -> Callable[[str], Node]:
    """Fetches a page that must be there, and reads what stands before JavaScript."""

    def get(address: str) -> Node:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        assert answer.content_type == "text/html; charset=utf-8"
        return parse(answer.get_data(as_text=True)).one(id="eerste-beeld")

    return get


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, to break; without what is installed."""
    copy = tmp_path_factory.mktemp("project") / "impactmonitor"
    hidden = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "tests", "docs")
    return Path(shutil.copytree(ROOT, copy, ignore=hidden))


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs Python code in a process of its own, with only the settings given."""

    def start(code: str, folder: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
        own = ("HOST", "PORT", "WEB_CONCURRENCY", "FRAME_ANCESTORS", "URL_PREFIX", "SECURITY_CONTACT",
               "UITGEVER", "UITGEVER_URI", "CONTACT",
               "IMPACTMONITOR_DATA", "CBS_ODATA_URL", "FORWARDED_ALLOW_IPS", "STIJL", "STIJLEN")  # fmt: skip
        environment = {name: value for name, value in os.environ.items() if name not in own}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            env=environment | {"PYTHONDONTWRITEBYTECODE": "1"} | settings,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return start
