"""Rights: facts about who may do what become roles, owners and permissions; only what the text says, never more."""

import re
from collections.abc import Iterable, Sequence

from codebegen.blueprint import Grant, Provenance, Role
from codebegen.blueprint.expressions import Caller, Compare, FieldRef
from codebegen.understanding.embedded.build_fields import safe_name
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftRelation
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Fact, Right
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.links import source_user
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.row_conditions import rows_meant
from codebegen.understanding.embedded.tenancy import Told
from codebegen.understanding.embedded.told_roles import told_roles

_DEPTH = 3


def find_roles(facts: Sequence[Fact], told: Outline, names: Names, draft: Draft, source: Evidence) -> dict[str, Role]:
    """Roles by name: persons that act and have nothing of their own, and those that are listed as roles."""
    roles: dict[str, Role] = {}

    def add(key: str, provenance: Provenance) -> None:
        name = safe_name("admin" if key in ("administrator", "superadmin", "superuser", "admin_user") else key)
        if name and name not in ("user", "person", "people", "everyone", "anyone", "account") and name not in roles:
            roles[name] = Role(name=name, provenance=provenance)

    for part in told.parts:
        for phrase in _listed_roles(part):
            add(phrase.key, source.stated(phrase.start, phrase.end))
    people = {phrase.key: phrase for phrase in told_roles(told.parts, names)}
    for key, phrase in (*names.roles.items(), *people.items()):
        add(key, source.stated(phrase.start, phrase.end))
    for entity in (draft.entities.get(USER),):
        role = entity.fields.get("role") if entity is not None else None
        for value in role.item.spec.values if role is not None else ():
            add(value, role.provenance if role is not None else source.inferred("a value of role"))
    for fact in facts:
        if isinstance(fact, Right) and fact.who.head in ("admin", "administrator"):
            add("admin", source.stated(fact.who.start, fact.who.end))
    return roles


def _listed_roles(part: Definition | Passage) -> Iterable[Phrase]:
    """`Roles: receptionist, manager`, bullets under a heading that says roles, people whose rights are listed."""
    if part.role == "access" and isinstance(part, Passage) and _opens_with(part):
        yield part.topic  # type: ignore[misc]
    if part.role != "roles":
        return
    if isinstance(part, Definition):
        yield part.head
        return
    if part.tokens and part.topic is not None and part.topic.is_person and not any(t.text == "," for t in part.tokens):
        yield part.topic
    if any(t.tag in ("V", "M", "B") for t in part.tokens):
        return
    at = 0
    while at < len(part.tokens):
        found = read_phrase(part.tokens, at)
        if found is None:
            at += 1
            continue
        if at == 0 or part.tokens[at - 1].low in (",", "and", "or", "&", "/", ";"):
            yield found[0]
        at = found[1]


def _opens_with(part: Passage) -> bool:
    """`Member: sees own reservations`: whose rights the line tells."""
    topic = part.topic
    return topic is not None and topic.is_person and topic.head not in nouns.ACCOUNT_WORDS | {"visitor", "guest"}


class RightsReader:
    """Turns rights into owners and permissions, entity by entity."""

    def __init__(
        self, names: Names, draft: Draft, source: Evidence, roles: dict[str, Role], tenancy: Told | None = None
    ) -> None:
        self.names, self.draft, self.source, self.roles, self.tenancy = names, draft, source, roles, tenancy

    def owners(self, facts: Sequence[Fact]) -> None:
        """Owner paths: who creates a row, whose `own` it is called, who its author is."""
        for entity in self.draft.entities.values():
            creator = next(
                (r for r in entity.relations if r.creator and r.kind != "many_to_many" and self._is_account(r.target)),
                None,
            )
            if creator is not None and entity.kind not in ("user", "profile"):
                entity.owner = self._path(creator)
        for fact in facts:
            about = self.entity_of(fact) if isinstance(fact, Right) and not fact.negated else None
            if isinstance(fact, Right) and about is not None:
                self._owner_of(fact, about)

    def _owner_of(self, fact: Right, entity: DraftEntity) -> None:
        if entity.kind in ("user", "profile"):
            return
        if self.tenancy is not None and self.tenancy.role_of(fact.who) is not None:
            if self._is_own(fact) and entity.owner is None:
                self._add_key(fact, entity, "creator")
            return
        if self._owner_elsewhere(fact.who, entity) is not None:
            return
        relational = fact.who.head in nouns.RELATIONAL_PERSONS and self.names.exact(fact.who) is None
        if relational and fact.who.head not in (
            "follower",
            "reviewer",
            "recipient",
            "receiver",
            "approver",
            "assignee",
        ):
            self._named_owner(fact, entity)
        elif fact.own and entity.owner is None:
            entity.owner = self.path_to(entity, fact.who)
            if entity.owner is None:
                self._new_owner(fact, entity)

    def _new_owner(self, fact: Right, entity: DraftEntity) -> None:
        """What is said to be somebody's own, where nothing leads to them yet."""
        person = self.names.find(fact.who)
        if person in (None, USER):
            people = [r for r in entity.relations if r.kind != "many_to_many" and self._is_account(r.target)]
            if person == USER and len(people) == 1:
                entity.owner = self._path(people[0])
            elif fact.only or not fact.who.is_person or person == USER:
                self._add_key(fact, entity, "owner" if fact.who.head in nouns.ACCOUNT_WORDS else fact.who.key)
        elif fact.only and self.draft.entities[person].kind == "profile":
            entity.owner = self._path(self.source.relate(entity, person, fact.start, fact.end))

    def _named_owner(self, fact: Right, entity: DraftEntity) -> None:
        """`Only the author can edit a post`: the key to whoever made it is called author."""
        name = fact.who.head
        known = entity.relation(name)
        if known is not None and known.kind != "many_to_many":
            entity.owner = self._path(known)
            return
        creator = next(
            (r for r in entity.relations if r.creator and r.kind != "many_to_many" and self._is_account(r.target)), None
        )
        if creator is None:
            people = [r for r in entity.relations if r.kind != "many_to_many" and self._is_account(r.target)]
            creator = people[0] if len(people) == 1 else None
        if creator is not None:
            if creator.target == USER and creator.name in (USER, "creator", "author", "owner"):
                creator.name = name
            entity.owner = self._path(creator)
        else:
            self._add_key(fact, entity, name)

    def _add_key(self, fact: Right, entity: DraftEntity, name: str) -> None:
        source_user(self.draft, self.source)
        if entity.relation(name) is None and name not in entity.fields:
            made = self.source.stated(fact.who.start, fact.who.end)
            entity.relations.append(DraftRelation(name, USER, "many_to_one", made, creator=True))
            entity.owner = entity.owner or name

    def _is_account(self, target: str) -> bool:
        return target in self.draft.entities and self.draft.entities[target].kind in ("user", "profile")

    def _path(self, relation: DraftRelation) -> str:
        profile = self.draft.entities[relation.target].kind == "profile"
        return f"{relation.name}.user" if profile else relation.name

    def path_to(self, entity: DraftEntity, who: Phrase) -> str | None:
        """The shortest way over keys from a row to the person that a phrase speaks of."""
        wanted = self.names.find(who)
        if wanted is None:
            return None
        front: list[tuple[DraftEntity, tuple[str, ...]]] = [(entity, ())]
        for _ in range(_DEPTH):
            following: list[tuple[DraftEntity, tuple[str, ...]]] = []
            for at, path in front:
                for relation in at.relations:
                    if relation.kind == "many_to_many" or relation.target not in self.draft.entities:
                        continue
                    if relation.target == wanted and (
                        wanted != USER or relation.name in (who.key, USER) or len(at.to(USER)) == 1
                    ):
                        return ".".join((*path, self._path(relation)))
                    if self.draft.entities[relation.target].kind != "user" and relation.target != at.key:
                        following.append((self.draft.entities[relation.target], (*path, relation.name)))
            front = following
        return None

    def entity_of(self, fact: Right) -> DraftEntity | None:
        """What a right is about, by its name or by a state that only one thing has."""
        if fact.what is None:
            return None
        key = self.names.find(fact.what)
        known = self.draft.entities.get(key) if key is not None else None
        return known or rows_meant(self.draft, fact.what)

    def grant(self, fact: Right, entity: DraftEntity, operation: str) -> Grant | None:
        """Whom a right lets in; None where that is nobody who is known."""
        who, low = fact.who, fact.who.words[-1].low
        inside = self.tenancy.grant(who) if self.tenancy is not None else None
        if inside is not None:
            mine = self._is_own(fact) and entity.owner is not None and operation != "create"
            return Grant(kind="owner") if mine else inside
        if low in words.ANYONE and self.names.exact(who) is None and not fact.own:
            return Grant(kind="public") if operation in ("list", "read") else Grant(kind="authenticated")
        if who.head in nouns.RELATIONAL_PERSONS and self.names.exact(who) is None:
            return self._owner_elsewhere(who, entity) or self._relational_grant(who, entity)
        if operation != "create" and not fact.own and fact.only and (theirs := self._the_one(who, entity)) is not None:
            return theirs
        name = "admin" if who.head in ("admin", "administrator") else who.key
        person = self.names.find(who)
        profile = person is not None and person in self.draft.entities and self.draft.entities[person].kind == "profile"
        if fact.own and operation == "create":
            alone = fact.only and name in self.roles
            return Grant(kind="role", role=name) if alone else Grant(kind="authenticated")
        if fact.own:
            return self._own_of_role(fact, entity, name) or self._own_grant(entity, who)
        if profile:
            return self._profile_grant(fact, entity, person or "", operation)
        if name in self.roles:
            return Grant(kind="role", role=name)
        if who.head in nouns.ACCOUNT_WORDS or person == USER:
            return Grant(kind="authenticated")
        return None

    def _the_one(self, who: Phrase, entity: DraftEntity) -> Grant | None:
        """`Visible to the customer`: whom a key of that name leads to, and not all who are customers."""
        relation = entity.relation(who.key)
        one = who.det == "the" and not who.plural
        if not one or relation is None or relation.kind == "many_to_many" or not self._is_account(relation.target):
            return None
        path = self._path(relation)
        return Grant(kind="owner", path=None if path == entity.owner else path)

    def _is_own(self, fact: Right) -> bool:
        """`Their own comments` are those of each, `its projects` are those of all who share it."""
        return fact.own and re.search(r"\bown\b", self.source.text[fact.start : fact.end]) is not None

    def _relational_grant(self, who: Phrase, entity: DraftEntity) -> Grant | None:
        """`The author` of what the right is about: its owner, or whom the key of that name leads to."""
        relation = entity.relation(who.head)
        if entity.owner and (relation is None or self._path(relation) == entity.owner):
            return Grant(kind="owner")
        return Grant(kind="owner", path=self._path(relation)) if relation is not None else None

    def _owner_elsewhere(self, who: Phrase, entity: DraftEntity) -> Grant | None:
        """`Only the author of the post can delete a comment`: the right leads over the key to what is theirs."""
        key = self.names.find(who.of) if who.of is not None else None
        if who.head not in nouns.RELATIONAL_PERSONS or key is None or key in (USER, entity.key):
            return None
        other = self.draft.entities.get(key)
        relation = next((r for r in entity.relations if r.target == key and r.kind != "many_to_many"), None)
        if other is None or other.owner is None or relation is None:
            return None
        return Grant(kind="owner", path=f"{relation.name}.{other.owner}")

    def _own_of_role(self, fact: Right, entity: DraftEntity, name: str) -> Grant | None:
        """`Only organizers can edit their own events`: it takes the role, and the row has to be theirs."""
        relation = entity.relation(entity.owner or "")
        if not fact.only or name not in self.roles or relation is None or relation.target != USER:
            return None
        mine = Compare(operator="==", left=FieldRef(path=relation.name), right=Caller())
        return Grant(kind="role", role=name, when=mine)

    def _own_grant(self, entity: DraftEntity, who: Phrase) -> Grant | None:
        path = self.path_to(entity, who)
        if entity.owner is not None and (path is None or path == entity.owner):
            return Grant(kind="owner")
        return Grant(kind="owner", path=path) if path is not None else None

    def _profile_grant(self, fact: Right, entity: DraftEntity, person: str, operation: str) -> Grant | None:
        """A person with a profile.

        Whoever creates is anybody with an account, otherwise it is a matter of their role.
        """
        who = fact.who
        path = self.path_to(entity, who)
        if operation == "create" and path is not None and entity.owner == path and not fact.only:
            return Grant(kind="authenticated")
        if path is not None and not who.plural and operation in ("update", "delete"):
            return Grant(kind="owner", path=None if path == entity.owner else path)
        role = safe_name(person)
        if role not in self.roles:
            self.roles[role] = Role(name=role, provenance=self.source.stated(who.start, who.end))
        return Grant(kind="role", role=role)

    def move_grant(self, entity: DraftEntity, who: Phrase | None, start: int, end: int) -> Grant | None:
        """Who may make a move: the owner where the person is the one that the row belongs to."""
        if who is None:
            return None
        person = self.names.find(who)
        path = self.path_to(entity, who) if person is not None else None
        if path is not None and person is not None and person != USER:
            there = self.draft.entities[person]
            if self._is_account(person):
                return Grant(kind="owner", path=None if path == entity.owner else path)
            return Grant(kind="owner", path=f"{path}.{there.owner}") if there.owner else None
        return self.grant(Right(who, ("update",), who, start, end), entity, "update")

    def is_no_account(self, who: Phrase) -> bool:
        """Whether it is a thing that acts, and not a person: `the shelter accepts requests`."""
        key = self.names.find(who)
        return key in self.draft.entities and not self._is_account(key or "")
