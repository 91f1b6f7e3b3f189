"""Understanding: a description in plain language enters, a blueprint leaves, with a report on how it was read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codebegen.blueprint import Blueprint
from codebegen.diagnostics import Diagnostic, error, has_errors, warning

if TYPE_CHECKING:
    from codebegen.understanding.formats.schema import Format

_MAX_LENGTH = 200_000
CONSTRAINTS = {
    "dockerized": "docker",
    "containerized": "docker",
    "tested": "tests",
    "authenticated": "auth",
    "paginated": "pagination",
    "searchable": "search",
}
"""Words for what a project is like, and the features that make it so."""


@dataclass(frozen=True)
class Context:
    """What is known besides the description; it wins where the two disagree, and the disagreement is reported.

    `format`: the whole description is written in it. `title` names a project that the description gives no name.
    """

    domain: str | None = None
    stack: str | None = None
    constraints: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    format: "Format | None" = None
    title: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The features that are wanted whatever the text says; words that are no constraint ask for nothing."""
        said = (CONSTRAINTS[word] for word in self.constraints if word in CONSTRAINTS)
        return tuple(dict.fromkeys((*said, *self.features)))


@dataclass(frozen=True)
class Understanding:
    """A blueprint before defaults, or none and the errors why."""

    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...] = ()


def understand(prompt: str, context: Context = Context()) -> Understanding:
    """Read a description. Never raises, whatever the text."""
    # Word lists and the catalogue are loaded when the first description is read.
    from codebegen.understanding.embedded.engine import understand_text  # noqa: PLC0415
    from codebegen.understanding.embedded.enrich import enrich  # noqa: PLC0415
    from codebegen.understanding.embedded.ids import with_uuids  # noqa: PLC0415
    from codebegen.understanding.embedded.keeping import with_what_is_kept  # noqa: PLC0415
    from codebegen.understanding.embedded.notices import with_notices  # noqa: PLC0415
    from codebegen.understanding.exact import understand_exact  # noqa: PLC0415
    from codebegen.understanding.formats import cut  # noqa: PLC0415

    refused = _unreadable(prompt)
    if refused is not None:
        return Understanding(None, (refused,))
    found = cut(prompt, context.format)
    if has_errors(found.diagnostics):
        return Understanding(None, found.diagnostics)
    text, notes = _shortened(found.prose, found.diagnostics)
    if found.built.entities:
        exact = understand_exact(prompt, text, found.built, context)
        return Understanding(with_what_is_kept(text, with_notices(text, exact)), notes)
    blueprint = with_notices(text, with_uuids(enrich(understand_text(text, context), text)))
    blueprint = with_what_is_kept(text, blueprint)
    if not blueprint.entities:
        return Understanding(None, (*found.diagnostics, NOTHING_UNDERSTOOD))
    return Understanding(blueprint.model_copy(update={"prompt": prompt[: len(text)]}), notes)


def _shortened(prose: str, notes: tuple[Diagnostic, ...]) -> tuple[str, tuple[Diagnostic, ...]]:
    """As much of the prose as is read, and what to say about the rest."""
    if len(prose) <= _MAX_LENGTH or not prose[_MAX_LENGTH:].strip():
        return prose[:_MAX_LENGTH], notes
    place, message = f"prompt:{_MAX_LENGTH}", f"only the first {_MAX_LENGTH} characters were read"
    return prose[:_MAX_LENGTH], (*notes, warning("prompt-cut", place, message))


NOTHING_UNDERSTOOD = error(
    "nothing-understood",
    "prompt",
    "no thing to keep was found in this description",
    "name the things, what they have, and how they belong together: "
    '"Users write posts; a post has a title and a body; posts have comments"',
)


def _unreadable(prompt: str) -> Diagnostic | None:
    """Why a text can't be a description at all."""
    if not prompt.strip():
        return error(
            "empty-prompt",
            "prompt",
            "the description is empty",
            'say what the backend is for: "A blog with posts and comments"',
        )
    odd = sum(
        1
        for char in prompt[:20_000]
        if (ord(char) < 32 and char not in "\t\n\r\f\v") or char == "\ufffd" or 0xD800 <= ord(char) <= 0xDFFF
    )
    if "\0" in prompt or odd * 20 > len(prompt[:20_000]):
        return error("binary-prompt", "prompt", "this is binary data, not a description", "give a text file in UTF-8")
    return None


__all__ = ["NOTHING_UNDERSTOOD", "Context", "Understanding", "understand"]
