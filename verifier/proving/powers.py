"""Powers whose exponents are indices: that they are not negative, and above their tangents, by induction."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ZERO, Linear, constant, constant_value, minus, plus, variable
from verifier.kernel.references import instance
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, subterms
from verifier.proving.gaps import SIGN
from verifier.proving.gaps import ZERO as NOTHING
from verifier.proving.moving import Lemmas

MOST_BASES = 3
ONE = Term("number", (), (Fraction(1),))


def of_bases(context: Context, goal: Term) -> list[list[Term]]:
    """The powers of a goal with an index in the exponent, those of one base together."""
    named = {name for name, _ in context.indices} | context.sequent.dimension_names | {CONSTANT}
    found: dict[Term, list[Term]] = {}
    for part in dict.fromkeys(subterms(goal)):
        whole = part.head == "power" and part.space().is_scalar and _form(part.args[1])
        if whole and constant_value(whole) is None and free_indices(part) <= named:
            found.setdefault(part.args[0], []).append(part)
    return list(found.values())[:MOST_BASES]


def add_powers(lemmas: Lemmas, fact: int, powers: list[Term]) -> None:
    """bᵗ ≥ 0, and bᵗ ≥ 1 + t (b - 1), for powers of one base b, of which fact number ``fact`` says b ≥ 0."""
    base = powers[0].args[0]
    taken = {name for name, _ in lemmas.context.indices} | free_indices(base) | lemmas.context.sequent.dimension_names
    name = fresh_name("k", taken)
    index = Term("index", (), (variable(name),))
    power, less_one = Term("power", (base, index)), Term("subtract", (base, ONE))
    tangent = Term("add", (ONE, Term("multiply", (index, less_one))))
    not_negative = {"lemma": term_to_data(Term("greater_equal", (index, NOTHING))), "proof": SIGN}
    square = {"coefficient": "1", "gaps": [not_negative], "squares": [term_to_data(less_one)]}
    exponents = list(dict.fromkeys(_unit(_form(one.args[1]) or ZERO) for one in powers))
    if not all(lemmas.context.sign_holds(Term("greater_equal", (one, NOTHING))) for one in powers):
        _add(lemmas, fact, name, Term("greater_equal", (power, NOTHING)), [], exponents)
    _add(lemmas, fact, name, Term("greater_equal", (power, tangent)), [square], exponents)
    if lemmas.context.sign_holds(Term("less_equal", (base, ONE))):
        _add_below_one(lemmas, fact, base, exponents)


def _add(
    lemmas: Lemmas, fact: int, name: str, statement: Term, squares: list[dict[str, Any]], exponents: list[Linear]
) -> None:
    """A statement about bᵏ at these exponents; from k to k + 1 its gap is multiplied by b, and squares are added."""
    product = {"coefficient": "1", "gaps": [{"fact": len(lemmas.context.known)}, {"fact": fact}]}
    step = {"rule": "nonnegative", "summands": [product, *squares]}
    base: dict[str, Any] = {"rule": "nonnegative", "summands": []} if squares else SIGN
    induction = {"rule": "induction", "base": base, "step": step}
    general = lemmas.add(Term("for_all", (statement,), (name, ZERO, None)), induction)
    for exponent in exponents:
        try:
            at = instance(lemmas.context, lemmas.context.known[general].proposition, exponent)
        except (CertificateError, ClaimError):
            continue
        lemmas.add(at, {"rule": "fact", "fact": general, "at": [linear_to_data(exponent)]})


def _add_below_one(lemmas: Lemmas, fact: int, base: Term, exponents: list[Linear]) -> None:
    """bᵗ ≤ 1 where 0 ≤ b ≤ 1"""
    for exponent in exponents:
        arguments = (base, ONE, Term("index", (), (exponent,)))
        if lemmas.context.sign_holds(Term("greater_equal", (arguments[2], NOTHING))):
            data = [term_to_data(argument) for argument in arguments]
            premises = [{"rule": "fact", "fact": fact}, SIGN, SIGN]
            axiom = {"rule": "axiom", "axiom": "power_le_power", "arguments": data, "premises": premises}
            lemmas.add(AXIOMS["power_le_power"].statement(*arguments), axiom)


def _form(exponent: Term) -> Linear | None:
    """An exponent as a form of indices; None if it is another number."""
    if exponent.head == "index":
        form: Linear = exponent.data[0]
        return form
    if exponent.head == "number" and exponent.data[0].denominator == 1:
        return constant(exponent.data[0].numerator)
    if exponent.head in ("add", "subtract"):
        left, right = map(_form, exponent.args)
        if left is not None and right is not None:
            return plus(left, right) if exponent.head == "add" else minus(left, right)
    return None


def _unit(exponent: Linear) -> Linear:
    """t of t + 2"""
    number = dict(exponent).get(CONSTANT, 0)
    return minus(exponent, constant(number)) if number > 0 else exponent


__all__ = ["add_powers", "of_bases"]
