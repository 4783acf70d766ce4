from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from components import address
from data.view import CardView


def test_an_address_stays_readable() -> None:
    assert address.address("regionaal", {"regio": "PV22,GM1731"}) == "/regionaal?regio=PV22,GM1731"
    assert address.address("") == "/"


def test_text_in_an_address_is_encoded() -> None:
    text = address.address("landelijk", {"maat": "a&b=c d#e"})
    assert parse_qs(urlsplit(text).query) == {"maat": ["a&b=c d#e"]}
    assert urlsplit(text).fragment == ""


def test_addresses_carry_the_prefix(monkeypatch: pytest.MonkeyPatch, shown: Callable[..., CardView]) -> None:
    monkeypatch.setattr(address, "prefix", "/impactmonitor/")
    assert address.address("landelijk") == "/impactmonitor/landelijk"
    assert address.file_address(shown("landelijk").choice, "csv").startswith("/impactmonitor/csv/landelijk/")


def test_the_file_of_a_card_is_named_after_its_whole_choice(shown: Callable[..., CardView]) -> None:
    card = shown(
        "regionaal", indicator="aard-geweld-adviezen-meldingen-veilig-thuis", geweld="kindermishandeling",
        regio="PV22", periode="2023JJ00",
    )  # fmt: skip
    assert address.file_address(card.choice, "csv") == (
        "/csv/regionaal/aard-geweld-adviezen-meldingen-veilig-thuis"
        "?regio=PV22&periode=2023JJ00&geweld=kindermishandeling&weergave=aantal"
    )
