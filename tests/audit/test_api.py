"""The API against its description, at length: as in tests/pages/test_api_contract.py, with many more requests."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.pages.test_api_contract import PLAIN, schema

pytestmark = pytest.mark.audit
LONG = settings(max_examples=200, database=None, suppress_health_check=list(HealthCheck))


@schema.parametrize()
@LONG
def test_the_api_keeps_to_its_description_at_length(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=PLAIN)
