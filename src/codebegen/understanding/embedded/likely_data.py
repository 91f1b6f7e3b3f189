"""Likely data: nouns that no rule took, and that are spoken of as data is, become optional fields."""

from collections.abc import Set as AbstractSet

from codebegen import naming
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.data_signs import chances, weigh
from codebegen.understanding.embedded.data_survey import Noun, Sentence, open_nouns, survey_data
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.draft import DraftField
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.learned_weights import learned_weights
from codebegen.understanding.embedded.outline_parts import Outline

POSSIBLE, LIKELY = 0.25, 0.42
"""Above the first a noun is shown as possible data; above the second it is data, as an assumption."""
_FEW = 10
"""Fewer nouns show too little of how each is used, so there the rules decide."""


def add_likely_data(told: Outline, reading: Reading, bench: Bench, settled: AbstractSet[str]) -> None:
    """Fields where signs speak for them and nothing was found; what is `settled` gets none."""
    weights = learned_weights("data_signs")
    sentences = list(survey_data(told, reading, bench.names))
    if len({noun.phrase.key for sentence in sentences for noun in sentence.nouns}) < _FEW:
        return
    for sentence in sentences:
        for noun in open_nouns(sentence, bench.draft):
            likely = chances(weights, weigh(noun, sentence, bench.draft))
            owner = max(likely, key=lambda key: likely[key], default=None)
            if owner is None or owner in settled:
                continue
            if likely[owner] > LIKELY:
                _add(bench, owner, noun, sentence)
            elif sum(likely.values()) > POSSIBLE and not _is_kept(bench, noun):
                _doubt(bench, owner, noun)


def _is_kept(bench: Bench, noun: Noun) -> bool:
    """Whether something has data of this name: it is spoken of again; so are `1 to 5 stars`, the bounds of a rating."""
    if noun.phrase.quantity.low is not None or noun.phrase.quantity.high is not None:
        return True
    head = noun.phrase.head
    return any(head in (field, *field.split("_")) for e in bench.draft.entities.values() for field in e.fields)


def _doubt(bench: Bench, owner: str, noun: Noun) -> None:
    whose = owner.replace("_", " ")
    suggestion = f"say whose it is: `{naming.title(whose)}: {noun.phrase.text.lower()}`"
    bench.source.doubt((noun.phrase.start, noun.phrase.end), f"may be data of {whose}", suggestion)


def _add(bench: Bench, owner: str, noun: Noun, sentence: Sentence) -> None:
    item = _item(noun, sentence)
    entity = bench.draft.entities[owner]
    name = item.name if item is not None else ""
    if item is None or not naming.is_name(name) or name in entity.fields or entity.relation(name) is not None:
        return
    if noun.phrase.plural and noun.phrase.head in entity.fields:
        return  # `invoice numbers` are the numbers that invoices have
    start, end = noun.phrase.start, noun.phrase.end
    told = bench.source.inferred(f"{naming.title(owner.replace('_', ' '))} is what it is told of", start, end)
    bench.source.used.append((start, end))
    entity.fields[name] = DraftField(name, item, told)


def _item(noun: Noun, sentence: Sentence) -> Item | None:
    """The noun as data that has a name, and no more."""
    if noun.role.endswith(" of"):
        return read_item(noun.phrase.words)
    return read_item(sentence.tokens[noun.at : noun.behind])
