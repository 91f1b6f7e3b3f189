"""`Users only see their own stuff`: a right about everything is one about each thing that nobody else has a say in."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.facts import Fact, Right
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.read_privacy import everybody

_PEOPLE = "users?|everyone|everybody|people|person|members?|you|i"
_DATA = r"(?:data|stuff|things|records|information|content|contents|items|entries|resources|objects)"
_OTHERS = (
    r"(?:each other['’]?s|one another['’]?s|other users['’]?|other people['’]?s|"
    r"(?:any|some)(?:one|body) else['’]?s|others['’])"
)


@lru_cache(maxsize=64)
def _patterns(people: str) -> tuple[re.Pattern[str], ...]:
    """Ways to say that everybody has only their own."""
    return (
        re.compile(
            rf"\b{people}\b[^.;!?\n]{{0,40}}\b(?:only|just)\b[^.;!?\n]{{0,40}}"
            rf"\b(?:their|his|her|your|my|his or her|his/her) own {_DATA}\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b{people}\b[^.;!?\n]{{0,40}}\b(?:never|not|n['’]t|cannot|no way)\b[^.;!?\n]{{0,40}}"
            rf"\b{_OTHERS} {_DATA}\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:all |everything|the )?(?:{_DATA} )?(?:is|are|stays?|must be|should be) (?:strictly )?private"
            r" (?:to|for) (?:the |each |every |its |their )?(?:users?|owners?|person)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:nobody|no one|no user)\b[^.;!?\n]{0,20}\b(?:sees?|access(?:es)?|reads?)\b[^.;!?\n]{0,20}"
            rf"\b{_OTHERS} {_DATA}\b",
            re.IGNORECASE,
        ),
    )


def rights_to_own_data(text: str, facts: Sequence[Fact], bench: Bench) -> Iterator[Right]:
    """A right to read one's own, for each thing that the text gives nobody else to read; wholes before their parts."""
    persons = [key for key in bench.draft.entities if key.rsplit("_", 1)[-1] in nouns.PERSONS]
    people = "|".join((_PEOPLE, *(rf"{key.replace('_', ' ')}s?" for key in persons)))
    found = next(filter(None, (pattern.search(text) for pattern in _patterns(f"(?:{people})"))), None)
    if found is None:
        return
    start, end = found.span()
    who = everybody(start, end)
    told = {bench.names.find(fact.what) for fact in facts if isinstance(fact, Right) and fact.what and fact.operations}
    for key in _wholes_first(bench.draft):
        entity = bench.draft.entities[key]
        if entity.kind not in ("user", "profile") and key not in told and key in bench.names.entities:
            what = bench.names.entities[key]
            yield Right(who, ("list", "read"), what, start, end, own=True, only=True, verb="see")


def _wholes_first(draft: Draft) -> list[str]:
    """The entities, each behind those that it has keys to, as far as that goes."""
    ordered: list[str] = []

    def place(key: str, above: tuple[str, ...]) -> None:
        if key in ordered or key in above or key not in draft.entities or key == USER:
            return
        for relation in draft.entities[key].relations:
            if relation.kind != "many_to_many":
                place(relation.target, (*above, key))
        ordered.append(key)

    for key in draft.entities:
        place(key, ())
    return ordered
