"""Links: everything that was said about pairs of entities becomes relations with a kind, a side and a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from codebegen import naming
from codebegen.blueprint.relations import RelationKind
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftRelation
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Link
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.lines import COLLECTIONS
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_recipients import GIVERS, RECIPIENT

_ONE_EACH = frozenset("profile wallet passport settings cart shopping_cart basket wishlist".split())


@dataclass
class _Side:
    """How many of the other one side has: the strongest statement counts."""

    many: bool | None = None
    strength: int = -1

    def say(self, many: bool | None, strength: int) -> None:
        """A statement; the first of equal strength stays."""
        if many is not None and strength > self.strength:
            self.many, self.strength = many, strength

    def disputes(self, many: bool | None, strength: int) -> bool:
        """Whether a statement contradicts one that was as explicit."""
        return many is not None and self.many is not None and many != self.many and min(strength, self.strength) >= 4


@dataclass
class _Pair:
    left: str
    right: str
    name: str
    links: list[Link] = field(default_factory=list)
    forward: _Side = field(default_factory=_Side)
    backward: _Side = field(default_factory=_Side)
    single: bool = False
    optional: bool = False
    contained: bool = False
    creator: bool = False
    disputed: bool = False


_STRENGTH = {
    "belong": (3, 1),
    "has": (2, 2),
    "contain": (3, 2),
    "create": (2, 1),
    "agent": (3, 1),
    "structural": (1, 2),
    "between": (4, 4),
    "self": (4, 4),
    "buy": (1, 1),
    "placed": (1, 1),
    "own": (1, 1),
    "group": (4, 4),
}


def relate(links: Sequence[Link], names: Names, draft: Draft, source: Evidence) -> None:
    """Relations from links, in the order in which pairs were first spoken of."""
    pairs: dict[tuple[str, str, str], _Pair] = {}
    for link in links:
        left, right = names.find(link.source), names.find(link.target)
        if left is None or right is None or left not in draft.entities:
            continue
        if right not in draft.entities:
            source_user(draft, source)
        _collect(pairs, link, left, right, names)
    for pair in _fold_names(pairs):
        if pair.disputed:
            source.conflict(
                f"{naming.title(pair.left)} has one {pair.right} and many of them, both are said.",
                f"{'many' if pair.forward.many else 'one'}, as said first",
            )
        _relation(pair, draft, source)
    for pair in pairs.values():
        if all(link.kind in ("buy", "create") for link in pair.links):
            _leave_to_orders(pair, draft)


_ORDERS = ("order", "purchase")


def _leave_to_orders(pair: _Pair, draft: Draft) -> None:
    """`Customers order products` where orders have both, or their lines: a product is nobody's for being ordered."""
    ends = {pair.left, pair.right}
    if any(ends <= _with_lines(row, draft) - {row.key} for row in draft.entities.values() if _is_order(row)):
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            holder = draft.entities[one]
            holder.relations = [r for r in holder.relations if r.target != other or r.name not in (other, pair.name)]


def _is_order(row: DraftEntity) -> bool:
    return row.key.endswith(_ORDERS)


def _with_lines(row: DraftEntity, draft: Draft) -> set[str]:
    """What a row and its lines point to."""
    lines = [entity for entity in draft.entities.values() if entity.to(row.key)]
    return {relation.target for entity in (row, *lines) for relation in entity.relations}


_PARTS = ("line", "item", "entry", "detail", "row", "position")


def relate_parts(draft: Draft, source: Evidence) -> None:
    """Order lines are part of an order, whether it is said or not."""
    for key, entity in draft.entities.items():
        whole, _, part = key.rpartition("_")
        if part in _PARTS and whole in draft.entities and not entity.to(whole) and not draft.entities[whole].to(key):
            source.relate(
                entity,
                whole,
                0,
                0,
                contained=True,
                reason=f"a {key.replace('_', ' ')} is part of {whole.replace('_', ' ')}",
            )


def relate_lists(draft: Draft, source: Evidence) -> None:
    """`A stall has a menu` and menu items: the items are the stall's, and the menu is no text."""
    for key, entity in draft.entities.items():
        whole, _, part = key.rpartition("_")
        holders = [e for e in draft.entities.values() if whole in e.fields and not e.fields[whole].item.spec.type]
        if part in _PARTS and whole not in draft.entities and len(holders) == 1 and not entity.to(holders[0].key):
            told = holders[0].fields.pop(whole).item
            source.relate(entity, holders[0].key, told.start, told.end, contained=True)


def source_user(draft: Draft, source: Evidence) -> DraftEntity:
    """The account entity, made where something points to it."""
    if USER not in draft.entities:
        draft.entities[USER] = source.entity(USER, 0, 0, reason="something points to whoever has an account")
        draft.entities[USER].kind = "user"
    return draft.entities[USER]


def _collect(pairs: dict[tuple[str, str, str], _Pair], link: Link, left: str, right: str, names: Names) -> None:
    name = link.name or _role_name(link.target, right, names)
    swapped = (right, left, "") in pairs and not name and left != right
    key = (right, left, "") if swapped else (left, right, name)
    pair = pairs.setdefault(key, _Pair(key[0], key[1], name))
    pair.links.append(link)
    near, far = _STRENGTH.get(link.kind, (2, 1))
    exact = link.target.quantity.one or link.target.quantity.many
    there, back = (pair.backward, pair.forward) if swapped else (pair.forward, pair.backward)
    strength = near + (2 if exact else 0)
    pair.disputed = pair.disputed or there.disputes(link.many_targets, strength)
    there.say(link.many_targets, strength)
    back.say(link.many_sources, far)
    if link.kind == "has" and link.many_targets is False and left != right:
        back.say(None, 0)
    if link.kind == "belong" and link.source.quantity.one and link.target.quantity.one:
        pair.single = True
    pair.single = pair.single or link.single
    pair.optional = pair.optional or (link.optional and not link.many_targets and not swapped)
    pair.contained = pair.contained or link.kind == "contain"
    pair.creator = pair.creator or link.kind == "create"


def _role_name(target: Phrase, key: str, names: Names) -> str:
    """`organizer` where a person without an entity stands for an account; otherwise the entity's own name."""
    if key == USER and target.head not in nouns.ACCOUNT_WORDS and (target.is_person or target.head in names.roles):
        return target.key.rsplit("_", 1)[-1] if target.words[0].tag in ("J", "VP") else target.key
    return ""


def _fold_names(pairs: dict[tuple[str, str, str], _Pair]) -> list[_Pair]:
    """A plain link beside one with a name is the same link told again; to accounts too, if one act made both."""
    out: list[_Pair] = []
    for (left, right, name), pair in pairs.items():
        named = [
            p
            for (a, b, n), p in pairs.items()
            if (a, b) == (left, right) and n not in ("", "assignee") and p.links[0].kind != "group"
        ]
        if not name and right == USER and named and pair.creator:
            named[0].creator = True
            continue
        both = RECIPIENT in (sides := {p.name for p in named}) and bool(sides & GIVERS)
        # Who made a row and who gets it are of one kind: nothing else that was told of the two is a third.
        if not name and len(named) >= 2 and all(both or link.kind in ("belong", "between") for link in pair.links):
            continue
        if (
            name
            and right == USER
            and pair.creator
            and all(not link.name for link in pair.links)
            and (left, right, "") in pairs
        ):
            pairs[left, right, ""].creator = True
            continue
        if name == "assignee" and (left, right, "") in pairs:
            continue
        out.append(pair)
    return out


def leave_to_rows(draft: Draft) -> None:
    """`Students enroll in courses; a course has at most 30 students`: enrolments tell already who is in which."""
    joined = joined_by_rows(draft)
    for entity in draft.entities.values():
        lined = _of_lines(entity, draft) if _is_order(entity) else set()
        entity.relations = [
            r for r in entity.relations if not _is_told(r, entity.key, joined) and not (r.target == r.name in lined)
        ]


def _of_lines(whole: DraftEntity, draft: Draft) -> set[str]:
    """What the lines of an order point to: `customers order products; an order has lines with a product`."""
    parts = (e for e in draft.entities.values() if e.key.endswith(_PARTS) and e.to(whole.key))
    return {relation.target for part in parts for relation in part.relations} - {whole.key}


def joined_by_rows(draft: Draft) -> set[frozenset[str]]:
    """The pairs of entities that have rows between them."""
    return {pair for row in draft.entities.values() if row.kind == "association" for pair in _joined(row)}


def joined_with_people(draft: Draft) -> set[frozenset[str]]:
    """Those pairs, and people with what they did something to, where the deed has rows: keepers, animals, feedings."""
    people = {key for key, entity in draft.entities.items() if entity.kind == "profile"}
    deeds = {pair for row in draft.entities.values() for pair in _joined(row) if pair & people}
    return deeds | joined_by_rows(draft)


def _joined(row: DraftEntity) -> set[frozenset[str]]:
    keys = [relation.target for relation in row.relations if relation.kind == "many_to_one"]
    return {frozenset(pair) for pair in combinations(keys, 2)}


def _is_told(relation: DraftRelation, holder: str, joined: set[frozenset[str]]) -> bool:
    """Whether rows between two things say the same as a relation without a name of its own."""
    plain = naming.singular(relation.name) == relation.target
    return relation.kind == "many_to_many" and plain and frozenset((holder, relation.target)) in joined


def _relation(pair: _Pair, draft: Draft, source: Evidence) -> None:
    many, back = pair.forward.many, pair.backward.many
    left, right = draft.entities[pair.left], draft.entities[pair.right]
    if pair.single and not many and not back:
        if any(link.kind in ("has", "contain") for link in pair.links) and right.kind not in ("user", "profile"):
            left, right = right, left
        _put(left, right, pair, "one_to_one", source)
    elif many and (back or (back is None and _many_back(pair, left, right))):
        _put(left, right, pair, "many_to_many", source)
    elif many and pair.left != pair.right:
        _put(right, left, pair, "many_to_one", source)
    elif many:
        _put(left, right, pair, "many_to_many", source)
    elif many is None and back:
        _put(left, right, pair, "many_to_one", source)
    elif many is None and back is False:
        _put(right, left, pair, "many_to_one", source)
    elif right.key in _ONE_EACH and left.kind in ("user", "profile") and not back:
        _put(right, left, pair, "one_to_one", source)
    else:
        kind: RelationKind = "one_to_one" if right.key == USER and left.key in _ONE_EACH else "many_to_one"
        _put(left, right, pair, kind, source)


def _many_back(pair: _Pair, left: DraftEntity, right: DraftEntity) -> bool:
    """Whether the other side has many too, though nobody says so."""
    belongs = left is not right and all(link.kind == "belong" for link in pair.links)
    return belongs or _in_many(left, right) or _shared(right, left)


def _in_many(holder: DraftEntity, target: DraftEntity) -> bool:
    """People who take part in a thing take part in others; a firm's people are its own."""
    group = holder.key.rsplit("_", 1)[-1] in nouns.ACTORS | _OWN_PEOPLE or holder.kind != "normal"
    if target.key in ("parent", "guardian"):
        return True
    own = target.key.rsplit("_", 1)[-1] in _BELONGING
    return target.kind == "profile" and not group and not own


_BELONGING = frozenset("member employee worker resident tenant contact child guest passenger subscriber".split())
_OWN_PEOPLE = frozenset(
    "workspace family household crew order account office practice ward room house unit site".split()
)


def _shared(target: DraftEntity, holder: DraftEntity) -> bool:
    """Tags, labels, authors: many on both sides unless the text says otherwise."""
    if holder.key in COLLECTIONS:
        return True
    return target.key in nouns.MANY_TO_MANY or (
        target.key.rsplit("_", 1)[-1] in ("tag", "label", "skill", "category", "genre") and target.key != holder.key
    )


def _put(holder: DraftEntity, target: DraftEntity, pair: _Pair, kind: RelationKind, source: Evidence) -> None:
    swapped = holder.key != pair.left
    name = pair.name if pair.name and not swapped else target.key
    if kind == "many_to_many":
        name = naming.plural(name)
    elif holder is target and not pair.name:
        name = f"parent_{target.key}"
    elif name in holder.fields:
        del holder.fields[name]
    told = holder.relation(name) is not None
    plain = (f"parent_{target.key}", naming.plural(target.key))
    if told or (holder is target and any(r.name in plain for r in holder.to(target.key))):
        return
    link = pair.links[0]
    start, end = min(x.start for x in pair.links[:1]), max(x.end for x in pair.links[:1])
    made = source.stated(start, end) if link.kind != "guess" else source.inferred("", start, end)
    contained = pair.contained or (swapped and any(x.kind in ("has", "contain") for x in pair.links))
    optional = (pair.optional and not swapped) or holder.key == target.key
    holder.relations.append(DraftRelation(name, target.key, kind, made, optional, contained, pair.creator))
