"""Who is in a group: `create projects and invite other users as members`, `share lists with other users`."""

from collections.abc import Iterable, Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link, Mention
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_thing

KIND = "group"


def read_invited(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The accounts of a group: many are in it, and each may be in many."""
    people, group, called = _invited(frame), _group(frame, setting), _called(frame)
    if people is None or group is None or frame.negated or frame.passive:
        return
    yield Mention(group, 2, "object", group.start, group.end)
    yield Link(group, people, frame.start, frame.end, KIND, many_targets=True, many_sources=True, name=called)


def invites_accounts(frame: Frame, setting: Setting) -> bool:
    """Whether a clause is about who is in a group, not about invitations."""
    return _invited(frame) is not None and _group(frame, setting) is not None


def group_words(facts: Iterable[Fact]) -> frozenset[str]:
    """What those in a group are called: accounts by another name."""
    return frozenset(fact.name for fact in facts if isinstance(fact, Link) and fact.kind == KIND)


def _invited(frame: Frame) -> Phrase | None:
    if frame.verb not in ("invite", "add", "share"):
        return None
    told = frame.prep("with") if frame.verb == "share" else frame.objects
    return next((p for p in told if p.head in nouns.ACCOUNT_WORDS or p.head in ("people", "person")), None)


def _group(frame: Frame, setting: Setting) -> Phrase | None:
    """Where they are invited to, else what was just made."""
    named = frame.objects if frame.verb == "share" else frame.prep("to", "into")
    told = next((p for p in named if is_thing(p) and not p.is_person), None)
    return told or (setting.made if frame.prep("as") else None)


def _called(frame: Frame) -> str:
    usual = "collaborator" if frame.verb == "share" else "member"
    return next((p.key for p in frame.prep("as") if p.is_person), usual)
