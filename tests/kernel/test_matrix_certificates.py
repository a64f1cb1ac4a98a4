"""Full certificates with the axioms about matrices: what they prove, and that without a hypothesis they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.kernel.building import (
    NORMAL_FORM,
    SQUARE,
    A,
    B,
    I,
    M,
    N,
    add,
    axiom,
    claim,
    eq,
    inv,
    linear,
    mul,
    neg,
    num,
    power,
    prop,
    rel,
    sub,
    sym,
    tr,
    use,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import column, rectangle
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import prove

Q = sym("Q", SQUARE)
X = sym("X", rectangle(M, N))
W = sym("W", rectangle(M, M))
x, y = (sym(name, column(N)) for name in "xy")
c = sym("c")
XtX = mul(tr(X), X)
HAT = mul(X, inv(XtX), tr(X))
LEFT_INVERSE = mul(inv(XtX), tr(X))
PSEUDO = Term("pseudoinverse", (X,))
FULL_RANK = prop("full_column_rank", X)


def hole(rows: Any, columns: Any) -> Term:
    return sym("□", rectangle(rows, columns))


def fact(k: int) -> dict[str, Any]:
    return {"rule": "fact", "fact": k}


def law(name: str, *arguments: Term, premises: list[Any] | None = None) -> dict[str, Any]:
    return {"rule": "axiom", **axiom(name, *arguments, premises=premises)}


def by(context: Term, name: str, *arguments: Term, premises: list[Any] | None = None) -> dict[str, Any]:
    return use(context, **axiom(name, *arguments, premises=premises))


def with_inverse(then: Any) -> dict[str, Any]:
    """Γ, XᵀX is invertible ⊢ φ, from the first hypothesis, that X has full column rank."""
    lemma = term_to_data(prop("invertible", XtX))
    return {"rule": "cut", "lemma": lemma, "proof": law("gram_invertible", X, premises=[fact(0)]), "then": then}


def inverse_of_gram(context: Term) -> dict[str, Any]:
    """A use of (XᵀX)⁻¹XᵀX = I."""
    return by(context, "inverse_mul", XtX, premises=[law("gram_invertible", X, premises=[fact(0)])])


def det(a: Term) -> Term:
    return Term("determinant", (a,))


def rank(a: Term) -> Term:
    return Term("rank", (a,))


def trace(a: Term) -> Term:
    return Term("trace", (a,))


def spectral(a: Term) -> Term:
    return Term("norm", (a,), ("spectral",))


def norm(a: Term) -> Term:
    return Term("norm", (a,), ("2",))


def size(form: Any) -> Term:
    return Term("index", (), (form,))


def zeros(rows: Any, columns: Any) -> Term:
    return Term("zeros", (), (rectangle(rows, columns),))


# HH - H = X [(XᵀX)⁻¹XᵀX - I] (XᵀX)⁻¹Xᵀ
hat_squared = linear(inverse_of_gram(mul(X, hole(N, N), LEFT_INVERSE)))
ridge = add(XtX, mul(c, I))
ridge_is_definite = law(
    "positive_semidefinite_add_definite",
    XtX,
    mul(c, I),
    premises=[
        law("gram_positive_semidefinite", X),
        law(
            "positive_definite_scale",
            c,
            I,
            premises=[fact(0), law("positive_definite_of_eq_identity", I, premises=[NORMAL_FORM])],
        ),
    ],
)

PROVED: dict[str, tuple[Sequent, Any]] = {
    "orthonormal columns": (
        claim(eq(mul(tr(X), mul(X, x)), x), prop("orthonormal_columns", X)),
        linear(by(mul(hole(N, N), x), "orthonormal_columns", X, premises=[fact(0)])),
    ),
    "a left inverse is a right inverse": (
        claim(eq(mul(B, A), I), eq(mul(A, B), I)),
        linear(by(hole(N, N), "mul_eq_one_comm", A, B, premises=[fact(0)])),
    ),
    "the hat matrix is idempotent": (
        claim(prop("idempotent", HAT), FULL_RANK),
        law("idempotent_of_mul_self", HAT, premises=[hat_squared]),
    ),
    "the hat matrix is a projection": (
        claim(prop("projection", HAT), FULL_RANK),
        law("projection_of_mul_self", HAT, premises=[hat_squared, NORMAL_FORM]),
    ),
    "its trace is the number of columns": (
        claim(eq(trace(HAT), size(N)), FULL_RANK),
        with_inverse(linear(inverse_of_gram(trace(hole(N, N))))),
    ),
    "so is its rank": (
        claim(eq(rank(HAT), size(N)), FULL_RANK),
        linear(
            by(neg(sym("□")), "trace_of_mul_self", HAT, premises=[hat_squared]),
            inverse_of_gram(trace(hole(N, N))),
        ),
    ),
    "a matrix of full column rank cancels": (
        claim(eq(A, B), FULL_RANK, eq(mul(X, A), mul(X, B))),
        with_inverse(
            linear(
                use(mul(LEFT_INVERSE, hole(M, N)), fact=1),
                inverse_of_gram(neg(mul(hole(N, N), sub(A, B)))),
            )
        ),
    ),
    "the ridge matrix is invertible": (
        claim(prop("invertible", ridge), rel("greater", c, num(0))),
        law("positive_definite_invertible", ridge, premises=[ridge_is_definite]),
    ),
    "so is that of generalised least squares": (
        claim(prop("invertible", mul(tr(X), inv(W), X)), prop("positive_definite", W), FULL_RANK),
        law(
            "positive_definite_invertible",
            mul(tr(X), inv(W), X),
            premises=[
                law(
                    "positive_definite_congruence",
                    inv(W),
                    X,
                    premises=[law("positive_definite_inverse", W, premises=[fact(0)]), fact(1)],
                )
            ],
        ),
    ),
    "XX⁺ is a projection": (
        claim(prop("projection", mul(X, PSEUDO))),
        law(
            "projection_of_mul_self",
            mul(X, PSEUDO),
            premises=[
                linear(by(mul(hole(M, N), PSEUDO), "mul_pseudoinverse_mul", X)),
                law("mul_pseudoinverse_symmetric", X),
            ],
        ),
    ),
    "the pseudo-inverse of the pseudo-inverse": (
        claim(eq(X, Term("pseudoinverse", (PSEUDO,)))),
        law(
            "pseudoinverse_unique",
            PSEUDO,
            X,
            premises=[
                law("pseudoinverse_mul_pseudoinverse", X),
                law("mul_pseudoinverse_mul", X),
                law("pseudoinverse_mul_symmetric", X),
                law("mul_pseudoinverse_symmetric", X),
            ],
        ),
    ),
    "the pseudo-inverse at full column rank": (
        claim(eq(LEFT_INVERSE, PSEUDO), FULL_RANK),
        law(
            "pseudoinverse_unique",
            X,
            LEFT_INVERSE,
            premises=[
                linear(inverse_of_gram(mul(X, hole(N, N)))),
                linear(inverse_of_gram(mul(hole(N, N), LEFT_INVERSE))),
                NORMAL_FORM,
                linear(inverse_of_gram(sub(tr(hole(N, N)), hole(N, N)))),
            ],
        ),
    ),
    "the determinant of an orthogonal matrix": (
        claim(eq(power(det(Q), 2), num(1)), prop("orthogonal", Q)),
        linear(
            by(neg(sym("□")), "determinant_mul", tr(Q), Q),
            by(
                sym("□"),
                "determinant_of_eq_identity",
                mul(tr(Q), Q),
                premises=[law("orthogonal", Q, premises=[fact(0)])],
            ),
        ),
    ),
    "the matrix determinant lemma": (
        claim(eq(det(add(I, mul(x, tr(y)))), add(num(1), mul(tr(y), x)))),
        linear(by(sym("□"), "determinant_sylvester", x, tr(y))),
    ),
    "the determinant of a conjugate": (
        claim(eq(det(mul(mul(A, B), inv(A))), det(B)), prop("invertible", A)),
        linear(
            by(sym("□"), "determinant_mul", mul(A, B), inv(A)),
            by(mul(sym("□"), det(inv(A))), "determinant_mul", A, B),
            by(mul(sym("□"), det(A), det(B)), "determinant_inverse", A, premises=[fact(0)]),
            by(
                mul(sym("□"), det(B)),
                "reciprocal",
                det(A),
                premises=[law("determinant_nonzero", A, premises=[fact(0)])],
            ),
        ),
    ),
    "the determinant of a negative": (
        claim(eq(det(neg(A)), mul(power(num(-1), size(N)), det(A)))),
        linear(by(sym("□"), "determinant_scale", num(-1), A)),
    ),
    "a gram matrix that is 0": (
        claim(eq(X, zeros(M, N)), eq(XtX, zeros(N, N))),
        linear(by(hole(M, N), "gram_eq_zero", X, premises=[fact(0)])),
    ),
    "a rotation keeps the spectral norm": (
        claim(eq(spectral(mul(Q, A)), spectral(A)), prop("orthogonal", Q)),
        law("spectral_norm_orthonormal_mul", Q, A, premises=[law("orthogonal", Q, premises=[fact(0)])]),
    ),
    "a bound by the operator norm": (
        claim(rel("less_equal", mul(num(2), norm(mul(X, x))), mul(num(2), spectral(X), norm(x)))),
        {"rule": "nonnegative", "summands": [{"coefficient": "2", "gaps": [axiom("norm_mul", X, x)]}]},
    ),
    "the spectral radius of a gram matrix": (
        claim(eq(Term("spectral_radius", (XtX,)), mul(spectral(X), spectral(X)))),
        linear(by(sym("□"), "spectral_radius_gram", X)),
    ),
    "the rank of a gram matrix": (
        claim(eq(rank(XtX), size(N)), FULL_RANK),
        linear(by(sym("□"), "rank_gram", X), by(sym("□"), "rank_of_full_column_rank", X, premises=[fact(0)])),
    ),
    "a product of invertible matrices": (
        claim(prop("invertible", mul(tr(A), inv(Q))), prop("invertible", A), prop("orthogonal", Q)),
        law(
            "invertible_mul",
            tr(A),
            inv(Q),
            premises=[
                law("invertible_transpose", A, premises=[fact(0)]),
                law("invertible_inverse", Q, premises=[law("orthogonal_invertible", Q, premises=[fact(1)])]),
            ],
        ),
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_a_certificate_proves_its_claim(name: str) -> None:
    sequent, certificate = PROVED[name]
    theorem = prove(sequent, certificate)
    assert theorem.axioms
    assert len(theorem.hypotheses) == len(sequent.hypotheses)
    assert set(theorem.side_conditions) <= {prop("invertible", XtX)}


WITHOUT = [(name, k) for name, (sequent, _) in PROVED.items() for k in range(len(sequent.hypotheses))]


@pytest.mark.parametrize(("name", "k"), WITHOUT)
def test_without_a_hypothesis_it_does_not(name: str, k: int) -> None:
    """A trivial fact stands in its place, so that the others keep their numbers."""
    sequent, certificate = PROVED[name]
    hypotheses = (*sequent.hypotheses[:k], eq(num(1), num(1)), *sequent.hypotheses[k + 1 :])
    with pytest.raises((CertificateError, ClaimError, TermError)):
        prove(replace(sequent, hypotheses=hypotheses), certificate)


# what the rows must not be stretched to

FALSE: dict[str, tuple[Sequent, Any]] = {
    "rows of a tall matrix with orthonormal columns": (
        claim(eq(mul(X, tr(X)), Term("identity", (), (M,))), prop("orthonormal_columns", X)),
        linear(by(hole(M, M), "orthogonal_rows", X, premises=[fact(0)])),
    ),
    "a left inverse of a matrix that is not square": (
        claim(eq(mul(X, PSEUDO), Term("identity", (), (M,))), eq(mul(PSEUDO, X), I)),
        linear(by(hole(M, M), "mul_eq_one_comm", PSEUDO, X, premises=[fact(0)])),
    ),
    "XᵀX of a matrix of full row rank": (
        claim(prop("invertible", XtX), prop("full_row_rank", X)),
        law("gram_invertible", X, premises=[fact(0)]),
    ),
    "the determinant of a multiple": (
        claim(eq(det(mul(c, A)), mul(c, det(A)))),
        linear(by(sym("□"), "determinant_mul", c, A)),
    ),
    "a sum of definite matrices, one of them negative": (
        claim(prop("positive_definite", sub(A, B)), prop("positive_definite", A), prop("positive_definite", B)),
        law("positive_definite_add_semidefinite", A, neg(B), premises=[fact(0), fact(1)]),
    ),
    "the trace of a matrix that is not idempotent": (
        claim(eq(trace(A), rank(A)), prop("symmetric", A)),
        linear(by(sym("□"), "trace_of_mul_self", A, premises=[fact(0)])),
    ),
    "dimensions that the claim does not know": (
        claim(eq(c, c)),
        linear(by(mul(num(0), sym("□")), "rank_transpose", sym("V", rectangle((("k", 1),), N)))),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_an_axiom_does_not_say(name: str) -> None:
    with pytest.raises((CertificateError, ClaimError, TermError)):
        prove(*FALSE[name])
