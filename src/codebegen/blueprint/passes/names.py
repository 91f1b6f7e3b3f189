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


def complete_names(blueprint: Blueprint) -> Blueprint:
    """Plural, path and display field of every entity; collisions of paths are resolved by the singular name."""
    taken: set[str] = set()
    entities = []
    for entity in blueprint.entities:
        plural = entity.plural or naming.plural(naming.snake(entity.name))
        path = entity.path or "/" + naming.kebab(plural)
        if path in taken:
            path = f"/{naming.kebab(entity.name)}-records"
        taken.add(path)
        display = entity.display_field or _display(entity)
        entities.append(changed(entity, plural=plural, path=path, display_field=display))
    title = blueprint.title or naming.title(blueprint.name)
    return changed(blueprint, title=title, entities=tuple(entities))


def _display(entity: Entity) -> str | None:
    texts = [f.name for f in entity.fields if f.type in ("string", "slug") and not f.write_only]
    named = [name for name in _DISPLAY if name in texts]
    return next(iter(named + [t for t in texts if t.endswith(("name", "title"))] + texts), None)
