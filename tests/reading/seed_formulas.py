"""What the formulas of the five seed documents mean, written in NumPy from their LaTeX source alone.

Nothing here comes from `verifier`, and nothing was written after looking at what `verifier` reads: the table is the
independent half of `test_seed_formulas.py`. It says what the *author* means, as far as the document says it.

Conventions:
- a vector is a column (n, 1), a row is (1, n), a scalar a number: so a transposition that is lost or invented shows;
- a family (w_t, θ^{(k)}, σ_i) is a list, indexed by the index of the formula;
- indices (t, k, i, j, h) are integers, and entries are counted from one as in the documents: `at(x, i)`, `at(A, i, j)`;
- a random symbol is a list of equally likely values, and `mean` takes the expectation;
- derivatives are finite differences of the thing differentiated, in the layout of the document; entries that use
  them are compared with the tolerance `DIFFERENCE`, all others with `EXACT` (both relative, see the test);
- a step of a chain has the two sides that stand next to each other in the document, whatever line they are on.
"""

# ruff: noqa: E501  (sources of formulas are kept as they stand)

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

DIMENSIONS = {"n": 4, "d": 3, "N": 5, "p": 4, "m": 4, "K": 2}
INDICES = {"t": 3, "k": 3, "i": 2, "j": 3, "h": 2}
FAMILY_LENGTH = 9  # members 0 … 8
SCENARIOS = 4  # values of a random symbol


# ------------------------------------------------------------------ symbols


@dataclass(frozen=True)
class Symbol:
    """A symbol of a document: its LaTeX (without index), its shape, and how its values are drawn."""

    latex: str
    shape: tuple[str | int, ...] = ()
    family: bool = False
    random: bool = False
    interval: tuple[float, float] | None = None
    defined: Callable[[Any], Any] | None = None


def scalar(latex, interval=None, **more):
    return Symbol(latex, (), interval=interval, **more)


def positive(latex, low=0.25, high=0.6):
    return Symbol(latex, (), interval=(low, high))


def vector(latex, size, **more):
    return Symbol(latex, (size, 1), **more)


def matrix(latex, rows, columns, **more):
    return Symbol(latex, (rows, columns), **more)


def dimension(of):
    """The number a size of the table stands for: a name, a number, or a sum such as n+d."""
    if isinstance(of, int):
        return of
    return sum(DIMENSIONS[part] for part in of.split("+"))


def draw(symbol: Symbol, random: np.random.Generator):
    def one():
        size = tuple(dimension(part) for part in symbol.shape)
        between = symbol.interval
        value = random.normal(size=size) if between is None else random.uniform(*between, size=size)
        return value if size else float(value)

    def member():
        return [one() for _ in range(SCENARIOS)] if symbol.random else one()

    return [member() for _ in range(FAMILY_LENGTH)] if symbol.family else member()


def values(section: str, seed: int) -> SimpleNamespace:
    """Random values for the symbols of a section; definitions of the document are computed from them."""
    random = np.random.default_rng([seed, len(section), *section.encode()])
    table = SYMBOLS[section]
    drawn = SimpleNamespace(**DIMENSIONS, **INDICES)
    for name, symbol in table.items():
        if symbol.defined is None:
            setattr(drawn, name, draw(symbol, random))
    for name, symbol in table.items():
        if symbol.defined is not None:
            setattr(drawn, name, symbol.defined(drawn))
    return drawn


# ------------------------------------------------------------------ arithmetic


inverse = np.linalg.inv
power = np.linalg.matrix_power
I = np.eye  # noqa: E741


def norm(x):
    """Euclidean length of a vector."""
    return math.sqrt(float(np.sum(np.abs(x) ** 2)))


def number(x):
    """A 1×1 array as a number."""
    array = np.asarray(x, dtype=float)
    if array.size != 1:
        raise ValueError(f"not a scalar: shape {array.shape}")
    return float(array.reshape(()))


def at(array, *place):
    """An entry, counted from one."""
    if len(place) == 1:
        return array[place[0] - 1, 0]
    return array[place[0] - 1, place[1] - 1]


def row_of(matrix, i):
    """Row i as a row."""
    return matrix[i - 1 : i, :]


def column_of(matrix, i):
    """Column i as a column."""
    return matrix[:, i - 1 : i]


def row(entries):
    return np.array([[number(entry) for entry in entries]])


def upto(limit):
    return range(1, limit + 1)


def unit(size, i):
    return np.eye(size)[:, i - 1 : i]


def relu(x):
    return np.maximum(x, 0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def slope(function, x, step=1e-3):
    """Derivative by a number: central differences, extrapolated twice."""
    estimates = [
        (np.asarray(function(x + h), dtype=float) - np.asarray(function(x - h), dtype=float)) / (2 * h)
        for h in (step, step / 2, step / 4)
    ]
    first = [(4 * b - a) / 3 for a, b in pairwise(estimates)]
    return (16 * first[1] - first[0]) / 15


def jacobian(function, x, step=1e-3):
    """Derivative by a column, numerator layout: a row for a number, m×n for a column."""
    columns = []
    for i in range(x.shape[0]):
        direction = np.zeros_like(x)
        direction[i, 0] = 1
        columns.append(np.atleast_2d(slope(lambda s, e=direction: function(x + s * e), 0.0, step)))
    return np.hstack(columns)


def gradient(function, x, step=1e-3):
    """Derivative of a number by a column, denominator layout: a column."""
    return jacobian(function, x, step).T


def hessian(function, x):
    """Second derivative of a quadratic function (differences with step one are exact for it)."""
    size = x.shape[0]
    result = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            a, b = unit(size, i + 1), unit(size, j + 1)
            result[i, j] = (
                number(function(x + a + b) - function(x + a - b) - function(x - a + b) + function(x - a - b)) / 4
            )
    return result


def minimiser(function, size):
    """Where a convex quadratic function of a column is least."""
    origin = np.zeros((size, 1))
    second = hessian(function, origin)
    first = np.array([[number(function(unit(size, i)) - function(-unit(size, i))) / 2] for i in upto(size)])
    return -np.linalg.solve(second, first)


# ------------------------------------------------------------------ the symbols of each section


def network(activation, output):
    """The network of seed 004: what each derivative in its chains is the derivative of."""

    def z1(v):
        return v.W1 @ v.x + v.b1

    def z2_of(z):
        return activation(z)

    def z3_of(v, z):
        return v.W2 @ z + v.b2

    def loss_of(v, prediction):
        return number((prediction - v.y).T @ (prediction - v.y))

    return SimpleNamespace(z1=z1, z2_of=z2_of, z3_of=z3_of, y_of=output, loss_of=loss_of)


REGRESSION = network(lambda z: 5 * relu(z), lambda z: z)
CLASSIFICATION = network(np.tanh, sigmoid)


def network_symbols(net):
    return {
        "W1": matrix(r"W^{(1)}", "m", "n"),
        "W2": matrix(r"W^{(2)}", "K", "m"),
        "b1": vector(r"b^{(1)}", "m"),
        "b2": vector(r"b^{(2)}", "K"),
        "x": vector("x", "n"),
        "y": vector("y", "K"),
        "z1": vector("z_1", "m", defined=net.z1),
        "z2": vector("z_2", "m", defined=lambda v: net.z2_of(v.z1)),
        "z3": vector("z_3", "K", defined=lambda v: net.z3_of(v, v.z2)),
        "y_hat": vector(r"\hat{y}", "K", defined=lambda v: net.y_of(v.z3)),
        "loss": scalar(r"\ell", defined=lambda v: net.loss_of(v, v.y_hat)),
    }


def phi(v):
    return max(v.w * v.x + v.b, 0.0)


def hat_matrix(X):
    return X @ inverse(X.T @ X) @ X.T


SYMBOLS: dict[str, dict[str, Symbol]] = {
    "000/1": {
        "F": matrix("F", "n", "d"),
        "y": vector("y", "n"),
        "w": vector("w", "d", family=True),
        "W": vector("W", "d", family=True),
        "eta": positive(r"\eta"),
        "a": scalar("a"),
        "alpha": scalar(r"\alpha"),
        "E": matrix("E", "d", "d", defined=lambda v: I(v.d)),
    },
    "000/2": {
        "X": matrix("X", "n", "d"),
        "X_hat": matrix(r"\hat{X}", "n+d", "d"),
        "y": vector("y", "n"),
        "w": vector("w", "d"),
        "Gamma": matrix(r"\Gamma", "d", "d"),
        "Sigma": matrix(r"\Sigma", "d", "d"),
        "y_hat": scalar(r"\hat{y}", family=True),
        "beta": scalar(r"\beta", family=True),
        "x": Symbol("x", ("p", "n")),
        "beta_hat": vector(r"\hat{\beta}", "d"),
    },
    "000/3": {"A": matrix("A", "n", "n"), "x": vector("x", "n"), "c": vector("c", "n")},
    "000/4": {
        **{name: scalar(name) for name in ("w", "b", "x", "y")},
        "eta": positive(r"\eta"),
        "w_new": scalar("w'"),
        "b_new": scalar("b'"),
        "e_new": scalar("e'"),
        "delta_b": scalar(r"\Delta b"),
        "delta_w": scalar(r"\Delta w"),
        "ws": scalar("w", family=True),
        "bs": scalar("b", family=True),
        "elbow": scalar(r"\text{elbow}"),
        "phi": scalar(r"\phi", defined=phi),
    },
    "001/1": {
        "sigma": positive(r"\sigma"),
        "eta": positive(r"\eta"),
        "epsilon": positive(r"\epsilon"),
        "y": scalar("y"),
        "sigma_l": positive(r"\sigma_l", 0.6, 0.9),
        "sigma_s": positive(r"\sigma_s", 0.2, 0.5),
        "w": scalar("w", family=True),
    },
    "001/1(g)": {
        "X": matrix("X", "n", "d"),
        "Sigma": matrix(r"\Sigma", "n", "d"),
        "U": matrix("U", "n", "n"),
        "V": matrix("V", "d", "d"),
        "y": vector("y", "n"),
        "y_hat": vector(r"\hat{y}", "n"),
        "w": vector("w", "d"),
        "w_hat": vector(r"\hat{w}", "d"),
    },
    "001/2": {
        "X": matrix("X", "n", "d"),
        "Sigma": matrix(r"\Sigma", "n", "d"),
        "V": matrix("V", "d", "d"),
        "y": vector("y", "n"),
        "w": vector("w", "d", family=True),
        "z": vector("z", "d", family=True),
        "x": vector("x", "d", family=True),
        "a": vector("a", "d", family=True),
        "w_star": vector("w^*", "d"),
        "eta": positive(r"\eta"),
        "beta": positive(r"\beta"),
        "sigma": scalar(r"\sigma", family=True),
        "sigma_min": scalar(r"\sigma_{min}"),
        "sigma_max": scalar(r"\sigma_{max}"),
        "eta_star": scalar(r"\eta^*"),
        "Ra": scalar("a"),
        "Rb": scalar("b"),
        "Rc": scalar("c"),
        "Rd": scalar("d"),
    },
    "001/3": {
        **{name: scalar(name) for name in ("x", "y")},
        "sigma": scalar(r"\sigma"),
        "eta": positive(r"\eta"),
        "lam": scalar(r"\lambda"),
        "w": scalar("w", family=True),
        "w_random": scalar("w", family=True, random=True),
        "w_star": scalar("w^*"),
        "X_hat": scalar(r"\hat{X}", family=True),
    },
    "001/4": {
        "X": matrix("X", "n", "d"),
        "w": vector("w", "d", random=True),
        "N": vector("N", "n", random=True),
        "lam": positive(r"\lambda"),
    },
    "002/1": {"X": matrix("X", "N", "p"), "Y": vector("Y", "N"), "theta": vector(r"\theta", "p")},
    "002/2": {"theta": scalar(r"\theta"), "alpha": scalar(r"\alpha"), "thetas": scalar(r"\theta", family=True)},
    "002/3": {
        "X": matrix("X", "N", "p"),
        "Y": vector("Y", "N"),
        "theta": vector(r"\theta", "p"),
        "theta_star": vector(r"\theta^*", "p"),
        "thetas": vector(r"\theta", "p", family=True),
        "zeta": vector(r"\zeta", "p", family=True),
        "V": matrix("V", "p", "p"),
        "Sigma": matrix(r"\Sigma", "p", "p"),
        "alpha": scalar(r"\alpha"),
        "sigma": scalar(r"\sigma", family=True),
    },
    "003/1.1": {
        "H": matrix("H", "n", "n"),
        "omega": vector(r"\omega", "n"),
        "delta": vector(r"\delta\omega", "n"),
        "lam": scalar(r"\lambda"),
        "C": scalar("C"),
        "L": scalar("L"),
    },
    "003/2.2": {
        "X": matrix("X", "N", "d"),
        "epsilon": vector(r"\epsilon", "N", random=True),
        "A": matrix("A", "N", "N", defined=lambda v: hat_matrix(v.X)),
        "B": matrix("B", "N", "N", defined=lambda v: hat_matrix(v.X) - I(v.N)),
        "Sigma": matrix(r"\Sigma", "N", "N"),
        "sigma": scalar(r"\sigma"),
    },
    "003/3.1": {
        "X": matrix("X", "n", "d"),
        "Y": vector("Y", "n"),
        "beta": vector(r"\beta", "d"),
        "beta_hat": vector(r"\hat{\beta}", "d"),
    },
    "003/3.2": {
        "X": matrix("X", "n", "d"),
        "Y": vector("Y", "n"),
        "beta": vector(r"\beta", "d"),
        "beta_hat": vector(r"\hat{\beta}", "d"),
        "alpha": positive(r"\alpha"),
    },
    "003/3.3": {
        "X": matrix("X", "n", "d"),
        "Sigma": matrix(r"\Sigma", "n", "n"),
        "F": matrix("F", "d", "d"),
        "beta_hat": vector(r"\hat{\beta}", "d"),
        "beta_star": vector(r"\beta^*", "d"),
    },
    "003/3.4": {
        "X": matrix("X", "n", "d"),
        "Y": vector("Y", "n"),
        "beta": vector(r"\beta", "d"),
        "lam1": positive(r"\lambda_1"),
        "lam2": positive(r"\lambda_2"),
        "X_hat": matrix(r"\hat{X}", "n+d", "d", defined=lambda v: np.vstack([v.X, math.sqrt(v.lam1) * I(v.d)])),
        "Y_hat": vector(r"\hat{Y}", "n+d", defined=lambda v: np.vstack([v.Y, np.zeros((v.d, 1))])),
    },
    "003/4": {
        "omega": vector(r"\omega", "n"),
        "x": vector("x", "n"),
        "delta": vector(r"\delta", "n"),
        "y_d": scalar("y_d"),
        "sigma": scalar(r"\sigma"),
        "J_R": scalar("J_R"),
        "O_N": scalar("O_N", defined=lambda v: out_plain(v, v.omega)),
        "O_D": scalar("O_D", defined=lambda v: out_dropped(v, v.omega)),
    },
    "003/5": {
        "H": matrix("H", "n", "n"),
        "Q": matrix("Q", "n", "n"),
        "Lambda": matrix(r"\Lambda", "n", "n"),
        "omega": vector(r"\omega", "n"),
        "omegas": vector(r"\omega", "n", family=True),
        "epsilon": scalar(r"\epsilon"),
        "lam_max": scalar(r"\lambda_{max}"),
    },
    "003/6": {
        "W": matrix("W", "m", "n"),
        "x1": vector("x_1", "n"),
        "x2": vector("x_2", "n"),
        "b": vector("b", "m"),
        "z1": vector("z_1", "m"),
        "z2": vector("z_2", "m"),
        "h1": vector("h_1", "m"),
        "h2": vector("h_2", "m"),
        "Delta1": vector(r"\Delta_1", "m"),
        "Delta2": vector(r"\Delta_2", "m"),
        "Delta3": vector(r"\Delta_3", "m"),
        "Delta4": vector(r"\Delta_4", "m"),
    },
    "004/1.2": network_symbols(REGRESSION),
    "004/1.3": network_symbols(CLASSIFICATION),
    "004/1.4": {
        "x": vector("x", "n"),
        "z": vector("z", "n"),
        "Y": vector("Y", "N"),
        "Y_hat": vector(r"\hat{Y}", "N"),
    },
}


# ------------------------------------------------------------------ the formulas


class Related(NamedTuple):
    """A side which is itself a relation: `|1 - a| < 1` in `|1 - a| < 1 ⟹ …`."""

    left: Any
    relation: str
    right: Any


@dataclass(frozen=True)
class Formula:
    """A step `left relation right` of a seed document, or an expression (`relation` empty, no right side).

    A side whose function is None is not compared (its symbol means something the document does not say).
    """

    section: str
    left_source: str
    relation: str
    right_source: str
    left: Callable[[Any], Any] | None
    right: Callable[[Any], Any] | None
    difference: bool = False

    @property
    def seed(self) -> int:
        return int(self.section[:3])


FORMULAS: list[Formula] = []


def step(section, left_source, relation, right_source, left, right, difference=False):
    FORMULAS.append(Formula(section, left_source, relation, right_source, left, right, difference))


def expression(section, source, meaning):
    FORMULAS.append(Formula(section, source, "", "", meaning, None))


def chain(section, *rows, difference=False):
    """Rows `(relation, source, meaning)`: each with its predecessor is a formula."""
    for (_, left_source, left), (relation, right_source, right) in pairwise(rows):
        step(section, left_source, relation, right_source, left, right, difference)


# 000, problem 1: gradient descent, E is the identity

chain(
    "000/1",
    ("", r"\|w_{t+1}\|_2", lambda v: norm(v.w[v.t + 1])),
    (r"\leq", r"\|w_t\|_2 + \eta a \|y\|_2", lambda v: norm(v.w[v.t]) + v.eta * v.a * norm(v.y)),
)
chain(
    "000/1",
    ("", "w_t", lambda v: v.w[v.t]),
    (
        "=",
        r"w_{t-1} - \eta (F^T (F w_{t-1} - y))",
        lambda v: v.w[v.t - 1] - v.eta * (v.F.T @ (v.F @ v.w[v.t - 1] - v.y)),
    ),
)
chain(
    "000/1",
    ("", r"\|w_{t+1}\|_2", lambda v: norm(v.w[v.t + 1])),
    (
        "=",
        r"\|w_t - \eta (F^T (F w_t - y))\|_2",
        lambda v: norm(v.w[v.t] - v.eta * (v.F.T @ (v.F @ v.w[v.t] - v.y))),
    ),
    (
        "=",
        r"\|W_{t-1} - \eta F^T F W_{t-1} + \eta F^T y\|_2",
        lambda v: norm(v.W[v.t - 1] - v.eta * v.F.T @ v.F @ v.W[v.t - 1] + v.eta * v.F.T @ v.y),
    ),
    (
        "=",
        r"\|(E - \eta F^T F) W_{t-1} + \eta F^T y\|_2",
        lambda v: norm((I(v.d) - v.eta * v.F.T @ v.F) @ v.W[v.t - 1] + v.eta * v.F.T @ v.y),
    ),
    (
        r"\leq",
        r"\|(E - \eta F^T F) W_{t-1}\|_2 + \|\eta F^T y\|_2",
        lambda v: norm((I(v.d) - v.eta * v.F.T @ v.F) @ v.W[v.t - 1]) + norm(v.eta * v.F.T @ v.y),
    ),
)
step(
    "000/1",
    r"\|\eta F^T y\|_2",
    r"\leq",
    r"\eta \alpha \|y\|_2",
    lambda v: norm(v.eta * v.F.T @ v.y),
    lambda v: v.eta * v.alpha * norm(v.y),
)
step(
    "000/1",
    r"\|(E - \eta F^T F) W_{t-1}\|_2",
    r"\leq",
    r"\|W_{t-1}\|_2",
    lambda v: norm((I(v.d) - v.eta * v.F.T @ v.F) @ v.W[v.t - 1]),
    lambda v: norm(v.W[v.t - 1]),
)

# 000, problem 2: augmentation. The author transposes where he should invert: read as it is written.

step(
    "000/2",
    "w",
    "=",
    r"(X^T X + \Sigma^{-1})^{-1} X^T y",
    lambda v: v.w,
    lambda v: inverse(v.X.T @ v.X + inverse(v.Sigma)) @ v.X.T @ v.y,
)
step(
    "000/2",
    r"\hat{y}_i",
    "=",
    r"\beta_0 + \beta_1 x_{1i} + \beta_2 x_{2i} + \dots + \beta_p x_{pi}",
    lambda v: v.y_hat[v.i],
    lambda v: v.beta[0] + sum(v.beta[k] * at(v.x, k, v.i) for k in upto(v.p)),
)
step(
    "000/2",
    r"\hat{X}",
    "=",
    r"\begin{bmatrix} X \\ \Gamma \end{bmatrix}",
    lambda v: v.X_hat,
    lambda v: np.vstack([v.X, v.Gamma]),
)
chain(
    "000/2",
    ("", r"\hat{\beta}", lambda v: v.beta_hat),
    ("=", r"(X^T X)^{-1} X^T y", lambda v: inverse(v.X.T @ v.X) @ v.X.T @ v.y),
    (
        "=",
        r"\left( \begin{bmatrix} X^T & \Gamma^T \end{bmatrix} \cdot \begin{bmatrix} X \\ \Gamma \end{bmatrix} \right)^T"
        r" \begin{bmatrix} X^T & \Gamma^T \end{bmatrix} \begin{bmatrix} y \\ 0_d \end{bmatrix}",
        lambda v: (
            (np.hstack([v.X.T, v.Gamma.T]) @ np.vstack([v.X, v.Gamma])).T
            @ np.hstack([v.X.T, v.Gamma.T])
            @ np.vstack([v.y, np.zeros((v.d, 1))])
        ),
    ),
    (
        "=",
        r"(X^T X + \Gamma^T \Gamma)^T (X^T y + \Gamma^T \cdot 0_d)",
        lambda v: (v.X.T @ v.X + v.Gamma.T @ v.Gamma).T @ (v.X.T @ v.y + v.Gamma.T @ np.zeros((v.d, 1))),
    ),
    (
        "=",
        r"(X^T X + \Gamma^T \Gamma)^T X^T y + (X^T X + \Gamma^T \Gamma) \cdot \Gamma^T \cdot 0_d",
        lambda v: (
            (v.X.T @ v.X + v.Gamma.T @ v.Gamma).T @ v.X.T @ v.y
            + (v.X.T @ v.X + v.Gamma.T @ v.Gamma) @ v.Gamma.T @ np.zeros((v.d, 1))
        ),
    ),
    (
        "=",
        r"(X^T X + \Sigma^{-1})^T X^T y + \underbrace{(X^T X + \Sigma^{-1}) \cdot \Gamma^T \cdot 0_d}_0",
        lambda v: (
            (v.X.T @ v.X + inverse(v.Sigma)).T @ v.X.T @ v.y
            + (v.X.T @ v.X + inverse(v.Sigma)) @ v.Gamma.T @ np.zeros((v.d, 1))
        ),
    ),
    (
        "=",
        r"(X^T X + \Sigma^{-1})^T X^T y",
        lambda v: (v.X.T @ v.X + inverse(v.Sigma)).T @ v.X.T @ v.y,
    ),
)

# 000, problem 3: derivatives, numerator layout (the derivative of a number is a row)


def sum_xc(v, x):
    return sum(at(x, i) * at(v.c, i) for i in upto(v.n))


def partial(function, x, i):
    """Derivative of `function` by entry i of the column x."""
    return slope(lambda s: function(x + s * unit(x.shape[0], i)), 0.0)


def rows_times(v, x):
    """[A_1·x, …, A_n·x]ᵀ with A_i the rows of A."""
    return row([row_of(v.A, i) @ x for i in upto(v.n)]).T


def quadratic(v, x):
    return number(x.T @ v.A @ x)


chain(
    "000/3",
    (
        "",
        r"\frac{\partial}{\partial \vec{x}} (\vec{x}^T \vec{c})",
        lambda v: jacobian(lambda x: number(x.T @ v.c), v.x),
    ),
    (
        "=",
        r"\frac{\partial}{\partial \vec{x}} \left( \sum_i x_i \cdot c_i \right)",
        lambda v: jacobian(lambda x: sum_xc(v, x), v.x),
    ),
    (
        "=",
        r"\left[ \frac{\partial (\sum_i x_i \cdot c_i)}{\partial x_1}, \frac{\partial (\sum_i x_i \cdot c_i)}{\partial x_2},"
        r" \dots, \frac{\partial (\sum_i x_i \cdot c_i)}{\partial x_n} \right]",
        lambda v: row([partial(lambda x: sum_xc(v, x), v.x, i) for i in upto(v.n)]),
    ),
    ("=", r"[c_1, c_2, \dots, c_n]", lambda v: row([at(v.c, i) for i in upto(v.n)])),
    ("=", r"\vec{c}^T", lambda v: v.c.T),
    difference=True,
)
step(
    "000/3",
    r"\|\vec{x}\|_2^2",
    "=",
    r"x_1^2 + \dots + x_n^2",
    lambda v: norm(v.x) ** 2,
    lambda v: sum(at(v.x, i) ** 2 for i in upto(v.n)),
)
chain(
    "000/3",
    (
        "",
        r"\frac{\partial}{\partial \vec{x}} \|\vec{x}\|_2^2",
        lambda v: jacobian(lambda x: norm(x) ** 2, v.x),
    ),
    (
        "=",
        r"\left[ \frac{\partial \|\vec{x}\|_2^2}{\partial x_1}, \dots, \frac{\partial \|\vec{x}\|_2^2}{\partial x_n} \right]",
        lambda v: row([partial(lambda x: norm(x) ** 2, v.x, i) for i in upto(v.n)]),
    ),
    ("=", r"[2x_1, \dots, 2x_n]", lambda v: row([2 * at(v.x, i) for i in upto(v.n)])),
    ("=", r"2\vec{x}^T", lambda v: 2 * v.x.T),
    difference=True,
)
step(
    "000/3",
    r"\frac{\partial}{\partial \vec{x}} (A\vec{x})",
    "=",
    "A",
    lambda v: jacobian(lambda x: v.A @ x, v.x),
    lambda v: v.A,
    difference=True,
)
step(
    "000/3",
    r"\frac{\partial}{\partial \vec{x}} (A\vec{x})",
    "=",
    r"\frac{\partial}{\partial \vec{x}} [A_1 \cdot \vec{x}, A_2 \cdot \vec{x}, \dots, A_n \cdot \vec{x}]^T",
    lambda v: jacobian(lambda x: v.A @ x, v.x),
    lambda v: jacobian(lambda x: rows_times(v, x), v.x),
    difference=True,
)
chain(
    "000/3",
    (
        "",
        r"\frac{\partial ([A_1 \cdot \vec{x}, A_2 \cdot \vec{x}, \dots, A_n \cdot \vec{x}]^T)}{\partial x_i}",
        lambda v: partial(lambda x: rows_times(v, x), v.x, v.i),
    ),
    (
        "=",
        r"[A_{1i}, A_{2i}, \dots, A_{ni}]^T",
        lambda v: row([at(v.A, k, v.i) for k in upto(v.n)]).T,
    ),
    ("=", "A^i", lambda v: column_of(v.A, v.i)),
    difference=True,
)
chain(
    "000/3",
    (
        "",
        r"\frac{\partial}{\partial \mathbf{x}} (\mathbf{A} \mathbf{x})",
        lambda v: jacobian(lambda x: v.A @ x, v.x),
    ),
    (
        "=",
        r"[\mathbf{A}^1, \mathbf{A}^2, \dots, \mathbf{A}^n]",
        lambda v: np.hstack([column_of(v.A, i) for i in upto(v.n)]),
    ),
    ("=", r"\mathbf{A}", lambda v: v.A),
    difference=True,
)
step(
    "000/3",
    r"\frac{\partial}{\partial \mathbf{x}} (\mathbf{x}^T \mathbf{A} \mathbf{x})",
    "=",
    r"\mathbf{x}^T (\mathbf{A} + \mathbf{A}^T)",
    lambda v: jacobian(lambda x: quadratic(v, x), v.x),
    lambda v: v.x.T @ (v.A + v.A.T),
    difference=True,
)
chain(
    "000/3",
    ("", r"\mathbf{x}^T \cdot \mathbf{A} \cdot \mathbf{x}", lambda v: quadratic(v, v.x)),
    (
        "=",
        r"[\mathbf{x}_1, \dots, \mathbf{x}_n] \begin{bmatrix} A_{11} & \dots & A_{1n} \\ \vdots & & \vdots \\"
        r" A_{n1} & \dots & A_{nn} \end{bmatrix} \cdot \begin{bmatrix} \mathbf{x}_1 \\ \vdots \\ \mathbf{x}_n \end{bmatrix}",
        lambda v: number(v.x.T @ v.A @ v.x),
    ),
    (
        "=",
        r"\left[ \sum_{i=1}^n \mathbf{x}_i \cdot A_{i1}, \dots, \sum_{i=1}^n \mathbf{x}_i \cdot A_{in} \right] \cdot"
        r" \begin{bmatrix} \mathbf{x}_1 \\ \vdots \\ \mathbf{x}_n \end{bmatrix}",
        lambda v: number(row([sum(at(v.x, i) * at(v.A, i, j) for i in upto(v.n)) for j in upto(v.n)]) @ v.x),
    ),
    (
        "=",
        r"\sum_{j=1}^n \mathbf{x}_j \cdot \left( \sum_{i=1}^n \mathbf{x}_i \cdot A_{ij} \right)",
        lambda v: sum(at(v.x, j) * sum(at(v.x, i) * at(v.A, i, j) for i in upto(v.n)) for j in upto(v.n)),
    ),
    (
        "=",
        r"\sum_{j=1}^n \sum_{i=1}^n A_{ij} \cdot \mathbf{x}_i \cdot \mathbf{x}_j",
        lambda v: sum(at(v.A, i, j) * at(v.x, i) * at(v.x, j) for i in upto(v.n) for j in upto(v.n)),
    ),
)


def parts_with_h(v, x):
    """The summands of xᵀAx that hold x_h."""
    h = v.h
    others = [k for k in upto(v.n) if k != h]
    return (
        sum(at(v.A, h, j) * at(x, h) * at(x, j) for j in others)
        + sum(at(v.A, i, h) * at(x, i) * at(x, h) for i in others)
        + at(v.A, h, h) * at(x, h) ** 2
    )


chain(
    "000/3",
    (
        "",
        r"\frac{\partial}{\partial \mathbf{x}_h} \left( \sum_{j \neq h} A_{hj} \mathbf{x}_h \cdot \mathbf{x}_j +"
        r" \sum_{i \neq h} A_{ih} \mathbf{x}_i \cdot \mathbf{x}_h + A_{hh} \cdot \mathbf{x}_h^2 \right)",
        lambda v: partial(lambda x: parts_with_h(v, x), v.x, v.h),
    ),
    (
        "=",
        r"\sum_{j \neq h} A_{hj} \cdot \mathbf{x}_j + \sum_{i \neq h} A_{ih} \cdot \mathbf{x}_i + 2A_{hh} \cdot \mathbf{x}_h",
        lambda v: (
            sum(at(v.A, v.h, j) * at(v.x, j) for j in upto(v.n) if j != v.h)
            + sum(at(v.A, i, v.h) * at(v.x, i) for i in upto(v.n) if i != v.h)
            + 2 * at(v.A, v.h, v.h) * at(v.x, v.h)
        ),
    ),
    (
        "=",
        r"\sum_{j=1}^n A_{hj} \cdot \mathbf{x}_j + \sum_{i=1}^n A_{ih} \cdot \mathbf{x}_i",
        lambda v: (
            sum(at(v.A, v.h, j) * at(v.x, j) for j in upto(v.n)) + sum(at(v.A, i, v.h) * at(v.x, i) for i in upto(v.n))
        ),
    ),
    (
        "=",
        r"\mathbf{x} \cdot \mathbf{A}_h + \mathbf{x}^T \cdot \mathbf{A}^h",
        lambda v: number(np.vdot(v.x, row_of(v.A, v.h))) + number(v.x.T @ column_of(v.A, v.h)),
    ),
    (
        "=",
        r"\mathbf{x}^T \cdot \mathbf{A}_h^T + \mathbf{x}^T \cdot \mathbf{A}^h",
        lambda v: number(v.x.T @ row_of(v.A, v.h).T) + number(v.x.T @ column_of(v.A, v.h)),
    ),
    (
        "=",
        r"\mathbf{x}^T (\mathbf{A}_h^T + \mathbf{A}^h)",
        lambda v: number(v.x.T @ (row_of(v.A, v.h).T + column_of(v.A, v.h))),
    ),
    difference=True,
)
chain(
    "000/3",
    (
        "",
        r"\frac{\partial}{\partial X} (X^T \cdot A \cdot X)",
        lambda v: jacobian(lambda x: quadratic(v, x), v.x),
    ),
    (
        "=",
        r"[X^T (A_1^T + A^1), \dots, X^T (A_n^T + A^n)]",
        lambda v: row([v.x.T @ (row_of(v.A, i).T + column_of(v.A, i)) for i in upto(v.n)]),
    ),
    (
        "=",
        r"X^T [(A_1^T + A^1), \dots, (A_n^T + A^n)]",
        lambda v: v.x.T @ np.hstack([row_of(v.A, i).T + column_of(v.A, i) for i in upto(v.n)]),
    ),
    ("=", r"X^T (A^T + A)", lambda v: v.x.T @ (v.A.T + v.A)),
    difference=True,
)
step(
    "000/3",
    r"\frac{\partial}{\partial X} (X^T \cdot A \cdot X)",
    "=",
    r"2X^T A",
    lambda v: jacobian(lambda x: quadratic(v, x), v.x),
    lambda v: 2 * v.x.T @ v.A,
    difference=True,
)

# 000, problem 4: one ReLU, all numbers


def loss(v, w=None, b=None):
    w = v.w if w is None else w
    b = v.b if b is None else b
    return (max(w * v.x + b, 0.0) - v.y) ** 2 / 2


def d_phi(v):
    return slope(lambda f: (f - v.y) ** 2 / 2, v.phi)


def on(v):
    return v.w * v.x + v.b > 0


step(
    "000/4",
    "wx + b = 0",
    r"\Leftrightarrow",
    r"x = -\frac{b}{w}",
    lambda v: Related(v.w * v.x + v.b, "=", 0),
    lambda v: Related(v.x, "=", -v.b / v.w),
)
step(
    "000/4",
    r"L(x, y, \phi)",
    "=",
    r"\frac{1}{2} \|\phi(x) - y\|_2^2",
    lambda v: loss(v),
    lambda v: (v.phi - v.y) ** 2 / 2,
)
chain(
    "000/4",
    ("", r"\frac{\partial L}{\partial \phi}", d_phi),
    ("=", r"\frac{\partial (\frac{1}{2} \|\phi(x) - y\|_2^2)}{\partial \phi}", d_phi),
    ("=", r"\frac{1}{2} (2\phi(x) - 2y)", lambda v: (2 * v.phi - 2 * v.y) / 2),
    ("=", r"\phi(x) - y", lambda v: v.phi - v.y),
    difference=True,
)
step(
    "000/4",
    r"\frac{\partial L}{\partial w}",
    "=",
    r"\frac{\partial L}{\partial \phi} \cdot \frac{\partial \phi}{\partial w}",
    lambda v: slope(lambda w: loss(v, w=w), v.w, 1e-6),
    lambda v: d_phi(v) * slope(lambda w: max(w * v.x + v.b, 0.0), v.w, 1e-6),
    difference=True,
)
step(
    "000/4",
    r"\frac{\partial \phi}{\partial w}",
    "=",
    r"\begin{cases} x, & wx + b > 0 \\ 0, & \text{else} \end{cases}",
    lambda v: slope(lambda w: max(w * v.x + v.b, 0.0), v.w, 1e-6),
    lambda v: v.x if on(v) else 0.0,
    difference=True,
)
step(
    "000/4",
    r"\frac{\partial L}{\partial w}",
    "=",
    r"\begin{cases} x(\phi(x) - y), & wx + b > 0 \\ 0, & \text{else} \end{cases}",
    lambda v: slope(lambda w: loss(v, w=w), v.w, 1e-6),
    lambda v: v.x * (v.phi - v.y) if on(v) else 0.0,
    difference=True,
)
step(
    "000/4",
    r"\frac{\partial \phi}{\partial b}",
    "=",
    r"\begin{cases} 1, & wx + b > 0 \\ 0, & \text{else} \end{cases}",
    lambda v: slope(lambda b: max(v.w * v.x + b, 0.0), v.b, 1e-6),
    lambda v: 1.0 if on(v) else 0.0,
    difference=True,
)
step(
    "000/4",
    r"\frac{\partial L}{\partial b}",
    "=",
    r"\begin{cases} \phi(x) - y, & wx + b > 0 \\ 0, & \text{else} \end{cases}",
    lambda v: slope(lambda b: loss(v, b=b), v.b, 1e-6),
    lambda v: v.phi - v.y if on(v) else 0.0,
    difference=True,
)
step(
    "000/4",
    r"b - \Delta b",
    "=",
    r"b - \eta \frac{\partial L}{\partial b}",
    lambda v: v.b - v.delta_b,
    lambda v: v.b - v.eta * slope(lambda b: loss(v, b=b), v.b, 1e-6),
    difference=True,
)
step(
    "000/4",
    r"w - \eta x",
    ">",
    "w",
    lambda v: v.w - v.eta * v.x,
    lambda v: v.w,
)
step(
    "000/4",
    "e'",
    "=",
    r"-\frac{b'}{w'}",
    lambda v: v.e_new,
    lambda v: -v.b_new / v.w_new,
)
step(
    "000/4",
    r"-\frac{b'}{w'}",
    "<",
    r"\frac{b}{w}",
    lambda v: -v.b_new / v.w_new,
    lambda v: v.b / v.w,
)
step("000/4", "|w'|", ">", "|w|", lambda v: abs(v.w_new), lambda v: abs(v.w))
step(
    "000/4",
    r"\text{elbow}",
    "=",
    r"-\frac{b_i}{w_i}",
    lambda v: v.elbow,
    lambda v: -v.bs[v.i] / v.ws[v.i],
)

# 001, problem 1: one weight, numbers

step(
    "001/1",
    r"w_{t+1} - \frac{y}{\sigma}",
    "=",
    r"(1 - 2\eta\sigma^2)(w_t - \frac{y}{\sigma})",
    lambda v: v.w[v.t + 1] - v.y / v.sigma,
    lambda v: (1 - 2 * v.eta * v.sigma**2) * (v.w[v.t] - v.y / v.sigma),
)
step("001/1", "-1", "<", r"1 - 2\eta\sigma^2", lambda v: -1, lambda v: 1 - 2 * v.eta * v.sigma**2)
step("001/1", r"\eta", "<", r"\frac{1}{2\sigma^2}", lambda v: v.eta, lambda v: 1 / (2 * v.sigma**2))
step(
    "001/1",
    r"(1 - 2\eta\sigma^2)^t |w_0 - \frac{y}{\sigma}|",
    "=",
    r"\epsilon |\frac{y}{\sigma}|",
    lambda v: (1 - 2 * v.eta * v.sigma**2) ** v.t * abs(v.w[0] - v.y / v.sigma),
    lambda v: v.epsilon * abs(v.y / v.sigma),
)
step(
    "001/1",
    r"t \log(1 - 2\eta\sigma^2)",
    "=",
    r"\log \epsilon",
    lambda v: v.t * math.log(1 - 2 * v.eta * v.sigma**2),
    lambda v: math.log(v.epsilon),
)
step(
    "001/1",
    "t",
    "=",
    r"\frac{\log |\epsilon|}{\log |(1 - 2\eta\sigma^2)|}",
    lambda v: v.t,
    lambda v: math.log(abs(v.epsilon)) / math.log(abs(1 - 2 * v.eta * v.sigma**2)),
)
step(
    "001/1",
    r"|1 - 2\eta\sigma_l^2| < 1",
    r"\implies",
    r"\eta < \frac{1}{\sigma_l^2}",
    lambda v: Related(abs(1 - 2 * v.eta * v.sigma_l**2), "<", 1),
    lambda v: Related(v.eta, "<", 1 / v.sigma_l**2),
)
step(
    "001/1",
    r"|1 - 2\eta\sigma_s^2| < 1",
    r"\implies",
    r"\eta < \frac{1}{\sigma_s^2}",
    lambda v: Related(abs(1 - 2 * v.eta * v.sigma_s**2), "<", 1),
    lambda v: Related(v.eta, "<", 1 / v.sigma_s**2),
)
expression(
    "001/1",
    r"\min\{|1 - 2\eta\sigma_l^2|, |1 - 2\eta\sigma_s^2|\}",
    lambda v: min(abs(1 - 2 * v.eta * v.sigma_l**2), abs(1 - 2 * v.eta * v.sigma_s**2)),
)

# 001, problem 1(g): the singular value decomposition

step("001/1(g)", "X", "=", r"U\Sigma V^T", lambda v: v.X, lambda v: v.U @ v.Sigma @ v.V.T)
step(
    "001/1(g)",
    "w",
    "=",
    r"V(\Sigma^T \Sigma)^{-1} \Sigma^T U^T y",
    lambda v: v.w,
    lambda v: v.V @ inverse(v.Sigma.T @ v.Sigma) @ v.Sigma.T @ v.U.T @ v.y,
)
step(
    "001/1(g)",
    r"\hat{w}",
    "=",
    r"(\Sigma^T \Sigma)^{-1} \Sigma^T \hat{y}",
    lambda v: v.w_hat,
    lambda v: inverse(v.Sigma.T @ v.Sigma) @ v.Sigma.T @ v.y_hat,
)

# 001, problem 2: momentum

chain(
    "001/2",
    ("", r"w_{t+1} - w^*", lambda v: v.w[v.t + 1] - v.w_star),
    ("=", r"w_t - \eta z_{t+1} - w^*", lambda v: v.w[v.t] - v.eta * v.z[v.t + 1] - v.w_star),
    (
        "=",
        r"w_t - \eta(1 - \beta)z_t - \eta\beta(2X^T X w_t - 2X^T y) - (X^T X)^{-1} X^T y",
        lambda v: (
            v.w[v.t]
            - v.eta * (1 - v.beta) * v.z[v.t]
            - v.eta * v.beta * (2 * v.X.T @ v.X @ v.w[v.t] - 2 * v.X.T @ v.y)
            - inverse(v.X.T @ v.X) @ v.X.T @ v.y
        ),
    ),
    (
        "=",
        r"(I - 2\eta\beta X^T X)w_t - \eta(1 - \beta)z_t + 2\eta\beta X^T y - (X^T X)^{-1} X^T y",
        lambda v: (
            (I(v.d) - 2 * v.eta * v.beta * v.X.T @ v.X) @ v.w[v.t]
            - v.eta * (1 - v.beta) * v.z[v.t]
            + 2 * v.eta * v.beta * v.X.T @ v.y
            - inverse(v.X.T @ v.X) @ v.X.T @ v.y
        ),
    ),
    (
        "=",
        r"(I - 2\eta\beta X^T X)(w_t - w_0) - \eta(1 - \beta)z_t",
        lambda v: (I(v.d) - 2 * v.eta * v.beta * v.X.T @ v.X) @ (v.w[v.t] - v.w[0]) - v.eta * (1 - v.beta) * v.z[v.t],
    ),
    (
        "=",
        r"V(I - 2\eta\beta \Sigma^T \Sigma)V^T(w_t - w_0) - \eta(1 - \beta)V^T z_t",
        lambda v: (
            v.V @ (I(v.d) - 2 * v.eta * v.beta * v.Sigma.T @ v.Sigma) @ v.V.T @ (v.w[v.t] - v.w[0])
            - v.eta * (1 - v.beta) * v.V.T @ v.z[v.t]
        ),
    ),
)
step(
    "001/2",
    "x_{t+1}",
    "=",
    r"(I - 2\eta\beta \Sigma^T \Sigma)x_t - \eta(1 - \beta)a_t",
    lambda v: v.x[v.t + 1],
    lambda v: (I(v.d) - 2 * v.eta * v.beta * v.Sigma.T @ v.Sigma) @ v.x[v.t] - v.eta * (1 - v.beta) * v.a[v.t],
)
chain(
    "001/2",
    ("", "z_{t+1}", lambda v: v.z[v.t + 1]),
    (
        "=",
        r"(1 - \beta)z_t + 2\beta(X^T X)(w_t - w^*)",
        lambda v: (1 - v.beta) * v.z[v.t] + 2 * v.beta * (v.X.T @ v.X) @ (v.w[v.t] - v.w_star),
    ),
    (
        "=",
        r"(1 - \beta)z_t + 2\beta V(\Sigma^T \Sigma)V^T(w_t - w^*)",
        lambda v: (1 - v.beta) * v.z[v.t] + 2 * v.beta * v.V @ (v.Sigma.T @ v.Sigma) @ v.V.T @ (v.w[v.t] - v.w_star),
    ),
)
step(
    "001/2",
    "a_{t+1}",
    "=",
    r"(1 - \beta)a_t + 2\beta(\Sigma^T \Sigma)x_t",
    lambda v: v.a[v.t + 1],
    lambda v: (1 - v.beta) * v.a[v.t] + 2 * v.beta * (v.Sigma.T @ v.Sigma) @ v.x[v.t],
)
step(
    "001/2",
    "a_{t+1}[i]",
    "=",
    "aa_t[i] + bx_t[i]",
    lambda v: at(v.a[v.t + 1], v.i),
    lambda v: v.Ra * at(v.a[v.t], v.i) + v.Rb * at(v.x[v.t], v.i),
)
step(
    "001/2",
    r"\beta^2(2\eta\sigma_i^2 - 1)^2 - 8\eta(1 - \beta)\beta\sigma_i^2",
    "<",
    "0",
    lambda v: (
        v.beta**2 * (2 * v.eta * v.sigma[v.i] ** 2 - 1) ** 2 - 8 * v.eta * (1 - v.beta) * v.beta * v.sigma[v.i] ** 2
    ),
    lambda v: 0,
)
step(
    "001/2",
    r"\eta^*",
    "=",
    r"\frac{1}{\sigma_{min}^2 + \sigma_{max}^2}",
    lambda v: v.eta_star,
    lambda v: 1 / (v.sigma_min**2 + v.sigma_max**2),
)

# 001, problem 3: noise, numbers; E is the expectation

step(
    "001/3",
    "w_{t+1}",
    "=",
    r"w_t - \eta \hat{X}_t^T (\hat{X}_t w_t - y)",
    lambda v: v.w[v.t + 1],
    lambda v: v.w[v.t] - v.eta * v.X_hat[v.t] * (v.X_hat[v.t] * v.w[v.t] - v.y),
)
step(
    "001/3",
    "E[w_{t+1}]",
    "=",
    r"(1 - (\eta x^2 + \eta \sigma^2)) E[w_t] + \eta xy",
    lambda v: mean(v.w_random[v.t + 1]),
    lambda v: (1 - (v.eta * v.x**2 + v.eta * v.sigma**2)) * mean(v.w_random[v.t]) + v.eta * v.x * v.y,
)
step(
    "001/3",
    r"E[w_{t+1}] - \frac{xy}{x^2 + \sigma^2}",
    "=",
    r"(1 - (\eta x^2 + \eta \sigma^2))(E[w_t] - \frac{xy}{x^2 + \sigma^2})",
    lambda v: mean(v.w_random[v.t + 1]) - v.x * v.y / (v.x**2 + v.sigma**2),
    lambda v: (1 - (v.eta * v.x**2 + v.eta * v.sigma**2)) * (mean(v.w_random[v.t]) - v.x * v.y / (v.x**2 + v.sigma**2)),
)
step(
    "001/3",
    r"|(1 - \eta x^2 + \eta \sigma^2)|",
    "<",
    "1",
    lambda v: abs(1 - v.eta * v.x**2 + v.eta * v.sigma**2),
    lambda v: 1,
)
step("001/3", r"\eta", "<", r"\frac{2}{x^2 + \sigma^2}", lambda v: v.eta, lambda v: 2 / (v.x**2 + v.sigma**2))
step(
    "001/3",
    "w^*",
    "=",
    r"(x^2 + \sigma^2)^{-1} xy",
    lambda v: v.w_star,
    lambda v: v.x * v.y / (v.x**2 + v.sigma**2),
)

# 001, problem 4: Y = Xw + √λ N with w and N random


def noisy(v, s):
    return v.X @ v.w[s] + math.sqrt(v.lam) * v.N[s]


step(
    "001/4",
    r"E(YY^T)",
    "=",
    r"E((Xw + \sqrt{\lambda} N)(Xw + \sqrt{\lambda} N)^T)",
    None,
    lambda v: mean(noisy(v, s) @ noisy(v, s).T for s in range(SCENARIOS)),
)

# 002, problem 1: least squares. X_i is row i as a column; denominator layout (derivatives of numbers are columns)


def observation(v, i):
    return row_of(v.X, i).T


def residual(v, i, theta):
    return number(observation(v, i).T @ theta) - at(v.Y, i)


def one_loss(v, i, theta):
    return residual(v, i, theta) ** 2 / 2


def whole_loss(v, theta):
    return norm(v.X @ theta - v.Y) ** 2 / 2


chain(
    "002/1",
    (
        "",
        r"\left( \frac{\partial}{\partial \theta} l_i(\theta) \right)_j",
        lambda v: at(gradient(lambda theta: one_loss(v, v.i, theta), v.theta), v.j),
    ),
    (
        "=",
        r"\frac{\partial l_i(\theta)}{\partial \theta_j}",
        lambda v: partial(lambda theta: one_loss(v, v.i, theta), v.theta, v.j),
    ),
    ("=", r"(X_i^T \theta - Y_i) X_{ij}", lambda v: residual(v, v.i, v.theta) * at(v.X, v.i, v.j)),
    difference=True,
)
step(
    "002/1",
    r"\frac{\partial}{\partial \theta} l_i(\theta)",
    "=",
    r"(X_i^T \theta - Y_i) X_i",
    lambda v: gradient(lambda theta: one_loss(v, v.i, theta), v.theta),
    lambda v: residual(v, v.i, v.theta) * observation(v, v.i),
    difference=True,
)
chain(
    "002/1",
    ("", r"\mathcal{L}(\theta)", lambda v: whole_loss(v, v.theta)),
    ("=", r"\frac{1}{2} \|X\theta - Y\|^2", lambda v: norm(v.X @ v.theta - v.Y) ** 2 / 2),
    (
        "=",
        r"\frac{1}{2} \sum_i (X_i^T \theta - Y_i)^2",
        lambda v: sum(residual(v, i, v.theta) ** 2 for i in upto(v.N)) / 2,
    ),
    ("=", r"\sum_i l_i(\theta)", lambda v: sum(one_loss(v, i, v.theta) for i in upto(v.N))),
)
chain(
    "002/1",
    (
        "",
        r"\nabla_{\theta} \mathcal{L}(\theta)",
        lambda v: gradient(lambda theta: whole_loss(v, theta), v.theta),
    ),
    (
        "=",
        r"\sum_i \nabla_{\theta} l_i(\theta)",
        lambda v: sum(gradient(lambda theta, i=i: one_loss(v, i, theta), v.theta) for i in upto(v.N)),
    ),
    (
        "=",
        r"\sum_i (X_i^T \theta - Y_i) X_i",
        lambda v: sum(residual(v, i, v.theta) * observation(v, i) for i in upto(v.N)),
    ),
    (
        "=",
        r"\sum_i X_i^T \theta X_i - X_i Y_i",
        lambda v: sum(
            number(observation(v, i).T @ v.theta) * observation(v, i) - observation(v, i) * at(v.Y, i)
            for i in upto(v.N)
        ),
    ),
    difference=True,
)
chain(
    "002/1",
    (
        "",
        r"\nabla_{\theta} \mathcal{L}(\theta)",
        lambda v: gradient(lambda theta: whole_loss(v, theta), v.theta),
    ),
    (
        "=",
        r"X^T \begin{pmatrix} X_1^T \theta \\ X_2^T \theta \\ \vdots \\ X_N^T \theta \end{pmatrix} - X^T Y",
        lambda v: v.X.T @ row([observation(v, i).T @ v.theta for i in upto(v.N)]).T - v.X.T @ v.Y,
    ),
    (
        "=",
        r"X^T \begin{pmatrix} X_1^T \\ X_2^T \\ \vdots \\ X_N^T \end{pmatrix} \theta - X^T Y",
        lambda v: v.X.T @ np.vstack([observation(v, i).T for i in upto(v.N)]) @ v.theta - v.X.T @ v.Y,
    ),
    ("=", r"X^T X \theta - X^T Y", lambda v: v.X.T @ v.X @ v.theta - v.X.T @ v.Y),
    ("=", r"X^T (X \theta - Y)", lambda v: v.X.T @ (v.X @ v.theta - v.Y)),
    difference=True,
)

# 002, problem 2: f(θ) = θ²/2 on numbers

chain(
    "002/2",
    ("", r"\theta^{(k+1)}", lambda v: v.thetas[v.k + 1]),
    (
        "=",
        r"\theta^{(k)} - \alpha f'(\theta^{(k)})",
        lambda v: v.thetas[v.k] - v.alpha * slope(lambda theta: theta**2 / 2, v.thetas[v.k]),
    ),
    ("=", r"(1 - \alpha)\theta^{(k)}", lambda v: (1 - v.alpha) * v.thetas[v.k]),
    difference=True,
)
step(
    "002/2",
    r"\frac{\theta^{(k+1)}}{\theta^{(k)}}",
    "=",
    r"1 - \alpha",
    lambda v: v.thetas[v.k + 1] / v.thetas[v.k],
    lambda v: 1 - v.alpha,
)
step(
    "002/2",
    r"\theta^{(k)}",
    "=",
    r"\theta^{(0)}(1 - \alpha)^k",
    lambda v: v.thetas[v.k],
    lambda v: v.thetas[0] * (1 - v.alpha) ** v.k,
)

# 002, problem 3: gradient descent; f(θ) = ‖Xθ − Y‖²/2, Σ² the square of a matrix, powers of matrices

step(
    "002/3",
    r"\nabla f(\theta)",
    "=",
    r"X^T(X\theta - Y)",
    lambda v: gradient(lambda theta: whole_loss(v, theta), v.theta),
    lambda v: v.X.T @ (v.X @ v.theta - v.Y),
    difference=True,
)
chain(
    "002/3",
    ("", r"\theta^{(k+1)}", lambda v: v.thetas[v.k + 1]),
    (
        "=",
        r"\theta^{(k)} - \alpha X^T(X\theta^{(k)} - Y)",
        lambda v: v.thetas[v.k] - v.alpha * v.X.T @ (v.X @ v.thetas[v.k] - v.Y),
    ),
    (
        "=",
        r"\theta^{(k)} - \alpha X^T X \theta^{(k)} + \alpha X^T Y",
        lambda v: v.thetas[v.k] - v.alpha * v.X.T @ v.X @ v.thetas[v.k] + v.alpha * v.X.T @ v.Y,
    ),
)
step(
    "002/3",
    r"\theta^{(k+1)} - \theta^*",
    "=",
    r"(I_p - \alpha X^T X)(\theta^{(k)} - \theta^*)",
    lambda v: v.thetas[v.k + 1] - v.theta_star,
    lambda v: (I(v.p) - v.alpha * v.X.T @ v.X) @ (v.thetas[v.k] - v.theta_star),
)
step(
    "002/3",
    r"X^T X",
    "=",
    r"V \Sigma^2 V^T",
    lambda v: v.X.T @ v.X,
    lambda v: v.V @ v.Sigma @ v.Sigma @ v.V.T,
)
step(
    "002/3",
    r"\Sigma^2",
    "=",
    r"\text{diag}(\sigma_1^2, \sigma_2^2, \dots, \sigma_p^2)",
    lambda v: v.Sigma @ v.Sigma,
    lambda v: np.diag([v.sigma[i] ** 2 for i in upto(v.p)]),
)
chain(
    "002/3",
    ("", r"\zeta^k", lambda v: v.zeta[v.k]),  # the author's ζ^k is his ζ^{(k)}: "to resolve the confusion"
    (
        "=",
        r"(V I_p V^T - \alpha V \Sigma^2 V^T)^k \zeta^{(0)}",
        lambda v: power(v.V @ I(v.p) @ v.V.T - v.alpha * v.V @ v.Sigma @ v.Sigma @ v.V.T, v.k) @ v.zeta[0],
    ),
    (
        "=",
        r"V(I_p - \alpha \Sigma^2)^k V^T \zeta^{(0)}",
        lambda v: v.V @ power(I(v.p) - v.alpha * v.Sigma @ v.Sigma, v.k) @ v.V.T @ v.zeta[0],
    ),
)
chain(
    "002/3",
    ("", r"\|\zeta^{(k)}\|^2", lambda v: norm(v.zeta[v.k]) ** 2),
    (
        "=",
        r"[\zeta^{(0)}]^T V^T (I_p - \alpha \Sigma^2)^{2k} V \zeta^{(0)}",
        lambda v: number(v.zeta[0].T @ v.V.T @ power(I(v.p) - v.alpha * v.Sigma @ v.Sigma, 2 * v.k) @ v.V @ v.zeta[0]),
    ),
    (
        "=",
        r"[\zeta^{(0)}]^T V^T \text{diag}(1 - \alpha \sigma_1^2, 1 - \alpha \sigma_2^2, \dots, 1 - \alpha \sigma_p^2)^{2k}"
        r" V \zeta^{(0)}",
        lambda v: number(
            v.zeta[0].T
            @ v.V.T
            @ power(np.diag([1 - v.alpha * v.sigma[i] ** 2 for i in upto(v.p)]), 2 * v.k)
            @ v.V
            @ v.zeta[0]
        ),
    ),
)

# 003, 1.1: pruning; δω is one symbol, e_i a unit vector, i a free index

step(
    "003/1.1",
    "C",
    "=",
    r"\frac{1}{2} \delta\omega^T H \delta\omega",
    lambda v: v.C,
    lambda v: number(v.delta.T @ v.H @ v.delta) / 2,
)
step(
    "003/1.1",
    r"\omega_i + \mathbf{e}_i^T \cdot \delta\omega",
    "=",
    "0",
    lambda v: at(v.omega, v.i) + number(unit(v.n, v.i).T @ v.delta),
    lambda v: 0,
)
step(
    "003/1.1",
    "L",
    "=",
    r"\frac{1}{2} \delta\omega^T H \delta\omega + \lambda (\omega_i + \mathbf{e}_i^T \cdot \delta\omega)",
    lambda v: v.L,
    lambda v: number(v.delta.T @ v.H @ v.delta) / 2 + v.lam * (at(v.omega, v.i) + at(v.delta, v.i)),
)
step(
    "003/1.1",
    r"H \delta\omega + \lambda \mathbf{e}_i",
    "=",
    "0",
    lambda v: v.H @ v.delta + v.lam * unit(v.n, v.i),
    lambda v: np.zeros((v.n, 1)),
)
step(
    "003/1.1",
    r"\lambda",
    "=",
    r"\frac{\omega_i}{(\mathbf{H}^{-1})_{ii}}",
    lambda v: v.lam,
    lambda v: at(v.omega, v.i) / at(inverse(v.H), v.i, v.i),
)
step(
    "003/1.1",
    r"\delta\boldsymbol{\omega}",
    "=",
    r"-\frac{\omega_i}{(\mathbf{H}^{-1})_{ii}} \mathbf{H}^{-1} \cdot \mathbf{e}_i",
    lambda v: v.delta,
    lambda v: -at(v.omega, v.i) / at(inverse(v.H), v.i, v.i) * inverse(v.H) @ unit(v.n, v.i),
)
step(
    "003/1.1",
    r"\mathbf{C}",
    "=",
    r"\frac{1}{2} \frac{\omega_i^2}{(\mathbf{H}^{-1})_{ii}}",
    lambda v: v.C,
    lambda v: at(v.omega, v.i) ** 2 / at(inverse(v.H), v.i, v.i) / 2,
)

# 003, 2.2: hat matrix, trace; A = X(XᵀX)⁻¹Xᵀ, B = A − I, ε random

chain(
    "003/2.2",
    (
        "",
        r"\mathbb{E}[\frac{1}{N} \|(X(X^T X)^{-1} X^T - \mathbf{I})\boldsymbol{\epsilon}\|_2^2]",
        lambda v: mean(norm((hat_matrix(v.X) - I(v.N)) @ e) ** 2 / v.N for e in v.epsilon),
    ),
    (
        "=",
        r"\frac{1}{N} \mathbb{E}[\boldsymbol{\epsilon}^T (X(X^T X)^{-1} X^T - \mathbf{I})^T (X(X^T X)^{-1} X^T - \mathbf{I})"
        r" \boldsymbol{\epsilon}]",
        lambda v: (
            mean(number(e.T @ (hat_matrix(v.X) - I(v.N)).T @ (hat_matrix(v.X) - I(v.N)) @ e) for e in v.epsilon) / v.N
        ),
    ),
    (
        "=",
        r"\frac{1}{N} \mathbb{E}[\boldsymbol{\epsilon}^T (\mathbf{B})^T (\mathbf{B}) \boldsymbol{\epsilon}]",
        lambda v: mean(number(e.T @ v.B.T @ v.B @ e) for e in v.epsilon) / v.N,
    ),
)
chain(
    "003/2.2",
    ("", r"\mathbf{B}^T \mathbf{B}", lambda v: v.B.T @ v.B),
    (
        "=",
        r"(\mathbf{A} - \mathbf{I})^T (\mathbf{A} - \mathbf{I})",
        lambda v: (v.A - I(v.N)).T @ (v.A - I(v.N)),
    ),
    ("=", r"\mathbf{A}^2 - 2\mathbf{A} + \mathbf{I}", lambda v: v.A @ v.A - 2 * v.A + I(v.N)),
    ("=", r"\mathbf{I} - \mathbf{A}", lambda v: I(v.N) - v.A),
)
chain(
    "003/2.2",
    (
        "",
        r"\frac{1}{N} \mathbb{E}[\text{Trace}(\boldsymbol{\epsilon}^T \mathbf{B}^T \mathbf{B} \boldsymbol{\epsilon})]",
        lambda v: mean(np.trace(e.T @ v.B.T @ v.B @ e) for e in v.epsilon) / v.N,
    ),
    (
        "=",
        r"\frac{1}{N} \mathbb{E}[\text{Trace}(\mathbf{B}^T \mathbf{B} \boldsymbol{\epsilon}^T \boldsymbol{\epsilon})]",
        lambda v: mean(np.trace(v.B.T @ v.B * number(e.T @ e)) for e in v.epsilon) / v.N,
    ),
    (
        "=",
        r"\frac{1}{N} \text{Trace}(\mathbf{B}^T \mathbf{B} \boldsymbol{\Sigma})",
        lambda v: np.trace(v.B.T @ v.B @ v.Sigma) / v.N,
    ),
    (
        "=",
        r"\frac{\sigma^2}{N} \text{Trace}(\mathbf{I} - \mathbf{A})",
        lambda v: v.sigma**2 / v.N * np.trace(I(v.N) - v.A),
    ),
    ("=", r"\frac{N - d}{N} \sigma^2", lambda v: (v.N - v.d) / v.N * v.sigma**2),
)
step(
    "003/2.2",
    r"\text{Trace}(\mathbf{A})",
    "=",
    r"\text{rank}(\mathbf{X})",
    lambda v: np.trace(v.A),
    lambda v: int(np.linalg.matrix_rank(v.X)),
)

# 003, 3.1 and 3.2: least squares and ridge, denominator layout. "argmin" governs the whole sum after it.


def squares(v, beta):
    return norm(v.Y - v.X @ beta) ** 2


def fit_part(v, beta):
    """−2βᵀXᵀY + βᵀXᵀXβ"""
    return number(-2 * beta.T @ v.X.T @ v.Y + beta.T @ v.X.T @ v.X @ beta)


chain(
    "003/3.1",
    (
        "",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} \|\mathbf{Y} - \mathbf{X}\boldsymbol{\beta}\|_2^2",
        lambda v: minimiser(lambda b: squares(v, b), v.d),
    ),
    (
        "=",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} (\mathbf{Y} - \mathbf{X}\boldsymbol{\beta})^T (\mathbf{Y} -"
        r" \mathbf{X}\boldsymbol{\beta})",
        lambda v: minimiser(lambda b: number((v.Y - v.X @ b).T @ (v.Y - v.X @ b)), v.d),
    ),
    (
        "=",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} \mathbf{Y}^T \mathbf{Y} - 2\boldsymbol{\beta}^T \mathbf{X}^T \mathbf{Y} +"
        r" \boldsymbol{\beta}^T \mathbf{X}^T \mathbf{X} \boldsymbol{\beta}",
        lambda v: minimiser(lambda b: number(v.Y.T @ v.Y) + fit_part(v, b), v.d),
    ),
    (
        "=",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} -2\boldsymbol{\beta}^T \mathbf{X}^T \mathbf{Y} + \boldsymbol{\beta}^T"
        r" \mathbf{X}^T \mathbf{X} \boldsymbol{\beta}",
        lambda v: minimiser(lambda b: fit_part(v, b), v.d),
    ),
)
step(
    "003/3.1",
    r"\frac{\partial L(\boldsymbol{\beta})}{\partial \boldsymbol{\beta}}",
    "=",
    r"-2\mathbf{X}^T \mathbf{Y} + 2\mathbf{X}^T \mathbf{X} \boldsymbol{\beta}",
    # L as the document defines it there: 2βᵀXᵀY + βᵀXᵀXβ (a lost minus sign)
    lambda v: gradient(lambda b: number(2 * b.T @ v.X.T @ v.Y + b.T @ v.X.T @ v.X @ b), v.beta),
    lambda v: -2 * v.X.T @ v.Y + 2 * v.X.T @ v.X @ v.beta,
    difference=True,
)
step(
    "003/3.1",
    r"\hat{\boldsymbol{\beta}}",
    "=",
    r"(\mathbf{X}^T \mathbf{X})^{-1} \mathbf{X}^T \mathbf{Y}",
    lambda v: v.beta_hat,
    lambda v: inverse(v.X.T @ v.X) @ v.X.T @ v.Y,
)
chain(
    "003/3.2",
    (
        "",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} \|\mathbf{Y} - \mathbf{X}\boldsymbol{\beta}\|_2^2 + \alpha"
        r" \|\boldsymbol{\beta}\|_2^2",
        lambda v: minimiser(lambda b: squares(v, b) + v.alpha * norm(b) ** 2, v.d),
    ),
    (
        "=",
        r"\underset{\boldsymbol{\beta}}{\text{argmin}} (\mathbf{Y} - \mathbf{X}\boldsymbol{\beta})^T (\mathbf{Y} -"
        r" \mathbf{X}\boldsymbol{\beta}) + \alpha \boldsymbol{\beta}^T \boldsymbol{\beta}",
        lambda v: minimiser(lambda b: number((v.Y - v.X @ b).T @ (v.Y - v.X @ b) + v.alpha * b.T @ b), v.d),
    ),
)
step(
    "003/3.2",
    r"\frac{\partial L(\boldsymbol{\beta})}{\partial \boldsymbol{\beta}}",
    "=",
    r"-2\mathbf{X}^T \mathbf{Y} + 2\mathbf{X}^T \mathbf{X} \boldsymbol{\beta} + 2\alpha \boldsymbol{\beta}",
    # again L as the document defines it: 2βᵀXᵀY + βᵀXᵀXβ + αβᵀβ
    lambda v: gradient(lambda b: number(2 * b.T @ v.X.T @ v.Y + b.T @ v.X.T @ v.X @ b + v.alpha * b.T @ b), v.beta),
    lambda v: -2 * v.X.T @ v.Y + 2 * v.X.T @ v.X @ v.beta + 2 * v.alpha * v.beta,
    difference=True,
)
step(
    "003/3.2",
    r"\hat{\boldsymbol{\beta}}",
    "=",
    r"(\mathbf{X}^T \mathbf{X} + \alpha \mathbf{I})^{-1} \mathbf{X}^T \mathbf{Y}",
    lambda v: v.beta_hat,
    lambda v: inverse(v.X.T @ v.X + v.alpha * I(v.d)) @ v.X.T @ v.Y,
)

# 003, 3.3: generalised least squares

step(
    "003/3.3",
    r"\mathbf{X}\mathbf{F}",
    "=",
    r"\boldsymbol{\Sigma}\mathbf{X}",
    lambda v: v.X @ v.F,
    lambda v: v.Sigma @ v.X,
)
step(
    "003/3.3",
    r"(\mathbf{X}^T \boldsymbol{\Sigma}^{-1} \mathbf{X})^{-1}",
    "=",
    r"\mathbf{F}(\mathbf{X}^T \mathbf{X})^{-1}",
    lambda v: inverse(v.X.T @ inverse(v.Sigma) @ v.X),
    lambda v: v.F @ inverse(v.X.T @ v.X),
)
chain(
    "003/3.3",
    (
        "",
        r"(\mathbf{X}^T \mathbf{X})^{-1} \mathbf{X}^T \boldsymbol{\Sigma} \mathbf{X} (\mathbf{X}^T \mathbf{X})^{-1}",
        lambda v: inverse(v.X.T @ v.X) @ v.X.T @ v.Sigma @ v.X @ inverse(v.X.T @ v.X),
    ),
    (
        "=",
        r"(\mathbf{X}^T \mathbf{X})^{-1} \mathbf{X}^T \mathbf{X} \mathbf{F} (\mathbf{X}^T \mathbf{X})^{-1}",
        lambda v: inverse(v.X.T @ v.X) @ v.X.T @ v.X @ v.F @ inverse(v.X.T @ v.X),
    ),
    ("=", r"\mathbf{F}(\mathbf{X}^T \mathbf{X})^{-1}", lambda v: v.F @ inverse(v.X.T @ v.X)),
)
step(
    "003/3.3",
    r"\mathbf{X}^T (\mathbf{X} (\mathbf{X}^T \boldsymbol{\Sigma}^{-1} \mathbf{X})^{-1} - \boldsymbol{\Sigma} \mathbf{X}"
    r" (\mathbf{X}^T \mathbf{X})^{-1})",
    "=",
    r"\mathbf{0}",
    lambda v: v.X.T @ (v.X @ inverse(v.X.T @ inverse(v.Sigma) @ v.X) - v.Sigma @ v.X @ inverse(v.X.T @ v.X)),
    lambda v: np.zeros((v.d, v.d)),
)
step(
    "003/3.3",
    r"\mathbf{X} (\mathbf{X}^T \boldsymbol{\Sigma}^{-1} \mathbf{X})^{-1} \mathbf{X}^T \mathbf{X}",
    "=",
    r"\boldsymbol{\Sigma} \mathbf{X}",
    lambda v: v.X @ inverse(v.X.T @ inverse(v.Sigma) @ v.X) @ v.X.T @ v.X,
    lambda v: v.Sigma @ v.X,
)

# 003, 3.4: elastic net by augmentation


def ridge_loss(v):
    return norm(v.Y - v.X @ v.beta) ** 2 + v.lam1 * norm(v.beta) ** 2


chain(
    "003/3.4",
    ("", r"L(\boldsymbol{\beta}, \lambda_1)", ridge_loss),
    (
        "=",
        r"\|\mathbf{Y} - \mathbf{X}\boldsymbol{\beta}\|_2^2 + \lambda_1 \|\boldsymbol{\beta}\|_2^2",
        ridge_loss,
    ),
    (
        "=",
        r"(\mathbf{Y} - \mathbf{X}\boldsymbol{\beta})^T (\mathbf{Y} - \mathbf{X}\boldsymbol{\beta}) + \lambda_1"
        r" \boldsymbol{\beta}^T \boldsymbol{\beta}",
        lambda v: number((v.Y - v.X @ v.beta).T @ (v.Y - v.X @ v.beta) + v.lam1 * v.beta.T @ v.beta),
    ),
    (
        "=",
        r"\mathbf{Y}^T \mathbf{Y} - 2\boldsymbol{\beta}^T \mathbf{X}^T \mathbf{Y} + \boldsymbol{\beta}^T \mathbf{X}^T \mathbf{X}"
        r" \boldsymbol{\beta} + \lambda_1 \boldsymbol{\beta}^T \boldsymbol{\beta}",
        lambda v: number(
            v.Y.T @ v.Y - 2 * v.beta.T @ v.X.T @ v.Y + v.beta.T @ v.X.T @ v.X @ v.beta + v.lam1 * v.beta.T @ v.beta
        ),
    ),
)
step(
    "003/3.4",
    r"\hat{\mathbf{X}}",
    "=",
    r"\begin{bmatrix} \mathbf{X} \\ \sqrt{\lambda_1} \mathbf{I} \end{bmatrix}",
    lambda v: v.X_hat,
    lambda v: np.vstack([v.X, math.sqrt(v.lam1) * I(v.d)]),
)
step(
    "003/3.4",
    r"L(\boldsymbol{\beta}, \lambda_1)",
    "=",
    r"\|\hat{\mathbf{Y}} - \hat{\mathbf{X}}\boldsymbol{\beta}\|_2^2",
    ridge_loss,
    lambda v: norm(v.Y_hat - v.X_hat @ v.beta) ** 2,
)

# 003, 4: dropout; y_d is a number (d a label), O_N, O_D, J_N, J_D as defined in the document


def out_plain(v, omega):
    return sum(at(omega, k) * at(v.x, k) for k in upto(v.n))


def out_dropped(v, omega):
    return sum(at(v.delta, k) * at(omega, k) * at(v.x, k) for k in upto(v.n))


def others_plain(v):
    return sum(at(v.omega, k) * at(v.x, k) * at(v.x, v.i) for k in upto(v.n) if k != v.i)


def slope_plain(v):
    return partial(lambda omega: (v.y_d - out_plain(v, omega)) ** 2, v.omega, v.i)


step("003/4", "J_D", "=", r"(y_d - O_D)^2", lambda v: (v.y_d - v.O_D) ** 2, lambda v: (v.y_d - v.O_D) ** 2)
step(
    "003/4",
    "O_D",
    "=",
    r"\sum_{k=1}^n \delta_k \omega_k x_k",
    lambda v: v.O_D,
    lambda v: out_dropped(v, v.omega),
)
chain(
    "003/4",
    ("", r"\frac{\partial J_N}{\partial \omega_i}", slope_plain),
    (
        "=",
        r"-2(y_d - O_N) \frac{\partial O_N}{\partial \omega_i}",
        lambda v: -2 * (v.y_d - v.O_N) * partial(lambda omega: out_plain(v, omega), v.omega, v.i),
    ),
    ("=", r"-2(y_d - O_N) x_i", lambda v: -2 * (v.y_d - v.O_N) * at(v.x, v.i)),
    (
        "=",
        r"-2y_d x_i + 2 \sum_{k=1}^n \omega_k x_k x_i",
        lambda v: -2 * v.y_d * at(v.x, v.i) + 2 * sum(at(v.omega, k) * at(v.x, k) * at(v.x, v.i) for k in upto(v.n)),
    ),
    (
        "=",
        r"-2y_d x_i + 2\omega_i x_i^2 + 2 \sum_{k=1, k \neq i}^n \omega_k x_k x_i",
        lambda v: -2 * v.y_d * at(v.x, v.i) + 2 * at(v.omega, v.i) * at(v.x, v.i) ** 2 + 2 * others_plain(v),
    ),
    difference=True,
)
chain(
    "003/4",
    (
        "",
        r"\frac{\partial J_D}{\partial \omega_i}",
        lambda v: partial(lambda omega: (v.y_d - out_dropped(v, omega)) ** 2, v.omega, v.i),
    ),
    (
        "=",
        r"-2(y_d - O_D) \frac{\partial O_D}{\partial \omega_i}",
        lambda v: -2 * (v.y_d - v.O_D) * partial(lambda omega: out_dropped(v, omega), v.omega, v.i),
    ),
    ("=", r"-2(y_d - O_D) \delta_i x_i", lambda v: -2 * (v.y_d - v.O_D) * at(v.delta, v.i) * at(v.x, v.i)),
    (
        "=",
        r"-2y_d \delta_i x_i + 2\omega_i^2 \delta_i^2 x_i^2 + 2 \sum_{k=1, k \neq i}^n \omega_k \delta_k \delta_i x_k x_i",
        lambda v: (
            -2 * v.y_d * at(v.delta, v.i) * at(v.x, v.i)
            + 2 * at(v.omega, v.i) ** 2 * at(v.delta, v.i) ** 2 * at(v.x, v.i) ** 2
            + 2
            * sum(
                at(v.omega, k) * at(v.delta, k) * at(v.delta, v.i) * at(v.x, k) * at(v.x, v.i)
                for k in upto(v.n)
                if k != v.i
            )
        ),
    ),
    difference=True,
)
step(
    "003/4",
    r"-2y_d x_i + 2\omega_i x_i^2 + 2\sigma^2 \omega_i^2 x_i^2 + 2 \sum_{k=1, k \neq i}^n \omega_k x_k x_i",
    "=",
    r"\frac{\partial J_N}{\partial \omega_i} + 2\sigma^2 \omega_i^2 x_i^2",
    lambda v: (
        -2 * v.y_d * at(v.x, v.i)
        + 2 * at(v.omega, v.i) * at(v.x, v.i) ** 2
        + 2 * v.sigma**2 * at(v.omega, v.i) ** 2 * at(v.x, v.i) ** 2
        + 2 * others_plain(v)
    ),
    lambda v: slope_plain(v) + 2 * v.sigma**2 * at(v.omega, v.i) ** 2 * at(v.x, v.i) ** 2,
    difference=True,
)
step(
    "003/4",
    "J_R",
    "=",
    r"(y_d - \sum_{k=1}^n \delta_k \omega_k x_k)^2 + \sigma^2 \sum_{k=1}^n \omega_k^2 x_k^2",
    lambda v: v.J_R,
    lambda v: (
        (v.y_d - out_dropped(v, v.omega)) ** 2
        + v.sigma**2 * sum(at(v.omega, k) ** 2 * at(v.x, k) ** 2 for k in upto(v.n))
    ),
)

# 003, 5: a quadratic cost, denominator layout


def cost(v, omega):
    return number(omega.T @ v.H @ omega) / 2


chain(
    "003/5",
    ("", r"\nabla_{\omega} L", lambda v: gradient(lambda omega: cost(v, omega), v.omega)),
    (
        "=",
        r"\frac{\partial L}{\partial \omega}",
        lambda v: gradient(lambda omega: cost(v, omega), v.omega),
    ),
    ("=", r"H \omega", lambda v: v.H @ v.omega),
    difference=True,
)
chain(
    "003/5",
    ("", r"\nabla_{\omega}^2 L", lambda v: hessian(lambda omega: cost(v, omega), v.omega)),
    (
        "=",
        r"\frac{\partial^2 L}{\partial \omega^2}",
        lambda v: hessian(lambda omega: cost(v, omega), v.omega),
    ),
    ("=", "H", lambda v: v.H),
    difference=True,
)
chain(
    "003/5",
    ("", r"\omega^{(t+1)}", lambda v: v.omegas[v.t + 1]),
    (
        "=",
        r"\omega^{(t)} - \epsilon H \omega^{(t)}",
        lambda v: v.omegas[v.t] - v.epsilon * v.H @ v.omegas[v.t],
    ),
    (
        "=",
        r"Q(I - \epsilon \Lambda) Q^T \omega^{(t)}",
        lambda v: v.Q @ (I(v.n) - v.epsilon * v.Lambda) @ v.Q.T @ v.omegas[v.t],
    ),
)
step(
    "003/5",
    r"\omega^{(t+1)}",
    "=",
    r"Q(I - \epsilon \Lambda) Q^T \omega^{(0)}",
    lambda v: v.omegas[v.t + 1],
    lambda v: v.Q @ (I(v.n) - v.epsilon * v.Lambda) @ v.Q.T @ v.omegas[0],
)
step("003/5", r"\epsilon", "<", r"\frac{2}{\lambda_{max}}", lambda v: v.epsilon, lambda v: 2 / v.lam_max)
step(
    "003/5",
    r"\omega^{(t+1)}",
    "=",
    r"(1 - \epsilon) \omega^{(t)}",
    lambda v: v.omegas[v.t + 1],
    lambda v: (1 - v.epsilon) * v.omegas[v.t],
)

# 003, 6: a siamese network; the document does not say what J is, so derivatives of J are not compared

step("003/6", r"\mathbf{z}_1", "=", r"\mathbf{W}\mathbf{x}_1 + \mathbf{b}", lambda v: v.z1, lambda v: v.W @ v.x1 + v.b)
step(
    "003/6",
    r"\frac{\partial J}{\partial \mathbf{h}_1}",
    "=",
    r"2\mathbf{h}_1 - \mathbf{h}_2",
    None,
    lambda v: 2 * v.h1 - v.h2,
)
step(
    "003/6",
    r"\frac{\partial J}{\partial \mathbf{z}_1}",
    "=",
    r"\Delta_1 \odot (1 - \mathbf{h}_1^2)",
    None,
    lambda v: v.Delta1 * (1 - v.h1**2),
)
step(
    "003/6",
    r"\frac{\partial J}{\partial \mathbf{W}}",
    "=",
    r"\Delta_3 \mathbf{x}_1^T + \Delta_4 \mathbf{x}_2^T + 2\mathbf{W}",
    None,
    lambda v: v.Delta3 @ v.x1.T + v.Delta4 @ v.x2.T + 2 * v.W,
)

# 004: two-layer networks, numerator layout; (·)^+ is ReLU, in 1.3 σ is the sigmoid, ℓ = ‖ŷ − y‖²

expression("004/1.2", r"W^{(1)}x + b^{(1)}", lambda v: v.W1 @ v.x + v.b1)
expression("004/1.2", r"5 \cdot (W^{(1)}x + b^{(1)})^+", lambda v: 5 * relu(v.W1 @ v.x + v.b1))
expression(
    "004/1.2",
    r"5 \cdot W^{(2)}(W^{(1)}x + b^{(1)})^+ + b^{(2)}",
    lambda v: 5 * v.W2 @ relu(v.W1 @ v.x + v.b1) + v.b2,
)
expression("004/1.3", r"\tanh(\mathbf{W}^{(1)}\mathbf{x} + \mathbf{b}^{(1)})", lambda v: np.tanh(v.W1 @ v.x + v.b1))
expression(
    "004/1.3",
    r"W^{(2)}\tanh(W^{(1)}x+b^{(1)})+b^{(2)}",
    lambda v: v.W2 @ np.tanh(v.W1 @ v.x + v.b1) + v.b2,
)
expression(
    "004/1.3",
    r"\sigma(W^{(2)} \tanh(W^{(1)}x + b^{(1)}) + b^{(2)})",
    lambda v: sigmoid(v.W2 @ np.tanh(v.W1 @ v.x + v.b1) + v.b2),
)


def loss_by_prediction(net):
    return lambda v: jacobian(lambda prediction: net.loss_of(v, prediction), v.y_hat)


def prediction_by_z3(net):
    return lambda v: jacobian(net.y_of, v.z3)


def z2_by_z1(net):
    return lambda v: jacobian(net.z2_of, v.z1, 1e-6)


def loss_by_z3(net):
    return lambda v: jacobian(lambda z: net.loss_of(v, net.y_of(z)), v.z3)


def loss_by_b2(net):
    return lambda v: jacobian(lambda b: net.loss_of(v, net.y_of(v.W2 @ v.z2 + b)), v.b2)


def loss_by_b1(net):
    return lambda v: jacobian(lambda b: net.loss_of(v, net.y_of(net.z3_of(v, net.z2_of(v.W1 @ v.x + b)))), v.b1, 1e-6)


def through(net):
    """∂ℓ/∂ŷ ∂ŷ/∂z₃"""
    return lambda v: loss_by_prediction(net)(v) @ prediction_by_z3(net)(v)


for _section, _net, _hat in (
    ("004/1.2", REGRESSION, r"\hat{\boldsymbol{y}}"),
    ("004/1.3", CLASSIFICATION, r"\boldsymbol{\hat{y}}"),
):
    chain(
        _section,
        ("", r"\frac{\partial \ell}{\partial \boldsymbol{b^{(2)}}}", loss_by_b2(_net)),
        (
            "=",
            r"\frac{\partial \ell}{\partial \boldsymbol{z_3}} \frac{\partial \boldsymbol{z_3}}{\partial \boldsymbol{b^{(2)}}}",
            lambda v, net=_net: loss_by_z3(net)(v) @ jacobian(lambda b: v.W2 @ v.z2 + b, v.b2),
        ),
        ("=", r"\frac{\partial \ell}{\partial \boldsymbol{z_3}}", loss_by_z3(_net)),
        (
            "=",
            rf"\frac{{\partial \ell}}{{\partial {_hat}}} \frac{{\partial {_hat}}}{{\partial \boldsymbol{{z_3}}}}",
            through(_net),
        ),
        difference=True,
    )
for _section, _net, _bias in (
    ("004/1.2", REGRESSION, r"\boldsymbol{b}^{(1)}"),
    ("004/1.3", CLASSIFICATION, r"\boldsymbol{b^{(1)}}"),
):
    _weight = r"\boldsymbol{W}^{(2)}" if _section == "004/1.2" else r"\boldsymbol{W^{(2)}}"
    _head = r"\frac{\partial \ell}{\partial \hat{\boldsymbol{y}}} \frac{\partial \hat{\boldsymbol{y}}}{\partial \boldsymbol{z}_3}"
    _inner = r"\frac{\partial \boldsymbol{z}_2}{\partial \boldsymbol{z}_1}"
    chain(
        _section,
        ("", rf"\frac{{\partial \ell}}{{\partial {_bias}}}", loss_by_b1(_net)),
        (
            "=",
            rf"{_head} \frac{{\partial \boldsymbol{{z}}_3}}{{\partial \boldsymbol{{z}}_2}} {_inner}"
            rf" \frac{{\partial \boldsymbol{{z}}_1}}{{\partial {_bias}}}",
            lambda v, net=_net: (
                through(net)(v)
                @ jacobian(lambda z: net.z3_of(v, z), v.z2)
                @ z2_by_z1(net)(v)
                @ jacobian(lambda b: v.W1 @ v.x + b, v.b1)
            ),
        ),
        (
            "=",
            rf"{_head} {_weight} {_inner}",
            lambda v, net=_net: through(net)(v) @ v.W2 @ z2_by_z1(net)(v),
        ),
        difference=True,
    )
step(
    "004/1.4",
    "z_i",
    "=",
    r"\frac{e^{x_i}}{\sum_j e^{x_j}}",
    lambda v: at(v.z, v.i),
    lambda v: math.exp(at(v.x, v.i)) / sum(math.exp(at(v.x, j)) for j in upto(v.n)),
)
step(
    "004/1.4",
    r"\ell_{\text{MSE}}",
    "=",
    r"\|\hat{Y} - Y\|^2",
    None,
    lambda v: norm(v.Y_hat - v.Y) ** 2,
)
