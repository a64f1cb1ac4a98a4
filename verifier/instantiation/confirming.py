"""A counterexample as it stands in a report, evaluated again: it is parsed, never trusted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from verifier.derivation import Counterexample
from verifier.instantiation import surds
from verifier.instantiation.counterexamples import AT_OUTCOMES, OUTCOMES, describe
from verifier.instantiation.dimensions import Shapes
from verifier.instantiation.evaluator import Index, Value
from verifier.instantiation.examining import Examiner
from verifier.instantiation.laws import Law
from verifier.instantiation.matrices import flat
from verifier.instantiation.outcomes import InstantiationError, NoModel, Work
from verifier.instantiation.plans import plan_of
from verifier.instantiation.problems import Problem, problem_of
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import FunctionKey, Key, Model, Start
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.undeclared import parse
from verifier.kernel import linear
from verifier.kernel.linear import Atom
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms

BUDGET = 2_000_000


def confirm(sequent: Sequent, counterexample: Counterexample, *, budget: int = BUDGET) -> Counterexample | None:
    """The counterexample, computed again, if all hypotheses hold in it and the claim, defined there, fails; else None.

    Of what it shows, only the values of what was drawn are those that were given.
    """
    try:
        problem = problem_of(sequent)
        model = _model(problem, counterexample, Work(budget))
        given = (set(model.values), set(model.polynomials))
        examiner = Examiner(problem)
        examiner.require_hypotheses(model)
        fails = examiner.conclusion(model).truth.fails is True
        if not fails or given != (set(model.values), set(model.polynomials)):
            return None
        return describe(examiner, model)
    except (InstantiationError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
        return None


def _model(problem: Problem, shown: Counterexample, work: Work) -> Model:
    dimensions: dict[Atom, int] = {name: _count(size, 1) for name, size in shown.dimensions.items()}
    indices: dict[Atom, int] = {name: _count(value, None) for name, value in shown.indices.items()}
    shapes = Shapes(problem)
    if set(map(str, dimensions)) != set(shapes.names) or not shapes.allowed(dimensions):
        raise NoModel("dimensions that are not those of the claim")
    if {name for name, _ in problem.sequent.indices} != set(indices) or not shapes.inside({**dimensions, **indices}):
        raise NoModel("indices that are not those of the claim")
    plan = plan_of(problem)
    values, symbol_shapes, terms = _values(problem, shown, dimensions, frozenset(plan.values))
    law = _law(problem, shown) if problem.chance.names else 0
    polynomials = {key: parse(text, arity) for key, text, arity in _functions(problem, shown, dimensions)}
    start = Start(values, symbol_shapes, polynomials, indices, tuple(None for _ in plan.equations), terms, law)
    return Model(plan, Drawer(Rationals(), Random(0)), dimensions, work, start)  # noqa: S311


def _law(problem: Problem, shown: Counterexample) -> Law:
    """The law that is shown. Raises NoModel unless it has probabilities."""
    probabilities = tuple(map(Fraction, shown.functions[OUTCOMES].split(AT_OUTCOMES)))
    if min(probabilities) < 0 or sum(probabilities) != 1:
        raise NoModel("probabilities that are none")
    members: dict[Key, tuple[tuple[Fraction, ...], ...]] = {}
    for text, values in shown.functions.items():
        if text != OUTCOMES and text.partition("[")[0] in problem.chance.names:
            name, groups = _split(text, problem.chance.names)
            found = tuple(tuple(map(Fraction, v.strip("()").split(", "))) for v in values.split(AT_OUTCOMES))
            if len(found) != len(probabilities):
                raise NoModel("a law with other outcomes")
            members[name, groups[0] if groups else ()] = found
    return Law(probabilities, members)


def _count(number: Any, least: int | None) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or (least is not None and number < least):
        raise NoModel(f"{number!r} as a dimension or an index")
    return number


def _statements(problem: Problem) -> Iterator[Term]:
    for statement in (problem.conclusion, *problem.hypotheses):
        yield from subterms(statement)
    for definition in problem.dependence.definitions.values():
        yield from subterms(definition.body)


def _values(
    problem: Problem, shown: Counterexample, dimensions: dict[Atom, int], given: frozenset[str]
) -> tuple[dict[Key, Value], dict[Key, Shape], dict[Key, Term]]:
    """The values that are shown, and irrational ones as terms; balls have to be given by a condition."""
    known = {part.data[0]: part.data[1] for part in _statements(problem) if part.head == "symbol"}
    values: dict[Key, Value] = {}
    shapes: dict[Key, Shape] = {}
    terms: dict[Key, Term] = {}
    for text, held in shown.values.items():
        name, groups = _split(text, frozenset(known))
        key = (name, groups[0] if groups else ())
        try:
            values[key] = _value(held, known[name], dimensions)
        except ValueError:
            if name in given:
                continue
            if not known[name].is_scalar:
                raise
            terms[key] = surds.term_of(surds.parse(held))
        else:
            shapes[key] = known[name]
    return values, shapes, terms


def _split(text: str, names: frozenset[str]) -> tuple[str, list[Index]]:
    """A name and the groups of numbers in brackets after it."""
    groups: list[Index] = []
    name = text
    while name not in names:
        name, bracket, inside = name.rpartition("[")
        if not bracket or not inside.endswith("]"):
            raise NoModel(f"{text} is no symbol of the claim")
        groups.insert(0, tuple(int(number) for number in inside[:-1].split(",")))
    return name, groups


def _value(held: Any, shape: Shape, dimensions: dict[Atom, int]) -> Value:
    ring = Rationals()
    if shape.is_scalar:
        return ring.number(Fraction(held))
    height, width = (linear.value(axis, dimensions) for axis in shape.axes)
    entries = [ring.number(Fraction(entry)) for entry in flat(held)]
    if len(entries) != height * width:
        raise NoModel(f"a value of {len(entries)} entries for {shape}")
    return [entries[r * width : (r + 1) * width] for r in range(height)]


def _functions(
    problem: Problem, shown: Counterexample, dimensions: dict[Atom, int]
) -> Iterator[tuple[FunctionKey, str, int]]:
    """Key, text and number of variables of each undeclared function."""
    used = {part.data[0]: part for part in _statements(problem) if part.head in ("apply", "elementwise")}
    for text, polynomial in shown.functions.items():
        if problem.chance.names and (text == OUTCOMES or text.partition("[")[0] in problem.chance.names):
            continue
        name, groups = _split(text, frozenset(used))
        term = used[name]
        index = groups.pop(0) if term.data[2] else ()
        place = tuple(number - 1 for number in groups.pop(0)) if groups else ()
        yield (name, index, place), polynomial, _arity(term, dimensions)


def _arity(term: Term, dimensions: dict[Atom, int]) -> int:
    if term.head == "elementwise":
        return 1
    count = 0
    for arg in term.args:
        size = 1
        for axis in arg.space().axes:
            size *= linear.value(axis, dimensions)
        count += size
    return count
