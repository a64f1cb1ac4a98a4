"""From terms to normal forms: one small rule for each head, giving the entry of a term at a row and a column.

``Interpreter.entry(term, (i, j), scope)`` is the normal form of term[i, j]. Definitions are unfolded as they are
met. Under a derivative by v the symbol v is held: it is a letter of its own until the derivative is taken, and only
then replaced by its meaning outside, so that ∂L/∂φ and ∂L/∂w are both what people mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verifier.kernel import calculus, functions, matrices
from verifier.kernel.algebra import Algebra
from verifier.kernel.linear import ONE, Atom, Linear, minus, plus, substitute, times, variable
from verifier.kernel.polynomials import UNIT, Exponent, NormalForm, Unsupported, add_exponents, is_integral
from verifier.kernel.sequents import Definition, is_single
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, name_of

At = tuple[Linear, ...]
Entries = Callable[[At], NormalForm]
Member = Callable[[tuple[Linear, ...], At], NormalForm]
HERE: At = (ONE, ONE)
CONSTANTS = ("e", "pi")  # real and positive


@dataclass(frozen=True)
class Scope:
    """What names mean: indices are linear forms; ``local`` are the parameters of the function whose body is read.

    ``held`` are symbols that a derivative or a substitution around has taken over. Unlike parameters they are so in
    the bodies of definitions too: ∂L/∂w and L[w := 0] see the w in the definition of L.
    """

    indices: Mapping[Atom, Linear] = field(default_factory=dict)
    local: Mapping[str, Entries] = field(default_factory=dict)
    held: Mapping[str, Member] = field(default_factory=dict)


class Interpreter:
    """Terms of one claim to normal forms of one algebra. ``indices`` are the claim's, free in its definitions."""

    def __init__(
        self,
        algebra: Algebra,
        definitions: tuple[Definition, ...] = (),
        indices: Mapping[Atom, Linear] | None = None,
    ) -> None:
        self.algebra = algebra
        self.indices = dict(indices or {})
        self.definitions = {d.name: d for d in definitions}

    def entry(self, term: Term, at: At, scope: Scope) -> NormalForm:
        """The normal form of an entry. Raises Unsupported for heads that normal forms do not express."""
        self.algebra.spend()
        rule = RULES.get(term.head)
        if rule is None:
            raise Unsupported(f"{term.head.replace('_', ' ')} is not decided by normal forms")
        return rule(self, term, at, scope)

    def scalar(self, term: Term, scope: Scope) -> NormalForm:
        """The normal form of a scalar."""
        return self.entry(term, HERE, scope)

    def form(self, form: Linear, scope: Scope) -> Linear:
        """An index form with the indices of the scope put in."""
        return substitute(form, scope.indices)

    def axis(self, size: Linear) -> Linear:
        """A fresh index along an axis; 1 where the axis has one entry."""
        return ONE if is_single(size) else variable(self.algebra.temporary(ONE, size))

    def close(self, form: NormalForm, axis: Linear, size: Linear) -> NormalForm:
        """Σ over a fresh index made by ``axis``."""
        if is_single(size):
            return form
        return self.algebra.bind(form, int(axis[0][0]), (ONE, size))

    def condition(self, term: Term, scope: Scope) -> NormalForm:
        """1 where the proposition holds, else 0."""
        rule = CONDITIONS.get(term.head)
        if rule is None:
            raise Unsupported(f"the condition {term.head.replace('_', ' ')}")
        return rule(self, term, scope)


Rule = Callable[[Interpreter, Term, At, Scope], NormalForm]
Condition = Callable[[Interpreter, Term, Scope], NormalForm]


def slots_of(shape: Shape, at: At) -> tuple[Linear, ...]:
    """The indices along the axes that have more than one entry."""
    return tuple(place for place, size in zip(at, shape.axes, strict=True) if not is_single(size))


# leaves


def _symbol(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    name, shape, indices = term.data
    if name in scope.local:
        return scope.local[name](at)
    family = tuple(read.form(form, scope) for form in indices)
    if name in scope.held:
        return scope.held[name](family, at)
    if name in read.definitions:
        return _unfold(read, read.definitions[name], family, (), at, scope)
    base = read.algebra.base("symbol", name, own=len(family) + len(slots_of(shape, at)))
    return read.algebra.factor(base, (*family, *slots_of(shape, at)))


def _unfold(
    read: Interpreter,
    definition: Definition,
    family: tuple[Linear, ...],
    values: tuple[Entries, ...],
    at: At,
    scope: Scope,
) -> NormalForm:
    if len(definition.indices) != len(family) or len(definition.parameters) != len(values):
        raise Unsupported(f"{definition.name} is used with other indices or arguments than it is defined with")
    own: dict[Atom, Linear] = {name: form for (name, _), form in zip(definition.indices, family, strict=True)}
    indices = {**read.indices, **own}
    local = {p.data[0]: value for p, value in zip(definition.parameters, values, strict=True)}
    return read.entry(definition.body, at, Scope(indices, local, scope.held))


def _number(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.number(term.data[0])


def _index(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.value(read.form(term.data[0], scope))


def _constant(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    if term.data[0] not in CONSTANTS:
        raise Unsupported(f"the constant {term.data[0]}")
    return read.algebra.factor(read.algebra.base("constant", term.data[0]), ())


def _identity(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.delta(minus(*at))


def _zeros(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return {}


def _ones(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.number(1)


def _unit(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.delta(minus(at[0], read.form(term.data[1], scope)))


# arithmetic


def _add(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.add(*(read.entry(arg, at, scope) for arg in term.args))


def _subtract(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = (read.entry(arg, at, scope) for arg in term.args)
    return read.algebra.subtract(left, right)


def _negate(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.scale(Fraction(-1), read.entry(term.args[0], at, scope))


def _multiply(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = term.args
    if left.space().is_scalar:
        return read.algebra.multiply(read.scalar(left, scope), read.entry(right, at, scope))
    if right.space().is_scalar:
        return read.algebra.multiply(read.entry(left, at, scope), read.scalar(right, scope))
    size = left.space().columns
    middle = read.axis(size)
    if len(right.space().axes) == 3:
        first, second = (ONE, middle), (middle, *at)
    else:
        first, second = (at[0], middle), (middle, at[1])
    product = read.algebra.multiply(read.entry(left, first, scope), read.entry(right, second, scope))
    return read.close(product, middle, size)


def _divide(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    top, bottom = term.args
    inverse = read.algebra.power(read.scalar(bottom, scope), -1)
    return read.algebra.multiply(read.entry(top, at, scope), inverse)


def _power(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    base, exponent = term.args
    if base.space().is_scalar:
        return power(read, read.scalar(base, scope), read.scalar(exponent, scope))
    count = _rational(read.scalar(exponent, scope))
    if count is None or count.denominator != 1 or not -16 <= count <= 16:
        raise Unsupported("a power of a matrix other than a small number")
    if count < 0:
        inner = Term("power", (base, Term("number", (), (-count,))))
        return read.entry(Term("inverse", (inner,)), at, scope)
    if count == 0:
        return read.algebra.delta(minus(*at))
    product = base
    for _ in range(int(count) - 1):
        product = Term("multiply", (product, base))
    return read.entry(product, at, scope)


def _rational(form: NormalForm) -> Fraction | None:
    if not form:
        return Fraction(0)
    return form[UNIT] if len(form) == 1 and UNIT in form else None


def power(read: Interpreter, base: NormalForm, exponent: NormalForm) -> NormalForm:
    """base ** exponent: rational exponents, integer forms of indices, and exp(e log b) for the rest."""
    number = _rational(exponent)
    if number is not None:
        return read.algebra.power(base, number.numerator if number.denominator == 1 else number)
    linear = _linear(exponent)
    constant = _rational(base)
    if linear is not None and (is_integral(linear) or (constant is not None and constant > 0)):
        return read.algebra.power(base, linear)
    logarithm = functions.apply(read.algebra, "log", 0, base)
    return functions.apply(read.algebra, "exp", 0, read.algebra.multiply(exponent, logarithm))


def _linear(form: NormalForm) -> Exponent | None:
    """An exponent that is an integer form of indices and dimensions."""
    total: Exponent = 0
    for monomial, coefficient in form.items():
        if monomial == UNIT:
            total = add_exponents(total, coefficient)
            continue
        if len(monomial.factors) != 1 or monomial.bound:
            return None
        factor = monomial.factors[0]
        if factor.base.kind != "value" or factor.exponent != 1:
            return None
        total = add_exponents(total, ((factor.slots[0][0][0], coefficient),))
    return total


def _dot(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = term.args
    size = left.space().length
    k = read.axis(size)
    first, second = (read.entry(arg, along(arg.space(), k), scope) for arg in (left, right))
    return read.close(read.algebra.multiply(first, second), k, size)


def along(shape: Shape, index: Linear) -> At:
    """The place of an entry of a column or a row."""
    return (index, ONE) if is_single(shape.columns) else (ONE, index)


def _hadamard(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = (read.entry(arg, at, scope) for arg in term.args)
    return read.algebra.multiply(left, right)


def _hadamard_divide(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = (read.entry(arg, at, scope) for arg in term.args)
    return read.algebra.multiply(left, read.algebra.power(right, -1))


def _hadamard_power(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return power(read, read.entry(term.args[0], at, scope), read.scalar(term.args[1], scope))


# structure


def _transpose(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[1], at[0]), scope)


def _free_entry(read: Interpreter, matrix: Term, scope: Scope) -> tuple[NormalForm, tuple[int, int]]:
    rows, columns = (read.algebra.temporary(ONE, size) for size in matrix.space().axes)
    return read.entry(matrix, (variable(rows), variable(columns)), scope), (rows, columns)


def _inverse(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    (matrix,) = term.args
    if matrix.space().is_scalar:
        return read.algebra.power(read.scalar(matrix, scope), -1)
    form, axes = _free_entry(read, matrix, scope)
    return matrices.inverse(read.algebra, form, axes, matrix.space().rows, (at[0], at[1]))


def _determinant(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    (matrix,) = term.args
    if matrix.space().is_scalar:
        return read.scalar(matrix, scope)
    form, axes = _free_entry(read, matrix, scope)
    return matrices.determinant(read.algebra, form, axes, matrix.space().rows)


def _opaque(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    """Spectral norm, spectral radius, rank, pseudo-inverse: functions of all entries of a matrix."""
    (matrix,) = term.args
    sizes = tuple(size for size in matrix.space().axes if not is_single(size))
    place = tuple(read.axis(size) for size in matrix.space().axes)
    axes = tuple(int(index[0][0]) for index in slots_of(matrix.space(), place))
    form = read.entry(matrix, place, scope)
    own = slots_of(term.space(), at)
    name = term.head + (f" {term.data[0]}" if term.data else "")
    return matrices.opaque(read.algebra, "opaque", name, own, ((form, axes),), sizes)


def _trace(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    size = term.args[0].space().rows
    k = read.axis(size)
    return read.close(read.entry(term.args[0], (k, k), scope), k, size)


def _norm(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    (kind,), (inner,) = term.data, term.args
    shape = inner.space()
    vector = shape.is_vector or shape.is_scalar
    if kind in ("spectral", "nuclear", "inf") or (kind == "1" and not vector) or (kind == "2" and not vector):
        return _opaque(read, term, at, scope)
    place = tuple(read.axis(size) for size in shape.axes)
    entry = read.entry(inner, place, scope)
    size = read.algebra.absolute(entry) if kind == "1" else read.algebra.multiply(entry, entry)
    for index, axis in zip(place, shape.axes, strict=True):
        size = read.close(size, index, axis)
    return size if kind == "1" else read.algebra.power(size, Fraction(1, 2))


def _diag(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    (vector,) = term.args
    return read.algebra.multiply(
        read.algebra.delta(minus(*at)), read.entry(vector, along(vector.space(), at[0]), scope)
    )


def _diagonal(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[0], at[0]), scope)


def _entry(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    (inner,) = term.args
    places = tuple(read.form(form, scope) for form in term.data[0])
    if len(places) == 1:
        return read.entry(inner, along(inner.space(), places[0]), scope)
    return read.entry(inner, places, scope)


def _row(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (read.form(term.data[0], scope), at[1]), scope)


def _column(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[0], read.form(term.data[0], scope)), scope)


def _block(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    rows, columns = term.data
    result: NormalForm = {}
    top: Linear = ()
    for r in range(rows):
        line = term.args[r * columns : (r + 1) * columns]
        left: Linear = ()
        for block in line:
            result = read.algebra.add(result, _placed(read, block, (minus(at[0], top), minus(at[1], left)), scope))
            left = plus(left, block.space().columns)
        top = plus(top, line[0].space().rows)
    return result


def _placed(read: Interpreter, block: Term, at: At, scope: Scope) -> NormalForm:
    """block[i, j], and 0 where (i, j) is outside of the block."""
    place: list[Linear] = []
    sums: list[tuple[Linear, Linear]] = []
    indicator = read.algebra.number(1)
    for index, size in zip(at, block.space().axes, strict=True):
        inside = read.axis(size)
        sums.append((inside, size))
        place.append(inside)
        indicator = read.algebra.multiply(indicator, read.algebra.delta(minus(index, inside)))
    result = read.algebra.multiply(indicator, read.entry(block, tuple(place), scope))
    for inside, size in sums:
        result = read.close(result, inside, size)
    return result


def _build_rows(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    inner = replace(scope, indices={**scope.indices, term.data[0]: at[0]})
    return read.entry(term.args[0], (ONE, at[1]), inner)


def _build_columns(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    inner = replace(scope, indices={**scope.indices, term.data[0]: at[1]})
    return read.entry(term.args[0], (at[0], ONE), inner)


# binders


def _sum(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
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


def _derivative(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
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


def _gradient(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return _differentiate(read, term.args[0], HERE, term.args[1], at, scope)


def _hessian(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    body, var = term.args
    first, second = (along(var.space(), index) for index in at)
    held = _Held(read, var, scope)
    form = held.differentiate(held.differentiate(held.body(body, HERE), first), second)
    return held.release(form)


def _differentiate(read: Interpreter, body: Term, at: At, var: Term, by: At, scope: Scope) -> NormalForm:
    held = _Held(read, var, scope)
    return held.release(held.differentiate(held.body(body, at), by))


class _Held:
    """A symbol that is a letter of its own while a derivative by it is taken."""

    def __init__(self, read: Interpreter, var: Term, scope: Scope) -> None:
        self.read, self.var, self.scope = read, var, scope
        self.symbol = var.args[0] if var.head in ("entry", "row", "column") else var
        self.name = name_of(var)
        self.letter = f"∂{read.algebra.temporary()}"

    def body(self, body: Term, at: At) -> NormalForm:
        """The entry of the body, the symbol held."""
        scope = self.scope
        if self.name in scope.local:
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


def _substitute(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    body, var, value = term.args
    name = var.data[0]
    if name in scope.local:
        local = {**scope.local, name: lambda place: read.entry(value, place, scope)}
        return read.entry(body, at, replace(scope, local=local))
    held = {**scope.held, name: lambda family, place: read.entry(value, place, scope)}
    return read.entry(body, at, replace(scope, held=held))


# functions


def _elementwise(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    name, order, indices = term.data
    (argument,) = term.args
    family = tuple(read.form(form, scope) for form in indices)
    if name in read.definitions and not order:
        return _unfold(
            read, read.definitions[name], family, (lambda place: read.entry(argument, at, scope),), HERE, scope
        )
    if name in read.definitions:
        return _derivative_of_definition(read, term, at, scope)
    if family:
        raise Unsupported(f"the family of undeclared functions {name}")
    return functions.apply(read.algebra, name, order, read.entry(argument, at, scope))


def _derivative_of_definition(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    """f'(u) for a defined f: the derivative of its body by its parameter, at u."""
    name, order, indices = term.data
    definition = read.definitions[name]
    if len(definition.parameters) != 1 or definition.parameters[0].shape != SCALAR:
        raise Unsupported(f"primes of {name}, which is not a function of one scalar")
    letter = f"∂{read.algebra.temporary()}"
    base = read.algebra.base("symbol", letter)
    family = tuple(read.form(form, scope) for form in indices)
    form = _unfold(read, definition, family, (lambda place: read.algebra.factor(base, ()),), HERE, scope)
    for _ in range(order):
        form = calculus.differentiate(read.algebra, form, letter, ())
    return calculus.substitute_symbol(read.algebra, form, letter, lambda slots: read.entry(term.args[0], at, scope))


def _apply(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    name, shape, indices = term.data
    family = tuple(read.form(form, scope) for form in indices)
    if name in read.definitions:
        values = tuple(_closure(read, arg, scope) for arg in term.args)
        return _unfold(read, read.definitions[name], family, values, at, scope)
    arguments: list[matrices.Argument] = []
    sizes: list[Linear] = []
    for arg in term.args:
        place = tuple(read.axis(size) for size in arg.space().axes)
        own = slots_of(arg.space(), place)
        arguments.append((read.entry(arg, place, scope), tuple(int(index[0][0]) for index in own)))
        sizes += [size for size in arg.space().axes if not is_single(size)]
    own = (*family, *slots_of(shape, at))
    return matrices.opaque(read.algebra, "apply", name, own, tuple(arguments), tuple(sizes))


def _closure(read: Interpreter, term: Term, scope: Scope) -> Entries:
    return lambda at: read.entry(term, at, scope)


def _maximum(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    """max(a, b) = b + max(a - b, 0)"""
    result = read.scalar(term.args[0], scope)
    for arg in term.args[1:]:
        other = read.scalar(arg, scope)
        result = read.algebra.add(other, read.algebra.positive_part(read.algebra.subtract(result, other)))
    return result


def _minimum(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    """min(a, b) = a - max(a - b, 0)"""
    result = read.scalar(term.args[0], scope)
    for arg in term.args[1:]:
        other = read.scalar(arg, scope)
        result = read.algebra.subtract(result, read.algebra.positive_part(read.algebra.subtract(result, other)))
    return result


def _cases(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    result: NormalForm = {}
    left = read.algebra.number(1)
    for condition, value in zip(term.args[:-1:2], term.args[1::2], strict=True):
        holds = read.condition(condition, scope)
        here = read.algebra.multiply(left, holds)
        result = read.algebra.add(result, read.algebra.multiply(here, read.entry(value, at, scope)))
        left = read.algebra.subtract(left, here)
    return read.algebra.add(result, read.algebra.multiply(left, read.entry(term.args[-1], at, scope)))


def _indicator(read: Interpreter, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.condition(term.args[0], scope)


# conditions


def _index_difference(term: Term, scope: Scope, read: Interpreter) -> Linear | None:
    left, right = term.args
    if left.head != "index" or right.head not in ("index", "number"):
        return None
    first = read.form(left.data[0], scope)
    if right.head == "number":
        number = right.data[0]
        return minus(first, times(int(number), ONE)) if number.denominator == 1 else None
    return minus(first, read.form(right.data[0], scope))


def _difference(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    left, right = term.args
    if not left.space().is_scalar:
        raise Unsupported("a condition between vectors")
    return read.algebra.subtract(read.scalar(left, scope), read.scalar(right, scope))


def _equal(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    form = _index_difference(term, scope, read)
    if form is not None:
        return read.algebra.delta(form)
    return _not(read, _not_equal_scalars(read, term, scope))


def _not_equal_scalars(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    difference = _difference(read, term, scope)
    return read.algebra.add(
        read.algebra.step(difference), read.algebra.step(read.algebra.scale(Fraction(-1), difference))
    )


def _not_equal(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    return _not(read, _equal(read, term, scope))


def _not(read: Interpreter, form: NormalForm) -> NormalForm:
    return read.algebra.subtract(read.algebra.number(1), form)


def _order(sign: int, strict: bool) -> Condition:
    """sign · (left - right) > 0, or ≥ 0"""

    def rule(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
        index = _index_difference(term, scope, read)
        if index is not None:
            return read.algebra.at_least_one(plus(times(sign, index), () if strict else ONE))
        difference = read.algebra.scale(Fraction(sign), _difference(read, term, scope))
        if strict:
            return read.algebra.step(difference)
        return _not(read, read.algebra.step(read.algebra.scale(Fraction(-1), difference)))

    return rule


def _and(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    result = read.algebra.number(1)
    for arg in term.args:
        result = read.algebra.multiply(result, read.condition(arg, scope))
    return result


def _or(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    result = read.algebra.number(1)
    for arg in term.args:
        result = read.algebra.multiply(result, _not(read, read.condition(arg, scope)))
    return _not(read, result)


CONDITIONS: dict[str, Condition] = {
    "equal": _equal,
    "not_equal": _not_equal,
    "less": _order(-1, True),
    "less_equal": _order(-1, False),
    "greater": _order(1, True),
    "greater_equal": _order(1, False),
    "and": _and,
    "or": _or,
    "not": lambda read, term, scope: _not(read, read.condition(term.args[0], scope)),
}

RULES: dict[str, Rule] = {
    "symbol": _symbol,
    "number": _number,
    "index": _index,
    "constant": _constant,
    "identity": _identity,
    "zeros": _zeros,
    "ones": _ones,
    "unit": _unit,
    "add": _add,
    "subtract": _subtract,
    "negate": _negate,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "dot": _dot,
    "hadamard": _hadamard,
    "hadamard_divide": _hadamard_divide,
    "hadamard_power": _hadamard_power,
    "transpose": _transpose,
    "inverse": _inverse,
    "pseudoinverse": _opaque,
    "trace": _trace,
    "determinant": _determinant,
    "spectral_radius": _opaque,
    "rank": _opaque,
    "norm": _norm,
    "diag": _diag,
    "diagonal": _diagonal,
    "entry": _entry,
    "row": _row,
    "column": _column,
    "block": _block,
    "build_rows": _build_rows,
    "build_columns": _build_columns,
    "sum": _sum,
    "derivative": _derivative,
    "gradient": _gradient,
    "hessian": _hessian,
    "substitute": _substitute,
    "elementwise": _elementwise,
    "apply": _apply,
    "maximum": _maximum,
    "minimum": _minimum,
    "cases": _cases,
    "indicator": _indicator,
}
