"""Points with kinks in them: |·|, sign, max are replaced by what they are in each case, innermost first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.multipliers import is_transparent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, negation, replace, subterms
from verifier.proving.moving import Lemmas, hole, use

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
KINKED = ("abs", "sign", "relu")
EXTREMES = ("maximum", "minimum")
ZERO = Term("number", (), (Fraction(0),))
ONE = Term("number", (), (Fraction(1),))
MINUS_ONE = Term("number", (), (Fraction(-1),))
DEEPEST = 6


def kink_of(point: Term) -> Term | None:
    """A kink in whose argument there is none, if the point has one."""
    for part in subterms(point):
        if _is_kink(part) and not any(map(_is_kink, _below(part))):
            return part
    return None


def by_branches(context: Context, goal: Term, prove: Prove, depth: int = 0) -> Certificate | None:
    """The certificate that a number with kinks is optimal: by cases, in each of which it is a number without."""
    kink = kink_of(goal.args[0])
    if kink is None:
        return prove(context, goal)
    if depth > DEEPEST or not is_transparent(replace(goal.args[0], {kink: hole()})):
        return None
    return _Split(goal, kink, prove, depth).of(context, list(_values(kink)))


def _is_kink(term: Term) -> bool:
    if term.head == "elementwise":
        return term.data[0] in KINKED and not term.data[1] and term.space().is_scalar
    return term.head in EXTREMES and len(term.args) == 2


def _below(term: Term) -> Iterator[Term]:
    for arg in term.args:
        yield from subterms(arg)


def _values(kink: Term) -> Iterator[tuple[Term, Term]]:
    """Conditions with the value where each holds and those before it do not; the last holds where no other does."""
    if kink.head in EXTREMES:
        one, other = kink.args if kink.head == "maximum" else kink.args[::-1]
        yield Term("greater", kink.args), one
        yield Term("less_equal", kink.args), other
        return
    (argument,) = kink.args
    yield Term("greater", (argument, ZERO)), ONE if kink.data[0] == "sign" else argument
    if kink.data[0] == "sign":
        yield Term("less", (argument, ZERO)), MINUS_ONE
    below = Term("negate", (argument,)) if kink.data[0] == "abs" else ZERO
    yield Term("less_equal", (argument, ZERO)), below


@dataclass(frozen=True)
class _Split:
    """One kink of a point, and the goal where the kink has one of its values."""

    goal: Term
    kink: Term
    prove: Prove
    depth: int

    def of(self, context: Context, values: list[tuple[Term, Term]]) -> Certificate | None:
        """The goal, by the conditions on the kink one after the other."""
        (condition, value), *others = values
        if not others or context.sign_holds(condition):
            return self._with_value(context, value)
        if context.sign_holds(negation(condition)):
            return self.of(context, others)
        then = self._with_value(context.assume(condition), value)
        if then is None:
            return None
        otherwise = self.of(context.assume(negation(condition)), others)
        if otherwise is None:
            return None
        return {"rule": "cases", "on": term_to_data(condition), "then": then, "else": otherwise}

    def _with_value(self, context: Context, value: Term) -> Certificate | None:
        """p ∈ argmin from p' ∈ argmin and p' = p, where p' has the value for the kink."""
        equation = Term("equal", (self.kink, value))
        proof = self.prove(context, equation)
        if proof is None:
            return None
        lemmas = Lemmas(context)
        here = lemmas.add(equation, proof)
        point, optimum = self.goal.args
        simpler = replace(point, {self.kink: value})
        inner = by_branches(lemmas.context, Term(self.goal.head, (simpler, optimum)), self.prove, self.depth + 1)
        if inner is None:
            return None
        relation = {"congruence": {"fact": here}, "context": term_to_data(replace(point, {self.kink: hole()}))}
        same = {"rule": "linear", "uses": [use(Term("negate", (hole(),)), relation)]}
        return lemmas.then({"rule": "same point", "with": term_to_data(simpler), "proof": inner, "equation": same})


__all__ = ["by_branches", "kink_of"]
