"""What holds of an entity beyond its fields, a line each; and what is said of it and only kept in words."""

from collections.abc import Iterator, Mapping

from codebegen.blueprint import Blueprint, Entity
from codebegen.documentation import words


def behaviour(entity: Entity, missing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(kind, text) of what is enforced or made; `missing` names the places in the blueprint that are not."""
    place = f"entities.{entity.name}"
    for group, name, label, text in _lines(entity):
        if f"{place}.{group}.{name}" not in missing:
            yield label, text


def _lines(entity: Entity) -> Iterator[tuple[str, str, str, str]]:
    """(list in the entity, name there, kind, text)."""
    for unique in entity.unique_together:
        yield "unique_together", ", ".join(unique.fields), "unique", " + ".join(unique.fields)
    yield from _states(entity)
    for rule in entity.rules:
        yield "rules", rule.name, "rule", _plain(words.rule(entity, rule))
    for tally in entity.tallies:
        yield "tallies", tally.name, "rule", _plain(words.tally(tally))
    for value in entity.computed:
        yield "computed", value.name, "value", _plain(words.computed(value))
    for action in entity.actions:
        yield "actions", action.name, "action", f"{action.name}: {words.action(action)}"
    for notice in entity.notices:
        text = f"{words.recipient(notice)} when {words.happening(entity, notice)}"
        yield "notices", notice.name, "tells", _plain(text)


def _states(entity: Entity) -> Iterator[tuple[str, str, str, str]]:
    """What holds moves back, and of which states the changes are kept."""
    for machine in entity.state_machines:
        for move in machine.transitions:
            if move.guard is not None:
                text = f"{move.name} only where {words.expression(move.guard)}"
                yield "state_machines", machine.field, "rule", _plain(text)
            for step in move.steps:
                name = f"{machine.field}.{move.name}"
                yield "state_machines", name, "move", _plain(f"{move.name} {words.step(step)}")
    for history in entity.histories:
        yield "histories", history.field, "keeps", f"every change of {history.field}"


def in_words(blueprint: Blueprint) -> dict[str, str]:
    """Every rule and act that has only words, by its place in the blueprint: nothing enforces or does them."""
    found: dict[str, str] = {}
    for entity in blueprint.entities:
        for rule in entity.rules:
            if rule.kind == "custom":
                found[f"entities.{entity.name}.rules.{rule.name}"] = f"{entity.name}: “{rule.text}”"
        for action in entity.actions:
            if action.kind == "custom":
                place = f"entities.{entity.name}.actions.{action.name}"
                found[place] = f"{entity.name}.{action.name}: “{action.text}”"
    return found


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    return text.replace("`", "")
