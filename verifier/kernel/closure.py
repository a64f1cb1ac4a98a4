"""Whether terms are closed: every index bound or declared, every entry, row, column and member in its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, Atom, Linear, at_least, atoms, minus, plus, show, substitute, times, variable
from verifier.kernel.terms import Term, bound_index, fresh_name, index_forms, substitute_indices

Range = tuple[Linear, Linear | None]
Indices = tuple[tuple[str, Range], ...]


class ClaimError(TermError):
    """A claim that is not closed, or whose definitions are circular: it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Closure:
    """What a term is closed by: names of dimensions, forms that are at least 1, families with their indices."""

    dimensions: frozenset[Atom]
    positive: tuple[Linear, ...]
    families: Mapping[str, Indices]

    def check(self, term: Term, ranges: Mapping[str, Range]) -> None:
        """Raises ClaimError unless the term is closed, where ``ranges`` are the indices in force around it."""
        if not term.data:  # no index forms, nothing bound
            for arg in term.args:
                self.check(arg, ranges)
            return
        for form in index_forms(term):
            for atom in atoms(form):
                if atom not in ranges and atom not in self.dimensions:
                    raise ClaimError(f"the index {atom} is neither bound nor declared")
        for form, within in self._places(term):
            if not self.inside(form, within, ranges):
                end = "…" if within[1] is None else f"…{show(within[1])}"
                raise ClaimError(f"the index {show(form)} may lie outside {show(within[0])}{end}")
        name = bound_index(term)
        if name is None:
            for arg in term.args:
                self.check(arg, ranges)
            return
        if name in self.dimensions:
            raise ClaimError(f"{name} is both an index and a dimension")
        within = (ONE, term.data[1]) if term.head.startswith("build") else (term.data[1], term.data[2])
        taken = self._mentioned(ranges)
        inner = fresh_name(name, taken)
        renamed: dict[Atom, Linear] = {name: variable(inner)} if inner != name else {}
        for arg in term.args:
            self.check(substitute_indices(arg, renamed), {**ranges, inner: within})

    def inside(self, form: Linear, within: Range, ranges: Mapping[str, Range]) -> bool:
        """Whether an index form lies in a range, for all values of the indices in force."""
        low = _least(minus(form, within[0]), ranges)
        if low is None or not at_least(low, 0, self.positive):
            return False
        if within[1] is None:
            return True
        high = _least(minus(within[1], form), ranges)
        return high is not None and at_least(high, 0, self.positive)

    def _mentioned(self, ranges: Mapping[str, Range]) -> set[Atom]:
        """The names in force, which a binder inside may not capture: indices, and what their ranges mention."""
        families = tuple(within for indices in self.families.values() for _, within in indices)
        return {*ranges, *(a for within in (*ranges.values(), *families) for form in within for a in atoms(form or ()))}

    def _places(self, term: Term) -> list[tuple[Linear, Range]]:
        """Index forms of the term, each with the range it must lie within."""
        if term.head in ("symbol", "apply", "elementwise"):
            return self._members(term)
        if term.head == "unit":
            return [(term.data[1], (ONE, term.data[0]))]
        if term.head not in ("entry", "row", "column"):
            return []
        shape = term.args[0].space()
        if term.head != "entry":
            return [(term.data[0], (ONE, shape.rows if term.head == "row" else shape.columns))]
        forms = term.data[0]
        sizes = (shape.length,) if len(forms) == 1 else shape.axes
        return [(form, (ONE, size)) for form, size in zip(forms, sizes, strict=True)]

    def _members(self, term: Term) -> list[tuple[Linear, Range]]:
        """The indices of a member of a defined family; a range may depend on the indices before it."""
        indices = self.families.get(term.data[0])
        if indices is None:
            return []
        forms = term.data[2]
        if len(indices) != len(forms):
            raise ClaimError(f"{term.data[0]} is defined with {len(indices)} indices")
        own: dict[Atom, Linear] = {name: form for (name, _), form in zip(indices, forms, strict=True)}
        places: list[tuple[Linear, Range]] = []
        for (_, (lower, upper)), form in zip(indices, forms, strict=True):
            places.append((form, (substitute(lower, own), None if upper is None else substitute(upper, own))))
        return places


def _least(form: Linear, ranges: Mapping[str, Range]) -> Linear | None:
    """A lower bound of an index form, in dimensions; ranges may depend on other indices. None if there is none.

    One index at a time is replaced by an end of its range, those first on which no range of another depends: of
    t - T with t ≥ T + 1 the least is 1.
    """
    for _ in range(MOST_STEPS):
        held = [a for a in atoms(form) if isinstance(a, str) and a in ranges]
        if not held:
            return form
        needed = {a for name in held for end in ranges[name] for a in atoms(end or ())}
        chosen = next((name for name in held if name not in needed), held[0])
        coefficient = dict(form)[chosen]
        end = ranges[chosen][0 if coefficient > 0 else 1]
        if end is None:
            return None
        form = plus(minus(form, ((chosen, coefficient),)), times(coefficient, end))
    return None


MOST_STEPS = 24
