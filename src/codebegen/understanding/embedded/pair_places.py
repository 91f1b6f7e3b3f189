"""Places of pairs: how near two entities are spoken of, in which order, what stands between, and which is the topic."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from codebegen.understanding.embedded.mentions import Line, Mention

_NEAR = 5
_FAR = 4
_FEW = 3


@dataclass
class Places:
    """For each ordered pair the ways in which lines mention both; the lines of each entity; who is spoken of most."""

    ways: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    lines: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rank: dict[str, int] = field(default_factory=dict)

    def standing(self, key: str) -> int:
        """0 for what is named most, then 1 and 2; 3 for all others."""
        return min(_FEW, self.rank.get(key, _FEW))

    def ahead(self, one: str, other: str) -> str:
        """How many lines before the first place of one the other was spoken of last."""
        last = self._last_before(one, other)
        return "after" if last is None else str(min(_FAR, self.lines[one][0] - last))

    def is_closest(self, one: str, other: str) -> bool:
        """Whether nothing else was spoken of between the other and the first place of one."""
        last = self._last_before(one, other)
        rest = (self._last_before(one, key) for key in self.lines if key != one)
        return last is not None and last == max((line for line in rest if line is not None), default=None)

    def _last_before(self, one: str, other: str) -> int | None:
        return max((line for line in self.lines[other] if line <= self.lines[one][0]), default=None)


def survey_places(lines: Sequence[Line]) -> Places:
    """Every pair that a line mentions."""
    places = Places()
    for at, line in enumerate(lines):
        for mention in line.mentions:
            places.lines[mention.key].append(at)
        for (first, one), (second, other) in combinations(enumerate(line.mentions), 2):
            if one.key != other.key:
                _see_both(places, line, one, other, beside=second == first + 1)
        if line.defines is not None:
            _see_row(places, line, line.defines)
    named = Counter(mention.key for line in lines for mention in line.mentions if not mention.deed)
    places.rank = {key: rank for rank, (key, _) in enumerate(named.most_common())}
    return places


def _see_both(places: Places, line: Line, one: Mention, other: Mention, *, beside: bool) -> None:
    there, back = places.ways[one.key, other.key], places.ways[other.key, one.key]
    kind = "row" if line.defines else "said"
    first, second = ("deed" if mention.deed else "name" for mention in (one, other))
    near = "next" if beside else "later"
    there |= {f"line {kind} {first} {second}", f"line {kind} {first} {second} {near} {other.behind}"}
    back |= {f"line back {kind} {second} {first}", f"line back {kind} {second} {first} {near} {other.behind}"}
    if other.start - one.end <= _NEAR:
        between = f"{first} {line.between(one, other)} {second}"
        there.add(f"gap {between}")
        back.add(f"gap back {between}")


def _see_row(places: Places, line: Line, defined: str) -> None:
    """What the row of an entity speaks of, `Inspection: date, result; of a car`."""
    for mention in line.mentions:
        if mention.key != defined:
            places.ways[defined, mention.key] |= {"row tells", f"row tells {mention.behind}"}
            places.ways[mention.key, defined] |= {"told in row", f"told in row {mention.behind}"}
