"""Verb or noun: the same word is either in a backend description (order, book, list); its neighbours decide."""

from dataclasses import dataclass
from functools import lru_cache

from codebegen import naming
from codebegen.understanding.embedded.lexicon import conjugation, nouns, verbs, words
from codebegen.understanding.embedded.lexicon.nouny import NOT_VERBS, VERB_AFTER_SUBJECT
from codebegen.understanding.embedded.text import Token
from codebegen.understanding.embedded.verb_use import Candidate, says_verb


def _nouny(low: str) -> bool:
    """Whether a verb form is a noun unless its neighbours say that somebody does it."""
    lemma, kind = conjugation.forms().get(low, ("", ""))
    return low in NOT_VERBS or (kind in ("base", "s") and lemma in conjugation.EITHER)


_NOUNY_BEFORE = frozenset({"D", "Q", "#", "J", "P", "POSS", "ARROW"})


_NOUNS = nouns.THINGS | nouns.ATTRIBUTES | nouns.PERSONS


def unknown_verb(low: str, done: list[Token], following: Token | None) -> bool:
    """Words no list knows: `quarantined` after be, `may complain about`, `fulfils` between a person and a thing."""
    before = _significant(done)
    if before is None or noun_lemma(low) in _NOUNS:
        return False
    if before.tag == "M":
        follows = words.DETERMINERS | words.PREPOSITIONS | words.PRONOUNS
        return following is not None and following.low in follows
    if low.endswith("ed") and len(low) > 4:
        return before.tag == "B" or told_by(before) or (before.tag == "C" and any(t.tag == "VP" for t in done[-4:]))
    if not (low.endswith("s") and not low.endswith("ss") and person_like(before) and not naming.is_plural(before.low)):
        return False
    return (
        following is not None
        and following.kind == "word"
        and not any(t.tag in ("V", "M", "B") for t in _clause_so_far(done))
        and following.low not in words.BE | set(words.MODALS)
    )


def told_by(before: Token | None) -> bool:
    """`who handed it out`, `they sealed a vial`: behind such a word stands what somebody did."""
    return before is not None and before.low in _DOERS


_DOERS = frozenset("who they we he she i".split())


# How far back a clause is looked at.
_RECENT = 60


def verb_or_noun(
    token: Token, form: tuple[str, str], done: list[Token], following: Token | None, after: Token | None
) -> tuple[str, str]:
    """Tag and lemma of a word that is a form of some verb."""
    low, (lemma, kind) = token.low, form
    before = _significant(done)
    if (
        lemma in ("belong", "have", "contain", "consist")
        and kind in ("s", "base")
        and (before is None or before.text in (":", "–", "—", "→", "->"))
    ):
        return "V", lemma
    noun_before = before is not None and before.tag in ("D", "J") and before.low != "each"
    if low in ("has", "have", "belongs", "contains", "consists") and not noun_before:
        return "V", lemma
    if before is not None and before.low == "each" and kind == "s" and only_verb(low):
        return "V", lemma
    if kind == "ing":
        return _ing(low, lemma, before, following)
    if kind == "base" and before is not None and before.tag == "B" and low in conjugation.IRREGULAR.get(low, ("",)):
        return "VP", lemma
    if kind in ("participle", "past"):
        return _participle(low, lemma, before, following, kind)
    if before is not None and before.low in _NOUN_FOLLOWS and (not done or done[-1] is before):
        return "N", noun_lemma(low)
    if before is not None and before.tag == "N" and _ends_object(done, following):
        return "N", noun_lemma(low)
    rule = _reads_as_verb(low, kind, before, _Around(done, following, after))
    if says_verb(Candidate(token, lemma, kind, rule, done, following, after)):
        return "V", lemma
    return "N", noun_lemma(low)


_NOUN_FOLLOWS = frozenset("a an the every of with without per by from for about via".split())


def _ends_object(done: list[Token], following: Token | None) -> bool:
    """`sends a trade offer to`, `handle room requests`: a noun behind nouns of an object, where that object ends."""
    leads_on = following is not None and following.kind == "word" and following.low not in words.PREPOSITIONS
    return not leads_on and done[-1].tag == "N" and _verb_already(done)


def _significant(done: list[Token]) -> Token | None:
    """The last token that is no adverb."""
    for token in reversed(done):
        if token.text in (".", ";", "!", "?") or token.kind == "range":
            return None
        if token.tag != "A" or token.low in ("first", "later"):
            return token
    return None


def _reads_as_verb(low: str, kind: str, before: Token | None, around: "_Around") -> bool:
    """Whether a base or -s form is a verb, by what stands before it."""
    done, following = around.done, around.following
    if before is None:
        return _imperative(low, kind, following, around.after)
    if before.tag in ("M", "TO", "DO") or before.low in _VERB_FOLLOWS:
        return True
    if before.tag == "V" and before.lemma in _WISHING:
        return kind == "base" and following is not None and (following.low in words.DETERMINERS)
    if before.tag == "X":
        never = before.low == "never" and len(done) > 1 and done[-2].tag in ("N", "R")
        return never or any(t.tag in ("M", "TO", "DO") for t in done[-3:])
    if before.tag in _NOUNY_BEFORE or before.tag == "B":
        return False
    if before.tag in ("W", "N", "GROUP", "R", "S"):
        return _behind(low, kind, before, around)
    if before.tag == "C" or before.text in (",", "/"):
        return _coordinated(low, kind, done, following)
    return before.text in (":", "–", "—", "-") and _imperative(low, kind, following, around.after)


# `we want register the catches`: the `to` left out.
_WISHING = frozenset("want need wish like".split())


def _behind(low: str, kind: str, before: Token, around: "_Around") -> bool:
    """Behind a relative word, a noun, a bracket, a pronoun or a subordinator."""
    if before.tag == "W":
        return not _nouny(low) or not nominal(around.following)
    if before.tag == "N":
        return _agrees(low, kind, before, around.following, around.done)
    if before.tag == "GROUP" and len(around.done) > 1 and around.done[-2].tag == "N":
        named = around.done[:-1]
        return _agrees(low, kind, named[-1], around.following, named)
    return before.tag in ("R", "S") or _behind_bracket(low, kind, around.following)


@dataclass(frozen=True)
class _Around:
    """The tokens before a word, and the two behind it."""

    done: list[Token]
    following: Token | None
    after: Token | None


_VERB_FOLLOWS = frozenset("let lets please who they we i you he she it everyone anyone everybody".split())
_ALWAYS = frozenset("have has belong belongs contain contains".split())


def _behind_bracket(low: str, kind: str, following: Token | None) -> bool:
    return (kind == "s" and not _nouny(low) and _object_like(following)) or low in _ALWAYS


def _agrees(low: str, kind: str, before: Token, following: Token | None, done: list[Token]) -> bool:
    """Plural subject and base form, or singular subject and -s form; then something that can follow a verb."""
    pure = only_verb(low)
    uncountable = before.low in ("money", "staff", "equipment", "inventory", "stock", "data", "hr")
    subject_plural = naming.is_plural(before.low) or before.low in ("people", "staff", "ppl", "hr")
    agrees = (kind == "base") == subject_plural or uncountable
    if (
        low in verbs.STORE
        and following is not None
        and (following.low in words.DETERMINERS or (kind == "base" and not subject_plural))
        and starts_with_for(done)
    ):
        return True
    if low in ("have", "has", "belong", "belongs", "contain", "contains", "consist", "consists"):
        return True
    if _verb_already(done):
        return False
    if kind == "s" and not subject_plural and _one_does(done, following):
        return True
    acting = person_like(before) and kind == "base" and subject_plural
    if acting and following is not None and following.low in words.DETERMINERS:
        return True  # `employees water the plants`
    if low in NOT_VERBS and low not in VERB_AFTER_SUBJECT:
        return False
    if pure and following is None and agrees and person_like(before):
        return True
    if pure and following is not None and (agrees or before.low in nouns.PERSONS or before.lemma in nouns.PERSONS):
        return True
    person = before.lemma in nouns.PERSONS
    if (
        person
        and kind == "base"
        and low not in nouns.ATTRIBUTES
        and following is not None
        and following.low in words.DETERMINERS | words.PREPOSITIONS
    ):
        return True
    return (
        (agrees or (person and kind == "base" and low not in nouns.ATTRIBUTES))
        and ((agrees and person) or subject_plural)
        and _object_like(following)
    )


def _one_does(done: list[Token], following: Token | None) -> bool:
    """`a jury scores entries`, `an appointment links a patient`: a plural would not go with its determiner."""
    if following is None or following.kind not in ("word", "number"):
        return False
    begin = next((t for t in reversed(done) if t.tag not in ("N", "J", "A")), None)
    if begin is None or begin.tag not in ("D", "#"):
        return False
    counted = following.kind == "number" or following.low in words.DETERMINERS | words.MANY | _COUNTED
    single = begin.low in ("a", "an", "each", "every", "one", "another")
    if single and following.low in _BEHIND_VERB:
        return True
    return counted or (
        (single or begin.low == "the") and naming.is_plural(following.low) and following.low not in words.ADJECTIVES
    )


_BEHIND_VERB = frozenset("in on at to from through into with by under via".split())
_COUNTED = frozenset(words.NUMBERS) | frozenset("exactly at up its".split())


def _clause_so_far(done: list[Token]) -> list[Token]:
    """The tokens back to the last sign, conjunction or relative word."""
    out: list[Token] = []
    for token in reversed(done[-_RECENT:]):
        if token.tag in ("W", "S", "C") or token.text in (".", ";", ":", ",", "!", "?", "–", "—", "-"):
            break
        out.append(token)
    return out


def _verb_already(done: list[Token]) -> bool:
    """A noun behind the verb of its clause is an object: `can send adoption requests`; not behind `let`."""
    found = [t for t in _clause_so_far(done) if t.tag in ("V", "M")]
    return any(t.tag == "V" for t in found) and not any(
        t.lemma in ("let", "allow", "help", "make", "want", "see", "mean") for t in found
    )


def starts_with_for(done: list[Token]) -> bool:
    """`For each measurement store …`: a request behind the thing it is about."""
    so_far = _clause_so_far(done)
    return (
        bool(so_far)
        and so_far[-1].low in ("for", "of", "on", "about")
        and not any(t.tag in ("V", "M", "B") for t in so_far)
    )


def only_verb(low: str) -> bool:
    """Whether a verb form is no noun that backends are about."""
    noun = noun_lemma(low)
    return (
        not _nouny(low)
        and noun not in nouns.THINGS
        and noun not in nouns.ATTRIBUTES
        and noun not in nouns.PERSONS
        and low not in nouns.ATTRIBUTES
    )


def person_like(token: Token) -> bool:
    """Whether a noun token speaks of people."""
    return token.lemma in nouns.PERSONS or token.low in nouns.PERSONS


def _object_like(following: Token | None) -> bool:
    if following is None or following.kind not in ("word", "number"):
        return False
    low = following.low
    if (
        low in words.DETERMINERS
        or low in words.MANY
        or low in words.PREPOSITIONS
        or low in words.PRONOUNS
        or low in words.NUMBERS
    ):
        return True
    return following.kind == "number" or (
        low not in words.CONJUNCTIONS and low not in words.BE and low not in words.MODALS
    )


def _coordinated(low: str, kind: str, done: list[Token], following: Token | None) -> bool:
    """`write posts and comment on them`: the verb before is in the same form and an object follows."""
    recent = done[-_RECENT:]
    earlier = next((t for t in reversed(recent) if t.tag == "V"), None)
    adjacent = len(done) >= 2 and done[-2].tag == "V"
    modal = any(t.tag in ("M", "TO") for t in recent)
    if earlier is None:
        return False
    same = kind == conjugation.forms().get(earlier.low, ("", "base"))[1] or (modal and kind == "base")
    if not same:
        return False
    if adjacent:
        return True
    if done[-1].text == "," and not modal:
        # `has a number, connects two ports`: nothing that is listed goes before an article.
        counted = following is not None and following.low in words.DETERMINERS | set(words.NUMBERS)
        return kind == "s" and counted and only_verb(low)
    if following is None or following.kind != "word":
        return False
    pure = only_verb(low)
    follows = following.low
    if pure and kind == "s":
        return True
    if pure:
        return _object_like(following) and follows not in nouns.ATTRIBUTES
    if kind == "s" and follows in _BEHIND_VERB:
        return True
    return follows in words.DETERMINERS or follows in words.PRONOUNS or follows in ("on", "to", "for", "them")


def _imperative(low: str, kind: str, following: Token | None, after: Token | None) -> bool:
    """`Store members name …`, `Filter by due date`; not `Order: …`, `Comment text`."""
    noted = low in ("log", "track", "store", "save", "record", "keep") and kind == "base"
    if noted and following is not None and following.low.endswith("s") and following.kind == "word":
        return True
    if kind != "base" or following is None or following.kind not in ("word", "number"):
        return False
    pure = only_verb(low)
    follows = following.low
    if follows in words.DETERMINERS or follows in words.MANY or follows in words.PRONOUNS or follows in words.NUMBERS:
        return True
    if low in ("filter", "sort", "search", "rate", "list", "order", "group") and follows in ("by", "the", "all"):
        return True
    if (
        follows in words.BE
        or follows in words.MODALS
        or follows in ("has", "have", "belong", "belongs", "limit", "limiting")
    ):
        return False
    return pure and not (after is not None and after.text == ":")


def _ing(low: str, lemma: str, before: Token | None, _following: Token | None) -> tuple[str, str]:
    noun = low in NOT_VERBS or low in nouns.ASSOCIATION_NOUNS
    if before is not None and before.tag == "B":
        return "VG", lemma
    if noun or (
        before is not None
        and before.tag in ("D", "J", "N", "Q", "POSS")
        and low not in ("containing", "including", "having")
    ):
        return "N", low
    return "VG", lemma


def _participle(low: str, lemma: str, before: Token | None, _following: Token | None, kind: str) -> tuple[str, str]:
    if low in NOT_VERBS and not (before is not None and before.tag == "B"):
        return "N", noun_lemma(low)
    if before is not None and before.tag in ("M", "TO", "DO") and conjugation.forms().get(low, ("", ""))[0] == low:
        return "V", lemma
    if (
        before is not None and before.low in ("who", "which", "that", "they", "i", "we", "he", "she", "it")
    ) or kind == "past":
        return "V", lemma
    return "VP", lemma


@lru_cache(maxsize=8192)
def noun_lemma(low: str) -> str:
    """The singular of a noun as written."""
    low = low.replace("'", "")
    head, dash, last = low.rpartition("-")
    return f"{head}{dash}{naming.singular(last)}" if last else low


def nominal(token: Token | None) -> bool:
    """Whether a token can be a noun behind `that` or `these`."""
    if token is None or token.kind != "word":
        return False
    form = conjugation.forms().get(token.low)
    return (
        token.low not in words.BE
        and token.low not in words.MODALS
        and (form is None or _nouny(token.low) or form[1] == "participle")
    )
