"""Random matrices with a stated structure, over any exact ring. What is built is checked as a hypothesis later."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq

from verifier.instantiation import matrices
from verifier.instantiation.matrices import Rows, product, transpose
from verifier.instantiation.outcomes import NoModel, Undefined
from verifier.instantiation.rings import PrimeField, Ring

OF_CHANCE = ("random", "constant", "identically_distributed")
TRIVIAL = frozenset(("invertible", "full_column_rank", "full_row_rank", "real", *OF_CHANCE))

LINEAR = frozenset(("symmetric", "skew", "diagonal", "upper_triangular", "lower_triangular"))
PATTERNS = LINEAR | {"positive_definite", "positive_semidefinite"}
MODES = ("generic", "sparse", "small", "wide", "tied")
GENERIC = tuple(Fraction(k) for k in (1, -1, 2, -2, 3, -3)) + tuple(Fraction(k, 2) for k in (1, -1, 3))
SPARSE = tuple(Fraction(k) for k in (0, 0, 1, -1))
CALM = tuple(Fraction(k, q) for k, q in ((0, 1), (0, 1), (1, 1), (-1, 1), (2, 1), (-1, 2)))
TIED = tuple(Fraction(k) for k in (2, -1))
SMALL = tuple(Fraction(k, q) for q, ks in ((1, (1, -1)), (2, (1, -1)), (4, (1, -1, 3)), (8, (1, -1))) for k in ks)
WIDE = tuple(Fraction(k, q) for q in (1, 2, 3, 5) for k in range(-12, 13))
POOLS = {
    mode: tuple(fmpq(f.numerator, f.denominator) for f in fractions)
    for mode, fractions in (
        ("generic", GENERIC),
        ("sparse", SPARSE),
        ("calm", CALM),
        ("small", SMALL),
        ("tied", TIED),
        ("wide", WIDE),
    )
}


class Drawer:
    """Random numbers of an exact ring: small rationals in one of the ``MODES``, or any elements of a prime field.

    ``sparse`` draws 0 and ±1 and now and then nothing but 0, ``small`` numbers up to 1, ``tied`` two numbers,
    ``wide`` many.
    """

    def __init__(self, ring: Ring, random: Random, mode: str = "generic") -> None:
        self.ring, self.random, self.mode = ring, random, mode
        self.field = isinstance(ring, PrimeField)
        self._pool = () if self.field else POOLS[mode]
        self.zero, self.one = ring.number(0), ring.number(1)

    def entry(self) -> Any:
        """Any number."""
        if self.field:
            return self.zero + self.random.getrandbits(64)
        return self.random.choice(self._pool)

    def sign(self) -> Any:
        """1 or -1"""
        return self.random.choice((self.one, -self.one))

    def positive(self) -> Any:
        """A positive number; in a field, any."""
        return self.entry() if self.field else self.ring.number(self.random.choice((1, 2, 3, Fraction(1, 2))))

    def rows(self, height: int, width: int) -> Rows:
        """A matrix of any entries."""
        if self.field:
            bits, zero = self.random.getrandbits, self.zero
            return [[zero + bits(64) for _ in range(width)] for _ in range(height)]
        if self.mode == "sparse" and not self.random.randrange(4):
            return [[self.zero] * width for _ in range(height)]
        return [[self.entry() for _ in range(width)] for _ in range(height)]

    def small(self, height: int, width: int) -> Rows:
        """A matrix of 0 and ±1 (any entries in a field), for matrices that are to be multiplied or inverted."""
        if self.field:
            return self.rows(height, width)
        pool = (self.zero, self.one, -self.one)
        return [[self.random.choice(pool) for _ in range(width)] for _ in range(height)]


Builder = Callable[[Drawer, int, int], Rows]


def _identity(draw: Drawer, size: int) -> Rows:
    return matrices.identity(draw.ring, size)


def _inverse(draw: Drawer, rows: Rows) -> Rows:
    try:
        return matrices.inverse(draw.ring, rows)
    except Undefined as error:
        raise NoModel("a singular matrix was drawn") from error


def _mirrored(sign: int) -> Builder:
    def build(draw: Drawer, height: int, width: int) -> Rows:
        rows = draw.rows(height, width)
        for r in range(height):
            for c in range(r):
                rows[r][c] = rows[c][r] * sign
            if sign < 0:
                rows[r][r] = draw.zero
        return rows

    return build


def _kept(keep: Callable[[int, int], bool]) -> Builder:
    def build(draw: Drawer, height: int, width: int) -> Rows:
        return [[draw.entry() if keep(r, c) else draw.zero for c in range(width)] for r in range(height)]

    return build


def _diagonal_of(entry: Callable[[Drawer], Any]) -> Builder:
    def build(draw: Drawer, height: int, width: int) -> Rows:
        return [[entry(draw) if r == c else draw.zero for c in range(width)] for r in range(height)]

    return build


def orthogonal(draw: Drawer, height: int, width: int) -> Rows:
    """(I - S)(I + S)⁻¹ D with S skew and D of signs: every orthogonal matrix is one of these.

    H. Liebeck and A. Osborne, The generation of all rational orthogonal matrices, Amer. Math. Monthly 98 (1991).
    """
    skew = _mirrored(-1)(_calm(draw), height, height)
    eye = _identity(draw, height)
    left = [[a - b for a, b in zip(p, q, strict=True)] for p, q in zip(eye, skew, strict=True)]
    right = [[a + b for a, b in zip(p, q, strict=True)] for p, q in zip(eye, skew, strict=True)]
    signs = [draw.sign() for _ in range(height)]
    return [[e * s for e, s in zip(row, signs, strict=True)] for row in product(left, _inverse(draw, right))]


def _calm(draw: Drawer) -> Drawer:
    """Numbers whose quotients stay short; of 2×2 skew matrices, 0 and ±1 alone would give no rotation but by 90°."""
    return draw if draw.field else Drawer(draw.ring, draw.random, "calm")


def orthonormal_columns(draw: Drawer, height: int, width: int) -> Rows:
    """The first columns of an orthogonal matrix."""
    if width > height:
        raise NoModel("more orthonormal columns than rows")
    return [row[:width] for row in orthogonal(draw, height, height)]


def _orthonormal_rows(draw: Drawer, height: int, width: int) -> Rows:
    return transpose(orthonormal_columns(draw, width, height))


def _unimodular(draw: Drawer, size: int) -> Rows:
    """P L U with L and U unit triangular: the first columns span any subspace, not only one in general position."""
    lower, upper = draw.small(size, size), draw.small(size, size)
    for r in range(size):
        for c in range(size):
            if c >= r:
                lower[r][c] = draw.one if r == c else draw.zero
            if c <= r:
                upper[r][c] = draw.one if r == c else draw.zero
    draw.random.shuffle(lower)
    return product(lower, upper)


def idempotent(draw: Drawer, height: int, width: int) -> Rows:
    """T diag(1, …, 1, 0, …, 0) T⁻¹ at every rank: the idempotents of one rank are a component of their own."""
    rank, change = draw.random.randint(0, height), _unimodular(draw, height)
    return product([row[:rank] for row in change], _inverse(draw, change)[:rank]) if rank else _zeros(draw, height)


def _zeros(draw: Drawer, size: int) -> Rows:
    return [[draw.zero] * size for _ in range(size)]


def projection(draw: Drawer, height: int, width: int) -> Rows:
    """B (Bᵀ B)⁻¹ Bᵀ at every rank."""
    rank = draw.random.randint(0, height)
    if not rank:
        return _zeros(draw, height)
    span = [row[:rank] for row in _unimodular(draw, height)]
    back = transpose(span)
    return product(product(span, _inverse(draw, product(back, span))), back)


def _reflection(draw: Drawer, height: int, width: int) -> Rows:
    flat = projection(draw, height, width)
    eye = _identity(draw, height)
    return [[a - b - b for a, b in zip(p, q, strict=True)] for p, q in zip(eye, flat, strict=True)]


def positive_definite(draw: Drawer, height: int, width: int) -> Rows:
    """L D Lᵀ with L unit lower triangular and D positive; in a field, any symmetric matrix."""
    if draw.field:
        return _mirrored(1)(draw, height, width)
    root = _kept(lambda r, c: r > c)(Drawer(draw.ring, draw.random, "sparse"), height, height)
    for k, row in enumerate(root):
        row[k] = draw.one
    scale = [draw.positive() for _ in root]
    return product([[e * s for e, s in zip(row, scale, strict=True)] for row in root], transpose(root))


def _positive_semidefinite(draw: Drawer, height: int, width: int) -> Rows:
    """B D Bᵀ at every rank, with D positive; in a field, any symmetric matrix."""
    if draw.field:
        return _mirrored(1)(draw, height, width)
    rank = draw.random.randint(0, height)
    if not rank:
        return _zeros(draw, height)
    root = [row[:rank] for row in _unimodular(draw, height)]
    scale = [draw.positive() for _ in range(rank)]
    return product([[e * s for e, s in zip(row, scale, strict=True)] for row in root], transpose(root))


def _permutation(draw: Drawer, height: int, width: int) -> Rows:
    order = list(range(height))
    draw.random.shuffle(order)
    return [[draw.one if c == order[r] else draw.zero for c in range(width)] for r in range(height)]


def of_rank(draw: Drawer, height: int, width: int, rank: int) -> Rows:
    """A product of two matrices that meet in ``rank`` columns and rows."""
    if not 0 <= rank <= min(height, width):
        raise NoModel(f"a {height}×{width} matrix of rank {rank}")
    if not rank:
        return [[draw.zero] * width for _ in range(height)]
    return product([row[:rank] for row in _unimodular(draw, height)], _unimodular(draw, width)[:rank])


def _integers(least: int) -> Builder:
    def build(draw: Drawer, height: int, width: int) -> Rows:
        return [[draw.ring.number(draw.random.randint(least, 4)) for _ in range(width)] for _ in range(height)]

    return build


BUILDERS: tuple[tuple[frozenset[str], Builder], ...] = tuple(
    (frozenset(kinds), build)
    for kinds, build in (
        (("permutation",), _permutation),
        (("diagonal", "orthogonal"), _diagonal_of(lambda draw: draw.sign())),
        (("diagonal", "projection"), _diagonal_of(lambda draw: draw.random.choice((draw.zero, draw.one)))),
        (("diagonal", "positive_definite"), _diagonal_of(lambda draw: draw.positive())),
        (("diagonal", "positive_semidefinite"), _diagonal_of(lambda draw: draw.positive())),
        (("diagonal",), _kept(lambda r, c: r == c)),
        (("symmetric", "orthogonal"), _reflection),
        (("orthogonal",), orthogonal),
        (("orthonormal_columns",), orthonormal_columns),
        (("orthonormal_rows",), _orthonormal_rows),
        (("projection",), projection),
        (("symmetric", "idempotent"), projection),
        (("idempotent",), idempotent),
        (("positive_definite",), positive_definite),
        (("positive_semidefinite",), _positive_semidefinite),
        (("symmetric",), _mirrored(1)),
        (("skew",), _mirrored(-1)),
        (("upper_triangular",), _kept(lambda r, c: r <= c)),
        (("lower_triangular",), _kept(lambda r, c: r >= c)),
        (("natural",), _integers(1)),
        (("integer",), _integers(-3)),
    )
)


def build(draw: Drawer, kinds: frozenset[str], height: int, width: int) -> Rows | None:
    """A matrix with the properties; None where any entries will do."""
    for wanted, builder in BUILDERS:
        if wanted <= kinds:
            return builder(draw, height, width)
    return None


def parameter(kinds: frozenset[str], r: int, c: int) -> tuple[tuple[int, int], int] | None:
    """Which free parameter of a linear structure the entry (r, c) is, and its sign; None for an entry that is 0."""
    if "diagonal" in kinds:
        return ((r, r), 1) if r == c else None
    if ("upper_triangular" in kinds and r > c) or ("lower_triangular" in kinds and r < c):
        return None
    if kinds & {"symmetric", "positive_definite", "positive_semidefinite"}:
        return (min(r, c), max(r, c)), 1
    if "skew" in kinds:
        return ((min(r, c), max(r, c)), 1 if r < c else -1) if r != c else None
    return (r, c), 1
