"""Asides: stretches of a text that are about who writes, whom they look for, how work is judged, and no backend.

A job post has a profile, an exercise has points, a readme says how it is run, a letter has a head and a foot. They are
found by line, before anything is read; readers of data get the text without them, the report names them as noise.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Aside(NamedTuple):
    """A stretch and what it is about."""

    start: int
    end: int
    reason: str


WRITER = "about the writer"
JOB = "about the job"
WORK = "how the work is done, judged or handed in"
LETTER = "the head or foot of a message"
CHAT = "said by the other side of a chat"
LABEL = "a label of the text"
PERSONAL = frozenset((WRITER, JOB))
"""What is named there is no wish for a feature: `Your profile: PostgreSQL, Docker`."""

_SURE = {
    WRITER: r"(?:about|who) (?:us|me|we are|i am)|about (?:the|our|my) (?:company|team|startup)|our (?:company|story)"
    r"|who you are",
    JOB: r"(?:your|candidate|ideal) (?:profile|skills|background|qualifications|experience)|you(?:'ll| will)? bring"
    r"|what you(?:'ll| will)? bring|(?:what )?we offer|what you(?:'ll| will)? get|how to apply|to apply|perks|benefits"
    r"|must[- ]have skills|compensation|salary|what's in it for you",
    WORK: r"grading(?: (?:scheme|criteria))?|(?:evaluation|marking|grading|assessment) (?:criteria|scheme)"
    r"|how (?:we|you)(?:'ll| will)? (?:be )?(?:evaluate|grade|assess|judge)[ds]?\b.*"
    r"|what we(?:'ll| will)? (?:look (?:at|for)|assess|evaluate|value|pay attention to)|what (?:i|we) grade"
    r"|submission (?:guidelines|instructions|details)|how to submit|hand(?:ing)?[ -]in|plagiarism|academic integrity"
    r"|learning (?:goals|objectives|outcomes)|time ?limit|definition of done|dod",
}
_HEADINGS = (
    r"getting started|quick ?start|installation|installing|set ?up|how to run(?: .*)?|running(?: .*)?"
    r"|local development|contributing|contributors|acknowledge?ments|credits|changelog|prerequisites|troubleshooting"
    r"|deployment notes"
)
_JUDGED = re.compile(r"(?:evaluation|assessment|submission|deliverables)$")
_EXERCISES = re.compile(
    r"\b(?:assignment|coursework|homework|exercise|challenge|take-home|candidates?)\b", re.IGNORECASE
)
_MACHINERY = re.compile(
    r"`|\b(?:docker|make|clone|install|run|pull request|issues?|python|env|uvicorn|thanks|pip)\b", re.IGNORECASE
)
_LICENSE = re.compile(r"\b(?:MIT|Apache|BSD|GPL\w*|AGPL\w*|LICENSE|proprietary)\b")
_SURE_TITLES = {reason: re.compile(rf"(?:{titles})$") for reason, titles in _SURE.items()}
_HEADING = re.compile(rf"(?:{_HEADINGS})$")
_PAY = re.compile(r"(?:(?:day |hourly )?rate|pay|salary|budget|fee|compensation) ?:[^,]*\d[^,]*$", re.IGNORECASE)

_LINE = re.compile(r"[^\n]*\n?")
_MARKS = re.compile(r"^[\s>]*(?:#{1,6}\s+|[-*•]\s+)?[*_]{0,2}|[*_:.\s]+$")
_HEAD = re.compile(
    r"(?:(?:From|To|Cc|CC|Bcc|Sent|Date|Fwd|FWD|Reply-To|Posted by)\s*:\s*(?:[A-Z]|\S+@)|(?:Subject|Re|RE|Betreff)\s*:)"
    r"(?!.*,.*,)"
)
_TICKET = re.compile(
    r"(?:Type|Priority|Reporter|Assignee|Labels?|Sprint|Component|Story [Pp]oints|Epic|Fix [Vv]ersion|Status|Milestone)"
    r"\s*:\s*\S.*?(?:\s{2,}|\s*[|;]\s*)(?:[A-Z][\w ]{2,15})\s*:"
)
_FOOT = re.compile(
    r"(?:(?:with )?(?:many|best|kind|kindest|warm|warmest|friendly|sincere)? ?(?:regards|wishes|greetings|thanks)"
    r"|cheers|thanks(?: a lot)?(?: in advance)?|thank you|sincerely|yours(?: \w+)?|love|(?:big )?hugs?|xoxo|best|lg|mfg"
    r"|cordially|respectfully|see you|all the best|take care|um abraço|saludos|cordialement|grüße|ciao)\b[^.:(]{0,40}$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:--|—)\s*$|sent from my\b.*", re.IGNORECASE)
_LONGEST_FOOT, _LONGEST_LINE = 7, 70
_FIRST = 4
_SAYS = re.compile(r"\b(?:has|have|must|can|should|belongs?|needs?)\b|[:(].*,", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:\[?\d{1,2}[:.]\d{2}(?:\s?[ap]m)?\]?\s*)?\**(?P<who>user|you|me|human|client|customer support|assistant|bot|ai"
    r"|chatgpt|gpt|claude|copilot|gemini|system|dev|developer|support)\**\s*:\**\s+",
    re.IGNORECASE,
)
_MACHINES = frozenset("assistant bot ai chatgpt gpt claude copilot gemini".split())
_TIMED = re.compile(r"\[?\d{1,2}[:.]\d{2}(?:\s?[ap]m)?\]?\s+<?@?[A-Z][\w.-]*(?: [A-Z]\w*)?>?\s*(?::|\n)", re.IGNORECASE)
_PART = re.compile(
    r"[\s#*]*(?:part|task|section|exercise|step|question|milestone|phase|problem)\s+(?:[A-Z]|\d{1,2}|[ivx]{1,4})\s*"
    r"(?:[-–—:.)]\s*|$)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[(\[]\s*(?:\d+|[a-z]+)(?:\.\d+)?\s?(?:points?|pts?|marks?|%|punkte)\s*[)\]]", re.IGNORECASE)
_BADGE = re.compile(r"\s*(?:\[?!\[[^\]]*\]\([^)]*\)\]?(?:\([^)]*\))?\s*)+")
_WANTED = re.compile(
    r"[^.:\n]{0,60}?\b(?:developer|engineer|dev|programmer|freelancer|coder|contractor)s?\b(?! portal| tool| hub)"
    r"[^.:;\n]{0,80}$",
    re.IGNORECASE,
)
_EXERCISE = re.compile(
    r"(?:[\w -]{0,24}?\btake[- ]?home(?: (?:test|task|exercise|challenge|assignment|project))?"
    r"|(?:[\w-]+ )?(?:coding|interview|home|lab|programming|technical|hiring)[ -]"
    r"(?:test|task|exercise|challenge|assignment)(?: \d+\w?)?|homework|coursework"
    r"|(?:assignment|exercise|homework|coursework|lab) (?:no\.? ?)?\d+\w?)"
    r"(?:\s*\([^)]*\))?\s*(?:[:–—]|-(?=\s)|$)\s*",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"[^\n]*\b(?:assignment|exercise|homework|coursework|lab)\b \d[^\n]*$"
    r"|(?:prof|dr|instructor|lecturer)\b\.?:? [^\n]{2,40}$"
    r"|(?:course|module|lecture|semester|term|university|professor)\s*:[^\n]*$",
    re.IGNORECASE,
)


def asides(text: str) -> tuple[Aside, ...]:
    """Every stretch that is about something else, in order."""
    lines = [match.span() for match in _LINE.finditer(text) if match[0]]
    found = [*_sections(text, lines), *_lines(text, lines), *_foot(text, lines), *_turns(text, lines)]
    found += [Aside(*match.span(), LABEL) for match in _POINTS.finditer(text)]
    return tuple(sorted(a for a in found if text[a.start : a.end].strip()))


def without_asides(text: str, found: tuple[Aside, ...]) -> str:
    """The text with spaces in their place; lines stay lines."""
    for start, end, _ in found:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _plain(line: str) -> str:
    return _MARKS.sub("", line.replace("’", "'").lower()).strip()


def _sections(text: str, lines: list[tuple[int, int]]) -> Iterator[Aside]:
    """Titles of such sections with what stands under them, and lines that open with such a title."""
    at = 0
    while at < len(lines):
        reason, whole = _title(text, lines, at)
        end = at + 1
        if reason and whole:
            end = _section_end(text, lines, at)
        if reason:
            yield Aside(lines[at][0], lines[end - 1][1], reason)
        at = end


def _title(text: str, lines: list[tuple[int, int]], at: int) -> tuple[str, bool]:
    """What a line says that the lines under it are about; whether it is a title, and no sentence of its own."""
    line = text[slice(*lines[at])]
    plain = _plain(line)
    for reason, titles in _SURE_TITLES.items():
        if titles.match(plain):
            return reason, True
        lead = re.match(r"([^:]{2,40}):\s*\S", plain)
        if lead and titles.match(lead[1].rstrip("* ")):
            return reason, False
    if line.lstrip().startswith("#"):
        below = text[lines[at][1] : lines[_section_end(text, lines, at) - 1][1]]
        found = WORK if _HEADING.match(plain) and _MACHINERY.search(below) else ""
        found = found or (WORK if _JUDGED.match(plain) and _EXERCISES.search(text) else "")
        if not found and re.match(r"licen[cs]e$", plain) and _LICENSE.search(below):
            found = WORK
        return found, bool(found)
    return (JOB, False) if _PAY.match(line.strip()) else ("", False)


def _section_end(text: str, lines: list[tuple[int, int]], at: int) -> int:
    """The line behind a section: the next heading, or the blank line behind what stands under a plain title."""
    if text[slice(*lines[at])].lstrip().startswith("#"):
        level = _level(text, lines[at])
        further = range(at + 1, len(lines))
        return next((i for i in further if 0 < _level(text, lines[i]) <= level), len(lines))
    end = at + 1
    while end < len(lines) and not text[slice(*lines[end])].strip():
        end += 1
    while end < len(lines) and text[slice(*lines[end])].strip() and not text[slice(*lines[end])].startswith("#"):
        end += 1
    return end


def _level(text: str, line: tuple[int, int]) -> int:
    found = re.match(r"\s*(#{1,6})\s", text[slice(*line)])
    return len(found[1]) if found else 0


def _lines(text: str, lines: list[tuple[int, int]]) -> Iterator[Aside]:
    """Lines and beginnings of lines that label the text."""
    told = [span for span in lines if text[slice(*span)].strip()]
    exercise = _EXERCISES.search(text)
    heads = next((i for i, span in enumerate(told) if not _HEAD.match(text[slice(*span)])), len(told))
    for number, (start, end) in enumerate(told):
        line = text[start:end].rstrip()
        if number < heads or (number < _FIRST and _TICKET.match(line.lstrip("[#*- "))):
            yield Aside(start, end, LETTER)
        elif number == 0 and (found := _first(line)):
            yield Aside(start, start + found, LABEL)
        elif number < _FIRST and exercise and _COURSE.match(line.lstrip("#* ")):
            yield Aside(start, end, LABEL)
        elif part := _PART.match(line):
            yield Aside(start, start + part.end(), LABEL)
        elif badge := _BADGE.match(line):
            yield Aside(start, start + badge.end(), LABEL)


def _first(line: str) -> int:
    """How much of the first line says what kind of text this is."""
    body = line.lstrip("#*_ ")
    found = _EXERCISE.match(body)
    if found and not re.search(r"\d|\bdue\b", body[found.end() :]):
        return len(line) - len(body) + found.end()
    if found or _COURSE.match(body):
        return len(line)
    wanted = _WANTED.match(body.rstrip("*_ "))
    asks = re.match(r"(?:we|i|please|can|could|build|create|make|an?|dear|hi|hello|hey)\b", body, re.IGNORECASE)
    return len(line) if wanted and not asks and not _SAYS.search(body.split("(")[0]) else 0


def _foot(text: str, lines: list[tuple[int, int]]) -> Iterator[Aside]:
    """The greeting that a message ends in, with the name under it."""
    told = [span for span in lines if text[slice(*span)].strip()]
    for begin in range(max(1, len(told) - _LONGEST_FOOT), len(told)):
        rest = [text[slice(*span)].strip() for span in told[begin:]]
        plain = all(len(line) <= _LONGEST_LINE and not _SAYS.search(line) for line in rest[1:])
        if plain and (_FOOT.match(rest[0]) or _SIGNATURE.match(rest[0])):
            yield Aside(told[begin][0], len(text), LETTER)
            return


def _turns(text: str, lines: list[tuple[int, int]]) -> Iterator[Aside]:
    """Who speaks, in a chat; what a program answers is no wish."""
    spoken = [_SPEAKER.match(text[slice(*span)]) for span in lines]
    turns = [i for i, found in enumerate(spoken) if found]
    for i, span in enumerate(lines):
        if timed := _TIMED.match(text[slice(*span)]):
            yield Aside(span[0], span[0] + timed.end(), LABEL)
        elif len(turns) > 1 and (found := spoken[i]):
            machine = found["who"].lower() in _MACHINES
            end = next((lines[j][0] for j in turns if j > i), len(text)) if machine else span[0] + found.end()
            yield Aside(span[0], end, CHAT if machine else LABEL)
