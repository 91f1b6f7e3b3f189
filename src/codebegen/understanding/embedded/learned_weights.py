"""Learned weights: a text file with a sign and its weight in hundredths a line enters, weights by sign leave."""

from functools import lru_cache
from pathlib import Path

_HUNDREDTHS = 100


@lru_cache(maxsize=8)
def learned_weights(name: str) -> dict[str, float]:
    """The weight of each sign in `lexicon/<name>.txt`."""
    text = Path(__file__).with_name("lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return {sign: int(weight) / _HUNDREDTHS for sign, _, weight in (line.rpartition(" ") for line in text.splitlines())}
