"""Entries of symbols, numbers, sums, products and powers."""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel import functions, matrices
from verifier.kernel.linear import ONE, minus, variable
from verifier.kernel.polynomials import UNIT, Exponent, NormalForm, Unsupported, add_exponents, is_integral
from verifier.kernel.reader import At, Reader, Rule, Scope, along, slots_of
from verifier.kernel.sequents import is_single
from verifier.kernel.structure import even_power, is_root
from verifier.kernel.terms import Term

CONSTANTS = ("e", "pi")  # real and positive


def _symbol(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    name, shape, indices = term.data
    if name in scope.local:
        return scope.local[name](at)
    family = tuple([read.form(form, scope) for form in indices])
    if name in scope.held:
        return scope.held[name](family, at)
    if name in read.definitions:
        return read.unfolded(read.definitions[name], family, (), at, scope)
    slots = (*family, *slots_of(shape, at))
    return read.algebra.factor(read.algebra.base("symbol", name, own=len(slots)), slots)


def _number(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.number(term.data[0])


def _index(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.value(read.form(term.data[0], scope))


def _constant(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    if term.data[0] not in CONSTANTS:
        raise Unsupported(f"the constant {term.data[0]}")
    return read.algebra.factor(read.algebra.base("constant", term.data[0]), ())


def _identity(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.delta(minus(*at))


def _zeros(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return {}


def _ones(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.number(1)


def _unit(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.algebra.delta(minus(at[0], read.form(term.data[1], scope)))


# arithmetic


def _total(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    """The sum of the summands, however they are bracketed: each is added once."""
    total: NormalForm = {}
    waiting = [(term, False)]
    while waiting:
        part, negative = waiting.pop()
        if part.head in ("add", "subtract", "negate"):
            read.algebra.spend()
            *first, last = part.args
            waiting.append((last, negative != (part.head != "add")))
            waiting += [(summand, negative) for summand in first]
        else:
            read.algebra.add_to(total, read.entry(part, at, scope), negative=negative)
    return total


def _multiply(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = term.args
    if left.space().is_scalar:
        return read.algebra.multiply(read.scalar(left, scope), read.entry(right, at, scope))
    if right.space().is_scalar:
        return read.algebra.multiply(read.entry(left, at, scope), read.scalar(right, scope))
    if len(right.space().axes) == 3:
        size = left.space().columns
        middle = read.axis(size)
        return read.product(
            read.entry(left, (ONE, middle), scope), read.entry(right, (middle, *at), scope), middle, size
        )
    parts = [part for part in _parts(term) if part.head != "identity"] or [left]
    if len(parts) == 1:
        return read.entry(parts[0], at, scope)
    sizes = [part.space().columns for part in parts[:-1]]
    middles = [read.axis(size) for size in sizes]
    places = [at[0], *middles, at[1]]
    forms = [read.entry(part, (places[k], places[k + 1]), scope) for k, part in enumerate(parts)]
    return read.chain(forms, middles, sizes)


def _parts(term: Term) -> list[Term]:
    """The factors of a product of matrices, however it is bracketed."""
    if term.head != "multiply":
        return [term]
    left, right = term.args
    shapes = (left.space(), right.space())
    if [shape for shape in shapes if shape.is_scalar or len(shape.axes) != 2]:
        return [term]
    return _parts(left) + _parts(right)


def _divide(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    top, bottom = term.args
    inverse = read.algebra.power(read.scalar(bottom, scope), -1)
    return read.algebra.multiply(read.entry(top, at, scope), inverse)


def _power(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    base, exponent = term.args
    if is_root(base) and exponent.head == "number" and exponent.data[0] > 0 and exponent.data[0] % 2 == 0:
        return even_power(read, base, int(exponent.data[0]) // 2, scope)
    if base.space().is_scalar:
        return power(read, read.scalar(base, scope), read.scalar(exponent, scope))
    height = read.scalar(exponent, scope)
    count, form = _rational(height), _linear(height)
    if count is None and isinstance(form, tuple) and is_integral(form):
        row, column = (read.algebra.temporary(ONE, size) for size in base.space().axes)
        entry = read.entry(base, (variable(row), variable(column)), scope)
        slot = tuple((atom, int(c)) for atom, c in form)
        return matrices.power(read.algebra, entry, (row, column), base.space().rows, (at[0], at[1]), slot)
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


def power(read: Reader, base: NormalForm, exponent: NormalForm) -> NormalForm:
    """base ** exponent: rational exponents, integer forms of indices, and exp(e log b) for the rest, where b > 0."""
    number = _rational(exponent)
    if number is not None:
        return read.algebra.power(base, number.numerator if number.denominator == 1 else number)
    linear = _linear(exponent)
    constant = _rational(base)
    if linear is not None and (is_integral(linear) or (constant is not None and constant > 0)):
        return read.algebra.power(base, linear)
    if _is_whole(exponent) and not (constant is not None and constant > 0):
        raise Unsupported("a product of indices as an exponent: its base may be negative")
    logarithm = functions.apply(read.algebra, "log", 0, base)
    return functions.apply(read.algebra, "exp", 0, read.algebra.multiply(exponent, logarithm))


def _is_whole(form: NormalForm) -> bool:
    """Whether the form may be that of an exponent of indices alone, which is whole: i j, but not s t."""
    return all(factor.base.kind == "value" for monomial in form for factor in monomial.factors)


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


def _dot(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = term.args
    size = left.space().length
    k = read.axis(size)
    if left == right and not is_single(size):
        return read.algebra.squared(read.entry(left, along(left.space(), k), scope), [(int(k[0][0]), (ONE, size))])
    first, second = (read.entry(arg, along(arg.space(), k), scope) for arg in (left, right))
    return read.product(first, second, k, size)


def _hadamard(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = (read.entry(arg, at, scope) for arg in term.args)
    return read.algebra.multiply(left, right)


def _hadamard_divide(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    left, right = (read.entry(arg, at, scope) for arg in term.args)
    return read.algebra.multiply(left, read.algebra.power(right, -1))


def _hadamard_power(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return power(read, read.entry(term.args[0], at, scope), read.scalar(term.args[1], scope))


RULES: dict[str, Rule] = {
    "symbol": _symbol,
    "number": _number,
    "index": _index,
    "constant": _constant,
    "identity": _identity,
    "zeros": _zeros,
    "ones": _ones,
    "unit": _unit,
    "add": _total,
    "subtract": _total,
    "negate": _total,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "dot": _dot,
    "hadamard": _hadamard,
    "hadamard_divide": _hadamard_divide,
    "hadamard_power": _hadamard_power,
}
