"""nginx before a running server, with the configuration of deploy/nginx and a certificate of its own."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.running import ROOT, free_port

TEMPLATE = ROOT / "deploy" / "nginx" / "impactmonitor.conf.template"
AROUND = """{user}daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/impactmonitor.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its addresses without and with TLS, its log, and the certificate that it shows."""

    plain: str
    secure: str
    log: Path
    certificate: Path

    def ask(self, address: str, body: bytes | None = None, **headers: str) -> Answer:
        """Answer of an address (whole, or a path on the side with TLS); a redirect is not followed."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context), _Stay
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = address if address.startswith("http") else self.secure + address
        request = urllib.request.Request(address, data=body, headers=named)
        try:
            with opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, answer.headers, answer.read())


@contextmanager
def before(server: str, prefix: str, folder: Path) -> Iterator[Proxy]:
    """nginx before a server.

    Args:
        server: host and port.
        prefix: path under which it is served.
        folder: an empty folder for what nginx writes.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.fail("nginx not found: install it (Debian/Ubuntu: apt-get install nginx) and try again")
    plain, secure = free_port(), free_port()
    _certificate(folder)
    log = folder / "access.log"
    filled = {
        "SERVER_NAME": "localhost", "URL_PREFIX": prefix, "APP_SERVER": server, "HTTP_PORT": str(plain),
        "HTTPS_PORT": str(secure), "TLS_FOLDER": str(folder), "CACHE_FOLDER": str(folder / "cache"),
        "ACCESS_LOG": str(log),
    }  # fmt: skip
    text = re.sub(r"\$\{(\w+)\}", lambda found: filled[found[1]], TEMPLATE.read_text(encoding="utf-8"))
    (folder / "impactmonitor.conf").write_text(text, encoding="utf-8")
    # As root nginx would change to a user who may not read the folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command)
    proxy = Proxy(f"http://localhost:{plain}", f"https://localhost:{secure}", log, folder / "tls.crt")
    try:
        _wait(proxy)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=30)


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "tls.key", "-out", folder / "tls.crt"],
        capture_output=True, check=True,
    )  # fmt: skip


def _wait(proxy: Proxy) -> None:
    for _ in range(100):
        try:
            proxy.ask(proxy.plain)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx did not start")
