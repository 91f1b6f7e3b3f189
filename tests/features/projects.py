"""Small projects that have features."""

from collections.abc import Iterable

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete, load
from codebegen.compiler import Compiled, compile_blueprint
from codebegen.compiler.template import built_in, template_names
from codebegen.features import catalogue

SHOP = """\
version: 1
name: shop
title: Shop
entities:
  - name: Product
    plural: products
    fields:
      - {name: title, required: true, max_length: 100}
      - {name: picture, type: image}
      - {name: price, type: money, min: 0}
  - name: Review
    plural: reviews
    owner: author
    fields:
      - {name: text, type: text, required: true}
    relations:
      - {name: author, kind: many_to_one, target: User, required: true}
      - {name: product, kind: many_to_one, target: Product, required: true, inverse: reviews}
"""
NOTICES = """\
  - name: Complaint
    plural: complaints
    owner: customer
    fields:
      - {name: text, type: text, required: true}
      - {name: status, type: enum, values: [open, solved], default: open}
      - {name: is_urgent, type: boolean}
      - {name: answer_by, type: date}
    relations:
      - {name: customer, kind: many_to_one, target: User, required: true}
      - {name: agent, kind: many_to_one, target: User, required: false}
      - {name: review, kind: many_to_one, target: Review, required: true}
    permissions: [{operation: list, allow: [{kind: owner}]}, {operation: read, allow: [{kind: owner}]}]
    notices:
      - {name: new_complaint, event: created, role: admin}
      - {name: complaint_of_review, event: created, to: review.author}
      - {name: complaint_changed, event: updated, to: customer}
      - {name: complaint_gone, event: deleted, role: admin}
      - {name: complaint_solved, event: becomes, field: status, value: solved, to: customer}
      - {name: complaint_urgent, event: becomes, field: is_urgent, value: true, role: admin}
      - {name: complaint_assigned, event: assigned, field: agent, to: agent}
      - {name: complaint_due, event: due, field: answer_by, hours: 24, to: agent}
  - name: Request
    plural: requests
    soft_delete: true
    fields:
      - {name: title, required: true}
      - {name: status, type: enum, values: [new, approved]}
    state_machines:
      - {field: status, initial: new, transitions: [{name: approve, from: [new], to: approved}]}
    notices: [{name: new_request, event: created, role: admin}]
"""
"""Further lines of its blueprint: people are told of every kind of event, in each way, with a maker and without.

Rows are moved, hidden and restored as well, for those outside who are told; one kind has a name that is no local name.
"""
PEOPLE = """\
  - name: User
    plural: users
    kind: user
    fields:
      - {name: nickname, required: true, unique: true, max_length: 30}
      - {name: class, type: enum, values: [gold, silver], required: true}
      - {name: born_on, type: date}
"""
"""Further lines of its blueprint: what a new account needs, whatever makes it."""
TEMPLATE = "fastapi_sqlalchemy"


def _added(template: str) -> tuple[str, ...]:
    asked = (spec for spec in catalogue().values() if not spec.built_in and not spec.part)
    return tuple(spec.key for spec in asked if spec.is_in(template))


ADDED = _added(TEMPLATE)
"""Features that the template can have, and does not have of its own accord."""
ELSEWHERE = {name: keys for name in template_names() if name != TEMPLATE and (keys := _added(name))}
"""Those of other templates."""


def blueprint(features: Iterable[str], more: str = "", template: str = TEMPLATE) -> Blueprint:
    """The shop with features, on the first stack of a template; `more` are further lines of its blueprint."""
    keys = "".join(f"  - {{key: {key}}}\n" for key in features)
    stack = f"stack: {built_in(template).layers[-1].stacks[0]}\n"
    loaded = load(stack + SHOP + more + (f"features:\n{keys}" if keys else ""))
    assert isinstance(loaded, Blueprint), loaded
    return complete(loaded)


def compiled(features: Iterable[str], more: str = "", template: str = TEMPLATE) -> Compiled:
    """Its project."""
    return compile_blueprint(blueprint(features, more, template), RuffFormatter().format, template)
