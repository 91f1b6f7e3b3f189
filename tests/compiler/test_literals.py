"""Texts of a description become one literal, or one line of a docstring, whatever they hold."""

import ast
import io
import tokenize
import tomllib
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codebegen.compiler.environment import Renderer
from codebegen.compiler.literals import decimal, identifier, prose, python, shortened, text, wrapped
from tests.compiler.drawing_names import NASTY

SURROGATES = st.characters(categories=["Cs"])
HOSTILE = st.sampled_from(NASTY) | st.text(st.characters() | SURROGATES, max_size=400)


def readable(value: str) -> str:
    """What a literal holds: halves of characters, which no file can, are replaced."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)


@given(HOSTILE)
@example("\ud83d\ude00")
@example("\u2028\u2029\x85\ufeff\u202e")
def test_a_text_is_one_python_literal(value: str) -> None:
    spelled = python(value)
    assert ast.literal_eval(spelled) == readable(value)
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(spelled).readline) if t.string.strip()]
    assert {t.type for t in tokens} <= {tokenize.STRING, tokenize.OP}
    assert {t.string for t in tokens if t.type == tokenize.OP} <= {"(", ")"}


@given(HOSTILE)
def test_a_text_is_one_line_of_visible_characters(value: str) -> None:
    for spelled in (python(value), text(value)):
        spelled.encode()
        assert len(spelled.splitlines()) == 1
        assert all(char == " " or unicodedata.category(char)[0] not in "CZ" for char in spelled)


@given(HOSTILE)
def test_the_same_literal_is_read_by_toml(value: str) -> None:
    assert tomllib.loads(f"x = {text(value)}")["x"] == readable(value)


@given(HOSTILE)
def test_no_piece_is_longer_than_a_line(value: str) -> None:
    tokens = tokenize.generate_tokens(io.StringIO(python(value)).readline)
    pieces = [ast.literal_eval(t.string) for t in tokens if t.type == tokenize.STRING]
    assert all(len(piece) <= 88 for piece in pieces)
    assert "".join(pieces) == readable(value)


@given(HOSTILE)
def test_prose_ends_no_docstring_and_no_comment(value: str) -> None:
    line = prose(value)
    assert len(line.splitlines()) <= 1
    module = ast.parse(f'def f():\n    """{line}."""\n    # {line}\n    return 1\n')
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function, clean=False) == f"{line}."
    assert len(function.body) == 2


@given(HOSTILE, st.integers(5, 120))
def test_shortened_prose_fits(value: str, width: int) -> None:
    assert len(shortened(value, width)) <= width
    if len(prose(value)) <= width:
        assert shortened(value, width) == prose(value)


@given(HOSTILE)
def test_wrapped_prose_fits_and_loses_nothing(value: str) -> None:
    lines = wrapped(value, 60).split("\n")
    assert all(len(line) <= 60 for line in lines)
    assert "".join("".join(lines).split()) == "".join(prose(value).split())


@given(HOSTILE)
def test_a_template_never_reads_what_it_is_given(value: str) -> None:
    made = Renderer({}).render("{{ x | python }}|{{ x | prose }}", {"x": value})
    assert made == f"{python(value)}|{prose(value)}"


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (True, "True"),
        (None, "None"),
        (3, "3"),
        (0.5, "0.5"),
        ((), "()"),
        (("a",), '("a",)'),
        (("a", 'b"'), '("a", "b\\"")'),
        ("{{ x }}", '"{{ x }}"'),
        ("\x7f\u202e", '"\\u007f\\u202e"'),
    ],
)
def test_literals(value: object, spelled: str) -> None:
    assert python(value) == spelled


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_is_spelled_exactly(number: Decimal) -> None:
    assert eval(decimal(number), {"Decimal": Decimal}) == number
    assert decimal(Decimal("1E+3")) == "Decimal(1000)"


@given(st.text("abc_", min_size=1, max_size=200), st.text("abc_", min_size=1, max_size=200))
def test_long_identifiers_stay_apart(one: str, two: str) -> None:
    assert len(identifier(one)) <= 63
    assert (identifier(one) == identifier(two)) == (one == two)
