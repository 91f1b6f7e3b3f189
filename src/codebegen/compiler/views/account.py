"""The first administrator: values for what every account of a project must have."""

from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import is_account_field
from codebegen.blueprint.model import Blueprint
from codebegen.compiler.literals import decimal, python
from codebegen.compiler.views.enums import enums_of


def admin_values(blueprint: Blueprint) -> tuple[tuple[str, str], ...]:
    """Attributes and Python expressions, for required profile fields only."""
    user = blueprint.entities_by_name.get("User")
    if user is None:
        return ()
    enums = enums_of(blueprint, user)
    values = []
    for field in user.fields:
        if field.required and not is_account_field(user, field):
            enum = enums.get(field.name)
            value = f"models.{enum.member(field.values[0])}" if enum else _value(field)
            values.append((naming.attribute(field.name), value))
    return tuple(values)


def _value(field: Field) -> str:
    match field.type:
        case "integer" | "duration" | "float":
            return str(field.min or 0)
        case "decimal" | "money":
            return decimal(Decimal(str(field.min or 0)))
        case "boolean":
            return "False"
        case "date":
            return "types.utcnow().date()"
        case "datetime":
            return "types.utcnow()"
        case "time":
            return "types.utcnow().time()"
        case "uuid":
            return "uuid4()"
        case "list":
            return "[]"
        case "json" | "geo":
            return "{}"
        case _:
            text = "administrator" if field.unique or field.type == "slug" else "Administrator"
            return python(text[: field.length or 255].ljust(field.min_length or 0, "-"))
