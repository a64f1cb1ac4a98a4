"""From normal forms back to terms, to write the multipliers of a certificate. The kernel reads them anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verifier.kernel.linear import ONE, Atom, Linear, single, substitute, variable
from verifier.kernel.polynomials import CUMULANT, Base, Exponent, Factor, Monomial, NormalForm, Range
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, subterms


class NotWritten(Exception):
    """A normal form for which no term is written."""


@dataclass
class Writer:
    """Writes normal forms of one claim as terms; free indices get names, and ``matrices`` are written as they are.

    ``norms`` are terms whose squares are bases: √(Σ vᵢ²) is written ‖v‖, which is defined everywhere at sight.
    """

    shapes: Mapping[str, Shape]
    names: dict[Atom, str] = field(default_factory=dict)
    count: int = 0
    matrices: dict[tuple[Base, tuple[Linear, ...]], Term] = field(default_factory=dict)
    norms: Mapping[tuple[Base, tuple[Linear, ...]], Term] = field(default_factory=dict)
    families: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sequent: Sequent) -> Writer:
        """A writer that knows the symbols of a claim."""
        shapes: dict[str, Shape] = {}
        families: dict[str, int] = {}
        statements = (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions))
        for statement in statements:
            for part in subterms(statement):
                if part.head in ("symbol", "apply"):
                    shapes[part.data[0]] = part.data[1]
                    families[part.data[0]] = len(part.data[2])
        return cls(shapes, families=families)

    def fresh(self) -> str:
        """A fresh index name."""
        self.count += 1
        return f"·{self.count}"

    def form(self, form: Linear) -> Linear:
        """An index form with names for numbered indices."""
        values: dict[Atom, Linear] = {a: variable(self.names[a]) for a, _ in form if a in self.names}
        missing = [a for a, _ in form if isinstance(a, int) and a not in self.names]
        if missing:
            raise NotWritten(f"the index {missing[0]} has no name")
        return substitute(form, values)

    def scalar(self, form: NormalForm) -> Term:
        """A normal form without axes as a scalar term."""
        total: Term | None = None
        for monomial, coefficient in form.items():
            term = self.monomial(monomial, coefficient)
            total = term if total is None else Term("add", (total, term))
        return total if total is not None else _number(0)

    def monomial(self, monomial: Monomial, coefficient: Fraction) -> Term:
        """One summand."""
        before = dict(self.names)
        sums: list[tuple[str, Range]] = []
        for index, within in enumerate(monomial.bound):
            name = self.fresh()
            self.names[index] = name
            sums.append((name, within))
        term = _number(coefficient)
        for factor in monomial.factors:
            term = Term("multiply", (term, self.factor(factor)))
        for name, (low, high) in reversed(sums):
            term = Term("sum", (term,), (name, low, high))
        self.names = before
        return term

    def factor(self, factor: Factor) -> Term:
        """One factor, with its exponent."""
        norm = self.norms.get((factor.base, factor.slots))
        if norm is not None and not isinstance(factor.exponent, tuple):
            return Term("power", (norm, self.exponent(2 * factor.exponent)))
        base = self.base(factor)
        if factor.exponent == 1:
            return base
        return Term("power", (base, self.exponent(factor.exponent)))

    def exponent(self, exponent: Exponent) -> Term:
        """An exponent as a term."""
        if not isinstance(exponent, tuple):
            return _number(Fraction(exponent))
        if all(Fraction(c).denominator == 1 for _, c in exponent):
            return Term("index", (), (self.form(tuple((a, int(c)) for a, c in exponent)),))
        raise NotWritten("a fractional symbolic exponent")

    def base(self, factor: Factor) -> Term:
        """The base of a factor, at its slots."""
        base, slots, _ = factor
        match base.kind:
            case "symbol":
                return self.symbol(base.name, slots)
            case "value":
                return Term("index", (), (self.form(slots[0]),))
            case "number":
                return _number(Fraction(int(base.name)))
            case "constant":
                return Term("constant", (), (base.name,))
            case "delta" | "positive":
                head = "equal" if base.kind == "delta" else "greater_equal"
                other = Fraction(0 if base.kind == "delta" else 1)
                index = Term("index", (), (self.form(slots[0]),))
                return Term("indicator", (Term(head, (index, _number(other))),))
            case "power":
                return self.closed(factor)
            case "step":
                return Term("elementwise", (self.closed(factor),), ("step", 0, ()))
            case "inverse" | "opaque" | "determinant" if (base, slots[base.own :]) in self.matrices:
                term = self.matrices[base, slots[base.own :]]
                return Term("entry", (term,), (tuple(map(self.form, slots[: base.own])),)) if base.own else term
            case kind if kind == CUMULANT:
                return self.cumulant(base, slots)
            case "function":
                return Term("elementwise", (self.closed(factor),), (base.name, base.order[0], ()))
        raise NotWritten(f"{base.kind} {base.name}")

    def cumulant(self, base: Base, slots: tuple[Linear, ...]) -> Term:
        """A mean, or a covariance, of entries of symbols."""
        how, *names = json.loads(base.name)
        if len(names) > 2:
            raise NotWritten("a moment of an order above two")
        family = self.families.get(names[0], 0) if how == "member" else 0
        entries: list[Term] = []
        start = family
        for name in names:
            axes = [axis for axis in self.shapes[name].axes if axis != ONE]
            if how == "entry":
                entries.append(self.symbol(name, slots))
                continue
            own = 0 if how == "member" else self.families.get(name, 0)
            stop = start + own + len(axes)
            entries.append(self.symbol(name, (*slots[:family], *slots[start:stop])))
            start = stop
        head = "expectation" if len(entries) == 1 else "covariance"
        return Term(head, tuple(entries), ((),))

    def symbol(self, name: str, slots: tuple[Linear, ...]) -> Term:
        """An entry of a symbol."""
        shape = self.shapes.get(name)
        if shape is None:
            raise NotWritten(f"the symbol {name}")
        axes = [axis for axis in shape.axes if axis != ONE]
        count = len(slots) - len(axes)
        forms = tuple(self.form(slot) for slot in slots)
        symbol = Term("symbol", (), (name, shape, forms[:count]))
        if shape == SCALAR:
            return symbol
        return Term("entry", (symbol,), (forms[count:],))

    def closed(self, factor: Factor) -> Term:
        """The argument of a function of one scalar."""
        if len(factor.base.closed) != 1 or factor.base.own:
            raise NotWritten(f"{factor.base.kind} {factor.base.name}")
        inner = Writer(self.shapes, {}, self.count + 1000, self.matrices, self.norms, self.families)
        for k, slot in enumerate(factor.slots):
            form = self.form(slot)
            if single(form) is None:
                raise NotWritten("an index form as a parameter")
            inner.names[-1 - k] = str(single(form))
        return inner.scalar(factor.base.closed[0].terms)

    def shaped(self, form: NormalForm, shape: Shape, axes: tuple[int | None, ...]) -> Term:
        """A normal form with free axes as a term of a shape; ``axes`` are its free indices, None for an axis of 1."""
        if shape == SCALAR:
            return self.scalar(form)
        row, column = self.fresh(), self.fresh()
        for axis, name in zip(axes, (row, column), strict=True):
            if axis is not None:
                self.names[axis] = name
        term = self.scalar(form)
        term = Term("build_columns", (term,), (column, shape.columns))
        return Term("build_rows", (term,), (row, shape.rows))


def _number(value: int | Fraction) -> Term:
    return Term("number", (), (Fraction(value),))
