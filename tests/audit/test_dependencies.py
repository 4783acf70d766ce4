"""No part that is installed has a known weakness, as far as the services that know them can be reached."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.running import ROOT

pytestmark = pytest.mark.audit
Say = Callable[[str], None]
# A finding that does not touch this project: its id, and why. None now.
EXPLAINED: dict[str, str] = {}
NOT_RUN = "NOT RUN: the service with the known weaknesses could not be reached from this machine"


def _json(*command: str) -> dict[str, object]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    return json.loads(done.stdout) if done.stdout.strip().startswith("{") else {}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_no_python_package_has_a_known_weakness(file: str, measured: Say) -> None:
    """pip-audit over all pinned Python packages."""
    command = ("-r", file, "--no-deps", "--disable-pip", "-f", "json", "--progress-spinner", "off")
    packages = _json(sys.executable, "-m", "pip_audit", *command).get("dependencies", [])
    assert isinstance(packages, list)
    # What the service does not know is skipped, and pip-audit then still says that it found nothing.
    known = [each for each in packages if "skip_reason" not in each]
    if not known:
        measured(NOT_RUN)
        pytest.skip(NOT_RUN)
    assert len(known) == len(packages), [each["name"] for each in packages if "skip_reason" in each]
    found = {f"{each['name']} {weak['id']}": weak["id"] for each in known for weak in each["vulns"]}
    assert [name for name, weak in found.items() if weak not in EXPLAINED] == []
    measured(f"{len(known)} packages in {file} and the like, {len(found)} findings, all explained")


def test_no_npm_package_has_a_known_weakness(measured: Say) -> None:
    """npm audit over the front-end parts."""
    npm = shutil.which("npm")
    found = _json(npm, "audit", "--json").get("vulnerabilities") if npm else None
    if found is None:
        measured(NOT_RUN)
        pytest.skip(NOT_RUN)
    assert isinstance(found, dict)
    assert [name for name in found if name not in EXPLAINED] == []
    measured(f"{len(found)} findings")
