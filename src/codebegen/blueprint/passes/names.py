"""Names that follow from other names: plurals, paths, titles, the field that shows a row."""

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed

_DISPLAY = (
    "name",
    "title",
    "full_name",
    "display_name",
    "label",
    "subject",
    "username",
    "code",
    "number",
    "slug",
)
_LENGTH = 63


def complete_names(blueprint: Blueprint) -> Blueprint:
    """Plural, path and display field of every entity; where two would share one, the second gets another."""
    plurals: set[str] = {entity.plural for entity in blueprint.entities}
    paths: set[str] = {entity.path for entity in blueprint.entities}
    entities = []
    for entity in blueprint.entities:
        plural = entity.plural or _free(naming.plural(naming.snake(entity.name)), plurals, "_")
        path = entity.path or _free("/" + naming.kebab(plural), paths, "-")
        plurals.add(plural)
        paths.add(path)
        display = entity.display_field or _display(entity)
        entities.append(changed(entity, plural=plural, path=path, display_field=display))
    title = blueprint.title or naming.title(blueprint.name)
    return changed(blueprint, title=title, entities=tuple(entities))


def _free(wish: str, taken: set[str], separator: str) -> str:
    """The wish, or one with `records` and a number behind it that nobody has."""
    name, number = wish[:_LENGTH], 1
    while name in taken:
        end = f"{separator}records" + (f"{separator}{number}" if number > 1 else "")
        name, number = wish[: _LENGTH - len(end)] + end, number + 1
    return name


def _display(entity: Entity) -> str | None:
    texts = [f.name for f in entity.fields if f.type in ("string", "slug") and not f.write_only]
    named = [name for name in _DISPLAY if name in texts]
    return next(iter(named + [t for t in texts if t.endswith(("name", "title"))] + texts), None)
