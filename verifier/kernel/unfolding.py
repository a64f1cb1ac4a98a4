"""Substitution of terms for symbols, and unfolding of definitions, on terms as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.kernel.linear import Atom, Linear, variable
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.terms import (
    Term,
    bound_index,
    free_indices,
    free_names,
    fresh_name,
    name_of,
    substitute_indices,
)


def substitute_symbols(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with symbols (without indices) replaced by terms of their shape; nothing is captured."""
    if not values or not (free_names(term) & values.keys()):
        return term
    if term.head == "symbol" and term.data[0] in values and not term.data[2]:
        return values[term.data[0]]
    if term.head == "substitute":
        return _under_substitution(term, values)
    if term.head in ("derivative", "gradient", "hessian") and name_of(term.args[1]) in values:
        return _at_value(term, values)
    name = bound_index(term)
    if name is not None:
        captured: frozenset[Atom] = frozenset(a for v in values.values() for a in free_indices(v))
        if name in captured:
            fresh = fresh_name(name, captured | free_indices(term) | {name})
            renamed: Mapping[Atom, Linear] = {name: variable(fresh)}
            args = tuple(substitute_indices(arg, renamed) for arg in term.args)
            term = Term(term.head, args, (fresh, *term.data[1:]))
    return Term(term.head, tuple(substitute_symbols(arg, values) for arg in term.args), term.data)


def _under_substitution(term: Term, values: Mapping[str, Term]) -> Term:
    body, var, value = term.args
    inner = {name: v for name, v in values.items() if name != name_of(var)}
    if any(name_of(var) in free_names(v) for v in inner.values()):
        fresh = Term("symbol", (), (fresh_name(name_of(var), set(free_names(body))), *var.data[1:]))
        body, var = substitute_symbols(body, {name_of(var): fresh}), fresh
    return Term("substitute", (substitute_symbols(body, inner), var, substitute_symbols(value, values)))


def _at_value(term: Term, values: Mapping[str, Term]) -> Term:
    """Putting a value for the variable of a derivative is substitution after differentiation."""
    name = name_of(term.args[1])
    symbol = term.args[1] if term.args[1].head == "symbol" else term.args[1].args[0]
    others = {n: v for n, v in values.items() if n != name}
    if any(name in free_names(v) for v in others.values()):
        raise ClaimError(f"cannot put a term that mentions {name} under a derivative by it")
    rest = Term(term.head, (substitute_symbols(term.args[0], others), term.args[1]), term.data)
    if values[name] == symbol:
        return rest
    return Term("substitute", (rest, symbol, values[name]))


def unfold(term: Term, definitions: Iterable[Definition], held: frozenset[str] = frozenset()) -> Term:
    """The term with every definition unfolded except those held; under a derivative its variable is held."""
    table = {d.name: d for d in definitions}
    return _unfold(term, table, held)


def _unfold(term: Term, table: Mapping[str, Definition], held: frozenset[str]) -> Term:
    if term.head in ("derivative", "gradient", "hessian"):
        inner = _unfold(term.args[0], table, held | {name_of(term.args[1])})
        return Term(term.head, (inner, term.args[1]), term.data)
    if term.head == "substitute":
        body = _unfold(term.args[0], table, held | {name_of(term.args[1])})
        return Term(term.head, (body, term.args[1], _unfold(term.args[2], table, held)))
    args = tuple(_unfold(arg, table, held) for arg in term.args)
    if term.head not in ("symbol", "apply", "elementwise") or term.data[0] in held or term.data[0] not in table:
        return Term(term.head, args, term.data)
    if term.head == "elementwise" and (term.data[1] or not args[0].space().is_scalar):
        return Term(term.head, args, term.data)
    return _unfold(instance(table[term.data[0]], args, term.data[2]), table, held)


def instance(definition: Definition, args: tuple[Term, ...], indices: tuple[Linear, ...]) -> Term:
    """The body of a definition at these arguments and indices. Raises ClaimError if their numbers differ."""
    if len(args) != len(definition.parameters) or len(indices) != len(definition.indices):
        raise ClaimError(f"{definition.name} is used with other indices or arguments than it is defined with")
    names: dict[Atom, Linear] = {name: form for (name, _), form in zip(definition.indices, indices, strict=True)}
    fresh = {p.data[0]: f"{p.data[0]}°" for p in definition.parameters}
    renamed = {p.data[0]: Term("symbol", (), (fresh[p.data[0]], *p.data[1:])) for p in definition.parameters}
    body = substitute_symbols(substitute_indices(definition.body, names), renamed)
    values = {fresh[p.data[0]]: arg for p, arg in zip(definition.parameters, args, strict=True)}
    return substitute_symbols(body, values)
