"""Seeds: entities that are known exactly, laid into the draft so that prose can speak of them."""

from dataclasses import replace

from codebegen import naming
from codebegen.blueprint import Entity, Field, Relation
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField, DraftRelation
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import tokenize


def known_names(names: Names, known: tuple[Entity, ...]) -> Names:
    """The names with those of known entities, which come first and are no roles."""
    phrases = {naming.snake(entity.name): _phrase(entity.name) for entity in known}
    aliases = {alias: key for alias, key in names.aliases.items() if alias not in phrases}
    roles = {key: phrase for key, phrase in names.roles.items() if key not in phrases}
    found = phrases | {key: phrase for key, phrase in names.entities.items() if key not in phrases}
    return replace(names, entities=found, roles=roles, aliases=aliases)


def plant(draft: Draft, known: tuple[Entity, ...]) -> None:
    """Known entities with all they hold, in the draft's terms."""
    keys = {entity.name: naming.snake(entity.name) for entity in known}
    for entity in known:
        key = keys[entity.name]
        draft.entities[key] = DraftEntity(
            key,
            entity.provenance,
            entity.kind,
            fields={field.name: _field(field) for field in entity.fields},
            relations=[_relation(relation) for relation in entity.relations],
        )


def _phrase(name: str) -> Phrase:
    return Phrase(tag(tokenize(naming.title(name).lower())), 0, 0)


def _field(field: Field) -> DraftField:
    spec = Spec(
        type=field.type,
        item_type=field.item_type,
        optional=not field.required,
        required=field.required,
        unique=field.unique,
        values=tuple(naming.snake(value) or value for value in field.values),
        default=None if field.default is None else str(field.default),
    )
    phrase = _phrase(field.name.replace("_", " "))
    return DraftField(field.name, Item(field.name, phrase.head, phrase, spec, 0, 0), field.provenance, defined=True)


def _relation(relation: Relation) -> DraftRelation:
    target = naming.snake(relation.target)
    return DraftRelation(relation.name, target, relation.kind, relation.provenance, optional=not relation.required)
