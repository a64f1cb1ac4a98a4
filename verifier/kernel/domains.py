"""Where a term is defined: the domain of every partial operation, in one table.

``domain(term)`` lists propositions which together make every subterm meaningful, quantified over the indices that
enclose it. They are the side conditions of a claim; nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from verifier.kernel.algebra import Algebra
from verifier.kernel.closure import Range
from verifier.kernel.interpretation import Interpreter, Scope
from verifier.kernel.linear import ONE, Atom, Linear, constant, minus, plus, times, variable
from verifier.kernel.polynomials import Factor, NormalForm, Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, bound_index, bound_symbols, free_indices, free_names, name_of, subterms
from verifier.kernel.unfolding import DERIVATIVES, substitute_symbols, unfold

ZERO = Term("number", (), (Fraction(0),))
KINKED = ("relu", "abs", "sign", "step")
PARTIAL = ("log", "sqrt", "tan")


@dataclass(frozen=True)
class _Place:
    """What encloses a subterm: quantifiers, least values of bound indices, variables of derivatives around it."""

    wrap: tuple[Callable[[Term], Term], ...] = ()
    variables: frozenset[str] = frozenset()
    least: tuple[tuple[str, Linear], ...] = ()

    def around(self, proposition: Term) -> Term:
        for wrap in reversed(self.wrap):
            proposition = wrap(proposition)
        return proposition


def domain(sequent: Sequent, term: Term, indices: tuple[tuple[str, Range], ...] | None = None) -> tuple[Term, ...]:
    """The propositions under which the term is defined, each once, in the order in which they are met.

    ``indices`` are those in force, with their ranges: the claim's, and those that a proof has fixed.
    """
    unfolded = unfold(term, sequent.definitions, everywhere=True)
    if not any(map(_may_fail, subterms(unfolded))):
        return ()
    ranges = sequent.indices if indices is None else indices
    least = [(str(name), ONE) for name in sequent.dimension_names] + [(name, within[0]) for name, within in ranges]
    return tuple(dict.fromkeys(_walk(unfolded, _Place(least=tuple(least)), sequent)))


def _may_fail(term: Term) -> bool:
    """Whether an operation may be undefined, or may have a kink: all others are smooth wherever their arguments are."""
    match term.head:
        case "power" | "hadamard_power":
            exponent = _literal(term.args[1])
            return exponent is None or exponent.denominator != 1 or exponent < 0
        case "elementwise":
            return term.data[0] in PARTIAL or term.data[0] in KINKED
        case head:
            conditional = head in ("sum", "product") and len(term.args) == 2
            return conditional or head in DOMAINS or head in ("maximum", "minimum", "norm", "cases", "indicator")


def _walk(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    for proposition in _own(term, place, sequent):
        yield place.around(proposition)
    if term.head == "cases":
        yield from _branches(term, place, sequent)
        return
    if term.head == "substitute":
        body, var, value = term.args
        yield from _walk(value, place, sequent)
        for proposition in _walk(body, _Place((), place.variables | {name_of(var)}, place.least), sequent):
            yield place.around(substitute_symbols(proposition, {name_of(var): value}))
        return
    held = bound_symbols(term)
    if held:
        inside = (p for arg in term.args for p in _walk(arg, place, sequent))
        yield from (p for p in inside if held.isdisjoint(free_names(p)))
        return
    inner = place
    name = bound_index(term)
    if name is not None:
        least = ONE if term.head.startswith("build") else term.data[1]
        inner = replace(place, wrap=(*place.wrap, _quantifier(term, name)), least=(*place.least, (name, least)))
    if term.head in DERIVATIVES:
        inner = replace(place, variables=place.variables | {name_of(term.args[1])})
        yield from (place.around(p) for p in _kinks(term, sequent))
        yield from _walk(unfold(term.args[1], sequent.definitions), place, sequent)
    for k, arg in enumerate(term.args):
        if k == 1 and name is not None:
            unguarded = replace(inner, wrap=(*place.wrap, _quantifier(term, name, guarded=False)))
            yield from _walk(arg, unguarded, sequent)
        else:
            yield from _walk(arg, inner, sequent)


def _quantifier(term: Term, name: str, *, guarded: bool = True) -> Callable[[Term], Term]:
    """For all values of a bound index; where it is ``guarded``, those that the condition of a sum admits."""
    lower, upper = (ONE, term.data[1]) if term.head.startswith("build") else (term.data[1], term.data[2])
    condition = term.args[1] if guarded and term.head in ("sum", "product") and len(term.args) == 2 else None

    def wrap(proposition: Term) -> Term:
        if name not in free_indices(proposition):
            return proposition
        body = Term("implies", (condition, proposition)) if condition is not None else proposition
        return Term("for_all", (body,), (name, lower, upper))

    return wrap


def _branches(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    """A value of ``cases`` need only be defined where its branch is taken."""
    before: tuple[Term, ...] = ()
    for condition, value in zip([*term.args[:-1:2], None], [*term.args[1::2], term.args[-1]], strict=True):
        here = before if condition is None else (*before, condition)
        guard = here[0] if len(here) == 1 else Term("and", here)

        def wrap(proposition: Term, guard: Term = guard) -> Term:
            return Term("implies", (guard, proposition))

        if condition is not None:
            yield from _walk(condition, place, sequent)
            before = (*before, Term("not", (condition,)))
        yield from _walk(value, replace(place, wrap=(*place.wrap, wrap)), sequent)


# the table


def _own(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    rule = DOMAINS.get(term.head)
    if rule is not None:
        yield from rule(term, place, sequent)


Rule = Callable[[Term, _Place, Sequent], Iterator[Term]]


def _nonzero(term: Term) -> Term:
    return Term("not_equal", (term, ZERO))


def _divide(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    yield _nonzero(term.args[1])


def _entrywise(term: Term, condition: Callable[[Term], Term]) -> Iterator[Term]:
    """A condition on every entry of a term."""
    shape = term.space()
    if shape.is_scalar:
        yield condition(term)
        return
    taken = free_indices(term)
    names = [name for name in ("i", "j", "k", "l", "p", "q", "i'", "j'") if name not in taken]
    sizes = [(size, names.pop(0)) for size in shape.axes if size != ONE]
    proposition = condition(Term("entry", (term,), (tuple(variable(name) for _, name in sizes),)))
    for size, name in reversed(sizes):
        proposition = Term("for_all", (proposition,), (name, ONE, size))
    yield proposition


def _hadamard_divide(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    yield from _entrywise(term.args[1], _nonzero)


def _power(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    base, exponent = term.args
    kind = exponent_kind(exponent, least_values(place.least))
    if not base.space().is_scalar and term.head == "power":
        if kind != "natural":
            yield Term("property", (base,), ("invertible",))
        return
    smooth = bool(place.variables & free_names(base))
    match kind:
        case "natural":
            return
        case "integer":
            yield from _entrywise(base, _nonzero)
        case "root" if not smooth:
            yield from _entrywise(base, lambda entry: Term("greater_equal", (entry, ZERO)))
        case _:
            yield from _entrywise(base, lambda entry: Term("greater", (entry, ZERO)))


def exponent_kind(exponent: Term, least: Mapping[str, int]) -> str:
    """natural (0, 1, 2, …), integer, root (a positive rational), or real.

    ``least`` holds the least value of each dimension and of each index in force; of other atoms nothing is known.
    """
    number = _literal(exponent)
    if number is not None:
        if number.denominator == 1:
            return "natural" if number >= 0 else "integer"
        return "root" if number > 0 else "real"
    form = _index_form(exponent)
    if form is not None:
        values = [least.get(str(atom)) for atom, _ in form if atom != ""]
        if any(value is None for value in values) or any(c < 0 for a, c in form if a != ""):
            return "integer"
        low = sum(c if a == "" else c * (least.get(str(a)) or 0) for a, c in form)
        return "natural" if low >= 0 else "integer"
    parts = list(subterms(exponent))
    integral = {"index", "add", "subtract", "negate", "multiply", "number"}
    whole = all(p.head in integral and (p.head != "number" or p.data[0].denominator == 1) for p in parts)
    return "integer" if whole and any(p.head == "index" for p in parts) else "real"


def least_values(ends: Iterable[tuple[str, Linear]]) -> dict[str, int]:
    """The least value of each index and dimension in force; the end of a range may depend on those before it."""
    values: dict[str, int] = {}
    for name, end in ends:
        known = all(a == "" or (c > 0 and str(a) in values) for a, c in end)
        low = sum(c if a == "" else c * values[str(a)] for a, c in end) if known else None
        values.pop(name, None)
        if low is not None:
            values[name] = low
    return values


def _index_form(term: Term) -> Linear | None:
    """An exponent such as k + 1 or 2t as a form of indices, if it is one."""
    match term.head:
        case "index":
            form: Linear = term.data[0]
            return form
        case "number" if term.data[0].denominator == 1:
            return constant(term.data[0].numerator)
        case "add" | "subtract":
            left, right = (_index_form(arg) for arg in term.args)
            if left is None or right is None:
                return None
            return plus(left, right) if term.head == "add" else minus(left, right)
        case "multiply" if term.args[0].head == "number" and term.args[0].data[0].denominator == 1:
            inner = _index_form(term.args[1])
            return None if inner is None else times(term.args[0].data[0].numerator, inner)
    return None


def _literal(term: Term) -> Fraction | None:
    match term.head:
        case "number":
            value: Fraction = term.data[0]
            return value
        case "negate":
            inner = _literal(term.args[0])
            return None if inner is None else -inner
        case "divide":
            top, bottom = (_literal(arg) for arg in term.args)
            return None if top is None or not bottom else top / bottom
        case "add" | "subtract" | "multiply" | "dot":
            left, right = (_literal(arg) for arg in term.args)
            if left is None or right is None:
                return None
            return left + right if term.head == "add" else left - right if term.head == "subtract" else left * right
        case "power":
            base, exponent = (_literal(arg) for arg in term.args)
            small = base is not None and exponent in range(9) and max(abs(base.numerator), base.denominator) < 100
            return base ** int(exponent) if small and base is not None and exponent is not None else None
    return None


def _inverse(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    (matrix,) = term.args
    yield _nonzero(matrix) if matrix.space().is_scalar else Term("property", (matrix,), ("invertible",))


def _function(term: Term, place: _Place, sequent: Sequent) -> Iterator[Term]:
    name, (argument,) = term.data[0], term.args
    if name == "log":
        yield from _entrywise(argument, lambda entry: Term("greater", (entry, ZERO)))
    elif name == "sqrt":
        root = Term("number", (), (Fraction(1, 2),))
        yield from _power(Term("hadamard_power", (argument, root)), place, sequent)
    elif name == "tan":
        yield from _entrywise(argument, lambda e: _nonzero(Term("elementwise", (e,), ("cos", 0, ()))))


DOMAINS: dict[str, Rule] = {
    "divide": _divide,
    "hadamard_divide": _hadamard_divide,
    "power": _power,
    "hadamard_power": _power,
    "inverse": _inverse,
    "elementwise": _function,
}


# derivatives at kinks


def _kinks(term: Term, sequent: Sequent) -> Iterator[Term]:
    """Where the body of a derivative may fail to be differentiable by its variable."""
    body, name = term.args[0], name_of(term.args[1])
    rooted = None
    for inner, place in _occurrences(body, _Place()):
        if name not in free_names(inner):
            continue
        for kink in _kinks_of(inner):
            yield place.around(kink)
        if _is_root(inner):
            rooted = _keeps_root(term, sequent) if rooted is None else rooted
            if rooted:
                yield place.around(Term("greater", (inner, ZERO)) if inner.head == "norm" else _nonzero(inner))


def _occurrences(term: Term, place: _Place) -> Iterator[tuple[Term, _Place]]:
    """The subterms, each with what encloses it; those under a substitution with the value put in.

    What is put in after differentiation is put into what is differentiated here: where that is smooth, so is the rest.
    A norm to an even power is a polynomial in the entries, and no norm.
    """
    if term.head == "substitute":
        body, var, value = term.args
        yield from _occurrences(value, place)
        inside = body.args[0] if body.head in DERIVATIVES else body
        yield from _occurrences(substitute_symbols(inside, {name_of(var): value}), place)
        return
    yield term, place
    if term.head == "power" and _is_root(term.args[0]) and _is_even(term.args[1]):
        yield from _occurrences(term.args[0].args[0], place)
        return
    name = bound_index(term)
    inner_place = replace(place, wrap=(*place.wrap, _quantifier(term, name))) if name is not None else place
    for k, arg in enumerate(term.args):
        if k == 1 and name is not None:
            unguarded = replace(place, wrap=(*place.wrap, _quantifier(term, name, guarded=False)))
            yield from _occurrences(arg, unguarded)
        else:
            yield from _occurrences(arg, inner_place)


def _kinks_of(term: Term) -> Iterator[Term]:
    if term.head == "elementwise" and term.data[0] in KINKED:
        yield from _entrywise(term.args[0], _nonzero)
    elif term.head in ("maximum", "minimum"):
        for k, left in enumerate(term.args):
            for right in term.args[k + 1 :]:
                yield Term("not_equal", (left, right))
    elif term.head == "norm" and term.data[0] == "1":
        yield from _entrywise(term.args[0], _nonzero)
    elif term.is_proposition and len(term.args) == 2 and not term.args[0].is_proposition:
        yield Term("not_equal", term.args)


def _is_root(term: Term) -> bool:
    return term.head == "norm" and term.data[0] in ("2", "F")


def _is_even(exponent: Term) -> bool:
    number = _literal(exponent)
    return number is not None and number > 0 and number % 2 == 0


def _keeps_root(term: Term, sequent: Sequent) -> bool:
    """Whether a root is left in the normal form of the body: ‖x‖ has a kink at 0, ‖x‖² has none."""
    algebra = Algebra(sequent.positive)
    read = Interpreter(algebra, sequent.definitions)
    try:
        form = generic_entry(read, term.args[0], index_scope(algebra, sequent, term))
    except Unsupported:
        return True
    return any(_is_rooted(factor) for monomial in form for factor in _factors(monomial.factors))


def _is_rooted(factor: Factor) -> bool:
    """A root, or a step: the norm of a number is its absolute value."""
    if factor.base.kind == "step":
        return True
    return factor.base.kind == "power" and (isinstance(factor.exponent, tuple) or factor.exponent.denominator != 1)


def _factors(factors: tuple[Factor, ...]) -> Iterator[Factor]:
    for factor in factors:
        yield factor
        for closed in factor.base.closed:
            for monomial in closed.terms:
                yield from _factors(monomial.factors)


def index_scope(algebra: Algebra, sequent: Sequent, term: Term) -> Scope:
    """A scope in which every free index of the term is a fresh index, with its range where it is declared."""
    ranges = dict(sequent.indices)
    values: dict[Atom, Linear] = {}
    for atom in sorted(free_indices(term) - sequent.dimension_names, key=str):
        lower, upper = ranges.get(str(atom), (ONE, None))
        known = upper is not None and not any(a in ranges for a, _ in (*lower, *upper))
        values[atom] = variable(algebra.temporary(lower, upper) if known else algebra.temporary())
    return Scope(values)


def generic_entry(read: Interpreter, term: Term, scope: Scope) -> NormalForm:
    """The entry of a term at fresh indices."""
    if term.shape is None or term.shape == SCALAR:
        return read.scalar(term, scope)
    return read.entry(term, tuple(read.axis(size) for size in term.space().axes), scope)
