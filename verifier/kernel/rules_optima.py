"""The rules about optima. Γ is what the context knows; u is a fresh symbol: it occurs nowhere in Γ, nor in the goal."""

from __future__ import annotations

from typing import Any

from verifier.kernel.checking import RULES, Certificate, check, items, need, sub_proof
from verifier.kernel.context import Context
from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.references import OF_OPTIMA, is_defined, reference
from verifier.kernel.serialization import term_from_data
from verifier.kernel.terms import Term, free_names
from verifier.kernel.unfolding import unfold

Proofs = list[Certificate]


def _optimum(context: Context, goal: Term, certificate: Certificate) -> None:
    """p ∈ argmin, p = argmin, argmin = argmin, v = min: from what they say of every u that the constraints admit"""
    need(goal.head in ("optimal", "equal"), f"optimum: the goal is {goal.head}")
    left, right = goal.args
    if not (is_set(right) or is_value(right)):
        left, right = right, left
    if goal.head == "equal" and is_set(left) and is_set(right):
        _same_points(context, goal, certificate)
    elif is_set(right):
        _point(context, goal, left, right, certificate)
    else:
        need(is_value(right), "optimum: the goal speaks of no optimum")
        _value(context, goal, left, right, certificate)


def _from_optimum(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ, where a known optimum gives φ: a comparison, a constraint that it meets, or that two points are one"""
    quantifiers, relation = reference(context, certificate.get("relation"), certificate["depth"])
    need(not quantifiers and relation == goal, "from optimum: says something else")


def _point(context: Context, goal: Term, point: Term, optimum: Term, certificate: Certificate) -> None:
    """Γ ⊢ p ∈ argmin_w {f : C} from Γ ⊢ C(p) and Γ, C(u) ⊢ f(p) ≤ f(u); for = also Γ, C(u), f(u) ≤ f(p) ⊢ u = p"""
    _is_no_optimum(context, point)
    of = optimum_of(optimum, context.sequent.definitions, context.randomness)
    fresh = _fresh(context, goal, of, certificate)
    _feasible(context, of, point, certificate, "feasible")
    inner = _admitting(context, of, fresh, certificate)
    sub_proof(inner, of.no_worse(point, fresh), certificate, "least")
    if goal.head == "equal":
        sub_proof(inner.assume(of.no_worse(fresh, point)), Term("equal", (fresh, point)), certificate, "unique")


def _same_point(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ p ∈ argmin, or p = argmin, from Γ ⊢ the same of q and Γ ⊢ q = p"""
    need(goal.head in ("optimal", "equal"), f"same point: the goal is {goal.head}")
    point, optimum = goal.args if is_set(goal.args[1]) else goal.args[::-1]
    need(is_set(optimum), "same point: the goal is about a point and an optimum")
    _is_no_optimum(context, point)
    other = _point_of(context, optimum_of(optimum, context.sequent.definitions, context.randomness), certificate)
    sub_proof(context, Term(goal.head, (other, optimum)), certificate, "proof")
    sub_proof(context, Term("equal", (other, point)), certificate, "equation")


def _value(context: Context, goal: Term, value: Term, optimum: Term, certificate: Certificate) -> None:
    """Γ ⊢ v = min_w {f : C} from Γ ⊢ C(p) and Γ ⊢ f(p) = v for some p, and Γ, C(u) ⊢ v ≤ f(u)"""
    _is_no_optimum(context, value)
    of = optimum_of(optimum, context.sequent.definitions, context.randomness)
    fresh = _fresh(context, goal, of, certificate)
    point = _point_of(context, of, certificate)
    _feasible(context, of, point, certificate, "feasible")
    inner = _admitting(context, of, fresh, certificate)
    sub_proof(context, Term("equal", (of.at(point), value)), certificate, "attained")
    sub_proof(inner, of.bounded(value, fresh), certificate, "least")


def _same_points(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ argmin f = argmin g from Γ, u ∈ argmin f ⊢ u ∈ argmin g and Γ, u ∈ argmin g ⊢ u ∈ argmin f"""
    proofs = items(certificate, "proofs")
    need(len(proofs) == 2, "optimum: two proofs, one for each inclusion")
    optima = [optimum_of(side, context.sequent.definitions, context.randomness) for side in goal.args]
    fresh = _fresh(context, goal, optima[0], certificate)
    both = items(certificate, "defined")
    need(len(both) == 2, "optimum: for each side, proofs that it is defined")
    for optimum, defined in zip(optima, both, strict=True):
        _admitting(context, optimum, fresh, {**certificate, "defined": defined})
    for side, other, proof in zip(goal.args, goal.args[::-1], proofs, strict=True):
        inner = context.assume(Term("optimal", (fresh, side)))
        check(inner, Term("optimal", (fresh, other)), proof, certificate["depth"] + 1)


def _fresh(context: Context, goal: Term, of: Optimum, certificate: Certificate) -> Term:
    """A symbol with the shape of the variable that nothing speaks of: neither the claim, nor Γ, nor the goal."""
    name = certificate.get("name")
    need(isinstance(name, str) and bool(name), "optimum: a name for the fresh symbol")
    need(not context.speaks_of(name) and name not in free_names(goal), f"optimum: the symbol {name} is not fresh")
    fresh = Term("symbol", (), (name, of.variable.shape, ()))
    context.closed(Term("equal", (fresh, fresh)))
    return fresh


def _is_no_optimum(context: Context, point: Term) -> None:
    """A point or a value: an optimum beside it, or a definition of one, would have to exist, and be one point."""
    whole = unfold(point, context.sequent.definitions, everywhere=True)
    need(not (is_set(whole) or is_value(whole)), "optimum: of a point and an optimum")


def _point_of(context: Context, of: Optimum, certificate: Certificate) -> Term:
    """The point that a certificate names; closed, and defined wherever the claim is."""
    point = term_from_data(certificate.get("with"))
    need(not point.is_proposition and point.shape == of.variable.shape, "optimum: a point of the variable's shape")
    context.closed(Term("equal", (point, point)))
    is_defined(context, point)
    return point


def _feasible(context: Context, of: Optimum, point: Term, certificate: Certificate, key: str) -> None:
    """Γ ⊢ C(p), a proof for each constraint."""
    proofs = items(certificate, key)
    need(len(proofs) == len(of.constraints), f"optimum: {len(of.constraints)} proofs that a point is feasible")
    for constraint, proof in zip(of.feasible(point), proofs, strict=True):
        context.closed(constraint)
        check(context, constraint, proof, certificate["depth"] + 1)


def _admitting(context: Context, of: Optimum, fresh: Term, certificate: Certificate) -> Context:
    """Γ, C(u), where C(u) is defined, and f(u) where C(u) holds: at sight, or by the proofs under ``defined``."""
    proofs = iter(items(certificate, "defined"))
    inner = context
    for statement in (*of.feasible(fresh), None):
        whole = Term("equal", (of.at(fresh), of.at(fresh))) if statement is None else statement
        inner.closed(whole)
        known = inner.where_defined(whole)
        for proposition in inner.domain(whole):
            if not known.covers(proposition):
                proof = next(proofs, None)
                need(proof is not None, "optimum: the objective or a constraint may be undefined")
                check(known, proposition, proof, certificate["depth"] + 1)
        if statement is not None:
            inner = inner.assume(statement)
    return inner


# what an optimum that is known gives


def compared(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ p ∈ argmin_w {f : C}, or p = it, and Γ ⊢ C(q) give Γ ⊢ f(p) ≤ f(q); Γ ⊢ v = min and Γ ⊢ C(q): v ≤ f(q)"""
    held, of, known = _known(context, data["optimum"], depth)
    point = _point_of(context, of, data)
    _feasible(context, of, point, {**data, "depth": depth}, "feasible")
    relation = of.bounded(held, point) if is_value(known) else of.no_worse(held, point)
    _is_covered(context, relation)
    return relation


def admitted(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ p ∈ argmin_w {f : C}, or p = it, gives Γ ⊢ C(p), the part of a number"""
    held, of, known = _known(context, data["admitted"], depth)
    which = data.get("which")
    need(is_set(known) and type(which) is int and 0 <= which < len(of.constraints), "optimum: which constraint?")
    constraint: Term = of.feasible(held)[which]
    _is_covered(context, constraint)
    return constraint


def unique(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ p = argmin_w {f : C}, Γ ⊢ C(q) and Γ ⊢ f(q) ≤ f(p) give Γ ⊢ q = p"""
    held, of, known = _known(context, data["unique"], depth, "equal")
    need(is_set(known), "optimum: a point is unique in an argmin")
    point = _point_of(context, of, data)
    _feasible(context, of, point, {**data, "depth": depth}, "feasible")
    relation = of.no_worse(point, held)
    _is_covered(context, relation)
    need("proof" in data, "optimum: a proof that the point is no worse")
    check(context, relation, data["proof"], depth + 1)
    return Term("equal", (point, held))


def _known(context: Context, data: Any, depth: int, *heads: str) -> tuple[Term, Optimum, Term]:
    """The point or value of a known optimum, what the optimum is of, and the optimum."""
    quantifiers, relation = reference(context, data, depth + 1)
    need(not quantifiers and relation.head in (heads or ("equal", "optimal")), "optimum: of a point and an optimum")
    left, right = relation.args
    if not (is_set(right) or is_value(right)):
        left, right = right, left
    need(is_set(right) or is_value(right), "optimum: of a point and an optimum")
    _is_no_optimum(context, left)
    return left, optimum_of(right, context.sequent.definitions, context.randomness), right


def _is_covered(context: Context, relation: Term) -> None:
    context.closed(relation)
    known = context.where_defined(relation)
    for proposition in context.domain(relation):
        need(known.covers(proposition), "optimum: not defined wherever the claim is")


RULES.update({"optimum": _optimum, "same point": _same_point, "from optimum": _from_optimum})
OF_OPTIMA.update({"optimum": compared, "admitted": admitted, "unique": unique})
