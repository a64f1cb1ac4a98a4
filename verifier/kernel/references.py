"""What a rule may refer to: facts, instances of axioms and of ∀, congruences, lemmas; and multiples of equations."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.checking import DEEPEST, check, items, need
from verifier.kernel.context import HOLE, CertificateError, Context, has_hole
from verifier.kernel.functions import FUNCTIONS
from verifier.kernel.linear import Linear
from verifier.kernel.multipliers import filled, is_averaged, is_transparent, vanishes
from verifier.kernel.sequents import Definition, Range
from verifier.kernel.serialization import linear_from_data, term_from_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, substitute_indices, subterms

OF_OPTIMA: dict[str, Callable[[Context, Any, int], Term]] = {}


def read_use(context: Context, use: Any, depth: int) -> tuple[Definition, Term]:
    """A multiplier C[□] and the definition □ := l - r, where Γ ⊢ l = r; at every outcome, if □ is averaged in C."""
    need(isinstance(use, dict), "a use is a dictionary")
    term = term_from_data(use.get("context"))
    need(vanishes(term), "linear: a multiplier must be linear in □, and not differentiate it")
    context = context.surely() if is_averaged(term) else context
    quantifiers, relation = reference(context, use.get("relation"), depth)
    need(relation.head == "equal", f"linear: a relation is an equation, not {relation.head}")
    definition = Definition(HOLE, Term("subtract", relation.args), (), quantifiers)
    closed_with(context, term, definition)
    is_defined(context, term)
    return definition, term


def closed_with(context: Context, term: Term, definition: Definition) -> None:
    """Raises ClaimError unless every index of the multiplier is bound, and □ is used within its ranges."""
    context.sequent.check_further(term, context.indices, definition)
    context.randomness.check(term)


def is_defined(context: Context, term: Term) -> None:
    """The multiplier has no domain beyond what is known."""
    known = context.where_defined(term)
    for proposition in context.domain(term):
        if has_hole(proposition) or not known.covers(proposition):
            raise CertificateError("a multiplier is not defined wherever the claim is")


def reference(context: Context, data: Any, depth: int) -> tuple[tuple[tuple[str, Range], ...], Term]:
    """A known or derived relation, as (quantified indices, relation)."""
    proposition = _referred(context, data, depth)
    quantifiers: list[tuple[str, Range]] = []
    while proposition.head == "for_all":
        name, lower, upper = proposition.data
        quantifiers.append((name, (lower, upper)))
        proposition = proposition.args[0]
    return tuple(quantifiers), proposition


def _referred(context: Context, data: Any, depth: int) -> Term:
    """The proposition that a dictionary names: a fact, an axiom, a congruence, a lemma, what an implication gives."""
    need(isinstance(data, dict), "a relation is named by a dictionary")
    need(depth < DEEPEST, f"a certificate is at most {DEEPEST} rules deep")
    if "fact" in data:
        proposition = context.use(data["fact"])
    elif "axiom" in data:
        proposition = axiom_instance(context, data, depth)
    elif "congruence" in data:
        proposition = _congruence(context, data, depth)
    elif "lemma" in data:
        proposition = proved(context, data, depth)
    elif "implication" in data:
        proposition = _detached(context, data, depth)
    elif (kind := next((kind for kind in OF_OPTIMA if kind in data), None)) is not None:
        proposition = OF_OPTIMA[kind](context, data, depth)
    else:
        raise CertificateError("a relation is a fact, an axiom, a congruence, a lemma, of an optimum or an implication")
    for form in items(data, "at"):
        proposition = instance(context, proposition, linear_from_data(form))
    return proposition


def proved(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ φ, by its own proof; φ is closed, and defined wherever the claim is"""
    lemma = term_from_data(data.get("lemma"))
    need(lemma.is_proposition, "a lemma is a proposition")
    context.closed(lemma)
    known = context.where_defined(lemma)
    for proposition in context.domain(lemma):
        need(known.covers(proposition), "the lemma is not defined wherever the claim is")
    need("proof" in data, "a lemma has a proof")
    check(context, lemma, data["proof"], depth + 1)
    return lemma


def _detached(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ φ ⟹ ψ and Γ ⊢ φ give Γ ⊢ ψ; of φ ⟺ ψ, ``from`` says which side is proved"""
    implication = _referred(context, data["implication"], depth + 1)
    need(implication.head in ("implies", "iff"), "an implication is φ ⟹ ψ or φ ⟺ ψ")
    side = data.get("from", 0)
    need(type(side) is int and (side == 0 or (side == 1 and implication.head == "iff")), "from which side?")
    need("proof" in data, "an implication needs a proof of its premise")
    check(context, implication.args[side], data["proof"], depth + 1)
    conclusion: Term = implication.args[1 - side]
    return conclusion


def instance(context: Context, proposition: Term, form: Linear) -> Term:
    """Γ ⊢ ∀i φ gives Γ ⊢ φ(e), for e in the range of i"""
    need(proposition.head == "for_all", "only a ∀ can be instantiated")
    name, lower, upper = proposition.data
    probe = Definition(HOLE, Term("number", (), (Fraction(0),)), (), ((name, (lower, upper)),))
    closed_with(context, Term("symbol", (), (HOLE, SCALAR, (form,))), probe)
    return substitute_indices(proposition.args[0], {name: form})


def axiom_instance(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ statement(arguments) if Γ ⊢ each premise, for all values of the quantified indices"""
    row = AXIOMS.get(str(data["axiom"]))
    if row is None:
        raise CertificateError(f"there is no axiom {data['axiom']!r}")
    indices = quantifiers_of(data)
    inner = context
    for name, within in indices:
        inner = inner.fix(name, within)
    arguments = tuple(term_from_data(item) for item in items(data, "arguments"))
    need(len(arguments) == row.arity, f"the axiom {data['axiom']} takes {row.arity} arguments")
    statement = row.statement(*arguments)
    whole = generalised(indices, statement)
    context.closed(whole)
    spoken = {part.data[0] for part in subterms(statement) if part.head == "elementwise"} & FUNCTIONS.keys()
    defined = spoken & {definition.name for definition in context.sequent.definitions}
    need(not defined, f"the axiom {data['axiom']} is not about a function that the claim defines: {sorted(defined)}")
    need("premises" in data, f"the axiom {data['axiom']}: no premises are named")
    premises = row.premises(*arguments)
    proofs = items(data, "premises")
    need(len(proofs) == len(premises), f"the axiom {data['axiom']} has {len(premises)} premises")
    for premise, proof in zip(premises, proofs, strict=True):
        check(inner, premise, proof, depth + 1)
    for argument in arguments:
        is_defined(inner, argument)
    context.log.axioms.add(str(data["axiom"]))
    return whole


def generalised(indices: list[tuple[str, Range]], proposition: Term) -> Term:
    """∀ over the indices, the first outermost."""
    for name, (lower, upper) in reversed(indices):
        proposition = Term("for_all", (proposition,), (name, lower, upper))
    return proposition


def quantifiers_of(data: Any) -> list[tuple[str, Range]]:
    """The indices that a certificate fixes, each with its range."""
    indices: list[tuple[str, Range]] = []
    for item in items(data, "indices"):
        need(isinstance(item, list) and len(item) == 3 and isinstance(item[0], str), "an index is [name, from, to]")
        name, lower, upper = item
        indices.append((name, (linear_from_data(lower), None if upper is None else linear_from_data(upper))))
    return indices


def _congruence(context: Context, data: Any, depth: int) -> Term:
    """Γ ⊢ l = r gives Γ ⊢ F(l) = F(r), for F that differentiates and binds nothing in l and r"""
    need(depth < DEEPEST, f"a certificate is at most {DEEPEST} rules deep")
    quantifiers, relation = reference(context, data["congruence"], depth + 1)
    need(relation.head == "equal" and not quantifiers, "congruence: needs an equation without quantifiers")
    term = term_from_data(data.get("context"))
    need(is_transparent(term), "congruence: □ may not stand under a derivative, a substitution or a binder")
    sides = []
    for side in relation.args:
        whole = filled(term, side)
        context.algebra.spend(whole.size)
        context.closed(whole)
        known = context.where_defined(whole)
        for proposition in context.domain(whole):
            need(known.covers(proposition), "congruence: not defined wherever the claim is")
        sides.append(whole)
    return Term("equal", tuple(sides))
