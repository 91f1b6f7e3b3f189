"""Rights, states and rules: readers for what may and must happen, after those for what there is."""

from codebegen.understanding.embedded.counts import read_counts
from codebegen.understanding.embedded.read_rights import read_rights
from codebegen.understanding.embedded.read_rules import RULE_READERS, read_phrase_rules
from codebegen.understanding.embedded.read_states import STATE_READERS
from codebegen.understanding.embedded.reading import Reader

BEHAVIOUR_READERS: tuple[Reader, ...] = (read_rights, *STATE_READERS, *RULE_READERS, read_counts)

__all__ = ["BEHAVIOUR_READERS", "read_phrase_rules"]
