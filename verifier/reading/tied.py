"""Derivatives at points of which an equation is known: φ(x) = 0 says where, not of what one differentiates.

∂L/∂b is then the derivative by a letter put for b, at b. An equation for a bare symbol, b = 2w, may say how one symbol
depends on another: of a derivative by either nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term, free_names, subterms
from verifier.kernel.terms import replace as replace_terms
from verifier.kernel.unfolding import unfold, unfold_except


def at_points(statement: Term, hypotheses: Iterable[Term], definitions: tuple[Definition, ...]) -> Term:
    """A statement with each derivative by a symbol that an equation ties as a derivative at a point."""
    equations = [h for h in hypotheses if any(part.head == "equal" for part in subterms(h))]
    return _at_points(statement, equations, definitions) if equations else statement


def definition_at_points(
    definition: Definition, hypotheses: Iterable[Term], definitions: tuple[Definition, ...]
) -> Definition:
    """A definition with such derivatives in its body."""
    body = at_points(definition.body, hypotheses, definitions)
    return definition if body == definition.body else replace(definition, body=body)


def _at_points(term: Term, equations: list[Term], definitions: tuple[Definition, ...]) -> Term:
    if term.head == "derivative" and term.args[1].head == "symbol" and not term.args[1].data[2]:
        opened = _opened(term, equations, definitions)
        if opened is not None:
            return opened
    if not any(part.head == "derivative" for part in subterms(term)):
        return term
    return replace(term, args=tuple(_at_points(arg, equations, definitions) for arg in term.args))


def _opened(derivative: Term, equations: list[Term], definitions: tuple[Definition, ...]) -> Term | None:
    body, by = derivative.args
    name = str(by.data[0])
    if any(d.name == name for d in definitions):
        return None
    whole = unfold_except(body, definitions, frozenset({name}))
    spoken = free_names(whole) - {name}
    tying = [e for e in equations if _ties(e, name, spoken, definitions)]
    if not tying or any(_is_for_a_symbol(part, definitions) for e in tying for part in subterms(e)):
        return None
    letter = Term("symbol", (), (f"{name}°", *by.data[1:]))
    opened = replace_terms(whole, {by: letter})
    if opened == whole:
        return None
    return Term("substitute", (replace(derivative, args=(opened, letter)), letter, by))


def _ties(equation: Term, name: str, spoken: frozenset[str], definitions: tuple[Definition, ...]) -> bool:
    names = free_names(unfold(equation, definitions)) | free_names(equation)
    return name in names and bool(names & spoken)


def _is_for_a_symbol(part: Term, definitions: tuple[Definition, ...]) -> bool:
    """Whether a proposition is an equation with a bare symbol on a side that nothing defines."""
    defined = {d.name for d in definitions}
    return part.head == "equal" and any(s.head == "symbol" and s.data[0] not in defined for s in part.args)
