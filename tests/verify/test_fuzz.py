"""The attack sends what it means to send."""

from typing import Any

import pytest
import schemathesis
from schemathesis.hooks import HookContext

from codebegen.verify.drivers.fuzz import FILE, FORM, says_what_it_means

PART = {"type": "string", "contentMediaType": FILE}
BODY = {"type": "object", "properties": {"file": PART, "note": {"type": "string"}}}
POST = {
    "requestBody": {"content": {FORM: {"schema": BODY}, "application/json": {"schema": BODY}}},
    "responses": {"201": {"description": "Created"}},
}
DOCUMENT = {"openapi": "3.1.0", "info": {"title": "Files", "version": "1"}, "paths": {"/files": {"post": POST}}}


@pytest.mark.parametrize(
    ("media_type", "body", "is_sent"),
    [
        (FORM, {"file": b"a"}, True),
        (FORM, {"file": {"a": 1}}, False),
        (FORM, {"file": None}, False),
        (FORM, {"file": ["a"]}, True),
        (FORM, {"note": {"a": 1}}, True),
        (FORM, 5, True),
        ("application/json", {"file": {"a": 1}}, True),
    ],
)
def test_a_file_of_a_form_can_be_nothing_but_bytes(media_type: str, body: Any, is_sent: bool) -> None:
    operation = schemathesis.openapi.from_dict(DOCUMENT)["/files"]["POST"]
    case = operation.Case(media_type=media_type, body=body)
    assert says_what_it_means(HookContext(operation=operation), case) is is_sent
