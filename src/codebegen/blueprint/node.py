"""The base of every blueprint element, and where an element comes from."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer

Origin = Literal["stated", "inferred", "default"]

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=63)]
"""snake_case: fields, relations, roles, transitions, actions."""

EntityName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$", max_length=63)]
"""PascalCase: entities, as people would name the class."""

Path = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=255)]
"""Relation names joined by dots, from an entity to another one, optionally ending in a field: `pet.owner.user`."""


class Node(BaseModel):
    """Frozen and closed: an unknown key is an error, a change is a new object."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tagged(Node):
    """A node of a union: its `kind` is written even where all else is default, since it says which node it is."""

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"kind": getattr(self, "kind", ""), **handler(self)}


class Provenance(Node):
    """Where an element comes from: `stated` only if the text names it, with the words and their place."""

    origin: Origin = "default"
    quote: str = ""
    start: int | None = None
    end: int | None = None
    reason: str = ""


DEFAULT = Provenance()


class Element(Node):
    """A node that can be followed back to the description."""

    provenance: Provenance = DEFAULT

    @property
    def origin(self) -> Origin:
        """`stated`, `inferred` or `default`."""
        return self.provenance.origin


def stated(quote: str = "", start: int | None = None, end: int | None = None) -> Provenance:
    """The text names it."""
    return Provenance(origin="stated", quote=quote, start=start, end=end)


def inferred(reason: str, quote: str = "") -> Provenance:
    """The text does not name it; `reason` says why it is here all the same."""
    return Provenance(origin="inferred", quote=quote, reason=reason)
