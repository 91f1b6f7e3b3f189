"""Where entities are mentioned, which pairs stand together, and what follows for their relation."""

from typing import Literal

import pytest

from codebegen.blueprint import inferred
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftRelation
from codebegen.understanding.embedded.engine import draft_of
from codebegen.understanding.embedded.lexicon.noun_uses import UNKNOWN, use_of
from codebegen.understanding.embedded.lexicon.owners import affinity
from codebegen.understanding.embedded.likely_links import turn
from codebegen.understanding.embedded.mentions import Line, find_mentions
from codebegen.understanding.embedded.pair_places import survey_places
from codebegen.understanding.embedded.pair_signs import KINDS

MILL = """Mills have a name and a river. Millers have a name. A repair has a cost and a date. A miller repairs the mill
of his village (a mill on a river).
- Sack: weight, price (what the mill asks)"""


def _lines(text: str) -> list[Line]:
    told, _, bench = draft_of(text)
    return find_mentions(told, text, bench.names)


def test_a_mention_is_a_name_or_the_verb_that_a_name_comes_from() -> None:
    told = next(line for line in _lines(MILL) if any(mention.deed for mention in line.mentions))
    found = [(mention.key, mention.deed, mention.behind) for mention in told.mentions]
    assert found[:3] == [("miller", False, "begin"), ("repair", True, "begin"), ("mill", False, "V")]


def test_the_row_of_a_thing_tells_what_else_it_speaks_of() -> None:
    places = survey_places(_lines(MILL))
    assert "row tells" in places.ways["sack", "mill"]
    assert "told in row" in places.ways["mill", "sack"]
    assert "row tells" not in places.ways["miller", "mill"]


def test_what_was_spoken_of_last_is_closest() -> None:
    places = survey_places(_lines(MILL))
    assert places.is_closest("repair", "miller")
    assert not places.is_closest("repair", "mill")
    assert places.ahead("repair", "mill") == "2"
    assert places.ahead("mill", "repair") == "after"
    assert places.standing("mill") == 0


@pytest.mark.parametrize(
    ("noun", "kind", "mostly"),
    [("inspection", "event", "rows"), ("colour", "state", "data"), ("co-payment", "money", "rows")],
)
def test_nouns_are_known_by_what_they_are_elsewhere(noun: str, kind: str, mostly: str) -> None:
    use = use_of(noun)
    assert use.kind == kind
    assert ("rows" if use.rows > use.data else "data") == mostly


def test_words_that_nobody_judged_say_nothing() -> None:
    assert use_of("zzyzx") is UNKNOWN
    assert affinity("zzyzx", "book", "work") == "unknown"


def test_data_are_rather_of_what_usually_has_them() -> None:
    assert affinity("isbn", "book", "work") == "named"
    assert affinity("isbn", "vase", "thing") == "other"


def _draft(name: str, kind: Literal["many_to_one", "many_to_many"]) -> Draft:
    """Windows with a relation to panels."""
    draft = Draft()
    draft.entities = {key: DraftEntity(key, inferred("told")) for key in ("window", "panel")}
    draft.entities["window"].relations.append(DraftRelation(name, "panel", kind, inferred("told")))
    return draft


@pytest.mark.parametrize(
    ("name", "kind", "likely", "there", "back"),
    [
        ("panel", "many_to_one", (0.1, 0.05, 0.8, 0.05), [], ["window"]),
        ("panel", "many_to_one", (0.1, 0.05, 0.05, 0.8), ["panels"], []),
        ("panels", "many_to_many", (0.1, 0.8, 0.05, 0.05), ["panel"], []),
        ("panel", "many_to_one", (0.1, 0.3, 0.5, 0.1), ["panel"], []),
        ("panel", "many_to_one", (0.8, 0.05, 0.1, 0.05), ["panel"], []),
        ("newest_panel", "many_to_one", (0.1, 0.05, 0.8, 0.05), ["newest_panel"], []),
    ],
)
def test_another_kind_of_relation_is_made_where_that_is_far_likelier(
    name: str,
    kind: Literal["many_to_one", "many_to_many"],
    likely: tuple[float, ...],
    there: list[str],
    back: list[str],
) -> None:
    draft = _draft(name, kind)
    turn(draft, "window", "panel", dict(zip(KINDS, likely, strict=True)))
    assert [relation.name for relation in draft.entities["window"].relations] == there
    assert [relation.name for relation in draft.entities["panel"].relations] == back
