"""Sums of square roots: a field, ordered as balls order it; what they decide in models, and how they are shown."""

from __future__ import annotations

from random import Random

import pytest
from flint import fmpq

from verifier.derivation import Counterexample
from verifier.instantiation import confirm, instantiate
from verifier.instantiation.balls import precision
from verifier.instantiation.outcomes import NeedsBalls
from verifier.instantiation.surds import Surd, Surds, parse, rationals, root, term_of
from verifier.language import absolute, equals, implies, norm, number, scalars, sqrt, vector

from .claims import claim, n
from .condition_claims import is_

x, y, a, b = scalars("x y a b")
u, v = vector("u", n), vector("v", n)
ring = Surds()


def surd(random: Random) -> Surd:
    """A few roots of small numbers with small coefficients."""
    parts = {d: fmpq(random.randint(-5, 5), random.randint(1, 4)) for d in random.sample((1, 2, 3, 5, 6, 10), 3)}
    return Surd(parts)


@pytest.mark.parametrize("seed", range(60))
def test_arithmetic_is_that_of_balls(seed: int) -> None:
    random = Random(seed)
    p, q = surd(random), surd(random)
    results = [(p + q, lambda s, t: s + t), (p - q, lambda s, t: s - t), (p * q, lambda s, t: s * t)]
    if q != 0:
        results.append((p / q, lambda s, t: s / t))
        assert p / q * q == p
    with precision(256):
        for exact, operation in results:
            assert exact.ball().overlaps(operation(p.ball(), q.ball()))
        if p != q:
            assert bool(ring.less(p, q).holds) == bool(p.ball() < q.ball())
    assert ring.less(p, p).fails
    assert parse(str(p)) == p
    assert root(p * p) in (p, -p) if len(p.parts) < 3 else True


def test_roots() -> None:
    two = ring.number(2)
    assert str(root(two)) == "√2"
    assert str(root(ring.number(0))) == "0"
    assert root(two) * root(ring.number(8)) == 4
    assert str(root(parse("3+2*√2"))) == "1+√2"
    assert str(root(parse("3-2*√2"))) == "-1+√2"
    assert str(1 / (1 + root(two))) == "-1+√2"
    assert str(root(fmpq(1, 2) * two / 3)) == "1/3*√3"
    for number_ in (parse("1+√2"), parse("√2")):
        with pytest.raises(NeedsBalls):
            root(number_)
    with pytest.raises(NeedsBalls):
        rationals([[parse("√2")]])


@pytest.mark.parametrize("text", ["", "√", "2√3", "1 + √2", "1+", "√2√3", "x", "1/0", "√-2", "+", "1*2"])
def test_other_text_is_no_surd(text: str) -> None:
    with pytest.raises((ValueError, ZeroDivisionError)):
        parse(text)


def test_terms_have_the_value() -> None:
    for text in ("1", "-√2", "1/2+3/4*√5-√6"):
        assert str(term_of(parse(text)).shape) == "R"


# what they decide


@pytest.mark.parametrize(
    ("conclusion", "given"),
    [
        (equals(sqrt(number(2)) * sqrt(number(8)), 4 + 0 * x), []),
        (sqrt(2 * a) * sqrt(number(2)) <= 2 * sqrt(a), [a > 0]),
        ((1 + sqrt(a)) ** 2 >= 1 + a + 2 * sqrt(a), [a >= 0]),
        (norm(2 * u) <= 2 * norm(u), []),
        (norm(u + v) <= norm(u) + norm(v), []),
        (implies(is_(x**2, 2), absolute(x) <= sqrt(number(2))), []),
        (x + 2 / x >= 2 * sqrt(number(2)), [x > 0]),
    ],
)
def test_true_claims_with_roots(conclusion, given) -> None:
    outcome = instantiate(claim(conclusion, given=given))
    assert outcome.counterexample is None
    assert outcome.evidence.model_found


@pytest.mark.parametrize(
    ("conclusion", "given", "values"),
    [
        (x >= 0, [is_(x**2, 2)], {"x": "-√2"}),
        (x + 2 / x > 2 * sqrt(number(2)), [x > 0], {"x": "√2"}),
        (x**2 - x - 1 < 0, [x > 1, x < 2, x**2 - x - 1 >= 0, x**2 - x <= 1], {"x": "1/2+1/2*√5"}),
        (sqrt(x) * sqrt(2 * x) < sqrt(number(2)) * x, [x > 0], {"x": "1"}),
    ],
)
def test_irrational_counterexamples(conclusion, given, values) -> None:
    sequent = claim(conclusion, given=given)
    counterexample = instantiate(sequent).counterexample
    assert counterexample is not None
    assert counterexample.values == values
    assert counterexample.exact
    assert confirm(sequent, counterexample) == counterexample


def test_forged_irrational_counterexamples_are_not_confirmed() -> None:
    true = claim(x + 2 / x >= 2 * sqrt(number(2)), given=[x > 0])
    false = claim(x + 2 / x > 2 * sqrt(number(2)), given=[x > 0])
    assert confirm(false, Counterexample({}, {"x": "√2"})) is not None
    for text in ("√2", "-√2", "√3", "2 √2", "√x"):
        assert confirm(true, Counterexample({}, {"x": text})) is None
    for text in ("-√2", "√3", "1/2*√2", "√2 ", 2**0.5):
        assert confirm(false, Counterexample({}, {"x": text})) is None
    vectors = claim(norm(u) < 1)
    assert confirm(vectors, Counterexample({"n": 1}, {"u": "√2"})) is None
