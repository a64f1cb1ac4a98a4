"""Matrices for the axioms about matrices: of every kind, singular ones among them, and tuples that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations, product
from random import Random

from flint import fmpq, fmpq_mat

from tests.kernel.exact_matrices import eye, inverse, matrix, number, pseudoinverse

ENTRIES = (-2, -1, -1, 0, 0, 1, 1, 2, 3)
NUMBERS = (0, 1, -1, 2, fmpq(-1, 2), fmpq(2, 3))


def generic(random: Random, rows: int, columns: int) -> fmpq_mat:
    return matrix([[random.choice(ENTRIES) for _ in range(columns)] for _ in range(rows)])


def of_rank(random: Random, rows: int, columns: int, rank: int) -> fmpq_mat:
    """Of this rank or less."""
    if not rank:
        return fmpq_mat(rows, columns)
    return generic(random, rows, rank) * generic(random, rank, columns)


def orthogonal(random: Random, size: int) -> fmpq_mat:
    """Two reflections, or three, in random hyperplanes, with signs."""
    total = eye(size)
    for _ in range(random.randint(1, 3)):
        normal = generic(random, size, 1)
        length = (normal.transpose() * normal)[0, 0]
        if length != 0:
            total = total * (eye(size) - normal * normal.transpose() * (fmpq(2) / length))
    return total


def columns_of(a: fmpq_mat, count: int) -> fmpq_mat:
    return matrix([row[:count] for row in a.tolist()])


def invertible(random: Random, size: int) -> fmpq_mat:
    while True:
        a = generic(random, size, size)
        if a.det() != 0:
            return a


def diagonal(entries: list[int]) -> fmpq_mat:
    return matrix([[entry if r == c else 0 for c in range(len(entries))] for r, entry in enumerate(entries)])


def rectangles(random: Random, rows: int, columns: int) -> Iterator[fmpq_mat]:
    """Matrices of any shape."""
    yield fmpq_mat(rows, columns)
    for rank in range(1, min(rows, columns) + 1):
        yield of_rank(random, rows, columns, rank)
    yield generic(random, rows, columns)
    size = max(rows, columns)
    frame = columns_of(orthogonal(random, size), min(rows, columns))
    yield frame if rows >= columns else frame.transpose()


def squares(random: Random, size: int) -> Iterator[fmpq_mat]:
    """Square matrices: plain ones, and of every kind, at every rank where ranks are components."""
    yield from rectangles(random, size, size)
    a, change = generic(random, size, size), invertible(random, size)
    yield eye(size)
    yield -eye(size)
    yield change
    yield a + a.transpose()
    yield a - a.transpose()
    yield orthogonal(random, size)
    yield matrix(random.choice([*permutations(eye(size).tolist())])) if size < 4 else eye(size)
    yield diagonal([random.choice(ENTRIES) for _ in range(size)])
    for rank in range(size + 1):
        some = diagonal([1] * rank + [0] * (size - rank))
        turn = orthogonal(random, size)
        root = generic(random, size, rank) if rank else fmpq_mat(size, 1)
        yield change * some * inverse(change)
        yield turn * some * turn.transpose()
        yield root * root.transpose()
    yield change.transpose() * change


def pool(random: Random, rows: int, columns: int, is_scalar: bool) -> list[fmpq_mat]:
    if is_scalar:
        return [number(value) for value in NUMBERS]
    return list(squares(random, rows) if rows == columns else rectangles(random, rows, columns))


# pairs that chance would not find

Pairs = Callable[[Random, int, int], Iterator[tuple[fmpq_mat, fmpq_mat]]]


def _inverses(random: Random, rows: int, columns: int) -> Iterator[tuple[fmpq_mat, fmpq_mat]]:
    for _ in range(3 if rows == columns else 0):
        a = invertible(random, rows)
        yield a, inverse(a)


def _pseudoinverses(random: Random, rows: int, columns: int) -> Iterator[tuple[fmpq_mat, fmpq_mat]]:
    for rank in range(min(rows, columns) + 1):
        x = of_rank(random, rows, columns, rank)
        yield x, pseudoinverse(x)


PAIRS: dict[str, Pairs] = {"mul_eq_one_comm": _inverses, "pseudoinverse_unique": _pseudoinverses}


def models(
    name: str, random: Random, shapes: list[tuple[int, int]], scalars: list[bool]
) -> Iterator[tuple[fmpq_mat, ...]]:
    """Values for the arguments of an axiom, of these shapes."""
    yield from product(*(pool(random, *shape, scalar) for shape, scalar in zip(shapes, scalars, strict=True)))
    if name in PAIRS:
        yield from PAIRS[name](random, *shapes[0])
