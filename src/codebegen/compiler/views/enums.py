"""Enumerations: a class for each enum field, members with names that Python accepts."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import is_account_field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.memo import of_blueprint

# Classes that the models of every project have.
_OTHERS = {"AuthSession", "LoginFailure", "IdempotencyKey", "Role", "Base", "Entity"}
_SIGNS = {"+": " plus ", "-": " minus ", "#": " sharp ", "%": " percent ", "&": " and ", "<": " less ", ">": " more "}


@dataclass(frozen=True, slots=True)
class MemberView:
    """`DRAFT = "draft"`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class EnumView:
    """One `StrEnum` class."""

    name: str
    title: str
    members: tuple[MemberView, ...]

    def member(self, value: str) -> str:
        """The spelling of one value: `PostStatus.DRAFT`."""
        return next(f"{self.name}.{member.name}" for member in self.members if member.value == value)


def enums_of(blueprint: Blueprint, entity: Entity) -> dict[str, EnumView]:
    """The enumerations of an entity by field name."""
    names = _class_names(blueprint)
    fields = (field for field in entity.fields if _is_enum(entity, field))
    return {field.name: _enum(entity, field, names[entity.name, field.name]) for field in fields}


def _is_enum(entity: Entity, field: Field) -> bool:
    """Whether a field has a class of its own; the role of an account has the one of all roles."""
    return field.type == "enum" and not is_account_field(entity, field)


@of_blueprint
def _class_names(blueprint: Blueprint) -> dict[tuple[str, str], str]:
    """Classes by entity and field; what comes second gives way, and every entity comes first."""
    taken = {naming.class_name(entity.name) for entity in blueprint.entities} | _OTHERS
    names: dict[tuple[str, str], str] = {}
    for entity in blueprint.entities:
        for field in entity.fields:
            if _is_enum(entity, field):
                name = naming.pascal(entity.name) + naming.pascal(field.name)
                while name in taken:
                    name += "Value"
                taken.add(name)
                names[entity.name, field.name] = name
    return names


def _enum(entity: Entity, field: Field, name: str) -> EnumView:
    title = f"{naming.title(field.name)} of {_article(naming.title(entity.name).lower())}"
    return EnumView(name, title, _members(field.values))


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _members(values: tuple[str, ...]) -> tuple[MemberView, ...]:
    members: dict[str, MemberView] = {}
    for value in values:
        name = naming.snake(_spelled(value)).upper() or "VALUE"
        if name[0].isdigit():
            name = f"N{name}"
        if name in ("NAME", "VALUE", "MRO"):
            name += "_"
        while name in members:
            name += "_"
        members[name] = MemberView(name, value)
    return tuple(members.values())


def _spelled(value: str) -> str:
    """Signs that tell codes apart become words: `A+` and `A-`; dashes inside of words stay separators."""
    head, last = value[:-1], value[-1:]
    return head + _SIGNS.get(last, last)
