"""Runs the steps of the Dockerfile in a clean root (debootstrap), without a container engine, and starts the result.

Usage, as root: python tools/clean_root.py [FOLDER]. What each part weighs goes to the output. The stage with npm runs
in a clean folder with the npm of this machine; all else runs in a root that holds Debian and Python and nothing more.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUITE = "bookworm"
PACKAGES = "python3,python3-venv,python-is-python3,ca-certificates"
# How this machine reaches the network.
OF_THIS_MACHINE = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT")
WAIT = 120


@dataclass
class Stage:
    """A stage of the build: where its root is, and what its instructions set."""

    image: str
    root: Path
    folder: str = "/"
    user: str = "0"
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)

    @property
    def is_node(self) -> bool:
        """Whether it is the stage with npm, which has no root of its own."""
        return self.image.startswith("node:")

    def run(self, command: list[str], **more: object) -> subprocess.Popen[bytes]:
        """Start a command in this stage."""
        set_ = {name: value.replace("$PATH", os.environ["PATH"]) for name, value in self.environment.items()}
        environment = os.environ | {"HOME": "/tmp"} | set_
        if self.is_node:
            return subprocess.Popen(command, cwd=self.root / self.folder.strip("/"), env=environment, **more)  # type: ignore[call-overload, no-any-return]
        inside = ["chroot", f"--userspec={self.user}:{self.user}", str(self.root), "env", "-C", self.folder, *command]
        return subprocess.Popen(inside, env=environment, **more)  # type: ignore[call-overload, no-any-return]


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each with what follows it; lines that go on are joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def ignored(path: str, patterns: list[str]) -> bool:
    """Whether .dockerignore leaves a path out; the last pattern that fits decides."""
    out = False
    for pattern in patterns:
        plain = pattern.lstrip("!")
        parts = path.split("/")
        fits = fnmatch(path, plain) or fnmatch(parts[0], plain)
        if plain.startswith("**/"):
            fits = any(fnmatch(part, plain[3:]) for part in parts)
        if fits:
            out = not pattern.startswith("!")
    return out


def build(folder: Path) -> Stage:
    """Do every step; the last stage."""
    base = folder / "base"
    if not (base / "etc").is_dir():
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(base)], check=True)
    stages: dict[str, Stage] = {}
    stage = Stage("", base)
    for name, rest in instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        print(f"{name} {rest}"[:110], flush=True)
        match name:
            case "FROM":
                image, _, called = rest.partition(" AS ")
                stage = Stage(image, folder / (called or "image"))
                stages[called] = stage
                _clean(stage, base)
            case "WORKDIR":
                stage.folder = rest
                (stage.root / rest.strip("/")).mkdir(parents=True, exist_ok=True)
            case "ENV":
                stage.environment |= dict(each.split("=", 1) for each in shlex.split(rest))
            case "USER":
                stage.user = rest
            case "COPY":
                _copy(stage, stages, rest)
            case "RUN":
                if stage.run(["sh", "-c", rest]).wait() != 0:
                    sys.exit(f"this step failed: {rest}")
            case "HEALTHCHECK":
                stage.check = json.loads(rest.partition("CMD ")[2])
            case "CMD":
                stage.command = json.loads(rest)
            case "EXPOSE":
                pass
            case _:
                sys.exit(f"this instruction is not known here: {name}")
    return stage


def _clean(stage: Stage, base: Path) -> None:
    shutil.rmtree(stage.root, ignore_errors=True)
    if stage.is_node:
        stage.root.mkdir()
        return
    subprocess.run(["cp", "-a", str(base), str(stage.root)], check=True)
    for file in (*OF_THIS_MACHINE, *(os.environ[name] for name in CERTIFICATES if name in os.environ)):
        if Path(file).is_file():
            (stage.root / file.strip("/")).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, stage.root / file.strip("/"))


def _copy(stage: Stage, stages: dict[str, Stage], rest: str) -> None:
    parts = shlex.split(rest)
    source = ROOT
    if parts[0].startswith("--from="):
        source = stages[parts.pop(0).removeprefix("--from=")].root
    *names, target = parts
    to = stage.root / stage.folder.strip("/") / target
    if names == ["."]:
        patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
        command = ["git", "ls-files", "-co", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        names = [name for name in listed if not ignored(name, patterns)]
        for name in names:
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
        return
    for name in names:
        found = source / name.strip("/")
        if found.is_dir():
            shutil.copytree(found, to, symlinks=True, dirs_exist_ok=True)
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, to)


def weigh(stage: Stage) -> None:
    """Print what the parts of the image weigh, as they are and compressed as a registry keeps them."""
    app = stage.root / "app"
    for name, folder in {"packages": app / ".venv", "plotly.js": app / "node_modules", "the rest": app}.items():
        more = ["--exclude=./.venv", "--exclude=./node_modules"] if folder == app else []
        packed = subprocess.run(["sh", "-c", f"tar -C {folder} {' '.join(more)} -cf - . | gzip -6 | wc -c"],
                                capture_output=True, text=True, check=True)  # fmt: skip
        plain = subprocess.run(["du", "-sbx", *(m.replace("=./", "=") for m in more), str(folder)],
                               capture_output=True, text=True, check=True)  # fmt: skip
        print(f"{name}: {int(plain.stdout.split()[0]) / 1e6:.0f} MB, {int(packed.stdout) / 1e6:.0f} MB compressed")


def start(stage: Stage) -> None:
    """Start the image as its user until its own check of health succeeds; stop it again."""
    stage.environment |= {"PORT": "8055"}
    server = stage.run(stage.command)
    try:
        until = time.monotonic() + WAIT
        while time.monotonic() < until and server.poll() is None:
            if stage.run(stage.check, stderr=subprocess.DEVNULL).wait() == 0:
                print("it started, and the check of health of the image says that it works")
                return
            time.sleep(1)
        sys.exit("it did not start")
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    where = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="clean-root-"))
    image = build(where)
    weigh(image)
    start(image)
