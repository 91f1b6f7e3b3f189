"""Exact formats inside or instead of prose: they are cut out, read exactly, and laid over what the prose says."""

from dataclasses import dataclass

from codebegen.diagnostics import Diagnostic, error, warning
from codebegen.understanding.formats.build import Built, Part, build
from codebegen.understanding.formats.detect import Block, find_blocks, recognise
from codebegen.understanding.formats.readers import READERS, TITLES
from codebegen.understanding.formats.samples import with_context
from codebegen.understanding.formats.schema import UNKNOWN, Format, FormatError, Schema

_WHOLE = 0.6


@dataclass(frozen=True)
class Cut:
    """A description without its exact blocks (blanks in their place), what they say, and what is wrong with them."""

    prose: str
    built: Built
    diagnostics: tuple[Diagnostic, ...] = ()


def cut(text: str, told: Format | None = None) -> Cut:
    """Cut the exact blocks out of a description; `told`: the whole of it is in this format.

    A block whose format was named, or that is most of the text, must be right; another that can't be read is prose.
    """
    whole = None if told else _whole(text)
    if whole is not None:
        return Cut(_blanked(text, [_all_of(text, "sql")]), build(text, [Part(whole)]), ())
    blocks = [_all_of(text, told)] if told else list(find_blocks(text))
    parts: list[Part] = []
    taken: list[Block] = []
    diagnostics: list[Diagnostic] = []
    for block in blocks:
        try:
            schema = _read(text, block)
        except FormatError as problem:
            must = block.told or block.end - block.start > _WHOLE * len(text.strip())
            diagnostics.append(_diagnostic(text, block, problem, must=must))
            continue
        parts.append(Part(schema, block.inner[0]))
        taken.append(block)
    return Cut(_blanked(text, taken), build(text, parts) if parts else Built(), tuple(diagnostics))


def _all_of(text: str, kind: Format) -> Block:
    return Block(kind, 0, len(text), (0, len(text)), told=True)


def _whole(text: str) -> Schema | None:
    """The schema of a text that is in one format from its first line to its last."""
    kind = recognise(text)
    if kind is None:
        return None
    try:
        schema = _read(text, _all_of(text, kind))
    except FormatError:
        return None
    return None if any(one.reason == UNKNOWN for one in schema.leftovers) else schema


def _read(text: str, block: Block) -> Schema:
    start, end = block.inner
    if block.format == "json":
        return with_context(text[start:end], text[:start])
    try:
        return READERS[block.format](text[start:end])
    except RecursionError:
        raise FormatError("it is nested too deeply", 0, "split it") from None


def _diagnostic(text: str, block: Block, problem: FormatError, *, must: bool) -> Diagnostic:
    at = min(block.inner[0] + problem.at, len(text))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    place, title = f"prompt:{line}:{column}", TITLES[block.format]
    if must:
        return error(f"bad-{block.format}", place, f"{title}: {problem.message}", problem.hint)
    hint = f"{problem.hint}; " if problem.hint else ""
    return warning(
        f"bad-{block.format}", place, f"{title}: {problem.message}; it is read as prose", f"{hint}or put it in a fence"
    )


def _blanked(text: str, blocks: list[Block]) -> str:
    """The text with blanks for blocks, so that every place stays what it was."""
    out, at = [], 0
    for block in blocks:
        out.append(text[at : block.start])
        out.append("".join(char if char == "\n" else " " for char in text[block.start : block.end]))
        at = block.end
    return "".join((*out, text[at:]))


__all__ = ["TITLES", "Built", "Cut", "cut", "recognise"]
