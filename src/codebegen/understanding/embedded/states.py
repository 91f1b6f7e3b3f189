"""State machines from moves: which entity, which field, where a move starts, what it is called."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.blueprint import Permission, StateMachine, Transition
from codebegen.understanding.embedded.all_but import all_but
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Act, Fact, Initial, Move
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.paths import has_path
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.rights import RightsReader
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.state_words import PARTICLES, as_listed, before_deed, participle_of, undecided
from codebegen.understanding.embedded.text import Token

_STATE_FIELDS = ("status", "state", "stage", "phase", "workflow_state")


@dataclass
class _Machine:
    entity: DraftEntity
    moves: list[Move] = field(default_factory=list)
    loose: list[Move] = field(default_factory=list)
    initial: str = ""
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Machines:
    """State machines and the permissions of their moves, by entity key."""

    machines: dict[str, StateMachine]
    permissions: dict[str, tuple[Permission, ...]]


def build_machines(
    facts: Sequence[Fact], names: Names, draft: Draft, source: Evidence, rights: RightsReader
) -> Machines:
    """Machines where moves are told; a list of values alone makes none."""
    machines: dict[str, StateMachine] = {}
    permissions: dict[str, tuple[Permission, ...]] = {}
    for key, found in _gather(facts, names, draft, source).items():
        _settle(found)
        if not found.moves:
            continue
        state = _state_field(found, source)
        built = _machine(found, state, source)
        if built is None:
            continue
        machines[key] = built
        permissions[key] = _permissions(found, built, rights)
    return Machines(machines, permissions)


def _gather(facts: Sequence[Fact], names: Names, draft: Draft, source: Evidence) -> dict[str, _Machine]:
    found: dict[str, _Machine] = {}

    def of(what: Phrase | None) -> _Machine | None:
        key = (names.find(what) or _begun_with(what.key, draft)) if what is not None else None
        if key is None or key == USER or key not in draft.entities:
            return None
        return found.setdefault(key, _Machine(draft.entities[key]))

    for entity in draft.entities.values():
        for drafted in entity.fields.values():
            beside = drafted.name not in _STATE_FIELDS and _enum(entity) is not None
            if drafted.item.spec.moves and not beside:
                machine = found.setdefault(entity.key, _Machine(entity))
                for here, there in drafted.item.spec.moves:
                    machine.moves.append(Move(None, (here,), there, "", drafted.item.start, drafted.item.end))
    for fact in facts:
        if isinstance(fact, Initial) and (begun := of(fact.what)) is not None:
            begun.initial = begun.initial or fact.state
            source.used.append((fact.start, fact.end))
        elif isinstance(fact, Move):
            moved = of(fact.what) or _by_states(fact, draft, found)
            labelled = _labelled([fact], draft, source.text) if moved is None and fact.sources else None
            moved = found.setdefault(labelled.key, _Machine(labelled)) if labelled is not None else moved
            if moved is not None:
                (moved.moves if fact.sources else moved.loose).append(fact)
        elif isinstance(fact, Act):
            for entity, move in _deeds(fact, names, draft):
                machine = found.setdefault(entity.key, _Machine(entity))
                (machine.moves if move.sources else machine.loose).append(move)
    for key in [key for key, machine in found.items() if _is_unnamed(machine)]:
        meant = _meant(found[key], draft) or _labelled(found[key].moves, draft, source.text)
        if meant is not None:
            strayed = found.pop(key)
            machine = found.setdefault(meant.key, _Machine(meant))
            machine.moves = sorted((*machine.moves, *strayed.moves), key=lambda move: move.start)
            machine.loose.extend(strayed.loose)
            machine.initial = machine.initial or strayed.initial
    return found


def _deeds(act: Act, names: Names, draft: Draft) -> Iterator[tuple[DraftEntity, Move]]:
    """`Residents revoke passes`, where a pass can be `revoked`; what can be `blocked` is unblocked from there."""
    for what in act.what[:1] if act.who is not None else ():
        entity = draft.entities.get(names.find(what) or "")
        known = _enum(entity) if entity is not None else None
        values = known.item.spec.values if known is not None else ()
        undone = act.verb.removeprefix("un") if act.verb.startswith("un") else ""
        target, sources = participle_of(act.verb), ()
        if undone and participle_of(undone) in values[1:]:
            target, sources = values[0], (participle_of(undone),)
        elif target not in values[1:]:
            continue
        if entity is not None:
            yield entity, Move(what, sources, target, act.verb, act.start, act.end, act.who)


def _is_unnamed(machine: _Machine) -> bool:
    """Whether moves are told beside the entity that was spoken of last, which has no state of its own."""
    told = [move for move in (*machine.moves, *machine.loose) if move.what is not None]
    apart = all(not move.start <= move.what.start < move.end for move in told if move.what is not None)
    return bool(machine.moves) and bool(told) and apart and _enum(machine.entity) is None


def _meant(machine: _Machine, draft: Draft) -> DraftEntity | None:
    """The one entity whose states those are, else the one that has a state of which nothing is told."""
    states = {s for move in machine.moves for s in (*move.sources, move.target)}
    fields = [(entity, known) for entity in draft.entities.values() if (known := _enum(entity)) is not None]
    listed = [entity for entity, known in fields if states <= set(known.item.spec.values)]
    blank = [entity for entity, known in fields if not known.item.spec.values]
    found = listed or blank
    return found[0] if len(found) == 1 else None


def _begun_with(key: str, draft: Draft) -> str | None:
    """`the repair goes …`, where repair tickets are kept."""
    longer = [known for known in draft.entities if known.startswith(f"{key}_")]
    return longer[0] if len(longer) == 1 else None


def _by_states(move: Move, draft: Draft, found: dict[str, _Machine]) -> _Machine | None:
    """A move without a thing belongs to the entity that knows its states."""
    if not move.sources:
        return None
    for entity in draft.entities.values():
        known = _enum(entity)
        if known is not None and {*move.sources, move.target} <= set(known.item.spec.values):
            return found.setdefault(entity.key, _Machine(entity))
    return None


def _enum(entity: DraftEntity) -> DraftField | None:
    return next((entity.fields[name] for name in _STATE_FIELDS if name in entity.fields), None)


def _labelled(moves: Sequence[Move], draft: Draft, text: str) -> DraftEntity | None:
    """`Claims: somebody asks a clerk. Status: sent -> paid`: a path that names nothing is of what the lines are of."""
    first = moves[0]
    if not has_path(text[first.start : first.end]) or moves[-1].end - first.start > _LONG:
        return None
    for line in reversed(text[: first.start].split("\n")[-_FEW:]):
        label = _LABEL.match(line)
        entity = draft.entities.get(naming.singular(naming.snake(label[1]))) if label is not None else None
        if entity is not None:
            known = _enum(entity)
            return entity if known is None or not known.item.spec.values else None
    return None


_LABEL = re.compile(r"[\s#*\d.)§-]*([A-Za-z][A-Za-z ]{2,40}?)[*\s]*(?::|$)")
_LONG, _FEW = 1000, 6


def _moved(machine: _Machine) -> DraftField | None:
    """The field that the moves change: none that holds other things (`stage (group, final)`, `goes live, over`)."""
    known = _enum(machine.entity)
    states = {machine.initial, *(s for m in machine.moves for s in (*m.sources, m.target))}
    other = known is not None and known.name != "status" and known.item.spec.values and machine.moves
    return None if known is None or (other and states.isdisjoint(known.item.spec.values)) else known


def _settle(machine: _Machine) -> None:
    """Moves without a source start where rows begin, if the text treats them as states at all."""
    known = _moved(machine)
    values = known.item.spec.values if known is not None else ()
    machine.moves = [replace(move, target=as_listed(move.target, values)) for move in machine.moves]
    machine.loose = [replace(move, target=as_listed(move.target, values)) for move in machine.loose]
    if not values and any(m.target == "opened" for m in machine.loose) and not machine.initial:
        machine.initial = "open"  # `a complaint is opened by the tenant`
        machine.loose = [move for move in machine.loose if move.target != "opened"]
    told = list(dict.fromkeys(s for move in machine.moves for s in (*move.sources, move.target)))
    initial = machine.initial or (values[0] if values else next((m.sources[0] for m in machine.moves), ""))
    begun = undecided(machine.loose) if not initial else "" if values or machine.initial else before_deed(initial)
    if begun:
        machine.initial = initial = begun
    passive = [
        m
        for m in machine.loose
        if m.target in values or m.target in told or m.until or (machine.initial and m.target != machine.initial)
    ]
    for move in sorted(passive, key=lambda move: not move.until):
        if move.target == initial or any(m.target == move.target for m in machine.moves):
            machine.moves = [
                replace(m, verb=m.verb or move.verb, who=m.who or move.who) if m.target == move.target else m
                for m in machine.moves
            ]
            continue
        if initial:
            sources = _until(move.until, [*values, *told]) or (initial,)
            machine.moves.append(replace(move, sources=sources))
            if move.until and not told and move.until not in values:
                machine.moves.append(replace(move, sources=(initial,), target=move.until, verb=""))
    machine.initial = initial


def _until(state: str, order: Sequence[str]) -> tuple[str, ...]:
    """`can be cancelled until it is shipped`: every state before that one."""
    return tuple(order[: order.index(state)]) if state in order else ()


def _state_field(machine: _Machine, source: Evidence) -> DraftField:
    """The enum that the moves change, with every state among its values; made if there is none."""
    states = list(dict.fromkeys([machine.initial, *(s for m in machine.moves for s in (*m.sources, m.target))]))
    known = _moved(machine) or _holding(machine.entity, states)
    first = machine.moves[0]
    if known is None:
        token = Token("status", "status", first.start, first.end, "word", "N", "status")
        item = Item(
            "status", "status", Phrase((token,), first.start, first.end), Spec(type="enum"), first.start, first.end
        )
        known = DraftField("status", item, source.stated(first.start, first.end))
        machine.entity.fields["status"] = known
    ordered = _spelled(known.item.spec.values, states)
    spec = replace(
        known.item.spec,
        values=ordered,
        type="enum",
        default=machine.initial if machine.initial in ordered else ordered[0],
    )
    known.item = replace(known.item, spec=spec)
    return known


def _holding(entity: DraftEntity, states: list[str]) -> DraftField | None:
    return next(
        (f for f in entity.fields.values() if f.item.spec.values and set(states) <= set(f.item.spec.values)), None
    )


def _spelled(values: tuple[str, ...], states: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*values, *(s for s in states if s)]))


def _machine(machine: _Machine, state: DraftField, source: Evidence) -> StateMachine | None:
    values = state.item.spec.values
    transitions: list[Transition] = []
    # What is hidden and not deleted is restored at that path already.
    used: set[str] = {*machine.entity.toggles, *(("restore",) if machine.entity.soft_delete else ())}
    for target, moves in _by_target(machine, values):
        sources = tuple(dict.fromkeys(s for move in moves for s in move.sources if s in values and s != target))
        name = move_name(next((m.verb for m in moves if m.verb), ""), target)
        name = name if name not in used else f"to_{naming.snake(target)}"
        if name in used:
            continue
        used.add(name)
        source.used.extend((move.start, move.end) for move in moves)
        transitions.append(
            Transition(name=name, from_=sources, to=target, provenance=source.stated(moves[0].start, moves[0].end))
        )
    transitions.extend(_unreached(values, machine, transitions, used, source))
    if not transitions:
        return None
    return StateMachine(
        field=state.name,
        initial=machine.initial if machine.initial in values else values[0],
        transitions=tuple(transitions),
        provenance=transitions[0].provenance,
    )


def _by_target(machine: _Machine, values: tuple[str, ...]) -> list[tuple[str, list[Move]]]:
    """The moves of each transition: those into one state, apart where they are named by different verbs."""
    grouped: dict[str, dict[str, list[Move]]] = defaultdict(dict)
    for move in machine.moves:
        if move.target in values and any(s in values and s != move.target for s in move.sources):
            named = grouped[move.target]
            verb = move.verb or next(iter(named), "")
            if verb and "" in named:
                named[verb] = named.pop("")
            named.setdefault(verb, []).append(move)
    return [(target, moves) for target, named in grouped.items() for moves in named.values()]


def _unreached(
    values: tuple[str, ...], machine: _Machine, transitions: list[Transition], used: set[str], source: Evidence
) -> list[Transition]:
    """States that no told move leads to are reached from the first one: else no client could ever set them."""
    initial = machine.initial if machine.initial in values else values[0]
    reached = {t.to for t in transitions} | {initial}
    out: list[Transition] = []
    for target in values:
        name = move_name("", target)
        if target in reached or name in used:
            continue
        used.add(name)
        out.append(
            Transition(
                name=name,
                from_=(initial,),
                to=target,
                provenance=source.inferred(f"no move to {target} is told; it is reached from {initial}"),
            )
        )
    return out


def move_name(verb: str, target: str) -> str:
    """The stated verb, else the verb of the target, else `to_<state>`."""
    stem, _, particle = target.partition("_")
    form = conjugation.forms().get(stem)
    if verb and not (form is not None and form[0] == verb and particle in PARTICLES):
        return naming.snake(verb)
    if form is not None and form[1] in ("participle", "past") and particle in PARTICLES:
        return f"{form[0]}_{particle}"
    form = conjugation.forms().get(target)
    if form is not None and form[1] in ("participle", "past"):
        return form[0]
    return f"to_{naming.snake(target)}"


def _permissions(machine: _Machine, built: StateMachine, rights: RightsReader) -> tuple[Permission, ...]:
    """Who may make a move, where it is told with somebody; where no account is known to be them, nobody."""
    out: list[Permission] = []
    for transition in built.transitions:
        told = [m for m in (*machine.moves, *machine.loose) if m.target == transition.to and m.who is not None]
        grants = [g for m in told if (g := rights.move_grant(machine.entity, m.who, m.start, m.end)) is not None]
        left_out = [who for m in told for who in m.but]
        if left_out and grants:
            grants = all_but(grants, left_out, machine.entity, rights, transition.name)
        unknown = [m.who for m in told if m.who is not None and rights.is_no_account(m.who)]
        if unknown and not grants:
            rights.source.conflict(
                f"{unknown[0].text} may {transition.name} {machine.entity.key.replace('_', ' ')}, "
                "and nothing says which accounts those are.",
                "administrators",
            )
        if grants or unknown:
            place = rights.source.stated(told[0].start, told[0].end)
            allow = tuple(dict.fromkeys(grants))
            out.append(Permission(operation=f"transition:{transition.name}", allow=allow, provenance=place))
    return tuple(out)
