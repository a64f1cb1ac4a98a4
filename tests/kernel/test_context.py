"""What a context remembers of single terms holds for the indices it was found for; nothing outside can change it."""

from __future__ import annotations

import pytest

from tests.kernel.building import M, N, a, eq, idx, rel, sym
from verifier.kernel.context import HOLE, CertificateError, Context, initial_context
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant, variable
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import fraction, plain
from verifier.kernel.shapes import column
from verifier.kernel.terms import Term

X, Y = sym("x", column(N)), sym("y", column(M))
SEQUENT = Sequent(eq(Term("dot", (X, X)), Term("dot", (Y, Y))), (rel("greater", a, a),))


def context() -> Context:
    return initial_context(SEQUENT, 10_000)


def entry(vector: Term, name: str) -> Term:
    return Term("entry", (vector,), ((variable(name),),))


def test_what_is_closed_inside_is_not_closed_outside() -> None:
    outside = context()
    inside = outside.fix("i", (ONE, N))
    said = rel("greater", entry(X, "i"), a)
    inside.closed(said)
    for _ in range(2):
        with pytest.raises(ClaimError):
            outside.closed(said)
    inside.closed(said)


def test_what_is_closed_in_one_range_is_not_closed_in_another() -> None:
    outside = context()
    outside.fix("i", (ONE, N)).closed(entry(X, "i"))
    for within in ((ONE, M), (ONE, None), (constant(0), N)):
        with pytest.raises(ClaimError):
            outside.fix("i", within).closed(entry(X, "i"))


def test_a_hole_is_never_closed() -> None:
    held = context()
    for _ in range(2):
        with pytest.raises(CertificateError):
            held.closed(eq(sym(HOLE), a))


def test_contexts_of_different_claims_share_nothing() -> None:
    said = eq(sym("z", column(variable("k"))), sym("z", column(variable("k"))))
    other = initial_context(Sequent(said), 10_000)
    other.closed(said)
    with pytest.raises(ClaimError):
        context().closed(said)


def test_a_normal_form_that_was_handed_out_is_a_copy() -> None:
    held = context()
    form = held.scalar(a)
    before = dict(form)
    form.clear()
    assert held.scalar(a) == before != {}
    assert held.assume(eq(a, a)).scalar(a) == before


def test_normal_forms_are_those_of_the_index_in_force() -> None:
    outside = context()
    short, long = outside.fix("i", (ONE, N)), outside.fix("i", (ONE, M))
    assert short.scalar(idx("i")) != long.scalar(idx("i"))
    assert short.scalar(idx("i")) == short.assume(rel("less", a, idx("i"))).scalar(idx("i"))


@pytest.mark.parametrize("text", ["1/0", "--1", "1/-2", "1/", "/1", "", "1.5", "1e3", " 1", "1_0", "٣", "1/2/3", "+1"])
def test_no_rational_number(text: str) -> None:
    with pytest.raises(TermError):
        fraction(text)


def test_rational_numbers() -> None:
    assert [str(fraction(text)) for text in ("0", "-0", "007", "-6/4", "3/3", "0/5")] == [
        "0",
        "0",
        "7",
        "-3/2",
        "1",
        "0",
    ]


class Text(str):
    """Only behaves like a text."""


@pytest.mark.parametrize("data", [{1: "a"}, {Text("a"): 1}, [Text("a")], [1.0], (1,), {"a": {2}}, [{"a": [None, b""]}]])
def test_no_plain_data(data: object) -> None:
    with pytest.raises(TermError):
        plain(data)


def test_plain_data() -> None:
    data = {"a": [1, True, None, "b", {"c": []}]}
    copy = plain(data)
    assert copy == data
    assert copy is not data
    assert copy["a"] is not data["a"]
