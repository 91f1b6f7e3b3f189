"""Lines: how much of one thing is in another, or at which place, is data of the row between the two.

`Each recipe lists ingredients with a quantity`: an ingredient has none by itself.
"""

from collections.abc import Sequence

from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import english, nouns
from codebegen.understanding.embedded.phrases import Phrase

# What is in them is in others too.
COLLECTIONS = frozenset("playlist watchlist wishlist list bundle collection mix setlist kit".split())
# What is put together of things that there are without it.
_COMPOSED = COLLECTIONS | frozenset(
    "order cart basket invoice quote receipt purchase_order sales_order shopping_cart recipe meal cocktail drink "
    "prescription plan workout routine programme program package hamper requisition formula blend delivery shipment "
    "shopping_list picking_list packing_list parts_list bill_of_materials bouquet".split()
)
_COUNTS = frozenset("quantity qty dosage dose sets reps repetitions portion share".split())
# What somebody takes or does of a thing.
_OF_PEOPLE = frozenset("dose dosage sets reps repetitions".split())
_BESIDE = _COUNTS | frozenset(
    "amount unit price unit_price discount note notes remark comment instruction instructions duration frequency "
    "position order rank rest_time rest weight preparation times_per_day time_of_day".split()
)
# Rows of the whole already.
_PARTS = frozenset("line item entry row position parcel piece lot batch slot component task todo card step".split())
_MONEY = frozenset("eur usd gbp chf".split())
# Their lines are called items.
LINE_OWNERS = frozenset("order cart invoice basket quote purchase_order sales_order receipt shopping_cart".split())


def is_line_data(owner: str, part: Phrase, items: Sequence[Item]) -> bool:
    """Whether these items count or place `part` within a row of `owner`, and describe nothing else."""
    head = owner.rsplit("_", 1)[-1]
    composed = owner in _COMPOSED or head in _COMPOSED
    composed = composed or (head in nouns.PERSONS and any(item.name in _OF_PEOPLE for item in items))
    if not items or not composed or not _is_kind(part) or any(item.name not in _BESIDE for item in items):
        return False
    return any(_counts(item, items) for item in items) or (head in COLLECTIONS and items[0].name == "position")


def _is_kind(part: Phrase) -> bool:
    """Whether there are such things without the whole: no lines, no deeds."""
    named = part.head not in _PARTS | nouns.ASSOCIATION_NOUNS and part.head not in english.TIMES
    return part.many and named and not part.is_person


def _counts(item: Item, items: Sequence[Item]) -> bool:
    """`quantity`, `amount in ml`; an amount alone is money."""
    measured = item.spec.unit and item.spec.unit not in _MONEY
    amount = item.name == "amount" and (measured or any(other.name == "unit" for other in items))
    return item.name in _COUNTS or bool(amount)
