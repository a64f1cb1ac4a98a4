"""Definitions by name, in declarations and in the running text."""

from __future__ import annotations

from verifier.derivation import Origin
from verifier.kernel.closure import ClaimError
from verifier.kernel.linear import ONE, Linear, constant, variable
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, free_names
from verifier.reading.declared import Declared, Entering
from verifier.reading.elaboration import Elaboration
from verifier.reading.environment import Meaning
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.settling import settled
from verifier.reading.syntax import Node
from verifier.reading.targets import Target
from verifier.reading.tokens import ReadingError


def define(into: Declared, declarer: Entering, found: Target, right: Node, node: Node) -> None:
    """Enter a definition. Raises ReadingError if its body is not understood."""
    read = elaboration(into.environment, source=declarer.source)
    for letter in found.letters:
        read.free[letter] = (ONE, variable(f"?#{letter}"))
    parameters = [_parameter(read, p) for p in found.parameters]
    body = settled(read, right)
    enter_definition(into, declarer, found, parameters, body, read, node)


def enter_definition(
    into: Declared, declarer: Entering, found: Target, parameters: list[Term], body: Term, read: Elaboration, node: Node
) -> None:
    """Enter a definition whose body is a term."""
    if found.name in free_names(body) - {p.data[0] for p in parameters}:
        raise ReadingError(
            f"{found.name} stands on both sides", node.start, node.end, "a definition that is not circular"
        )
    ranges = tuple((letter, _known_range(read, letter)) for letter in found.letters)
    try:
        definition = Definition(found.name, body, tuple(parameters), ranges)
    except ClaimError as error:
        raise ReadingError(str(error), node.start, node.end, "what the declarations allow") from error
    kind = "symbol" if not parameters else "function"
    if len(parameters) == 1 and parameters[0].shape == SCALAR and body.shape == SCALAR:
        kind = "map"
    meaning = Meaning(
        found.name,
        kind,
        body.space(),
        indices=tuple(within for _, within in ranges),
        arguments=tuple(p.space() for p in parameters),
        definition=definition,
        origin=declarer.origin if declarer.origin is Origin.CONTEXT else Origin.DEFINITION,
        line=declarer.line(node.start),
    )
    into.environment = into.environment.extended(meaning)


def _known_range(read: Elaboration, letter: str) -> tuple[Linear, Linear | None]:
    low, high = read.range_of(letter) or (ONE, None)
    if high is not None and any(str(a).startswith("?") for a, _ in high):
        return (constant(0), None)
    return (low, high)


def _parameter(read: Elaboration, node: Node) -> Term:
    term = read.term(node)
    if term.head != "symbol":
        raise ReadingError("a parameter that is no symbol", node.start, node.end, "a symbol")
    return term
