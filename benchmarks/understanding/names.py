"""When two names are the same name: case, plurals, `is_`, and the owner's name in front make no difference."""

import re

_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"))


def key(name: str) -> str:
    """What a name is compared by: snake_case, the last word in the singular, without a leading `is`."""
    parts = _snake(name).split("_")
    parts = parts[1:] if parts[0] == "is" and len(parts) > 1 else parts
    return "_".join([*parts[:-1], _singular(parts[-1])])


def same(gold: str, name: str, owner: str = "") -> bool:
    """Whether `name` is one of the `|`-separated gold names, a prefix that names the owner set aside."""
    got, prefix = key(name), key(owner)
    wanted = [key(alternative) for alternative in gold.split("|")]
    return any(want in (got, f"{prefix}_{got}") or got == f"{prefix}_{want}" for want in wanted)


def plain(value: object) -> str:
    """An enum value without case, spaces, dashes; codes such as A+ and O- keep their sign."""
    return re.sub(r"[\s-]+(?=\w)", "_", str(value).strip().lower())


def ref_parts(reference: str) -> tuple[str, str]:
    """Owners and names: `A|B.x|y` and `A.x|B.x` both accept either owner, either name."""
    owners: list[str] = []
    names: list[str] = []
    for token in reference.split("|"):
        owner, dot, name = token.rpartition(".")
        if dot:
            owners.append(owner)
            names.append(name)
        else:
            (names or owners).append(token)
    return "|".join(owners), "|".join(names)


def _snake(name: str) -> str:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _singular(word: str) -> str:
    for end, new in _ENDINGS:
        if word.endswith(end):
            return word[: -len(end)] + new
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
