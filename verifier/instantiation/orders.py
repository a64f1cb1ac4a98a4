"""Matrices between bounds in the Loewner order: A ⪰ B is drawn as B plus a semidefinite matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add, neg, sub

from verifier.instantiation import matrices
from verifier.instantiation.matrices import Rows, entrywise
from verifier.instantiation.outcomes import NoModel
from verifier.instantiation.structured_matrices import LINEAR, Drawer, build
from verifier.kernel.terms import Term

DEFINITE = ("positive_semidefinite", "positive_definite")
HALVINGS = 10


# what a condition says


@dataclass(frozen=True, slots=True)
class Bound:
    """target ``relation`` limit, where the relation is ≻, ⪰, ≺ or ⪯."""

    target: Term
    relation: str
    limit: Term


def bounds_of(body: Term) -> Iterator[Bound]:
    """What a condition that a matrix is (semi)definite says of each symbol that is a summand of it; bounds from below
    first, for these keep a definite symbol definite.
    """
    found = _order(body)
    if found is None:
        return
    upper, lower, strict = found
    summands = [*_summands(upper, 1), *_summands(lower, -1)]
    for place, (target, sign) in sorted(enumerate(summands), key=lambda pair: -pair[1][1]):
        others = [(term, -s * sign) for k, (term, s) in enumerate(summands) if k != place]
        if target.head == "symbol" and others:
            yield Bound(target, ("≻" if strict else "⪰") if sign > 0 else ("≺" if strict else "⪯"), _total(others))


def _order(body: Term) -> tuple[Term, Term, bool] | None:
    """The greater side, the smaller side, and whether the order is strict."""
    match body.head:
        case "property" if body.data[0] in DEFINITE:
            shape = body.args[0].space()
            return body.args[0], Term("zeros", (), (shape,)), body.data[0] == "positive_definite"
        case "loewner_greater" | "loewner_greater_equal":
            return body.args[0], body.args[1], body.head == "loewner_greater"
        case "loewner_less" | "loewner_less_equal":
            return body.args[1], body.args[0], body.head == "loewner_less"
    return None


def _summands(term: Term, sign: int) -> Iterator[tuple[Term, int]]:
    match term.head:
        case "add":
            for arg in term.args:
                yield from _summands(arg, sign)
        case "subtract":
            yield from _summands(term.args[0], sign)
            yield from _summands(term.args[1], -sign)
        case "negate":
            yield from _summands(term.args[0], -sign)
        case "zeros":
            return
        case _:
            yield term, sign


def _total(summands: Sequence[tuple[Term, int]]) -> Term:
    """Σ ± term"""
    (first, sign), *rest = sorted(summands, key=lambda pair: -pair[1])
    total = first if sign > 0 else Term("negate", (first,))
    for term, sign in rest:
        total = Term("add" if sign > 0 else "subtract", (total, term))
    return total


# how it is drawn


@dataclass(slots=True)
class Between:
    """Square matrices between limits: lower and upper ones with whether each is excluded."""

    lower: list[tuple[Rows, bool]] = field(default_factory=list)
    upper: list[tuple[Rows, bool]] = field(default_factory=list)

    def narrow(self, relation: str, limit: Rows) -> None:
        """Keep the matrices that are ≻, ⪰, ≺ or ⪯ the limit."""
        (self.lower if relation in "≻⪰" else self.upper).append((limit, relation in "≻≺"))

    def pick(self, draw: Drawer, kinds: frozenset[str]) -> Rows:
        """A matrix within, of the linear structure named by the kinds. Raises NoModel where none is found.

        From a lower limit one goes up by a semidefinite matrix, halved until no upper limit is passed; without a lower
        limit, and where the matrix itself is not definite, one goes down from an upper limit.
        """
        if not self.lower and any(kind in kinds for kind in DEFINITE):
            size = len(self.upper[0][0])
            self.narrow("≻" if DEFINITE[1] in kinds else "⪰", [[draw.zero] * size for _ in range(size)])
        start, excluded = (self.lower or self.upper)[0]
        step = _step(draw, kinds & LINEAR, len(start), excluded)
        if not self.lower:
            step = entrywise(neg, step)
        for _ in range(HALVINGS):
            found: Rows = entrywise(add, start, step)
            if draw.field or self.contains(draw, found):
                return found
            step = entrywise(lambda entry: entry * draw.ring.number(Fraction(1, 2)), step)
        raise NoModel("bounds in the order of matrices that leave no room")

    def contains(self, draw: Drawer, rows: Rows) -> bool:
        """Whether a matrix lies within all the limits."""
        gaps = [
            *((rows, limit, excluded) for limit, excluded in self.lower),
            *((limit, rows, excluded) for limit, excluded in self.upper),
        ]
        return all(matrices.definite(draw.ring, entrywise(sub, a, b), strict).holds for a, b, strict in gaps)


def _step(draw: Drawer, kinds: frozenset[str], size: int, definite: bool) -> Rows:
    """A matrix that is definite, or semidefinite, and has the linear structure too."""
    built = build(draw, frozenset((*kinds, DEFINITE[definite])), size, size)
    return [[draw.zero] * size for _ in range(size)] if built is None else built
