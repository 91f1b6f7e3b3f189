"""What a description looks like to the catalogue: its domain, how thin it is, which usual things it speaks of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity
from codebegen.understanding.embedded.catalogue import CatalogueEntity, Match, domain, match_domains, named
from codebegen.understanding.embedded.catalogue.store import COMMON
from codebegen.understanding.embedded.catalogue.words import phrase, words_of

_THIN_WORDS = 60
_THIN_LENGTH = 800  # characters; noise can be one word
_THIN_ENTITIES = 2
_THIN_FIELDS = 1
_TERSE_WORDS = 8
_STRONG = 1.5
_SURE = 4.0

# Patterns are compiled when they are first used: importing the room stays cheap.
_REQUEST = (
    r"\b(api|apis|app|apps|backend|back-end|application|system|platform|web ?site|site|service|server|software|tool|"
    r"database|db|crud|rest|clone|project|mvp|startup|prototype|solution|manager|management|tracker)\b|"
    r"\b(i|we)('d| would)? (need|want|like|require)\b|"
    r"^\W*((please|can you|could you) )?(build|create|make|develop|write|design|implement|generate|give|set up)\b"
)
_NO_ACCOUNTS = (
    r"\b(no|without|skip|don'?t (need|want|have|implement)|do not (need|want|implement)|not need|needn'?t)\b"
    r"[^.;\n]{0,40}?\b(auth\w*|log ?in|sign[ -]?(in|up)|accounts?|users?|passwords?)\b"
)
_CLOSED = (
    r"\b(internal\w*|private\w*|intranet|confidential|"
    r"(log ?in|sign[ -]?in|authentication|auth) (is )?(required|needed)|"
    r"(must|have to|need to) (be logged|log|sign)|"
    r"(only|just) (for )?(logged|authenticated|registered|members|employees|staff)|"
    r"(members|employees|staff|users) only)\b"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """`plurals` are the plural nouns of the text, in the singular; `closed`: reading is not for everybody."""

    matches: tuple[Match, ...]
    plurals: frozenset[str]
    thin: bool
    accounts: bool
    closed: bool

    @property
    def best(self) -> Match | None:
        """The domain that fits best."""
        return self.matches[0] if self.matches else None

    @property
    def strong(self) -> tuple[str, ...]:
        """The domains whose words may be taken in their sense, best first."""
        least = max(_STRONG, self.matches[0].score / 2) if self.matches else _STRONG
        return tuple(match.domain for match in self.matches if match.score >= least)

    @property
    def sure(self) -> Match | None:
        """The best domain, where it is more than a word in passing."""
        best = self.best
        return best if best and best.cues and (self.thin or best.score >= _SURE) else None

    def usual(self, name: str) -> CatalogueEntity | None:
        """What an entity of this name usually is here; of a compound, what its last word is."""
        words = words_of(name)
        return self._best(phrase(name), everywhere=True) or (self._best(words[-1]) if len(words) > 1 else None)

    def _best(self, words: str, *, everywhere: bool = False) -> CatalogueEntity | None:
        """Of the entities that `words` name: a strong domain's, a common one, then (by its own name) another's."""
        ranked: list[tuple[float, CatalogueEntity]] = []
        others: list[CatalogueEntity] = []
        strong = self.strong
        for known in named(words):
            own_name = phrase(known.name) == words
            if known.domain in strong:
                ranked.append((strong.index(known.domain) + (0 if own_name else 0.5), known))
            elif known.domain == COMMON:
                ranked.append((len(strong), known))
            elif everywhere and own_name:
                others.append(known)
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else self._likeliest(others)

    def _likeliest(self, others: list[CatalogueEntity]) -> CatalogueEntity | None:
        """The only one, or that of the domain that fits better than the rest; an ambiguous word says nothing."""
        scores = {match.domain: match.score for match in self.matches}
        best = max((scores.get(known.domain, 0.0) for known in others), default=0.0)
        found = [known for known in others if scores.get(known.domain, 0.0) == best]
        return found[0] if len(found) == 1 else None

    def parts(self, blueprint: Blueprint, key: str) -> dict[str, str]:
        """Entities of the domain that the blueprint has, and their names there; a name goes before an alias."""
        found: dict[str, str] = {}
        for exact in (True, False):
            for stated in blueprint.entities:
                for known in named(phrase(stated.name)):
                    if (
                        known.domain == key
                        and (known.name == stated.name) is exact
                        and stated.name not in found.values()
                    ):
                        found.setdefault(known.name, stated.name)
        return found

    def tells_more_than(self, names: Iterable[str]) -> bool:
        """Whether a domain is named ("a survey tool"), and not only its entities ("an API for pets", `Pet` stated)."""
        said = {phrase(name) for name in names} | self.plurals
        return any(cue not in said or not named(cue) for cue in (self.best.cues if self.best else ()))

    def mentions(self, known: CatalogueEntity) -> bool:
        """Whether the text speaks of such things, in the plural and by their own name."""
        return phrase(known.name) in self.plurals

    def called(self, known: CatalogueEntity) -> str:
        """The name for it: the word that the description is told by ("todo app"), if that is an alias."""
        cues = {word for cue in (self.best.cues if self.best else ()) for word in cue.split()}
        alias = next((a for a in known.aliases if phrase(a) in cues), None)
        return naming.pascal(alias) if alias and phrase(known.name) not in cues else known.name


def look(blueprint: Blueprint, prompt: str) -> Scene:
    """The scene of a description and of what was understood of it so far."""
    stated = [e for e in blueprint.entities if e.name != "User"]
    matches = match_domains(prompt, (e.name for e in stated))
    thin = _is_thin(stated, prompt, matches)
    wanted = not says_no_accounts(prompt)
    return Scene(
        matches=matches,
        plurals=_plurals(prompt) if thin else frozenset(),
        thin=thin,
        accounts=wanted and (_has_people(blueprint) or (thin and domain(matches[0].domain).accounts)),
        closed=_says(_CLOSED, prompt),
    )


def says_no_accounts(prompt: str) -> bool:
    """Whether the text rules out that people log in."""
    return _says(_NO_ACCOUNTS, prompt)


def _is_thin(stated: list[Entity], prompt: str, matches: tuple[Match, ...]) -> bool:
    """Whether a backend is asked for by little more than the name of its domain."""
    length = len(prompt.split(maxsplit=_THIN_WORDS + 1))
    if not matches or not matches[0].cues or length > _THIN_WORDS or len(prompt) > _THIN_LENGTH:
        return False
    wonders = prompt.rstrip().endswith("?")
    asks = (length <= _TERSE_WORDS and not wonders) or _says(_REQUEST, prompt)
    fields = sum(len(e.fields) for e in stated)
    return asks and len(stated) <= _THIN_ENTITIES and fields <= _THIN_FIELDS


def _has_people(blueprint: Blueprint) -> bool:
    """Whether people log in, as far as it was said."""
    return (
        blueprint.has_accounts
        or bool(blueprint.roles)
        or any(e.name == "User" or e.owner or any(r.target == "User" for r in e.relations) for e in blueprint.entities)
    )


def _says(pattern: str, prompt: str) -> bool:
    return re.search(pattern, prompt, re.IGNORECASE) is not None


def _plurals(prompt: str) -> frozenset[str]:
    """Plural nouns of a short text, and pairs that end in one, in the singular."""
    words = naming.words(prompt)
    found = set()
    for place, word in enumerate(words):
        if naming.singular(word) != word:
            found.add(naming.singular(word))
            if place:
                found.add(f"{words[place - 1]} {naming.singular(word)}")
    return frozenset(found)
