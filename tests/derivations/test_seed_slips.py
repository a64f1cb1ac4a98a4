"""Slips of the homework that the library states as it is: each is refuted, and not proved."""

from __future__ import annotations

import pytest

from verifier.identity import Identity, identity
from verifier.instantiation import confirm, instantiate
from verifier.language import (
    absolute,
    dim,
    equals,
    family,
    for_all,
    identity_matrix,
    iff,
    index,
    log,
    matrix,
    maximum,
    minimum,
    norm,
    orthogonal,
    scalars,
    vector,
    vector_shape,
)
from verifier.proving import NotProved, find_proof

n, d = dim("n"), dim("d")
t, k = index("t"), index("k")
EACH = {t: (0, None)}
eta, sigma, alpha, beta, eps, lam = scalars("\\eta \\sigma \\alpha \\beta \\epsilon \\lambda")
s, l_, x, y, w, b, tau = scalars("s l x y w b \\tau")
F, H, Q, L, X = matrix("F", n, d), matrix("H", d, d), matrix("Q", d, d), matrix("L", d, d), matrix("X", n, d)
target, u = vector("b", n), vector("u", d)
step, zeta = family("u", vector_shape(d)), family("\\zeta", vector_shape(d))
rate, slow, fast = 1 - 2 * eta * sigma**2, absolute(1 - 2 * eta * s**2), absolute(1 - 2 * eta * l_**2)
trace = 2 - beta - 2 * eta * beta * sigma**2
descent = for_all(k, 0, None, equals(step(k + 1), step(k) - eps * (H @ step(k))).whole)
moved = -(b - eta) / (w - eta * x)

SLIPS: dict[str, Identity] = {
    "000 §1: any step size": identity(norm((identity_matrix(d) - eta * (F.T @ F)) @ u) <= norm(u), given=[eta >= 0]),
    "000 §4(b)(ii): the slope stays positive": identity(w - eta * x > 0, given=[w > 0, x > 0, eta > 0]),
    "000 §4(b)(iii): the elbow moves left": identity(moved < -b / w, given=[w > 0, x < 0, w * x + b > 0, eta > 0]),
    "000 §4(b)(iii): the bias grows": identity(b - eta > b, given=[eta > 0]),
    "000 §4(b)(iii): the elbow moves by the other sign": identity(
        moved < b / w, given=[w > 0, x < 0, w * x + b > 0, eta > 0]
    ),
    "000 §4(b)(iv): the elbow stays positive": identity(moved > 0, given=[w < 0, x > 0, w * x + b > 0, eta > 0]),
    "001 §1(a): half of the range": identity(
        iff(absolute(rate) < 1, (eta > 0) & (eta < 1 / (2 * sigma**2))), given=[sigma > 0]
    ),
    "001 §1(b): steps without the absolute value": identity(
        equals(tau * log(eps), log(absolute(rate))), given=[equals(absolute(rate) ** tau, eps), absolute(rate) > 0]
    ),
    "001 §1(c): the small value bounds the step": identity(
        iff((slow < 1) & (fast < 1), (eta > 0) & (eta < 1 / s**2)), given=[s > 0, s < l_]
    ),
    "001 §1(d): the smaller factor is the rate": identity(
        minimum(fast, slow) >= (l_**2 - s**2) / (l_**2 + s**2), given=[s > 0, s <= l_]
    ),
    "001 §1(d): the smaller factor is the larger": identity(equals(minimum(fast, slow), maximum(fast, slow))),
    "001 §2(c): the discriminant with another sign": identity(
        equals(
            trace**2 - 4 * (1 - beta), beta**2 * (2 * eta * sigma**2 - 1) ** 2 + 8 * eta * (1 - beta) * beta * sigma**2
        )
    ),
    "001 §3(c): the sign of the variance": identity(
        iff(absolute(1 - eta * x**2 + eta * sigma**2) < 1, (eta > 0) & (eta < 2 / (x**2 + sigma**2))),
        given=[sigma > 0],
    ),
    "001 §3(c): steps that are not positive": identity(
        absolute(1 - (eta * x**2 + eta * sigma**2)) < 1, given=[eta < 2 / (x**2 + sigma**2)]
    ),
    "002 §2: from α > 1 on": identity(absolute(1 - alpha) > 1, given=[alpha > 1]),
    "002 §3, equation (23): the power is lost": identity(
        equals(zeta(t), (identity_matrix(d) - alpha * (X.T @ X)) @ zeta(0)),
        given=[for_all(k, 0, None, equals(zeta(k + 1), (identity_matrix(d) - alpha * (X.T @ X)) @ zeta(k)).whole)],
        indices=EACH,
    ),
    "003 §5.2, equation (35): the power is lost": identity(
        equals(step(t), Q @ (identity_matrix(d) - eps * L) @ Q.T @ step(0)),
        given=[descent, equals(H, Q @ L @ Q.T), orthogonal(Q)],
        indices=EACH,
    ),
    "003 §5.3: steps that are not positive": identity(absolute(1 - eps * lam) < 1, given=[lam > 0, eps < 2 / lam]),
    "003 §5.3: directions that are flat": identity(
        absolute(1 - eps * lam) < 1, given=[eps > 0, lam >= 0, eps * lam < 2]
    ),
    "003 §5.4: any damping": identity(absolute(1 - eps) < 1, given=[eps > 0]),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_refuted_and_not_proved(name: str) -> None:
    for claim in SLIPS[name].steps():
        found = instantiate(claim).counterexample
        assert found is not None
        assert confirm(claim, found)
        with pytest.raises(NotProved):
            find_proof(claim)
