"""Words as cues and names are compared: lower case, singular."""

from codebegen import naming

_ACRONYM = 3


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text or a name; very short ones stay as they are, since `ats` and `cms` are no plurals."""
    return tuple(word if len(word) <= _ACRONYM else naming.singular(word) for word in naming.words(text))


def phrase(text: str) -> str:
    """The words, joined by blanks."""
    return " ".join(words_of(text))
