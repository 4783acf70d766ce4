"""Settings that name the figures: where imported releases stand, and where the tables of StatLine are."""

from __future__ import annotations

from pathlib import Path

import pytest

import start
from settings import DEFAULT_CBS_ODATA_URL, SettingError, parse_cbs_url, parse_data, read_settings


def test_without_settings_the_embedded_figures_and_the_service_of_cbs() -> None:
    settings = read_settings({"IMPACTMONITOR_DATA": " ", "CBS_ODATA_URL": ""})
    assert (settings.data, settings.cbs_url) == (None, DEFAULT_CBS_ODATA_URL)


def test_a_folder_need_not_be_there_yet(tmp_path: Path) -> None:
    assert parse_data(str(tmp_path / "later")) == tmp_path / "later"


def test_a_folder_is_meant_where_the_command_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(start.os, "execv", lambda program, command: started.append(command))
    monkeypatch.setattr(start.os, "environ", {"IMPACTMONITOR_DATA": "cijfers", "STIJLEN": " ../stijlen ", "STIJL": ""})
    monkeypatch.chdir(tmp_path)
    start.main()
    assert Path.cwd() == Path(start.__file__).parent
    assert start.os.environ["IMPACTMONITOR_DATA"] == str(tmp_path / "cijfers")
    assert Path(start.os.environ["STIJLEN"]).resolve() == tmp_path.parent / "stijlen"
    assert started[0][-1] == "app:server"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(SettingError, match="IMPACTMONITOR_DATA"):
        parse_data(str(tmp_path / "bestand"))


@pytest.mark.parametrize("given", ["a\nb", "a\0b"])
def test_what_cannot_be_a_path_stops_the_start(given: str) -> None:
    with pytest.raises(SettingError, match="IMPACTMONITOR_DATA"):
        parse_data(given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/odata/v1/CBS/", "http://localhost:8000/odata/v1/CBS"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://datasets.cbs.nl/odata/v1/CBS", "https://datasets.cbs.nl/odata/v1/CBS"),
    ],
)
def test_the_service_is_an_address(given: str, kept: str) -> None:
    assert parse_cbs_url(given) == kept


@pytest.mark.parametrize(
    "given", ["datasets.cbs.nl", "ftp://a.nl", "https://", "https://a.nl/x?y=1", "https://a b.nl", "file:///etc"]
)
def test_what_is_no_service_stops_with_one_line(given: str) -> None:
    with pytest.raises(SettingError, match=r"^De instelling CBS_ODATA_URL=.* is niet te gebruiken: .*\.$"):
        parse_cbs_url(given)


def test_who_publishes_is_nobody_until_it_is_set() -> None:
    settings = read_settings({"UITGEVER": "", "CONTACT": " "})
    assert (settings.publisher, settings.publisher_uri, settings.contact) == ("", "", "")
    given = {"UITGEVER": "Gemeente Voorbeeld", "UITGEVER_URI": "https://voorbeeld.nl/id/1", "CONTACT": "a@voorbeeld.nl"}
    settings = read_settings(given)
    assert settings.publisher_uri == "https://voorbeeld.nl/id/1"
    assert (settings.publisher, settings.contact) == ("Gemeente Voorbeeld", "mailto:a@voorbeeld.nl")


@pytest.mark.parametrize(
    ("name", "value"),
    [("UITGEVER", "a\nb"), ("UITGEVER", "a" * 201), ("UITGEVER_URI", "gm0000"), ("UITGEVER_URI", "https://a b/"),
     ("UITGEVER_URI", "javascript:x"), ("CONTACT", "bel ons"), ("CONTACT", "http://voorbeeld.nl/")],
)  # fmt: skip
def test_a_publisher_that_cannot_be_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_settings({name: value})
