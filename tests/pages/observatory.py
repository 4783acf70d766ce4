"""The published criteria of the MDN (Mozilla) HTTP Observatory, applied to the answers of a site.

Criteria and points are those of https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring and of version
1.4.8 of its scanner, as far as they can apply to a site without cookies and outside the preload list of HSTS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.reading import parse

HALF_A_YEAR = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
ENOUGH_FOR_BONUS = 90
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (45, "C-"),
          (40, "D+"), (30, "D"), (25, "D-"), (0, "F"))  # fmt: skip


@dataclass(frozen=True)
class Site:
    """What was seen of a site over TLS: `headers` and `html` of its page, where http led to, and a CORS preflight."""

    headers: Sequence[tuple[str, str]]
    html: str
    address: str
    redirect: str
    preflight: Sequence[tuple[str, str]]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def last(self, name: str) -> str:
        return (self.all(name) or [""])[-1].strip().lower()


def points(site: Site) -> dict[str, int]:
    """The points of each criterion; 0 where it is met, more where it is surpassed."""
    return {
        "content-security-policy": _policy(site),
        "cookies": -40 if site.all("Set-Cookie") else 0,  # with any cookie: look again at the criteria
        "cross-origin-resource-policy": {"": 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(
            site.last("Cross-Origin-Resource-Policy"), -5
        ),
        "cross-origin-resource-sharing": _sharing(site),
        "redirection": _redirection(site),
        "referrer-policy": _referrer(site),
        "strict-transport-security": _transport(site),
        "subresource-integrity": _scripts(site),
        "x-content-type-options": 0 if site.last("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": _frames(site),
    }


def score(site: Site) -> int:
    """All points together; those above 0 only count for a site that does well without them."""
    found = points(site).values()
    without = 100 + sum(each for each in found if each < 0)
    return 100 + sum(found) if without >= ENOUGH_FOR_BONUS else max(without, 0)


def grade(total: int) -> str:
    """The grade of a score, from A+ to F."""
    return next(letter for least, letter in GRADES if total >= least)


def _rules(site: Site) -> dict[str, set[str]]:
    rules: dict[str, set[str]] = {}
    for header in site.all("Content-Security-Policy"):
        for rule in header.split(";"):
            name, *sources = rule.split()
            rules.setdefault(name.lower(), set()).update(sources)
    return rules


def _policy(site: Site) -> int:
    rules = _rules(site)
    if not rules:
        return -25
    default = rules.get("default-src", {"*"})
    script, style, plugin = (rules.get(f"{kind}-src", default) for kind in ("script", "style", "object"))
    # A browser that knows hashes ignores this word beside them.
    script, style = (
        sources - {"'unsafe-inline'"} if any(s.startswith("'sha") for s in sources) else sources
        for sources in (script, style)
    )
    active = set().union(*(s for name, s in rules.items() if name not in (*PASSIVE, "script-src")), script)
    passive = set().union(*(rules.get(name, default) for name in PASSIVE))
    if script & (BROAD | INLINE) or plugin & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def _sharing(site: Site) -> int:
    found = {name.lower(): value.strip() for name, value in site.preflight}
    allowed = found.get("access-control-allow-origin", "")
    return -50 if allowed not in ("", "*") and found.get("access-control-allow-credentials") == "true" else 0


def _redirection(site: Site) -> int:
    if not site.redirect:
        return -20
    there, here = urlsplit(site.redirect), urlsplit(site.address)
    if there.scheme != "https":
        return -20
    return 0 if there.hostname == here.hostname else -5


def _referrer(site: Site) -> int:
    asked = [part.strip() for part in site.last("Referrer-Policy").split(",") if part.strip()]
    return 0 if not asked else 5 if asked[-1] in PRIVATE else -5


def _transport(site: Site) -> int:
    (header,) = site.all("Strict-Transport-Security") or [""]
    ages = [part.strip()[8:] for part in header.lower().split(";") if part.strip().startswith("max-age=")]
    if not ages or "," in header:
        return -20
    return 0 if int(ages[0]) >= HALF_A_YEAR else -10


def _scripts(site: Site) -> int:
    """Scripts of other hosts need a hash; of our own a hash on every one is a bonus that is not asked for."""
    sources = [script["src"] for script in parse(site.html).all("script") if "src" in script.attributes]
    return -50 if any(urlsplit(source).netloc for source in sources) else 0


def _frames(site: Site) -> int:
    if _rules(site).get("frame-ancestors"):
        return 5
    return 0 if site.last("X-Frame-Options") in ("deny", "sameorigin") else -20
