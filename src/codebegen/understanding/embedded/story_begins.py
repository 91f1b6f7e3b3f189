"""Where stories begin: `comes in as`, `the tow, first ordered,`, `before that it is booked`."""

from codebegen.understanding.embedded.story_paths import Paths
from codebegen.understanding.embedded.telling import Told

_AT_FIRST = frozenset("first initially originally".split())


class Beginnings(Paths):
    """A sentence that may tell how something begins."""

    def beside(self, at: int) -> Told | None:
        """`the tow, first ordered, becomes assigned`."""
        between = at and self.tokens[at].low in _AT_FIRST and self.tokens[at - 1].text == ","
        if not between or not self.is_state_word(at + 1):
            return None
        named = [p for p in self.phrases(self._begin_before(at), at - 1) if not p.is_person]
        thing = named[-1] if named else self.story.last
        return self.beginning(at, at, thing) if thing is not None else None

    def _begin_before(self, at: int) -> int:
        """Where the words before the comma at hand begin."""
        return max((i + 1 for i in range(at - 1) if self.tokens[i].text in (",", ";")), default=0)

    def lead_in(self, at: int) -> int:
        """Behind the particle of `comes in as`, `starts out as`, at `as`; 0 where there is none."""
        at += at < len(self.tokens) and self.tokens[at].low in ("in", "out", "off", "up", "along", "here")
        return at if at < len(self.tokens) and self.tokens[at].low in ("as", "how") else 0

    def until_then(self, at: int) -> Told:
        """`before that it's simply booked`: where it begins, whatever was told before."""
        verb = next((i for i in range(at, min(at + 4, len(self.tokens))) if self.tokens[i].tag == "B"), -1)
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        waits = next((c for c in self.story.courses.values() if c.waiting and not c.order), course)
        if verb < 0 or waits is None or waits.order:
            return at
        return (yield from self.beginning(verb, verb + 1, waits.thing))

    def holds_until(self, at: int, end: int) -> bool:
        """`is reserved until it has been paid`: no `can be`, and the condition tells a state."""
        may = at and self.tokens[at - 1].tag == "M"
        return not may and self.states_of_condition(end, len(self.tokens)) is not None
