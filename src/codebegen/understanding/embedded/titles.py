"""The project's title and name: the heading, what the request asks for, or what the writer runs."""

import re

from codebegen import naming

_TITLE_NOISE = re.compile(r"\s*\((?:.*)\)\s*$|\s+[-–—:].*$|\s+with an?\b.*$")
_CALLED = re.compile(
    r"(?:backend|api|app|application|platform|system|service|site|website|tool)\s+(?:called|named)\s+"
    r"[\"“']?([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:we|i) (?:run|have|own|are) an? ([a-z][a-z -]{3,40}?)"
    r"(?=[.,;!?\n]| and | that | with | which | in | at | near | running |$)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:has|have|is|are|can|may|must|belongs?|contains?)\b")
_LEAD_IN = re.compile(
    r"\s*(?:(?:[Aa]n?|[Tt]he|[Oo]ur|[Mm]y) |(?=[A-Z][a-z]+(?: [a-z]+)?: [a-z]+ (?!has|have)[a-z]+ [a-z]))"
    r"((?:[A-Za-z][\w'-]* ){0,3}[A-Za-z][\w'-]*) ?(?:[:.]|[-–—] )"
)
_ASKS = frozenset(
    "hi hello hey please pls can could would will you u i i'm i'd we we're we'd am are is be able need needs want "
    "wants like love looking look help to get have build building create creating make making write writing design "
    "designing develop developing generate generating implement implementing set up give us me my our a an the some "
    "one and so".split()
)
_REQUEST = frozenset(
    "need want build building create creating make making write writing design designing develop developing generate "
    "generating implement implementing looking give".split()
)
_SIZE = frozenset(
    "simple small new basic complete full rest restful restfull fastapi python web online modern robust scalable "
    "production-ready little nice good decent".split()
)
_SOFTWARE = frozenset(
    "backend back-end backends api apis app apps application system platform service services server software "
    "database db tool website site program something project microservice".split()
)
_ABOUT = frozenset(
    "for to of that which manage manages managing track tracks tracking keep keeps handle handles handling run runs "
    "running store stores record records lets let people users a an the my our your all some small simple".split()
)
_END = frozenset(
    "with where that which who using in and to for on by from so because has have is are can at it based via as log "
    "logs".split()
)
_WORD = re.compile(r"[\w'’/-]+|[.,:;!?()\n]")
_LONGEST = 4


def find_title(text: str, title: str) -> str:
    """A title for the project: the one given, else from the first sentence."""
    lead_in = _LEAD_IN.match(text)
    if lead_in and not _SAYS.search(lead_in[1]):
        return f"{lead_in[1][:1].upper()}{lead_in[1][1:]}"
    plain = _TITLE_NOISE.sub("", title.split(",", maxsplit=1)[0]).strip(" .#*:-")
    asks = not _REQUEST.isdisjoint(plain.lower().split()[:4])
    if plain and naming.is_name(plain) and len(plain) <= 60 and not asks:
        return plain
    called, runs = _CALLED.search(text[:600]), _RUNS.search(text[:600])
    if called:
        return called[1].capitalize()
    found = _requested(text[:600])
    if not found and runs:
        found = " ".join(word for word in runs[1].split() if word.lower() not in _SIZE)
    return f"{found[:1].upper()}{found[1:]}"


def _requested(text: str) -> str:
    """What a request asks for: `build me a small e-commerce backend`, `an API that manages bike rentals`."""
    words = _WORD.findall(text)
    starts = [0, *(at for at, word in enumerate(words) if word.lower() in _REQUEST)]
    return next(filter(None, (_asked_at(words, at) for at in starts)), "")


def _asked_at(words: list[str], at: int) -> str:
    """The software that is asked for from here on, or what it is for; nothing where none is."""
    while at < len(words) and words[at].lower() in _ASKS | _SIZE:
        at += 1
    found, at = _name(words, at)
    if not any(word.lower() in _SOFTWARE for word in found):
        return ""
    named = [word for word in found if word.lower() not in _SOFTWARE | _SIZE]
    if not named and at < len(words) and words[at].lower() in _ABOUT:
        while at < len(words) and words[at].lower() in _ABOUT | _SIZE:
            at += 1
        named = _name(words, at)[0]
    return " ".join(named[:_LONGEST])


def _name(words: list[str], at: int) -> tuple[list[str], int]:
    """The words up to the next sign or function word, and where that stands."""
    begin = at
    while at < len(words) and words[at].lower() not in _END | _REQUEST and words[at][0].isalpha():
        at += 1
    return words[begin:at], at


def project_name(title: str, fallback: str) -> str:
    """The snake_case name of the project."""
    words = [
        word
        for word in naming.words(title)
        if word not in ("backend", "api", "rest", "app", "application", "requirements", "the", "a", "simple", "for")
    ]
    name = "_".join(words[:_LONGEST]) or "_".join(naming.words(title)[:3]) or fallback
    name = name if name[:1].isalpha() else f"p_{name}"
    return name[:50].strip("_")
