"""Rules in words: a sentence that demands something of a known thing, and became nothing, is kept as a custom rule."""

from collections.abc import Iterable

from codebegen import naming
from codebegen.blueprint import Blueprint, stated
from codebegen.blueprint.rules import CustomRule
from codebegen.understanding.embedded.accounting import merge_spans
from codebegen.understanding.embedded.clauses import parse
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.outline_parts import Outline, Passage
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.report import stated_spans

_DEMANDS = words.NEGATIONS | frozenset("must only should shall never always once cannot unless until".split())


def keep_rules(
    text: str, told: Outline, blueprint: Blueprint, names: Names, used: Iterable[tuple[int, int]]
) -> Blueprint:
    """The blueprint with a custom rule for every demand that has no form."""
    spans = merge_spans([*stated_spans(blueprint), *used])
    found: dict[str, list[CustomRule]] = {}
    for part in told.parts:
        if not isinstance(part, Passage) or part.role in ("features", "overview", "endpoints") or not part.tokens:
            continue
        start, end = part.tokens[0].start, part.tokens[-1].end
        if spans.touches(start, end) or not any(t.low in _DEMANDS for t in part.tokens):
            continue
        key = _thing(part, names)
        if key is not None:
            sentence = " ".join(text[start:end].split())[:300]
            rules = found.setdefault(key, [])
            rules.append(
                CustomRule(
                    name=f"told_{len(rules) + 1}",
                    text=f"{sentence[:1].upper()}{sentence[1:]}",
                    provenance=stated(sentence[:200], start, end),
                )
            )
    return blueprint.model_copy(
        update={
            "entities": tuple(
                e.model_copy(update={"rules": (*e.rules, *found.get(naming.snake(e.name), ()))})
                for e in blueprint.entities
            )
        }
    )


def _thing(part: Passage, names: Names) -> str | None:
    """The first entity that the sentence speaks of, things before people."""
    phrases = [
        p for frame in parse(part.tokens) for p in (*frame.subjects, *frame.objects, *(q for _, q in frame.preps))
    ]
    phrases = phrases or list(read_region(part.tokens)[0])
    keys = [key for p in phrases if (key := names.find(p)) is not None and key != USER]
    return next((k for k in keys if k.rsplit("_", 1)[-1] not in nouns.PERSONS), keys[0] if keys else None)
