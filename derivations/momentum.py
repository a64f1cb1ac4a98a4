"""Gradient descent with momentum, one singular direction at a time: recurrence, matrix, eigenvalues and their regimes.

z⁺ = (1 - β)z + β∇L(w) and w⁺ = w - ηz⁺. In the direction of a singular value σ, with x for w - w* and a for z,

    a⁺ = (1 - β)a + 2βσ²x        x⁺ = (1 - 2ηβσ²)x - η(1 - β)a

The matrix R of this step has the trace τ = 2 - β - 2ηβσ² and the determinant 1 - β, so its eigenvalues are the roots of
λ² - τλ + 1 - β, with the discriminant D = β²(1 - 2ησ²)² - 8η(1 - β)βσ².
Sources: [P] Polyak, Introduction to Optimization, by section; seeds by section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    Chain,
    Statement,
    absolute,
    block,
    determinant,
    equals,
    family,
    for_all,
    identity_matrix,
    iff,
    index,
    nonzero,
    scalar,
    scalars,
    sqrt,
    trace,
    zeros,
)

_half = Fraction(1, 2)
_t, _k = index("t"), index("k")
_each = {_t: (0, None)}
_eta, _beta, _sigma, _lambda = (scalar(name) for name in ("\\eta", "\\beta", "\\sigma", "\\lambda"))
_small, _large = scalar("\\sigma_{min}"), scalar("\\sigma_{max}")
_a, _x, _u, _v, _g, _w, _z, _y = scalars("a x u v g w z y")
_average, _error = family("a"), family("x")

_R = block([[1 - _beta, 2 * _beta * _sigma**2], [-_eta * (1 - _beta), 1 - 2 * _eta * _beta * _sigma**2]])
_I = identity_matrix(2)
_trace = 2 - _beta - 2 * _eta * _beta * _sigma**2
_discriminant = _beta**2 * (1 - 2 * _eta * _sigma**2) ** 2 - 8 * _eta * (1 - _beta) * _beta * _sigma**2
_characteristic = _lambda**2 - _trace * _lambda + (1 - _beta)
_direction = block([[2 * _beta * _sigma**2], [_lambda - (1 - _beta)]])
_plus, _minus = (_trace + sqrt(_discriminant)) / 2, (_trace - sqrt(_discriminant)) / 2

_averaging = for_all(
    _k,
    0,
    None,
    equals(_average(_k + 1), (1 - _beta) * _average(_k) + 2 * _beta * _sigma**2 * _error(_k)).whole,
)
_moving = for_all(_k, 0, None, equals(_error(_k + 1), _error(_k) - _eta * _average(_k + 1)).whole)

# the recurrence

momentum_gradient_of_the_error = identity(
    equals(2 * _sigma * (_sigma * _w - _y), 2 * _sigma**2 * (_w - _y / _sigma)), source="seed 001 §2(a)"
)
momentum_error_coordinate = identity(
    equals(
        _error(_t + 1),
        _error(_t) - _eta * _average(_t + 1),
        (1 - 2 * _eta * _beta * _sigma**2) * _error(_t) - _eta * (1 - _beta) * _average(_t),
    ),
    given=[_averaging, _moving],
    indices=_each,
    source="seed 001 §2(a)",
)
momentum_as_matrix = identity(
    equals(block([[_average(_t + 1)], [_error(_t + 1)]]), _R @ block([[_average(_t)], [_error(_t)]])),
    given=[_averaging, _moving],
    indices=_each,
    source="seed 001 §2(b)",
)
momentum_matrix_times_the_state = identity(
    equals(
        _R @ block([[_a], [_x]]),
        block(
            [
                [(1 - _beta) * _a + 2 * _beta * _sigma**2 * _x],
                [_x - _eta * ((1 - _beta) * _a + 2 * _beta * _sigma**2 * _x)],
            ]
        ),
    ),
    source="seed 001 §2(b)",
)
momentum_of_two_steps = identity(
    equals(_error(_t + 2), _trace * _error(_t + 1) - (1 - _beta) * _error(_t)),
    given=[_averaging, _moving],
    indices=_each,
    source="[P] 3.2; seed 001 §2(b)",
)
momentum_without_memory = identity(
    equals(_error(_t + 1), (1 - 2 * _eta * _sigma**2) * _error(_t)),
    given=[_averaging, _moving, equals(_beta, 1)],
    indices=_each,
    source="seed 001 §2(a)",
)

# the matrix

momentum_matrix_trace = identity(equals(trace(_R), _trace), source="seed 001 §2(c)")
momentum_matrix_determinant = identity(
    equals(
        determinant(_R),
        (1 - _beta) * (1 - 2 * _eta * _beta * _sigma**2) + 2 * _beta * _sigma**2 * _eta * (1 - _beta),
        1 - _beta,
    ),
    source="seed 001 §2(c)",
)
momentum_characteristic_polynomial = identity(
    equals(
        determinant(_lambda * _I - _R),
        (_lambda - (1 - _beta)) * (_lambda - (1 - 2 * _eta * _beta * _sigma**2))
        + 2 * _beta * _sigma**2 * _eta * (1 - _beta),
        _characteristic,
    ),
    source="seed 001 §2(c)",
)
momentum_cayley_hamilton = identity(
    equals(_R @ _R - _trace * _R + (1 - _beta) * _I, zeros(2, 2)), source="Cayley–Hamilton theorem; seed 001 §2(c)"
)
momentum_eigenvector_residual = identity(
    equals(_R @ _direction - _lambda * _direction, block([[0], [-_characteristic]])), source="seed 001 §2(c)"
)
momentum_eigenvector = identity(
    equals(_R @ _direction, _lambda * _direction),
    given=[equals(_characteristic, 0)],
    source="seed 001 §2(c)",
)

# the eigenvalues

momentum_discriminant = identity(equals(_trace**2 - 4 * (1 - _beta), _discriminant), source="seed 001 §2(c)")
momentum_discriminant_by_powers_of_beta = identity(
    equals(_discriminant, _beta * (_beta * (1 + 2 * _eta * _sigma**2) ** 2 - 8 * _eta * _sigma**2)),
    source="seed 001 §2(c)",
)
momentum_larger_eigenvalue = identity(equals(_plus**2 - _trace * _plus + (1 - _beta), 0), source="seed 001 §2(c)")
momentum_smaller_eigenvalue = identity(equals(_minus**2 - _trace * _minus + (1 - _beta), 0), source="seed 001 §2(c)")
momentum_eigenvalues_add_up_to_the_trace = identity(equals(_plus + _minus, _trace), source="seed 001 §2(c)")
momentum_eigenvalues_multiply_to_the_determinant = identity(equals(_plus * _minus, 1 - _beta), source="seed 001 §2(c)")
momentum_characteristic_polynomial_factored = identity(
    equals(_characteristic, (_lambda - _plus) * (_lambda - _minus)), source="seed 001 §2(c)"
)

# three regimes

_complex: list[Chain | Statement] = [
    equals(_u**2 - _v**2 - _trace * _u + (1 - _beta), 0),
    equals(2 * _u * _v, _trace * _v),
    nonzero(_v),
]

momentum_real_eigenvalues_are_apart = identity(_plus > _minus, given=[_discriminant > 0], source="seed 001 §2(c)")
momentum_repeated_eigenvalue = identity(
    equals(_characteristic, (_lambda - _half * _trace) ** 2), given=[equals(_discriminant, 0)], source="seed 001 §2(c)"
)
momentum_repeated_eigenvalue_squared = identity(
    equals((_half * _trace) ** 2, 1 - _beta), given=[equals(_discriminant, 0)], source="seed 001 §2(c)"
)
momentum_no_real_eigenvalue = identity(_characteristic > 0, given=[_discriminant < 0], source="seed 001 §2(c)")
momentum_complex_eigenvalue_real_part = identity(
    equals((_half * _trace) ** 2 - (_half * sqrt(-_discriminant)) ** 2 - _trace * (_half * _trace) + (1 - _beta), 0),
    source="seed 001 §2(c)",
)
momentum_complex_eigenvalue_imaginary_part = identity(
    equals(2 * (_half * _trace) * (_half * sqrt(-_discriminant)), _trace * (_half * sqrt(-_discriminant))),
    source="seed 001 §2(c)",
)
momentum_complex_modulus = identity(
    equals((_half * _trace) ** 2 + (_half * sqrt(-_discriminant)) ** 2, 1 - _beta),
    source="[P] 3.2; seed 001 §2(c)",
)
momentum_complex_roots_have_the_modulus = identity(
    equals(_u**2 + _v**2, 1 - _beta), given=_complex, source="[P] 3.2; seed 001 §2(c)"
)
momentum_complex_roots_have_negative_discriminant = identity(_discriminant < 0, given=_complex, source="seed 001 §2(c)")
momentum_oscillates_iff = identity(
    iff(_discriminant < 0, _beta * (1 + 2 * _eta * _sigma**2) ** 2 < 8 * _eta * _sigma**2),
    given=[_beta > 0],
    source="seed 001 §2(c)",
)
momentum_oscillates_at_half_the_longest_step = identity(
    _discriminant < 0,
    given=[equals(2 * _eta * _sigma**2, 1), _beta > 0, _beta < 1],
    source="seed 001 §2(c)",
)

# stability

momentum_complex_regime_is_stable = identity(
    (_half * _trace) ** 2 + (_half * sqrt(-_discriminant)) ** 2 < 1,
    given=[_beta > 0],
    source="[P] 3.2; seed 001 §2(c)",
)
momentum_real_regime_is_stable = identity(
    absolute(_lambda) < 1,
    given=[equals(_characteristic, 0), _beta > 0, absolute(_trace) < 2 - _beta],
    source="[P] 3.2; seed 001 §2(c)",
)
momentum_stable_iff = identity(
    iff(absolute(_trace) < 2 - _beta, (_eta > 0) & (_eta < (2 - _beta) / (_beta * _sigma**2))),
    given=[_beta > 0],
    source="[P] 3.2; seed 001 §2(c)",
)
momentum_allows_longer_steps = identity(
    (2 - _beta) / (_beta * _sigma**2) > 1 / _sigma**2, given=[_beta > 0, _beta < 1], source="[P] 3.2; seed 001 §2(c)"
)

# the smallest and the largest singular value, with c = 2ησ²

momentum_threshold_of_reciprocal_values = identity(
    equals(4 * _y / (1 + _y) ** 2, 4 * (1 / _y) / (1 + 1 / _y) ** 2), source="seed 001 §2(h)"
)
momentum_rate_at_the_threshold = identity(
    equals(1 - 4 * _y / (1 + _y) ** 2, ((_y - 1) / (_y + 1)) ** 2), source="[P] 3.2; seed 001 §2(h)"
)
momentum_threshold_is_a_fraction = identity(4 * _y / (1 + _y) ** 2 <= 1, source="seed 001 §2(h)")
