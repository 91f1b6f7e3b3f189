"""The gates, in the order in which they are reported."""

from codebegen.verify.gates import contract, format, imports, lint, migrations, security, syntax, tests, types  # noqa: A004
from codebegen.verify.gates.base import Gate

GATES: tuple[Gate, ...] = (
    syntax.GATE,
    format.GATE,
    lint.GATE,
    types.GATE,
    imports.GATE,
    migrations.GATE,
    tests.GATE,
    security.GATE,
    contract.GATE,
)
