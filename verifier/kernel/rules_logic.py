"""The rules of logic. Γ is what the context knows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verifier.kernel.checking import RULES, Certificate, check, items, need, sub_proof
from verifier.kernel.context import Context
from verifier.kernel.heads import PROPERTIES
from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.kernel.references import axiom_instance, generalised, instance, is_defined, proved, reference
from verifier.kernel.serialization import linear_from_data, term_from_data
from verifier.kernel.terms import Term, free_indices, negation, substitute_indices
from verifier.kernel.unfolding import unfold

OF_ENTRIES = frozenset(PROPERTIES) - {
    *("random", "constant", "identically_distributed"),
    *("natural", "integer", "real", "stated"),
}


def _fact(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ, φ ⊢ φ, and Γ, ∀i φ ⊢ φ(e)"""
    quantifiers, relation = reference(context, {k: certificate[k] for k in ("fact", "at") if k in certificate}, 0)
    need(generalised(list(quantifiers), relation) == goal, "fact: says something else")


def _axiom(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ, a row of the table whose premises hold"""
    need("axiom" in certificate, "axiom: which?")
    need(axiom_instance(context, certificate, certificate["depth"]) == goal, "axiom: says something else")


def _and(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ∧ ψ from Γ ⊢ φ and Γ ⊢ ψ; Γ ⊢ φ ⟺ ψ from both implications"""
    parts = goal.args
    if goal.head == "iff":
        parts = (Term("implies", goal.args), Term("implies", goal.args[::-1]))
    need(goal.head in ("and", "iff"), f"and: the goal is {goal.head}")
    proofs = items(certificate, "proofs")
    need(len(proofs) == len(parts), f"and: {len(parts)} proofs")
    for part, proof in zip(parts, proofs, strict=True):
        check(context, part, proof, certificate["depth"] + 1)


def _or(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ∨ ψ from Γ ⊢ φ, or from Γ ⊢ ψ"""
    which = certificate.get("which")
    need(goal.head == "or" and type(which) is int and 0 <= which < len(goal.args), "or: which side?")
    sub_proof(context, goal.args[which], certificate, "proof")


def _implies(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ⟹ ψ from Γ, φ ⊢ ψ"""
    need(goal.head == "implies", f"implies: the goal is {goal.head}")
    sub_proof(context.assume(goal.args[0]), goal.args[1], certificate, "proof")


def _generalise(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∀i φ from Γ ⊢ φ, where i is not free in Γ"""
    need(goal.head == "for_all", f"generalise: the goal is {goal.head}")
    name, lower, upper = goal.data
    sub_proof(context.fix(name, (lower, upper)), goal.args[0], certificate, "proof")


def _witness(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∃i φ from Γ ⊢ φ(e), for e in the range of i"""
    need(goal.head == "exists", f"witness: the goal is {goal.head}")
    as_universal = Term("for_all", goal.args, goal.data)
    sub_proof(context, instance(context, as_universal, linear_from_data(certificate.get("at"))), certificate, "proof")


def _obtain(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ ∃i ψ and Γ, ψ(j) ⊢ φ, where j is not free in Γ and φ"""
    quantifiers, existence = reference(context, certificate.get("of"), certificate["depth"])
    need(existence.head == "exists" and not quantifiers, "obtain: from an existence")
    name, lower, upper = existence.data
    fresh = certificate.get("name")
    need(isinstance(fresh, str) and bool(fresh), "obtain: a name for what exists")
    need(fresh not in free_indices(goal) | free_indices(existence), f"obtain: the index {fresh} is not fresh")
    inner = context.fix(fresh, (lower, upper))
    sub_proof(inner.assume(substitute_indices(existence.args[0], {name: variable(fresh)})), goal, certificate, "then")


def _deny(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ¬φ from Γ, φ ⊢ 0 < 0"""
    need(goal.head == "not", f"deny: the goal is {goal.head}")
    zero = Term("number", (), (Fraction(0),))
    sub_proof(context.assume(goal.args[0]), Term("less", (zero, zero)), certificate, "proof")


def _cases(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ, ψ ⊢ φ and Γ, ¬ψ ⊢ φ"""
    condition = term_from_data(certificate.get("on"))
    need(condition.is_proposition, "cases: on a proposition")
    known = context.where_defined(condition)
    for proposition in context.domain(condition):
        need(known.covers(proposition), "cases: the condition is not defined wherever the claim is")
    sub_proof(context.assume(condition), goal, certificate, "then")
    sub_proof(context.assume(negation(condition)), goal, certificate, "else")


def _transport(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ P(M') from Γ ⊢ P(M) and Γ ⊢ M = M': a property of a matrix depends on its entries alone"""
    need(goal.head == "property", f"transport: the goal is {goal.head}")
    need(goal.data[0] in OF_ENTRIES, f"transport: that a term is {goal.data[0]} does not depend on its value alone")
    matrix = term_from_data(certificate.get("matrix"))
    need(not matrix.is_proposition and matrix.shape == goal.args[0].shape, "transport: a matrix of the same shape")
    property_of = Term("property", (matrix,), goal.data)
    context.closed(property_of)
    is_defined(context, matrix)
    sub_proof(context, property_of, certificate, "proof")
    sub_proof(context, Term("equal", (matrix, goal.args[0])), certificate, "equation")


def _cut(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ ψ and Γ, ψ ⊢ φ"""
    lemma = proved(context, certificate, certificate["depth"])
    sub_proof(context.assume(lemma), goal, certificate, "then")


def _either(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ ψ₁ ∨ ψ₂ and Γ, ψ₁ ⊢ φ and Γ, ψ₂ ⊢ φ"""
    quantifiers, disjunction = reference(context, certificate.get("of"), certificate["depth"])
    need(disjunction.head == "or" and not quantifiers, "either: of a disjunction")
    proofs = items(certificate, "proofs")
    need(len(proofs) == len(disjunction.args), f"either: {len(disjunction.args)} proofs")
    for part, proof in zip(disjunction.args, proofs, strict=True):
        check(context.assume(part), goal, proof, certificate["depth"] + 1)


def _absurd(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ ψ and Γ ⊢ ¬ψ"""
    lemma = proved(context, certificate, certificate["depth"])
    sub_proof(context, negation(lemma), certificate, "refutation")


def _induction(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∀t ≥ a φ(t) from Γ ⊢ φ(a) and Γ, φ(t) ⊢ φ(t + 1), where t is not free in Γ"""
    need(goal.head == "for_all", f"induction: the goal is {goal.head}")
    name, lower, upper = goal.data
    sub_proof(context, substitute_indices(goal.args[0], {name: lower}), certificate, "base")
    last = None if upper is None else plus(upper, constant(-1))
    inner = context.fix(name, (lower, last))
    following = substitute_indices(goal.args[0], {name: plus(variable(name), ONE)})
    sub_proof(replace(inner.assume(goal.args[0])), following, certificate, "step")


def _unfold(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ φ with its definitions unfolded"""
    sub_proof(context, unfold(goal, context.sequent.definitions), certificate, "proof")


RULES.update(
    {
        "fact": _fact,
        "axiom": _axiom,
        "and": _and,
        "or": _or,
        "implies": _implies,
        "generalise": _generalise,
        "witness": _witness,
        "obtain": _obtain,
        "deny": _deny,
        "cases": _cases,
        "either": _either,
        "absurd": _absurd,
        "transport": _transport,
        "cut": _cut,
        "induction": _induction,
        "unfold": _unfold,
    }
)
