"""Which rows a right is about: `drafts`, `unpublished recipes`, `rooms that are free` are conditions on a row."""

from collections.abc import Iterable

from codebegen import naming
from codebegen.blueprint.expressions import AnyOf, Compare, Expression, FieldRef, Not, Value
from codebegen.understanding.embedded.build_fields import safe_name
from codebegen.understanding.embedded.draft import Draft, DraftEntity
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.types import field_type

_NEGATING = ("un", "in", "non_", "not_")


def rows_meant(draft: Draft, what: Phrase) -> DraftEntity | None:
    """`Drafts` without a noun: of the one entity that knows such a state; `the result`: of the one that has it."""
    if len(what.words) == 1:
        state = what.head
        known = [e for e in draft.entities.values() if _holding(e, state) is not None]
        if len(known) == 1:
            return known[0]
    having = [e for e in draft.entities.values() if safe_name(what.key) in e.fields]
    return having[0] if len(having) == 1 else None


def condition_of(entity: DraftEntity, what: Phrase, states: Iterable[str]) -> Expression | None:
    """The condition that a noun's modifiers tell (or the noun itself, where it is a state); None if there is none."""
    named = [t.low for t in what.words[:-1]] if len(what.words) > 1 else [what.head]
    found = [held for word in (*named, *states) if (held := _holding(entity, word)) is not None]
    return found[0] if len(found) == 1 else (AnyOf(of=tuple(found)) if found else None)


def outside(condition: Expression) -> Expression:
    """The rows for which it does not hold."""
    if isinstance(condition, Compare) and condition.operator in ("==", "!="):
        return condition.model_copy(update={"operator": "!=" if condition.operator == "==" else "=="})
    return Not(of=condition)


def _holding(entity: DraftEntity, word: str) -> Expression | None:
    """A value of one of its lists, a yes/no of its own, or the opposite of one."""
    for said in (word, naming.singular(word)):
        for field in entity.fields.values():
            if said in field.item.spec.values:
                return _compared(field.name, said)
            is_flag = field.name.removeprefix("is_").removeprefix("flag_") == said
            if is_flag and field_type(field.name, field.item, entity.key) == "boolean":
                return _compared(field.name, value=True)
    for lead in _NEGATING:
        if word.startswith(lead) and len(word) > len(lead) + 3:
            inner = _holding(entity, word.removeprefix(lead))
            return outside(inner) if inner is not None else None
    return None


def _compared(field: str, value: str | bool) -> Compare:
    return Compare(operator="==", left=FieldRef(path=field), right=Value(value=value))
