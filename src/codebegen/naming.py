"""Names: casing, plurals, identifiers that can't collide with the language or the generated project's libraries.

A natural name ("Order Item", "Städte") becomes words; every spelling is made from the words, so that one
entity is `OrderItem` in Python, `order_items` in SQL and `order-items` in a path, everywhere.
"""

import builtins
import keyword
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from anyascii import anyascii

_SEPARATOR = re.compile(r"[_ ]")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:\d+(?![A-Za-z0-9]))?|[A-Z]+|\d+")

# Nouns whose plural is their singular, or that have no plural of their own.
_UNCOUNTABLE = frozenset(
    "equipment information software hardware feedback series species sheep fish deer news advice furniture luggage "
    "staff inventory data metadata media money music homework knowledge progress traffic weather aircraft "
    "spacecraft offspring headquarters merchandise".split()
)  # fmt: skip
_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "tooth": "teeth",
    "foot": "feet",
    "mouse": "mice",
    "goose": "geese",
    "ox": "oxen",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "medium": "media",
    "analysis": "analyses",
    "diagnosis": "diagnoses",
    "basis": "bases",
    "crisis": "crises",
    "thesis": "theses",
    "hypothesis": "hypotheses",
    "synopsis": "synopses",
    "axis": "axes",
    "index": "indexes",
    "matrix": "matrices",
    "vertex": "vertices",
    "appendix": "appendices",
    "quiz": "quizzes",
    "leaf": "leaves",
    "loaf": "loaves",
    "half": "halves",
    "shelf": "shelves",
    "bookshelf": "bookshelves",
    "wolf": "wolves",
    "calf": "calves",
    "knife": "knives",
    "life": "lives",
    "wife": "wives",
    "thief": "thieves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "hero": "heroes",
    "echo": "echoes",
    "cargo": "cargoes",
    "alumnus": "alumni",
    "stimulus": "stimuli",
    "fungus": "fungi",
    "cactus": "cacti",
    "nucleus": "nuclei",
    "syllabus": "syllabuses",
    "gas": "gases",
    "bus": "buses",
    "lens": "lenses",
    "bias": "biases",
    "canvas": "canvases",
    "atlas": "atlases",
    "alias": "aliases",
    "movie": "movies",
    "cookie": "cookies",
    "calorie": "calories",
    "zombie": "zombies",
    "tie": "ties",
    "pie": "pies",
    "rookie": "rookies",
    "selfie": "selfies",
    "cache": "caches",
    "niche": "niches",
    "avalanche": "avalanches",
    "headache": "headaches",
    "axe": "axes",
    "use": "uses",
    "house": "houses",
    "warehouse": "warehouses",
    "greenhouse": "greenhouses",
    "course": "courses",
    "racecourse": "racecourses",
    "horse": "horses",
    "nurse": "nurses",
    "purse": "purses",
    "case": "cases",
    "database": "databases",
    "base": "bases",
    "phase": "phases",
    "purchase": "purchases",
    "release": "releases",
    "lease": "leases",
    "disease": "diseases",
    "expense": "expenses",
    "license": "licenses",
    "response": "responses",
    "exercise": "exercises",
    "franchise": "franchises",
    "cruise": "cruises",
    "premise": "premises",
    "enterprise": "enterprises",
    "clause": "clauses",
    "cause": "causes",
    "verse": "verses",
    "universe": "universes",
    "house_rule": "house_rules",
    "dose": "doses",
    "nose": "noses",
    "rose": "roses",
    "hose": "hoses",
    "cheese": "cheeses",
    "vase": "vases",
    "size": "sizes",
    "prize": "prizes",
    "maze": "mazes",
    "shoe": "shoes",
    "toe": "toes",
    "canoe": "canoes",
}
_SINGULAR = {plural: single for single, plural in _IRREGULAR.items()} | {
    # Two singulars share these plurals; the first is the one that backends are about.
    "axes": "axis",
    "bases": "base",
    "indices": "index",
    "cargos": "cargo",
    "syllabi": "syllabus",
    "leases": "lease",
    "analytics": "analytics",
    "physics": "physics",
    "premises": "premises",
}
_ENDS_IN_US_IS_SS = ("ss", "us", "is")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Lower-case words of a name in any casing and script: `OrderItem`, `order-item`, `Order item` alike."""
    return tuple(word.lower() for word in _WORD.findall(anyascii(name).replace("'", "")))


def snake(name: str) -> str:
    """`OrderItem` → `order_item`."""
    return "_".join(words(name))


def kebab(name: str) -> str:
    """`OrderItem` → `order-item`."""
    return "-".join(words(name))


def pascal(name: str) -> str:
    """`order item` → `OrderItem`."""
    return "".join(word.capitalize() for word in words(name))


def title(name: str) -> str:
    """`OrderItem` → `Order item`."""
    return " ".join(words(name)).capitalize()


def _in_last_word(name: str, change: dict[str, str], otherwise: str) -> str:
    """`name` (snake_case or a phrase) with its last word replaced by what `change` has for it."""
    head, separator, last = name.rpartition("_") if "_" in name else name.rpartition(" ")
    return f"{head}{separator}{change.get(last, otherwise)}"


@lru_cache(maxsize=4096)
def plural(name: str) -> str:
    """The plural of a singular lower-case noun or compound; the last word is inflected."""
    last = _SEPARATOR.split(name)[-1]
    if last in _UNCOUNTABLE:
        return name
    return _in_last_word(name, _IRREGULAR, _regular_plural(last))


def _regular_plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("man") and word not in ("human", "german", "roman", "talisman"):
        return word[:-3] + "men"
    return word + "s"


@lru_cache(maxsize=4096)
def singular(name: str) -> str:
    """The singular of a lower-case noun or compound; a singular comes back as it is."""
    last = _SEPARATOR.split(name)[-1]
    if last in _UNCOUNTABLE or last in _IRREGULAR:
        return name
    return _in_last_word(name, _SINGULAR, _regular_singular(last))


def _regular_singular(word: str) -> str:
    if word.endswith("men") and len(word) > 4 and word not in ("specimen", "omen", "regimen", "abdomen"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "uses")):
        return word[:-2]
    if word.endswith("s") and len(word) > 2 and not word.endswith(_ENDS_IN_US_IS_SS):
        return word[:-1]
    return word


def is_plural(name: str) -> bool:
    """Whether the last word reads as a plural."""
    return singular(name) != name or _SEPARATOR.split(name)[-1] in _UNCOUNTABLE


# Names that a module of a generated project imports or defines itself.
_MODULE_NAMES = frozenset(
    "Annotated Any AsyncIterator Base Callable ClassVar Decimal Depends Enum FastAPI Generic Literal Mapped "
    "Page Problem Protocol Repository Request Response StrEnum Self UTC TypeVar AuthSession IdempotencyKey "
    "LoginFailure Settings User Role Entity FixedDecimal UtcDateTime".split()
)  # fmt: skip
# Attributes of SQLAlchemy's declarative base and of pydantic's BaseModel that a column or field must not shadow.
_ATTRIBUTES = frozenset(
    "metadata registry row_version model_config model_fields model_computed_fields model_extra model_fields_set "
    "model_construct model_copy model_dump model_dump_json model_json_schema model_parametrized_name "
    "model_post_init model_rebuild model_validate model_validate_json model_validate_strings copy json dict "
    "parse_obj parse_raw parse_file from_orm construct schema schema_json validate update_forward_refs fields "
    # What a class body of a generated module refers to after the field was declared.
    "self cls sa orm dt base models types list int str float bool enum_type property pagination "
    # What every row, and every account, can do or be asked.
    "change is_admin "
    # Too much like a digit to be the name of anything.
    "l".split()
)  # fmt: skip
# The same of Beanie's Document, and of our own documents.
DOCUMENT_ATTRIBUTES = frozenset(
    "add_child aggregate all avg bulk_writer changes count create current_date delete delete_all distinct "
    "fetch_all_links fetch_link fill_back_refs find find_all find_many find_one get get_changes get_settings "
    "has_changed inc insert insert_many insert_one inspect_collection is_changed lazy_parse max min parse_store "
    "replace replace_many revision_id rollback save save_changes set shown sum sync to_ref update update_all "
    "validate_self".split()
)  # fmt: skip
_also_taken: ContextVar[frozenset[str]] = ContextVar("also_taken", default=frozenset())
# Beginnings of names that pydantic keeps for itself.
_PROTECTED = ("model_validate", "model_dump")
# Modules that a layer of a generated project has already, and names that `app/main.py` uses beside them.
_MODULES = frozenset(
    "base policy auth auth_session idempotency_key login_failure health short references login_throttle "
    "app gc logger logging module settings lifespan migrate create_first_admin close_engines configure_logging "
    "get_settings install_handlers".split()
)  # fmt: skip
_SNAKE = re.compile(r"[a-z][a-z0-9_]*")


def class_name(entity: str) -> str:
    """The Python class of an entity; bent with `Record` only where a module of the project has that name."""
    name = pascal(entity)
    if entity != "User" and (name in _MODULE_NAMES or name in dir(builtins)):
        return f"{name}Record"
    return name if name.isidentifier() else f"N{name}"


def attribute(name: str) -> str:
    """The Python attribute of a field: keywords and attributes of the libraries get a trailing underscore."""
    ident = name if _SNAKE.fullmatch(name) else snake(name)
    if not ident or ident[0].isdigit():
        ident = f"n{ident}"
    taken = keyword.iskeyword(ident) or ident in _ATTRIBUTES | _also_taken.get() or ident.startswith(_PROTECTED)
    return f"{ident}_" if taken else ident


@contextmanager
def taking(attributes: frozenset[str]) -> Iterator[None]:
    """Bend more attributes, while the code of a library that has them is spelled."""
    token = _also_taken.set(attributes)
    try:
        yield
    finally:
        _also_taken.reset(token)


def module_name(entity: str) -> str:
    """The module of an entity: `Class` → `class_`, since `from app.models.class import …` is a syntax error."""
    ident = snake(entity)
    if ident[:1].isdigit():
        ident = f"n{ident}"
    taken = keyword.iskeyword(ident) or ident in _MODULES or ident in dir(builtins)
    return f"{ident}_" if taken else ident


def is_name(text: str) -> bool:
    """Whether `text` holds at least one word that a name can be made from."""
    found = words(text)
    return bool(found) and not found[0].isdigit()
