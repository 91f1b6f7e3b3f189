"""Every file can be read by what it is written for."""

from codebegen.verify.gates.base import Checked, Context, Gate
from codebegen.verify.gates.driving import checked, drive


def check(context: Context) -> Checked:
    """Parse Python, TOML, JSON and YAML."""
    return checked(drive(context, "syntax"))


GATE = Gate("syntax", check, needs=(), weight=9)
