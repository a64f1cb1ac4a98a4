"""Truth of relations, connectives, quantifiers over finite ranges, and properties of matrices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.instantiation import functions, matrices, optima
from verifier.instantiation.arithmetic import literal
from verifier.instantiation.duals import Dual
from verifier.instantiation.evaluator import Environment, Evaluator, Relation, Value, rows_of, within
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import Inconclusive, NeedsOrder, Undefined, Unsupported
from verifier.instantiation.rings import PrimeField, Rationals, Ring
from verifier.instantiation.surds import RATIONALS, Surds, rationals
from verifier.instantiation.truth import TRUE, Truth, conjunction, disjunction, known
from verifier.kernel.terms import Term

WINDOW = 5


def _equal(ev: Evaluator, term: Term, env: Environment) -> Truth:
    if any(map(optima.is_optimum, term.args)):
        return optima.truth(ev, term, env)
    numbers = [literal(ev, arg, env) for arg in term.args]
    if None not in numbers:
        return known(numbers[0] == numbers[1])
    return same(ev.ring, *ev.sides(term, env))


def same(ring: Ring, left: Value, right: Value) -> Truth:
    """Whether two values of one shape are equal, entry by entry."""
    pairs = zip(flat(left), flat(right), strict=True)
    return conjunction(
        ring.equal(*functions.apart(ring, a, b)) if Dual in (type(a), type(b)) else ring.equal(a, b) for a, b in pairs
    )


def _less(ev: Evaluator, left: Term, right: Term, env: Environment) -> Truth:
    first, second = literal(ev, left, env), literal(ev, right, env)
    if first is not None and second is not None:
        return known(first < second)
    return functions.less(ev.ring, ev.value(left, env), ev.value(right, env))


def _loewner(strict: bool, flip: bool) -> Relation:
    """A ≺ B and its kin: B - A is symmetric and positive (semi)definite. Raises Undefined where it is not symmetric."""

    def rule(ev: Evaluator, term: Term, env: Environment) -> Truth:
        left, right = (rows_of(ev.value(arg, env)) for arg in (reversed(term.args) if flip else term.args))
        difference = entrywise(lambda a, b: b - a, left, right)
        if len(difference) != len(difference[0]):
            raise Unsupported("an order of matrices that are not square")
        if _symmetric(ev.ring, difference).fails is True:
            raise Undefined("the order of matrices whose difference is not symmetric")
        return matrices.definite(ev.ring, difference, strict)

    return rule


# connectives


def _parts(ev: Evaluator, term: Term, env: Environment) -> list[Truth]:
    return [ev.truth(arg, env) for arg in term.args]


def _implies(ev: Evaluator, term: Term, env: Environment) -> Truth:
    """What follows need only be defined where the premise holds."""
    premise = ev.truth(term.args[0], env)
    if premise.fails is True:
        return TRUE
    return disjunction([premise.negated(), ev.truth(term.args[1], env)])


def _iff(ev: Evaluator, term: Term, env: Environment) -> Truth:
    left, right = _parts(ev, term, env)
    both = conjunction([left, right])
    return disjunction([both, conjunction([left.negated(), right.negated()])])


def instances(ev: Evaluator, term: Term, env: Environment) -> Iterator[Environment]:
    """The environments over which a quantifier ranges; the first few of an infinite range."""
    name, lower, upper = term.data
    low = ev.number(lower, env)
    last = ev.furthest() if ev.window_suffices else 0
    high = max(low + WINDOW - 1, last) if upper is None else ev.number(upper, env)
    for k in within(low, high, ev):
        yield env.bind(name, k)


def _for_all(ev: Evaluator, term: Term, env: Environment) -> Truth:
    found = conjunction(ev.truth(term.args[0], inner) for inner in instances(ev, term, env))
    if term.data[2] is None and not ev.window_suffices:
        return Truth(False, found.fails)
    return found


def _exists(ev: Evaluator, term: Term, env: Environment) -> Truth:
    found = disjunction(ev.truth(term.args[0], inner) for inner in instances(ev, term, env))
    return Truth(found.holds, False) if term.data[2] is None else found


# properties

Rows = list[list[Any]]


def _zero(ring: Ring, entries: list[Any]) -> Truth:
    zero = ring.number(0)
    return conjunction(ring.equal(entry, zero) for entry in entries)


def _symmetric(ring: Ring, rows: Rows) -> Truth:
    return same(ring, rows, matrices.transpose(rows))


def _skew(ring: Ring, rows: Rows) -> Truth:
    return _zero(ring, [rows[r][c] + rows[c][r] for r in range(len(rows)) for c in range(r + 1)])


def _outside(keep: Callable[[int, int], bool]) -> Callable[[Ring, Rows], Truth]:
    def rule(ring: Ring, rows: Rows) -> Truth:
        return _zero(ring, [entry for r, row in enumerate(rows) for c, entry in enumerate(row) if not keep(r, c)])

    return rule


def _orthonormal_columns(ring: Ring, rows: Rows) -> Truth:
    return same(ring, matrices.product(matrices.transpose(rows), rows), matrices.identity(ring, len(rows[0])))


def _invertible(ring: Ring, rows: Rows) -> Truth:
    return ring.equal(matrices.determinant(ring, rows), ring.number(0)).negated()


def _idempotent(ring: Ring, rows: Rows) -> Truth:
    return same(ring, matrices.product(rows, rows), rows)


def _projection(ring: Ring, rows: Rows) -> Truth:
    return conjunction([_symmetric(ring, rows), _idempotent(ring, rows)])


def _definite(strict: bool) -> Callable[[Ring, Rows], Truth]:
    def rule(ring: Ring, rows: Rows) -> Truth:
        symmetric = _symmetric(ring, rows)
        return symmetric if symmetric.fails is True else conjunction([symmetric, matrices.definite(ring, rows, strict)])

    return rule


def _full_rank(of_columns: bool) -> Callable[[Ring, Rows], Truth]:
    """det AᵀA ≠ 0 (over the reals), or det AAᵀ ≠ 0."""

    def rule(ring: Ring, rows: Rows) -> Truth:
        tall = rows if of_columns else matrices.transpose(rows)
        if len(tall) < len(tall[0]):
            return known(False)
        return _invertible(ring, matrices.product(matrices.transpose(tall), tall))

    return rule


def _permutation(ring: Ring, rows: Rows) -> Truth:
    one, zero = ring.number(1), ring.number(0)
    entries = conjunction(disjunction([ring.equal(e, zero), ring.equal(e, one)]) for e in flat(rows))
    return conjunction([entries, _orthonormal_columns(ring, rows)])


def _whole(least: int | None) -> Callable[[Ring, Rows], Truth]:
    """Integers; with a least value, natural numbers, of which 0 is one for some and none for others."""

    def rule(ring: Ring, rows: Rows) -> Truth:
        if isinstance(ring, PrimeField):
            raise NeedsOrder("an integer")
        if isinstance(ring, Surds):
            return rule(RATIONALS, rationals(rows))
        if not isinstance(ring, Rationals):
            raise Inconclusive("an integer")
        if least is not None and any(entry == 0 for entry in flat(rows)):
            raise Undefined("0 as a natural number")
        return known(all(e.q == 1 and (least is None or e > 0) for e in flat(rows)))

    return rule


def _no_condition(ring: Ring, rows: Rows) -> Truth:
    return TRUE


PROPERTIES: dict[str, Callable[[Ring, Rows], Truth]] = {
    "symmetric": _symmetric,
    "skew": _skew,
    "diagonal": _outside(lambda r, c: r == c),
    "orthogonal": _orthonormal_columns,
    "orthonormal_columns": _orthonormal_columns,
    "invertible": _invertible,
    "idempotent": _idempotent,
    "projection": _projection,
    "positive_definite": _definite(True),
    "positive_semidefinite": _definite(False),
    "full_column_rank": _full_rank(True),
    "full_row_rank": _full_rank(False),
    "permutation": _permutation,
    "upper_triangular": _outside(lambda r, c: r <= c),
    "lower_triangular": _outside(lambda r, c: r >= c),
    "natural": _whole(1),
    "integer": _whole(None),
    "random": _no_condition,
    "constant": _no_condition,
    "identically_distributed": _no_condition,
    "real": _no_condition,
}


def _property(ev: Evaluator, term: Term, env: Environment) -> Truth:
    (name,) = term.data
    rule = PROPERTIES.get(name)
    if rule is None:
        raise Unsupported(f"the property {name!r}")
    rows = rows_of(ev.value(term.args[0], env))
    if name == "permutation" and len(rows) != len(rows[0]):
        return known(False)
    return rule(ev.ring, rows)


RELATIONS: dict[str, Relation] = {
    "equal": _equal,
    "not_equal": lambda ev, term, env: _equal(ev, term, env).negated(),
    "less": lambda ev, term, env: _less(ev, term.args[0], term.args[1], env),
    "greater": lambda ev, term, env: _less(ev, term.args[1], term.args[0], env),
    "less_equal": lambda ev, term, env: _less(ev, term.args[1], term.args[0], env).negated(),
    "greater_equal": lambda ev, term, env: _less(ev, term.args[0], term.args[1], env).negated(),
    "loewner_less": _loewner(True, False),
    "loewner_less_equal": _loewner(False, False),
    "loewner_greater": _loewner(True, True),
    "loewner_greater_equal": _loewner(False, True),
    "property": _property,
    "optimal": optima.truth,
    "and": lambda ev, term, env: conjunction(_parts(ev, term, env)),
    "or": lambda ev, term, env: disjunction(_parts(ev, term, env)),
    "not": lambda ev, term, env: ev.truth(term.args[0], env).negated(),
    "implies": _implies,
    "iff": _iff,
    "for_all": _for_all,
    "exists": _exists,
}
