"""The description of the API is valid, and the API keeps to it, whatever is asked."""

from __future__ import annotations

import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from openapi_spec_validator import OpenAPIV31SpecValidator

import app

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what it reads in process
SHORT = settings(
    max_examples=10, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_the_description_is_valid(client: FlaskClient) -> None:
    OpenAPIV31SpecValidator(client.get("/api/v1/openapi.json").json).validate()


@schema.parametrize()
@SHORT
def test_the_api_keeps_to_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=PLAIN)
