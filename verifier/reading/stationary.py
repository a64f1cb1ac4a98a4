"""Derivatives that are set to zero, and the symbols, β̂ or w*, that stand for what makes them vanish."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from verifier.derivation import Hypothesis
from verifier.kernel.terms import Term, replace

Stationary = tuple[Term, Hypothesis]


def variable_of(side: Term | None) -> Term | None:
    """The symbol by which a side differentiates, if it is a derivative."""
    if side is None or side.head not in ("derivative", "gradient") or side.args[1].head != "symbol":
        return None
    return None if side.args[1].data[2] else side.args[1]


def vanishes(side: Term) -> Term:
    """side = 0"""
    shape = side.space()
    zero = Term("number", (), (Fraction(0),)) if shape.is_scalar else Term("zeros", (), (shape,))
    return Term("equal", (side, zero))


def conditions_on(symbol: Term | None, known: Iterable[Stationary]) -> list[Hypothesis]:
    """What was set to zero by a derivative by β, said of β̂ or β*: that is what these symbols mean."""
    if symbol is None or symbol.head != "symbol" or symbol.data[2]:
        return []
    return [
        Hypothesis(replace(condition.statement, {variable: symbol}), condition.origin, condition.line)
        for variable, condition in known
        if symbol.data[0] in (f"hat({variable.data[0]})", f"{variable.data[0]}*") and symbol.shape == variable.shape
    ]
