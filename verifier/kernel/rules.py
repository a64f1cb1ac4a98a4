"""The rules of inference. A certificate is a tree of dictionaries, each with a "rule" of the table at the end.

The kernel searches for nothing: it computes normal forms and compares. Γ is what the context knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import COMPARISONS, HOLE, CertificateError, Context
from verifier.kernel.functions import FUNCTIONS
from verifier.kernel.heads import PROPERTIES
from verifier.kernel.linear import ONE, Linear, constant, constant_value, plus, variable
from verifier.kernel.multipliers import filled, is_transparent, vanishes
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.sequents import Definition, Range
from verifier.kernel.serialization import fraction, linear_from_data, term_from_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.signs import NON_NEGATIVE, NONZERO, POSITIVE
from verifier.kernel.terms import Term, free_names, negation, substitute_indices, subterms
from verifier.kernel.unfolding import unfold

LARGEST_AXIS = 12
DEEPEST = 40
OF_ENTRIES = frozenset(PROPERTIES) - {"random", "natural", "integer", "real", "stated"}
Certificate = Any
Rule = Callable[[Context, Term, Certificate], None]


def check(context: Context, goal: Term, certificate: Certificate, depth: int = 0) -> None:
    """Γ ⊢ goal. Raises CertificateError unless the certificate shows it."""
    if depth > DEEPEST:
        raise CertificateError(f"a certificate is at most {DEEPEST} rules deep")
    if not isinstance(certificate, dict):
        raise CertificateError("a certificate is a dictionary with a rule")
    rule = RULES.get(str(certificate.get("rule")))
    if rule is None:
        raise CertificateError(f"there is no rule {certificate.get('rule')!r}")
    context.algebra.spend()
    rule(context, goal, {**certificate, "depth": depth})


def _sub(context: Context, goal: Term, certificate: Certificate, key: str) -> None:
    if key not in certificate:
        raise CertificateError(f"{certificate['rule']}: no {key}")
    check(context, goal, certificate[key], certificate["depth"] + 1)


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise CertificateError(message)


# equalities and inequalities


def _normal_form(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s = t, if s - t normalises to zero at every entry"""
    _linear(context, goal, {**certificate, "uses": []})


def _linear(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s = t, if s - t - Σ Cₖ[lₖ - rₖ] normalises to zero, where Γ ⊢ lₖ = rₖ and Cₖ is linear"""
    _need(goal.head == "equal", f"linear: the goal is no equation but {goal.head}")
    uses = [_use(context, use, certificate["depth"]) for use in _list(certificate, "uses")]
    left, right = goal.args
    for _, term in uses:
        _need(term.shape == left.shape, f"linear: a multiplier of {term.shape} in a goal of {left.shape}")
    for at in _entries(context, left):
        total = _gap(context, left, right, at)
        for definition, term in uses:
            read = context.reader_with(definition)
            total = context.algebra.subtract(total, read.entry(term, at, context.scope()))
        _need(not total, "linear: what is left over is not zero")


def _gap(context: Context, left: Term, right: Term, at: tuple[Linear, ...]) -> NormalForm:
    read, scope = context.reader(), context.scope()
    return context.algebra.subtract(read.entry(left, at, scope), read.entry(right, at, scope))


def _entries(context: Context, term: Term) -> Iterator[tuple[Linear, ...]]:
    """Places that stand for all entries: a fresh index along a symbolic axis, every one along a short numeric one."""
    choices: list[list[Linear]] = []
    for size in term.space().axes:
        number = constant_value(size)
        if number is not None and number <= LARGEST_AXIS:
            choices.append([constant(k) for k in range(1, number + 1)])
        else:
            choices.append([variable(context.algebra.temporary(ONE, size))])
    yield from product(*choices)


def _list(certificate: Certificate, key: str) -> list[Any]:
    held = certificate.get(key, [])
    _need(isinstance(held, list) and len(held) <= 2000, f"{key} is a list of at most 2000")
    return list(held)


def _use(context: Context, use: Any, depth: int) -> tuple[Definition, Term]:
    """A multiplier C[□] and the definition □ := l - r, where Γ ⊢ l = r."""
    _need(isinstance(use, dict), "a use is a dictionary")
    quantifiers, relation = _reference(context, use.get("relation"), depth)
    _need(relation.head == "equal", f"linear: a relation is an equation, not {relation.head}")
    definition = Definition(HOLE, Term("subtract", relation.args), (), quantifiers)
    term = term_from_data(use.get("context"))
    _need(vanishes(term), "linear: a multiplier must be linear in □, and not differentiate it")
    _closed_with(context, term, definition)
    _defined(context, term)
    return definition, term


def _closed_with(context: Context, term: Term, definition: Definition) -> None:
    """Raises ClaimError unless every index of the multiplier is bound, and □ is used within its ranges."""
    context.sequent.check_further(term, context.indices, definition)


def _defined(context: Context, term: Term) -> None:
    """The multiplier has no domain beyond what is known."""
    for proposition in context.domain(term):
        if HOLE in free_names(proposition) or not context.covers(proposition):
            raise CertificateError("a multiplier is not defined wherever the claim is")


def _reference(context: Context, data: Any, depth: int) -> tuple[tuple[tuple[str, Range], ...], Term]:
    """A known or derived relation, as (quantified indices, relation)."""
    _need(isinstance(data, dict), "a relation is named by a dictionary")
    if "fact" in data:
        proposition = context.use(data["fact"])
    elif "axiom" in data:
        proposition = _axiom_instance(context, data, depth)
    elif "congruence" in data:
        proposition = _congruence(context, data, depth)
    else:
        raise CertificateError("a relation is a fact, an axiom or a congruence")
    for form in _list(data, "at"):
        proposition = instance(context, proposition, linear_from_data(form))
    quantifiers: list[tuple[str, Range]] = []
    while proposition.head == "for_all":
        name, lower, upper = proposition.data
        quantifiers.append((name, (lower, upper)))
        proposition = proposition.args[0]
    return tuple(quantifiers), proposition


def instance(context: Context, proposition: Term, form: Linear) -> Term:
    """Γ ⊢ ∀i φ gives Γ ⊢ φ(e), for e in the range of i"""
    _need(proposition.head == "for_all", "only a ∀ can be instantiated")
    name, lower, upper = proposition.data
    probe = Definition(HOLE, Term("number", (), (Fraction(0),)), (), ((name, (lower, upper)),))
    _closed_with(context, Term("symbol", (), (HOLE, SCALAR, (form,))), probe)
    return substitute_indices(proposition.args[0], {name: form})


def _axiom_instance(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ statement(arguments) if Γ ⊢ each premise, for all values of the quantified indices"""
    row = AXIOMS.get(str(data["axiom"]))
    if row is None:
        raise CertificateError(f"there is no axiom {data['axiom']!r}")
    indices = _quantifiers(data)
    inner = context
    for name, within in indices:
        inner = inner.fix(name, within)
    arguments = tuple(term_from_data(item) for item in _list(data, "arguments"))
    _need(len(arguments) == row.arity, f"the axiom {data['axiom']} takes {row.arity} arguments")
    statement = row.statement(*arguments)
    inner.closed(statement)
    spoken = {part.data[0] for part in subterms(statement) if part.head == "elementwise"} & FUNCTIONS.keys()
    defined = spoken & {definition.name for definition in context.sequent.definitions}
    _need(not defined, f"the axiom {data['axiom']} is not about a function that the claim defines: {sorted(defined)}")
    _need("premises" in data, f"the axiom {data['axiom']}: no premises are named")
    premises = row.premises(*arguments)
    proofs = _list(data, "premises")
    _need(len(proofs) == len(premises), f"the axiom {data['axiom']} has {len(premises)} premises")
    for premise, proof in zip(premises, proofs, strict=True):
        check(inner, premise, proof, depth + 1)
    for argument in arguments:
        _defined(inner, argument)
    context.log.axioms.add(str(data["axiom"]))
    return _generalised(indices, statement)


def _generalised(indices: list[tuple[str, Range]], proposition: Term) -> Term:
    for name, (lower, upper) in reversed(indices):
        proposition = Term("for_all", (proposition,), (name, lower, upper))
    return proposition


def _quantifiers(data: Any) -> list[tuple[str, Range]]:
    indices: list[tuple[str, Range]] = []
    for item in _list(data, "indices"):
        _need(isinstance(item, list) and len(item) == 3 and isinstance(item[0], str), "an index is [name, from, to]")
        name, lower, upper = item
        indices.append((name, (linear_from_data(lower), None if upper is None else linear_from_data(upper))))
    return indices


def _congruence(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ l = r gives Γ ⊢ F(l) = F(r), for F that differentiates and binds nothing in l and r"""
    _need(depth < DEEPEST, f"a certificate is at most {DEEPEST} rules deep")
    quantifiers, relation = _reference(context, data["congruence"], depth + 1)
    _need(relation.head == "equal" and not quantifiers, "congruence: needs an equation without quantifiers")
    term = term_from_data(data.get("context"))
    _need(is_transparent(term), "congruence: □ may not stand under a derivative, a substitution or a binder")
    sides = []
    for side in relation.args:
        whole = filled(term, side)
        context.closed(Term("equal", (whole, whole)))
        for proposition in context.domain(whole):
            _need(context.covers(proposition), "congruence: not defined wherever the claim is")
        sides.append(whole)
    return Term("equal", tuple(sides))


def _nonnegative(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s ≤ t, if t - s - Σ Cₖ[lₖ - rₖ] - Σ cⱼ Π squares Π gaps is zero with cⱼ > 0; strict if some summand is"""
    comparison = COMPARISONS.get(goal.head)
    if comparison is None or goal.head == "not_equal":
        raise CertificateError(f"nonnegative: the goal is no ≤ or < but {goal.head}")
    sign, strength = comparison
    large, small = goal.args if sign > 0 else goal.args[::-1]
    total = _gap(context, large, small, (ONE, ONE))
    for use in _list(certificate, "uses"):
        definition, term = _use(context, use, certificate["depth"])
        read = context.reader_with(definition)
        total = context.algebra.subtract(total, read.scalar(term, context.scope()))
    strict = False
    for summand in _list(certificate, "summands"):
        form, positive = _summand(context, summand, certificate["depth"])
        strict = strict or positive
        total = context.algebra.subtract(total, form)
    _need(not total, "nonnegative: what is left over is not zero")
    _need(strength == NON_NEGATIVE or strict, "nonnegative: < needs a summand that is positive")


def _summand(context: Context, data: Any, depth: int) -> tuple[NormalForm, bool]:
    """c · Π ‖square‖² · Π gap, summed over indices; and whether it is positive"""
    _need(isinstance(data, dict), "a summand is a dictionary")
    coefficient = fraction(data.get("coefficient"))
    _need(coefficient > 0, "nonnegative: a coefficient is positive")
    indices = _quantifiers(data)
    inner = context
    for name, within in indices:
        inner = inner.fix(name, within)
    term: Term = Term("number", (), (coefficient,))
    strict = not indices
    for item in _list(data, "squares"):
        square = term_from_data(item)
        inner.closed(Term("equal", (square, square)))
        _defined(inner, square)
        norm = Term("norm", (square,), ("F",))
        term = Term("multiply", (term, Term("power", (norm, Term("number", (), (Fraction(2),))))))
        strict = False
    for item in _list(data, "gaps"):
        quantifiers, relation = _reference(inner, item, depth)
        comparison = COMPARISONS.get(relation.head)
        if quantifiers or comparison is None:
            raise CertificateError("nonnegative: a gap is of a comparison without quantifiers")
        _need(comparison[1] != NONZERO, "nonnegative: ≠ has no gap")
        strict = strict and comparison[1] == POSITIVE
        term = Term("multiply", (term, Term("subtract", relation.args[:: comparison[0]])))
    for name, (lower, upper) in reversed(indices):
        _need(upper is not None, "nonnegative: a sum is finite")
        term = Term("sum", (term,), (name, lower, upper))
    context.closed(Term("equal", (term, term)))
    return context.scalar(term), strict


def _sign(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ t > 0, t ≥ 0, t ≠ 0, by the signs of summands and factors"""
    comparable = goal.head in COMPARISONS and goal.args[0].space().is_scalar
    _need(comparable and context.sign_holds(goal), "sign: the signs of summands and factors do not show it")


# logic


def _fact(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ, φ ⊢ φ, and Γ, ∀i φ ⊢ φ(e)"""
    quantifiers, relation = _reference(context, {k: certificate[k] for k in ("fact", "at") if k in certificate}, 0)
    _need(_generalised(list(quantifiers), relation) == goal, "fact: says something else")


def _axiom(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ, a row of the table whose premises hold"""
    _need("axiom" in certificate, "axiom: which?")
    _need(_axiom_instance(context, certificate, certificate["depth"]) == goal, "axiom: says something else")


def _and(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ∧ ψ from Γ ⊢ φ and Γ ⊢ ψ; Γ ⊢ φ ⟺ ψ from both implications"""
    parts = goal.args
    if goal.head == "iff":
        parts = (Term("implies", goal.args), Term("implies", goal.args[::-1]))
    _need(goal.head in ("and", "iff"), f"and: the goal is {goal.head}")
    proofs = _list(certificate, "proofs")
    _need(len(proofs) == len(parts), f"and: {len(parts)} proofs")
    for part, proof in zip(parts, proofs, strict=True):
        check(context, part, proof, certificate["depth"] + 1)


def _or(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ∨ ψ from Γ ⊢ φ, or from Γ ⊢ ψ"""
    _need(goal.head == "or" and certificate.get("which") in range(len(goal.args)), "or: which side?")
    _sub(context, goal.args[certificate["which"]], certificate, "proof")


def _implies(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ ⟹ ψ from Γ, φ ⊢ ψ"""
    _need(goal.head == "implies", f"implies: the goal is {goal.head}")
    _sub(context.assume(goal.args[0]), goal.args[1], certificate, "proof")


def _generalise(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∀i φ from Γ ⊢ φ, where i is not free in Γ"""
    _need(goal.head == "for_all", f"generalise: the goal is {goal.head}")
    name, lower, upper = goal.data
    _sub(context.fix(name, (lower, upper)), goal.args[0], certificate, "proof")


def _witness(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∃i φ from Γ ⊢ φ(e), for e in the range of i"""
    _need(goal.head == "exists", f"witness: the goal is {goal.head}")
    as_universal = Term("for_all", goal.args, goal.data)
    _sub(context, instance(context, as_universal, linear_from_data(certificate.get("at"))), certificate, "proof")


def _cases(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ, ψ ⊢ φ and Γ, ¬ψ ⊢ φ"""
    condition = term_from_data(certificate.get("on"))
    _need(condition.is_proposition, "cases: on a proposition")
    for proposition in context.domain(condition):
        _need(context.covers(proposition), "cases: the condition is not defined wherever the claim is")
    _sub(context.assume(condition), goal, certificate, "then")
    _sub(context.assume(negation(condition)), goal, certificate, "else")


def _transport(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ P(M') from Γ ⊢ P(M) and Γ ⊢ M = M': a property of a matrix depends on its entries alone"""
    _need(goal.head == "property", f"transport: the goal is {goal.head}")
    _need(goal.data[0] in OF_ENTRIES, f"transport: that a term is {goal.data[0]} does not depend on its value alone")
    matrix = term_from_data(certificate.get("matrix"))
    _need(not matrix.is_proposition and matrix.shape == goal.args[0].shape, "transport: a matrix of the same shape")
    property_of = Term("property", (matrix,), goal.data)
    context.closed(property_of)
    _defined(context, matrix)
    _sub(context, property_of, certificate, "proof")
    _sub(context, Term("equal", (matrix, goal.args[0])), certificate, "equation")


def _cut(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ ψ and Γ, ψ ⊢ φ"""
    lemma = term_from_data(certificate.get("lemma"))
    _need(lemma.is_proposition, "cut: a lemma is a proposition")
    context.closed(lemma)
    for proposition in context.domain(lemma):
        _need(context.covers(proposition), "cut: the lemma is not defined wherever the claim is")
    _sub(context, lemma, certificate, "proof")
    _sub(context.assume(lemma), goal, certificate, "then")


def _induction(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ ∀t ≥ a φ(t) from Γ ⊢ φ(a) and Γ, φ(t) ⊢ φ(t + 1), where t is not free in Γ"""
    _need(goal.head == "for_all", f"induction: the goal is {goal.head}")
    name, lower, upper = goal.data
    _sub(context, substitute_indices(goal.args[0], {name: lower}), certificate, "base")
    last = None if upper is None else plus(upper, constant(-1))
    inner = context.fix(name, (lower, last))
    following = substitute_indices(goal.args[0], {name: plus(variable(name), ONE)})
    _sub(replace(inner.assume(goal.args[0])), following, certificate, "step")


def _unfold(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ φ from Γ ⊢ φ with its definitions unfolded"""
    _sub(context, unfold(goal, context.sequent.definitions), certificate, "proof")


RULES: dict[str, Rule] = {
    "normal form": _normal_form,
    "linear": _linear,
    "nonnegative": _nonnegative,
    "sign": _sign,
    "fact": _fact,
    "axiom": _axiom,
    "and": _and,
    "or": _or,
    "implies": _implies,
    "generalise": _generalise,
    "witness": _witness,
    "cases": _cases,
    "transport": _transport,
    "cut": _cut,
    "induction": _induction,
    "unfold": _unfold,
}
