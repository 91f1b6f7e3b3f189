"""The migrations go up, down and up again on filled tables, and end where the models are."""

from codebegen.verify.gates.base import NOT_APPLICABLE, Checked, Context, Gate, merged
from codebegen.verify.gates.driving import checked, drive
from codebegen.verify.ports import Database


def check(context: Context) -> Checked:
    """On every database of the project that keeps tables."""
    databases = [database for database in context.databases if database != "mongodb"]
    if not databases:
        return NOT_APPLICABLE
    return merged([on_database(context, database) for database in databases])


def on_database(context: Context, database: Database) -> Checked:
    """All steps on one empty database."""
    driven = drive(context, "migrations", on_project=True, database=database)
    answers = driven.answers
    filled = f"{answers.get('filled')} of {answers.get('tables')} tables filled"
    note = f"{database}: {answers.get('revisions')} up, down, up; {filled}"
    return checked(driven, note if not driven.findings else "")


GATE = Gate("migrations", check, needs=("imports",), weight=5)
