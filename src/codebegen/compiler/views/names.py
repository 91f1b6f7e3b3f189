"""The names of one entity in every spelling that a generated module needs."""

import builtins
import keyword
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity

# Names that functions of generated modules use for something else.
_TAKEN = frozenset(
    "actor annotations base changes conditions data dt key models orm page policy problems query request require "
    "response router row rows sa schema self service session settings types user_id value values".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntityNames:
    """`cls` OrderItem, `var` order_item, `many` order_items, `words` order item, `plural_words` order items."""

    cls: str
    module: str
    var: str
    many: str
    words: str
    plural_words: str
    table: str
    path: str
    tag: str
    id: str

    @property
    def article(self) -> str:
        """`an order item`, in the middle of a sentence."""
        return f"{'an' if self.words[0] in 'aeio' else 'a'} {self.words}"


def names_of(entity: Entity) -> EntityNames:
    """All names of an entity."""
    words = " ".join(naming.words(entity.name))
    return EntityNames(
        cls=naming.class_name(entity.name),
        module=naming.module_name(entity.name),
        var=variable(naming.snake(entity.name)),
        many=variable(entity.plural if entity.plural != naming.snake(entity.name) else f"all_{entity.plural}"),
        words=words,
        plural_words=" ".join(naming.words(entity.plural)),
        table=entity.plural[:63],
        path=entity.path,
        tag=entity.path.removeprefix("/"),
        id=f"{naming.snake(entity.name)}_id",
    )


def variable(name: str) -> str:
    """A local name that hides nothing."""
    hides = keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in _TAKEN or name in dir(builtins)
    return f"{name}_" if hides else name
