"""Equations between block matrices, block by block: [A 0; 0 B] [A⁻¹ 0; 0 B⁻¹] = I is AA⁻¹ = I and BB⁻¹ = I.

Both sides are multiplied out as matrices of blocks, and each pair of blocks that differs is a lemma. That the sides are
those matrices holds by normal form; from block to block the certificate goes by congruence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from verifier.kernel.context import HOLE, Context
from verifier.kernel.linear import Linear
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.goals import Equation

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
MOST_BLOCKS = 36


class NoBlocks(Exception):
    """Partitions that do not fit."""


@dataclass(frozen=True)
class Grid:
    """A matrix of blocks, with the heights of its rows and the widths of its columns."""

    heights: tuple[Linear, ...]
    widths: tuple[Linear, ...]
    cells: tuple[tuple[Term, ...], ...]

    @property
    def term(self) -> Term:
        """The block matrix."""
        return Term("block", tuple(c for row in self.cells for c in row), (len(self.heights), len(self.widths)))

    def map(self, function: Callable[[Term], Term]) -> Grid:
        """The function of each block, which keeps its shape."""
        return Grid(self.heights, self.widths, tuple(tuple(map(function, row)) for row in self.cells))


def by_blocks(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of an equation between block matrices, from one for each block; None if there are no blocks."""
    definitions = context.sequent.definitions
    left, right = (unfold(side, definitions) for side in goal.args)
    if not any(part.head == "block" for side in (left, right) for part in subterms(side)):
        return None
    try:
        one, other = _alike(_grid(left), _grid(right))
    except NoBlocks:
        return None
    if not 1 < len(one.heights) * len(one.widths) <= MOST_BLOCKS:
        return None
    here, lemmas, uses = one, [], []
    for r, c in product(range(len(one.heights)), range(len(one.widths))):
        lemma = Term("equal", (one.cells[r][c], other.cells[r][c]))
        equation = Equation.of(context, lemma)
        if equation is None or not equation.rest:
            continue
        proof = prove(context, lemma)
        if proof is None:
            return None
        around = _with(here, r, c, Term("symbol", (), (HOLE, lemma.args[0].space(), ()))).term
        relation = {"congruence": {"fact": len(context.known)}, "context": term_to_data(around)}
        hole = Term("symbol", (), (HOLE, goal.args[0].space(), ()))
        uses.append({"context": term_to_data(hole), "relation": relation})
        here = _with(here, r, c, lemma.args[1])
        lemmas.append((lemma, proof))
        context = context.assume(lemma)
    certificate: Certificate = {"rule": "linear", "uses": uses}
    for lemma, proof in reversed(lemmas):
        certificate = {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": certificate}
    return certificate


def _with(grid: Grid, r: int, c: int, term: Term) -> Grid:
    rows = [list(row) for row in grid.cells]
    rows[r][c] = term
    return Grid(grid.heights, grid.widths, tuple(map(tuple, rows)))


def _alike(one: Grid, other: Grid) -> tuple[Grid, Grid]:
    """Both in the same partition."""
    if (one.heights, one.widths) == (other.heights, other.widths):
        return one, other
    if len(one.heights) * len(one.widths) > 1:
        return one, _parted(other, one.heights, one.widths)
    return _parted(one, other.heights, other.widths), other


def _parted(grid: Grid, heights: tuple[Linear, ...], widths: tuple[Linear, ...]) -> Grid:
    """A zero or an identity in parts. Raises NoBlocks for another matrix."""
    if (grid.heights, grid.widths) == (heights, widths):
        return grid
    only = grid.cells[0][0]
    if grid.cells != ((only,),) or not (only.head == "zeros" or (only.head == "identity" and heights == widths)):
        raise NoBlocks("a matrix whose parts are not known")

    def cell(r: int, c: int) -> Term:
        if only.head == "identity" and r == c:
            return Term("identity", (), (heights[r],))
        return Term("zeros", (), (Shape((heights[r], widths[c])),))

    cells = tuple(tuple(cell(r, c) for c in range(len(widths))) for r in range(len(heights)))
    return Grid(heights, widths, cells)


def _grid(term: Term) -> Grid:
    """A term as a matrix of blocks; of one block where it is none."""
    match term.head:
        case "block":
            rows, columns = term.data
            cells = tuple(term.args[r * columns : (r + 1) * columns] for r in range(rows))
            heights = tuple(row[0].space().rows for row in cells)
            return Grid(heights, tuple(cell.space().columns for cell in cells[0]), cells)
        case "transpose":
            inner = _grid(term.args[0])
            turned = tuple(tuple(_turned(row[c]) for row in inner.cells) for c in range(len(inner.widths)))
            return Grid(inner.widths, inner.heights, turned)
        case "negate":
            return _grid(term.args[0]).map(lambda cell: cell if cell.head == "zeros" else Term("negate", (cell,)))
        case "add" | "subtract":
            one, other = _alike(*map(_grid, term.args))
            pairs = zip(one.cells, other.cells, strict=True)
            sums = tuple(tuple(_sum(term.head, a, b) for a, b in zip(*rows, strict=True)) for rows in pairs)
            return Grid(one.heights, one.widths, sums)
        case "multiply" if not any(arg.space().is_scalar for arg in term.args):
            return _product(*map(_grid, term.args))
        case "multiply":
            scalar, matrix = term.args if term.args[0].space().is_scalar else term.args[::-1]
            if not matrix.space().is_scalar:
                return _grid(matrix).map(
                    lambda cell: cell if cell.head == "zeros" else Term("multiply", (scalar, cell))
                )
        case "divide" if not term.space().is_scalar:
            return _grid(term.args[0]).map(lambda cell: Term("divide", (cell, term.args[1])))
    return Grid((term.space().rows,), (term.space().columns,), ((term,),))


def _product(one: Grid, other: Grid) -> Grid:
    if one.widths != other.heights:
        if len(one.widths) > 1:
            other = _parted(other, one.widths, one.widths)
        else:
            one = _parted(one, other.heights, other.heights)
    cells = []
    for row in one.cells:
        line = []
        for c, width in enumerate(other.widths):
            total: Term | None = None
            for k, left in enumerate(row):
                right = other.cells[k][c]
                if "zeros" in (left.head, right.head):
                    continue
                part = (
                    right
                    if left.head == "identity"
                    else left
                    if right.head == "identity"
                    else Term("multiply", (left, right))
                )
                total = part if total is None else Term("add", (total, part))
            line.append(total or Term("zeros", (), (Shape((row[0].space().rows, width)),)))
        cells.append(tuple(line))
    return Grid(one.heights, other.widths, tuple(cells))


def _times(left: Term, right: Term) -> Term:
    if left.head == "identity":
        return right
    return left if right.head == "identity" else Term("multiply", (left, right))


def _sum(head: str, one: Term, other: Term) -> Term:
    if other.head == "zeros":
        return one
    if one.head == "zeros":
        return other if head == "add" else Term("negate", (other,))
    return Term(head, (one, other))


def _turned(cell: Term) -> Term:
    if cell.head == "zeros":
        return Term("zeros", (), (cell.space().transposed,))
    return cell if cell.head == "identity" else cell.args[0] if cell.head == "transpose" else Term("transpose", (cell,))


__all__ = ["by_blocks"]
