"""Powers whose exponents are indices: that they are not negative, by induction from their bases."""

from __future__ import annotations

from typing import Any

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ZERO, Linear, constant, constant_value, minus, plus, variable
from verifier.kernel.references import instance
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, subterms
from verifier.proving.gaps import SIGN
from verifier.proving.gaps import ZERO as NOTHING
from verifier.proving.moving import Lemmas

MOST_BASES = 3


def of_bases(context: Context, goal: Term) -> list[list[Term]]:
    """The powers of a goal with an index in the exponent, those of one base together, if its sign is not plain."""
    named = {name for name, _ in context.indices} | context.sequent.dimension_names | {CONSTANT}
    found: dict[Term, list[Term]] = {}
    for part in dict.fromkeys(subterms(goal)):
        whole = part.head == "power" and part.space().is_scalar and _form(part.args[1])
        if whole and constant_value(whole) is None and free_indices(part) <= named:
            found.setdefault(part.args[0], []).append(part)
    return [powers for powers in found.values() if not _are_plain(context, powers)][:MOST_BASES]


def _are_plain(context: Context, powers: list[Term]) -> bool:
    return all(context.sign_holds(Term("greater_equal", (power, NOTHING))) for power in powers)


def add_powers(lemmas: Lemmas, fact: int, powers: list[Term]) -> None:
    """bᵗ ≥ 0 for powers of one base b, of which fact number ``fact`` says b ≥ 0; where signs alone do not show it."""
    base = powers[0].args[0]
    if _are_plain(lemmas.context, powers):
        return
    taken = {name for name, _ in lemmas.context.indices} | free_indices(base) | lemmas.context.sequent.dimension_names
    name = fresh_name("k", taken)
    body = Term("greater_equal", (Term("power", (base, Term("index", (), (variable(name),)))), NOTHING))
    here = len(lemmas.context.known)
    product = [{"fact": here}, {"fact": fact}]
    step = {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": product}]}
    induction: dict[str, Any] = {"rule": "induction", "base": SIGN, "step": step}
    general = lemmas.add(Term("for_all", (body,), (name, ZERO, None)), induction)
    for exponent in dict.fromkeys(_unit(_form(power.args[1]) or ZERO) for power in powers):
        try:
            statement = instance(lemmas.context, lemmas.context.known[general].proposition, exponent)
        except (CertificateError, ClaimError):
            continue
        lemmas.add(statement, {"rule": "fact", "fact": general, "at": [linear_to_data(exponent)]})


def _form(exponent: Term) -> Linear | None:
    """An exponent as a form of indices; None if it is another number."""
    if exponent.head == "index":
        return exponent.data[0]
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
