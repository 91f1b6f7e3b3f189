"""The states that a description names somewhere: elsewhere they are states too and no things (`past due`, `trial`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.understanding.embedded.facts import Fact, Holds, Initial, Move
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.outline_parts import Definition, Passage
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_lists import STATE_FIELDS
from codebegen.understanding.embedded.state_words import KIND
from codebegen.understanding.embedded.text import Token, Tokens

_MARKED = frozenset(("N", "J", "VP", "VG", "P", "A"))


@dataclass
class Vocabulary:
    """States by the thing that they are of, and the thing as it was named."""

    states: dict[str, tuple[str, ...]] = field(default_factory=dict)
    things: dict[str, Phrase] = field(default_factory=dict)
    words: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def add(self, thing: Phrase | None, names: Iterable[str]) -> None:
        """Some states of a thing."""
        told = tuple(name for name in names if name)
        if thing is not None:
            known = self.states.get(thing.key, ())
            self.states[thing.key] = (*known, *(name for name in told if name not in known))
            self.things.setdefault(thing.key, thing)
        for name in told:
            parts = tuple(name.lower().split("_"))
            if parts not in self.words.setdefault(parts[0], []):
                self.words[parts[0]].append(parts)

    def owner(self, names: Iterable[str]) -> Phrase | None:
        """The one thing that has all these states."""
        wanted = set(names)
        found = [key for key, known in self.states.items() if wanted <= set(known)]
        return self.things[found[0]] if len(found) == 1 else None

    def mark(self, tokens: Tokens) -> Tokens:
        """The tokens with every known state as one token of its own kind."""
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            width = self._width(tokens, at)
            if width and (width > 1 or tokens[at].tag in _MARKED):
                run = tokens[at : at + width]
                name = "_".join(t.low for t in run)
                name = name if tuple(t.low for t in run) in self.words.get(run[0].low, ()) else naming.singular(name)
                tag = run[-1].tag if width == 1 and run[-1].tag in ("VP", "J") else "J"
                out.append(
                    replace(run[0], text=name, low=name, end=run[-1].end, kind=KIND, tag=tag, lemma=run[-1].lemma)
                )
            else:
                out.append(tokens[at])
            at += width or 1
        return tuple(out)

    def _width(self, tokens: Sequence[Token], at: int) -> int:
        """How many words the longest known state has that stands here."""
        widths = [
            len(parts)
            for parts in self.words.get(tokens[at].low, ())
            if tuple(t.low for t in tokens[at : at + len(parts)]) == parts
        ]
        single = naming.singular(tokens[at].low) if tokens[at].tag == "N" else ""
        return max(widths, default=1 if (single,) in self.words.get(single, ()) else 0)


def vocabulary(parts: Iterable[Definition | Passage], facts: Iterable[Fact]) -> Vocabulary:
    """Every state that is listed, or stands on a path."""
    found = Vocabulary()
    for part in parts:
        for item in part.items if isinstance(part, Definition) else ():
            if isinstance(part, Definition) and _holds_states(item):
                found.add(part.head, item.spec.values)
    for fact in facts:
        if isinstance(fact, Holds) and _holds_states(fact.item):
            found.add(fact.owner, fact.item.spec.values)
        elif isinstance(fact, Move) and fact.sources and not fact.verb:
            found.add(fact.what, (*fact.sources, fact.target))
        elif isinstance(fact, Initial):
            found.add(fact.what, (fact.state,))
    return found


def _holds_states(item: Item) -> bool:
    return bool(item.spec.values) and item.name.rsplit("_", 1)[-1] in STATE_FIELDS
