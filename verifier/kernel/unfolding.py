"""Substitution of terms for symbols, and unfolding of definitions, on terms as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from verifier.kernel.closure import ClaimError
from verifier.kernel.linear import ONE, Atom, Linear, variable
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import (
    OPTIMUM,
    Term,
    all_names,
    bound_index,
    bound_symbols,
    free_indices,
    free_names,
    fresh_name,
    name_of,
    substitute_indices,
    subterms,
)

DERIVATIVES = ("derivative", "gradient", "hessian")


def substitute_symbols(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with symbols (without indices) replaced by terms of their shape, all at once; nothing is captured."""
    names = free_names(term)
    values = {name: value for name, value in values.items() if name in names}
    if not values:
        return term
    if term.head == "symbol" and term.data[0] in values and not term.data[2]:
        return values[term.data[0]]
    if term.head == "substitute":
        return _under_substitution(term, values)
    if term.head in DERIVATIVES:
        return _under_derivative(term, values)
    held = bound_symbols(term)
    if held:
        return _under_optimum(term, values, held)
    name = bound_index(term)
    if name is not None:
        captured: frozenset[Atom] = frozenset(a for v in values.values() for a in free_indices(v))
        term = _renamed_binder(term, name, captured)
    return Term(term.head, tuple(substitute_symbols(arg, values) for arg in term.args), term.data)


def _renamed_binder(term: Term, name: str, captured: frozenset[Atom]) -> Term:
    """The term, its bound index renamed if it would capture one of these."""
    if name not in captured:
        return term
    fresh = fresh_name(name, captured | frozenset(a for arg in term.args for a in free_indices(arg)))
    args = tuple(substitute_indices(arg, {name: variable(fresh)}) for arg in term.args)
    return Term(term.head, args, (fresh, *term.data[1:]))


def _letter(symbol: Term, taken: Iterable[str]) -> Term:
    """A symbol of the same shape, of a name that is not taken."""
    return Term("symbol", (), (fresh_name(symbol.data[0] + "°", set(taken)), *symbol.data[1:]))


def _taken(term: Term, values: Mapping[str, Term]) -> set[str]:
    return {*all_names(term), *values, *(n for v in values.values() for n in all_names(v))}


def _under_substitution(term: Term, values: Mapping[str, Term]) -> Term:
    body, var, value = term.args
    inner = {name: v for name, v in values.items() if name != name_of(var)}
    if any(name_of(var) in free_names(v) for v in inner.values()):
        letter = _letter(var, _taken(body, values))
        body, var = substitute_symbols(body, {name_of(var): letter}), letter
    return Term("substitute", (substitute_symbols(body, inner), var, substitute_symbols(value, values)))


def _under_optimum(term: Term, values: Mapping[str, Term], held: frozenset[str]) -> Term:
    """argmin_w f with values put in: what is bound stays, renamed where a value mentions it."""
    inner = {name: v for name, v in values.items() if name not in held}
    spoken = frozenset(n for v in inner.values() for n in free_names(v))
    taken = _taken(term, values)
    for symbol in term.args[1:]:
        if symbol.head == "symbol" and symbol.data[0] in held & spoken:
            letter = _letter(symbol, taken)
            taken.add(letter.data[0])
            term = _renamed(term, symbol.data[0], letter)
    return Term(term.head, tuple(substitute_symbols(arg, inner) for arg in term.args), term.data)


def _under_derivative(term: Term, values: Mapping[str, Term]) -> Term:
    """∂T/∂v with values put in. What mentions v, and a value for v itself, is put in after differentiation."""
    body, by = term.args
    name = name_of(by)
    inside = {n: v for n, v in values.items() if n != name and name not in free_names(v)}
    later: list[tuple[Term, Term]] = []
    taken = _taken(term, values)
    for n in sorted(values.keys() - inside.keys()):
        shape = values[n].space()
        letter = _letter(Term("symbol", (), (n, shape, ())), taken)
        taken.add(letter.data[0])
        inside[n] = letter
        later.append((letter, values[n]))
    if name in values:
        body, by = _renamed(body, name, inside[name]), _renamed(by, name, inside.pop(name))
    result = Term(term.head, (substitute_symbols(body, inside), by), term.data)
    for letter, value in later:
        result = Term("substitute", (result, letter, value))
    return result


def _renamed(term: Term, name: str, letter: Term) -> Term:
    """The term with a symbol renamed, also where it is differentiated by; the new name occurs nowhere in it."""
    if term.head == "symbol" and term.data[0] == name:
        return letter
    if term.head == "substitute" and name_of(term.args[1]) == name:
        return Term(term.head, (*term.args[:2], _renamed(term.args[2], name, letter)), term.data)
    return Term(term.head, tuple(_renamed(arg, name, letter) for arg in term.args), term.data)


MOST_UNFOLDINGS = 2_000


@dataclass(frozen=True, slots=True)
class _Table:
    """Definitions by name; the indices of the claim that their bodies mention, which no binder may capture; all names.

    ``everywhere``: also functions at the entries of a vector, and their derivatives.
    """

    definitions: Mapping[str, Definition]
    indices: frozenset[Atom]
    names: frozenset[str]
    everywhere: bool
    unfolded: list[None] = field(default_factory=list)

    def spend(self) -> None:
        """Count one unfolding. Raises ClaimError when there are too many."""
        self.unfolded.append(None)
        if len(self.unfolded) > MOST_UNFOLDINGS:
            raise ClaimError(f"definitions that unfold more than {MOST_UNFOLDINGS} times")


def unfold(term: Term, definitions: Iterable[Definition], *, everywhere: bool = False) -> Term:
    """The term with every definition unfolded; under a derivative or a substitution its variable is held.

    A defined function at the entries of a vector, and f'(u), stay as they are, unless they are to go ``everywhere``.
    """
    return unfold_except(term, definitions, frozenset(), everywhere)


def _has_optimum(term: Term) -> bool:
    return any(part.head == OPTIMUM for part in subterms(term))


def unfold_except(
    term: Term, definitions: Iterable[Definition], held: frozenset[str], everywhere: bool = False
) -> Term:
    """The term with every definition unfolded except those of the names that are held.

    Where there is an optimum, ``everywhere``: a function left as it is may speak of what the optimum binds.
    """
    table = {d.name: d for d in definitions}
    if not table:
        return term
    everywhere = everywhere or any(_has_optimum(one) for one in (term, *(d.body for d in table.values())))
    indices = frozenset(a for d in table.values() for a in free_indices(d.body) - {name for name, _ in d.indices})
    names = frozenset(n for d in table.values() for n in (d.name, *all_names(d.body)))
    return _unfold(term, _Table(table, indices, names, everywhere), held)


def _unfold(term: Term, table: _Table, held: frozenset[str]) -> Term:
    if term.head in DERIVATIVES:
        inner = _unfold(term.args[0], table, held | {name_of(term.args[1])})
        return Term(term.head, (inner, term.args[1]), term.data)
    if term.head == "substitute":
        body = _unfold(term.args[0], table, held | {name_of(term.args[1])})
        return Term(term.head, (body, term.args[1], _unfold(term.args[2], table, held)))
    name = bound_index(term)
    if name is not None:
        term = _renamed_binder(term, name, table.indices)
    held |= bound_symbols(term)
    args = tuple(_unfold(arg, table, held) for arg in term.args)
    unfolds = term.head in ("symbol", "apply", "elementwise") and term.data[0] not in held
    if not unfolds or term.data[0] not in table.definitions:
        return Term(term.head, args, term.data)
    definition = table.definitions[term.data[0]]
    if term.head != "elementwise" or (not term.data[1] and args[0].space().is_scalar):
        return _instance(definition, args, term.data[2], table, held)
    if not table.everywhere:
        return Term(term.head, args, term.data)
    return _at_entries(definition, term.data[1], args[0], term.data[2], table, held)


def _instance(
    definition: Definition, args: tuple[Term, ...], forms: tuple[Linear, ...], table: _Table, held: frozenset[str]
) -> Term:
    """The unfolded body of a definition at these arguments and indices. Raises ClaimError if they do not fit."""
    if len(args) != len(definition.parameters) or len(forms) != len(definition.indices):
        raise ClaimError(f"{definition.name} is used with other indices or arguments than it is defined with")
    table.spend()
    if any(p.shape != arg.shape for p, arg in zip(definition.parameters, args, strict=True)):
        raise ClaimError(f"{definition.name} is used with arguments of other shapes than it is defined with")
    body, values = definition.body, dict[str, Term]()
    taken = {*table.names, *held, *(n for arg in args for n in all_names(arg))}
    for parameter, arg in zip(definition.parameters, args, strict=True):
        letter = _letter(parameter, taken)
        taken.add(letter.data[0])
        body = _renamed(body, parameter.data[0], letter)
        values[letter.data[0]] = arg
    body = _unfold(body, table, held)
    names: dict[Atom, Linear] = {name: form for (name, _), form in zip(definition.indices, forms, strict=True)}
    return substitute_symbols(substitute_indices(body, names), values)


def _at_entries(
    definition: Definition, order: int, argument: Term, forms: tuple[Linear, ...], table: _Table, held: frozenset[str]
) -> Term:
    """f, or a derivative of f, at each entry of the argument: built by rows and columns from f(argument[i, j])."""
    taken: set[Atom] = {*free_indices(argument), *table.indices, *(a for form in forms for a, _ in form)}
    built: list[tuple[str, str, Linear]] = []
    for head, size in zip(("build_rows", "build_columns"), argument.space().axes, strict=True):
        if size != ONE:
            name = fresh_name("i", taken)
            taken.add(name)
            built.append((head, name, size))
    entry = Term("entry", (argument,), (tuple(variable(name) for _, name, _ in built),)) if built else argument
    if order:
        parameter = definition.parameters[0]
        letter = _letter(parameter, {*table.names, *held, *free_names(entry)})
        value = _instance(definition, (letter,), forms, table, held)
        for _ in range(order):
            value = Term("derivative", (value, letter), ("denominator",))
        value = Term("substitute", (value, letter, entry))
    else:
        value = _instance(definition, (entry,), forms, table, held)
    for head, name, size in reversed(built):
        value = Term(head, (value,), (name, size))
    return value
