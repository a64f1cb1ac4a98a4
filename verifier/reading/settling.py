"""Terms and statements of declarations, read until their dimensions are settled."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.derivation import Hypothesis
from verifier.kernel.terms import Term
from verifier.reading.elaboration import Elaboration
from verifier.reading.environment import Restart
from verifier.reading.relations import proposition, steps_of
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError


def settled(read: Elaboration, node: Node) -> Term:
    """The term of a node, read until its dimensions are settled."""
    for _ in range(60):
        try:
            return read.term(node)
        except Restart:
            continue
    raise ReadingError(
        "dimensions that do not settle", node.start, node.end, "declared shapes, as in A \\in \\mathbb{R}^{m \\times n}"
    )


def settled_statement(read: Elaboration, node: Node) -> list[Term]:
    """The steps of a relation, read until its dimensions are settled."""
    for _ in range(60):
        try:
            if node.kind == "chain":
                return steps_of(read, node)
            return [proposition(read, node)]
        except Restart:
            continue
    raise ReadingError(
        "dimensions that do not settle", node.start, node.end, "declared shapes, as in A \\in \\mathbb{R}^{m \\times n}"
    )


MUCH = {"much_greater": "greater", "much_less": "less"}
SIGNS = {"greater": (0, 1), "less": (1, 0)}


def as_hypothesis(statement: Term, said: Iterable[Hypothesis]) -> Term:
    """A statement that is taken to hold, in the terms of the kernel: a ≫ b between positive numbers says
    a > b, and so does a ≫ 1.
    """
    if statement.head in MUCH:
        positive = {part for hypothesis in said if (part := _positive(hypothesis.statement)) is not None}
        small = statement.args[statement.head == "much_greater"]
        if _is_positive_number(small) or all(side in positive for side in statement.args):
            return Term(MUCH[statement.head], statement.args)
    return as_property(statement)


def _positive(statement: Term) -> Term | None:
    """What a statement says is positive."""
    if statement.head not in SIGNS:
        return None
    large, small = (statement.args[k] for k in SIGNS[statement.head])
    return large if small.head == "number" and small.data[0] >= 0 else None


def _is_positive_number(side: Term) -> bool:
    return side.head == "number" and bool(side.data[0] > 0)


def as_property(statement: Term) -> Term:
    """Σ ≻ 0 says positive definite; rank X = d says full column rank where X has d columns."""
    square = statement.args and statement.args[0].shape is not None and statement.args[0].shape.is_square
    definite = statement.head in ("loewner_greater", "loewner_greater_equal")
    if definite and square and statement.args[1].head == "zeros":
        name = "positive_definite" if statement.head == "loewner_greater" else "positive_semidefinite"
        return Term("property", (statement.args[0],), (name,))
    if statement.head == "equal" and statement.args[0].head == "rank" and statement.args[1].head == "index":
        matrix, size = statement.args[0].args[0], statement.args[1].data[0]
        for name, axis in (("full_column_rank", matrix.space().columns), ("full_row_rank", matrix.space().rows)):
            if axis == size:
                return Term("property", (matrix,), (name,))
    return statement
