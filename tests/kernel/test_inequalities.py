"""Signs and inequalities: what the rules accept, and what they must not."""

from __future__ import annotations

import pytest

from tests.kernel.building import (
    A,
    N,
    a,
    add,
    b,
    entry,
    fn,
    idx,
    mul,
    neg,
    num,
    over,
    power,
    proves,
    rel,
    sub,
    tr,
    x,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        (rel("greater", add(num(1), fn("exp", a)), num(0)), ()),
        (rel("greater_equal", power(a, 2), num(0)), ()),
        (rel("not_equal", add(num(1), fn("exp", neg(a))), num(0)), ()),
        (rel("greater", mul(a, b), num(0)), (rel("greater", a, num(0)), rel("greater", b, num(0)))),
        (rel("greater", idx("n"), num(0)), ()),
        (rel("not_equal", mul(a, b), num(0)), (rel("not_equal", a, num(0)), rel("not_equal", b, num(0)))),
        (rel("greater_equal", mul(tr(x), x), num(0)), ()),
        (rel("less", neg(power(b, 2)), num(0)), (rel("not_equal", b, num(0)),)),
    ],
)
def test_sign_accepts(goal: Term, hypotheses: tuple[Term, ...]) -> None:
    assert proves(goal, {"rule": "sign"}, *hypotheses, dimensions=(N,)).conclusion == goal


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        (rel("greater", power(a, 2), num(0)), ()),
        (rel("not_equal", mul(tr(x), x), num(0)), ()),
        (rel("greater", mul(a, b), num(0)), (rel("greater", a, num(0)),)),
        (rel("greater", add(a, b), num(0)), (rel("greater", a, num(0)), rel("not_equal", b, num(0)))),
        (rel("greater_equal", mul(tr(x), A, x), num(0)), ()),
        (rel("greater", sub(idx("n"), num(1)), num(0)), ()),
        (rel("greater", entry(x, "h"), num(0)), (rel("greater", entry(x, "k"), num(0)),)),
    ],
)
def test_sign_rejects(goal: Term, hypotheses: tuple[Term, ...]) -> None:
    indices = (("h", (ONE, N)), ("k", (ONE, N)))
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "sign"}, *hypotheses, indices=indices, dimensions=(N,))


def test_a_square_proves_at_most() -> None:
    goal = rel("less_equal", mul(num(2), a, b), add(power(a, 2), power(b, 2)))
    certificate = {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(sub(a, b))]}]}
    assert proves(goal, certificate).conclusion == goal


@pytest.mark.parametrize("coefficient", ["-1", "0", "2"])
def test_a_wrong_coefficient_proves_nothing(coefficient: str) -> None:
    goal = rel("less_equal", mul(num(2), a, b), add(power(a, 2), power(b, 2)))
    summand = {"coefficient": coefficient, "squares": [term_to_data(sub(a, b))]}
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "nonnegative", "summands": [summand]})


def test_strict_needs_a_strict_summand() -> None:
    goal = rel("less", mul(num(2), a, b), add(power(a, 2), power(b, 2)))
    certificate = {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(sub(a, b))]}]}
    with pytest.raises(CertificateError, match="positive"):
        proves(goal, certificate)


def test_a_product_of_gaps() -> None:
    goal = rel("greater", mul(a, b), num(0))
    certificate = {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": [{"fact": 0}, {"fact": 1}]}]}
    assert proves(goal, certificate, rel("less", num(0), a), rel("greater", b, num(0))).hypotheses


def test_a_sum_of_squares_is_not_positive() -> None:
    goal = rel("greater", mul(tr(x), x), num(0))
    summand = {"coefficient": "1", "indices": [over("i")], "squares": [term_to_data(entry(x, "i"))]}
    with pytest.raises(CertificateError, match="positive"):
        proves(goal, {"rule": "nonnegative", "summands": [summand]})
    weak = rel("greater_equal", mul(tr(x), x), num(0))
    assert proves(weak, {"rule": "nonnegative", "summands": [summand]}).conclusion == weak
