"""Evidence: the description behind elements; makes provenance, draft entities and draft relations."""

import re
from dataclasses import dataclass, field

from codebegen.blueprint import Conflict, Provenance, Residue, inferred, stated
from codebegen.understanding.embedded.draft import DraftEntity, DraftRelation


@dataclass
class Evidence:
    """The text and the words that elements came from; `doubts` are what may be meant, and became nothing."""

    text: str
    used: list[tuple[int, int]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    doubts: list[Residue] = field(default_factory=list)

    def conflict(self, message: str, chosen: str) -> None:
        """Two statements that can't both hold."""
        if all(known.message != message for known in self.conflicts):
            self.conflicts.append(Conflict(message=message, chosen=chosen))

    def doubt(self, place: tuple[int, int], reason: str, suggestion: str) -> None:
        """Something that may be meant, and that nothing was made of."""
        start, end = place
        said = self.text[start:end][:300]
        self.doubts.append(Residue(text=said, start=start, end=end, reason=reason, suggestion=suggestion, asks=False))

    def stated(self, start: int, end: int) -> Provenance:
        """Provenance of what the text names at this place."""
        self.used.append((start, end))
        return stated(re.sub(r"\s+", " ", self.text[start:end]).strip()[:200], start, end)

    def inferred(self, reason: str, start: int = 0, end: int = 0) -> Provenance:
        """Provenance of what follows from the text without being named."""
        return inferred(reason, re.sub(r"\s+", " ", self.text[start:end]).strip()[:200])

    def entity(self, key: str, start: int, end: int, reason: str = "") -> DraftEntity:
        """A new entity."""
        return DraftEntity(key, self.inferred(reason, start, end) if reason else self.stated(start, end))

    def relate(
        self,
        entity: DraftEntity,
        target: str,
        start: int,
        end: int,
        *,
        contained: bool = False,
        reason: str = "",
    ) -> DraftRelation:
        """A many-to-one from `entity` to `target`, once."""
        name = target
        known = entity.relation(name)
        if known is None:
            made = self.inferred(reason, start, end) if reason else self.stated(start, end)
            known = DraftRelation(name, target, "many_to_one", made, contained=contained)
            entity.relations.append(known)
        return known
