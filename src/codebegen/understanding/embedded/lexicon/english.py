"""English: common words by class, for what the hand-made lists don't know.

`english.txt` is an extract of WordNet 3.1 (its terms are in WORDNET-LICENSE): one class a line, its words behind it.
`verb` holds transitive verbs that are hardly ever nouns, `either` those that are nouns as often, `person` people by
what they do, `time` what is a time and no thing, `noun` the other common nouns.
"""

from pathlib import Path


def _classes() -> dict[str, frozenset[str]]:
    """The words of every class."""
    lines = Path(__file__).with_name("english.txt").read_text(encoding="utf-8").splitlines()
    return {name: frozenset(words) for name, *words in map(str.split, lines)}


_TABLE = _classes()
VERBS = _TABLE["verb"]
EITHER = _TABLE["either"]
PERSONS = _TABLE["person"]
TIMES = _TABLE["time"]
NOUNS = _TABLE["noun"]
