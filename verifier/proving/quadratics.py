"""Objectives as sums of squares: which forms cₖ (Dₖw)ᵀMₖ(Dₖw), beside what is linear, a quadratic function of w has.

For such f and any two points, f(u) - f(p) is Σ cₖ (Dₖd)ᵀMₖ(Dₖd), d = u - p, and what is linear in d, which vanishes
where p is stationary. The pieces are read off the objective as it is written; that the sum is right, the kernel checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term, free_names

ONE = Term("number", (), (Fraction(1),))
TWO = Term("number", (), (Fraction(2),))


Varying = tuple[int, Term, Term | None, bool]


class NotQuadratic(Exception):
    """A term that is not read as a quadratic function."""


@dataclass(frozen=True, slots=True)
class Piece:
    """scale · (along d)ᵀ middle (along d); without a middle matrix scale · ‖along d‖². Summed over the indices.

    ``along`` is the matrix in front of d, None for d itself; where it is no product with d, ``change`` alone says it.
    """

    scale: Term
    middle: Term | None
    change: Term
    along: Term | None
    simple: bool
    sums: tuple[tuple[str, Linear, Linear], ...] = ()

    def form(self) -> Term:
        """The piece as a term."""
        return self.summed(multiplied(self.scale, self.core()))

    def core(self) -> Term:
        """The piece without its scale."""
        if self.middle is not None:
            return Term("multiply", (Term("multiply", (Term("transpose", (self.change,)), self.middle)), self.change))
        if self.change.space().is_scalar:
            return Term("power", (self.change, TWO))
        return Term("power", (Term("norm", (self.change,), ("F",)), TWO))

    def summed(self, body: Term) -> Term:
        """Σ over the indices of the piece."""
        for name, low, high in reversed(self.sums):
            body = Term("sum", (body,), (name, low, high))
        return body

    def hessian(self) -> Term | None:
        """scale · alongᵀ middle along, the matrix of the piece in d; None if it is not so written."""
        if not self.simple or self.sums:
            return None
        matrix = self.middle
        if self.along is not None:
            right = self.along if matrix is None else Term("multiply", (matrix, self.along))
            matrix = Term("multiply", (Term("transpose", (self.along,)), right))
        if matrix is None:
            matrix = Term("identity", (), (self.change.space().rows,))
        return multiplied(self.scale, matrix)


def multiplied(scale: Term, term: Term) -> Term:
    """scale · term, without a factor of 1."""
    return term if scale == ONE else Term("multiply", (scale, term))


def pieces_of(objective: Term, name: str, change: Term, random: frozenset[str] = frozenset()) -> list[Piece]:
    """The quadratic pieces of an objective in the symbol ``name``, at a change of it. Raises NotQuadratic.

    ``random``: the symbols that expectations bind.
    """
    return list(_Pieces(name, change, random).of(objective, ONE))


class _Pieces:
    def __init__(self, name: str, change: Term, random: frozenset[str]) -> None:
        self.name, self.change, self.random = name, change, random

    def _is_free(self, term: Term) -> bool:
        return self.name not in free_names(term)

    def of(self, term: Term, scale: Term) -> Iterator[Piece]:
        if self._is_free(term) or self._is_affine(term):
            return
        match term.head:
            case "add" | "subtract":
                yield from self.of(term.args[0], scale)
                yield from self.of(term.args[1], scale if term.head == "add" else _negative(scale))
            case "negate":
                yield from self.of(term.args[0], _negative(scale))
            case "divide" if self._is_free(term.args[1]):
                yield from self.of(term.args[0], _over(scale, term.args[1]))
            case "power" if term.args[1] == TWO:
                yield self._square(term.args[0], scale)
            case "dot":
                yield self._product([Term("transpose", (term.args[0],)), term.args[1]], scale)
            case "trace":
                yield self._trace(term.args[0], scale)
            case "sum" if len(term.args) == 1 and term.data[2] is not None:
                for piece in self.of(term.args[0], ONE):
                    inside = multiplied(scale, piece.scale) if piece.scale != ONE else scale
                    sums = (term.data, *piece.sums)
                    yield Piece(inside, piece.middle, piece.change, piece.along, piece.simple, sums)
            case "multiply":
                yield from self._multiplied(term, scale)
            case "expectation" if not term.data[0]:
                yield from self._averaged(term.args[0], scale)
            case _:
                raise NotQuadratic(f"a {term.head}")

    def _averaged(self, body: Term, scale: Term) -> Iterator[Piece]:
        """E[c (Dd)ᵀM(Dd)], with c, D and M in one middle: dᵀ E[c DᵀMD] d"""
        if self.change.space().is_scalar:
            for one in _Pieces(self.name, ONE, self.random).of(body, ONE):
                curvature = one.form() if self._is_constant(one) else _mean(one.form())
                yield Piece(_times(scale, curvature), None, self.change, None, True)
            return
        for piece in self.of(body, ONE):
            if self._is_constant(piece):
                yield replace(piece, scale=_times(scale, piece.scale))
                continue
            matrix = piece.hessian()
            if matrix is None:
                raise NotQuadratic("an expectation of a form that is not read off")
            yield Piece(scale, _mean(matrix), self.change, None, True)

    def _is_constant(self, piece: Piece) -> bool:
        return self.random.isdisjoint(free_names(piece.form()))

    def _multiplied(self, term: Term, scale: Term) -> Iterator[Piece]:
        left, right = term.args
        if left.space().is_scalar and self._is_free(left):
            yield from self.of(right, _times(scale, left))
        elif right.space().is_scalar and self._is_free(right):
            yield from self.of(left, _times(scale, right))
        else:
            yield self._product(_factors(term), scale)

    def _square(self, base: Term, scale: Term) -> Piece:
        if base.head == "norm" and (base.data[0] == "F" or (base.data[0] == "2" and _is_line(base.args[0]))):
            (base,) = base.args
        return self._piece(scale, None, base)

    def _trace(self, matrix: Term, scale: Term) -> Piece:
        """tr VᵀV and tr VVᵀ"""
        factors = _factors(matrix)
        if len(factors) % 2 == 0:
            half = len(factors) // 2
            left, right = _joined(factors[:half]), _joined(factors[half:])
            if left is not None and right is not None and [_turned(f) for f in factors[half:]][::-1] == factors[:half]:
                return self._piece(scale, None, right)
        raise NotQuadratic("a trace of another form")

    def _product(self, factors: list[Term], scale: Term) -> Piece:
        """(Aw + a)ᵀ M (Aw + b)"""
        held = [k for k, factor in enumerate(factors) if not self._is_free(factor)]
        if len(held) != 2:
            raise NotQuadratic("a product with another number of factors that vary")
        first, last = held
        before, after = _joined(factors[:first]), _joined(factors[last + 1 :])
        for outside in (before, after):
            if outside is not None and not outside.space().is_scalar:
                return self._around(factors, scale)
            scale = scale if outside is None else _times(scale, outside)
        left, right = self._linear(_turned(factors[first])), self._linear(factors[last])
        if left is None or right is None or left[1:] != right[1:]:
            raise NotQuadratic("a product of two different forms")
        sign = left[0] * right[0]
        middle = _joined(factors[first + 1 : last])
        scale = scale if sign > 0 else _negative(scale)
        if middle is not None and middle.space().is_scalar and not right[1].space().is_scalar:
            scale, middle = _times(scale, middle), None
        return Piece(scale, middle, right[1], right[2], right[3])

    def _around(self, factors: list[Term], scale: Term) -> Piece:
        """xᵀA w · wᵀB x, a square where it reads (…)ᵀ(…) around its middle."""
        half = len(factors) // 2
        left, right = factors[:half], factors[half:]
        joined = _joined(right)
        if len(factors) % 2 == 0 and [_turned(f) for f in reversed(left)] == right and joined is not None:
            return self._piece(scale, None, joined)
        raise NotQuadratic("a product of another form")

    def _piece(self, scale: Term, middle: Term | None, base: Term) -> Piece:
        linear = self._linear(base)
        if linear is None:
            raise NotQuadratic("a square of what does not vary")
        _, change, along, simple = linear
        return Piece(scale, middle, change, along, simple)

    def _is_affine(self, term: Term) -> bool:
        try:
            self._linear(term)
        except NotQuadratic:
            return False
        return True

    def _linear(self, term: Term) -> Varying | None:
        """The part of an affine term that varies, with d for w: its sign, itself, and A where it is A d."""
        if self._is_free(term):
            return None
        match term.head:
            case "symbol" if term.data[0] == self.name and not term.data[2]:
                return 1, self.change, None, True
            case "negate":
                return _opposite(self._linear(term.args[0]))
            case "add" | "subtract":
                left, right = (self._linear(arg) for arg in term.args)
                if left is None or right is None:
                    return left if right is None else right if term.head == "add" else _opposite(right)
                head = "add" if (left[0] == right[0]) == (term.head == "add") else "subtract"
                along = self._sum(head, left, right)
                return left[0], Term(head, (left[1], right[1])), along, along is not None
            case "multiply":
                return self._linear_product(*term.args)
            case "dot":
                return self._linear_product(Term("transpose", (term.args[0],)), term.args[1])
            case "divide" if self._is_free(term.args[1]):
                factor = Term("divide", (ONE, term.args[1]))
                return self._linear_product(factor, term.args[0])
            case "transpose" if (pushed := _pushed(term.args[0])) is not None:
                return self._linear(pushed)
            case "transpose" | "entry" | "row" | "column" | "trace" | "diag" | "diagonal":
                inner = self._linear(term.args[0])
                return None if inner is None else (inner[0], Term(term.head, (inner[1],), term.data), None, False)
            case "sum" if len(term.args) == 1:
                inner = self._linear(term.args[0])
                return None if inner is None else (inner[0], Term("sum", (inner[1],), term.data), None, False)
            case "hadamard":
                return self._linear_hadamard(*term.args)
            case "block":
                return self._linear_block(term)
        raise NotQuadratic(f"a {term.head} of what varies")

    def _linear_hadamard(self, left: Term, right: Term) -> Varying | None:
        if not self._is_free(left):
            left, right = right, left
        inner = self._linear(right) if self._is_free(left) else None
        if inner is None:
            raise NotQuadratic("a product of what varies")
        return inner[0], Term("hadamard", (left, inner[1])), None, False

    def _linear_block(self, term: Term) -> Varying:
        """The blocks that vary; 0 in the places of the others."""
        blocks = []
        for block in term.args:
            inner = self._linear(block)
            if inner is None:
                blocks.append(Term("zeros", (), (block.space(),)))
            else:
                blocks.append(inner[1] if inner[0] > 0 else Term("negate", (inner[1],)))
        return 1, Term("block", tuple(blocks), term.data), None, False

    def _linear_product(self, left: Term, right: Term) -> Varying | None:
        if not self._is_free(left) and not self._is_free(right):
            raise NotQuadratic("a product of what varies")
        if self._is_free(left):
            inner = self._linear(right)
            if inner is None:
                return None
            sign, change, along, simple = inner
            simple = simple and (not left.space().is_scalar or not change.space().is_scalar)
            ahead = left if along is None else Term("multiply", (left, along))
            if left.space().is_scalar and along is None and simple:
                ahead = Term("multiply", (left, Term("identity", (), (change.space().rows,))))
            return sign, Term("multiply", (left, change)), ahead, simple
        inner = self._linear(left)
        if inner is None:
            return None
        if right.space().is_scalar:
            return self._linear_product(right, left)
        whole = Term("multiply", (inner[1], right))
        if whole.space().is_scalar and inner[1] == Term("transpose", (self.change,)):
            row = Term("transpose", (right,))
            return inner[0], Term("multiply", (row, self.change)), row, True
        return inner[0], whole, None, False

    def _sum(self, head: str, left: Varying, right: Varying) -> Term | None:
        if not (left[3] and right[3]):
            return None
        whole = Term("identity", (), (self.change.space().rows,))
        parts = tuple(whole if along is None else along for along in (left[2], right[2]))
        return Term(head, parts) if parts[0].shape == parts[1].shape else None


def _mean(term: Term) -> Term:
    return Term("expectation", (term,), ((),))


def _pushed(term: Term) -> Term | None:
    """The transpose of a sum, a product or a transpose, with the transposes inside; None of anything else."""
    match term.head:
        case "transpose":
            return term.args[0]
        case "add" | "subtract" | "negate":
            return Term(term.head, tuple(_turned(arg) for arg in term.args))
        case "multiply":
            left, right = (_turned(arg) for arg in term.args)
            return Term("multiply", (left, right) if left.space().is_scalar else (right, left))
    return None


def _opposite(linear: Varying | None) -> Varying | None:
    return None if linear is None else (-linear[0], *linear[1:])


def _is_line(term: Term) -> bool:
    return term.space().is_vector or term.space().is_scalar


def _negative(scale: Term) -> Term:
    if scale.head == "number":
        return Term("number", (), (-scale.data[0],))
    return scale.args[0] if scale.head == "negate" else Term("negate", (scale,))


def _plain(factor: Term) -> Term:
    """A quotient of numbers as a number; anything else as it is."""
    if factor.head == "divide" and factor.args[0].head == factor.args[1].head == "number" and factor.args[1].data[0]:
        return Term("number", (), (factor.args[0].data[0] / factor.args[1].data[0],))
    if factor.head == "negate" and _plain(factor.args[0]).head == "number":
        return Term("number", (), (-_plain(factor.args[0]).data[0],))
    return factor


def _times(scale: Term, factor: Term) -> Term:
    factor = _plain(factor)
    if scale.head == factor.head == "number":
        return Term("number", (), (scale.data[0] * factor.data[0],))
    return factor if scale == ONE else scale if factor == ONE else Term("multiply", (scale, factor))


def _over(scale: Term, factor: Term) -> Term:
    factor = _plain(factor)
    if scale.head == factor.head == "number" and factor.data[0]:
        return Term("number", (), (scale.data[0] / factor.data[0],))
    return Term("divide", (scale, factor))


def _factors(term: Term) -> list[Term]:
    """The factors of a product, transposes of products carried inwards."""
    if term.head == "multiply":
        return _factors(term.args[0]) + _factors(term.args[1])
    if term.head == "transpose" and term.args[0].head == "multiply":
        return [_turned(part) for part in reversed(_factors(term.args[0]))]
    return [term]


def _turned(term: Term) -> Term:
    if term.space().is_scalar:
        return term
    return term.args[0] if term.head == "transpose" else Term("transpose", (term,))


def _joined(factors: list[Term]) -> Term | None:
    """The product of the factors; None of none."""
    product: Term | None = None
    for factor in factors:
        product = factor if product is None else Term("multiply", (product, factor))
    return product


__all__ = ["ONE", "NotQuadratic", "Piece", "multiplied", "pieces_of"]
