"""Chatter: a sentence that says nothing about the backend, and why: a greeting, thanks, what is ruled out."""

import re

_COURTESY = re.compile(
    r"(?:hi|hello|hey|hiya|dear|greetings|good (?:morning|afternoon|evening|day))\b"
    r"|(?:many |kind |best |warm )?(?:thanks|thank you|thx|cheers|regards|wishes|sincerely)\b"
    r"|(?:let me|let us) know\b|(?:please )?(?:feel free|don't hesitate)\b|(?:any )?questions\b"
    r"|good luck\b|have fun\b|happy coding\b|looking forward\b|talk soon\b|see you\b"
)
# What stands above a letter, a ticket or an exercise: of the text, and of nothing in it.
_LABEL = re.compile(
    r"(?:to|from|re|cc|fwd|subject|sent|level|time ?box|deadline|due|priority|reporter|assignee|budget|duration|stack"
    r"|dod|salary|location|labels?|type|author|version|effort|estimate): (?!.*(?:,.*,|\())"
)
_COURTESY_LENGTH = 14  # words; a longer sentence that begins so has something to say

# What need not be there: said of the writer or the reader, never of the people who use the backend.
_RULED_OUT = re.compile(
    r"(?:you|we|i|there)(?:'re| are| is)? (?:do|does)(?:n't| not) (?:really |actually )?(?:need|have|want|require|care)"
    r"|(?:you|we|i|there) need(?:n't| not)|(?:there is |there's )?no need (?:to|for)\b"
    r"|(?:please )?(?:do not|don't|never) (?:bother|worry|implement|build|include|add|write)\b"
    r"|(?:please )?(?:skip|ignore|leave out|forget about)\b"
)
_OUT_OF_SCOPE = re.compile(
    r"(?:is|are|stays?|remains?) (?:explicitly |all |both )*"
    r"(?:out of scope|not (?:needed|required|necessary|part of (?:this|the|it))|beyond the scope)\b"
)
# "You don't need to log in to browse" speaks of a right, unless something is to be built.
_ACCESS = re.compile(r"\b(?:log ?in|sign ?in|sign ?up|register|account|authenticat\w*)\b")
_BUILD = re.compile(
    r"\b(?:implement|build|add|include|worry|bother|handle|support|write|code"
    r"|need (?:an? |any )?(?:auth|login|accounts?|users?))\b"
)
# "We don't want two members to share a card" rules out rows, not parts of the backend.
_RULE = re.compile(r"\b(?:two|twice|same|more than|less than|duplicates?|overlap\w*|negative|empty|to be able)\b")

# Whatever stands before a list of fields, the list is meant.
_LISTS = re.compile(r"[:(].*,|,.*,.*,")

# What people say of themselves, of a meeting, of money.
_PERSONAL = re.compile(
    r"my name is\b|(?:so )?(?:please )?(?:bear with me|forgive|excuse|apologies|sorry)\b"
    r"|(?:my|our) (?:husband|wife|nephew|niece|brother|sister|boss|cousin|grand\w+|son|daughter|fianc\w+|mother|father)"
    r" (?:\w+ )?(?:says?|said|told|thinks?|founded|believes?)\b"
    r"|(?:great|nice|good|lovely) (?:meeting|talking|to (?:meet|hear|see)|chatting)\b"
    r"|i (?:hope|attach|attached|enclose|believe|promised)\b|hope (?:you|this|all|everything)\b"
    r"|(?:the |our )?budget is\b|we(?:'d| would) pay\b|who wants in\b|remember how you\b|thank(?:s| you) for\b"
    r"|(?:could|can) you (?:please )?(?:quote|do (?:that|this|it) by|(?:make|send) (?:us |me )?an? (?:offer|quote))\b"
    r"|@\w+ (?:can|could|pls|please)\b"
)
# How an exercise is done and judged, or a job is applied for.
_JUDGED = re.compile(
    r"(?:please )?(?:submit|upload|push|zip|mail|send|turn in)\b.*\b(?:your (?:\w+ )?(?:solution|code|repo\w*|work|zip"
    r"|cv|resume|proposal)|link to (?:your|the)|(?:through|via|on|to) (?:moodle|github|gitlab))\b"
    r"|hand in\b|work in (?:pairs|groups|teams)\b|(?:points|marks) (?:are|will be) (?:deducted|subtracted|lost)"
    r"|(?:.*\b)?late submissions?\b|plagiarism\b|(?:groups|teams) of \w+ (?:\w+ )?(?:are|is) (?:allowed|fine|ok)$"
    r"|(?:please )?(?:spend|take|invest) (?:no|not|at most|up to|around|about) .*\b(?:hours?|evening|day)s?\b"
    r"|(?:it|this) should take\b.*\b(?:hours?|evening|day)s?\b|there is no deadline\b|after you submit\b"
    r"|we (?:will|'ll) (?:look at|evaluate|grade|assess|judge) \b|(?:clone|fork) (?:the|this) repo\w*|pull requests\b"
    r"|please start your proposal\b|no agencies\b|remote (?:is|work|only)\b|\d\+ years\b|to apply\b"
    r"|submit by\b|time ?box\b"
)

_REQUEST = re.compile(
    r"\b(?:we|i|our|my|us|you|your|this|it|the|here|task|goal|assignment)\b.*\b"
    r"(?:backend|api|app|application|system|software|platform|service|tool|website|site|database|project|product"
    r"|assignment|challenge|exercise|spec|brief|requirements)\b"
    r"|^(?:we|i) (?:are|am|'re|'m|run|own|have been|started|just) "
)


def chatter(sentence: str) -> str:
    """Why a sentence is no part of the backend; nothing if it may be."""
    low = _plain(sentence).strip("*_`-–— ")
    if _COURTESY.match(low) and len(low.split()) <= _COURTESY_LENGTH and ":" not in low:
        return "a courtesy"
    if _LABEL.match(low):
        return "a label of the text"
    if not _LISTS.search(low):
        if _PERSONAL.match(low):
            return "a personal remark"
        if _JUDGED.match(low):
            return "how the work is done, judged or handed in"
    out_of_scope = _OUT_OF_SCOPE.search(low)
    if not out_of_scope and not _RULED_OUT.match(low):
        return ""
    is_a_right = _ACCESS.search(low) and not _BUILD.search(low) and not out_of_scope
    return "" if is_a_right or _RULE.search(low) else "ruled out"


def introduces(sentence: str) -> bool:
    """Whether a sentence of which nothing was used only says what is wanted and by whom."""
    return _REQUEST.search(_plain(sentence)) is not None


def _plain(sentence: str) -> str:
    return " ".join(sentence.lower().replace("’", "'").split())
