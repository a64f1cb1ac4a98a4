"""What numpy has short expressions for: templates by head, function and property, and functions that lines may need."""

from __future__ import annotations

HELPERS: dict[str, tuple[str, ...]] = {
    "derivative": (
        "def derivative(f, x, h=1e-6):  # one column for each entry of x, by central differences",
        "    x = np.array(x, float)",
        "    def at(k, step):",
        "        moved = x.copy()",
        "        moved.flat[k] += step",
        "        return np.ravel(f(moved if x.ndim else moved.item()))",
        "    return np.array([(at(k, h) - at(k, -h)) / (2 * h) for k in range(x.size)]).T",
    ),
    "gradient": (
        "def gradient(f, x, h=1e-6):  # of a scalar, with the shape of x",
        "    return derivative(f, x, h).reshape(np.shape(x))[()]",
    ),
    "hessian": (
        "def hessian(f, x):",
        "    return derivative(lambda y: gradient(f, y, 1e-4), x, 1e-4)",
    ),
    "Members": (
        "class Members(dict):  # of a family: some are known, the others are computed by rules",
        "    def __init__(self, known, *rules):",
        "        super().__init__(known)",
        "        self.rules = rules",
        "    def __missing__(self, index):",
        "        for rule in self.rules:",
        "            member = rule(*index)",
        "            if member is not None:",
        "                return self.setdefault(index, member)",
        "        raise KeyError(index)",
        "    def __or__(self, others):",
        "        return Members({**self, **others}, *self.rules)",
    ),
}

TEMPLATES = {
    "add": "({} + {})",
    "subtract": "({} - {})",
    "negate": "(-{})",
    "divide": "({} / {})",
    "inverse": "np.linalg.inv({})",
    "pseudoinverse": "np.linalg.pinv({})",
    "trace": "np.trace({})",
    "determinant": "np.linalg.det({})",
    "rank": "np.linalg.matrix_rank({})",
    "spectral_radius": "np.abs(np.linalg.eigvals({})).max()",
    "diag": "np.diagflat({})",
    "diagonal": "np.diag({}).reshape(-1, 1)",
    "hadamard": "({} * {})",
    "hadamard_divide": "({} / {})",
    "hadamard_power": "({} ** {})",
    "kronecker": "np.kron({}, {})",
    "factorial": "np.prod(np.arange(1.0, {} + 1))",
    "indicator": "float({})",
    "equal": "np.allclose({}, {})",
    "not_equal": "(not np.allclose({}, {}))",
    "less": "({} < {})",
    "less_equal": "({} <= {})",
    "greater": "({} > {})",
    "greater_equal": "({} >= {})",
    "not": "(not {})",
    "implies": "(not {} or {})",
    "iff": "({} == {})",
}
FUNCTIONS = {
    **{
        name: f"np.{name}({{}})"
        for name in ("exp", "log", "sqrt", "tanh", "sin", "cos", "tan", "arctan", "sinh", "cosh")
    },
    "abs": "np.abs({})",
    "sign": "np.sign({})",
    "relu": "np.maximum({}, 0)",
    "step": "np.heaviside({}, 0)",
    "sigmoid": "(1 / (1 + np.exp(-{})))",
    "softplus": "np.log1p(np.exp({}))",
}
NORMS = {"F": "", "spectral": ", 2", "nuclear": ", 'nuc'"}

# what is said of matrices: m is a two-dimensional array

SAID = "(lambda m: bool({}))(np.atleast_2d({}))"
SYMMETRIC = "np.allclose(m, m.T)"
ORTHONORMAL = "np.allclose(m.T @ m, np.eye(m.shape[1]))"
SMALLEST = "np.linalg.eigvalsh(m).min()"

PROPERTIES = {
    "symmetric": SYMMETRIC,
    "skew": "np.allclose(m, -m.T)",
    "diagonal": "np.allclose(m, np.diag(np.diag(m)))",
    "orthogonal": ORTHONORMAL,
    "orthonormal_columns": ORTHONORMAL,
    "invertible": "np.linalg.matrix_rank(m) == len(m)",
    "idempotent": "np.allclose(m @ m, m)",
    "projection": f"{SYMMETRIC} and np.allclose(m @ m, m)",
    "positive_definite": f"{SYMMETRIC} and {SMALLEST} > 1e-9",
    "positive_semidefinite": f"{SYMMETRIC} and {SMALLEST} > -1e-9",
    "full_column_rank": "np.linalg.matrix_rank(m) == m.shape[1]",
    "full_row_rank": "np.linalg.matrix_rank(m) == m.shape[0]",
    "permutation": f"np.allclose(m * m, m) and {ORTHONORMAL}",
    "upper_triangular": "np.allclose(m, np.triu(m))",
    "lower_triangular": "np.allclose(m, np.tril(m))",
    "integer": "np.allclose(m, np.round(m))",
    "natural": "np.allclose(m, np.round(m)) and m.min() > 0",
    "random": "True",
    "constant": "True",
    "identically_distributed": "True",
    "real": "True",
}

LOEWNER = {
    "loewner_less": ("positive_definite", "{1} - {0}"),
    "loewner_less_equal": ("positive_semidefinite", "{1} - {0}"),
    "loewner_greater": ("positive_definite", "{0} - {1}"),
    "loewner_greater_equal": ("positive_semidefinite", "{0} - {1}"),
}


def said(kind: str, text: str) -> str | None:
    """That a matrix has a property; None if numpy has no short expression for it."""
    return SAID.format(PROPERTIES[kind], text) if kind in PROPERTIES else None
