"""Entries of sums over an index, of derivatives, and of terms with a value put for a symbol."""

from __future__ import annotations

from dataclasses import replace

from verifier.kernel import calculus
from verifier.kernel.linear import ONE, Atom, Linear, variable
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.reader import HERE, At, Reader, Rule, Scope, along, slots_of
from verifier.kernel.sequents import is_single
from verifier.kernel.terms import Term, name_of


def _sum(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    name, lower, upper = term.data
    if upper is None:
        raise Unsupported("an infinite sum")
    low, high = read.form(lower, scope), read.form(upper, scope)
    ends = [e for e in (read.algebra.extremes(low, {}), read.algebra.extremes(high, {})) if e is not None]
    known = (ends[0][0], ends[-1][1]) if len(ends) == 2 else (None, None)
    index = read.algebra.temporary(*known)
    inner = replace(scope, indices={**scope.indices, name: variable(index)})
    body = read.entry(term.args[0], at, inner)
    if len(term.args) == 2:
        body = read.algebra.multiply(body, read.condition(term.args[1], inner))
    return read.algebra.sum_over(body, index, low, high)


def _derivative(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    body, var = term.args
    (layout,) = term.data
    inner, outer = body.space(), var.space()
    if outer.is_scalar:
        place = (at[1], at[0]) if layout == "denominator" and inner.is_vector else at
        return _differentiate(read, body, place, var, HERE, scope)
    if inner.is_scalar:
        return _differentiate(read, body, HERE, var, at if layout == "denominator" else (at[1], at[0]), scope)
    if outer.is_vector:
        first, second = (at[0], at[1]) if layout == "numerator" else (at[1], at[0])
        return _differentiate(read, body, along(inner, first), var, along(outer, second), scope)
    entry = (at[1], at[2]) if layout == "denominator" else (at[2], at[1])
    return _differentiate(read, body, along(inner, at[0]), var, entry, scope)


def _gradient(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return _differentiate(read, term.args[0], HERE, term.args[1], at, scope)


def _hessian(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    body, var = term.args
    first, second = (along(var.space(), index) for index in at)
    held = _Held(read, var, scope)
    form = held.differentiate(held.differentiate(held.body(body, HERE), first), second)
    return held.release(form)


def _differentiate(read: Reader, body: Term, at: At, var: Term, by: At, scope: Scope) -> NormalForm:
    held = _Held(read, var, scope)
    return held.release(held.differentiate(held.body(body, at), by))


class _Held:
    """A symbol that is a letter of its own while a derivative by it is taken.

    It is its own letter where nothing gives a name another meaning. Where something does, a value read from outside
    may mention the same name, and there it is no variable: with f(u) := ∂(u x)/∂x, f(x) is x and not 2x.
    """

    def __init__(self, read: Reader, var: Term, scope: Scope) -> None:
        self.read, self.var, self.scope = read, var, scope
        self.symbol = var.args[0] if var.head in ("entry", "row", "column") else var
        self.name = name_of(var)
        self.free = not scope.local and not scope.held and self.name not in read.definitions
        self.letter = self.name if self.free else f"∂{read.algebra.temporary()}"

    def body(self, body: Term, at: At) -> NormalForm:
        """The entry of the body, the symbol held."""
        scope = self.scope
        if self.free:
            inner = scope
        elif self.name in scope.local:
            if self.symbol.data[2]:
                raise Unsupported(f"a derivative by a member of the family {self.name} inside its own function")
            inner = replace(scope, local={**scope.local, self.name: lambda place: self._member((), place)})
        else:
            inner = replace(scope, held={**scope.held, self.name: self._member})
        form = self.read.entry(body, at, inner)
        self._guard(form)
        return form

    def _member(self, family: tuple[Linear, ...], at: At) -> NormalForm:
        slots = (*family, *slots_of(self.symbol.space(), at))
        return self.read.algebra.factor(self.read.algebra.base("symbol", self.letter, own=len(slots)), slots)

    def _guard(self, form: NormalForm) -> None:
        """Refuse to call the derivative of something zero because nobody said how it depends on the variable.

        A term that does not mention v is taken as constant in v only if it has no symbols at all, or v is bound
        here as a parameter. So ∂L/∂w of an L without a definition is no 0, and neither is ∂T/∂v of a T written
        in the symbols that define v.
        """
        names = {n for monomial in form for f in monomial.factors for n in f.base.names}
        if self.letter in names or not names:
            return
        raise Unsupported(f"nothing says how {_list(names)} depends on {self.name}")

    def differentiate(self, form: NormalForm, by: At) -> NormalForm:
        """The derivative by the entry of the variable at ``by``."""
        family = tuple(self.read.form(index, self.scope) for index in self.symbol.data[2])
        place = by
        if self.var.head == "entry":
            forms = tuple(self.read.form(index, self.scope) for index in self.var.data[0])
            place = along(self.symbol.space(), forms[0]) if len(forms) == 1 else forms
        elif self.var.head == "row":
            place = (self.read.form(self.var.data[0], self.scope), by[1])
        elif self.var.head == "column":
            place = (by[0], self.read.form(self.var.data[0], self.scope))
        slots = (*family, *slots_of(self.symbol.space(), place))
        return calculus.differentiate(self.read.algebra, form, self.letter, slots)

    def release(self, form: NormalForm) -> NormalForm:
        """Put the meaning outside for the letter."""
        if self.free:
            return form
        count, shape = len(self.symbol.data[2]), self.symbol.space()

        def entries(slots: tuple[Linear, ...]) -> NormalForm:
            rest = iter(slots[count:])
            at = tuple(ONE if is_single(size) else next(rest) for size in shape.axes)
            names: tuple[Atom, ...] = tuple(f"∂{k}" for k in range(count))
            symbol = Term("symbol", (), (self.name, shape, tuple(variable(n) for n in names)))
            indices = {**self.scope.indices, **dict(zip(names, slots[:count], strict=True))}
            return self.read.entry(symbol, at, replace(self.scope, indices=indices))

        return calculus.substitute_symbol(self.read.algebra, form, self.letter, entries)


def _list(names: set[str]) -> str:
    shown = sorted(n for n in names if not n.startswith("∂"))
    return " and ".join(shown) if shown else "the term"


def _substitute(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    body, var, value = term.args
    name = var.data[0]
    if name in scope.local:
        local = {**scope.local, name: lambda place: read.entry(value, place, scope)}
        return read.entry(body, at, replace(scope, local=local))
    held = {**scope.held, name: lambda family, place: read.entry(value, place, scope)}
    return read.entry(body, at, replace(scope, held=held))


RULES: dict[str, Rule] = {
    "sum": _sum,
    "derivative": _derivative,
    "gradient": _gradient,
    "hessian": _hessian,
    "substitute": _substitute,
}
