"""Matrix calculus: derivatives of linear, quadratic, trace, entrywise and log-sum-exp forms.

``jacobian`` is the numerator layout (a scalar by a column gives a row); ``gradient`` and ``derivative`` have the shape
of the variable. Sources: [P] Petersen and Pedersen, The Matrix Cookbook (2012), by equation; [M] Magnus and Neudecker,
Matrix Differential Calculus (3rd ed.), by section; [B] Boyd and Vandenberghe, Convex Optimization, by page; seeds by
section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    derivative,
    determinant,
    diag,
    dims,
    entrywise,
    equals,
    exp,
    function,
    gradient,
    hadamard,
    hessian,
    index,
    inverse,
    jacobian,
    log,
    matrix,
    norm,
    ones,
    relu,
    scalar,
    sigmoid,
    softplus,
    step,
    summation,
    symmetric,
    tanh,
    trace,
    vector,
)

_half = Fraction(1, 2)
_k, _m, _n, _p = dims("k m n p")
_i, _j, _h = index("i"), index("j"), index("h")
_a, _c, _x, _z = vector("a", _n), vector("c", _n), vector("x", _n), vector("z", _n)
_b, _y, _v = vector("b", _m), vector("y", _m), vector("v", _m)
_A, _S = matrix("A", _n, _n), matrix("S", _n, _n)
_B, _M = matrix("B", _m, _n), matrix("M", _m, _m)
_X, _W, _Y = matrix("X", _m, _n), matrix("W", _n, _p), matrix("Y", _m, _p)
_C, _V = matrix("C", _n, _m), matrix("V", _m, _n)
_s, _t, _lambda = scalar("s"), scalar("t"), scalar("lambda")
_f = entrywise("f")
_g = function("g")
_sum_exp = summation(exp(_x[_j]), _j, 1, _n)
_softmax = exp(_x) / _sum_exp

# linear forms

linear_form_jacobian = identity(equals(jacobian(_x.T @ _c, _x), _c.T), source="[P] 69; seed 000 §3(a)")
linear_form_gradient = identity(equals(gradient(_c.T @ _x, _x), _c), source="[P] 69")
linear_map_jacobian = identity(equals(jacobian(_B @ _x, _x), _B), source="[M] 9.4; seed 000 §3(c)")
linear_map_derivative_denominator = identity(equals(derivative(_B @ _x, _x), _B.T), source="[M] 9.4")
bilinear_form_gradient_right = identity(equals(gradient(_y.T @ _B @ _x, _x), _B.T @ _y), source="[P] 69")
bilinear_form_gradient_left = identity(equals(gradient(_y.T @ _B @ _x, _y), _B @ _x), source="[P] 69")
bilinear_form_matrix_derivative = identity(equals(derivative(_y.T @ _B @ _x, _B), _y @ _x.T), source="[P] 70")
affine_map_jacobian = identity(equals(jacobian(_B @ _x + _b, _x), _B), source="[M] 9.4")

# quadratic forms and norms

quadratic_form_jacobian = identity(
    equals(jacobian(_x.T @ _A @ _x, _x), _x.T @ (_A + _A.T)), source="[P] 81; seed 000 §3(d)"
)
quadratic_form_gradient = identity(equals(gradient(_x.T @ _A @ _x, _x), (_A + _A.T) @ _x), source="[P] 81")
quadratic_form_gradient_of_symmetric = identity(
    equals(gradient(_x.T @ _S @ _x, _x), 2 * _S @ _x), given=[symmetric(_S)], source="[P] 84; seed 000 §3(e)"
)
quadratic_form_matrix_derivative = identity(equals(derivative(_x.T @ _A @ _x, _A), _x @ _x.T), source="[P] 72")
shifted_quadratic_form_gradient = identity(
    equals(gradient((_x - _a).T @ _A @ (_x - _a), _x), (_A + _A.T) @ (_x - _a)), source="[P] 85"
)
norm_squared_jacobian = identity(equals(jacobian(norm(_x) ** 2, _x), 2 * _x.T), source="[P] 131; seed 000 §3(b)")
norm_squared_gradient = identity(equals(gradient(norm(_x) ** 2, _x), 2 * _x), source="[P] 131")
norm_gradient = identity(equals(gradient(norm(_x), _x), _x / norm(_x)), source="[P] 129")
distance_gradient = identity(equals(gradient(norm(_x - _a), _x), (_x - _a) / norm(_x - _a)), source="[P] 129")
least_squares_gradient = identity(
    equals(gradient(_half * norm(_X @ _x - _y) ** 2, _x), _X.T @ (_X @ _x - _y), _X.T @ _X @ _x - _X.T @ _y),
    source="[P] 84; seed 002 §1(b)",
)
ridge_gradient = identity(
    equals(
        gradient(norm(_y - _X @ _x) ** 2 + _lambda * norm(_x) ** 2, _x),
        -2 * _X.T @ _y + 2 * (_X.T @ _X @ _x) + 2 * _lambda * _x,
    ),
    source="seed 003 §3.2, equation (18)",
)
weighted_least_squares_gradient = identity(
    equals(gradient((_X @ _x - _y).T @ _M @ (_X @ _x - _y), _x), _X.T @ (_M + _M.T) @ (_X @ _x - _y)), source="[P] 84"
)
single_residual_gradient = identity(
    equals(
        gradient(_half * (_X[_i, :] @ _x - _y[_i]) ** 2, _x),
        (_X[_i, :] @ _x - _y[_i]) * _X[_i, :].T,
    ),
    indices={_i: (1, _m)},
    source="seed 002 §1(a)",
)
partial_quadratic_form = identity(
    equals(
        jacobian(_x.T @ _A @ _x, _x[_h]),
        summation(_A[_h, _j] * _x[_j], _j, 1, _n) + summation(_A[_i, _h] * _x[_i], _i, 1, _n),
    ),
    indices={_h: (1, _n)},
    source="seed 000 §3(d)",
)

# traces and Frobenius norms

trace_linear_derivative = identity(equals(derivative(trace(_C @ _X), _X), _C.T), source="[P] 100")
trace_linear_transposed_derivative = identity(equals(derivative(trace(_V @ _X.T), _X), _V), source="[P] 103")
trace_sandwich_derivative = identity(equals(derivative(trace(_X.T @ _M @ _X), _X), (_M + _M.T) @ _X), source="[P] 108")
trace_square_derivative = identity(equals(derivative(trace(_A @ _A), _A), 2 * _A.T), source="[P] 106")
trace_product_derivative = identity(equals(derivative(trace(_M @ _X @ _C), _X), _M.T @ _C.T), source="[P] 101")
frobenius_squared_derivative = identity(equals(derivative(norm(_X, "F") ** 2, _X), 2 * _X), source="[P] 132")
frobenius_residual_derivative = identity(
    equals(derivative(norm(_X @ _W - _Y, "F") ** 2, _W), 2 * _X.T @ (_X @ _W - _Y)), source="[P] 119"
)
trace_cyclic = identity(equals(trace(_B @ _C), trace(_C @ _B)), source="[P] 14")
frobenius_as_trace = identity(equals(norm(_X, "F") ** 2, trace(_X.T @ _X), trace(_X @ _X.T)), source="[M] 1.10")
quadratic_form_as_trace = identity(equals(_x.T @ _A @ _x, trace(_A @ _x @ _x.T)), source="[P] 16")

# inverses and determinants

trace_inverse_derivative = identity(
    equals(derivative(trace(inverse(_A)), _A), -(inverse(_A) @ inverse(_A)).T), source="[P] 64"
)
bilinear_inverse_derivative = identity(
    equals(derivative(_a.T @ inverse(_A) @ _c, _A), -(inverse(_A).T @ _a @ _c.T @ inverse(_A).T)), source="[P] 61"
)
determinant_derivative = identity(
    equals(derivative(determinant(_A), _A), determinant(_A) * inverse(_A).T), source="[P] 49"
)
log_determinant_derivative = identity(equals(derivative(log(determinant(_A)), _A), inverse(_A).T), source="[P] 57")

# entrywise functions and the chain rule

entrywise_jacobian = identity(equals(jacobian(_f(_x), _x), diag(entrywise("f", 1)(_x))), source="[M] 5.15")
tanh_jacobian = identity(
    equals(jacobian(tanh(_x), _x), diag(ones(_n) - hadamard(tanh(_x), tanh(_x)))), source="[M] 5.15"
)
sigmoid_jacobian = identity(
    equals(jacobian(sigmoid(_x), _x), diag(hadamard(sigmoid(_x), ones(_n) - sigmoid(_x)))), source="[M] 5.15"
)
relu_jacobian = identity(equals(jacobian(relu(_x), _x), diag(step(_x))), source="seed 004 §1.2(d)")
softplus_jacobian = identity(equals(jacobian(softplus(_x), _x), diag(sigmoid(_x))), source="[B] 72")
hadamard_gradient = identity(equals(gradient(_c.T @ hadamard(_x, _x), _x), 2 * hadamard(_c, _x)), source="[M] 3.6")
hadamard_jacobian = identity(equals(jacobian(hadamard(_c, _x), _x), diag(_c)), source="[M] 3.6")
diagonal_form_gradient = identity(equals(gradient(_x.T @ diag(_c) @ _x, _x), 2 * diag(_c) @ _x), source="[P] 81")
chain_rule_of_affine_map = identity(
    equals(jacobian(_f(_B @ _x + _b), _x), diag(entrywise("f", 1)(_B @ _x + _b)) @ _B), source="[M] 5.12"
)
scalar_chain_rule = identity(equals(gradient(_f(_c.T @ _x), _x), entrywise("f", 1)(_c.T @ _x) * _c), source="[M] 5.12")
layer_weight_derivative = identity(
    equals(
        derivative(_v.T @ tanh(_B @ _x + _b), _B),
        hadamard(_v, ones(_m) - hadamard(tanh(_B @ _x + _b), tanh(_B @ _x + _b))) @ _x.T,
    ),
    source="seed 003 §6.2, equation (38)",
)
layer_bias_gradient = identity(
    equals(
        gradient(_v.T @ sigmoid(_B @ _x + _b), _b),
        hadamard(_v, hadamard(sigmoid(_B @ _x + _b), ones(_m) - sigmoid(_B @ _x + _b))),
    ),
    source="seed 004 §1.3(d)",
)
product_rule = identity(
    equals(
        gradient(_f(_x[_h]) * (_c.T @ _x), _x[_h]),
        entrywise("f", 1)(_x[_h]) * (_c.T @ _x) + _f(_x[_h]) * _c[_h],
    ),
    indices={_h: (1, _n)},
    source="[M] 5.8",
)
rank_one_gradient = identity(equals(gradient((_c.T @ _x) ** 2, _x), 2 * (_c.T @ _x) * _c), source="[P] 77")

# log-sum-exp, softmax, logistic loss

log_sum_exp_gradient = identity(equals(gradient(log(_sum_exp), _x), _softmax), source="[B] 74")
log_sum_exp_hessian = identity(
    equals(hessian(log(_sum_exp), _x), diag(_softmax) - _softmax @ _softmax.T), source="[B] 74"
)
softmax_jacobian = identity(equals(jacobian(_softmax, _x), diag(_softmax) - _softmax @ _softmax.T), source="[B] 74")
softmax_sums_to_one = identity(equals(ones(_n).T @ _softmax, 1), source="[B] 93")
softmax_shift = identity(
    equals(exp(_x + _s * ones(_n)) / summation(exp(_x[_j] + _s), _j, 1, _n), _softmax), source="[B] 93"
)
cross_entropy_gradient = identity(equals(gradient(log(_sum_exp) - _c.T @ _x, _x), _softmax - _c), source="[B] 74")
logistic_loss_gradient = identity(
    equals(gradient(log(1 + exp(-_t * (_c.T @ _x))), _x), -_t * sigmoid(-_t * (_c.T @ _x)) * _c), source="[B] 354"
)

# Hessians

quadratic_form_hessian = identity(equals(hessian(_x.T @ _A @ _x, _x), _A + _A.T), source="[P] 98")
least_squares_hessian = identity(equals(hessian(_half * norm(_X @ _x - _y) ** 2, _x), _X.T @ _X), source="[P] 98")
linear_form_hessian = identity(
    equals(hessian(_c.T @ _x + norm(_x) ** 2, _x), hessian(norm(_x) ** 2, _x)), source="[P] 98"
)
norm_hessian_scaled = identity(
    equals(
        norm(_x) * hessian(norm(_x), _x) + (_x @ _x.T) / norm(_x) ** 2,
        hessian(_half * norm(_x) ** 2, _x),
    ),
    source="[B] 73",
)
composition_hessian = identity(
    equals(hessian(_f(_c.T @ _x), _x), entrywise("f", 2)(_c.T @ _x) * (_c @ _c.T)), source="[M] 6.9"
)
hessian_is_symmetric = identity(equals(hessian(_g(_x), _x).T, hessian(_g(_x), _x)), source="Schwarz's theorem")
