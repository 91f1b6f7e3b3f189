"""Things that are only listed: `an API with users and posts`; and who acts at all."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Mention
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import read_phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Tokens


def read_actors(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """Whoever acts may be a role: `accounting pays it`, `screenings are announced by the programmer`."""
    has_right = any(p.head in _RIGHTS for p in frame.objects)
    if setting.role == "features" or (frame.verb in verbs.HAS | verbs.BELONG | {"be"} and not has_right):
        return
    main = frame.link in ("main", "relative")
    for who in frame.prep("by") if frame.passive else frame.subjects:
        if who.is_person and not is_teller(who) and (main or who.unit):
            yield Mention(who, 0, "actor", who.start, who.end)


_RIGHTS = frozenset("access right permission privilege login".split())


def read_listed(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Build a blog API with users, posts and comments`, `a site where agents list properties`: things are named."""
    if frame.verb in ("build", "create", "make", "need", "want", "develop", "implement", "design") and (
        not frame.subjects or is_teller(frame.subjects[-1])
    ):
        for name, phrase in frame.preps:
            if name in ("with", "for", "of") and phrase.plural and is_thing(phrase) and not phrase.is_field:
                yield Mention(phrase, 4 if name == "with" else 1, "listed", phrase.start, phrase.end)
    if (
        frame.verb in ("track", "manage", "handle", "store", "keep", "organize", "monitor")
        and frame.subjects
        and is_teller(frame.subjects[-1])
    ):
        for phrase in frame.objects:
            if phrase.plural and is_thing(phrase):
                yield Mention(phrase, 3, "listed", phrase.start, phrase.end)
    for phrase in (*frame.subjects, *frame.objects, *(p for _, p in frame.preps)):
        if phrase.det in ("each", "every") and is_thing(phrase) and not phrase.is_field:
            yield Mention(phrase, 2, "each", phrase.start, phrase.end)


_ALL = frozenset("everybody everyone anybody anyone nobody all no-one none others".split())
_SAVE = frozenset("but except".split())


def read_exceptions(tokens: Tokens) -> Iterator[Fact]:
    """`hidden from everybody but the statistician`, `nobody except the dean may …`: who is named has a role."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].low in _SAVE and tokens[at - 1].low in _ALL:
            begin = at + 2 if tokens[at + 1].low == "for" else at + 1
            found = read_phrase(tokens, begin)
            if found is not None and found[0].is_person:
                yield Mention(found[0], 0, "actor", found[0].start, found[0].end)


def read_kinds_of_people(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Users are customers, clerks or admins`: what tells accounts apart."""
    if frame.verb != "be" or frame.negated or not frame.subjects or len(frame.objects) < _SEVERAL:
        return
    subject = frame.subjects[-1]
    accounts = subject.head in _ACCOUNTS and (subject.plural or subject.det in _ANY)
    if accounts and any(t.low == "or" for t in frame.rest) and all(p.is_person for p in frame.objects):
        yield from (Mention(person, 0, "actor", person.start, person.end) for person in frame.objects)


_SEVERAL = 2
_ACCOUNTS = nouns.ACCOUNT_WORDS | {"person"}
_ANY = words.EACH | {"a"}
