"""Sounds: two spellings that are spoken alike have one key, so that `technisian` leads to `technician`."""

import re

_SPOKEN = (
    (re.compile(r"(?:[ct]|ss?)i(?=[ao]n)"), "1"),  # technician, technisian, nation, mission
    (re.compile(r"tio(?=n)"), "1o"),
    (re.compile(r"s?ch"), "2"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu?"), "k"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ie(?!t)|ei"), "i"),
    (re.compile(r"y"), "i"),
    (re.compile(r"([^aeou])\1+"), r"\1"),
    (re.compile(r"(?<=.[^e])e$"), ""),
    (re.compile(r"(?<=..)e(?=s$|d$)"), ""),
)
_LONG = 8


def sound(word: str) -> str:
    """A key of how a word is spoken; vowels stay what they are."""
    for pattern, key in _SPOKEN:
        word = pattern.sub(key, word)
    return word


def vowels_apart(word: str) -> str:
    """The sound of a longer word with one vowel for all: `seperate`, `costumer`; they are heard least."""
    if len(word) < _LONG:
        return f"={word}"
    key = sound(word)
    return f"~{key[0]}{re.sub('[aeou]', 'e', key[1:])}~{word[-2:]}"
