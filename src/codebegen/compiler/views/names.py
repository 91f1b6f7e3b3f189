"""The names of one entity in every spelling that a generated module needs."""

import builtins
import keyword
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.views.ids import IdView, ids_of
from codebegen.compiler.views.tables import table_name

# Names that functions of generated modules use for something else.
_TAKEN = frozenset(
    "actor annotations base changes chosen conditions data dt if_match key l models orm others own page pagination "
    "parent policy problems query request require response router row rows sa schema self service session settings "
    "short state tenancy timedelta types user_id utcnow value values "
    "check_precondition created_response item_response page_response require_reference require_references "
    "create delete get get_deleted restore update".split()
)  # fmt: skip
# What every service can do and has already, and what it calls `MISSING`.
_METHODS = frozenset(
    "create delete get get_deleted missing page require_active restore session update update_me users".split()
)


@dataclass(frozen=True, slots=True)
class EntityNames:
    """`cls` OrderItem, `var` order_item, `many` order_items, `words` order item, `plural_words` order items.

    `factory` is the function that makes one in tests, whatever the name of the variable.
    """

    cls: str
    module: str
    var: str
    factory: str
    many: str
    words: str
    plural_words: str
    table: str
    path: str
    tag: str
    id: str
    ids: IdView

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
        factory=f"make_{naming.snake(entity.name)}",
        many=variable(entity.plural if entity.plural != naming.snake(entity.name) else f"all_{entity.plural}"),
        words=words,
        plural_words=" ".join(naming.words(entity.plural)),
        table=table_name(entity),
        path=entity.path,
        tag=entity.path.removeprefix("/"),
        id=f"{naming.snake(entity.name)}_id",
        ids=ids_of(entity),
    )


def variable(name: str) -> str:
    """A local name that hides nothing."""
    hides = keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in _TAKEN or name in dir(builtins)
    return f"{name}_" if hides else name


def method_of(name: str) -> str:
    """A method for a move or a toggle: `publish`; `do_return`, since `return` is a keyword and `update` is taken."""
    bent = keyword.iskeyword(name) or name in _METHODS or name in dir(builtins)
    return f"do_{name}" if bent else name
