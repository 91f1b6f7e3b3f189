"""Every module can be imported, and the application describes itself."""

from codebegen.verify.gates.base import Checked, Context, Gate
from codebegen.verify.gates.driving import drive


def check(context: Context) -> Checked:
    """Import everything; bring back the OpenAPI document."""
    driven = drive(context, "imports", on_project=True, database=(*context.databases, "sqlite")[0])
    if driven.verdict is not None:
        return driven.verdict
    return Checked(driven.findings, openapi=driven.answers["openapi"])


GATE = Gate("imports", check, weight=9)
