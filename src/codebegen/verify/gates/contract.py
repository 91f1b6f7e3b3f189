"""The application keeps the promise of its blueprint, and of its own OpenAPI document, under attack."""

import json
from collections.abc import Mapping
from typing import Any

from codebegen.verify.gates.base import Checked, Context, Gate, limited, merged
from codebegen.verify.gates.driving import HYPOTHESIS, NAMES, Driven, checked, drive
from codebegen.verify.ports import Database, Limits
from codebegen.verify.structure import compare

SEED = 20240229
EXAMPLES, ROUNDS = 3, 4
# The budget of the attack: a tenth of a second for each operation, and enough to say something of a small one.
LEAST_SECONDS = 3.0
SECONDS_PER_OPERATION = 0.1
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def check(context: Context) -> Checked:
    """Compare, then attack on every database."""
    parts = []
    if context.expected is not None and context.openapi is not None:
        parts.append(Checked(limited(list(compare(context.expected, context.openapi)))))
    databases: tuple[Database, ...] = context.databases or ("sqlite",)
    parts += [attack(context, database) for database in databases]
    return merged(parts)


def attack(context: Context, database: Database) -> Checked:
    """The bounded fuzz on one database."""
    seconds = budget(context.openapi or {})
    login = login_of(context)
    options = json.dumps({"login": login, "seconds": seconds, "examples": EXAMPLES, "rounds": ROUNDS, "seed": SEED})
    limits = Limits(seconds=seconds + 60)
    driven = drive(context, "fuzz", options, on_project=True, database=database, limits=limits, cache=HYPOTHESIS)
    return checked(driven, note_on(driven, database))


def login_of(context: Context) -> str:
    """Where the attacker logs in: as promised, or, without a blueprint, where such projects have it."""
    if context.expected is not None:
        return context.expected.login
    usual = "/api/v1/auth/login"
    return usual if usual in (context.openapi or {}).get("paths", {}) else ""


def budget(openapi: Mapping[str, Any]) -> float:
    """Seconds, in proportion to the number of operations."""
    operations = sum(len(METHODS & set(item)) for item in openapi.get("paths", {}).values())
    return max(LEAST_SECONDS, operations * SECONDS_PER_OPERATION)


def note_on(driven: Driven, database: Database) -> str:
    """What was done, in one line."""
    answers = driven.answers
    if not answers.get("cases"):
        return ""
    cut = ", cut at its budget of time" if answers["cut"] else ""
    done = f"{answers['cases']} cases on {answers['operations']} operations in {answers['seconds']:.1f} s{cut}"
    return f"{NAMES[database]}: {done}"


GATE = Gate("contract", check, needs=("imports",), weight=7)
