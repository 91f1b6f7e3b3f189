"""Deeds: whether a noun names what a verb does, and which noun does."""

from codebegen.understanding.embedded.lexicon import english, nouns, verbs

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


def noun_of(verb: str) -> str:
    """What a verb does: `reading`, `inspection`, `support`; the verb itself where no noun is known."""
    if verb in verbs.ASSOCIATION.keys() | _IRREGULAR.keys():
        return verbs.ASSOCIATION.get(verb) or _IRREGULAR[verb]
    stems = (verb, verb.removesuffix("e"), verb.removesuffix("y") + "i")
    made = [stem + ending for ending in _ENDINGS for stem in stems if stem + ending != verb]
    for known in (nouns.THINGS, english.NOUNS - nouns.ATTRIBUTES):
        found = next((noun for noun in made if noun in known), None)
        if found is not None:
            return found
    return verb
