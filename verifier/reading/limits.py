"""Limits of sequences, as what they say: for every m there is a T from which on every t is closer than 1/(m + 1).

w_t → c      ∀ m ≥ 0  ∃ T  ∀ t ≥ T   |w_t - c| < 1/(m + 1)
w_t → ∞      ∀ m ≥ 0  ∃ T  ∀ t ≥ T   w_t > m
"""

from __future__ import annotations

from verifier.kernel.linear import ONE, ZERO, Linear, plus, variable
from verifier.kernel.terms import Term, free_indices, free_names
from verifier.reading.elaboration import Elaboration
from verifier.reading.powers import towards_infinity
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError

INFINITY = Term("constant", (), ("infty",))
SPARE = ("m", "T", "k", "N", "q", "r", "s", "u", "v", "M", "K", "Q", "R", "S")
TO = frozenset(("\\to", "\\rightarrow", "\\longrightarrow"))


def tends(read: Elaboration, left: Term, right: Term, node: Node) -> Term:
    """left → right, where one index tends to infinity: that of the left side."""
    letters = sorted(str(atom) for atom in free_indices(left) - free_indices(right) if str(atom) not in read.bound)
    letters = [letter for letter in letters if read.range_of(letter) is not None]
    if left.head == "index" or not letters:
        return Term("tends_to", (left, right))
    if len(letters) > 1:
        message = f"a limit where {' or '.join(letters)} may grow"
        raise ReadingError(message, node.start, node.end, f"\\lim_{{{letters[0]} \\to \\infty}}")
    return limit_is(read, left, letters[0], right, node)


def limit_is(read: Elaboration, body: Term, letter: str, target: Term, node: Node) -> Term:
    """The limit of a body, as a letter grows, is a value, ∞ or -∞."""
    taken = free_names(body) | free_names(target) | {str(a) for a in free_indices(body) | free_indices(target)}
    near, start = [name for name in SPARE if name not in taken][:2]
    bound = Term("index", (), (variable(near),))
    if target == INFINITY:
        size = body if body.space().is_scalar else read.make("norm", body, data=(_norm(body),))
        member = read.make("greater", size, bound)
    elif target == Term("negate", (INFINITY,)):
        if not body.space().is_scalar:
            raise ReadingError("a vector or matrix that tends to -∞", node.start, node.end, "a number")
        member = read.make("less", body, read.make("negate", bound))
    else:
        if not body.space().is_scalar and target.head == "number" and target.data[0] == 0:
            target = Term("zeros", (), (body.space(),))
        apart = read.make("subtract", body, target)
        distance = (
            read.make("elementwise", apart, data=("abs", 0, ()))
            if apart.space().is_scalar
            else read.make("norm", apart, data=(_norm(apart),))
        )
        after = Term("index", (), (plus(variable(near), ONE),))
        member = read.make("less", distance, read.make("divide", read.number(1), after))
    low: Linear = (read.range_of(letter) or (ZERO, None))[0]
    tail = Term("for_all", (member,), (letter, variable(start), None))
    return Term("for_all", (Term("exists", (tail,), (start, low, None)),), (near, ZERO, None))


def _norm(term: Term) -> str:
    return "2" if term.space().is_vector else "F"


def letter_that_grows(limit: Term) -> str | None:
    """t in lim_{t → ∞}."""
    return towards_infinity(limit.data[0]) if limit.head == "limit" else None


def is_mode(node: Node) -> bool:
    """t → ∞: how a limit is taken, no statement of its own."""
    chain = node.kind == "chain" and len(node.parts) == 2 and relations(node)[0] in TO
    return chain and node.parts[0].kind == "name" and node.parts[1].kind in ("infinity", "sum")
