"""Constraints of optima: s.t. after one, conditions below one; and two optima that are said to be the same."""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, free_indices
from verifier.reading.elaboration import Elaboration
from verifier.reading.governing import ORDERS
from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.relations import proposition
from verifier.reading.sets import REALS, space_of
from verifier.reading.syntax import EMPTY, Node, relations, walk
from verifier.reading.tokens import ReadingError

SUCH_THAT = re.compile(
    r"[\s,:]*(?:with\s+)?(?:s\.?\s?t\.?|subject to|such that|under the constraints?)[\s,:]*", re.IGNORECASE
)
LATER = re.compile(
    r"[\s,;:]*(?:s\.\s?t\.|subject to|such that|(?:under|with) (?:the )?constraints?|among|constrained)\b",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\W*(?:has|have) the same (?:solutions?|minimi[sz]ers?|maximi[sz]ers?|optim\w+|argmin|argmax) as\W*", re.IGNORECASE
)
SILENT = ("separator", "placeholder")
BETWEEN = (",", ";", "quad", "qquad", "newline", "&", ".")
COLONS = (":", "|", "mid", "colon", "s.t.", "s.t")
NO_VARIABLE = "a variable, then a colon and its constraints"
OVER = ("min", "max", "argmin", "argmax", "inf", "sup")


def begins_with_optimum(node: Node) -> bool:
    """Whether a side begins with an argmin, an argmax, or a min or max over a variable."""
    if node.kind == "sum":
        return node.text.startswith("+") and begins_with_optimum(node.parts[0])
    if node.kind == "constrained":
        return True
    first = node.parts[0] if node.kind == "product" else node
    base, marks = base_and_marks(first)
    return base.kind == "big" and (base.text == "arg" or (base.text in OVER and marks.subscript is not EMPTY))


def speaks_of_optimum(node: Node) -> bool:
    """Whether an argmin, argmax, or a min or max over a variable, stands anywhere in a formula."""
    return any(begins_with_optimum(part) for part in walk(node))


def joined(parts: list[Node]) -> list[Node]:
    """The parts of a formula, with constraints as parts of the optimum before them, and two optima that are the same.

    Raises ReadingError for what is said after s.t. and is no relation.
    """
    for k, part in enumerate(parts):
        side = part.parts[-1] if part.kind == "chain" else part
        if not begins_with_optimum(side):
            continue
        place, said = _words_after(parts, k)
        if said is None:
            continue
        if SUCH_THAT.fullmatch(said.text):
            constrained = _constrained(side, parts[place + 1 :], said)
            whole = constrained
            if part.kind == "chain":
                whole = replace(part, parts=(*part.parts[:-1], constrained), end=constrained.end)
            return [*parts[:k], whole]
        if SAME.fullmatch(said.text) and part.kind != "chain" and place + 1 < len(parts):
            other = _solution(side, parts[place + 1])
            whole = Node("chain", (side, other), "=", side.start, other.end)
            return [*parts[:k], whole, *parts[place + 2 :]]
    _stands_alone(parts)
    return parts


def _stands_alone(parts: list[Node]) -> None:
    """Raises ReadingError if a relation beside an optimum speaks of its variable, but for L(w) = …: a constraint?"""
    bound = frozenset(name for part in parts for name in variables_of(part))
    for part in parts if bound else ():
        if part.kind != "chain" or variables_of(part) or _is_call(part.parts[0]) or _is_real(part):
            continue
        if not bound.isdisjoint(filter(None, map(plain_name, walk(part)))):
            raise ReadingError("a relation beside an optimum", part.start, part.end, "s.t. before it, if it constrains")


def _is_real(part: Node) -> bool:
    """Whether a relation is w ∈ ℝ or w ∈ ℝⁿ."""
    if relations(part) != ["\\in"]:
        return False
    base, marks = base_and_marks(part.parts[1])
    plain = all(p.kind != "sign" for p in walk(part.parts[1]))
    return plain_name(base) in REALS and marks.subscript is EMPTY and plain


def _is_call(side: Node) -> bool:
    """Whether a side is L(w): what is said of it defines L."""
    return side.kind == "product" and len(side.parts) == 2 and side.parts[1].kind == "group"


def _words_after(parts: list[Node], k: int) -> tuple[int, Node | None]:
    """The first words after part number k, if nothing but space is between."""
    for place in range(k + 1, len(parts)):
        if parts[place].kind == "text" and parts[place].text.strip():
            return place, parts[place]
        if parts[place].kind not in (*SILENT, "text"):
            break
    return k, None


def _constrained(side: Node, rest: list[Node], said: Node) -> Node:
    """The optimum with the relations after s.t."""
    constraints: list[Node] = []
    for part in rest:
        if part.kind == "chain" and (len(part.parts) == 2 or ORDERS.issuperset(relations(part))):
            constraints.append(part)
        elif not _is_between(part):
            raise ReadingError("what is said after a constraint", part.start, part.end, "relations alone after s.t.")
    if not constraints:
        raise ReadingError("a constraint without a relation", said.start, said.end, "a relation after s.t.")
    return Node("constrained", (side, *constraints), "", side.start, constraints[-1].end)


def _is_between(part: Node) -> bool:
    """Whether a part only stands between constraints: a comma, space, and."""
    if part.kind == "text":
        return part.text.strip(" .,;") in ("", "and")
    return part.kind == "placeholder" or (part.kind == "separator" and part.text in BETWEEN)


def _solution(side: Node, part: Node) -> Node:
    """Another optimum, or E of w = E, where w is the variable."""
    if begins_with_optimum(part):
        return part
    variables = {plain_name(p) for p in walk(_below(side))} - {None}
    if part.kind == "chain" and relations(part) == ["="]:
        name = plain_name(part.parts[0])
        if name is not None and (name in variables or name.partition("(")[2].removesuffix(")") in variables):
            return part.parts[1]
    raise ReadingError("what has the same solution", part.start, part.end, "an optimum, or w = … for its variable w")


def variables_of(node: Node) -> frozenset[str]:
    """The names that stand below the optima in a formula, and vary there."""
    below = (base_and_marks(part)[1].subscript for part in walk(node) if begins_with_optimum(part))
    return frozenset(name for one in below for part in walk(one) if (name := plain_name(part)) is not None)


def _below(side: Node) -> Node:
    """What stands below the optimum that a side begins with."""
    for part in walk(side):
        base, marks = base_and_marks(part)
        if base.kind == "big" and marks.subscript is not EMPTY:
            return marks.subscript
    return EMPTY


# terms


def constrained_term(read: Elaboration, node: Node) -> Term:
    """argmin_w f s.t. C"""
    optimum = read.term(node.parts[0])
    if optimum.head != "optimum":
        raise ReadingError(
            "a constraint of what is no optimum", node.start, node.end, "an argmin, or a min over a variable"
        )
    constraints = [_constraint(read, part, node) for part in node.parts[1:]]
    return read.make("optimum", *optimum.args, *constraints, data=optimum.data)


def _constraint(read: Elaboration, part: Node, whole: Node) -> Term:
    """A constraint; its indices are said elsewhere too, or it may be meant for all of them."""
    said = proposition(read, part)
    for atom in map(str, free_indices(said)):
        if atom in read.free and not _is_said(read, atom, whole):
            raise ReadingError(f"a constraint for which {atom}", part.start, part.end, f"for which {atom} it holds")
    return said


def _is_said(read: Elaboration, name: str, whole: Node) -> bool:
    known = read.meaning(name)
    if known is not None and known.kind == "index":
        return True
    statement = read.statement
    return statement is not None and _stands_beside(statement, name, whole)


def _stands_beside(node: Node, name: str, left_out: Node) -> bool:
    if node is left_out:
        return False
    if node.kind == "name":
        return node.text == name
    return any(_stands_beside(part, name, left_out) for part in node.parts)


def variables_below(read: Elaboration, node: Node) -> tuple[list[Term], list[Term]]:
    """The variables below an optimum, and the constraints on them: w, w ∈ ℝⁿ, w : Aw = b, x ≥ 0, ‖w‖ = 1."""
    variables: list[Term] = []
    constraints: list[Term] = []
    on = False
    for part in node.parts:
        if part.kind in ("separator", "text"):
            on = on or part.text.strip(" ,") in COLONS
            continue
        if on or (part.kind == "chain" and variables and relations(part) != ["\\in"]):
            constraints.append(_constraint(read, part, node))
        elif part.kind == "chain":
            variables.append(_variable_of(read, part, constraints))
        else:
            variables.append(read.term(part))
    return variables, constraints


def _variable_of(read: Elaboration, chain: Node, constraints: list[Term]) -> Term:
    """The variable of a chain below an optimum; what the chain says more of it is a constraint."""
    left = chain.parts[0]
    if relations(chain) == ["\\in"]:
        variable = read.term(left)
        space = space_of(read, read.source, chain.parts[1])
        if space.properties or space.bounds or space.meaning.kind != "symbol":
            raise ReadingError("a set below an optimum", chain.start, chain.end, "ℝⁿ, or s.t. and a relation")
        read.make("equal", variable, Term("zeros", (), (space.meaning.shape or SCALAR,)))
        return variable
    target = left.parts[0] if left.kind in ("norm", "absolute") and len(left.parts) == 1 else left
    while target.kind == "script":
        target = target.parts[0]
        target = target.parts[0] if target.kind in ("norm", "absolute") and len(target.parts) == 1 else target
    if plain_name(target) is None or (relations(chain) == ["="] and target is left):
        raise ReadingError(
            "an optimum over what?", chain.start, chain.end, "a variable, then a colon and its constraints"
        )
    variable = read.term(target)
    if variable.head != "symbol":
        raise ReadingError(
            "an optimum over what?", chain.start, chain.end, "a variable, then a colon and its constraints"
        )
    constraints.append(_constraint(read, chain, chain))
    return variable


__all__ = [
    "LATER",
    "begins_with_optimum",
    "constrained_term",
    "joined",
    "speaks_of_optimum",
    "variables_below",
    "variables_of",
]
