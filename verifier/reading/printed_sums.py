"""∑ for Σ: a covariance Σ_{YY} that is printed, or was recognised, as the sign of a sum."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.environment import Environment
from verifier.reading.marks import base_and_marks, rendered
from verifier.reading.syntax import EMPTY, Node


def with_letters(node: Node, environment: Environment) -> Node:
    """The formula with Σ for ∑ wherever a symbol Σ with the same subscript is declared."""
    if node.kind == "script" and node.parts[0].kind == "big" and node.parts[0].text == "sum":
        subscript = base_and_marks(node)[1].subscript
        meaning = environment.find(f"Sigma_{rendered(subscript)}") if subscript is not EMPTY else None
        if meaning is not None and meaning.kind == "symbol" and not meaning.is_family:
            sign = node.parts[0]
            return replace(node, parts=(Node("name", (), "Sigma", sign.start, sign.end), *node.parts[1:]))
    parts = tuple(with_letters(part, environment) for part in node.parts)
    return node if all(new is old for new, old in zip(parts, node.parts, strict=True)) else replace(node, parts=parts)


__all__ = ["with_letters"]
