"""What words claim of a minimiser: the minimiser of f is E, f is minimised at E, E minimises f."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.prose import FORMULA, Sentence
from verifier.reading.syntax import EMPTY, Node, relations, walk

OVER = rf"(?P<over>\s+(?:over|with respect to|w\.r\.t\.)\s+{FORMULA})?"
IS = r"\s+is(?:\s+(?:then|therefore|thus))?(?:\s+given\s+by)?\s*:?\s*$"
ONLY = re.compile(rf"\b(?P<kind>min|max)imi[sz]er\s+of\s+{FORMULA}{OVER}{IS}")
AT = re.compile(rf"{FORMULA}\s+is\s+(?P<kind>min|max)imi[sz]ed{OVER}\s+(?:at|by)\s*$")
BY = re.compile(rf"{FORMULA}\s+(?P<kind>min|max)imi[sz]es\s*$")


def said_to_be_optimal(sentence: Sentence, earlier: Sequence[Node], node: Node) -> tuple[Node, Node, str] | None:
    """The claim in words that ends with a formula, E = argmin f or E ∈ argmin f, with f and the verb; None if none."""
    words = sentence.words.lower()
    only, at, by = (pattern.search(words) for pattern in (ONLY, AT, BY))
    found = only or at or by
    if found is None or sentence.denies() or not earlier:
        return None
    if by is found:
        point, objective, variable = _value(earlier[-1]), node, None
    else:
        over = found.group("over") is not None
        if over and len(earlier) < 2:
            return None
        objective, variable = (earlier[-2], earlier[-1]) if over else (earlier[-1], None)
        point = _value(node)
    objective = _value(objective)
    variable = variable or _variable(objective, node.parts[0] if node.kind == "chain" and by is not found else point)
    if variable is None:
        return None
    optimum = _optimum(f"arg{found.group('kind')}", variable, objective)
    sign = "=" if found is only else "\\in"
    claim = Node("chain", (point, optimum), sign, point.start, point.end)
    return claim, objective, f"{'alone ' if found is only else ''}{found.group('kind')}imises"


def _value(node: Node) -> Node:
    """The last side of a chain of equations; a term as it is."""
    return node.parts[-1] if node.kind == "chain" and set(relations(node)) == {"="} else node


def _variable(objective: Node, point: Node) -> Node | None:
    """w of J(w); or w of ŵ and w*, where the objective speaks of w."""
    if objective.kind == "product" and len(objective.parts) == 2 and objective.parts[1].kind == "group":
        inside = objective.parts[1].parts
        if plain_name(objective.parts[0]) is not None and len(inside) == 1 and plain_name(inside[0]) is not None:
            return inside[0]
    base, _ = base_and_marks(point)
    while base.kind in ("accent", "face", "group") and len(base.parts) == 1:
        base = base.parts[0]
    name = plain_name(base)
    spoken = (part for part in walk(objective) if part.kind == "name" and part.text == name)
    return next(spoken, None) if name is not None else None


def _optimum(kind: str, variable: Node, objective: Node) -> Node:
    below = Node("script list", (variable,), "", variable.start, variable.end)
    script = Node("script", (Node("big", (), kind, objective.start, objective.start), below, EMPTY), "")
    inside = Node("group", (objective,), "(", objective.start, objective.end)
    return Node("product", (script, inside), "", objective.start, objective.end)


__all__ = ["said_to_be_optimal"]
