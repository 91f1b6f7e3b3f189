"""What the README says to call, with every feature: it is there, and whose token is sent may call it."""

import re
import shlex

import pytest

from codebegen.documentation import write_documents
from tests.features.projects import ADDED, blueprint, compiled

BASE = "http://127.0.0.1:8000"
NOT_PROMISED = {"/metrics"}


@pytest.fixture(scope="module")
def readme() -> str:
    made = compiled(ADDED)
    pages = {page.path: page.content for page in write_documents(blueprint(ADDED), made.tree, {}, made.features)}
    return pages["README.md"]


def _calls(text: str) -> list[tuple[str, str, str]]:
    """Method, path and line of every call of the API."""
    found = []
    for line in re.findall(r"^curl .*$", text.replace("\\\n", " "), re.MULTILINE):
        words = shlex.split(line)
        address = next(word for word in words if BASE in word or word.startswith("$"))
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        if address.startswith(BASE):
            found.append((method, address.removeprefix(BASE).partition("?")[0], line))
    return found


def _callers(text: str, method: str, path: str) -> str | None:
    rows = re.findall(rf"^\| {method} \| `([^`]+)` \|[^|]*\| ([^|]*) \|$", text, re.MULTILINE)
    fits = (who for known, who in rows if re.fullmatch(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(known)), path))
    return next(fits, None)


def test_every_call_is_promised_and_its_token_may(readme: str) -> None:
    calls = [call for call in _calls(readme) if call[1] not in NOT_PROMISED and not call[1].startswith("$")]
    assert len(calls) > len(ADDED)
    wrong = []
    for method, path, line in calls:
        who = _callers(readme, method, path)
        if who is None or ("$ACCESS_TOKEN" in line and who in ("administrator", "")):
            wrong.append((line, who))
    assert wrong == []


def test_every_token_is_explained(readme: str) -> None:
    explained = readme.partition("\n## Accounts\n")[2].partition("\n## ")[0]
    assert "`ACCESS_TOKEN`" in explained
    assert ("$ADMIN_TOKEN" in readme) is ("`ADMIN_TOKEN`" in explained) is True


def test_what_belongs_to_the_description_stands_before_features(readme: str) -> None:
    places = [readme.index(f"`/api/v1/{path}` |") for path in ("products", "reviews", "api-keys", "products.csv")]
    assert places == sorted(places)
