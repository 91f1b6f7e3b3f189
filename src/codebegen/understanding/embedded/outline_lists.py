"""Lists of data in sentences: behind the name of a thing, behind what it is, or alone where it was named before."""

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.lexicon.noun_uses import use_of
from codebegen.understanding.embedded.outline_parts import (
    Definition,
    Lead,
    Passage,
    definition_head,
    is_field_line,
    is_listy,
    last_with_values,
    lists_fields,
    split_lead,
)
from codebegen.understanding.embedded.outline_state import Scope, Told
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Tokens

_OFTEN = 4
_FEWEST_COMMAS = 2
_LONGEST_GLOSS = 14


def only_named(told: Told, sentence: Tokens) -> Phrase | None:
    """`Stops. A tour consists of stops`: a line that begins with nothing but the name of a thing is about it."""
    named = all(t.kind == "word" and t.tag in ("N", "J") for t in sentence if t.kind != "punct")
    head = definition_head(tuple(t for t in sentence if t.kind != "punct")) if named and told.started else None
    label = sections.role_of(told.label(sentence).rstrip("."))
    return head if head is not None and head.plural and not label and use_of(head.head).rows > _OFTEN else None


def lists_data(sentence: Tokens) -> bool:
    """`Title, length in minutes (5 to 180), level: children, general`: nothing but data, of what was named before."""
    if sum(t.text == "," for t in sentence) < _FEWEST_COMMAS or any(t.kind == "arrow" for t in sentence):
        return False
    before, _ = last_with_values(sentence)
    lead = split_lead(sentence) if not before else None
    return lead is None and is_field_line(before or sentence) and lists_fields(before or sentence)


def is_one_field(line: Tokens) -> bool:
    """`opened_on (date, may be empty)`, `kind = public / private`: a name and what it is like, nothing else."""
    item = read_item(line) if not any(t.tag in ("V", "M") for t in line) else None
    return item is not None and (item.spec.type is not None or bool(item.spec.values)) and not item.spec.unknown


def behind_gloss(
    told: Told, about: Phrase, lead: Lead | None, body: Tokens, scope: Scope
) -> tuple[Definition | Passage, ...] | None:
    """`Visits: a group sits at a table: name, arrival`, also under a title without the head: what it is, and data."""
    if lead is not None:
        gloss, listed = lead[0], body
    else:
        colon = next((i for i, t in enumerate(body[:_LONGEST_GLOSS]) if t.text == ":"), 0)
        gloss, listed = body[:colon], body[colon + 1 :]
    clause = any(t.tag in ("V", "B", "M", "P") for t in gloss) and not any(t.text in (",", ";", ".") for t in gloss)
    if not clause or not any(t.text == "," for t in listed) or not is_listy(listed):
        return None
    told_of = Passage(gloss, scope.role, about, told.paragraph)
    return (Definition(about, read_items(listed), gloss[0].start, listed[-1].end, scope.role), told_of)
