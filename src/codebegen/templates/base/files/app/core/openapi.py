"""The OpenAPI document."""

from typing import Any

from fastapi import FastAPI

from app.core.errors import FieldError, Problem, ValidationProblem


class Api(FastAPI):
    """An application that documents its problems."""

    def openapi(self) -> dict[str, Any]:
        """Return the document, with the schemas that the error answers refer to."""
        if self.openapi_schema is None:
            schemas = super().openapi().setdefault("components", {}).setdefault("schemas", {})
            for model in (FieldError, Problem, ValidationProblem):
                schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
                schema.pop("$defs", None)
                schemas[model.__name__] = schema
        return super().openapi()
