"""From formulas to claims: sequents with the definitions and hypotheses that bear on them, dimensions named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from verifier.derivation import Hypothesis
from verifier.kernel.closure import Range
from verifier.kernel.linear import Atom, Linear, atoms, constant, constant_value, minus, variable
from verifier.kernel.linear import substitute as substitute_form
from verifier.kernel.randomness import DECLARATIONS, MOMENTS
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import OPTIMUM, Term, free_indices, free_names, subterms
from verifier.reading.environment import Dimensions, Environment, flexible_atoms, rename_dimensions
from verifier.reading.random_symbols import inferred_randomness, over_all, random_names
from verifier.reading.recurrences import first_member
from verifier.reading.tied import at_points, definition_at_points

NAMES = ("n", "m", "p", "d", "q", "r", "s", "h", "l")


@dataclass(frozen=True)
class Facts:
    """What is known in a section: meanings, hypotheses, dimensions inferred so far."""

    environment: Environment
    hypotheses: tuple[Hypothesis, ...]
    dimensions: Dimensions


def sequent_of(
    conclusion: Term, indices: Mapping[str, Range], facts: Facts, *, within_optima: bool = False
) -> tuple[Sequent, tuple[Hypothesis, ...]]:
    """The closed claim, and the hypotheses in it with their origins. Raises ClaimError if it is not closed.

    ``within_optima``: what is said of an optimal point ŵ = argmin f is among them even if the claim is not about ŵ.
    """
    facts = _with_randomness(facts)
    definitions = _definitions(conclusion, facts)
    hypotheses = _relevant(conclusion, definitions, facts, within_optima)
    definitions = _definitions(conclusion, facts, [h.statement for h in hypotheses])
    known = [h.statement for h in hypotheses]
    conclusion = over_all(conclusion, random_names(known))
    conclusion, definitions = (
        at_points(conclusion, known, definitions),
        tuple(definition_at_points(d, known, definitions) for d in definitions),
    )
    statements = [conclusion, *known, *(d.body for d in definitions)]
    spoken = [
        *map(free_indices, (conclusion, *known)),
        *(free_indices(d.body) - dict(d.indices).keys() for d in definitions),
    ]
    ranges = _from_where_it_exists(conclusion, _ranges(spoken, indices, facts), facts.environment)
    renaming = _renaming(statements, [d.parameters for d in definitions], ranges, facts.dimensions)
    sequent = Sequent(
        conclusion=rename_dimensions(conclusion, renaming),
        hypotheses=tuple(rename_dimensions(h.statement, renaming) for h in hypotheses),
        definitions=tuple(_renamed_definition(d, renaming) for d in definitions),
        indices=tuple((name, _renamed_range(within, renaming)) for name, within in ranges.items()),
        dimensions=(
            *_dimensions(conclusion, hypotheses, definitions, ranges, renaming),
            *_implied_sizes([rename_dimensions(s, renaming) for s in statements]),
            *_implied_members(statements, facts.environment, ranges, renaming),
        ),
    )
    kept = tuple(
        Hypothesis(statement, h.origin, h.line) for h, statement in zip(hypotheses, sequent.hypotheses, strict=True)
    )
    return sequent, kept


def _with_randomness(facts: Facts) -> Facts:
    """What is known, with which symbols are random, where something is said of moments or distributions.

    That a symbol is constant says nothing anywhere else.
    """
    if not any(part.head in (*MOMENTS, *DECLARATIONS) for h in facts.hypotheses for part in subterms(h.statement)):
        return replace(facts, hypotheses=tuple(h for h in facts.hypotheses if h.statement.data != ("constant",)))
    meanings = facts.environment.all()
    definitions = [meaning.definition for meaning in meanings if meaning.definition is not None]
    return replace(facts, hypotheses=(*facts.hypotheses, *inferred_randomness(facts.hypotheses, definitions)))


def _definitions(conclusion: Term, facts: Facts, others: Iterable[Term] = ()) -> tuple[Definition, ...]:
    """The definitions that the statements depend on."""
    found: dict[str, Definition] = {}
    waiting = [conclusion, *others]
    while waiting:
        for name in sorted(free_names(waiting.pop())):
            meaning = facts.environment.find(name)
            if meaning is not None and meaning.definition is not None and name not in found:
                found[name] = meaning.definition
                waiting.append(meaning.definition.body)
    return tuple(found.values())


def _relevant(
    conclusion: Term, definitions: Iterable[Definition], facts: Facts, within_optima: bool = False
) -> tuple[Hypothesis, ...]:
    """The hypotheses that speak of the symbols of the claim, or of its sizes alone.

    They may do so through one another, or through what they speak of by a name: with g = x + y, g > 0 speaks of x.
    """
    names = set(free_names(conclusion))
    for definition in definitions:
        names |= free_names(definition.body)
    sizes = set(map(str, free_indices(conclusion)))
    every = list(facts.hypotheses)
    abouts = [_spoken_of(hypothesis.statement, facts) for hypothesis in every]
    chosen: set[int] = set()
    changed = True
    while changed:
        changed = False
        for k, hypothesis in enumerate(every):
            about = abouts[k]
            only = None if within_optima else point_of_optimum(hypothesis.statement)
            if only is not None and only not in names:
                continue
            spoken = about & names if about else sizes & set(map(str, free_indices(hypothesis.statement)))
            if k not in chosen and spoken:
                chosen.add(k)
                names |= about
                changed = True
    distinct: dict[Term, Hypothesis] = {}
    for k in sorted(chosen):
        distinct.setdefault(every[k].statement, every[k])
    return tuple(distinct.values())


def point_of_optimum(statement: Term) -> str | None:
    """ŵ of ŵ = argmin f: it says something of the symbols in f, but only who speaks of ŵ takes it for granted."""
    if statement.head == "equal" and statement.args[1].head == OPTIMUM and statement.args[0].head == "symbol":
        return str(statement.args[0].data[0])
    return None


def _spoken_of(statement: Term, facts: Facts) -> frozenset[str]:
    """The names in a statement, and in the definitions that it depends on, without their parameters."""
    bodies = (free_names(d.body) - {str(p.data[0]) for p in d.parameters} for d in _definitions(statement, facts))
    return free_names(statement).union(*bodies)


def _ranges(spoken: Iterable[Iterable[Atom]], indices: Mapping[str, Range], facts: Facts) -> dict[str, Range]:
    """The ranges of the free indices of each statement of a claim."""
    ranges: dict[str, Range] = {}
    for free in spoken:
        for atom in sorted(map(str, free)):
            meaning = facts.environment.find(atom)
            if atom in indices:
                low, high = indices[atom]
                high = None if high is None else facts.dimensions.resolve(high)
                if high is not None and any(str(a).startswith("?#") for a in atoms(high)):
                    high = None
                ranges[atom] = (facts.dimensions.resolve(low), high)
            elif meaning is not None and meaning.kind == "index" and meaning.range is not None:
                ranges[atom] = meaning.range
    return ranges


def _from_where_it_exists(conclusion: Term, ranges: dict[str, Range], environment: Environment) -> dict[str, Range]:
    """The ranges, from the first values at which every member of a family exists: w_{t-1} is said for t ≥ 1."""
    found = {}
    for name, (low, high) in ranges.items():
        first, least = constant_value(low), constant_value(first_member(conclusion, name, environment, low))
        later = first is not None and least is not None and least > first
        found[name] = (constant(int(least)) if later and least is not None else low, high)
    return found


def _renaming(
    statements: Iterable[Term], parameters: Iterable[tuple[Term, ...]], ranges: Mapping[str, Range], known: Dimensions
) -> dict[Any, Linear]:
    """Names for flexible dimensions: what was inferred, and fresh letters for the rest."""
    every = [*statements, *(p for group in parameters for p in group)]
    taken = {str(a) for statement in every for a in _all_atoms(statement)} | set(ranges)
    letters = (name for name in (*NAMES, *(f"n_{k}" for k in range(1, 200))) if name not in taken)
    renaming: dict[Any, Linear] = {}
    named: dict[Any, Linear] = {}

    def settle(atom: str) -> None:
        form = known.resolve(variable(atom))
        for inner in atoms(form):
            if str(inner).startswith("?") and inner not in named:
                index = str(inner).split("@")[0] if str(inner).startswith("?#") else inner
                named.setdefault(index, variable(next(letters)) if index not in named else named[index])
                named[inner] = named[index]
        renaming[atom] = substitute_form(form, named)

    for statement in every:
        for atom in flexible_atoms(statement):
            if atom not in renaming:
                settle(atom)
    for low, high in ranges.values():
        for inner in (*atoms(low), *atoms(high or ())):
            if str(inner).startswith("?") and inner not in renaming:
                settle(str(inner))
    return renaming


def _all_atoms(term: Term) -> Iterator[Any]:
    for part in subterms(term):
        yield from free_indices(part) if part is term else ()
        for shape in (part.shape, *(d for d in part.data if isinstance(d, Shape))):
            if shape is not None:
                for axis in shape.axes:
                    yield from atoms(axis)
        for held in part.data:
            if isinstance(held, str) and part.head in ("sum", "product", "build_rows", "build_columns", "for_all"):
                yield held


def _renamed_definition(definition: Definition, renaming: Mapping[Any, Linear]) -> Definition:
    return Definition(
        definition.name,
        rename_dimensions(definition.body, renaming),
        tuple(rename_dimensions(p, renaming) for p in definition.parameters),
        tuple((name, _renamed_range(within, renaming)) for name, within in definition.indices),
    )


def _renamed_range(within: Range, renaming: Mapping[Any, Linear]) -> Range:
    low, high = within
    return substitute_form(low, renaming), None if high is None else substitute_form(high, renaming)


def _implied_sizes(statements: Iterable[Term]) -> tuple[Linear, ...]:
    """Who writes x_3 says that there is a third entry: n - 2 is at least 1."""
    sizes: dict[Linear, None] = {}
    for statement in statements:
        for part in subterms(statement):
            if part.head not in ("entry", "row", "column"):
                continue
            shape = part.args[0].space()
            forms = part.data[0] if part.head == "entry" else part.data
            axes = (shape.length,) if len(forms) == 1 and part.head == "entry" else shape.axes
            axes = (shape.columns,) if part.head == "column" else axes
            for form, axis in zip(forms, axes, strict=False):
                number = constant_value(form)
                if number is not None and number > 1 and constant_value(axis) is None:
                    sizes[minus(axis, constant(number - 1))] = None
    return tuple(sizes)


def _implied_members(
    statements: Iterable[Term], environment: Environment, ranges: Mapping[str, Range], renaming: Mapping[Any, Linear]
) -> tuple[Linear, ...]:
    """Who writes x_3 of a family x_1, …, x_n says that there is a third member."""
    sizes: dict[Linear, None] = {}
    for part in (part for statement in statements for part in subterms(statement)):
        family = environment.find(str(part.data[0])) if part.head in ("symbol", "apply", "elementwise") else None
        for form, (_, high) in zip(part.data[2], family.indices, strict=False) if family is not None else ():
            number = constant_value(form)
            if number is None or high is None or constant_value(high) is not None or ranges.keys() & set(atoms(high)):
                continue
            meanings = (environment.find(str(atom)) for atom in atoms(high))
            if number > 1 and all(meaning is None or meaning.kind == "dimension" for meaning in meanings):
                sizes[minus(substitute_form(high, renaming), constant(int(number) - 1))] = None
    return tuple(sizes)


def _dimensions(
    conclusion: Term,
    hypotheses: Iterable[Hypothesis],
    definitions: Iterable[Definition],
    ranges: Mapping[str, Range],
    renaming: Mapping[Any, Linear],
) -> tuple[Linear, ...]:
    """Every dimension name, so that one that only limits a sum is known to be a dimension."""
    names: set[str] = set()
    for statement in (conclusion, *(h.statement for h in hypotheses)):
        names |= {str(a) for a in free_indices(rename_dimensions(statement, renaming))}
    within = list(ranges.values())
    for definition in definitions:
        own = {name for name, _ in definition.indices}
        names |= {str(a) for a in free_indices(rename_dimensions(definition.body, renaming))} - own
        within += [limits for _, limits in definition.indices]
    for limits in within:
        low, high = _renamed_range(limits, renaming)
        names |= {str(a) for a in (*atoms(low), *atoms(high or ()))}
    return tuple(variable(name) for name in sorted(names - set(ranges)))
