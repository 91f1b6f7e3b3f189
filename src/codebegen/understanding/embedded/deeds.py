"""Deeds: whether a noun names what a verb does."""

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
