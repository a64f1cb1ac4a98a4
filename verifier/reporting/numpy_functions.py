"""Undeclared functions in numpy: polynomials in the entries of what they are applied to, and their derivatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from verifier.derivation import Counterexample
from verifier.kernel import linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms

Laws = dict[tuple[int, ...], str]
Orders = Callable[[str], list[int]]
Naming = Callable[[str, int], str]


def function_lines(sequent: Sequent, counterexample: Counterexample, naming: Naming, orders: Orders) -> Iterator[str]:
    """A line for each function, and one for each of its derivatives that was asked for."""
    statements = (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions))
    used = {p.data[0]: p for s in statements for p in subterms(s) if p.head in ("apply", "elementwise")}
    for name, members in _members(counterexample.functions, used).items():
        wanted = [0] if used[name].head == "apply" else orders(name)
        for order in wanted:
            texts = {index: _text(used[name], laws, order, counterexample) for index, laws in members.items()}
            held = texts.get((), f"{{{_joined(f'({_joined(index)},): {text}' for index, text in texts.items())}}}")
            yield f"{naming(name, order)} = {held}"


def _joined(parts: Iterable[object]) -> str:
    return ", ".join(map(str, parts))


def _members(functions: Mapping[str, str], used: Mapping[str, Term]) -> dict[str, dict[tuple[int, ...], Laws]]:
    """Of each function, the laws of its entries for each index that it has: ``f[2][1,1]`` is an entry of f at 2."""
    found: dict[str, dict[tuple[int, ...], Laws]] = {}
    for key, law in functions.items():
        name, groups = key, list[tuple[int, ...]]()
        while name not in used and "[" in name:
            name, _, inside = name.rpartition("[")
            groups.insert(0, tuple(map(int, inside.rstrip("]").split(","))))
        if name in used:
            index = groups.pop(0) if used[name].data[2] else ()
            found.setdefault(name, {}).setdefault(index, {})[groups[0] if groups else ()] = law
    return found


def _text(used: Term, laws: Laws, order: int, counterexample: Counterexample) -> str:
    if used.head == "elementwise":
        return f"lambda x: {_derived(laws[()], order)}"
    entries = {place: re.sub(r"\bx\d*", _entry, law).replace("^", "**") for place, law in laws.items()}
    if used.space().is_scalar:
        value = entries[()]
    else:
        dimensions: dict[linear.Atom, int] = {str(name): size for name, size in counterexample.dimensions.items()}
        height, width = (linear.value(axis, dimensions) for axis in used.space().axes)
        rows = ([_at(entries, (r, c), (height, width)) for c in range(1, width + 1)] for r in range(1, height + 1))
        value = f"np.array([{_joined(f'[{_joined(row)}]' for row in rows)}], float)"
    return f"lambda *values: (lambda x: {value})(np.concatenate([np.ravel(value) for value in values]))"


def _entry(variable: re.Match[str]) -> str:
    return f"x[{int(variable[0][1:] or 1) - 1}]"


def _at(entries: Mapping[tuple[int, ...], str], place: tuple[int, int], sizes: tuple[int, int]) -> str:
    """The entry at a place, which a vector has one number for; one that nothing asked for is not known."""
    single = (place[0] if sizes[1] == 1 else place[1],)
    return entries.get(place, entries.get(single, "np.nan"))


def _derived(law: str, order: int) -> str:
    """A derivative of a polynomial in x, as text; a constant keeps the shape of what it is applied to."""
    terms: list[str] = []
    for part in re.sub(r"\s*-\s*", " + -", law).split(" + "):
        factors = [factor for factor in part.strip().removeprefix("-").split("*") if factor]
        power = sum(int(factor.partition("^")[2] or 1) for factor in factors if factor.startswith("x"))
        coefficient = Fraction(-1 if part.strip().startswith("-") else 1) if factors else Fraction(0)
        for factor in factors:
            coefficient *= 1 if factor.startswith("x") else Fraction(factor)
        for k in range(order):
            coefficient *= power - k
        if coefficient:
            terms.append(f"{coefficient} * x**{power - order}")
    return " + ".join(terms).replace("+ -", "- ") if terms else "0 * x"
