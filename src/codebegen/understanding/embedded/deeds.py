"""Deeds: whether a noun names what a verb does, and which noun does."""

from codebegen.understanding.embedded.lexicon import conjugation, english, nouns, verbs

_IRREGULAR = {
    "sell": "sale",
    "buy": "purchase",
    "choose": "choice",
    "give": "gift",
    "speak": "speech",
    "lend": "loan",
    "borrow": "loan",
    "fly": "flight",
    "lose": "loss",
    "enter": "entry",
    "receive": "receipt",
    "complain": "complaint",
    "weigh": "weight",
}
_ENDINGS = ("", "ing", "ion", "ation", "ition", "tion", "ment", "al", "ance", "ence", "ery", "ry", "y", "ure", "age")


def deed_of(verb: str, noun: str) -> bool:
    """Whether a noun names what a verb does: `inspect` and `inspection`, `feed` and `feeding`, `sell` and `sale`."""
    if noun in (verb, _IRREGULAR.get(verb)):
        return True
    stems = {verb, verb.removesuffix("e"), verb.removesuffix("y") + "i"}
    return any(noun == stem + ending for stem in stems for ending in _ENDINGS if len(stem) > 2) or (
        len(verb) > 2 and noun == f"{verb}{verb[-1]}ing"
    )


def noun_of(verb: str) -> str | None:
    """What a verb does: `reading`, `inspection`, `support`; nothing where no noun is known."""
    known = verbs.ASSOCIATION.get(verb) or _IRREGULAR.get(verb)
    if known is not None and known not in nouns.FIELDS_ONLY:
        return known
    stems = (verb, verb.removesuffix("e"), verb.removesuffix("y") + "i")
    made = [stem + ending for ending in _ENDINGS[1:] for stem in stems]
    itself = [verb] if verb in conjugation.EITHER | nouns.THINGS else []
    usual = [noun for noun in (*made, *itself) if noun in nouns.THINGS]
    plain = [noun for noun in made if noun in _DERIVED and not noun.endswith("ing")]
    return next(iter((*usual, *itself, *plain)), None)


_DERIVED = english.NOUNS - nouns.ATTRIBUTES
