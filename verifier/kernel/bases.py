"""The bases of one space of normal forms, each made once, and the work that the space may do."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.kernel.deltas import Deltas
from verifier.kernel.linear import Atom, Linear
from verifier.kernel.polynomials import Base, BudgetExceeded, Closed, NormalForm, Unsupported
from verifier.kernel.terms import Term

BUDGET = 60_000


class Bases(Deltas):
    """What is kept for one space: its bases, its budget, and what was read of closed terms."""

    def __init__(self, positive: Iterable[Linear] = (), budget: int = BUDGET) -> None:
        super().__init__(positive)
        self.work = budget
        self.entries: dict[Term, tuple[NormalForm, tuple[Linear, ...]]] = {}  # those of closed terms, and where
        self.reach: dict[Term, tuple[frozenset[str], frozenset[Atom]]] = {}  # names and indices that are free in terms
        self._bases: dict[str, Base] = {}
        self._simple: dict[tuple[str, str, int], Base] = {}

    # bookkeeping

    def spend(self, work: int = 1) -> None:
        """Raises BudgetExceeded when the work allowed is done."""
        self.work -= work
        if self.work < 0:
            raise BudgetExceeded("the normal form grows beyond the budget")

    def base(
        self,
        kind: str,
        name: str,
        order: tuple[int, ...] = (),
        closed: tuple[Closed, ...] = (),
        own: int = 0,
        symmetric: tuple[tuple[int, ...], ...] = (),
        sizes: tuple[Linear, ...] = (),
    ) -> Base:
        """The base with these parts; the same object for the same parts."""
        if not (closed or symmetric or sizes or order):
            simple = self._simple.get((kind, name, own))
            if simple is None:
                simple = self._simple[kind, name, own] = Base(kind, name, f"{kind}:{name!r}{own}", own=own)
            return simple
        inside = "".join(f"({form.axes},{form.parameters}:{form.key})" for form in closed)
        key = f"{kind}:{name!r}{order or ''}{own}{inside}{sizes or ''}{symmetric or ''}"
        found = self._bases.get(key)
        if found is None:
            groups = list(symmetric)
            start = own
            for form in closed:
                groups += [tuple(start + k for k in group) for group in form.symmetric]
                start += form.parameters
            found = self._bases[key] = Base(kind, name, key, order, closed, own, tuple(groups), sizes)
        elif any(
            one is not other and one.terms != other.terms for one, other in zip(found.closed, closed, strict=True)
        ):
            raise Unsupported("two closed forms that are written alike")  # the key is to tell apart all that differs
        return found
