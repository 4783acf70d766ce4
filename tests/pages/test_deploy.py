"""What stands in deploy/ and the Dockerfile, each checked by a tool of its own kind, and against what the app knows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from server import observing
from settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MANIFESTS: list[dict[str, Any]] = list(
    yaml.safe_load_all((DEPLOY / "kubernetes" / "impactmonitor.yaml").read_text("utf-8"))
)
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
TOOLS = Path(sys.executable).parent


def kinds(kind: str) -> dict[str, Any]:
    (found,) = [each for each in MANIFESTS if each["kind"] == kind]
    return found


@pytest.mark.parametrize("manifest", MANIFESTS, ids=[each["kind"] for each in MANIFESTS])
def test_a_manifest_is_what_kubernetes_expects(manifest: dict[str, Any]) -> None:
    for version in ("1.30", kubernetes_validate.latest_version()):
        kubernetes_validate.validate(manifest, version, strict=True)


def test_the_compose_file_follows_its_specification() -> None:
    command = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_has_no_remark_about_the_dockerfile() -> None:
    done = subprocess.run([TOOLS / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def _filled(value: str) -> str:
    """What compose makes of a value when nothing is set: its default."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


@pytest.mark.parametrize(
    "given",
    [kinds("ConfigMap")["data"],
     {name: _filled(value) for name, value in COMPOSE["services"]["dashboard"]["environment"].items()}],
    ids=["kubernetes", "compose"],
)  # fmt: skip
def test_the_settings_exist_and_can_be_read(given: dict[str, str]) -> None:
    known = set(re.findall(r'given(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "settings.py").read_text(encoding="utf-8")))
    assert set(given) <= known
    settings = read_settings(given)
    assert settings.metrics_port == 9050
    assert settings.proxies not in ("*", read_settings({}).proxies), "the proxy is elsewhere, and named"


def test_ports_and_user_are_those_of_the_image() -> None:
    (port,) = re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.M)
    (user,) = re.findall(r"^USER (\d+)", DOCKERFILE, re.M)
    pod = kinds("Deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    ports = {each["name"]: each["containerPort"] for each in container["ports"]}
    assert ports == {"http": int(port), "metrics": int(kinds("ConfigMap")["data"]["METRICS_PORT"])}
    importer = kinds("CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsUser"] == importer["securityContext"]["runAsUser"] == int(user)
    assert COMPOSE["services"]["proxy"]["environment"]["APP_SERVER"] == f"dashboard:{port}"
    for probe, path in (("readinessProbe", "/readyz"), ("livenessProbe", "/healthz")):
        assert container[probe]["httpGet"] == {"path": path, "port": "http"}


def test_the_number_of_copies_is_said_once() -> None:
    deployment, scaling = kinds("Deployment"), kinds("HorizontalPodAutoscaler")["spec"]
    assert "replicas" not in deployment["spec"], "each apply would undo what the autoscaler did"
    assert scaling["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaling["minReplicas"] > kinds("PodDisruptionBudget")["spec"]["minAvailable"] >= 1


def test_nothing_runs_as_root_or_may_write_but_where_it_must() -> None:
    specs = [kinds("Deployment")["spec"]["template"]["spec"],
             kinds("CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]]  # fmt: skip
    for spec in specs:
        assert spec["securityContext"]["runAsNonRoot"]
        assert spec["containers"][0]["securityContext"]["readOnlyRootFilesystem"]
    writes = [not mount.get("readOnly") for spec in specs for mount in spec["containers"][0]["volumeMounts"]
              if mount["name"] == "releases"]  # fmt: skip
    assert writes == [False, True], "only the import writes"
    for name in ("dashboard", "import"):
        assert COMPOSE["services"][name]["read_only"]
    assert COMPOSE["services"]["dashboard"]["volumes"][0].endswith(":ro")


def test_the_proxy_gets_every_name_that_its_configuration_asks() -> None:
    template = (DEPLOY / "nginx" / "impactmonitor.conf.template").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)\}", template))
    assert asked == set(COMPOSE["services"]["proxy"]["environment"])


UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_the_units_run_what_the_project_has_with_settings_that_exist() -> None:
    texts = [unit.read_text(encoding="utf-8") for unit in UNITS]
    commands = [line.partition("=")[2].split() for text in texts for line in text.splitlines() if "ExecStart=" in line]
    assert [command[1:] for command in commands] == [["-m", "data", "refresh"], ["start.py"]]
    given = {name: value for text in texts for name, value in re.findall(r"^Environment=(\w+)=(.*)$", text, re.M)}
    assert str(read_settings(given).data) == "/var/lib/impactmonitor"
    for name in ("User", "NoNewPrivileges", "ProtectSystem", "StateDirectory"):
        assert sum(f"\n{name}=" in text for text in texts) == 2, name


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_has_no_remark_about_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = (
            unit.read_text(encoding="utf-8").replace("/opt/impactmonitor", str(ROOT)).replace("=impactmonitor", "=root")
        )
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_alerts_are_about_numbers_that_exist() -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text("utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    collectors = (
        observing.duration,
        observing.callbacks,
        observing.turned_away,
        observing.release_in_use,
        observing.figures,
        observing.newest,
    )
    there = {metric.name for collector in collectors for metric in collector.describe()}
    named = {name for rule in rules for name in re.findall(r"impactmonitor_\w+", rule["expr"])}
    assert named
    assert {re.sub(r"_(count|bucket|sum|total)$", "", name) for name in named} <= there
    for rule in rules:
        assert rule["annotations"]["summary"]
        assert rule["for"]
        assert rule["expr"].count("(") == rule["expr"].count(")")
