"""Counterexamples as plain data: how a model is shown, and how what is shown is checked again."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from verifier.derivation import Counterexample
from verifier.instantiation.evaluator import Environment, Evaluator, Value
from verifier.instantiation.examining import Examiner, beyond_rationals, in_balls
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.objectives import Objective, is_optimum, sides
from verifier.instantiation.optima import witness
from verifier.instantiation.outcomes import NeedsBalls
from verifier.instantiation.propositions import instances
from verifier.instantiation.sampling import Key, Model
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms

DIGITS = 20
LARGEST_SHIFT = 128
RELATIONS = {
    "equal": "=",
    "not_equal": "≠",
    "less": "<",
    "less_equal": "≤",
    "greater": ">",
    "greater_equal": "≥",
    "loewner_less": "≺",
    "loewner_less_equal": "⪯",
    "loewner_greater": "≻",
    "loewner_greater_equal": "⪰",
}
OUTCOMES, AT_OUTCOMES = "probabilities", "; "
FAILURES = {
    "or": "no part of the disjunction holds",
    "not": "what is denied holds",
    "exists": "it holds for no index",
}


def describe(examiner: Examiner, model: Model) -> Counterexample:
    """The model in which the conclusion fails, and where it fails."""
    part, env, where = failing_part(examiner, model)
    left, right, exact = None, None, True
    found_exactly = examiner.conclusion(model).exact
    if any(map(is_optimum, part.args)):
        where = "; ".join(filter(None, (where, _of_optimum(model, part, env, found_exactly))))
    elif part.head in RELATIONS:
        (left, right), exact = _sides(model, part, env, found_exactly)
        if part.args[0].shape is not None and not part.args[0].space().is_scalar:
            where = "; ".join(filter(None, (where, _entry(left, right))))
    elif not where:
        where = FAILURES.get(part.head, f"the {part.head} fails")
        if part.head == "property":
            where = f"it is not {part.data[0].replace('_', ' ')}"
    values, all_exact = _values(examiner, model)
    return Counterexample(
        dimensions={str(name): size for name, size in model.dimensions.items()},
        values=values,
        left=left,
        right=right,
        functions={**_functions(model), **_law(model)},
        indices={str(name): value for name, value in model.indices.items()},
        exact=exact and all_exact and found_exactly,
        where=where,
    )


def shown(entry: Any) -> str:
    """A number: a rational as it is, a ball as its midpoint with its radius (without, if it is 0)."""
    if isinstance(entry, arb):
        rational = _rational(entry)
        if rational is not None:
            return str(rational)
        middle, _, radius = entry.str(DIGITS).strip("[]").partition(" +/- ")
        return f"{middle} ± {radius}" if radius else middle
    return str(entry)


def _rational(ball: arb) -> fmpq | None:
    """The number that an exact ball is; None if it takes many digits to write, or the ball is not exact."""
    if not ball.is_exact():
        return None
    mantissa, exponent = ball.mid().man_exp()
    if abs(exponent) > LARGEST_SHIFT:
        return None
    number = fmpq(mantissa) * fmpq(2) ** int(exponent)
    return number if len(str(number)) <= 2 * DIGITS else None


def plain_value(value: Value, shape: Shape | None) -> Any:
    """A value as strings: a vector is a flat list, a matrix a list of rows."""
    if isinstance(value, list) and shape is not None and shape.is_vector:
        return [shown(entry) for entry in flat(value)]
    return entrywise(shown, value)


def key_text(name: str, index: tuple[int, ...]) -> str:
    """``X`` or ``X[1,2]``"""
    return f"{name}[{','.join(map(str, index))}]" if index else name


def _functions(model: Model) -> dict[str, str]:
    texts: dict[str, str] = {}
    for (name, index, place), polynomial in sorted(model.polynomials.items(), key=lambda item: item[0]):
        texts[key_text(key_text(name, index), tuple(k + 1 for k in place))] = str(polynomial)
    return texts


def _law(model: Model) -> dict[str, str]:
    """The law of the random symbols: the probabilities of the outcomes, and the values of each member at them."""
    if model.odds is None:
        return {}
    law = model.odds.law.merged()
    texts = {OUTCOMES: AT_OUTCOMES.join(map(str, law.probabilities))}
    for (name, index), values in law.members.items():
        texts[key_text(name, index)] = AT_OUTCOMES.join(_entries_text(entries) for entries in values)
    return texts


def _entries_text(entries: tuple[Fraction, ...]) -> str:
    return str(entries[0]) if len(entries) == 1 else f"({', '.join(map(str, entries))})"


# values


def _values(examiner: Examiner, model: Model) -> tuple[dict[str, Any], bool]:
    """The free symbols of the claim, those that conditions give included; and whether all are rational."""
    texts: dict[str, Any] = {}
    exact = True
    for key, term in model.terms.items():
        texts[key_text(*key)] = str(_irrational(model, term))
    for key, shape in sorted(_used(examiner, model), key=lambda item: item[0]):
        value = _member(model, key, shape)
        exact = exact and not any(isinstance(entry, arb) for entry in flat(value))
        texts[key_text(*key)] = plain_value(value, shape)
    return dict(sorted(texts.items())), exact


def _irrational(model: Model, term: Term) -> Value:
    return beyond_rationals(model, lambda ev: ev.value(term, ev.base))


def _used(examiner: Examiner, model: Model) -> Iterator[tuple[Key, Shape]]:
    known: dict[Key, Shape] = {key: shape for key, shape in model.shapes.items() if key not in model.terms}
    for term in (examiner.problem.conclusion, *examiner.problem.hypotheses):
        for part in subterms(term):
            if part.head == "symbol" and part.data[0] in model.plan.values and not part.data[2]:
                known.setdefault((part.data[0], ()), part.data[1])
    random = examiner.problem.chance.tainted  # what an equation makes of the outcome follows from the law
    yield from ((key, shape) for key, shape in known.items() if key[0] not in random)


def _member(model: Model, key: Key, shape: Shape) -> Value:
    try:
        return model.exact.member(key[0], key[1], shape, None)
    except NeedsBalls:
        return in_balls(model, lambda ev: ev.member(key[0], key[1], shape, None))


def _sides(model: Model, part: Term, env: Environment, exactly: bool) -> tuple[tuple[Any, Any], bool]:
    def both(ev: Evaluator) -> tuple[Any, Any]:
        left, right = (plain_value(value, arg.shape) for value, arg in zip(ev.sides(part, env), part.args, strict=True))
        return left, right

    try:
        return both(model.exact), True
    except NeedsBalls:
        return (beyond_rationals(model, both), True) if exactly else (in_balls(model, both), False)


def _of_optimum(model: Model, part: Term, env: Environment, exactly: bool) -> str:
    """Why a point is not optimal, in words."""

    def find(ev: Evaluator) -> str:
        point, optimum = sides(part)
        of = Objective.of(ev, optimum, env)
        if is_optimum(point):
            return "a point of one is no point of the other"
        held = ev.value(point, env)
        if of.kind in ("min", "max"):
            return f"the {of.kind} is not {shown(held)}"
        return _better(of, flat(held), part.head == "equal")

    try:
        return find(model.exact)
    except NeedsBalls:
        return str((beyond_rationals if exactly else in_balls)(model, find))


def _better(of: Objective, point: list[Any], alone: bool) -> str:
    if of.feasible(point).fails is True:
        return "the point does not meet the constraints"
    found = witness(of, point, alone)
    if found is None:
        return "the point is not optimal"
    shown_point = [shown(entry) for entry in found.point]
    there = f"({', '.join(shown_point)})" if of.size > 1 or not of.variable.space().is_scalar else shown_point[0]
    text = f"the objective is {shown(found.other)} at the point"
    if found.strictly:
        return f"{text}, and {shown(found.value)} at {there}"
    return f"{text}, and at {there} too"


def _entry(left: Any, right: Any) -> str:
    """The first entry at which two values differ."""
    for r, (a, b) in enumerate(zip(left, right, strict=True), start=1):
        if isinstance(a, list):
            for c, (p, q) in enumerate(zip(a, b, strict=True), start=1):
                if p != q:
                    return f"entry ({r}, {c})"
        elif a != b:
            return f"entry {r}"
    return ""


# where it fails


def failing_part(examiner: Examiner, model: Model) -> tuple[Term, Environment, str]:
    """The part of the conclusion that fails, the indices there, and both in words."""

    def find(ev: Evaluator) -> tuple[Term, Environment, list[str]]:
        return _descend(ev, examiner.problem.conclusion, ev.base)

    try:
        part, env, words = find(model.exact)
    except NeedsBalls:
        by = beyond_rationals if examiner.conclusion(model).exact else in_balls
        part, env, words = by(model, find)
    return part, env, ", ".join(words)


def _descend(ev: Evaluator, term: Term, env: Environment) -> tuple[Term, Environment, list[str]]:
    match term.head:
        case "and":
            for k, arg in enumerate(term.args, start=1):
                if ev.truth(arg, env).fails:
                    part, inner, words = _descend(ev, arg, env)
                    return part, inner, [f"part {k} of the conjunction", *words]
        case "for_all":
            for inner in instances(ev, term, env):
                if ev.truth(term.args[0], inner).fails:
                    part, deeper, words = _descend(ev, term.args[0], inner)
                    return part, deeper, [f"{term.data[0]} = {inner.indices[term.data[0]]}", *words]
        case "implies":
            part, inner, words = _descend(ev, term.args[1], env)
            return part, inner, ["the premise holds", *words]
        case "iff":
            left = bool(ev.truth(term.args[0], env).holds)
            one, other = ("left", "right") if left else ("right", "left")
            return term, env, [f"the {one} side holds, the {other} side fails"]
    return term, env, []
