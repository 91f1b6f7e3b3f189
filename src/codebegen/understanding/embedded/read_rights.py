"""Who may do what: `only the author can edit a post`, `vets can only see their own appointments`.

`managers adjust stock`.
"""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Right
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing, possessive

_OPERATIONS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        frozenset("manage administer administrate handle maintain control curate oversee crud".split()),
        ("create", "list", "read", "update", "delete"),
    ),
    (frozenset(("moderate",)), ("update", "delete")),
    (verbs.READ - {"list"}, ("list", "read")),
    (verbs.UPDATE - {"grade", "enter", "put", "mark"}, ("update",)),
    (verbs.DELETE, ("delete",)),
    (
        frozenset(
            "create add post write publish submit upload enter place register record make insert open issue".split()
        ),
        ("create",),
    ),
)


def operations_of(verb: str) -> tuple[str, ...]:
    """CRUD operations that a verb stands for."""
    return next((ops for table, ops in _OPERATIONS if verb in table), ())


def is_person_like(phrase: Phrase) -> bool:
    """A person, or anybody."""
    return phrase.is_person or phrase.words[-1].low in words.ANYONE or phrase.head in ("staff", "hr", "team", "people")


def read_rights(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """Rights of the subject of an active clause, or of the agent of a passive one."""
    if frame.link not in ("main", "relative") or setting.role == "features" or frame.modal == "free":
        return
    if frame.passive:
        yield from _passive(frame)
        return
    stated = (
        frame.modal in ("can", "must")
        or setting.role in ("access", "roles")
        or frame.verb in verbs.MANAGE | verbs.READ | {"moderate"}
    )
    for who in frame.subjects:
        if is_teller(who) or not is_person_like(who):
            continue
        operations = operations_of(frame.verb)
        only = frame.only or who.only
        if frame.verb == "do" or (
            frame.verb == "see" and any(t.low in ("all", "everything") for t in frame.rest) and not frame.objects
        ):
            yield Right(who, operations or ("all",), None, frame.start, frame.end, verb=frame.verb)
            continue
        if not operations and frame.verb not in verbs.STATE:
            continue
        if not stated and not only and frame.verb not in verbs.STATE:
            continue
        for what in frame.objects or ():
            if what.words[-1].tag == "R" or (not is_thing(what) and what.head not in ("everything", "anything")):
                continue
            own = possessive(what) or "own" in [t.low for t in frame.rest]
            limits = what.only or (frame.only and not who.only)
            yield Right(who, operations, what, frame.start, frame.end, own, only, frame.negated, frame.verb, limits)


def _passive(frame: Frame) -> Iterator[Fact]:
    """`Comments can be edited only by their author`."""
    operations = operations_of(frame.verb)
    if not frame.subjects or frame.modal not in ("can", "must") or not (operations or frame.verb in verbs.STATE):
        return
    for who in frame.prep("by"):
        if is_person_like(who) and is_thing(frame.subjects[-1]):
            only = frame.only or any(t.low == "only" for t in frame.tokens)
            yield Right(
                who,
                operations,
                frame.subjects[-1],
                frame.start,
                frame.end,
                possessive(who),
                only,
                frame.negated,
                frame.verb,
            )
