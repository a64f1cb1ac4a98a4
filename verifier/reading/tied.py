"""Derivatives at points of which an equation is known: φ(x) = 0 says where, not of what one differentiates.

∂L/∂b is then the derivative by a letter put for b, at b. Only an equation about something defined is read so, with
φ(x) := relu(wx + b), and only if L depends on w and b through it alone: whoever meant a derivative along the equation
would differentiate a constant. With x + y = 1, or b = 2w, d(xy)/dx may be either: of such a derivative nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term, free_names, subterms
from verifier.kernel.terms import replace as replace_terms
from verifier.kernel.unfolding import DERIVATIVES, unfold, unfold_except


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
    parts = [part for e in tying for part in subterms(e) if part.head == "equal"]
    if not parts or not all(_says_where(part, name, whole, definitions) for part in parts):
        return None
    letter = Term("symbol", (), (f"{name}°", *by.data[1:]))
    opened = replace_terms(whole, {by: letter})
    return Term("substitute", (replace(derivative, args=(opened, letter)), letter, by))


def _ties(equation: Term, name: str, spoken: frozenset[str], definitions: tuple[Definition, ...]) -> bool:
    names = free_names(unfold(equation, definitions)) | free_names(equation)
    return name in names and bool(names & spoken)


def _says_where(equation: Term, name: str, body: Term, definitions: tuple[Definition, ...]) -> bool:
    """Whether an equation gives a number for something defined, through which alone the body depends on its symbols."""
    left, right = equation.args
    side, number = (left, right) if free_names(left) else (right, left)
    if free_names(number) or _is_bare(side, name, {d.name for d in definitions}):
        return False
    if any(part.head in (*DERIVATIVES, "substitute") for part in subterms(body)):
        return False
    whole = unfold(side, definitions)
    rest = replace_terms(body, {whole: Term("symbol", (), (f"{name}°", whole.space(), ()))})
    return rest != body and not free_names(rest) & free_names(whole)


def _is_bare(term: Term, name: str, defined: set[str]) -> bool:
    """Whether a symbol stands in a term by itself, not only in what is defined."""
    if term.head in ("apply", "elementwise") and term.data[0] in defined:
        return False
    if term.head == "symbol" and term.data[0] == name:
        return True
    return any(_is_bare(arg, name, defined) for arg in term.args)
