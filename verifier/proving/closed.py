"""Absolute values of what follows a recurrence: |xₜ - b| = |x₀ - b| |a|ᵗ, by the closed form of xₜ - b.

They are put into the goal, and into what is known at an index of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.linear import ONE, ZERO, plus, variable
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, substitute_indices, subterms
from verifier.proving.equations import close_the_gap
from verifier.proving.gaps import SIGN
from verifier.proving.gaps import ZERO as NOTHING
from verifier.proving.goals import Equation
from verifier.proving.moving import Lemmas, hole, is_of_numbers, moved, use, written
from verifier.proving.recurrences import closed_forms

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
MOST = 2


def by_closed_forms(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a statement about numbers, from the closed forms of what is under |·| in it; or None."""
    lemmas = Lemmas(context)
    values: dict[Term, Term] = {}
    known = [one.proposition for one in context.known if is_of_numbers(one.proposition)]
    for size, name in islice(_sizes(context, (goal, *known)), MOST):
        value = _of_size(lemmas, size, name)
        if value is not None:
            values[size] = value
    wanted = written(goal, values)
    said = {one: written(one, values) for one in known}
    if wanted == goal and all(one == other for one, other in said.items()):
        return None
    bare = lemmas.hidden()
    for one, other in said.items():
        if one != other:
            fact = next(k for k, fact in enumerate(context.known) if fact.proposition == one)
            lemmas.add(other, moved(lemmas.context, one, other, fact, values))
            bare = bare.assume(other)
    found = prove(bare, wanted)
    if found is None or wanted == goal:
        return None if found is None else lemmas.then(found)
    last = lemmas.add(wanted, found)
    return lemmas.then(moved(lemmas.context, wanted, goal, last, values))


def _sizes(context: Context, statements: Iterable[Term]) -> Iterator[tuple[Term, str]]:
    """The absolute values of what holds a member of a family, and the index of the claim at which it stands."""
    for part in dict.fromkeys(part for statement in statements for part in subterms(statement)):
        if part.head == "elementwise" and part.data[0] == "abs" and part.space().is_scalar:
            members = [inner for inner in subterms(part) if inner.head == "symbol" and inner.data[2]]
            for name, (lower, upper) in context.indices:
                at = variable(name)
                if lower == ZERO and upper is None and any(at in member.data[2] for member in members):
                    yield part, name


def _of_size(lemmas: Lemmas, size: Term, name: str) -> Term | None:
    """|c| |a|ᵗ for |body| where body = c aᵗ is shown by a recurrence; that they are equal is known after it."""
    (body,) = size.args
    context = lemmas.context
    taken = {other for other, _ in context.indices} | free_indices(body) | context.sequent.dimension_names
    fresh = fresh_name(name, taken)
    general = substitute_indices(body, {name: variable(fresh)})
    for ratio, start, lemma in closed_forms(context, general, fresh):
        proof = _by_induction(context, lemma)
        if proof is None:
            continue
        fact = lemmas.add(lemma, proof)
        index = Term("index", (), (variable(name),))
        power = Term("power", (ratio, index))
        equal = Term("equal", (body, Term("multiply", (start, power))))
        here = lemmas.add(equal, {"rule": "fact", "fact": fact, "at": [linear_to_data(variable(name))]})
        split = lemmas.add(*size_of_product(lemmas.context, start, power))
        of_power: dict[str, Any]
        if context.sign_holds(Term("greater_equal", (power, NOTHING))):
            value = Term("multiply", (_abs(start), power))
            of_power = _plain(power, SIGN)
        else:
            value = Term("multiply", (_abs(start), Term("power", (_abs(ratio), index))))
            powers = lemmas.add(*_size_of_power(lemmas.context, ratio, fresh))
            of_power = {"fact": powers, "at": [linear_to_data(variable(name))]}
        uses = [
            use(hole(), {"congruence": {"fact": here}, "context": term_to_data(_abs(hole()))}),
            use(hole(), {"fact": split}),
            use(Term("multiply", (_abs(start), hole())), of_power),
        ]
        lemmas.add(Term("equal", (size, value)), {"rule": "linear", "uses": uses})
        return value
    return None


def _by_induction(context: Context, lemma: Term) -> Certificate | None:
    """The certificate of ∀t ≥ 0 l = r, base and step by multiples of known equations."""
    name, lower, upper = lemma.data
    (statement,) = lemma.args
    base = _by_equations(context, substitute_indices(statement, {name: lower}))
    if base is None:
        return None
    inner = context.fix(name, (lower, upper)).assume(statement)
    step = _by_equations(inner, substitute_indices(statement, {name: plus(variable(name), ONE)}))
    return None if step is None else {"rule": "induction", "base": base, "step": step}


def _by_equations(context: Context, goal: Term) -> Certificate | None:
    equation = Equation.of(context, goal)
    return None if equation is None else close_the_gap(equation)


def size_of_product(context: Context, x: Term, y: Term) -> tuple[Term, Certificate]:
    """|x y| = |x| |y|, by the signs of both."""
    here = len(context.known)
    product = Term("multiply", (x, y))

    def of_signs(*negative: bool) -> Certificate:
        one, other = (_signed(term, minus) for term, minus in zip((x, y), negative, strict=True))
        same = {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": [{"fact": here}, {"fact": here + 1}]}]}
        uses = [
            use(hole(), _plain(_signed(product, negative[0] != negative[1]), same)),
            use(Term("negate", (Term("multiply", (hole(), _abs(y))),)), _plain(one, SIGN)),
            use(Term("negate", (Term("multiply", (one, hole())),)), _plain(other, SIGN)),
        ]
        return {"rule": "linear", "uses": uses}

    def of_y(negative: bool) -> Certificate:
        then, otherwise = of_signs(negative, False), of_signs(negative, True)
        return {"rule": "cases", "on": term_to_data(_positive(y)), "then": then, "else": otherwise}

    proof = {"rule": "cases", "on": term_to_data(_positive(x)), "then": of_y(False), "else": of_y(True)}
    return Term("equal", (_abs(product), Term("multiply", (_abs(x), _abs(y))))), proof


def _size_of_power(context: Context, base: Term, name: str) -> tuple[Term, Certificate]:
    """∀k |bᵏ| = |b|ᵏ, by induction."""
    at = Term("index", (), (variable(name),))
    power, of_size = Term("power", (base, at)), Term("power", (_abs(base), at))
    statement = Term("equal", (_abs(power), of_size))
    inner = context.fix(name, (ZERO, None)).assume(statement)
    lemma, proof = size_of_product(inner, power, base)
    uses = [
        use(hole(), {"lemma": term_to_data(lemma), "proof": proof}),
        use(Term("multiply", (hole(), _abs(base))), {"fact": len(inner.known) - 1}),
    ]
    induction = {"rule": "induction", "base": {"rule": "normal form"}, "step": {"rule": "linear", "uses": uses}}
    return Term("for_all", (statement,), (name, ZERO, None)), induction


def _abs(term: Term) -> Term:
    return Term("elementwise", (term,), ("abs", 0, ()))


def _signed(term: Term, negative: bool) -> Term:
    return Term("negate", (term,)) if negative else term


def _positive(term: Term) -> Term:
    return Term("greater", (term, NOTHING))


def _plain(term: Term, proof: Certificate) -> dict[str, Any]:
    """|u| = u from u ≥ 0"""
    return {"axiom": "abs_of_nonneg", "arguments": [term_to_data(term)], "premises": [proof], "indices": []}


__all__ = ["by_closed_forms", "size_of_product"]
