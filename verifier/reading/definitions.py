"""Definitions in running text: an equation whose left side is a bare, new symbol or function."""

from __future__ import annotations

from verifier.derivation import Hypothesis, Origin
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, variable
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import OPTIMUM, Term, free_names
from verifier.reading.declarations import Declarer
from verifier.reading.defining import enter_definition
from verifier.reading.elaboration import Elaboration, NeedKind
from verifier.reading.environment import Meaning, Restart
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.inference import Reader
from verifier.reading.marks import plain_name
from verifier.reading.state import State
from verifier.reading.syntax import Node, relations
from verifier.reading.targets import Target, definition_target
from verifier.reading.tokens import ReadingError


def defined_by(state: State, declarer: Declarer, node: Node, declared: bool = False) -> int:
    """Enter what the first equation of a chain defines; 1 if it is a definition, 0 if not.

    ``declared``: "let" or the like stands before it.
    """
    if relations(node)[0] not in ("=", ":=", "\\triangleq", "\\coloneqq", "\\equiv"):
        return 0
    environment = state.environment()
    found = definition_target(elaboration(environment, source=declarer.source), node.parts[0])
    if found is None or found.above or not _is_new(state, found):
        return 0
    known = environment.find(found.name)
    if known is not None and _is_declared(state, node.parts[1]):
        return 0
    inner = environment
    for letter in found.letters:
        inner = inner.extended(Meaning(letter, "index", range=(ONE, variable(f"?#{letter}"))))
    reader = Reader(inner, state.evidence, declarer.source, state.assumed, state.dimensions, state.fixed)
    layout = state.layout or "numerator"
    reading = reader.statement(node.parts[1], layout)
    body = reading.sides[0] if reading.sides else None
    if body is None or found.name in free_names(body):
        return 0
    if found.name in ("pi", "e") and not free_names(body):
        return 0
    if found.name.endswith("'") and _is_transpose(state, found.name, body, node):
        return 0
    try:
        read = elaboration(inner, reading.kinds, layout, reading.dimensions, source=declarer.source)
        parameters = [_parameter(read, part) for part in found.parameters]
        if body.head == OPTIMUM:
            return _solves(state, declarer, found, body, node)
        if not declared and any(p.data[0] not in free_names(body) for p in parameters):
            return 0
        if known is not None and known.kind == "symbol" and known.shape != body.shape:
            return 0
        enter_definition(state.declared, declarer, found, parameters, body, read, node)
    except (ReadingError, ShapeError, TermError, NeedKind):
        return 0
    state.dimensions = reading.dimensions
    state.assumed.update(reading.kinds)
    state.fixed.update(reading.kinds)
    return 1


def _solves(state: State, declarer: Declarer, found: Target, body: Term, node: Node) -> int:
    """ŵ = argmin f: a symbol of which that is known, for it says that there is one such point."""
    if found.letters or found.parameters:
        return 0
    line = declarer.line(node.start)
    meaning = Meaning(found.name, "symbol", body.space(), origin=Origin.DEFINITION, line=line)
    symbol = Term("symbol", (), (found.name, body.space(), ()))
    state.declared.environment = state.declared.environment.extended(meaning)
    state.declared.hypotheses.append(Hypothesis(Term("equal", (symbol, body)), Origin.DEFINITION, line))
    return 1


def _parameter(read: Elaboration, node: Node) -> Term:
    for _ in range(20):
        try:
            term = read.term(node)
        except Restart:
            continue
        if term.head == "symbol" and not term.data[2]:
            return term
        break
    raise ReadingError("a parameter that is no symbol", node.start, node.end, "a symbol")


def _is_new(state: State, found: Target) -> bool:
    """Whether nothing has been said with the name yet, except what kind it is."""
    meaning = state.declared.environment.find(found.name)
    stem = found.name.split("_")[0].split("^(")[0].rstrip("*'+")
    if found.name.endswith("+") and state.declared.environment.find(stem) is not None:
        return False
    if found.name in state.seen or (meaning is None and stem in state.seen and found.name == stem):
        return False
    if meaning is None:
        return not _is_entry(state, found.name, stem) and not _is_known_member(state, found.name)
    if meaning.definition is not None or meaning.kind not in ("symbol", "function", "map"):
        return False
    return not any(found.name in free_names(h.statement) for h in state.declared.hypotheses)


def _is_entry(state: State, name: str, stem: str) -> bool:
    """Whether a subscripted name is an entry of a vector or matrix that was declared: no symbol of its own."""
    meaning = state.declared.environment.find(stem)
    entry = meaning is not None and not meaning.shape.is_scalar
    return name.startswith(f"{stem}_") and entry


def _is_known_member(state: State, name: str) -> bool:
    """Whether a name is a member (w_2, w_{t+2}, x^{(2)}) of a family of which something was said before.

    The first member, w_0, may still be set.
    """
    for stem, label in ((name.partition("_")[0] + "_", name.partition("_")[2]), _iteration_of(name)):
        if not label or label == "0":
            continue
        meaning = state.declared.environment.find(stem)
        family = stem.removesuffix("()")
        if any(stem in free_names(h.statement) for h in state.declared.hypotheses):
            return True
        if any(n.startswith(family) and "+" in n for n in state.declared.environment.defined_names()):
            return True
        if meaning is None or not meaning.is_family:
            continue
        others = any(other.startswith(family) for other in state.declared.environment.defined_names())
        if meaning.definition is not None or others:
            return True
    return False


def _iteration_of(name: str) -> tuple[str, str]:
    stem, _, label = name.partition("^(")
    return f"{stem}^()", label.removesuffix(")")


def _is_declared(state: State, node: Node) -> bool:
    """Whether a side is a bare symbol that was declared: of two declared symbols, neither defines the other."""
    name = plain_name(node)
    meaning = state.declared.environment.find(name) if name is not None else None
    return meaning is not None and meaning.kind == "symbol"


def _is_transpose(state: State, name: str, body: Term, node: Node) -> bool:
    """Whether x' is xᵀ rather than a new x. Raises ReadingError for a square matrix, where it may be either."""
    meaning = state.declared.environment.find(name.rstrip("'"))
    if meaning is None or meaning.kind != "symbol" or meaning.shape.is_scalar:
        return False
    if meaning.shape.is_square:
        here = node.parts[0]
        message = f"{name} can be the transpose or a new matrix"
        raise ReadingError(message, here.start, here.end, f"{name.rstrip(chr(39))}^T, or declare {name}")
    return body.shape != meaning.shape
