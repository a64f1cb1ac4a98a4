"""Points at which hypotheses hold, found without the sampler of the checker: by charts.

A chart gives some symbols as terms in others, which are free, so that the hypotheses hold. Those of one group together
reach a dense part of every component of what its statements allow; what is not plain is argued beside them. A stated
structure has charts too, and an equation that gives a symbol is one. ``residuals`` says what holds at a point if a
hypothesis does: ``reference`` evaluates it for every chart that it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from verifier.expressions import Dimension
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, free_names, subterms
from verifier.language import (
    Chain,
    Expression,
    Statement,
    block,
    diag,
    dims,
    equals,
    idempotent,
    identity_matrix,
    inverse,
    matrix,
    number,
    scalar,
    symmetric,
    unit_vector,
    vector,
    zeros,
)

Chart = tuple[tuple[str, Term], ...]
OPEN = {"invertible", "full_column_rank", "full_row_rank"}


def charts(claim: Sequent) -> list[Chart]:
    """The components of the models. Raises NotImplementedError for hypotheses without a chart.

    Where a rank or a pseudo-inverse is asked for, a free matrix has those of smaller rank too: there it jumps.
    """
    found: list[Chart] = []
    for chart, rest in _grouped(frozenset(claim.hypotheses)):
        taken = {name for name, _ in chart}
        stated = sorted((h for h in rest if h.head != "equal"), key=repr)
        structures: list[list[Chart]] = []
        for hypothesis in stated:
            if hypothesis.data != ("invertible",) or hypothesis.args[0].head == "symbol":
                structures.append(_structured(hypothesis, taken))
                taken |= {name for option in structures[-1] for name, _ in option}
        given = _assigned([h for h in rest if h.head == "equal"], taken)
        structures += _of_smaller_rank(claim, taken | {name for name, _ in given})
        for chosen in product(*structures):
            found.append(_in_order([*chart, *(pair for option in chosen for pair in option), *given]))
    return found


def _of_smaller_rank(claim: Sequent, taken: set[str]) -> list[list[Chart]]:
    parts = [part for term in (claim.conclusion, *claim.hypotheses) for part in subterms(term)]
    if not any(part.head in ("rank", "pseudoinverse") for part in parts):
        return []
    taken = taken | {p.args[0].data[0] for p in parts if p.head == "inverse" and p.args[0].head == "symbol"}
    free = {part.data[0]: Expression(part) for part in parts if part.head == "symbol" and part.data[0] not in taken}
    found: list[list[Chart]] = []
    for name, like in free.items():
        rows, columns = (Dimension(axis) for axis in like.shape.axes)
        options: list[Chart] = [(), ((name, number(0).term if like.shape.is_scalar else zeros(rows, columns).term),)]
        if not (like.shape.is_scalar or like.shape.is_vector):
            options.append(((name, (_free(like, "L", rows, 2) @ _free(like, "R", 2, columns)).term),))
        found.append(options)
    return found


def _grouped(hypotheses: frozenset[Term]) -> list[tuple[Chart, frozenset[Term]]]:
    """The charts of the first group that the hypotheses contain, each with the other hypotheses."""
    for group, options in CHARTS:
        if group <= hypotheses:
            return [(chart, hypotheses - group) for chart in options]
    return [((), hypotheses)]


def _structured(hypothesis: Term, taken: set[str]) -> list[Chart]:
    """The charts of a property of a symbol; one that is empty for what holds on a dense part."""
    if hypothesis.head != "property" or hypothesis.args[0].head != "symbol":
        raise NotImplementedError("a hypothesis that is neither an equation nor a property of a symbol")
    (symbol,), (kind,) = hypothesis.args, hypothesis.data
    if kind in OPEN:
        return [()]
    if kind not in STRUCTURES or symbol.data[0] in taken:
        raise NotImplementedError(f"{kind}, or a second property of one symbol")
    options = STRUCTURES[kind](Expression(symbol))
    return [((symbol.data[0], option.term),) for option in options]


def _assigned(equations: list[Term], taken: set[str]) -> list[tuple[str, Term]]:
    """Equations that give a symbol of which nothing else is said."""
    given: list[tuple[str, Term]] = []
    for equation in sorted(equations, key=repr):
        found = _gives(equation, taken | {name for name, _ in given})
        if found is None:
            raise NotImplementedError("equations without a chart")
        given.append(found)
    return given


def _gives(equation: Term, taken: set[str]) -> tuple[str, Term] | None:
    for left, right in (equation.args, equation.args[::-1]):
        if left.head == "symbol" and left.data[0] not in taken | free_names(right):
            return left.data[0], right
    return None


def _in_order(given: list[tuple[str, Term]]) -> Chart:
    """Each after those that it mentions. Raises NotImplementedError where they go in a circle."""
    ordered: list[tuple[str, Term]] = []
    while len(ordered) < len(given):
        done = {name for name, _ in ordered}
        waiting = {name for name, _ in given} - done
        ready = [pair for pair in given if pair[0] not in done and not free_names(pair[1]) & waiting]
        if not ready:
            raise NotImplementedError("equations that give symbols in a circle")
        ordered += ready
    return tuple(ordered)


def defined_by(hypothesis: Term) -> Iterator[Term]:
    """Terms that are defined where a hypothesis holds, which is all that it says."""
    if hypothesis.head == "property" and hypothesis.data[0] in OPEN:
        held = Expression(hypothesis.args[0])
        inverted = {"invertible": held, "full_column_rank": held.T @ held, "full_row_rank": held @ held.T}
        yield inverse(inverted[hypothesis.data[0]]).term


def residuals(hypothesis: Term) -> Iterator[tuple[Term, Term]]:
    """Equations that say what a hypothesis says; none for what holds on a dense part, such as that det A ≠ 0."""
    if hypothesis.head == "equal":
        yield hypothesis.args[0], hypothesis.args[1]
        return
    (held,), (kind,) = hypothesis.args, hypothesis.data
    if kind in OPEN:
        return
    if kind not in MEANINGS:
        raise NotImplementedError(f"the property {kind}")
    for statement in MEANINGS[kind](Expression(held)):
        yield statement.term.args[0], statement.term.args[1]


def _eye(term: Expression) -> Expression:
    return Expression(Term("identity", (), (term.shape.columns,)))


MEANINGS: Mapping[str, Callable[[Expression], tuple[Statement, ...]]] = {
    "symmetric": lambda a: equals(a.T, a).steps,
    "skew": lambda a: equals(a.T, -a).steps,
    "positive_definite": lambda a: equals(a.T, a).steps,
    "orthogonal": lambda q: equals(q.T @ q, _eye(q), q @ q.T).steps,
    "orthonormal_columns": lambda q: equals(q.T @ q, _eye(q)).steps,
    "idempotent": lambda p: equals(p @ p, p).steps,
    "projection": lambda p: equals(p @ p, p, p.T).steps,
}


# structure


def _free(like: Expression, name: str, rows: Dimension | int, columns: Dimension | int) -> Expression:
    return matrix(f"free {name} of {like.term.data[0]}", rows, columns)


def _square(like: Expression) -> tuple[Dimension, Expression]:
    size = Dimension(like.shape.rows)
    return size, _free(like, "A", size, size)


def _rotations(like: Expression, size: Dimension) -> tuple[Expression, Expression]:
    """Cayley's rotations, and those times a reflection: dense in both components of the orthogonal group."""
    any_matrix, line = _free(like, "K", size, size), _free(like, "u", size, 1)
    skew = any_matrix - any_matrix.T
    rotation = (identity_matrix(size) - skew) @ inverse(identity_matrix(size) + skew)
    return rotation, rotation @ (identity_matrix(size) - 2 * (line @ line.T) / (line.T @ line))


def _orthonormal_columns(like: Expression) -> tuple[Expression, ...]:
    height, width = Dimension(like.shape.rows), Dimension(like.shape.columns)
    turned = _rotations(like, height)
    if height == width:
        return turned
    return tuple(q @ block([[identity_matrix(width)], [zeros(height - width, width)]]) for q in turned[:1])


def _idempotents(like: Expression, across: Callable[[Expression], Expression]) -> tuple[Expression, ...]:
    """Of ranks 0, 2, 3, n - 2 and n, each of which is a component; L (RL)⁻¹ R has the rank of L and R."""
    size = Dimension(like.shape.rows)
    whole = identity_matrix(size)
    tall = [_free(like, f"L{rank}", size, rank) for rank in (2, 3)]
    two, three = (left @ inverse(across(left) @ left) @ across(left) for left in tall)
    return zeros(size, size), two, three, whole - two, whole


def _other(tall: Expression) -> Expression:
    name, width = tall.term.data[0], Dimension(tall.shape.columns)
    return matrix(f"{name}'", width, Dimension(tall.shape.rows))


STRUCTURES: Mapping[str, Callable[[Expression], tuple[Expression, ...]]] = {
    "symmetric": lambda a: (_square(a)[1] + _square(a)[1].T,),
    "skew": lambda a: (_square(a)[1] - _square(a)[1].T,),
    "positive_definite": lambda a: (_square(a)[1] @ _square(a)[1].T,),
    "orthogonal": lambda q: _rotations(q, Dimension(q.shape.rows)),
    "orthonormal_columns": _orthonormal_columns,
    "idempotent": lambda p: _idempotents(p, _other),
    "projection": lambda p: _idempotents(p, lambda tall: tall.T),
}

# charts

n, d, k, m = dims("n d k m")
eye = identity_matrix(n)
X, Z, y, y_free = matrix("X", n, d), matrix("Z", n, k), vector("y", n), vector("free r", n)
theta, beta, gamma, star = (
    vector("\\theta", d),
    vector("\\beta", d),
    vector("\\gamma", k),
    vector("\\theta^{*}", d),
)
penalty, prior, S, F = matrix("\\Gamma", d, d), matrix("P", d, d), matrix("\\Sigma", n, n), matrix("F", d, d)
C, G, R, weights = matrix("C", d, n), matrix("G", d, n), matrix("R", n, n), matrix("M", n, n)
B, c, lam = matrix("B", k, d), vector("c", k), scalar("\\lambda")
W, one, other = matrix("free W", d, n), matrix("free A", n, n), matrix("free B", n, n)
gram = X.T @ X
hat, ols = X @ inverse(gram) @ X.T, inverse(gram) @ X.T @ y

A, U, V, K = matrix("A", n, n), matrix("U", n, m), matrix("V", m, n), matrix("K", m, m)
P, Q, below = matrix("P", n, n), matrix("Q", n, n), matrix("Q", m, n)
schur = A - U @ inverse(K) @ V

H, e, t, omega = matrix("H", n, n), vector("e", n), vector("free t", n), scalar("\\omega")
delta, epsilon, constraints = vector("\\delta", n), vector("\\epsilon", n), matrix("A", k, n)
b, nu, q = vector("b", k), vector("\\nu", k), vector("q", n)
eigenvalues, D, commuting = matrix("\\Lambda", n, n), matrix("D", n, n), matrix("M", n, n)
left, right = matrix("free L", n, 2), matrix("free R", 2, d)

Group = tuple[frozenset[Term], tuple[Chart, ...]]


def _all(*statements: Chain | Statement) -> frozenset[Term]:
    return frozenset(part.term for one in statements for part in (one.steps if isinstance(one, Chain) else (one,)))


def _chart(*values: tuple[Expression, Expression]) -> Chart:
    return tuple((str(symbol.term.data[0]), value.term) for symbol, value in values)


def _normal(unknown: Expression) -> Group:
    """Xᵀ(y - Xθ) = 0: y = Xθ + z with Xᵀz = 0, for X of full rank a space of dimension n - d; z = 0 if n < d.

    d equations cut out components of codimension at most d, so that an X of smaller rank, with more z, is in no
    component of its own unless n = d; sizes that are drawn differ.
    """
    return (
        _all(equals(gram @ unknown, X.T @ y)),
        (_chart((y, X @ unknown + y_free - hat @ y_free)), _chart((y, X @ unknown))),
    )


def _idempotent(size: int, name: str, among: Expression) -> Expression:
    """An idempotent of a rank; its columns are among those of an idempotent, and so are its rows."""
    tall, wide = matrix(f"free {name}", n, size), matrix(f"free {name}'", size, n)
    return among @ tall @ inverse(wide @ among @ tall) @ wide @ among


E1 = _idempotent(2, "1", eye)
E2 = _idempotent(2, "2", eye - E1)
E3 = _idempotent(2, "3", eye - E1 - E2)
curvature = e.T @ inverse(H) @ e
inner = inverse(constraints @ inverse(H) @ constraints.T)
rest_of_z = X.T @ (eye - Z @ inverse(Z.T @ Z) @ Z.T)
symmetric_common = hat @ (one + one.T) @ hat + (eye - hat) @ (other + other.T) @ (eye - hat)
left_inverse = inverse(gram) @ X.T + W @ (eye - hat)
right_inverse = X.T @ inverse(X @ X.T)
of_rank_two = right.T @ inverse(right @ right.T) @ inverse(left.T @ left) @ left.T
balance, reached = equals(H @ delta + lam * e, zeros(n)), equals(omega + e.T @ delta, 0)
surgeon = ((delta, -lam * (inverse(H) @ e)), (omega, lam * curvature))

# Larger groups stand before smaller ones. Where a symbol is solved for by an inverse, the equations are as many as they
# lower the dimension: what is left out, where the inverse does not exist, has a smaller one, and is in no component.
CHARTS: tuple[Group, ...] = (
    (
        _all(balance, reached, equals(omega + e.T @ epsilon, 0), symmetric(H)),
        (_chart((H, one + one.T), *surgeon, (epsilon, delta + y_free - e * ((e.T @ y_free) / (e.T @ e)))),),
    ),
    # every unit vector but -e₁ is one of these: the line through e₁ and t meets the sphere twice
    (
        _all(equals(delta + lam * e, zeros(n)), reached, equals(e.T @ e, 1)),
        (_chart((e, t * (2 * t[1] / (t.T @ t)) - unit_vector(n, 1)), (delta, -lam * e), (omega, lam)),),
    ),
    (_all(balance, reached), (_chart(*surgeon),)),
    (_all(balance, equals(lam, omega / curvature)), (_chart((lam, omega / curvature), surgeon[0]),)),
    (_all(balance), (_chart(surgeon[0]),)),
    (
        _all(equals(H @ delta + constraints.T @ nu, zeros(n)), equals(constraints @ delta, b)),
        (_chart((nu, -(inner @ b)), (delta, inverse(H) @ constraints.T @ inner @ b)),),
    ),
    (
        _all(equals(gram @ beta + X.T @ Z @ gamma, X.T @ y), equals(Z.T @ X @ beta + Z.T @ Z @ gamma, Z.T @ y)),
        (
            _chart(
                (beta, inverse(rest_of_z @ X) @ rest_of_z @ y),
                (gamma, inverse(Z.T @ Z) @ (Z.T @ y - Z.T @ X @ beta)),
            ),
        ),
    ),
    (
        _all(equals(gram @ theta + B.T @ gamma, X.T @ y), equals(B @ theta, c)),
        (
            _chart(
                (gamma, inverse(B @ inverse(gram) @ B.T) @ (B @ ols - c)),
                (theta, ols - inverse(gram) @ B.T @ gamma),
            ),
        ),
    ),
    _normal(theta),
    _normal(beta),
    _normal(star),
    (
        _all(equals(gram @ theta + lam * theta, X.T @ y)),
        (_chart((theta, inverse(gram + lam * identity_matrix(d)) @ X.T @ y)),),
    ),
    (
        _all(equals(X.T @ (X @ theta - y) + penalty.T @ penalty @ theta, zeros(d))),
        (_chart((theta, inverse(gram + penalty.T @ penalty) @ X.T @ y)),),
    ),
    (_all(equals(penalty.T @ penalty, inverse(prior))), (_chart((prior, inverse(penalty.T @ penalty))),)),
    (_all(equals(R.T @ R, inverse(S))), (_chart((S, inverse(R.T @ R))),)),
    (
        _all(equals(X.T @ inverse(S) @ X @ theta, X.T @ inverse(S) @ y)),
        (_chart((theta, inverse(X.T @ inverse(S) @ X) @ X.T @ inverse(S) @ y)), _chart((y, X @ theta))),
    ),
    *(
        (
            _all(equals(X.T @ weights @ X @ theta, X.T @ weights @ y), *stated),
            tuple(
                (*_chart(*drawn), *chart)
                for chart in (
                    _chart((theta, inverse(X.T @ weights @ X) @ X.T @ weights @ y)),
                    _chart((y, X @ theta)),
                )
            ),
        )
        for stated, drawn in (((symmetric(weights),), ((weights, one + one.T),)), ((), ()))
    ),
    # ΣX = XF: the columns of X are an invariant space of Σ; if Σ is symmetric, so is what is orthogonal to them
    (
        _all(equals(X @ F, S @ X), symmetric(S)),
        (_chart((S, symmetric_common), (F, inverse(gram) @ X.T @ S @ X)),),
    ),
    (
        _all(equals(X @ F, S @ X)),
        (_chart((S, hat @ one + other @ (eye - hat)), (F, inverse(gram) @ X.T @ S @ X)),),
    ),
    # GLS = OLS says that the columns of Σ⁻¹X are combinations of those of X
    (
        _all(
            equals(inverse(X.T @ inverse(S) @ X) @ X.T @ inverse(S), inverse(gram) @ X.T),
            symmetric(S),
        ),
        (_chart((S, symmetric_common)),),
    ),
    (
        _all(equals(C @ X, identity_matrix(d)), symmetric(S)),
        (_chart((S, one + one.T), (C, left_inverse)),),
    ),
    (_all(equals(C @ X, identity_matrix(d))), (_chart((C, left_inverse)),)),
    (_all(equals(G @ X, identity_matrix(d))), (_chart((G, left_inverse)),)),
    # G + W - GXWXG are all inner inverses of X, if G is one; of X of full rank, and of rank 2
    (
        _all(equals(X @ G @ X, X)),
        (
            _chart((G, left_inverse)),
            _chart((G, right_inverse + W - right_inverse @ X @ W)),
            _chart((X, left @ right), (G, of_rank_two + W - of_rank_two @ X @ W @ X @ of_rank_two)),
        ),
    ),
    (_all(equals(P.T @ P, P)), (_chart((P, left @ inverse(left.T @ left) @ left.T)),)),
    (
        _all(idempotent(P), idempotent(Q), equals(P @ Q, Q @ P)),
        (_chart((P, E1 + E2), (Q, E1 + E3)), _chart((P, E1), (Q, E1 + E3)), _chart((P, E1), (Q, E2))),
    ),
    (
        _all(idempotent(P), idempotent(Q), equals(P @ Q + Q @ P, zeros(n, n))),
        (_chart((P, E1), (Q, E2)), _chart((P, E1), (Q, eye - E1))),
    ),
    (
        _all(equals(A @ P + U @ below, eye), equals(V @ P + K @ below, zeros(m, n))),
        (_chart((P, inverse(schur)), (below, -(inverse(K) @ V @ P))),),
    ),
    # q = 0 is a component of its own
    (
        _all(equals(H @ q, lam * q)),
        (_chart((H, one + ((lam * q - one @ q) @ q.T) / (q.T @ q))), _chart((q, zeros(n)))),
    ),
    # pairs that can be diagonalised together are dense among those that commute (Motzkin and Taussky, 1955)
    (
        _all(equals(eigenvalues @ D, D @ eigenvalues)),
        (_chart((eigenvalues, one @ diag(y_free) @ inverse(one)), (D, one @ diag(t) @ inverse(one))),),
    ),
)

__all__ = ["Chart", "charts", "defined_by", "residuals"]
