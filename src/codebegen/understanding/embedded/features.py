"""Features, stack, domain and project name: what single words of the description and the context say."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, cast

from codebegen import naming
from codebegen.blueprint import Conflict, Feature, inferred, stated
from codebegen.blueprint.model import DOMAINS, FEATURES, STACKS, Domain, FeatureKey, Stack
from codebegen.features import catalogue
from codebegen.understanding.embedded.lexicon import features as lexicon

_NEGATED = re.compile(
    r"(?:\bno\b|\bnot\b|\bwithout\b|n't\b|\bnever\b|\bskip\b|\bignore\b|\bexcept\b|\binstead of\b|\brather than\b|\bnon\b)"  # noqa: E501
    r"(?: (?:a|an|any|the|need|need to|have to|to|implement|use|want|worry about|do|be|yet|handle|build|include|about|for))*[ -]*$"  # noqa: E501
)
_RULED_OUT = re.compile(
    r"n't (?:have|need|want) to\b|n't (?:need|want|worry|implement|bother|care)\b|\bno need\b|\bnot (?:needed|need|have to)\b|\bskip\b"  # noqa: E501
)
_POSTPONED = re.compile(r"[ ,:(]*(?:maybe )?(?:later,? not now|not now)\b")
_WITHOUT = re.compile(r"without (?:an account|logging in|login|log in|registration)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[FeatureKey, re.Pattern[str]], ...]:
    return tuple((key, re.compile(rf"(?<![\w])(?:{'|'.join(catalogue()[key].phrases)})(?![\w])")) for key in FEATURES)


def find_features(text: str, ignored: tuple[tuple[int, int, str], ...], asked: tuple[str, ...]) -> tuple[Feature, ...]:
    """Features that are named (and not ruled out), and those that the context asks for."""
    lowered = text.lower().replace("’", "'")
    found: dict[str, Feature] = {}
    for key, pattern in _patterns():
        for match in pattern.finditer(lowered):
            if _counts(lowered, match, ignored, key):
                found[key] = Feature(
                    key=key, provenance=stated(text[match.start() : match.end()], match.start(), match.end())
                )
                break
    for wanted in asked:
        if wanted in FEATURES and wanted not in found:
            found[wanted] = Feature(key=wanted, provenance=inferred("asked for beside the text"))
    if "email" in found and "notifications" not in found and "email notification" in lowered:
        found["notifications"] = found["email"].model_copy(update={"key": "notifications"})
    if "auth" not in found and any("auth" in catalogue()[key].needs for key in found):
        found["auth"] = Feature(key="auth", provenance=inferred("logging in is part of what was asked for"))
    return tuple(found[key] for key in FEATURES if key in found)


def feature_spans(
    text: str, ignored: tuple[tuple[int, int, str], ...], features: Iterable[Feature]
) -> Iterator[tuple[int, int]]:
    """Every place that names a feature which is there, however often."""
    lowered, keys = text.lower().replace("’", "'"), {feature.key for feature in features}
    for key, pattern in _patterns():
        if key in keys:
            yield from (m.span() for m in pattern.finditer(lowered) if _counts(lowered, m, ignored, key))


def find_feature_conflicts(text: str, asked: tuple[str, ...]) -> tuple[Conflict, ...]:
    """Features that the context asks for, and the text rules out; the context wins."""
    lowered = text.lower().replace("’", "'")
    return tuple(
        Conflict(message=f"“{text[match.start() : match.end()]}” is ruled out in the text, and asked for.", chosen=key)
        for key, pattern in _patterns()
        if key in asked and (match := next((m for m in pattern.finditer(lowered) if is_ruled_out(lowered, m)), None))
    )


def is_ruled_out(lowered: str, match: re.Match[str]) -> bool:
    """Whether the text says that it does without a word: `no login`, `we don't need docker`."""
    before = lowered[max(0, match.start() - 48) : match.start()]
    if _RULED_OUT.search(re.split(r"[.;!?\n]|\bbut\b", before)[-1]):
        return True
    return bool(_NEGATED.search(before)) and not _WITHOUT.search(lowered[match.start() - 1 : match.end() + 1])


def _counts(lowered: str, match: re.Match[str], ignored: tuple[tuple[int, int, str], ...], key: str) -> bool:
    if any(start <= match.start() < end for start, end, _ in ignored):
        return False
    if is_ruled_out(lowered, match) or _POSTPONED.match(lowered, match.end()):
        return False
    word = match.group()
    if (
        key == "filtering"
        and word == "filter"
        and lowered[match.end() : match.end() + 6].startswith((" name", " size", " type"))
    ):
        return False
    if key == "tests" and word == "tests":
        line = lowered[
            lowered.rfind("\n", 0, match.start()) + 1 : (lowered.find("\n", match.end()) + len(lowered) + 1)
            % (len(lowered) + 1)
        ]
        return bool(
            re.search(
                r"docker|ci|jwt|pytest|lint|coverage|postgres|with tests|and tests|, tests|tests,|unit|include", line
            )
        ) and not re.search(r"tests? (?:has|have|are|is|can)\b", line)
    if key == "auth" and word.startswith("auth") and lowered[match.start() : match.start() + 6] == "author":
        return word.startswith(("authent", "authoriz", "authoris")) and not word.startswith("authors")
    return True


def stacks_said(text: str) -> list[tuple[Stack, int, int]]:
    """Every stack that is asked for, with the words that ask for it."""
    lowered = text.lower()
    return [
        (cast("Stack", stack), match.start(), match.end())
        for pattern, stack in lexicon.STACKS.items()
        for match in re.finditer(rf"\b(?:{pattern})\b", lowered)
        if not _NEGATED.search(lowered[max(0, match.start() - 30) : match.start()])
    ]


def find_stack(text: str, asked: str | None) -> tuple[Stack | None, tuple[Conflict, ...]]:
    """The stack: the context's, else the text's; a disagreement is a conflict."""
    said = list(dict.fromkeys(stack for stack, _, _ in stacks_said(text)))
    conflicts: list[Conflict] = []
    chosen: Any = asked if asked in STACKS else (said[0] if said else None)
    if len(set(said)) > 1 or (said and asked in STACKS and asked not in said):
        names = " and ".join(dict.fromkeys([*said, *([asked] if asked else [])]))
        conflicts.append(Conflict(message=f"The stacks {names} are asked for at once.", chosen=str(chosen)))
    return chosen, tuple(conflicts)


@lru_cache(maxsize=1)
def _domain_words() -> dict[str, tuple[str, ...]]:
    return {domain: tuple(words.split()) for domain, words in lexicon.DOMAINS.items()}


def find_domain(text: str, ignored: tuple[tuple[int, int, str], ...], asked: str | None) -> Domain:
    """The domain: the context's, else the one that most words speak for, of those that are meant."""
    if asked in DOMAINS:
        return asked
    for start, end, _ in ignored:
        text = text[:start] + " " * (end - start) + text[end:]
    counts: dict[str, int] = {}
    for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()):
        counts[word] = counts.get(word, 0) + 1
    best, score = "general", 1
    for domain, listed in _domain_words().items():
        hits = sum(
            1 + min(2, counts.get(word, 0) + counts.get(naming.plural(word), 0))
            for word in listed
            if counts.get(word) or counts.get(naming.plural(word))
        )
        if hits > score + 1:
            best, score = domain, hits
    return cast("Domain", best) if score >= 4 else "general"
