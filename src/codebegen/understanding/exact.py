"""Descriptions with exact blocks: the prose is read with the exact entities in mind, then both become one blueprint."""

from dataclasses import replace
from typing import TYPE_CHECKING

from codebegen import naming
from codebegen.blueprint import Blueprint, Conflict, Entity
from codebegen.understanding.embedded.browsing import infer_reading
from codebegen.understanding.embedded.engine import understand_text
from codebegen.understanding.embedded.enrich import choose_domain, fill_fields, name_the_rest
from codebegen.understanding.embedded.ids import with_uuids
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.scene import look
from codebegen.understanding.embedded.titles import project_name
from codebegen.understanding.formats.build import Built
from codebegen.understanding.formats.merge import merge
from codebegen.understanding.formats.repair import repair

if TYPE_CHECKING:
    from codebegen.understanding import Context


def understand_exact(prompt: str, prose: str, built: Built, context: "Context") -> Blueprint:
    """The blueprint of a description whose exact blocks are read, and blanks in `prose`."""
    context = replace(context, stack=context.stack or built.stack)
    built = replace(built, entities=tuple(map(_as_person, built.entities))) if prose.strip() else built
    told = understand_text(prose, context, built.entities)
    blueprint = _titled(with_uuids(merge(told, built)), prose, built, context)
    mended, notes = repair(_enriched(blueprint, prose))
    conflicts = (
        *mended.report.conflicts,
        *(Conflict(message=f"{m} ({place})", chosen="what is written exactly") for place, m in notes),
    )
    report = mended.report.model_copy(update={"conflicts": conflicts})
    return mended.model_copy(update={"prompt": prompt, "report": report})


def _as_person(entity: Entity) -> Entity:
    """People of whom a description speaks can have accounts, through which things are their own."""
    is_person = naming.snake(entity.name).rsplit("_", 1)[-1] in nouns.PERSONS
    return entity.model_copy(update={"kind": "profile"}) if is_person and entity.kind == "normal" else entity


def _titled(blueprint: Blueprint, prose: str, built: Built, context: "Context") -> Blueprint:
    """Named by the prose, else by the exact form, else by where it was found, else by its first thing."""
    first = next((e for e in built.entities if e.kind == "normal"), built.entities[0])
    spoken = blueprint.title if prose.strip() and blueprint.title != naming.title(built.entities[0].name) else ""
    title = spoken or built.title or context.title or naming.title(first.name)
    return blueprint.model_copy(update={"title": title, "name": project_name(title, naming.snake(first.name))})


def _enriched(blueprint: Blueprint, prose: str) -> Blueprint:
    """What a practitioner expects, where nothing is said; what is written exactly gets no more fields or relations."""
    things = ", ".join(naming.plural(naming.title(e.name).lower()) for e in blueprint.entities)
    scene = look(blueprint, f"{prose}\n{blueprint.title}: {things}")
    completed = blueprint
    for step in (choose_domain, fill_fields, infer_reading, name_the_rest):
        completed = step(completed, scene)
    written = {e.name: e for e in blueprint.entities if e.fields or e.relations}
    entities = tuple(_as_written(e, written.get(e.name)) for e in completed.entities)
    return completed.model_copy(update={"entities": entities})


def _as_written(entity: Entity, written: Entity | None) -> Entity:
    if written is None:
        return entity
    return entity.model_copy(update={"fields": written.fields, "relations": written.relations})
