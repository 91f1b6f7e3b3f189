"""What understanding has to say about its own result."""

from codebegen.blueprint.node import Node


class Residue(Node):
    """Words that were not understood, with their place in the description and a way to say it that is.

    `asks` tells whether they stand in a sentence that wants something of the backend.
    """

    text: str
    start: int
    end: int
    reason: str = ""
    suggestion: str = ""
    asks: bool = True


class Noise(Node):
    """Words that are no part of the backend, and why: a greeting, what was ruled out."""

    text: str
    start: int
    end: int
    reason: str


class Assumption(Node):
    """A choice that the text leaves open: `element` is a place in the blueprint."""

    element: str
    message: str


class Conflict(Node):
    """Two statements that can't both hold, and which one was followed."""

    message: str
    chosen: str


class Question(Node):
    """A doubt that is worth asking; `chosen` is what was taken without an answer."""

    id: str
    text: str
    options: tuple[str, ...]
    chosen: str


class Report(Node):
    """`coverage` is the share (0 to 1) of content words that were used."""

    coverage: float = 1.0
    residue: tuple[Residue, ...] = ()
    noise: tuple[Noise, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    questions: tuple[Question, ...] = ()
