"""Conditions written in SQL inside other formats: `price > 0` becomes a bound of a column, or a rule."""

from codebegen.understanding.formats.schema import Leftover, Span, Table


def with_condition(table: Table, words: str, span: Span) -> tuple[Table, list[Leftover]]:
    """The table with a condition; what has no form here is left over."""
    from sqlglot import exp, parse_one  # noqa: PLC0415 - sqlglot is loaded where there is SQL
    from sqlglot.errors import SqlglotError  # noqa: PLC0415

    from codebegen.understanding.formats import sql_checks  # noqa: PLC0415

    try:
        node = parse_one(words, read="postgres", into=exp.Condition)
    except (SqlglotError, RecursionError):
        node = None
    if not isinstance(node, exp.Expression):
        return table, [Leftover(span, "this condition can't be read", "write it as SQL does: price > 0")]
    return sql_checks.apply(table, node, span)
