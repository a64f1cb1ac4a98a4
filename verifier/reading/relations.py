"""Propositions: chains of relations, implications, memberships."""

from __future__ import annotations

from verifier.kernel.terms import Term, free_indices
from verifier.notation import RELATIONS
from verifier.reading.elaboration import Elaboration
from verifier.reading.limits import INFINITY, TO, letter_that_grows, limit_is, tends
from verifier.reading.marks import base_and_marks
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError

MATRIX_ORDERS = frozenset(("less", "less_equal", "greater", "greater_equal"))


def proposition(read: Elaboration, node: Node) -> Term:
    """What a chain, an implication or a list of such says."""
    match node.kind:
        case "chain":
            steps = steps_of(read, node)
            return steps[0] if len(steps) == 1 else Term("and", tuple(steps))
        case "connective":
            return Term(node.text, tuple(proposition(read, part) for part in node.parts))
        case "cases":
            chains = [part for row in node.parts for part in _chains_of(row)]
            if not chains:
                raise ReadingError("cases without a relation", node.start, node.end, "relations, one to a row")
            return Term("and", tuple(proposition(read, chain) for chain in chains))
        case "list" | "group" | "script list":
            parts = [p for p in node.parts if p.kind not in ("separator", "text")]
            props = [proposition(read, part) for part in parts]
            if not props:
                raise ReadingError("a list without a relation", node.start, node.end, "a relation such as a = b")
            return props[0] if len(props) == 1 else Term("and", tuple(props))
    what = "words where a relation is due" if node.kind in ("text", "word") else "a term where a relation is due"
    raise ReadingError(what, node.start, node.end, "a relation such as a = b")


def _chains_of(row: Node) -> list[Node]:
    """The relations in a row of a system of equations."""
    cells = [part for cell in row.parts for part in (cell.parts if cell.kind == "list" else (cell,))]
    if any(cell.kind not in ("chain", "text", "placeholder") for cell in cells):
        raise ReadingError("a row that is no relation", row.start, row.end, "a relation")
    return [cell for cell in cells if cell.kind == "chain"]


def steps_of(read: Elaboration, chain: Node) -> list[Term]:
    """Each step of a chain as a proposition."""
    sides = sides_of(read, chain)
    return [relate(read, sign, sides[k], sides[k + 1], chain) for k, sign in enumerate(relations(chain))]


def sides_of(read: Elaboration, chain: Node) -> list[Term]:
    """The sides of a chain."""
    signs = ("", *relations(chain))
    limits = [sign in TO or (k > 0 and _is_limit(chain.parts[k - 1])) for k, sign in enumerate(signs)]
    return [_side(read, part, limits[k]) for k, part in enumerate(chain.parts)]


def _is_limit(node: Node) -> bool:
    """lim … by itself on a side."""
    first = node.parts[0] if node.kind == "product" else node
    base, _ = base_and_marks(first)
    return base.kind == "big" and base.text == "limit"


def _side(read: Elaboration, part: Node, limit: bool) -> Term:
    """A side of a relation; ∞ and -∞ are limits, no numbers."""
    if limit and part.kind == "infinity":
        return INFINITY
    if limit and part.kind == "sum" and len(part.parts) == 1 and part.parts[0].kind == "infinity":
        return read.make("negate", INFINITY) if part.text == "-" else INFINITY
    return read.term(part)


def relate(read: Elaboration, sign: str, left: Term, right: Term, node: Node) -> Term:
    """left sign right. A bare 0 beside a vector or matrix is the zero of its shape."""
    head = RELATIONS.get(sign)
    if sign == "\\in" and right.head == "optimum" and right.data[0].startswith("arg"):
        return read.make("optimal", sized(left, right), right)
    if head is None or head == "member":
        raise ReadingError(f"the relation {sign}", node.start, node.end, "a relation between terms")
    if head == "tends_to":
        return tends(read, left, right, node)
    letter = letter_that_grows(left) if head == "equal" else None
    if letter is not None and _is_index(read, letter, left.args[0]) and letter not in map(str, free_indices(right)):
        return limit_is(read, left.args[0], letter, right, node)
    if head == "distributed":
        raise ReadingError("a distribution", node.start, node.end, "a relation between terms")
    left, right = sized(left, right), sized(right, left)
    if head in MATRIX_ORDERS and left.space().is_square and right.space().is_square and not left.space().is_scalar:
        raise ReadingError(f"{sign} between matrices", node.start, node.end, "\\succ or \\preceq, or entries")
    return read.make(head, left, right)


def _is_index(read: Elaboration, letter: str, body: Term) -> bool:
    return read.range_of(letter) is not None or letter in map(str, free_indices(body))


def sized(term: Term, other: Term) -> Term:
    """A bare 0 takes the shape of the other side."""
    if term.head == "number" and term.data[0] == 0 and not other.space().is_scalar:
        return Term("zeros", (), (other.space(),))
    return term


def no_term(read: Elaboration, node: Node) -> Term:
    """A relation where a term is due."""
    raise ReadingError("a relation where a term is due", node.start, node.end, "a term")
