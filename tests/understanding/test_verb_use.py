"""Verbs among words that may be nouns as well."""

import pytest

from benchmarks.verb_use.__main__ import SENTENCES
from benchmarks.verb_use.learn import MARK, Case, cases, learned, read, says_verb
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import tokenize
from codebegen.understanding.embedded.verb_use import weights


@pytest.mark.parametrize(
    "sentence",
    [
        "Payment creates^ an invoice, reduces^ the balance and closes^ the order.",
        "Painters frame^ pictures, sign^ them and ship^ them.",
        "A picture has^ a frame, a sign and notes.",
        "Keepers note^ the weight, and the vet checks^ the log.",
        "Log: weight, check, note",
        "Ranges cover^ areas; each area hosts^ 20 targets.",
    ],
)
def test_neighbours_decide_whether_a_word_is_a_verb(sentence: str) -> None:
    found = tag(tokenize(sentence.replace(MARK, "")))

    marked = [part.split()[-1] for part in sentence.split(MARK)[:-1]]
    assert [token.low for token in found if token.tag == "V"] == marked


def test_the_weights_fit_the_sentences_that_they_are_learned_from() -> None:
    known = cases(read(SENTENCES / "marked.txt"))

    wrong = [case.word for case in known if says_verb(weights(), case) != case.verb]

    assert len(wrong) < len(known) / 100, wrong  # else learn anew: python -m benchmarks.verb_use


def test_learning_finds_what_tells_the_cases_apart() -> None:
    known = [Case(("bias", sign), rule=False, verb=verb, word="") for sign, verb in (("a", True), ("b", False))]

    found = learned(known)

    assert [says_verb(found, case) for case in known] == [True, False]
