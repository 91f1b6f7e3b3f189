"""Verbs with a particle that are one verb (`sign up`, `take place`), and the plain verb that says the same."""

from functools import lru_cache

from codebegen.understanding.embedded.lexicon import conjugation

_SAME = {
    ("take", "place"): "happen",
    ("take", "part"): "participate",
    ("sign", "up"): "register",
    ("carry", "out"): "perform",
    ("hand", "in"): "submit",
    ("turn", "in"): "submit",
    ("send", "in"): "submit",
    ("lend", "out"): "lend",
    ("rent", "out"): "rent",
    ("write", "down"): "note",
    ("note", "down"): "note",
    ("put", "down"): "note",
    ("make", "up"): "make",
}

PARTICLES = frozenset(particle for _, particle in _SAME)


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, str], str]:
    """Forms of the plain verbs by lemma and kind; the first of several stays."""
    wanted = set(_SAME.values())
    table: dict[tuple[str, str], str] = {}
    for form, (lemma, kind) in conjugation.forms().items():
        if lemma in wanted:
            table.setdefault((lemma, kind), form)
    return table


def plain_form(verb: str, particle: str) -> str:
    """`signed`, `up` → `registered`; nothing where the two are no verb of their own."""
    lemma, kind = conjugation.forms().get(verb, ("", ""))
    # `handed in` is a state in its own words.
    same = _SAME.get((lemma, particle)) if (lemma, kind) != ("hand", "participle") else None
    return "" if same is None else _forms().get((same, kind)) or _forms().get((same, "participle"), "")
