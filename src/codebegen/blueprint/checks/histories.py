"""Histories: of enum fields, each once, and nothing else stands in their place."""

from collections import Counter
from collections.abc import Iterator

from codebegen.blueprint.histories import place_taken_by
from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic, error


def check_histories(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every history of every entity."""
    for entity in blueprint.entities:
        counts = Counter(history.field for history in entity.histories)
        for name, count in counts.items():
            place = f"entities.{entity.name}.histories.{name}"
            field = entity.fields_by_name.get(name)
            if field is None or field.type != "enum" or entity.kind == "user":
                yield error("not-a-state", place, f"{name} is not an enum field of a thing", "name one that is")
            if count > 1:
                yield error("duplicate-name", place, f"{count} histories of {name}", "remove all but one")
        taken = place_taken_by(blueprint, entity) if counts else None
        if taken:
            place, message = f"entities.{entity.name}.histories", f"{taken} stands where the history would"
            yield error("duplicate-name", place, message, "rename it, or leave the history to it")
