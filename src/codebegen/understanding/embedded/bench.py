"""The bench: what the resolver works with, handed from step to step as one."""

from typing import NamedTuple

from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.names import Names


class Bench(NamedTuple):
    """Who is spoken of, the draft that is filled, and the text that it comes from."""

    names: Names
    draft: Draft
    source: Evidence
