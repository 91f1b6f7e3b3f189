"""Names: facts enter, the list of entities leaves, with every alias under which they are spoken of.

A noun becomes an entity by evidence: fields of its own, a definition, quantifiers, relations; what rules say of these
is weighed against all ways in which the noun is spoken of. Persons without anything of their own are roles of accounts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codebegen import naming
from codebegen.understanding.embedded.entity_signs import chance
from codebegen.understanding.embedded.facts import Fact
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.name_evidence import THRESHOLD, Evidence, weigh
from codebegen.understanding.embedded.noun_survey import Survey
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_invited import group_words
from codebegen.understanding.embedded.reading import PLACES

USER = "user"
_ADMIN = frozenset("admin administrator superadmin superuser admin_user".split())
_SHORT = {
    "vet": "veterinarian",
    "doc": "doctor",
    "org": "organization",
    "dept": "department",
    "emp": "employee",
    "rep": "representative",
}


@dataclass(frozen=True)
class Names:
    """`entities` by key in order of appearance with the phrase that named them; `roles` of persons that are none.

    `acting` are the persons who do something, whatever became of them; `doubtful` the nouns that may well have rows,
    and were given none.
    """

    entities: dict[str, Phrase]
    roles: dict[str, Phrase]
    aliases: dict[str, str]
    acting: frozenset[str] = frozenset()
    doubtful: tuple[Phrase, ...] = ()

    def find(self, phrase: Phrase) -> str | None:
        """The entity that a phrase speaks of; persons without an entity are users."""
        for key in _shorter(phrase):
            found = self.aliases.get(key, key)
            if found in self.entities:
                return found
        return self._short_for(phrase.key) or (USER if self.is_account(phrase) else None)

    def _short_for(self, key: str) -> str | None:
        """`requests` where leave requests are kept, `leave request` where leaves are."""
        longer = [known for known in self.entities if known.endswith(f"_{key}")]
        longer = longer or [known for known in self.entities if known.removesuffix("_report") == key]
        plainer = next((key.removesuffix(end) for end in ("_request", "_entry", "_record") if key.endswith(end)), "")
        return longer[0] if len(longer) == 1 else (plainer if plainer in self.entities else None)

    def by_key(self, key: str) -> str | None:
        """The entity with this key or alias."""
        found = self.aliases.get(key, key)
        if found in self.entities:
            return found
        return USER if key in nouns.ACCOUNT_WORDS else None

    def is_account(self, phrase: Phrase) -> bool:
        """A person who is no entity: whoever that is has an account."""
        return (
            phrase.head in nouns.ACCOUNT_WORDS
            or phrase.key in self.roles
            or phrase.head in self.roles
            or phrase.is_person
        )

    def exact(self, phrase: Phrase) -> str | None:
        """The entity of exactly these words."""
        found = self.aliases.get(phrase.key, phrase.key)
        return found if found in self.entities else None


def _shorter(phrase: Phrase) -> Iterable[str]:
    """The key of a phrase, then with modifiers left out one by one from the front."""
    parts = phrase.key.split("_")
    return ["_".join(parts[i:]) for i in range(len(parts))]


@dataclass(frozen=True)
class Candidates:
    """Every noun that may have rows with what speaks for it, and other names of the same."""

    found: dict[str, Evidence]
    aliases: dict[str, str]

    @property
    def described_accounts(self) -> bool:
        """Where accounts are described, people without anything of their own are those accounts."""
        user = self.found.get(USER)
        return user is not None and (user.defined or user.fields > 0)


def candidates(facts: Sequence[Fact], told: Survey) -> Candidates:
    """What the rules found, and whatever else is spoken of."""
    evidence = weigh(facts)
    inside = {key for key in group_words(facts) & evidence.keys() if not evidence[key].fields}
    aliases = _aliases(evidence) | dict.fromkeys(inside, USER)
    merged = {key: found for key, found in _merge(evidence, aliases).items() if not _is_title(found, evidence)}
    known = evidence.keys() | aliases.keys()
    spoken = {key: Evidence(phrase=noun.phrase) for key, noun in told.items() if key not in known}
    return Candidates(merged | spoken, aliases)


def find_names(facts: Sequence[Fact], told: Survey) -> Names:
    """Weigh all evidence."""
    weighed = candidates(facts, told)
    merged = weighed.found
    entities: dict[str, Phrase] = {}
    roles: dict[str, Phrase] = {}
    doing: dict[str, Phrase] = {}
    chances = _chances(weighed, told)
    rows = {key for key, likely in chances.items() if _has_rows(key, weighed, likely)}
    for key, found in merged.items():
        if found.phrase is None:
            continue
        has_rows = key in rows
        if _is_bare_unit(found):
            roles[key] = found.phrase
        elif _is_person(key, found):
            entities.update({key: found.phrase} if has_rows else {})
            has_role = _has_role(key, found, is_entity=has_rows)
            roles.update({"admin" if key in _ADMIN else key: found.phrase} if has_role else {})
            acts = has_rows and _tells_apart(key) and bool(found.kinds.keys() & _ACTING)
            doing.update({key: found.phrase} if acts else {})
        elif has_rows:
            entities[key] = found.phrase
    # Where people are told apart by what they do, all who act have their role.
    roles.update(doing if len(roles.keys() | doing.keys()) > 1 else {})
    acting = frozenset(key for key, found in merged.items() if found.kinds.keys() & _DOING and _is_person(key, found))
    known = entities.keys() | roles.keys()
    doubtful = tuple(
        found.phrase
        for key, found in merged.items()
        if found.phrase is not None and chances[key] > _HARDLY and key not in known and _is_plain(key, found)
    )
    return Names(entities, roles, weighed.aliases, acting, doubtful)


def _chances(weighed: Candidates, told: Survey) -> dict[str, float]:
    """How likely each noun has rows; a few words show too little of how each is used, so there the rules decide."""
    if len(weighed.found) < _FEW:
        return {key: float(by_rules(key, weighed)) for key in weighed.found}
    return {key: chance(key, told, found) for key, found in weighed.found.items()}


def _is_plain(key: str, found: Evidence) -> bool:
    """Whether a noun is neither a person nor the house that the backend is for: `a shop`."""
    return key not in PLACES and not _is_person(key, found)


# Between these two chances the rules decide; what has data of its own need only be possible.
_HARDLY, _LIKELY = 0.5, 0.55
_DATA_ALONE = 0.3
_FEW = 10


def _has_rows(key: str, weighed: Candidates, likely: float) -> bool:
    """Whether a noun becomes an entity; what has data of its own is one, if a rule says so."""
    found = weighed.found[key]
    if by_rules(key, weighed):
        return likely > (_DATA_ALONE if found.fields else _HARDLY) or _is_no_word(found)
    if _is_person(key, found) and weighed.described_accounts:
        return False
    speakable = naming.is_name(key) and key.count("_") < _LONG and not key.isdigit()
    return likely > _LIKELY and speakable and key not in _TALK_OF_DATA


def _is_no_word(found: Evidence) -> bool:
    """What no list knows: a word of another language, an identifier, rows that a reader gave a name."""
    return found.phrase is not None and (not found.phrase.text.isascii() or "_" in found.phrase.text)


def by_rules(key: str, weighed: Candidates) -> bool:
    """What the rules say of a noun."""
    found = weighed.found[key]
    if _is_bare_unit(found):
        return False
    if _is_person(key, found):
        acts = not weighed.described_accounts and _acts_in_the_domain(key, found)
        return _person_is_entity(key, found) or acts
    return _is_entity(key, found)


_LONG = 3
_TALK_OF_DATA = frozenset(
    "thing table entity model record row resource object database field api endpoint backend".split()
)


def _is_title(found: Evidence, evidence: dict[str, Evidence]) -> bool:
    """`Product brief: Tandem`, `Extras: docker, tests`: a label of the text, of whose list nothing is data."""
    alone = found.defined and not found.fields and found.kinds.keys() == {"defined"}
    label = len(found.held) == 1 or bool(found.held & _SOFTWARE)
    return alone and label and not any(head in evidence or head in nouns.PERSONS for head in found.held)


# What is delivered beside the data.
_SOFTWARE = frozenset(
    "docker dockerfile kubernetes test openapi swagger api backend frontend readme ci websocket csv export pagination "
    "logging limiting jwt".split()
)


def _is_person(key: str, _found: Evidence) -> bool:
    head = key.rsplit("_", 1)[-1]
    return head in nouns.PERSONS or head == "staff" or key in _ADMIN


def _is_bare_unit(found: Evidence) -> bool:
    """A part of a house that acts and of which nothing is kept."""
    return found.unit and not (found.fields or found.defined or found.listed)


def _has_role(key: str, found: Evidence, *, is_entity: bool) -> bool:
    """Whether a person is known by what they do, and by nothing else."""
    if not is_entity:
        return bool(found.kinds.keys() & {"actor", "right", *_DOING}) and (key in _ADMIN or _tells_apart(key))
    alone = not found.fields and not _acts_in_the_domain(key, found) and key not in nouns.ACCOUNT_WORDS
    return alone and bool(found.kinds.keys() & {"actor", "right", "act"})


def _tells_apart(key: str) -> bool:
    """Whether a word tells people apart, unlike `user`, `guest`, or the author of something."""
    head = key.rsplit("_", 1)[-1]
    return head not in nouns.ACCOUNT_WORDS | {"visitor", "guest"} and key not in nouns.RELATIONAL_PERSONS


_ACTING = frozenset(("actor", "right", "act", "create"))
_DOING = frozenset(("act", "create", "agent", "structural", "buy"))


def _acts_in_the_domain(key: str, found: Evidence) -> bool:
    """`Members borrow books`: a person the backend is about; what somebody may do makes a role instead."""
    return (
        bool(found.kinds.keys() & _DOING)
        and "right" not in found.kinds
        and key.rsplit("_", 1)[-1] not in nouns.STAFF | nouns.RELATIONAL_PERSONS | nouns.ACCOUNT_WORDS | _PASSING
    )


_PASSING = frozenset("visitor reader viewer listener friend people".split())


def _person_is_entity(key: str, found: Evidence) -> bool:
    if key in nouns.ACCOUNT_WORDS or key in _ADMIN:
        return found.fields > 0 or (key == USER and found.score > 0)
    if key in nouns.RELATIONAL_PERSONS and not found.fields and not found.defined and not found.listed:
        return found.structural and found.score >= 6
    return found.fields > 0 or found.defined or found.listed or (found.structural and found.score >= THRESHOLD)


def _is_entity(key: str, found: Evidence) -> bool:
    if found.phrase is None:
        return False
    head = found.phrase.head
    plural = found.phrase.plural and head in nouns.THINGS
    named = found.defined or found.listed or found.fields > 0 or plural or "paired" in found.kinds
    if (head in nouns.ABSTRACT and not named) or head.isdigit() or not naming.is_name(key):
        return False
    if key.count("_") >= _LONG and not found.defined:
        return False
    if not found.fields and key.split("_", maxsplit=1)[0] in ("max", "min", "maximum", "minimum"):
        return False
    if found.fields or found.defined or found.listed:
        return found.fields > 0 or found.score >= THRESHOLD
    if head in nouns.ATTRIBUTES and head not in nouns.THINGS:
        return found.score >= 8
    return found.score >= (THRESHOLD if head in nouns.THINGS else THRESHOLD + 1)


def _aliases(evidence: dict[str, Evidence]) -> dict[str, str]:
    """Short and adorned ways to speak of one entity: `vet`, `room` of meeting rooms, `followed users`."""
    strong = {key for key, found in evidence.items() if found.fields or found.defined or found.listed}
    strong -= {key for key in strong if _goes_on_about(key, evidence, strong)}
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in sorted(strong):
        if "_" in key:
            by_word[key.rsplit("_", 1)[-1]].append(key)
            by_word[key.split("_", 1)[0]].append(key)
    aliases = {key: _SHORT[key] for key in evidence if _SHORT.get(key) in evidence}
    for key, found in evidence.items():
        if key not in strong:
            target = _longer(key, found, by_word) or _plainer(key, found, evidence, strong)
            if target is not None:
                aliases[key] = target
    return aliases


def _goes_on_about(key: str, evidence: dict[str, Evidence], strong: set[str]) -> bool:
    """`Print jobs: title, copies. A job is born as new. Each job has a remark`: a short name for something."""
    found = evidence[key]
    longer = [known for known in strong if known.endswith(f"_{key}")]
    if found.defined or found.listed or len(longer) != 1:
        return False
    order = list(evidence)
    whole = evidence[longer[0]].fields
    return order.index(longer[0]) < order.index(key) and (whole >= found.fields or not whole)


def _longer(key: str, found: Evidence, by_word: dict[str, list[str]]) -> str | None:
    """The one compound that a single word is short for."""
    known = by_word.get(key, [])
    return known[0] if len(known) == 1 and _is_short_for(key, known[0], found) else None


def _plainer(key: str, found: Evidence, evidence: dict[str, Evidence], strong: set[str]) -> str | None:
    """The noun without what adorns it: `followed user`, `leave request` where leaves are kept."""
    parts = key.split("_")
    tails = ("_".join(parts[i:]) for i in range(1, len(parts)))
    shorter = next((tail for tail in tails if tail in strong or tail == USER), None)
    if shorter is not None or len(parts) < 2:
        return shorter
    if parts[-1] in nouns.PERSONS and parts[-1] in evidence and "_".join(parts[:-1]) in strong and not found.fields:
        return parts[-1]
    if parts[-1] in ("request", "entry", "record") and "_".join(parts[:-1]) in strong:
        return "_".join(parts[:-1])
    rest = "_".join(parts[1:])
    adorned = found.phrase is not None and found.phrase.words[0].tag in ("VP", "J") and found.score < 6
    return rest if adorned and rest in evidence and evidence[rest].score >= 2 else None


def _is_short_for(key: str, long: str, found: Evidence) -> bool:
    """`category` for menu categories, `job` for job offers; not `order` for order lines."""
    if long.endswith(f"_{key}"):
        return True
    plain = not found.fields and long.startswith(f"{key}_") and long.endswith(("_ticket", "_order", "_case", "_form"))
    return plain or (long.endswith(("_offer", "_posting", "_request", "_entry")) and found.score < THRESHOLD)


def _merge(evidence: dict[str, Evidence], aliases: dict[str, str]) -> dict[str, Evidence]:
    merged: dict[str, Evidence] = {}
    for key, found in evidence.items():
        target = aliases.get(key, key)
        if target not in merged:
            merged[target] = evidence.get(target, found)
        if target != key:
            merged[target].score += found.score
            merged[target].fields += found.fields
            merged[target].structural = merged[target].structural or found.structural
    return merged
