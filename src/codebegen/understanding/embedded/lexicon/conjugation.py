"""Conjugation: every form of every verb, with its lemma and what form it is."""

from functools import lru_cache

from codebegen import naming
from codebegen.understanding.embedded.lexicon import english, nouns, verbs, words

# Of a base form, its past and its participle.
IRREGULAR = {
    "be": ("was", "been"),
    "have": ("had", "had"),
    "write": ("wrote", "written"),
    "make": ("made", "made"),
    "send": ("sent", "sent"),
    "give": ("gave", "given"),
    "leave": ("left", "left"),
    "set": ("set", "set"),
    "build": ("built", "built"),
    "pay": ("paid", "paid"),
    "sell": ("sold", "sold"),
    "see": ("saw", "seen"),
    "read": ("read", "read"),
    "find": ("found", "found"),
    "get": ("got", "gotten"),
    "show": ("showed", "shown"),
    "put": ("put", "put"),
    "hold": ("held", "held"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "take": ("took", "taken"),
    "stand": ("stood", "stood"),
    "hang": ("hung", "hung"),
    "lend": ("lent", "lent"),
    "deal": ("dealt", "dealt"),
    "buy": ("bought", "bought"),
    "bring": ("brought", "brought"),
    "teach": ("taught", "taught"),
    "lead": ("led", "led"),
    "run": ("ran", "run"),
    "drive": ("drove", "driven"),
    "breed": ("bred", "bred"),
    "begin": ("began", "begun"),
    "become": ("became", "become"),
    "come": ("came", "come"),
    "go": ("went", "gone"),
    "win": ("won", "won"),
    "lose": ("lost", "lost"),
    "spend": ("spent", "spent"),
    "mean": ("meant", "meant"),
    "let": ("let", "let"),
    "eat": ("ate", "eaten"),
    "drink": ("drank", "drunk"),
    "split": ("split", "split"),
    "fly": ("flew", "flown"),
    "choose": ("chose", "chosen"),
    "fall": ("fell", "fallen"),
    "rise": ("rose", "risen"),
    "grow": ("grew", "grown"),
    "sing": ("sang", "sung"),
    "hear": ("heard", "heard"),
    "draw": ("drew", "drawn"),
    "wear": ("wore", "worn"),
    "ride": ("rode", "ridden"),
    "feed": ("fed", "fed"),
    "sow": ("sowed", "sown"),
    "withdraw": ("withdrew", "withdrawn"),
    "forbid": ("forbade", "forbidden"),
    "do": ("did", "done"),
    "bid": ("bid", "bid"),
    "hide": ("hid", "hidden"),
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "understand": ("understood", "understood"),
    "fit": ("fit", "fit"),
    "meet": ("met", "met"),
    "sit": ("sat", "sat"),
    "cost": ("cost", "cost"),
    "hit": ("hit", "hit"),
    "cut": ("cut", "cut"),
    "think": ("thought", "thought"),
    "speak": ("spoke", "spoken"),
    "throw": ("threw", "thrown"),
    "wake": ("woke", "woken"),
    "oversee": ("oversaw", "overseen"),
    "undergo": ("underwent", "undergone"),
    "undertake": ("undertook", "undertaken"),
    "shoot": ("shot", "shot"),
    "catch": ("caught", "caught"),
    "dig": ("dug", "dug"),
    "freeze": ("froze", "frozen"),
    "seek": ("sought", "sought"),
    "shake": ("shook", "shaken"),
    "steal": ("stole", "stolen"),
    "stick": ("stuck", "stuck"),
    "tear": ("tore", "torn"),
    "weave": ("wove", "woven"),
    "wind": ("wound", "wound"),
    "bind": ("bound", "bound"),
    "bend": ("bent", "bent"),
    "lay": ("laid", "laid"),
    "rewrite": ("rewrote", "rewritten"),
    "rebuild": ("rebuilt", "rebuilt"),
    "override": ("overrode", "overridden"),
    "overtake": ("overtook", "overtaken"),
    "broadcast": ("broadcast", "broadcast"),
    "fight": ("fought", "fought"),
    "spin": ("spun", "spun"),
    "swim": ("swam", "swum"),
    "quit": ("quit", "quit"),
    "bear": ("bore", "born"),
    "resell": ("resold", "resold"),
    "foresee": ("foresaw", "foreseen"),
}
_DOUBLE = frozenset(
    "submit plan ship log drop stop tag ban scan control refer admit cancel enrol enroll label transfer begin "
    "scrap annul skip swap wrap trim clip commit permit omit transmit defer expel equip flip grab trap step tip "
    "put set get run cut win split let sit bid unsubmit prefer occur map pin rsvp chat star rent".split()
) - {"enroll", "star", "rent", "rsvp", "cancel", "label"}

LEMMAS = verbs.LEMMAS | (frozenset(IRREGULAR) - {"be"})
# Verbs as often as nouns: `walk`, `catalogue`, `fix`; the neighbours of the word decide.
EITHER = english.EITHER - LEMMAS
_MORE = (english.VERBS | EITHER) - LEMMAS


def third(verb: str) -> str:
    """`carry` → `carries`."""
    if verb == "have":
        return "has"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _stem(verb: str, ending: str) -> str:
    if verb in _DOUBLE:
        return verb + verb[-1] + ending
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "ye", "oe"))):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending


def regular(verb: str) -> str:
    """`plan` → `planned`."""
    return _stem(verb, "ed")


def _said_otherwise() -> frozenset[str]:
    """Words whose class the hand-made lists tell; no form of a verb that they don't list is meant."""
    listed = (
        nouns.THINGS | nouns.ATTRIBUTES | nouns.LISTED_PERSONS | nouns.ABSTRACT | nouns.ENUM_NOUNS | nouns.BOOLEAN_WORDS
    )
    closed = words.ADJECTIVES | words.ADVERBS | words.PREPOSITIONS | words.CONJUNCTIONS | words.FILLER | words.PRONOUNS
    return listed | closed | words.SUBORDINATORS | words.DETERMINERS | words.MANY | frozenset(words.UNITS)


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[str, str]]:
    """Every form: (lemma, kind), kind one of base, s, past, participle.

    Ing. A past that is a participle too is `participle`.
    """
    table: dict[str, tuple[str, str]] = {}
    for verb in sorted(LEMMAS):
        past, participle = IRREGULAR.get(verb, ("", ""))
        regular = _stem(verb, "ed")
        for form, kind in (
            (_stem(verb, "ing"), "ing"),
            (past or regular, "past" if past and past != participle else "participle"),
            (participle or regular, "participle"),
            (third(verb), "s"),
            (verb, "base"),
        ):
            if kind == "base" or form not in table:
                table[form] = (verb, kind)
    for form, lemma in {
        "canceled": "cancel",
        "cancelled": "cancel",
        "cancelling": "cancel",
        "canceling": "cancel",
        "labelled": "label",
        "enrolled": "enroll",
        "enrolling": "enroll",
        "travelled": "travel",
        "taked": "take",
        "buyed": "buy",
        "writed": "write",
        "payed": "pay",
        "born": "bear",
        "organised": "organize",
        "modelled": "model",
    }.items():
        table[form] = (lemma, "ing" if form.endswith("ing") else "participle")
    things = nouns.THINGS | nouns.ATTRIBUTES
    for verb in IRREGULAR:
        # `buyed` is a slip, `bed` and `seed` are nouns.
        if _stem(verb, "ed") not in things:
            table.setdefault(_stem(verb, "ed"), (verb, "participle"))
    for form, told in _common_forms().items():
        table.setdefault(form, told)
    return table


@lru_cache(maxsize=1)
def possible() -> dict[str, tuple[str, str]]:
    """Base and -s forms that the lists have for something else: `a seat`, and `a table seats eight guests`."""
    known = forms()
    both = ((form, (verb, kind)) for verb in sorted(_MORE) for form, kind in ((verb, "base"), (third(verb), "s")))
    return {form: told for form, told in both if form not in known}


def _common_forms() -> dict[str, tuple[str, str]]:
    """The forms of verbs that are only listed as English."""
    listed = _said_otherwise()
    table: dict[str, tuple[str, str]] = {}
    for verb in sorted(_MORE - listed):
        past, participle = IRREGULAR.get(verb, ("", ""))
        regular = _doubled(verb, "ed")
        for form, kind in (
            (verb, "base"),
            (third(verb), "s"),
            (_doubled(verb, "ing"), "ing"),
            (past or regular, "past" if past and past != participle else "participle"),
            (participle or regular, "participle"),
        ):
            if form not in listed and (kind != "s" or naming.singular(form) not in listed):
                table.setdefault(form, (verb, kind))
    return table


def _doubled(verb: str, ending: str) -> str:
    """`plan` → `planned`: one vowel between consonants, in a word of one syllable."""
    short = len(verb) <= 4 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    return verb + verb[-1] + ending if short else _stem(verb, ending)
