"""Lines of carts and orders that a text leaves out: checking out needs them, so they are added, as inferred."""

import re

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Field, Provenance, Relation
from codebegen.blueprint.passes.edit import changed
from codebegen.understanding.embedded.checkouts import read_checkouts, said_of_checkout

_BASKETS = ("cart", "shopping_cart", "basket", "shopping_basket", "bag")
_ORDERS = ("order", "purchase", "sale")
_LINES = ("item", "line", "line_item", "position", "entry")
_MADE = Provenance(origin="inferred", reason="a checkout turns the lines of a basket into lines of an order")


def with_checkout(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with its checkout; lines are added only where that is what it takes to read one."""
    told = read_checkouts(text, blueprint)
    if told is not blueprint:
        return told
    filled = _with_lines(text, blueprint)
    found = read_checkouts(text, filled)
    return blueprint if found is filled else found


def _with_lines(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with what a checkout that the text tells of starts from and leads to."""
    place = said_of_checkout(text)
    if place is None:
        return blueprint
    known = _with_accounts(blueprint)
    basket = _named(known, _BASKETS) or _told(known, text, "cart", place)
    order = _named(known, _ORDERS) or _told(known, text, "order", place)
    product = _product(known, basket, order)
    if basket is None or order is None or product is None:
        return blueprint
    line = _line_of(known, (basket, product), place) or _new_line(basket, product, place)
    sold = _line_of(known, (order, product), place, line.name)
    sold = sold or _with_price(_new_line(order, product, place), product)
    made = {entity.name: entity for entity in (basket, _owned(order, basket), line, sold)}
    kept = tuple(made.pop(entity.name, entity) for entity in known.entities)
    return changed(known, entities=(*kept, *made.values()))


def _with_accounts(blueprint: Blueprint) -> Blueprint:
    """Where people have roles, whoever checks out has an account."""
    known = any(entity.kind in ("profile", "user") for entity in blueprint.entities)
    if known or not blueprint.roles:
        return blueprint
    user = Entity(name="User", kind="user", provenance=_MADE)
    return changed(blueprint, entities=(user, *blueprint.entities))


def _named(blueprint: Blueprint, names: tuple[str, ...]) -> Entity | None:
    return next((e for name in names for e in blueprint.entities if naming.snake(e.name) == name), None)


def _told(blueprint: Blueprint, text: str, word: str, place: Provenance) -> Entity | None:
    """A cart or an order of which the text says only that it is there: it is the customer's."""
    if re.search(rf"\b{word}s?\b", text, re.IGNORECASE) is None:
        return None
    person = next((e.name for e in blueprint.entities if e.kind in ("profile", "user")), None)
    key = _key(person, place) if person else None
    return Entity(name=naming.pascal(word), relations=(key,) if key else (), provenance=place)


def _product(blueprint: Blueprint, *others: Entity | None) -> Entity | None:
    """What is sold: it has a price, or is called so."""
    taken = {other.name for other in others if other is not None}
    free = [e for e in blueprint.entities if e.name not in taken and e.kind == "normal" and not _is_line(e)]
    priced = (e for e in free if any("price" in f.name for f in e.fields))
    return next(priced, next((e for e in free if naming.snake(e.name) in ("product", "article")), None))


def _is_line(entity: Entity) -> bool:
    return naming.snake(entity.name).rsplit("_", 1)[-1] in _LINES and any(f.name == "quantity" for f in entity.fields)


def _line_of(blueprint: Blueprint, both: tuple[Entity, Entity], place: Provenance, taken: str = "") -> Entity | None:
    """The rows between a whole and what is sold, with both keys."""
    whole, product = both
    for entity in (e for e in blueprint.entities if e.name != taken):
        keys = {r.target for r in entity.relations if r.kind == "many_to_one"}
        name = naming.snake(entity.name)
        called = name.removeprefix(f"{naming.snake(whole.name)}_") in _LINES and _is_line(entity)
        if entity.name in (whole.name, product.name) or not ({whole.name, product.name} <= keys or called):
            continue
        missing = [_part_of(whole, place)] if whole.name not in keys else []
        missing += [_key(product.name, place)] if product.name not in keys else []
        return changed(entity, relations=(*entity.relations, *missing))
    return None


def _new_line(whole: Entity, product: Entity, place: Provenance) -> Entity:
    quantity = Field(name="quantity", type="integer", min=1, default=1, required=False, provenance=_MADE)
    keys = (_part_of(whole, place), _key(product.name, place))
    return Entity(name=f"{whole.name}Item", fields=(quantity,), relations=keys, provenance=_MADE)


def _with_price(line: Entity, product: Entity) -> Entity:
    """What was paid stays what it was when prices change."""
    price = next((f for f in product.fields if "price" in f.name), None)
    if price is None:
        return line
    paid = Field(name="unit_price", type=price.type, required=False, read_only=True, provenance=_MADE)
    return changed(line, fields=(*line.fields, paid))


def _key(target: str, place: Provenance) -> Relation:
    return Relation(name=naming.snake(target), kind="many_to_one", target=target, required=True, provenance=place)


def _part_of(whole: Entity, place: Provenance) -> Relation:
    """Lines go along when the whole is deleted, and are its owner's."""
    return changed(_key(whole.name, place), on_delete="cascade")


def _owned(order: Entity, basket: Entity) -> Entity:
    """The order is the basket's owner's."""
    targets = {r.target for r in order.relations}
    owner = next((r for r in basket.relations if r.kind != "many_to_many" and r.target not in targets), None)
    if owner is None or any(r.name == owner.name for r in order.relations):
        return order
    key = changed(owner, kind="many_to_one", unique=False, provenance=_MADE)
    return changed(order, relations=(*order.relations, key))
