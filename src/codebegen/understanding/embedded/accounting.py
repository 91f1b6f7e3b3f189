"""Accounting: which words of a sentence a blueprint explains, and not only which stretch some reader looked at.

What names an element is used. In the rest of the stretch that it was read from, a word counts as used if it is
found again in the blueprint: a name, a value, a number that bounds something, a move.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Grant
from codebegen.features import catalogue
from codebegen.understanding.embedded.clauses import Frame, parse
from codebegen.understanding.embedded.lexicon import conjugation, nouns, verbs, words
from codebegen.understanding.embedded.lexicon.british import BRITISH
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.ordered import ORDERS
from codebegen.understanding.embedded.reading import PLACES
from codebegen.understanding.embedded.spec_model import TYPE_WORDS
from codebegen.understanding.embedded.tag_verbs import noun_lemma
from codebegen.understanding.embedded.text import Token, Tokens

_TIGHT = 3
"""A stretch of so few words is what names an element."""
# Verbs that only hold a sentence together; what they say is in the elements beside them.
GRAMMAR = (
    verbs.HAS
    | verbs.BELONG
    | verbs.STORE
    | verbs.MANAGE
    | frozenset(
        "be do want let allow call use make create build add give get take come go know see can "
        "describe show move write".split()
    )
)
# Words of constraints: what they say stands in the field beside them.
_CONSTRAINTS = frozenset(
    "unique optional required mandatory nullable null default max min maximum minimum length exactly long short "
    "positive negative zero least most range value values yes no true false year date time".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Spans:
    """Disjoint stretches of the text, sorted; says whether a place lies in one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, token: Token) -> bool:
        """Whether a token lies in one of them."""
        at = bisect_right(self.starts, token.start) - 1
        return at >= 0 and token.end <= self.ends[at]

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch shares a character with one of them."""
        at = bisect_right(self.starts, end - 1) - 1
        return at >= 0 and self.ends[at] > start


def merge_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Overlapping stretches joined."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Spans(tuple(starts), tuple(ends))


@dataclass(frozen=True)
class Explained:
    """What a blueprint explains: stretches that name something, stretches that were read, words, numbers.

    `held` are the stretches that name what entities are made of.
    """

    tight: Spans
    read: Spans
    words: frozenset[str]
    numbers: frozenset[float]
    held: Spans

    def lacks(self, token: Token) -> bool:
        """Whether a field is named that nothing has, although another thing may have one of that name."""
        named = self.held.covers(token) or self.tight.covers(token)
        return not named and ((token.lemma or token.low) in nouns.ATTRIBUTES or token.low in words.UNITS)

    def leaves(self, token: Token) -> bool:
        """Whether nothing was made of a word, although something was made of its sentence."""
        if self.tight.covers(token):
            return False
        if token.kind == "number":
            return not self._counts(token)
        return not self.knows(token) and (not self.read.covers(token) or self._is_lost(token))

    def _counts(self, token: Token) -> bool:
        """Whether a number bounds something; a number in a code or a name is a word."""
        found = _NUMBER.fullmatch(token.text)
        return found is None or float(token.text.replace(",", ".")) in self.numbers or not self.read.covers(token)

    def _is_lost(self, token: Token) -> bool:
        """Whether a word in a stretch that was read says something of its own: a thing that is nowhere to be found."""
        return token.tag == "N" and token.kind == "word" and token.text.isalpha() and len(token.text) > _TIGHT

    def knows(self, token: Token) -> bool:
        """Whether speaking of it is no residue: it is there, or it says nothing by itself."""
        lemma = token.lemma or token.low
        return (
            lemma in self.words
            or BRITISH.get(lemma) in self.words
            or noun_lemma(token.low) in self.words
            or _base(token.low) in self.words
            or lemma in GRAMMAR
            or lemma in words.ADJECTIVES
            or token.low in words.UNITS
            or token.low in words.LENGTH_WORDS
            or token.low in TYPE_WORDS
            or lemma in _CONSTRAINTS
            or lemma in nouns.ABSTRACT
            or lemma in PLACES
            or lemma in nouns.ACCOUNT_WORDS | words.ANYONE | {"more", "time", "once"}
        )


def _base(low: str) -> str:
    return conjugation.forms().get(low, (low, ""))[0]


def explained(
    text: str,
    blueprint: Blueprint,
    places: Sequence[tuple[int, int]],
    noise: Sequence[tuple[int, int]],
    aliases: Iterable[str],
    *,
    held: Iterable[tuple[int, int]],
) -> Explained:
    """The account of a blueprint; `places` are the stretches that its elements were read from, `held` names them."""
    tight = [*((a, b) for a, b in places if len(text[a:b].split()) <= _TIGHT), *noise]
    return Explained(
        merge_spans(tight),
        merge_spans([*places, *noise]),
        _words(blueprint, aliases),
        _numbers(blueprint),
        merge_spans([*held, *noise]),
    )


def _words(blueprint: Blueprint, aliases: Iterable[str]) -> frozenset[str]:
    """Singular words of every name, the verbs in them (`watered_at`), and those that features are asked for with."""
    names: list[str] = [blueprint.name, blueprint.title, *aliases]
    for entity in blueprint.entities:
        names.extend((entity.name, *(f.name for f in entity.fields), *(r.name for r in entity.relations)))
        names.extend(value for f in entity.fields for value in f.values)
        names.extend(action.name for action in entity.actions)
        names.extend(c.name for c in entity.computed)
        names.extend(str(f.default) for f in entity.fields if f.default is not None)
        names.extend(move.name for machine in entity.state_machines for move in machine.transitions)
        names.extend(re.sub(r"[^A-Za-z ]", " ", rule.message or getattr(rule, "text", "")) for rule in entity.rules)
        names.extend(f.unit or "" for f in entity.fields)
    names.extend(role.name for role in blueprint.roles)
    names.extend(said.lower() for feature in blueprint.features for said in catalogue()[feature.key].say)
    told = {word for name in names if name for word in naming.words(name)}
    known = frozenset(form for word in told for form in (noun_lemma(word), _base(word)))
    return known | ORDERS if "position" in known else known


def _numbers(blueprint: Blueprint) -> frozenset[float]:
    """Every number that bounds something, as it may have been written."""
    found: set[float] = {0.0, 1.0}
    for entity in blueprint.entities:
        for field in entity.fields:
            bounds = (field.min, field.max, field.min_length, field.max_length)
            found.update(float(bound) for bound in bounds if bound is not None)
            told = " ".join((str(field.default), *field.values, field.name))
            found.update(float(n.replace(",", ".")) for n in _NUMBER.findall(told))
        for rule in entity.rules:
            found.update(
                float(n.replace(",", ".")) for n in _NUMBER.findall(f"{rule.message} {getattr(rule, 'text', '')}")
            )
    return frozenset(found)


def unlinked(sentence: Tokens, ties: set[frozenset[str]], names: Names) -> Iterator[Frame]:
    """Clauses that say what a thing does to another, where nothing in the blueprint has to do with both."""
    for frame in parse(sentence):
        if frame.link not in ("main", "relative") or frame.verb == "do":
            continue
        who = [key for p in frame.subjects if (key := names.exact(p)) is not None]
        spoken = (*frame.objects, *(p for n, p in frame.preps if n in _TO))
        what = [key for p in spoken if (key := names.exact(p)) is not None]
        pairs = [frozenset((a, b)) for a in who for b in what if a != b]
        if pairs and not any(pair in ties for pair in pairs):
            yield frame


_TO = frozenset("to for of by with on in at from".split())


def tied(blueprint: Blueprint) -> set[frozenset[str]]:
    """Entities with a relation between them, rows that lead to both, or a right of the one to the other."""
    ties: set[frozenset[str]] = set()
    for entity in blueprint.entities:
        around = {naming.snake(entity.name), *(naming.snake(r.target) for r in entity.relations)}
        around |= {grant.role or "" for right in entity.permissions for grant in right.allow}
        around |= {
            key for right in entity.permissions for grant in right.allow for key in _on_way(blueprint, entity, grant)
        }
        ties |= {frozenset((a, b)) for a in around for b in around if a != b}
    return ties


def _on_way(blueprint: Blueprint, entity: Entity, grant: Grant) -> Iterable[str]:
    """The things that the way to whom a right is given leads over: `flat.landlord.user`."""
    here: Entity | None = entity
    for name in (grant.path or "").split("."):
        relation = here.relations_by_name.get(name) if here is not None else None
        here = blueprint.entities_by_name.get(relation.target) if relation is not None else None
        if here is not None:
            yield naming.snake(here.name)
