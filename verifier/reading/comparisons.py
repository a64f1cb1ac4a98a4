"""Comparisons as they are written: what μ > 0, |a| < 1 and t ≥ 0 are about: numbers, or indices."""

from __future__ import annotations

from verifier.kernel.linear import constant, minus, plus
from verifier.reading.environment import Environment, Meaning
from verifier.reading.evidence import COUNTERS, Evidence, Uses
from verifier.reading.governing import ORDERS, form_of
from verifier.reading.marks import Marks, base_and_marks, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node, relations
from verifier.reading.targets import INDEX_LETTERS

WHOLE = COUNTERS | frozenset("mnpqrdKMNTPQRSD")
"""Letters that people use for whole numbers too: k ≥ 1 does not make k a real number."""
COUNTING = frozenset("ijklmnKMNT")
"""Those of them that mostly stand for whole numbers: in a given block, the others may be real."""
MATRICES = frozenset("AHIKOPQSUWXYZ") | frozenset(
    ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
)
"""Letters that people use for matrices: A > 0 may say that A is positive definite."""
VECTORS = frozenset("uvwxyz")
AT_LEAST = {">": 1, "\\gt": 1, "\\ge": 0, "\\geq": 0, "\\geqslant": 0, ">=": 0}
AT_MOST = {"<": 1, "\\lt": 1, "\\le": 0, "\\leq": 0, "\\leqslant": 0, "<=": 0}


def is_number(name: str, evidence: Evidence, whole: frozenset[str] = WHOLE) -> bool:
    """Whether a name is a real number if it is compared: no letter of ``whole``, no index, no vector or matrix."""
    uses = evidence.uses.get(name, Uses())
    stem = name.partition("_")[0]
    other = uses.transposed or uses.bold or uses.double_index or uses.inverted or uses.in_matrix_function or uses.called
    other = other or (uses.normed and stem in VECTORS)
    indexed = is_index(name, evidence) or uses.letter_index or uses.number_index
    return name not in whole and stem not in MATRICES and not (indexed or other)


def is_index(name: str, *evidence: Evidence) -> bool:
    """Whether a name stands somewhere as an index or a limit: t ≥ 0 says of it no more than where it starts."""
    every = [found.uses[name] for found in evidence if name in found.uses]
    return any(uses.as_index or uses.as_limit for uses in every)


def range_said(node: Node, environment: Environment) -> Meaning | None:
    """The index and its range that t ≥ 1, 0 ≤ t or 0 ≤ t < T say; None for anything else."""
    signs = relations(node) if node.kind == "chain" else []
    parts = node.parts
    if len(signs) == 1 and signs[0] in AT_LEAST:
        parts, signs = (parts[1], parts[0]), [{1: "<", 0: "\\le"}[AT_LEAST[signs[0]]]]
    if not signs or len(signs) > 2 or any(sign not in AT_MOST for sign in signs):
        return None
    name = plain_name(parts[1]) if parts[1].kind == "name" else None
    low = form_of(parts[0], environment)
    if name is None or low is None or parts[0].kind not in ("number", "sum"):
        return None
    low = plus(low, constant(AT_MOST[signs[0]]))
    if len(signs) == 1:
        return Meaning(name, "index", range=(low, None))
    high = form_of(parts[2], environment)
    return None if high is None else Meaning(name, "index", range=(low, minus(high, constant(AT_MOST[signs[1]]))))


def names_compared(node: Node) -> list[Node]:
    """The bare names among the sides of a comparison, |a| for a among them: σ_max, but no x_1, x_i or w_t."""
    if node.kind != "chain" or not ORDERS.issuperset(relations(node)) or {"\\ne", "\\neq"} & set(relations(node)):
        return []
    sides = [side.parts[0] if side.kind == "absolute" else side for side in node.parts]
    return [side for side in sides if _is_bare(side)]


def _is_bare(side: Node) -> bool:
    base, marks = base_and_marks(side)
    if plain_name(base) is None or marks.primes or marks != Marks(subscript=marks.subscript, star=marks.star):
        return False
    if marks.subscript is EMPTY:
        return True
    label = rendered(marks.subscript)
    return label is not None and not label[:1].isdigit() and label not in INDEX_LETTERS and len(label) != 2
