"""Every claim that differs from a given one in a single place, and is well typed and closed.

A rule takes a term, says what could stand in its place, and knows nothing of identities. What it proposes may be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verifier.kernel.linear import ONE, Linear, atoms, minus, plus, substitute, variable
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, bound_index, index_forms, subterms

Proposal = tuple[str, tuple[Term, ...], tuple[Any, ...]]
Rule = Callable[[Term, Sequent], Iterator[Proposal]]

FUNCTIONS = (
    ("tanh", "sigmoid"),
    ("exp", "tanh"),
    ("sigmoid", "softplus"),
    ("relu", "softplus"),
    ("relu", "step"),
    ("log", "exp"),
    ("step", "sigmoid"),
)
HEADS = (("inverse", "transpose"), ("determinant", "trace"), ("hadamard", "add"), ("ones", "zeros"))
LAYOUTS = {"numerator": "denominator", "denominator": "numerator"}
NORMS = {"2": "1", "F": "2", "1": "2", "inf": "2", "spectral": "F"}
SUMMED = ("add", "subtract", "equal")


def mutants(claim: Sequent) -> Iterator[tuple[str, Sequent]]:
    """The mutants of a claim with the name of the rule, each once, in a fixed order."""
    seen = {claim.conclusion}
    for name, conclusion in _propositions(claim.conclusion, claim):
        if conclusion in seen:
            continue
        seen.add(conclusion)
        try:
            yield name, replace(claim, conclusion=conclusion)
        except (ClaimError, ShapeError, TermError):
            continue
    for k in range(len(claim.hypotheses)):
        yield "hypothesis dropped", replace(claim, hypotheses=claim.hypotheses[:k] + claim.hypotheses[k + 1 :])


def _propositions(term: Term, claim: Sequent, summand: bool = False) -> Iterator[tuple[str, Term]]:
    """The term with one place of it changed."""
    for name, rule in RULES.items():
        if name in ("coefficient", "sign") and not summand:
            continue
        for other in _well_typed(rule, term, claim):
            yield name, other
    for k, arg in enumerate(term.args):
        for name, changed in _propositions(arg, claim, term.head in SUMMED):
            args = (*term.args[:k], changed, *term.args[k + 1 :])
            try:
                yield name, Term(term.head, args, term.data)
            except (ShapeError, TermError):
                continue


def _well_typed(rule: Rule, term: Term, claim: Sequent) -> Iterator[Term]:
    try:
        proposals = list(rule(term, claim))
    except (ShapeError, TermError):
        return
    for proposal in proposals:
        try:
            yield Term(*proposal)
        except (ShapeError, TermError):
            continue


def _as_proposed(term: Term) -> Proposal:
    return term.head, term.args, term.data


# rules: each proposes what is cheap to propose; what does not fit is dropped above


def _is_matrix(term: Term) -> bool:
    return term.shape is not None and not term.shape.is_scalar and len(term.shape.axes) == 2


def transpose(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Aᵀ for A, and A for Aᵀ"""
    if term.head == "transpose":
        yield _as_proposed(term.args[0])
    elif _is_matrix(term):
        yield "transpose", (term,), ()


def factor_swapped(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """BA for AB"""
    if term.head in ("multiply", "divide", "subtract"):
        yield term.head, (term.args[1], term.args[0]), term.data


def neighbours_swapped(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """A(CB) for A(BC) as (AB)C"""
    if term.head == "multiply" and term.args[0].head == "multiply":
        (a, b), c = term.args[0].args, term.args[1]
        yield "multiply", (Term("multiply", (a, c)), b), ()


def part_dropped(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """A or B for A + B, A - B, AB, A ∘ B, A / b"""
    if term.head in ("add", "subtract", "multiply", "hadamard", "divide"):
        yield _as_proposed(term.args[0])
        yield _as_proposed(term.args[1])


def function_dropped(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """A for -A, A⁻¹, f(A), det A, and the like"""
    if len(term.args) == 1 and term.head in (
        "negate",
        "inverse",
        "elementwise",
        "norm",
        "trace",
        "determinant",
        "diag",
    ):
        yield _as_proposed(term.args[0])


def sign(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """-A for a summand A, or + for -"""
    if term.head in ("add", "subtract"):
        yield "subtract" if term.head == "add" else "add", term.args, ()
    elif term.shape is not None and term.head != "negate":
        yield "negate", (term,), ()


def coefficient(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """2 A and A / 2 for a summand A"""
    if term.shape is not None and term.head != "number":
        yield "multiply", (Term("number", (), (Fraction(2),)), term), ()
        yield "multiply", (Term("number", (), (Fraction(1, 2),)), term), ()


def number(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another number: coefficients and exponents"""
    if term.head == "number":
        value = term.data[0]
        for other in dict.fromkeys((value + 1, value - 1, 2 * value, value / 2, -value)):
            yield "number", (), (other,)


def symbol(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another symbol of the claim of the same shape"""
    if term.head == "symbol":
        for other in dict.fromkeys(p for p in subterms(claim.conclusion) if p.head == "symbol"):
            if other.shape == term.shape and other != term:
                yield _as_proposed(other)


def function(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another function, or a derivative of it"""
    if term.head != "elementwise":
        return
    name, order, forms = term.data
    for one, other in FUNCTIONS:
        if name in (one, other):
            yield "elementwise", term.args, (other if name == one else one, order, forms)
    yield "elementwise", term.args, (name, order + 1, forms)
    if order:
        yield "elementwise", term.args, (name, order - 1, forms)


def head(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another operation of the same arguments"""
    for pair in HEADS:
        if term.head in pair:
            yield pair[1 - pair.index(term.head)], term.args, term.data


def layout(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """The other layout of a derivative"""
    if term.head == "derivative":
        yield "derivative", term.args, (LAYOUTS[term.data[0]],)


def which_norm(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another norm"""
    if term.head == "norm":
        yield "norm", term.args, (NORMS[term.data[0]],)


def index(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """Another index of the claim, a neighbour of it, or two indices of an entry swapped"""
    if term.head in ("entry", "row", "column"):
        forms: tuple[Linear, ...] = index_forms(term)
        choices = [tuple(reversed(forms))]
        labels = sorted(_labels(claim))
        for k, form in enumerate(forms):
            others = [substitute(form, {a: variable(b)}) for a in atoms(form) for b in labels if a != b]
            choices += [(*forms[:k], other, *forms[k + 1 :]) for other in (*others, plus(form, ONE), minus(form, ONE))]
        for choice in choices:
            yield term.head, term.args, (choice,) if term.head == "entry" else choice


def _labels(claim: Sequent) -> set[str]:
    bound = {bound_index(part) for part in subterms(claim.conclusion)}
    return {name for name, _ in claim.indices} | {name for name in bound if name is not None}


def bounds(term: Term, claim: Sequent) -> Iterator[Proposal]:
    """A sum over one index more or less"""
    if term.head in ("sum", "product"):
        name, lower, upper = term.data
        for low, high in (
            (plus(lower, ONE), upper),
            (minus(lower, ONE), upper),
            (lower, plus(upper, ONE)),
            (lower, minus(upper, ONE)),
        ):
            yield term.head, term.args, (name, low, high)


RULES: dict[str, Rule] = {
    "transpose": transpose,
    "factors swapped": factor_swapped,
    "neighbours swapped": neighbours_swapped,
    "part dropped": part_dropped,
    "function dropped": function_dropped,
    "sign": sign,
    "coefficient": coefficient,
    "number": number,
    "symbol": symbol,
    "function": function,
    "head": head,
    "layout": layout,
    "norm": which_norm,
    "index": index,
    "bounds": bounds,
}
