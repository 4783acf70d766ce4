"""The settings that come from the environment, read and checked before anything starts.

Every function here is pure: text in, a checked value out. A value that cannot be understood raises
`SettingError`, whose message is the one Dutch line that the administrator gets to see.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
DEFAULT_WORKERS = 2
DEFAULT_FRAME_ANCESTORS = "*"
DEFAULT_URL_PREFIX = "/"
DEFAULT_CBS_ODATA_URL = "https://datasets.cbs.nl/odata/v1/CBS"
DEFAULT_PROXIES = "127.0.0.1,::1"
DEFAULT_STYLE = "standaard"
DEFAULT_AT_ONCE = 64

MAX_PORT = 65_535
MAX_WORKERS = 64
MAX_AT_ONCE = 1000
SHOWN_LENGTH = 60
LONGEST_NAME = 200

_HOST_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST_NAME = re.compile(rf"{_HOST_LABEL}(?:\.{_HOST_LABEL})*")
_FRAME_SOURCE = re.compile(
    rf"https?:|(?:https?://)?(?:\*\.)?{_HOST_LABEL}(?:\.{_HOST_LABEL})*(?::(?:[0-9]{{1,5}}|\*))?(?:/[\w.~%/-]*)?",
    re.ASCII,
)
_SECURE_PAGE = re.compile(rf"https://{_HOST_LABEL}(?:\.{_HOST_LABEL})+(?:/[\w.~%/?=&#-]*)?", re.ASCII)
_PUBLIC_NAME = re.compile(rf"https?://{_HOST_LABEL}(?:\.{_HOST_LABEL})+/[\w.~%/?=&#-]*", re.ASCII)
_MAIL = re.compile(rf"[\w.+-]{{1,64}}@{_HOST_LABEL}(?:\.{_HOST_LABEL})+", re.ASCII)
_SERVICE = re.compile(
    rf"https?://(?:{_HOST_LABEL}(?:\.{_HOST_LABEL})*|\[[0-9a-f:]+\])(?::[0-9]{{1,5}})?(?:/[\w.~%-]+)*", re.ASCII
)
_URL_PREFIX = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")


class SettingError(ValueError):
    """A setting that cannot be understood; the message is one line in Dutch for the administrator."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        shown = value if len(value) <= SHOWN_LENGTH else value[:SHOWN_LENGTH] + "…"
        super().__init__(f"De instelling {name}={shown!r} is niet te gebruiken: {expected}.")


@dataclass(frozen=True)
class Settings:
    """All settings, checked.

    Attributes:
        host: Address to listen on.
        port: Port to listen on.
        workers: Number of worker processes.
        frame_ancestors: Sites that may frame a page, as the value of the CSP directive of that name.
        url_prefix: Path under which the app is served; begins and ends with a slash.
        style: Name of the style that shows without asking.
        styles: Folder with token files of whoever runs the site; empty for none.
        security_contact: Where a weak spot can be reported, for security.txt; empty for nowhere.
        publisher: Name of the organisation that publishes this site, for data catalogues; empty for unknown.
        publisher_uri: What names it in a register of organisations; empty for none.
        contact: Where to ask about the data; empty for the page of accountability.
        data: Folder of imported releases; None for only the figures that come along.
        cbs_url: Base of the CBS service in OData v4 form, without a slash at the end.
        proxies: Proxies that are believed when they say that a visitor came over TLS: addresses and networks,
            separated by commas, or '*'.
        metrics_port: Port for the numbers of Prometheus; 0 for none.
        at_once: How many requests one worker takes at the same time; who comes on top of that is told that it is busy.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    workers: int = DEFAULT_WORKERS
    frame_ancestors: str = DEFAULT_FRAME_ANCESTORS
    url_prefix: str = DEFAULT_URL_PREFIX
    style: str = DEFAULT_STYLE
    styles: str = ""
    security_contact: str = ""
    publisher: str = ""
    publisher_uri: str = ""
    contact: str = ""
    data: Path | None = None
    cbs_url: str = DEFAULT_CBS_ODATA_URL
    proxies: str = DEFAULT_PROXIES
    metrics_port: int = 0
    at_once: int = DEFAULT_AT_ONCE

    @property
    def bind(self) -> str:
        """Host and port as gunicorn wants them: an IPv6 address stands in square brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read all settings; one that is absent or empty gets its default.

    Args:
        environ: The environment, usually `os.environ`.

    Returns:
        The checked settings.

    Raises:
        SettingError: If a value cannot be understood.
    """
    given = {name: value.strip() for name, value in environ.items()}
    return Settings(
        host=parse_host(given.get("HOST") or DEFAULT_HOST),
        port=parse_port(given.get("PORT") or str(DEFAULT_PORT)),
        workers=parse_workers(given.get("WEB_CONCURRENCY") or str(DEFAULT_WORKERS)),
        frame_ancestors=parse_frame_ancestors(given.get("FRAME_ANCESTORS") or DEFAULT_FRAME_ANCESTORS),
        url_prefix=parse_url_prefix(given.get("URL_PREFIX") or DEFAULT_URL_PREFIX),
        style=parse_style(given.get("STIJL") or DEFAULT_STYLE),
        styles=given.get("STIJLEN", ""),
        security_contact=parse_contact("SECURITY_CONTACT", given.get("SECURITY_CONTACT", "")),
        publisher=parse_publisher(given.get("UITGEVER", "")),
        publisher_uri=parse_publisher_uri(given.get("UITGEVER_URI", "")),
        contact=parse_contact("CONTACT", given.get("CONTACT", "")),
        data=parse_data(given.get("IMPACTMONITOR_DATA", "")),
        cbs_url=parse_cbs_url(given.get("CBS_ODATA_URL") or DEFAULT_CBS_ODATA_URL),
        proxies=parse_proxies(given.get("FORWARDED_ALLOW_IPS") or DEFAULT_PROXIES),
        metrics_port=_whole_number("METRICS_PORT", given["METRICS_PORT"], MAX_PORT) if given.get("METRICS_PORT") else 0,
        at_once=_whole_number("MAX_AT_ONCE", given.get("MAX_AT_ONCE") or str(DEFAULT_AT_ONCE), MAX_AT_ONCE),
    )


def parse_host(text: str) -> str:
    """Check the address to listen on: an IPv4 or IPv6 address, or a host name.

    Args:
        text: For example `0.0.0.0`, `::1`, `[::1]` or `localhost`.

    Returns:
        The address, without square brackets.

    Raises:
        SettingError: If it is none of these.
    """
    host = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        looks_like_number = re.fullmatch(r"[0-9.]+", host) is not None
        if looks_like_number or len(host) > 253 or not _HOST_NAME.fullmatch(host):
            expected = "geef een IP-adres of een computernaam, bijvoorbeeld 127.0.0.1 of 0.0.0.0"
            raise SettingError("HOST", text, expected) from None
    return host


def parse_port(text: str) -> int:
    """Check the port to listen on.

    Args:
        text: A whole number from 1 to 65535.

    Returns:
        The port.

    Raises:
        SettingError: If it is not such a number.
    """
    return _whole_number("PORT", text, MAX_PORT)


def parse_workers(text: str) -> int:
    """Check the number of worker processes.

    Args:
        text: A whole number from 1 to 64.

    Returns:
        The number of workers.

    Raises:
        SettingError: If it is not such a number.
    """
    return _whole_number("WEB_CONCURRENCY", text, MAX_WORKERS)


def parse_frame_ancestors(text: str) -> str:
    """Check which sites may frame a page, and write them as the CSP directive `frame-ancestors` wants them.

    Args:
        text: `*`, `none`, or addresses of sites and `self`, separated by spaces or commas.

    Returns:
        The value of the directive; `self` and `none` in the quotes that the directive needs and shells eat.

    Raises:
        SettingError: If a part is not a source, or if `*` or `none` does not stand alone.
    """
    quoted = {"self": "'self'", "none": "'none'"}
    sources = [quoted.get(part, part) for part in re.split(r"[\s,]+", text) if part]
    alone = len(sources) == 1
    known = all(
        source == "'self'" or (alone and source in ("*", "'none'")) or _FRAME_SOURCE.fullmatch(source)
        for source in sources
    )
    if not sources or not known:
        expected = "geef * (elke site), none (geen enkele) of een lijst, zoals self https://intranet.nl"
        raise SettingError("FRAME_ANCESTORS", text, expected)
    return " ".join(sources)


def parse_url_prefix(text: str) -> str:
    """Check the path under which the app is served.

    Args:
        text: For example `/` or `/impactmonitor/`.

    Returns:
        The same path.

    Raises:
        SettingError: If it does not begin and end with a slash, or is not made of plain path parts.
    """
    if not _URL_PREFIX.fullmatch(text):
        expected = "geef een pad dat met een schuine streep begint en eindigt, bijvoorbeeld /impactmonitor/"
        raise SettingError("URL_PREFIX", text, expected)
    return text


def parse_style(text: str) -> str:
    """Check the name of the style that shows without asking; whether there is one of that name is found at the start.

    Args:
        text: For example `donker`.

    Returns:
        The same name.

    Raises:
        SettingError: If it is no name of a style.
    """
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        expected = "geef de naam van een stijl: kleine letters, cijfers en koppeltekens, bijvoorbeeld donker"
        raise SettingError("STIJL", text, expected)
    return text


def parse_publisher(text: str) -> str:
    """Check the name of the organisation that publishes this site.

    Args:
        text: For example `Gemeente Voorbeeld`, or nothing.

    Returns:
        The same name.

    Raises:
        SettingError: If it is too long or holds signs that do not print.
    """
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise SettingError("UITGEVER", text, f"geef de naam van de organisatie, hoogstens {LONGEST_NAME} tekens")
    return text


def parse_publisher_uri(text: str) -> str:
    """Check what names the organisation in a register.

    Args:
        text: For example `https://identifier.overheid.nl/tooi/id/gemeente/gm0000`, or nothing.

    Returns:
        The same address.

    Raises:
        SettingError: If it is no address of the web.
    """
    if text and not _PUBLIC_NAME.fullmatch(text):
        raise SettingError(
            "UITGEVER_URI", text, "geef het adres van de organisatie in een register, dat met http begint"
        )
    return text


def parse_contact(name: str, text: str) -> str:
    """Check where a weak spot can be reported, or a question asked.

    Args:
        name: Of the setting.
        text: An e-mail address, an address of a page (https://...), or nothing.

    Returns:
        The address as security.txt (RFC 9116) wants it: `mailto:...` or `https://...`; '' for nothing.

    Raises:
        SettingError: If it is neither.
    """
    if not text or _SECURE_PAGE.fullmatch(text):
        return text
    mail = text.removeprefix("mailto:")
    if not _MAIL.fullmatch(mail):
        expected = "geef een e-mailadres, of het adres van een pagina dat met https:// begint"
        raise SettingError(name, text, expected)
    return f"mailto:{mail}"


def parse_data(text: str) -> Path | None:
    """Check where imported releases stand.

    Args:
        text: The path of a folder, which need not be there yet; nothing for the figures that come along.

    Returns:
        The path, or None.

    Raises:
        SettingError: If it cannot be the path of a folder.
    """
    if not text:
        return None
    if not text.isprintable() or Path(text).is_file():
        raise SettingError("IMPACTMONITOR_DATA", text, "geef het pad van een map, bijvoorbeeld /var/lib/impactmonitor")
    return Path(text)


def parse_cbs_url(text: str) -> str:
    """Check the base of the CBS service.

    Args:
        text: An address that the id of a table can be put behind.

    Returns:
        The address without slashes at its end.

    Raises:
        SettingError: If it is no such address.
    """
    address = text.rstrip("/")
    if not _SERVICE.fullmatch(address):
        raise SettingError("CBS_ODATA_URL", text, f"geef een adres zoals {DEFAULT_CBS_ODATA_URL}")
    return address


def parse_proxies(text: str) -> str:
    """Check which proxies are believed about the scheme that the visitor used.

    Args:
        text: Addresses and networks separated by commas, for example `10.0.0.0/8,::1`, or `*` for all.

    Returns:
        The same, without spaces.

    Raises:
        SettingError: If a part is none of these.
    """
    parts = [part.strip() for part in text.split(",")]
    try:
        return "*" if parts == ["*"] else ",".join(str(ipaddress.ip_network(part)) for part in parts)
    except ValueError:
        expected = "geef IP-adressen of netwerken met komma's ertussen, zoals 127.0.0.1,10.0.0.0/8, of *"
        raise SettingError("FORWARDED_ALLOW_IPS", text, expected) from None


def _whole_number(name: str, text: str, highest: int) -> int:
    """Read a whole number from 1 to `highest`, written in plain digits."""
    if re.fullmatch(r"[0-9]{1,9}", text) and 1 <= int(text) <= highest:
        return int(text)
    raise SettingError(name, text, f"geef een heel getal van 1 tot en met {highest}")
