"""Tenancy: texts that keep what belongs to one company, workspace or school from all others, and roles inside of it.

`Each company sees only its own data`, `workspaces with members`, `only organisation admins can …`. What keeps apart is
found by sentences about separation; members alone are enough only for words that mean nothing else (`workspace`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Feature, Field, Grant, Provenance, Role, Tenancy, inferred
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.tenancy import OWNER, ROLE, ROLES
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.draft import Draft, DraftEntity
from codebegen.understanding.embedded.links import source_user
from codebegen.understanding.embedded.lost_scopes import is_beyond
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.phrases import Phrase

# What people share: these words mean hardly anything else than a tenant.
_SHARED = ("workspace", "organization", "organisation")
# These do so where the text keeps one's things from the others'.
_BODIES = (
    "company agency firm business clinic practice hospital school association household family institution university"
)
# These trade with each other's members too: all their data has to be kept apart.
_TRADERS = (
    "team shop store club department studio gym restaurant hotel church charity branch employer community group salon "
    "garage bakery farm library office space"
)
# People are tenants only where the text speaks of tenants.
_PEOPLE = "customer client vendor merchant landlord account"
_DATA = re.compile(r"\b(?:data|records|information|everything|anything|nothing|things|content|stuff|world)\b")
_MEMBERSHIPS = ("membership", "member", "team_member", "seat")
_ADMINS = frozenset({"admin", "administrator"})
_ABOVE = frozenset("platform super system site global superadmin superuser root application app".split())
_KNOWN = frozenset(
    "owner admin administrator member manager editor viewer guest reader staff agent accountant employee contributor "
    "collaborator maintainer developer supervisor lead operator analyst moderator observer auditor technician teacher "
    "receptionist driver user".split()
)
_LISTED = re.compile(
    r"(?:\broles?\b[^.;\n]{0,40}?(?::|\bare\b|\(|\bof\b|,)?\s*"
    r"|\bmembers?\b[^.;\n,]{0,40}?\b(?:is|are|can be|may be)\b(?: either)?\s*(?:an? )?"
    r"|\bmembers?\b[^.;\n,]{0,40}?\bas\b\s*(?:an? )?"
    r"|\bmembers? ?\()"
    r"((?:an? )?\w+(?:(?:,? (?:and|or) |, ?| ?/ ?| ?\| ?)(?:an? )?\w+)+)"
)


@dataclass
class Told:
    """A tenancy as the text tells it: the keys of its entities, and what somebody can be in it."""

    tenant: str
    membership: str
    provenance: Provenance
    named: bool
    roles: list[str] = field(default_factory=list)

    def role_of(self, who: Phrase) -> tuple[str, ...] | None:
        """The roles in the tenant that a phrase speaks of; all of them are given as none. None for anybody else."""
        lows = [naming.singular(token.low) for token in who.words]
        if set(lows) & _ABOVE:
            return None
        head = _plain(who.head)
        inside = self._is_tenant(" ".join(lows[:-1])) or (who.of is not None and self._is_tenant(who.of.head))
        if head == "member" or (head in ("user", "people", "person") and inside):
            return ("member",) if "member" in self.roles and not inside and who.only else ()
        key = _plain(who.key.removeprefix(f"{self.tenant}_"))
        for role in (key, head):
            if role in self.roles or (role in _KNOWN and (inside or (role in _ADMINS | {OWNER} and who.plural))):
                return (role,)
        return None

    def _is_tenant(self, words: str) -> bool:
        return bool(words) and naming.snake(words) == self.tenant

    def grant(self, who: Phrase) -> Grant | None:
        """The right of those in a tenant that a phrase speaks of."""
        roles = self.role_of(who)
        if roles is None:
            return None
        for role in roles:
            if role not in self.roles:
                self.roles.append(role)
        return Grant(kind="member", roles=roles)


def _plain(word: str) -> str:
    return "admin" if word == "administrator" else word


def find_tenancy(text: str, bench: Bench, features: tuple[Feature, ...]) -> Told | None:
    """What keeps tenants apart, if the text says that something does."""
    lowered = text.lower().replace("’", "'")
    feature = next((f for f in features if f.key == "multi_tenant"), None)
    in_words = feature is not None and feature.provenance.start is not None
    acting = frozenset() if in_words else bench.names.acting  # people, whatever an option asks for
    told_apart = _separations(lowered, bench.draft, said=feature is not None)
    found = [one for one in told_apart if one[0] not in acting]
    if not found and feature is None:
        return None
    for _, start, end in found:
        bench.source.used.append((start, end))
    likely = [key for key in (*_SHARED, "tenant", "company", "team") if key in bench.draft.entities]
    known = [key for key, _, _ in found] or [key for key in likely if key not in acting]
    tenant = next((key for key in known if key in bench.draft.entities), known[0] if known else "organization")
    tenant = "organization" if tenant == "tenant" and tenant not in bench.draft.entities else tenant
    place = bench.source.stated(*found[0][1:]) if found else (feature.provenance if feature else Provenance())
    told = Told(tenant, _membership(bench.draft, tenant), place, named=bool(found))
    told.roles = _listed(lowered, bench, told)
    _settle(bench, told)
    return told


def _separations(text: str, draft: Draft, *, said: bool) -> Iterator[tuple[str, int, int]]:
    """Tenants by sentences that keep them apart, with their places; `said` where the text speaks of tenants."""
    sure = {*_SHARED, *_BODIES.split()}
    spelled = _spelled(sure | {*_TRADERS.split()} | ({*_PEOPLE.split(), "tenant"} if said else set()), draft)
    for key, start, end in _matches(_APART, spelled, text):
        if said or key.rsplit("_", 1)[-1] in sure or _DATA.search(text, start, end + 25):
            yield _british(key, draft), start, end
    for key, start, end in _matches(_SHARING, _spelled({*_SHARED}, draft), text):
        yield _british(key, draft), start, end


def _spelled(words: set[str], draft: Draft) -> dict[str, str]:
    """Every form of some words, and of entities that end in one, with the key that is meant."""
    keys = [*sorted(words), *(key for key in draft.entities if key.rsplit("_", 1)[-1] in words)]
    plain = {key: key.replace("_", " ") for key in keys}
    return {form: key for key, word in plain.items() for form in (word, naming.plural(word), f"{word}'s")}


def _matches(patterns: tuple[str, ...], spelled: dict[str, str], text: str) -> Iterator[tuple[str, int, int]]:
    body = "|".join(re.escape(form) for form in sorted(spelled, key=len, reverse=True))
    for pattern in patterns:
        for match in re.finditer(pattern.replace("BODY", f"(?P<body>{body})"), text):
            yield spelled[match["body"]], match.start(), match.end()


_SAME = r"[^.;\n]{0,50}?"
_APART = (
    # Each company (only) sees (only) its own data; companies may access only their own things.
    rf"\bBODY\b{_SAME}\bonly\b{_SAME}\b(?:its|their|the) own\b(?: \w+)?",
    # Users see only their own company's data; people only see data of their company.
    rf"\bonly\b{_SAME}\b(?:their|its|his|her|your|one's)(?: own)? BODY\b(?: data| records)?",
    # Nobody sees another company's data; data of other workspaces is never shown.
    rf"\b(?:never|not|cannot|can't|no|nobody|nothing)\b{_SAME}\b(?:an)?(?:other|different|foreign) BODY\b",
    rf"\bBODY\b{_SAME}\b(?:never|not|cannot|can't|invisible|hidden)\b{_SAME}\b(?:(?:an)?other ones?|(?:all )?others)\b",
    rf"\b(?:an)?other BODY\b{_SAME}\b(?:never|not|invisible|hidden|cannot|can't)\b",
    rf"\bBODY\b{_SAME}\b(?:never|not|cannot|can't)\b{_SAME}\b(?:each other|one another|another's|others)\b(?:'s? \w+)?",
    # Data is isolated per company; everything is separated by tenant; the data of a company is kept apart.
    (
        r"\b(?:isolat\w+|separated?|segregat\w+|kept apart|partition\w+|scoped|siloed)\b[^.;\n]{0,30}?"
        r"\b(?:per|by|between|to|from|for|within|into)\b(?: (?:each|every|the|an?|its|their|one|different))? BODY\b"
    ),
    rf"\bBODY\b{_SAME}\b(?:is|are|be|stays?)(?: \w+)? (?:isolated|separated?|kept apart|segregated|siloed)\b",
    # All data belongs to one company; many companies use it, each with its own data.
    rf"\b(?:everything|all (?:data|records|things))\b{_SAME}\bbelongs? to (?:an?|one|exactly one|the) BODY\b",
    rf"\b(?:multiple|several|many|different|various) BODY\b{_SAME}\b(?:its|their) own\b",
    r"\bonly (?:the )?members of (?:an?|the|that|this|its) BODY\b",
)
"""Sentences that keep one from another."""

_SHARING = (
    (
        r"\bBODY\b[^.;\n]{0,20}?\b(?:has|have|with|contains?|consists? of)\b"
        r"(?: (?:many|several|multiple|some|any number of))? (?:members|users|people)\b"
    ),
    r"\bmembers of (?:an?|the|that|this|its|their|each|every) BODY\b",
    (
        r"\b(?:users?|people|accounts?|members)\b[^.;\n]{0,30}?"
        r"\b(?:belongs? to|members? of|joins?|part of|creates?|invited (?:in)?to)\b"
        r"(?: (?:an?|one|many|several|multiple|more|or|different))* BODY\b"
    ),
    r"\bBODY (?:members|owners|admins|administrators|users)\b",
    r"\binvit\w+\b[^.;\n]{0,30}?\b(?:in)?to (?:an?|the|their|its|that) BODY\b",
)
"""Sentences about people who share something, for words that mean nothing else."""


def _british(key: str, draft: Draft) -> str:
    """The spelling of the entity."""
    pairs = {"organisation": "organization", "organization": "organisation"}
    return pairs[key] if key in pairs and key not in draft.entities and pairs[key] in draft.entities else key


def _membership(draft: Draft, tenant: str) -> str:
    own = (f"{tenant}_member", f"{tenant}_membership", f"{tenant}_user", *_MEMBERSHIPS)
    return next((key for key in own if key in draft.entities), "membership")


def _listed(text: str, bench: Bench, told: Told) -> list[str]:
    """Roles that are listed for members: as values of their role, or in a sentence."""
    draft, source = bench.draft, bench.source
    entity = draft.entities.get(told.membership)
    role = entity.fields.get(ROLE) if entity is not None else None
    if role is not None and role.item.spec.values:
        return list(role.item.spec.values)
    for match in _LISTED.finditer(text):
        named = [
            _plain(naming.singular(w))
            for w in re.findall(r"[a-z][\w-]*", match[1])
            if w not in ("a", "an", "and", "or")
        ]
        while named and named[-1] not in _KNOWN:
            named.pop()
        if len(named) > 1 and len(set(named) & _KNOWN) * 2 >= len(named):
            source.used.append((match.start(), match.end()))
            return list(dict.fromkeys(naming.snake(name) for name in named))
    return []


def _settle(bench: Bench, told: Told) -> None:
    """The draft as a tenancy has it: members are no persons of their own, an invitation is a membership to be."""
    entities = bench.draft.entities
    if any(r.creator and r.target == told.membership for entity in entities.values() for r in entity.relations):
        source_user(bench.draft, bench.source)
    if told.membership in entities:
        entities[told.membership].kind = "association"
    if told.tenant in entities:
        entities[told.tenant].kind = "normal"
    for entity in entities.values():
        _unique_inside(bench.draft, entity, told)
        _done_by_account(entity, told)
    for key in ("invitation", "invite"):
        found = entities.get(key)
        near = {told.tenant, told.membership, "user"}
        if found is not None and not found.fields and all(r.target in near for r in found.relations):
            del entities[key]


def _unique_inside(draft: Draft, entity: DraftEntity, told: Told) -> None:
    """`Unique per organisation` is unique where the row itself says in which it is: its tenant keeps that apart."""
    if is_beyond(draft, entity, told.tenant):
        return
    for names, _ in entity.unique:
        own = [name for name in names if name != told.tenant]
        if len(own) == 1 and len(names) == 2 and own[0] in entity.fields and entity.relation(told.tenant) is None:
            drafted = entity.fields[own[0]]
            drafted.item = replace(drafted.item, spec=replace(drafted.item.spec, unique=True, unique_scope=()))


def _done_by_account(entity: DraftEntity, told: Told) -> None:
    """Whoever does something in a tenant is an account: `members comment on tasks`."""
    for relation in entity.relations:
        if relation.creator and relation.target == told.membership and relation.kind == "many_to_one":
            relation.target = USER
            relation.name = "author" if relation.name == told.membership else relation.name


def take_roles(told: Told | None, roles: dict[str, Role]) -> None:
    """Roles are roles in the tenant; above it stands the administrator alone."""
    if told is None:
        return
    for name in list(roles):
        bare = _plain(name.removeprefix(f"{told.tenant}_"))
        if bare in ("user", told.tenant) or set(naming.words(name)) & _ABOVE:
            continue
        del roles[name]
        if bare not in told.roles:
            told.roles.append(bare)


def with_tenancy(blueprint: Blueprint, told: Told | None) -> Blueprint:
    """The blueprint with its tenants, and what somebody can be in one."""
    if told is None:
        return blueprint
    tenancy = Tenancy(
        tenant=naming.pascal(told.tenant), membership=naming.pascal(told.membership), provenance=told.provenance
    )
    if not blueprint.has("multi_tenant"):
        feature = Feature(key="multi_tenant", provenance=told.provenance)
        blueprint = changed(blueprint, features=(*blueprint.features, feature))
    values = _ranked(told.roles)
    role = Field(name=ROLE, type="enum", values=values, required=False, provenance=inferred("what somebody is in it"))
    if tenancy.tenant not in blueprint.entities_by_name and told.named:
        name = Field(name="name", required=False, provenance=inferred("a name to know it by"))
        tenant = Entity(name=tenancy.tenant, fields=(name,), provenance=told.provenance)
        blueprint = changed(blueprint, entities=(tenant, *blueprint.entities))
    if tenancy.membership not in blueprint.entities_by_name:
        reason = inferred("an account belongs to a tenant by a membership")
        made = Entity(name=tenancy.membership, kind="association", fields=(role,), provenance=reason)
        blueprint = changed(blueprint, entities=(*blueprint.entities, made))
    blueprint = changed(blueprint, tenancy=tenancy)
    return each_entity(blueprint, lambda e: _with_role(e, role) if e.name == tenancy.membership else e)


def _with_role(entity: Entity, role: Field) -> Entity:
    """With every role that some right names, the stated ones first."""
    said = entity.fields_by_name.get(ROLE)
    if said is None:
        return changed(entity, fields=(role, *entity.fields))
    values = tuple(dict.fromkeys((*said.values, *role.values))) if said.values else role.values
    fields = (changed(f, type="enum", values=values) if f.name == ROLE else f for f in entity.fields)
    return changed(entity, fields=tuple(fields))


def _ranked(roles: list[str]) -> tuple[str, ...]:
    """Owners first, plain members last; where few are told, the usual ones stand beside them."""
    named = roles if OWNER in roles and len(roles) > 1 else [*ROLES, *roles]
    order = {OWNER: 0, "admin": 1, "member": 3}
    return tuple(dict.fromkeys(sorted(named, key=lambda role: order.get(role, 2))))
