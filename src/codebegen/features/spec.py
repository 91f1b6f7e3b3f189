"""One feature as its `feature.yaml` states it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class EndpointSpec(BaseModel):
    """An operation that comes with a feature; `path` is below `/api/v1`, with `{id}` where an item is named.

    One that is `like` an operation of entities is there for each of them, for whoever may do that: `path` then begins
    with `{collection}`, and `does` may say `{rows}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: Annotated[str, Field(pattern=r"^(/|\{collection\})")]
    like: Literal["list", "create"] | None = None
    access: Literal["public", "protected"] = "protected"
    does: str
    callers: str = ""


class FeatureSpec(BaseModel):
    """What a feature is, how people ask for it, and what it brings.

    `phrases` are regular expressions over the description in lower case, matched at the borders of words; `say` are
    examples of them for people. `templates` names those that can have the feature; `built_in` ones are part of every
    template. A feature with neither is known, and missing. A `part` is only ever needed by features, not asked for.
    One that `watches_rows` sees what sessions write, of every entity. `settings` says what each variable is for;
    `assumes` is what the ledger tells of choices that nobody stated.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    adds: str
    part: bool = False
    watches_rows: bool = False
    say: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    built_in: bool = False
    templates: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    endpoints: tuple[EndpointSpec, ...] = ()
    settings: dict[str, str] = {}
    assumes: tuple[str, ...] = ()

    def is_in(self, template: str) -> bool:
        """Whether projects of a template can have it in full."""
        return self.built_in or template in self.templates

    @property
    def is_missing(self) -> bool:
        """Whether no template has it yet."""
        return not (self.built_in or self.templates)
