"""Clauses that ask for somebody to be told: `the customer is notified by e-mail when the order is shipped`.

They tell the system what to do, and nothing of the data: readers of data get the description without them. What they
wait for (`when the order is shipped`) stays, since it may be told nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.understanding.embedded.features import is_ruled_out
from codebegen.understanding.embedded.lexicon import conjugation

CREATED = frozenset("new create add place post submit make receive arrive upload book open come".split())
UPDATED = frozenset("update change edit modify".split())
DELETED = frozenset("delete remove cancel".split())
USUAL = CREATED | UPDATED | DELETED
"""Verbs, and a word, of what can happen to anything: they are no states."""

_NOUN = r"(?:(?:reminder |notification )?(?:e-?mails?|mails?)(?! address)|(?:e-?mail )?(?:notifications?|reminders?))"
_KIND = r"(?:an? |the |some )?(?:[a-z-]+ ){0,2}?"
_MUST = r"(?:(?:should|must|will|shall|can|has to|have to|needs? to|want to) )?(?:also |always |automatically )*"
_WE = r"(?:(?:we|the (?:system|app|api|backend)|it|please|automatically) )?"
_WHEN = r"(?:when(?:ever)?|once(?! per\b)|as soon as|if|every time|each time|after|upon)"
_WHO = (
    rf"(?P<{{0}}>(?!(?:is|are|was|were|to)\b|{_NOUN}\b|{_WHEN} )[a-z][a-z'-]*"
    r"(?: (?!when\b|whenever\b|once\b|if\b|after\b|by\b)[a-z][a-z'-]*){{0,7}}?)"
)
_NUMBER = r"(?:an?|the|one|two|three|four|five|six|seven|ten|fourteen|thirty|\d{1,3})"
_BEFORE_IT = rf"(?P<number>{_NUMBER}) (?P<unit>hour|day|week)s? (?:before|prior to|ahead of) "
_ENDS = rf"(?=,? (?:by|via|with|through|over|about|of new|{_NUMBER} (?:hour|day|week)s? |{_WHEN})\b|,|$)"
_BE = r"(?:is|are|be|gets?|being) (?:also |always |automatically |immediately )?"
_NOTIFY = r"(?:notify|notifies|inform|informs|tell|tells|e-?mails?|reminds?)"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "fourteen": 14, "thirty": 30}
_UNITS = {"hour": 1, "day": 24, "week": 168}
_FORMS = (
    rf"{_WHO.format('told')} {_MUST}{_BE}(?:notified|informed|alerted|told|e-?mailed|reminded)",
    rf"{_WHO.format('gets')} {_MUST}(?:gets?|receives?|(?:is|are|be) sent) {_KIND}{_NOUN}",
    rf"{_KIND}{_NOUN} {_MUST}{_BE}sent(?: out)? to {_WHO.format('sent')}{_ENDS}",
    rf"{_WE}{_MUST}sends? {_KIND}{_NOUN} to {_WHO.format('to')}{_ENDS}",
    rf"{_WE}{_MUST}sends? {_WHO.format('sends')} (?:an? |the )(?:[a-z-]+ ){{0,2}}?{_NOUN}",
    rf"{_WE}{_MUST}{_NOTIFY} {_WHO.format('tells')}{_ENDS}",
    rf"{_WE}{_MUST}sends? {_KIND}{_NOUN}",
    rf"(?:e-?mail |in-app |push )*{_NOUN}(?: (?:to|for) {_WHO.format('noun')}{_ENDS})?",
)
_HOW = (
    r"(?: (?:by|via|with|through|over|per|in) (?:an? |the )?[a-z-]+(?: (?:notification|message|and|or|[a-z-]+mail))*)?"
)
_AFTER = re.compile(
    rf"{_HOW},? (?:only )?(?:{_WHEN} |{_BEFORE_IT}|(?:about|of|on) (?=(?:all |every |each |any )?new ))(?P<event>.+)$"
)
_BEFORE = re.compile(rf"^(?:.*[,:] )?{_WHEN} (?P<event>.+?),? (?:then )?$")
_CLAUSES = tuple(re.compile(rf"(?<![\w-])(?:{form})(?![\w-])") for form in _FORMS)
_SENTENCE = re.compile(r"[^\s.;!?][^.;!?\n]*")
_LEADS = re.compile(rf"\b{_WHEN} $")
_NAMED = re.compile(r".*\b(?=(?:the|an?|all|every|each|its|their|his|her) )")
_BARE = re.compile(
    r"(?:^|(?<=[.;!?,]))[ \t]*(?:[a-z]+ ){1,3}"
    r"(?:(?:gets?|receives?) (?:in-app |e-?mail )?notifications|(?:get|are|is|be) notified)(?= *(?:[.;!?\n]|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""Nobody says of what."""
_MAIL = re.compile(r"\be-?mail|\bmail(?:s|ed)?\b")
_ELSEWHERE = re.compile(r"\b(?:sms|text message|push|slack|whatsapp|telegram|discord|phone)\b")


@dataclass(frozen=True, slots=True)
class NoticeClause:
    """Who is told (in words, perhaps none), of what, and whether by mail; `start` to `end` is all of it.

    With `hours`, the event is a time, and they are told so long before it. `quiet_start` to `quiet_end` is the part
    that says nothing of the data.
    """

    who: str
    event: str
    hours: int | None
    email: bool
    start: int
    end: int
    quiet_start: int
    quiet_end: int


def notice_clauses(text: str) -> Iterator[NoticeClause]:
    """Every clause that asks for somebody to be told of something, in a way that there is."""
    lowered = text.lower().replace("’", "'")
    for sentence in _SENTENCE.finditer(lowered):
        found = _clause(lowered, sentence[0], sentence.start())
        if found is not None and not _ELSEWHERE.search(sentence[0]):
            yield found


def without_notices(text: str) -> str:
    """The text with spaces in the place of what says nothing of the data."""
    quiet = [(clause.quiet_start, clause.quiet_end) for clause in notice_clauses(text)]
    quiet += [match.span() for match in _BARE.finditer(text)]
    for start, end in quiet:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _clause(lowered: str, sentence: str, at: int) -> NoticeClause | None:
    for pattern in _CLAUSES:
        for match in pattern.finditer(sentence):
            lead = _lead(sentence[: match.start()], match[0])
            start = match.start() + lead
            after = _AFTER.match(sentence, match.end())
            before = _BEFORE.match(sentence[:start])
            waits = after or before
            if waits is None or is_ruled_out(lowered, match) or " not " in f" {match[0]} ":
                continue
            who = next((words for words in match.groupdict().values() if words), "")
            end = after.start("event") if after else match.end()
            quiet_end = _link(sentence, match.end(), end) if after else len(sentence)
            hours = _hours(after["number"], after["unit"]) if after and after["number"] else None
            usual = hours is not None or bool(USUAL & {lemma(word) for word in re.findall("[a-z]+", waits["event"])})
            first = before.start("event") if before and not after else start
            return NoticeClause(
                who=who[lead:],
                event=waits["event"].strip(),
                hours=hours,
                email=_MAIL.search(sentence[start:end] if after else sentence[start:]) is not None,
                start=at + first,
                end=at + len(sentence.rstrip()),
                quiet_start=at + (first if usual else start),
                quiet_end=at + (len(sentence) if usual else quiet_end),
            )
    return None


def lemma(word: str) -> str:
    """The base form of a verb; any other word as it is."""
    return conjugation.forms().get(word, (word, ""))[0]


def _lead(before: str, words: str) -> int:
    """How far what is waited for reaches into words that name somebody: `when it ships the customer is`."""
    found = _NAMED.match(words) if _LEADS.search(before) else None
    return found.end() if found else 0


def _hours(number: str, unit: str) -> int:
    return (int(number) if number.isdigit() else _NUMBERS.get(number, 1)) * _UNITS[unit]


def _link(sentence: str, start: int, end: int) -> int:
    """Where the word begins that leads to what is waited for."""
    found = re.search(rf"\b{_WHEN} $", sentence[:end])
    return found.start() if found and found.start() >= start else end
