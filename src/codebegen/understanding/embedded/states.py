"""State machines from moves: which entity, which field, where a move starts, what it is called."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.blueprint import Permission, StateMachine, Transition
from codebegen.understanding.embedded.all_but import all_but
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Fact, Move
from codebegen.understanding.embedded.gather_moves import ToldMoves, gather_moves, state_field
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.rights import RightsReader
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.state_words import PARTICLES, as_listed, before_deed, undecided
from codebegen.understanding.embedded.text import Token


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
    for key, found in gather_moves(facts, names, draft, source).items():
        _settle(found)
        if not found.moves:
            continue
        state = _holder(found, source)
        built = _machine(found, state, source)
        if built is None:
            continue
        machines[key] = built
        permissions[key] = _permissions(found, built, rights)
    return Machines(machines, permissions)


def _moved(machine: ToldMoves) -> DraftField | None:
    """The field that the moves change: none that holds other things (`stage (group, final)`, `goes live, over`)."""
    known = state_field(machine.entity)
    states = {machine.initial, *(s for m in machine.moves for s in (*m.sources, m.target))}
    other = known is not None and known.name != "status" and known.item.spec.values and machine.moves
    return None if known is None or (other and states.isdisjoint(known.item.spec.values)) else known


def _settle(machine: ToldMoves) -> None:
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


def _holder(machine: ToldMoves, source: Evidence) -> DraftField:
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


def _machine(machine: ToldMoves, state: DraftField, source: Evidence) -> StateMachine | None:
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


def _by_target(machine: ToldMoves, values: tuple[str, ...]) -> list[tuple[str, list[Move]]]:
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
    values: tuple[str, ...], machine: ToldMoves, transitions: list[Transition], used: set[str], source: Evidence
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


def _permissions(machine: ToldMoves, built: StateMachine, rights: RightsReader) -> tuple[Permission, ...]:
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
