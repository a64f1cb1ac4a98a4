"""What a left side defines: z, l_i(θ), f(x), A_h."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.notation import FUNCTIONS, MATRIX_FUNCTIONS
from verifier.reading.elaboration import Elaboration
from verifier.reading.environment import Environment
from verifier.reading.marks import base_and_marks, composite_name, index_nodes, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node

INDEX_LETTERS = frozenset(("i", "j", "k", "t", "h", "r"))
OPERATIONS = frozenset(("Var", "Cov", "var", "cov", "Pr", "KL", "std", "rank", "softmax", "bb(E)", "bb(P)", "bb(V)"))
CHANGES = frozenset(("Delta", "delta"))
"""Letters that make one symbol with the next: Δb, δω."""


@dataclass(frozen=True)
class Target:
    """The left side of a definition: a name, index letters, parameters."""

    name: str
    letters: tuple[str, ...] = ()
    parameters: tuple[Node, ...] = ()
    above: bool = False


def definition_target(read: Elaboration, left: Node) -> Target | None:
    """What a left side defines: z, l_i(θ), f(x), A_h; None if it is no bare new name."""
    group: Node | None = None
    head = left
    if left.kind == "product" and len(left.parts) == 2 and left.parts[1].kind == "group" and left.parts[1].text == "(":
        head, group = left.parts
    base, marks = base_and_marks(head)
    stem = plain_name(base)
    change = composite_name(left) if left.kind == "product" and len(left.parts) == 2 else None
    if change is not None and change.split()[0] in CHANGES:
        return Target(change)
    if stem is None or stem in OPERATIONS or (len(stem) > 1 and (stem in FUNCTIONS or stem in MATRIX_FUNCTIONS)):
        return None
    if not stem.rstrip("()").strip() or stem[0].isdigit():
        return None
    if marks.actions:
        above = marks.actions[0].parts
        letter = above[0].text if len(above) == 1 and above[0].kind == "name" else ""
        plain = len(marks.actions) == 1 and len(letter) == 1 and letter.islower() and group is None
        return Target(stem, (letter,), above=True) if plain else None
    parameters = tuple(p for p in group.parts if p.kind != "separator") if group is not None else ()
    if any(p.kind not in ("name", "face", "accent", "script") for p in parameters):
        return None
    if marks.primes and parameters:
        return None
    name = stem + marks.star + "'" * marks.primes
    letters: tuple[str, ...] = ()
    if marks.iteration is not EMPTY:
        label = rendered(marks.iteration)
        if not is_label(marks.iteration):
            inner = [p.text for p in marks.iteration.parts if p.kind == "name"]
            if len(inner) != 1:
                return None
            name, letters = f"{name}^()", (inner[0],)
        else:
            name = f"{name}^({label})"
    if marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        plain = nodes is not None and all(is_index_letter(read.environment, n) for n in nodes)
        if plain and nodes is not None and read.meaning(f"{name}_{rendered(marks.subscript)}") is None:
            letters = (*letters, *(n.text for n in nodes))
            name = name if name.endswith("^()") else f"{name}_"
        else:
            name = f"{name}_{rendered(marks.subscript)}"
    return Target(name, letters, parameters)


def is_index_letter(environment: Environment, node: Node) -> bool:
    """Whether a subscript in a declaration is an index (x_i, w_t) rather than a label (σ_l, y_d)."""
    if node.kind != "name":
        return False
    meaning = environment.find(node.text)
    return meaning.kind == "index" if meaning is not None else node.text in INDEX_LETTERS


def is_label(iteration: Node) -> bool:
    """Whether a superscript in brackets is a label, as in x^{(1)}, rather than an index."""
    return all(p.kind in ("number", "word", "text") for p in iteration.parts)
