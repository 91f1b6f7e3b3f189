"""Who reads the audit log: `only auditors may see the audit log`, `the audit log is visible to managers`."""

import re
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint import Blueprint, Role, stated
from codebegen.blueprint.passes.edit import changed
from codebegen.understanding.embedded.features import is_ruled_out

_LOG = r"(?:(?:the|our|its|all) )?(?:audit(?:[ -](?:logs?|trails?))?|activity log|change history)(?: entries)?"
_NO_NOUN = r"(?!(?:can|may|should|must|will|is|are|have|need|see|read|view|and|or|who|to)\b)"
_ONE = rf"(?:only )?(?:the |an? )?{_NO_NOUN}[a-z-]+(?: {_NO_NOUN}[a-z-]+)?"
_WHO = rf"(?P<{{}}>{_ONE}(?:(?:,| and|, and| or) {_ONE})*)"
_BEGINS = r"(?:^|(?<=\n)|(?<=[-*.;!?,:(\n] )|(?<=\band )|(?<=\bbut )|(?<=\bthat ))"
_MAY = r"(?:can|may|should|must|will|(?:is|are) allowed to|have to|need to)(?: be able to)?(?: only)?"
_READ = r"(?:see|sees|read|reads|view|views|access|accesses|browse|consult|search|look at|inspect|query)"
_SHOWN = r"(?:visible|readable|accessible|shown|seen|read|viewed|accessed|available|open)"
_CLAUSE = re.compile(
    rf"{_BEGINS}{_WHO.format('first')} (?:{_MAY} )?(?:only )?{_READ} {_LOG}\b"
    rf"|\b{_LOG} (?:is|are|(?:can|may|must|should) be) (?:only )?{_SHOWN}(?: only)? (?:to|by|for) "
    rf"{_WHO.format('last')}(?=[.;,:!?\n]|$)"
)
_SENTENCE = re.compile(r"[^\s.;!?][^.;!?\n]*")
_EVERYBODY = frozenset("user users admin admins administrator administrators everybody everyone people we they".split())


def audit_reader_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the description says who reads the audit log."""
    yield from ((match.start(), match.end()) for match in _matches(text))


def with_audit_readers(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with the roles that read the audit log, if it has one; a role that is new is made."""
    if not blueprint.has("audit_log"):
        return blueprint
    readers: dict[str, Role] = {}
    for match in _matches(text):
        said = match["first"] or match["last"]
        place = stated(text[match.start() : match.end()], match.start(), match.end())
        for who in re.split(r",| and | or ", said):
            words = re.sub(r"^(?:the|an?|only) ", "", who.strip())
            if words and words not in _EVERYBODY and len(words.split()) < 4:
                name = naming.snake(naming.singular(words))
                readers.setdefault(name, Role(name=name, provenance=place))
    new = tuple(role for name, role in readers.items() if name not in blueprint.role_names)
    features = (changed(one, roles=tuple(readers)) if one.key == "audit_log" else one for one in blueprint.features)
    return changed(blueprint, features=tuple(features), roles=(*blueprint.roles, *new))


def _matches(text: str) -> Iterator[re.Match[str]]:
    lowered = text.lower().replace("\u2019", "'")
    for sentence in _SENTENCE.finditer(lowered):
        for match in _CLAUSE.finditer(lowered, sentence.start(), sentence.end()):
            if not is_ruled_out(lowered, match):
                yield match
