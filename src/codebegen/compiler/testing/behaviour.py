"""The view of the tests of what rows go through: states, rules, marks, computed values, soft deletion, profiles."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.model import Entity
from codebegen.compiler.literals import shortened
from codebegen.compiler.testing.computed import ComputedView, OwnView, computed_view, own_view
from codebegen.compiler.testing.conditions import same, solve
from codebegen.compiler.testing.endpoints import Import
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.laws import is_restored_at_will, lawful, written_fields
from codebegen.compiler.testing.limits import LimitsView, limits_view
from codebegen.compiler.testing.machines import MachineView, machine_view
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.rights import allowed, chooses_owner, grants, may_create, owner_paths
from codebegen.compiler.testing.tallies import TallyTestView, tally_view
from codebegen.compiler.testing.values import Code, Value, plain, spell
from codebegen.compiler.views.ids import IdView, ids_of


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule of the blueprint: bodies that obey and break it, and changes that break it for a row that obeys."""

    rule: str
    name: str
    words: str
    obeys: str
    breaks: str
    changes: str | None


@dataclass(frozen=True, slots=True)
class ToggleView:
    """One mark: two accounts that may set it."""

    action: str
    name: str
    segment: str
    words: str
    count: str | None
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class TogetherView:
    """Members that are unique together: those that a body repeats."""

    fields: str
    test: str
    words: str
    first: str
    repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestoreView:
    """Soft deletion."""

    unique: str | None
    first: str
    owner: str | None
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A person with an account of their own: who may create one, the key, and an account that is not there."""

    key: str
    creator: str | None
    other: str
    unknown: str


@dataclass(frozen=True, slots=True)
class BehaviourView:
    """Everything that `tests/behaviour` says of one entity."""

    module: str
    var: str
    article: str
    words: str
    path: str
    ids: IdView
    poster: str
    editor: str
    make: str
    body: str
    machines: tuple[MachineView, ...]
    rules: tuple[RuleView, ...]
    toggles: tuple[ToggleView, ...]
    computed: tuple[ComputedView, ...]
    own: tuple[OwnView, ...]
    tallies: tuple[TallyTestView, ...]
    together: tuple[TogetherView, ...]
    restore: RestoreView | None
    restorable: bool
    profile: ProfileView | None
    limits: LimitsView
    imports: tuple[Import, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to test."""
        parts = (self.machines, self.rules, self.toggles, self.computed, self.together, self.restore, self.profile)
        return not any((*parts, self.own, self.tallies, self.limits.tests))


def behaviour_view(planner: Planner, entity: Entity) -> BehaviourView:
    """The view of one entity."""
    plan = planner.plan(entity.name)
    limits = limits_view(planner, plan)
    return BehaviourView(
        module=plan.module,
        var=plan.var,
        article=plan.article,
        words=plan.words,
        path=entity.path,
        ids=ids_of(entity),
        poster=plan.sender_name,
        editor=plan.editor,
        make=plan.make_call(),
        body=plan.body_call(f"people.{plan.maker.attribute}"),
        machines=tuple(machine_view(plan, machine) for machine in entity.state_machines),
        rules=present(_rule(plan, name, condition) for name, condition in plan.rules),
        toggles=tuple(_toggles(planner, plan)),
        computed=present(computed_view(planner, computed) for computed in entity.computed),
        own=present(own_view(plan, computed) for computed in entity.computed),
        tallies=present(tally_view(planner, plan, tally) for tally in entity.tallies),
        together=tuple(_together(plan)),
        restore=_restore(planner, plan) if entity.soft_delete else None,
        restorable=is_restored_at_will(entity),
        profile=_profile(plan),
        limits=limits,
        imports=_imports(planner, plan),
    )


def _rule(plan: Plan, name: str, condition: Expression) -> RuleView | None:
    """The rule at its edge: values that just obey and values that just break it, all other rules obeyed."""
    others = [(one, True) for rule, one in plan.rules if rule != name]
    fields = {f.name: f for f in written_fields(plan.entity)}
    obeyed = solve(plan.entity, [(condition, True), *others], plan.facts, fields, condition)
    broken = solve(plan.entity, [(condition, False), *others], plan.facts, fields, condition)
    if obeyed is None or broken is None:
        return None
    names = [path for path in dict.fromkeys(plan.paths(condition)) if path in fields]
    names += [path for path in (*obeyed, *broken) if path not in names]
    good = {path: obeyed.get(path, plan.facts.get(path)) for path in names}
    bad = {path: broken.get(path, plan.facts.get(path)) for path in names}
    differ = {path: bad[path] for path in names if not same(good[path], bad[path])}
    changeable = all(not fields[path].immutable for path in differ)
    return RuleView(
        rule=name,
        name=f"keeps_{naming.snake(name)}",
        words=shortened(" ".join(naming.words(name)), 50),
        obeys=spell(_known(good)),
        breaks=spell(_known(bad)),
        changes=spell(dict(differ)) if changeable else None,
    )


def _known(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if not isinstance(value, Code)}


def _toggles(planner: Planner, plan: Plan) -> list[ToggleView]:
    """Marks with two callers that may set them; without two there is nothing to count."""
    views = []
    owner = plan.maker.attribute if plan.owned else ""
    for action in plan.entity.actions:
        if action.kind != "toggle" or not planner.accounts:
            continue
        able = []
        for person in (*planner.accounts, *(p for p in (plan.maker,) if p.is_admin)):
            owns = plan.owns(owner_paths(plan.entity), person, owner)
            seen = allowed(plan.entity, "read", person, owns, plan.facts)
            may = allowed(plan.entity, f"action:{action.name}", person, owns, plan.facts)
            if seen and may:
                able.append(person.attribute)
        able.append("admin")
        first, second = (able * 2)[0], next((name for name in able if name != able[0]), able[0])
        if first != second:
            count = f"{action.name}_count" if action.counted else None
            words = " ".join(naming.words(action.name))
            views.append(
                ToggleView(action.name, f"marks_{naming.snake(action.name)}", action.name, words, count, first, second)
            )
    return views


def _together(plan: Plan) -> list[TogetherView]:
    """Combinations that a second body repeats."""
    views = []
    entity = plan.entity
    for unique in entity.unique_together:
        names = []
        for name in unique.fields:
            key = next((k for k in plan.keys if k.relation.name == name), None)
            if key is None:
                names.append(name)
            elif key.source == "plain":
                names.append(key.name)
        fields = [entity.fields_by_name[name] for name in unique.fields if name in entity.fields_by_name]
        if any(field.read_only or field.write_only for field in fields):
            continue
        filled = {f.name: plain(f)[0] for f in fields if plan.body.get(f.name) is None}
        changes = lawful(entity, plan.facts, filled)
        optional = [
            k.name for k in plan.keys if k.name in names and k.name not in {r.key.name for r in plan.references}
        ]
        if changes is None or optional:
            continue
        test = "_and_".join(naming.snake(name) for name in unique.fields)
        words = shortened(" and ".join(" ".join(naming.words(name)) for name in unique.fields), 60)
        views.append(
            TogetherView("+".join(unique.fields), test, words, plan.make_call(given=arguments(changes)), tuple(names))
        )
    return views


def _restore(planner: Planner, plan: Plan) -> RestoreView:
    field = next((f for f in written_fields(plan.entity) if f.unique), None)
    owner = plan.maker.attribute if plan.owned and _owner_deletes(plan) else None
    strangers = ["anonymous"] if planner.accounts else []
    others = [person for person in planner.accounts if person != plan.maker]
    refused = [p for p in others if allowed(plan.entity, "delete", p, frozenset(), plan.facts) is False]
    strangers += [person.attribute for person in refused]
    given = arguments({field.name: plain(field)[0]}) if field and field.name not in plan.body else ""
    return RestoreView(field.name if field else None, plan.make_call(given=given), owner, tuple(strangers))


def _owner_deletes(plan: Plan) -> bool:
    return any(g.kind == "owner" and g.path in (None, plan.entity.owner) for g in grants(plan.entity, "delete"))


def _profile(plan: Plan) -> ProfileView | None:
    key = next((key for key in plan.keys if key.source == "account"), None)
    if key is None or plan.other is None:
        return None
    alone = may_create(plan.entity, plan.maker) is True
    creator = plan.maker.attribute if alone and not chooses_owner(plan.entity, plan.entity, plan.maker.role) else None
    return ProfileView(key.name, creator, plan.other.attribute, ids_of(key.target).unknown)


def _imports(planner: Planner, plan: Plan) -> tuple[Import, ...]:
    found = {*plan.functions, (plan.module, f"{plan.var}_body")}
    targets = [key.target for key in plan.keys if key.target.kind != "user"]
    found = {*found}.union(*(planner.plan(target.name).functions for target in targets))
    for computed in plan.entity.computed:
        if computed.entity in planner.blueprint.entities_by_name:
            other = planner.plan(computed.entity)
            found |= other.functions
    return tuple(sorted(found))
