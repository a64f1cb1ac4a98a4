"""Matrices, block matrices and cases."""

from __future__ import annotations

import re

from verifier.kernel.linear import ONE, Linear, variable
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term
from verifier.reading.elaboration import Elaboration
from verifier.reading.ellipsis import generalized_list, has_dots
from verifier.reading.environment import Restart
from verifier.reading.relations import proposition
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError

CASE_WORDS = frozenset(
    ["if", "when", "for", "where", "with", "else", "otherwise", "o", "w", "other", "case", "in", "the"]
)
UNDEFINED = "undefined"


# matrices and cases


def matrix_term(read: Elaboration, node: Node) -> Term:
    """A matrix of numbers, of blocks, or of entries with dots between them."""
    rows = [list(row.parts) for row in node.parts]
    width = max((len(row) for row in rows), default=0)
    if not rows or not width:
        raise ReadingError("an empty matrix", node.start, node.end, "entries")
    value = _matrix_value(read, rows, node)
    if node.text == "vmatrix":
        return read.make("determinant", value)
    return read.make("norm", value, data=("spectral",)) if node.text == "Vmatrix" else value


def _matrix_value(read: Elaboration, rows: list[list[Node]], node: Node) -> Term:
    if any(has_dots(cell) for row in rows for cell in row):
        lines = [row for row in rows if not _is_dots_row(row)]
        dotted = len(lines) < len(rows)
        cells = [row[0] if len(row) == 1 else Node("row", tuple(row), "", row[0].start, row[-1].end) for row in lines]
        if not dotted:
            return _stacked(read, [_row(read, row, node) for row in rows], node)
        middle = next(k for k, row in enumerate(rows) if _is_dots_row(row))
        cells.insert(middle, Node("dots", (), "vdots", node.start, node.end))
        return generalized_list(read, cells, node, by_rows=True)
    if len({len(row) for row in rows}) != 1:
        raise ReadingError("rows of different lengths", node.start, node.end, "a matrix")
    cells = [cell for row in rows for cell in row]
    terms = [read.term(cell) for cell in cells]
    if (len(rows) == 1) != (len(rows[0]) == 1):
        terms = [_zeros_between(read, cell, terms, len(rows) == 1) or t for cell, t in zip(cells, terms, strict=True)]
    return _blocks(read, terms, len(rows), len(rows[0]))


def _zeros_between(read: Elaboration, cell: Node, terms: list[Term], across: bool) -> Term | None:
    """A bold 0 in a row or column of blocks: zeros as high as the row or as wide as the column, else of any size."""
    inner = cell
    while inner.kind == "group" and len(inner.parts) == 1:
        inner = inner.parts[0]
    if inner.kind != "face" or inner.parts[0].kind != "number" or inner.parts[0].text != "0":
        return None
    blocks = [t.space() for t in terms if not t.space().is_scalar]
    size = read.dimensions.resolve(variable(f"?ones@{inner.start}.0"))
    if across:
        return Term("zeros", (), (Shape((blocks[0].rows if blocks else ONE, size)),))
    return Term("zeros", (), (Shape((size, blocks[0].columns if blocks else ONE)),))


def _blocks(read: Elaboration, terms: list[Term], rows: int, columns: int) -> Term:
    """A block matrix; a 0 or I among blocks takes the size that fits."""
    if len(terms) == 1:
        return terms[0]
    fitted = _sized_zeros(terms, rows, columns)
    for r in range(rows):
        line = fitted[r * columns : (r + 1) * columns]
        _same_axis(read, [t.space().rows for t in line])
    for c in range(columns):
        _same_axis(read, [t.space().columns for t in fitted[c::columns]])
    return read.make("block", *fitted, data=(rows, columns))


def _same_axis(read: Elaboration, sizes: list[Linear]) -> None:
    for size in sizes[1:]:
        if size != sizes[0] and read.dimensions.unify(sizes[0], size):
            raise Restart


def _sized_zeros(terms: list[Term], rows: int, columns: int) -> list[Term]:
    result = list(terms)
    for k, term in enumerate(terms):
        if term.head != "number" or term.data[0] != 0:
            continue
        r, c = divmod(k, columns)
        line = [
            terms[r * columns + j].space().rows for j in range(columns) if not terms[r * columns + j].space().is_scalar
        ]
        file = [
            terms[j * columns + c].space().columns for j in range(rows) if not terms[j * columns + c].space().is_scalar
        ]
        height = line[0] if line else ONE
        width = file[0] if file else ONE
        if height != ONE or width != ONE:
            result[k] = Term("zeros", (), (Shape((height, width)),))
    return result


def _is_dots_row(row: list[Node]) -> bool:
    return all(cell.kind in ("dots", "placeholder") for cell in row) and any(cell.kind == "dots" for cell in row)


def row_term(read: Elaboration, node: Node) -> Term:
    """A row of cells."""
    return _row(read, list(node.parts), node)


def _row(read: Elaboration, cells: list[Node], node: Node) -> Term:
    if any(cell.kind == "dots" for cell in cells):
        return generalized_list(read, cells, node, by_rows=False)
    terms = [read.term(cell) for cell in cells]
    return _blocks(read, terms, 1, len(terms))


def _stacked(read: Elaboration, lines: list[Term], node: Node) -> Term:
    return _blocks(read, lines, len(lines), 1)


def cases_term(read: Elaboration, node: Node) -> Term:
    """Values with their conditions; the last may be for the rest.

    Where no case is, the value is a symbol of which nothing is known: what is proved then holds wherever a case is, and
    nothing is refuted.
    """
    args: list[Term] = []
    rows = list(node.parts)
    for k, row in enumerate(rows):
        value = read.term(_cell_term(row.parts[0]))
        condition = _condition_of(read, row, k == len(rows) - 1)
        if condition is None:
            if k != len(rows) - 1:
                raise ReadingError(
                    "otherwise before the last case", row.start, row.end, "\\text{otherwise} in the last row"
                )
            return read.make("cases", *args, value)
        args += [condition, value]
    if len(rows) == 2 and _complementary(args[0], args[2]):
        return read.make("cases", args[0], args[1], args[3])
    read.undeclared.add(UNDEFINED)
    return read.make("cases", *args, Term("symbol", (), (UNDEFINED, args[1].space(), ())))


def _cell_term(cell: Node) -> Node:
    if cell.kind == "list":
        parts = [p for p in cell.parts if p.kind not in ("text", "separator")]
        if len(parts) == 1:
            return parts[0]
    return cell


def _condition_of(read: Elaboration, row: Node, last: bool) -> Term | None:
    cells = [c for c in row.parts[1:] if c.kind != "placeholder"]
    words = " ".join(p.text for c in cells for p in ((c,) if c.kind == "text" else c.parts) if p.kind == "text").lower()
    formulas = [p for c in cells for p in (c.parts if c.kind == "list" else (c,)) if p.kind in ("chain", "connective")]
    odd = [w for w in re.findall(r"[a-z]+", words) if w not in CASE_WORDS]
    if odd:
        raise ReadingError(f"the word {odd[0]!r} in a case", row.start, row.end, "if, otherwise, and a relation")
    if formulas:
        if len(formulas) > 1:
            raise ReadingError("a condition of several parts", row.start, row.end, "one relation")
        return proposition(read, formulas[0])
    if last and any(word in words for word in ("else", "otherwise", "o.w", "other")):
        return None
    raise ReadingError("a case without a condition", row.start, row.end, "a relation, or \\text{otherwise}")


COMPLEMENTS = {"less": "greater_equal", "less_equal": "greater", "greater": "less_equal", "greater_equal": "less"}


def _complementary(first: Term, second: Term) -> bool:
    return COMPLEMENTS.get(first.head) == second.head and first.args == second.args
