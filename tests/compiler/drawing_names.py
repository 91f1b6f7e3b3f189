"""Names and texts that are reserved, odd or hostile somewhere."""

from hypothesis import strategies as st

LONG = "Thing" + "whosenameislong" * 3
ENTITY_NAMES = [
    *(
        "Post Comment Tag Order OrderItem Class Import List Type Session Base Model Role Entity Setting Settings App "
        "Service Object Property Set Parent Response Request Page Field Enum Data Media Person Series "
        "Auth AuthSession "
        "Health Permission Policy State Transition Todo ItemResponse L X1 A1B2 PostTag PostLike None Query Router "
        "LoginFailure IdempotencyKey Update Delete Any Sa Value Logger Module Migration Ticket Event "
        "Member Vet Pet Return"
    ).split(),
    LONG,
    f"{LONG}s",
    f"{LONG}Next",
]
FIELD_NAMES = [
    *(
        "title name body status state date time list copy json metadata limit offset sort q type key "
        "value items total "
        "price price_min price_max created_at_min self models class import none password token secret l email role "
        "address1 address_1 address2 deleted_at is_active is_admin change enum_type property dt "
        "sa user owner_name registry hash input schema model_name model_config fields validate dict str "
        "int base types "
        "session data actor limit_is q_is user_count page pagination cls identifier n1 a1b2 x "
        "description starts_at ends_at "
        "capacity quantity amount slug sku format filter count any orm"
    ).split(),
    "field_with_a_name_that_is_as_long_as_postgresql_can_keep_of_it",
    "a_" + "b" * 58,
]
RELATION_NAMES = [
    *(
        "author parent owner user reviewer category post event class list type types models copy "
        "metadata session customer "
        "self data query service policy account"
    ).split(),
    "relation_with_a_name_that_is_rather_long_for_a_key_of_tables",
]
MANY_NAMES = "tags types models likes members lists copies participants friends categories metadata classes".split()
VERBS = (
    "publish submit approve return delete update import restore create list get missing conflict archive pay class "
    "yield page not_found to_draft"
).split()
TOGGLES = "like follow favourite publish return list star watch class unlike bookmark".split()
ROLES = ["a_role_with_a_long_name_that_somebody_thought_of"]
ROLES += "editor moderator mechanic owner author class none manager l1".split()
VALUES = [
    "draft",
    "open",
    "closed",
    "A+",
    "A-",
    "XL",
    "0+",
    "1",
    "2",
    "in progress",
    "in-progress",
    "name",
    "value",
    "mro",
]
VALUES += [
    "password",
    "token",
    "none",
    "True",
    "ä",
    "50%",
    "<10",
    'quote"s',
    '"""end"""',
    "back\\slash",
    "{{ x }}",
    "class",
    "x" * 50,
]
NASTY = [
    "a \"quote\" and 'another'",
    '"""',
    "back\\slash at the end \\",
    "{{ braces }} {% raw %} {# x #}",
    "two\nlines\r\nand\ttabs",
    "\u202eoverride\u2066\u2069 \u200b\ufeff",
    "\x00\x01\x1b\x7f\x85\u2028\u2029",
    "en – dash, “quotes”, кириллица, 漢字, 😀",
    "x" * 400,
    "word " * 80,
    "${HOME} `id` $(id) %s %(here)s {0} :bind",
    "# noqa: E501",
    "",
]


def prose() -> st.SearchStrategy[str]:
    """Whatever a description may hold."""
    return st.sampled_from(NASTY) | st.text(max_size=60)


def names(pool: list[str] | tuple[str, ...], least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Different names of a pool."""
    return st.lists(st.sampled_from(pool), min_size=least, max_size=most, unique=True)
