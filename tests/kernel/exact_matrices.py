"""Values of terms about matrices, exact: rational matrices of FLINT, and balls for spectral norms.

Written from the meaning of the heads. Nothing of the kernel's arithmetic, nor of the instantiation of claims, is used:
ranks, inverses and determinants are FLINT's, the pseudo-inverse is that of Decell, definiteness is read off the
characteristic polynomial.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq, fmpq_mat

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term

BITS = 300
Value = Any  # fmpq_mat, of which a number is a 1×1; arb for what has a spectral norm in it


class Undefined(Exception):
    """An operation outside of its domain."""


def matrix(rows: Any) -> fmpq_mat:
    """The matrix with these rows of rational numbers."""
    return fmpq_mat(len(rows), len(rows[0]), [_rational(entry) for row in rows for entry in row])


def _rational(entry: Any) -> fmpq:
    return fmpq(entry.numerator, entry.denominator) if isinstance(entry, Fraction) else fmpq(entry)


def eye(size: int) -> fmpq_mat:
    return matrix([[int(r == c) for c in range(size)] for r in range(size)])


def number(value: Any) -> fmpq_mat:
    return fmpq_mat(1, 1, [fmpq(value)])


def is_number(value: Value) -> bool:
    return isinstance(value, arb) or (value.nrows(), value.ncols()) == (1, 1)


def real(value: Value) -> arb:
    return value if isinstance(value, arb) else arb(value[0, 0])


def multiply(left: Value, right: Value) -> Value:
    """A product of matrices where columns meet rows, else a multiple by a number."""
    if isinstance(left, arb) or isinstance(right, arb):
        return real(left) * real(right)
    if left.ncols() == right.nrows():
        return left * right
    return right * left[0, 0] if is_number(left) else left * right[0, 0]


def inverse(value: fmpq_mat) -> fmpq_mat:
    if value.det() == 0:
        raise Undefined("the inverse of a singular matrix")
    return value.inv()


def pseudoinverse(x: fmpq_mat) -> fmpq_mat:
    """X⁺ by the characteristic polynomial of XᵀX. H. P. Decell, SIAM Review 7 (1965)."""
    gram = x.transpose() * x
    size = gram.nrows()
    coefficients = list(gram.charpoly())[::-1]
    last = max(k for k in range(size + 1) if coefficients[k] != 0)
    total = fmpq_mat(size, size)
    for coefficient in coefficients[:last]:
        total = total * gram + eye(size) * coefficient
    return total * x.transpose() * (-1 / coefficients[last]) if last else fmpq_mat(x.ncols(), x.nrows())


def largest_root(value: fmpq_mat) -> arb:
    """The largest modulus of an eigenvalue."""
    with ctx.workprec(BITS):
        return max((abs(root) for root, _ in value.charpoly().complex_roots()), key=lambda ball: ball.mid())


def spectral_norm(x: fmpq_mat) -> arb:
    with ctx.workprec(BITS):
        return abs(largest_root(x.transpose() * x)).sqrt()


def value(term: Term, model: Mapping[str, Any], sizes: Mapping[str, int]) -> Value:
    """The value of a term at matrices for its symbols and sizes for its dimensions. Raises Undefined."""

    def size(form: Linear) -> int:
        return sum(c * (1 if a == "" else sizes[str(a)]) for a, c in form)

    if not term.args:
        return _leaf(term, model, size)
    args = [value(arg, model, sizes) for arg in term.args]
    with ctx.workprec(BITS):
        return _operation(term, args)


def _leaf(term: Term, model: Mapping[str, Any], size: Any) -> Value:
    match term.head:
        case "symbol":
            return model[term.data[0]]
        case "number":
            return matrix([[term.data[0]]])
        case "index":
            return number(size(term.data[0]))
        case "identity":
            return eye(size(term.data[0]))
        case "zeros":
            return fmpq_mat(*(size(axis) for axis in term.data[0].axes))
    raise NotImplementedError(term.head)


def _operation(term: Term, args: list[Value]) -> Value:
    first = args[0]
    match term.head:
        case "add":
            return first + args[1]
        case "subtract":
            return first - args[1]
        case "negate":
            return -first
        case "multiply":
            return multiply(*args)
        case "divide":
            if args[1] == number(0):
                raise Undefined("division by 0")
            return first * (1 / args[1][0, 0])
        case "power":
            exponent = int(args[1][0, 0].p)
            return first**exponent if isinstance(first, arb) else number(first[0, 0] ** exponent)
        case "transpose":
            return first.transpose()
        case "inverse":
            return inverse(first)
        case "pseudoinverse":
            return pseudoinverse(first)
        case "determinant":
            return number(first.det())
        case "trace":
            return number(sum((first[k, k] for k in range(first.nrows())), fmpq(0)))
        case "rank":
            return number(first.rref()[1])
        case "entry":
            row, column = (sum(c for _, c in form) for form in term.data[0])  # forms that are numbers
            return number(first[row - 1, column - 1])
        case "diagonal":
            return fmpq_mat(first.nrows(), 1, [first[k, k] for k in range(first.nrows())])
        case "diag":
            entries = first.entries()
            return matrix([[e if r == c else 0 for c in range(len(entries))] for r, e in enumerate(entries)])
        case "spectral_radius":
            return largest_root(first)
        case "norm" if term.data[0] in ("spectral", "2"):
            return spectral_norm(first)
        case "norm" if term.data[0] == "F":
            return arb(sum((entry * entry for entry in first.entries()), fmpq(0))).sqrt()
        case "elementwise" if term.data[0] == "abs":
            return number(abs(first[0, 0]))
    raise NotImplementedError(term.head)


# propositions


def is_true(proposition: Term, model: Mapping[str, Any], sizes: Mapping[str, int]) -> bool | None:
    """The truth of a proposition; None where a side is not defined. Balls that meet are taken as equal."""
    try:
        args = [value(arg, model, sizes) for arg in proposition.args]
    except Undefined:
        return None
    if proposition.head == "property":
        return PROPERTIES[proposition.data[0]](args[0])
    left, right = args
    if is_number(left):
        return COMPARED[proposition.head](_sign_of_gap(left, right))
    return {"equal": bool(left == right), "not_equal": bool(left != right)}[proposition.head]


COMPARED: Mapping[str, Callable[[int], bool]] = {
    "equal": lambda sign: sign == 0,
    "not_equal": lambda sign: sign != 0,
    "less": lambda sign: sign < 0,
    "less_equal": lambda sign: sign <= 0,
    "greater": lambda sign: sign > 0,
    "greater_equal": lambda sign: sign >= 0,
}


def _sign_of_gap(left: Value, right: Value) -> int:
    """The sign of left - right, numbers both; 0 for balls that meet, which are small."""
    if not (isinstance(left, arb) or isinstance(right, arb)):
        return int(left[0, 0] > right[0, 0]) - int(left[0, 0] < right[0, 0])
    with ctx.workprec(BITS):
        gap = real(left) - real(right)
        assert gap.rad() < arb(2) ** -100
        return 0 if gap.contains(0) else 1 if gap > 0 else -1


def _definite(strict: bool) -> Any:
    """The eigenvalues of a symmetric matrix are real: the signs of det(xI - A) alternate if they are positive."""

    def check(a: fmpq_mat) -> bool:
        if a.transpose() != a:
            return False
        signed = [c * (-1) ** k for k, c in enumerate(list(a.charpoly())[::-1])]
        return all(c > 0 if strict else c >= 0 for c in signed)

    return check


def _permutation(a: fmpq_mat) -> bool:
    lines = [*a.tolist(), *a.transpose().tolist()]
    return all(sorted(map(str, line)) == ["0"] * (len(line) - 1) + ["1"] for line in lines)


PROPERTIES = {
    "invertible": lambda a: a.det() != 0,
    "symmetric": lambda a: a.transpose() == a,
    "skew": lambda a: a.transpose() == -a,
    "orthogonal": lambda a: a.transpose() * a == eye(a.nrows()),
    "orthonormal_columns": lambda a: a.transpose() * a == eye(a.ncols()),
    "idempotent": lambda a: a * a == a,
    "projection": lambda a: a * a == a and a.transpose() == a,
    "permutation": _permutation,
    "diagonal": lambda a: all(a[r, c] == 0 for r in range(a.nrows()) for c in range(a.ncols()) if r != c),
    "positive_definite": _definite(True),
    "positive_semidefinite": _definite(False),
    "full_column_rank": lambda a: a.rref()[1] == a.ncols(),
    "full_row_rank": lambda a: a.rref()[1] == a.nrows(),
}
