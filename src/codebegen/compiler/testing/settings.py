"""Rows of every kind that rights tell apart, and what each caller gets who tries each operation on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from codebegen import naming
from codebegen.compiler.literals import shortened
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.rights import Person, allowed, owner_paths, row_status
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.variants import Variant, in_state, where

Cells = tuple[tuple[str, int], ...]
PLAIN = ("create", "list", "read", "update", "delete", "restore")


@dataclass(frozen=True, slots=True)
class RightView:
    """One operation: how it is sent, and the status that each caller gets; `given` is what its row is made with."""

    operation: str
    method: str
    suffix: str
    body: str
    given: str
    moves: tuple[str, ...]
    cells: Cells


@dataclass(frozen=True, slots=True)
class SettingView:
    """Rows of one make, and what callers get who try something with them."""

    test: str
    says: str
    make: str
    rights: tuple[RightView, ...]

    @property
    def prepares(self) -> bool:
        """Whether some operation needs rows that are made otherwise."""
        return any(right.given for right in self.rights)


def settings_of(planner: Planner, plan: Plan, callers: tuple[Person, ...]) -> list[SettingView]:
    """Rows as they are made; rows for which a condition is the other way round; rows with somebody at another path."""
    owner = plan.maker.attribute if plan.owned else ""
    made = _rights(plan, callers, owner, Variant({}, (), plan.facts))
    plain = SettingView("rights", "rows as they are made", make_of(plan), made)
    found = [plain]
    for name, variant in _variants(plan):
        says = shortened(f"rows that are {'not ' if name.startswith('not_') else ''}{_words(name)}", 60)
        rights = _rights(plan, callers, owner, variant)
        given = arguments(variant.given)
        who = f"people.{plan.maker.attribute}" if plan.entity.kind == "profile" else None
        found.append(SettingView(f"rights_when_{name}", says, plan.make_call(who, given), rights))
    found += _elsewhere(planner, plan)
    return [setting for setting in found if setting.rights]


def _words(name: str) -> str:
    return " ".join(naming.words(name.removeprefix("not_")))


def _variants(plan: Plan) -> list[tuple[str, Variant]]:
    """A row on the other side of every condition that some right depends on."""
    found: list[tuple[str, Variant]] = []
    conditions = [g.when for p in plan.entity.permissions for g in p.allow if g.when is not None]
    for condition in dict.fromkeys(conditions):
        for truth in (True, False):
            variant = where(plan.entity, plan.facts, condition, truth=truth)
            if variant is not None and (variant.given or variant.moves):
                names = [naming.snake(path) for path in plan.paths(condition)]
                label = "_".join(dict.fromkeys(names)) or "so"
                value = "_".join(naming.words(" ".join(str(v) for v in _decisive(plan, variant))))
                name = f"{label}_{value}" if value else label
                found.append((name if truth else f"not_{name}", variant))
    unique: dict[str, Variant] = {}
    for name, variant in found:
        unique.setdefault(name, variant)
    return list(unique.items())


def _decisive(plan: Plan, variant: Variant) -> list[object]:
    """The values by which a variant differs."""
    changed: list[object] = [variant.facts.get(m.field) for m in plan.entity.state_machines if variant.moves]
    return changed or [value for value in variant.given.values() if isinstance(value, str | bool | int)]


def _rights(plan: Plan, callers: tuple[Person, ...], owner: str, row: Variant) -> tuple[RightView, ...]:
    """Every operation on a row, by every caller of whom the blueprint says enough."""
    paths = owner_paths(plan.entity)
    owns = {person: plan.owns(paths, person, owner) for person in callers}
    return tuple(right for one in operations(plan) if (right := _right(plan, one, owns, row)) is not None)


def _right(
    plan: Plan, tried: tuple[str, str, str, str, int], owns: Mapping[Person, frozenset[str]], row: Variant
) -> RightView | None:
    """One operation by everybody whose part in the row is known."""
    operation, method, suffix, body, done = tried
    ready = prepared(plan, operation, row)
    if ready is None:
        return None
    statuses = {p.attribute: row_status(plan.entity, operation, p, owns[p], ready.facts, done=done) for p in owns}
    cells = tuple((name, status) for name, status in statuses.items() if status is not None)
    given = spell(dict(ready.given)) if ready.given else ""
    return RightView(label(operation), method, suffix, body, given, ready.moves, cells) if cells else None


def label(operation: str) -> str:
    """What a test calls an operation: `publish`; `transition update`, since `update` is one already."""
    name = operation.partition(":")[2] or operation
    return operation.replace(":", " ") if name != operation and name in PLAIN else name


def prepared(plan: Plan, operation: str, row: Variant) -> Variant | None:
    """The row on which an operation is tried: a move needs a state that it starts from, and what its guard asks for.

    `given` is what the row needs besides what it is made with.
    """
    kind, _, name = operation.partition(":")
    if kind != "transition":
        return Variant({}, row.moves, row.facts)
    machine = next(m for m in plan.entity.state_machines if any(t.name == name for t in m.transitions))
    move = next(t for t in machine.transitions if t.name == name)
    if row.moves:
        ready = row.facts.get(machine.field) in move.from_ and move.guard is None
        return Variant({}, row.moves, row.facts) if ready else None
    ways = [in_state(plan.entity, row.facts, machine, state, move) for state in move.from_]
    free = [way for way in ways if way is not None and not way.given.keys() & row.given.keys()]
    return min(free, key=lambda way: (len(way.given), len(way.moves)), default=None)


def operations(plan: Plan) -> list[tuple[str, str, str, str, int]]:
    """Operation, method, what follows the item's path, body, and the status of success."""
    found = [
        ("read", "GET", "", "None", 200),
        ("update", "PATCH", "", "CHANGES", 200),
        ("delete", "DELETE", "", "None", 204),
    ]
    moves = [move.name for machine in plan.entity.state_machines for move in machine.transitions]
    marks = [action.name for action in plan.entity.actions if action.kind == "toggle"]
    found += [(f"transition:{name}", "POST", f"/{name}", "None", 200) for name in moves]
    return found + [(f"action:{name}", "PUT", f"/{name}", "None", 204) for name in marks]


def _elsewhere(planner: Planner, plan: Plan) -> list[SettingView]:
    """For every further path that a right names: rows at whose end there is somebody who has no other right."""
    person = plan.other if plan.owned else next((a for a in planner.accounts), None)
    if plan.apart and planner.seats:  # who is nothing in a tenant is not found in its rows
        person = planner.seats[-1]
    if person is None:
        return []
    found = []
    for path in owner_paths(plan.entity):
        given = _placed(planner, plan, path, person)
        if path == plan.entity.owner or given is None:
            continue
        first = path.partition(".")[0]
        owns = {person: frozenset({path})}
        if plan.owned:  # the owner has nothing of what the path leads to
            theirs = plan.owns(owner_paths(plan.entity), plan.maker, plan.maker.attribute)
            owns[plan.maker] = frozenset(one for one in theirs if one.partition(".")[0] != first)
        row = Variant({}, (), plan.facts)
        rights = [right for one in operations(plan) if (right := _right(plan, one, owns, row)) is not None]
        owner = f"people.{plan.maker.attribute}" if plan.owned else None
        says = shortened(f"rows at whose {' '.join(naming.words(path))} the caller is", 60)
        name = f"rights_as_{naming.snake(path.replace('.', '_'))}"
        found.append(SettingView(name, says, plan.make_call(owner, given), tuple(rights)))
    return found


def _placed(planner: Planner, plan: Plan, path: str, person: Person) -> str | None:
    """Arguments that put a person at the end of a path; None where that is out of reach."""
    first, _, rest = path.partition(".")
    key = next((k for k in plan.keys if k.relation.name == first and k.source == "plain"), None)
    if key is None or key.relation.read_only:
        return None
    if not rest:
        return f"{key.name}=people.{person.attribute}.id"
    other = planner.plan(key.target.name)
    if not other.owned or not planner.ownable(key.target, person.role):
        return None
    if other.account_at(rest, person.attribute) != person.attribute:
        return None
    seen = allowed(key.target, "read", plan.maker, frozenset(), other.facts)
    if plan.sender == "owner" and seen is not True:
        return None
    return f'{key.name}=({other.make_call(f"people.{person.attribute}")})["id"]'


def make_of(plan: Plan) -> str:
    """A row of the maker's; of a profile, the one that the maker is."""
    return plan.make_call(f"people.{plan.maker.attribute}" if plan.entity.kind == "profile" else None)
