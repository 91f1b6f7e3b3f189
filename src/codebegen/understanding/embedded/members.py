"""Members: what things have becomes fields and links; entities that appear on the way are added."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.draft import Draft, DraftField
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Fact, Holds, Link
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.lines import LINE_OWNERS
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase, Quantity, key_of
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token


def read_members(facts: Sequence[Fact], bench: Bench) -> list[Link]:
    """Fields go into the draft; what points to entities comes back as links."""
    links: list[Link] = []
    for fact in sorted((f for f in facts if isinstance(f, Holds)), key=lambda f: bool(f.item.sub)):
        if isinstance(fact, Holds):
            links.extend(_member(fact, bench))
    return links


def _member(fact: Holds, bench: Bench) -> list[Link]:
    names, draft, source = bench
    owner = names.find(fact.owner)
    item = fact.item
    if owner is None or owner not in draft.entities:
        # `The desk keeps visitors (name, time)`: whoever keeps them, the data is theirs.
        own = (Holds(item.phrase, part, part.start, part.end) for part in item.sub)
        return [link for held in own for link in _member(held, bench)]
    if item.spec.skip or item.name in ("id", "ids", "etc", f"{owner}_id"):
        return []
    subject = replace(fact.owner, quantity=Quantity())
    target = _target(item, owner, names)
    if _is_login(item, owner, names):
        account = Phrase((item.phrase.words[-1].tagged("N", USER),), item.start, item.end)
        return (
            [Link(subject, account, item.start, item.end, "belong", False, None, single=True)] if owner != USER else []
        )
    if item.sub:
        return _with_sub(fact, item, owner, subject, bench)
    if target is not None:
        return [_as_link(fact, item, subject, target, names)]
    _add_field(draft, owner, item, fact, source)
    return []


def _is_login(item: Item, owner: str, names: Names) -> bool:
    """`Every author has an account`: people log in; an account is no text."""
    person = owner.rsplit("_", 1)[-1] in nouns.PERSONS
    return person and item.head in ("account", "login") and not item.sub and names.exact(item.phrase) is None


def _target(item: Item, owner: str, names: Names) -> Phrase | None:
    """The phrase of the entity that an item points to; nothing for a plain field."""
    if item.spec.target:
        found = Phrase(item.spec.target, item.start, item.end)
        return found if names.find(found) is not None else None
    spec = item.spec
    if spec.values or spec.computed or spec.max is not None or spec.type not in (None, "uuid"):
        return None
    if item.apposition is not None and names.find(item.apposition) is not None:
        return item.apposition
    if item.wh == "who":
        return Phrase((item.phrase.words[-1].tagged("N", USER),), item.start, item.end)
    if item.wh or item.phrase.of is not None or item.name.endswith(("_at", "_on")):
        return None
    if item.name.endswith("_id"):
        return _by_key(item.phrase, names)
    if _KIN & {t.lemma for t in item.phrase.words[:2]} and (kin := _relative(item, owner, names)) is not None:
        return kin
    return item.phrase if names.exact(item.phrase) is not None else _by_last_word(item.phrase, owner, names)


_KIN = frozenset("father mother parent spouse partner husband wife sibling guardian".split())


def _relative(item: Item, owner: str, names: Names) -> Phrase | None:
    """`A person has a father`: another row of the same people; nothing where relatives have rows of their own."""
    key = next((key for key in ("person", owner) if key in names.entities), owner)
    person = key.rsplit("_", 1)[-1] in nouns.PERSONS
    own = names.exact(item.phrase) is not None or any(item.head == other for other in names.entities)
    if not person or own:
        return None
    words = tuple(Token(part, part, item.start, item.end, "word", "N", part) for part in key.split("_"))
    return Phrase(words, item.start, item.end)


def _by_key(phrase: Phrase, names: Names) -> Phrase | None:
    """`ward_id` points to a ward."""
    last = phrase.words[-1]
    bare = last.low.removesuffix("_id")
    stripped = replace(phrase, words=(replace(last, low=bare, text=last.text.removesuffix("_id"), lemma=bare),))
    return stripped if names.exact(stripped) or stripped.head in nouns.RELATIONAL_PERSONS | {USER} else None


def _by_last_word(phrase: Phrase, owner: str, names: Names) -> Phrase | None:
    """`home team` points to a team, `author` to an account; `sort order` to nothing."""
    tail = Phrase(phrase.words[-1:], phrase.start, phrase.end, phrase.det, phrase.quantity)
    counted = {t.low for t in phrase.words[:-1]} & _COUNTING
    if names.exact(tail) is not None and len(phrase.words) > 1:
        return tail if phrase.head not in nouns.FIELD_TYPES and not counted else None
    if phrase.plural:
        return None
    alone = len(phrase.words) == 1
    account = phrase.head in nouns.ACCOUNT_WORDS - {"one", "account"}
    person = alone and (
        (
            phrase.head in nouns.RELATIONAL_PERSONS | _ON_DUTY
            and (phrase.head not in _CREDITED or _has_accounts(phrase, owner, names))
        )
        or phrase.head in names.roles
    )
    return phrase if account or person else None


# Who is on duty somewhere works here, and logs in.
_ON_DUTY = nouns.STAFF | frozenset(
    "leader engineer driver referee trainer teacher instructor tutor mentor mechanic nurse doctor captain guide".split()
)
# An author may have an account here, or be a name on the cover.
_CREDITED = frozenset("author creator writer composer".split())
_WORKS = frozenset(
    "book novel magazine film movie song track album play poem painting ebook audiobook comic title".split()
)


def _has_accounts(phrase: Phrase, owner: str, names: Names) -> bool:
    """Whether such a person does something here, or could: there are accounts, and it is no published work."""
    if phrase.head in names.acting or owner in _WORKS:
        return phrase.head in names.acting
    return bool(names.roles or nouns.ACCOUNT_WORDS & (names.entities.keys() | names.acting))


def _as_link(fact: Holds, item: Item, subject: Phrase, target: Phrase, names: Names) -> Link:
    """A link from an item: its name where it differs from the target's, its cardinality."""
    many = item.phrase.many if not item.spec.link else item.spec.link in ("many", "children")
    name = ""
    target_key = names.find(target)
    own = item.name.removesuffix("_id")
    short = [
        alias for alias, key in names.aliases.items() if key == target_key and not alias.endswith(f"_{target_key}")
    ]
    if not many and target_key is not None and own not in (target_key, *short):
        name = own
    single = item.spec.link == "single" or (item.phrase.quantity.one and fact.modal == "can" and not name)
    both = True if item.spec.link == "many" else None
    optional = item.spec.optional or fact.modal == "can" or item.phrase.quantity.low == 0
    kind = "contain" if fact.contained else "has"
    return Link(
        subject,
        replace(target, quantity=item.phrase.quantity, det=item.phrase.det),
        item.start,
        item.end,
        kind,
        many,
        both,
        name,
        optional,
        single,
    )


def _with_sub(
    fact: Holds,
    item: Item,
    owner: str,
    subject: Phrase,
    bench: Bench,
) -> list[Link]:
    """An item with fields of its own: `attachments (file, size)`, `flowers with quantity and price`."""
    names = bench.names
    draft = bench.draft
    key = names.find(item.phrase)
    if key is None or key not in draft.entities:
        return []
    if _is_association(item, key, names, draft):
        return _association(fact, item, owner, key, bench)
    # `my copies: copy (bought on, price)`: the same thing told twice.
    links = [] if key == owner else [_as_link(fact, item, subject, item.phrase, names)]
    for sub in item.sub:
        links.extend(_member(Holds(item.phrase, sub, sub.start, sub.end), bench))
    return links


# `sort order`, `max teams`: these say how many, or in which order.
_COUNTING = frozenset("sort max min maximum minimum total number display num".split())
_LINE_FIELDS = frozenset("quantity count amount price unit_price discount qty".split())


def _is_association(item: Item, key: str, _names: Names, draft: Draft) -> bool:
    """The data belongs to the pair, not to the thing: it has fields elsewhere, and these count or price it."""
    return (
        item.phrase.many and len(draft.entities[key].fields) > 1 and any(sub.name in _LINE_FIELDS for sub in item.sub)
    )


def _association(fact: Holds, item: Item, owner: str, key: str, bench: Bench) -> list[Link]:
    names, draft, source = bench
    name = f"{owner}_item" if owner in LINE_OWNERS else f"{owner}_{key}"
    entity = draft.entities.get(name) or source.entity(name, item.start, item.end)
    entity.kind = "association"
    draft.entities[name] = entity
    names.entities.setdefault(name, item.phrase)
    for sub in item.sub:
        _add_field(draft, name, sub, fact, source)
    for target in (owner, key):
        source.relate(entity, target, item.start, item.end, contained=target == owner)
    return []


def _add_field(draft: Draft, owner: str, item: Item, fact: Holds, source: Evidence) -> None:
    entity = draft.entities[owner]
    name = (
        item.name.removeprefix(f"{owner}_")
        if item.name.startswith(f"{owner}_")
        and len(item.name) > len(owner) + 2
        and not fact.defined
        and item.head == "name"
        else item.name
    )
    if item.spec.moves:
        name = next((part for part in ("status", "state", "stage") if part in name.split("_")), name)
    if not name or name in ("no", "not") or not name[0].isalpha():
        return
    if item.spec.unique_scope:
        entity.unique.append(((name, key_of(item.spec.unique_scope)), source.stated(item.start, item.end)))
    known = entity.fields.get(name)
    if known is None:
        entity.fields[name] = DraftField(name, item, source.stated(item.start, item.end), fact.defined)
    else:
        known.item = replace(known.item, spec=merge_specs(known.item, item))


def merge_specs(first: Item, second: Item) -> Spec:
    """What was said about one field in two places, the first leading."""
    changed = {
        name: getattr(second.spec, name)
        for name in first.spec.__dataclass_fields__
        if not getattr(first.spec, name) and getattr(second.spec, name)
    }
    return replace(first.spec, **changed)
