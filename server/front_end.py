"""What a browser gets beside a page: three scripts and a style sheet, few and small.

Each is made once of its parts, has the hash of its content in its address, so that a browser may keep it for ever, and
is compressed as small as can be. That takes seconds: `make run` does it beforehand (tools/compress.py) and keeps it in
`.deel`; where that was not done, the first visitor who asks waits for it.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import brotli
import dash
import plotly.offline

from components.address import address

log = logging.getLogger("impactmonitor")
ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".deel"
BASIC = ROOT / "node_modules" / "plotly.js-basic-dist-min"
VERSION = plotly.offline.get_plotlyjs_version()
DASH = Path(dash.__file__).parent
# What the pages use of Dash, in the order in which it must run; its components are those of assets/05-elementen.js.
DASH_SCRIPTS = (
    "deps/react@18.3.1.min.js",
    "deps/react-dom@18.3.1.min.js",
    "deps/prop-types@15.8.1.min.js",
    "dash-renderer/build/dash_renderer.min.js",
)
# A module as esbuild writes it in that bundle: a function for a call of its own, here with what follows on it.
MODULE = re.compile(
    r"""=W\( (\(?[\w$,]*\)?=>\{ .*? \}) \)
        (?= ;var\ [\w$]+=W\( | ;var\ ([\w$]+)=\{\};[\w$]+\(\2,\{ | ;return\ [\w$]+\(\);\}\)\(\); )""",
    re.DOTALL | re.VERBOSE,
)
WRAPPER = ("this, () => {", "return Plotly;\n}));"), ("this, (() => {", "return Plotly;\n})));")
SCRIPT = "text/javascript; charset=utf-8"
SHEET = "text/css; charset=utf-8"
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=11, lgwin=22)),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}


@dataclass(frozen=True)
class Part:
    """One file for a browser.

    Attributes:
        stem: the beginning of its name.
        ending: the end of its name.
        body: its content.
        content_type: its type.
    """

    stem: str
    ending: str
    body: bytes
    content_type: str

    @cached_property
    def name(self) -> str:
        """Its name, with the hash of its content."""
        return f"{self.stem}-{hashlib.sha256(self.body).hexdigest()[:12]}{self.ending}"

    @property
    def address(self) -> str:
        """Where it is."""
        return address(f"_deel/{self.name}")

    def encoded(self, accepted: Container[str]) -> tuple[bytes, str]:
        """Its content for a browser, and how it is compressed ('' for not).

        Args:
            accepted: the encodings that the browser reads.
        """
        encoding = next((each for each in COMPRESS if each in accepted), "")
        return (_compressed(self, encoding) if encoding else self.body), encoding


_made: dict[str, Part] = {}


def _make(stem: str, ending: str, body: bytes, content_type: str) -> Part:
    part = Part(stem, ending, body, content_type)
    return _made.setdefault(part.name, part)


def named(name: str) -> Part | None:
    """The file of a name, if a page refers to it."""
    return _made.get(name)


@cache
def _compressed(part: Part, encoding: str) -> bytes:
    """Compressed, from the disk when it was done before."""
    kept = KEPT / f"{part.name}.{encoding}"
    try:
        return kept.read_bytes()
    except OSError:
        body = COMPRESS[encoding](part.body)
    try:
        KEPT.mkdir(exist_ok=True)
        half = kept.with_suffix(".tmp")
        half.write_bytes(body)
        half.replace(kept)
    except OSError as error:  # a disk that cannot be written to: this process keeps it in its memory
        log.info("Het verkleinde bestand %s is niet bewaard: %s", kept.name, error.strerror)
    return body


@cache
def plotly_file() -> Path:
    """The plotly.js to serve: the small bundle of the same version when it is installed, else the full one."""
    small = BASIC / "plotly-basic.min.js"
    if small.is_file():
        with small.open(encoding="utf-8") as handle:
            if f"v{VERSION}" in handle.read(400):
                return small
    log.warning("De kleine plotly.js (%s) ontbreekt: de volledige van het Python-pakket wordt gebruikt.", VERSION)
    return Path(plotly.offline.__file__).parents[1] / "package_data" / "plotly.min.js"


@cache
def plotly_part() -> Part:
    """plotly.js."""
    file = plotly_file()
    text = file.read_text(encoding="utf-8")
    body = eager(text) if file.parent == BASIC else text
    return _make(file.name.removesuffix(".min.js"), ".min.js", body.encode(), SCRIPT)


def eager(bundle: str) -> str:
    """The small plotly.js with brackets around what runs at once, so that a browser compiles it while it comes in.

    Without them V8 takes its functions for ones that may never be called: it skips them, and reads all once more when
    they run, while the visitor waits. That took three quarters of the time in which the bundle starts.

    Args:
        bundle: the small plotly.js; one of another making comes back as it is.
    """
    within, modules = MODULE.subn(r"=W((\1))", bundle)
    if not modules or any(within.count(end) != 1 for end in WRAPPER[0]):
        return bundle
    return within.replace(WRAPPER[0][0], WRAPPER[1][0]).replace(WRAPPER[0][1], WRAPPER[1][1])


@cache
def own_part() -> Part:
    """The scripts of the project, which run before all others."""
    return _make("impactmonitor", ".js", _joined(sorted((ROOT / "assets").glob("*.js"))), SCRIPT)


@cache
def sheet() -> Part:
    """The style sheets of the project as one."""
    return _make("impactmonitor", ".css", _joined(sorted((ROOT / "assets").glob("*.css"))), SHEET)


@cache
def dash_part(more: str) -> Part:
    """Dash, and what starts it.

    Args:
        more: what runs after its own scripts.
    """
    return _make("dash", ".js", _joined([DASH / name for name in DASH_SCRIPTS]) + more.encode(), SCRIPT)


def _joined(files: list[Path]) -> bytes:
    """Files one after another; a semicolon and a line end keep them apart, in scripts and in style sheets alike."""
    between = b"\n;\n" if files[0].suffix == ".js" else b"\n"
    return between.join(file.read_bytes() for file in files)


def prepare() -> None:
    """Compress all files beforehand, and keep what is new; what no page refers to any more goes."""
    for part in _made.values():
        for encoding in COMPRESS:
            _compressed(part, encoding)
    current = {f"{name}.{encoding}" for name in _made for encoding in COMPRESS}
    for kept in KEPT.glob("*") if KEPT.is_dir() else ():
        if kept.name not in current:
            kept.unlink()
