"""Random terms as a formula can say them, for properties of printing and reading."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from verifier.kernel.linear import ONE, constant, variable
from verifier.kernel.shapes import SCALAR, Shape, column, rectangle
from verifier.kernel.terms import Term
from verifier.reading.environment import Environment, Meaning

N, M = variable("n"), variable("m")
VECTOR, OTHER, SQUARE, WIDE = column(N), column(M), rectangle(N, N), rectangle(M, N)
SYMBOLS = {
    SCALAR: ("a", "b", "alpha", "lambda", "hat(y)", "sigma_max", "w*"),
    VECTOR: ("x", "y", "theta", "bar(v)"),
    OTHER: ("u", "z"),
    SQUARE: ("A", "B", "Sigma"),
    WIDE: ("X", "W"),
}
FAMILY = ("w^()", SCALAR)
MEMBERS = ("k_", VECTOR)
ENVIRONMENT = Environment(
    {
        **{name: Meaning(name, shape=shape) for shape, names in SYMBOLS.items() for name in names},
        "f": Meaning("f", "map", arguments=(SCALAR,)),
        "g": Meaning("g", "function", arguments=(VECTOR,)),
        "w^()": Meaning("w^()", shape=SCALAR, indices=((constant(0), None),)),
        "k_": Meaning("k_", shape=VECTOR, indices=((constant(0), None),)),
        "t": Meaning("t", "index", range=(constant(0), None)),
        "n": Meaning("n", "dimension"),
        "m": Meaning("m", "dimension"),
        "I": Meaning("I", "identity"),
    }
)
FUNCTIONS = ("exp", "log", "tanh", "sigmoid", "relu", "sin", "cos", "sqrt", "abs")


def symbol(name: str, shape: Shape, *indices: object) -> Term:
    """A symbol."""
    return Term("symbol", (), (name, shape, tuple(indices)))


@cache
def terms(shape: Shape = SCALAR, depth: int = 4, indices: tuple[str, ...] = ()) -> st.SearchStrategy[Term]:
    """Terms of a shape; ``indices`` are bound by sums around them and run over n."""
    leaves = _leaves(shape, indices)
    if depth <= 0:
        return leaves
    inner = st.one_of([st.deferred(lambda r=rule: r(shape, depth - 1, indices)) for rule in _rules(shape)])
    return st.integers(0, 5).flatmap(lambda choice: inner if choice else leaves)


def _leaves(shape: Shape, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    choices = [_symbols(shape)]
    if shape == SCALAR:
        choices.append(st.integers(0, 12).map(lambda k: Term("number", (), (Fraction(k),))))
        choices.append(st.sampled_from(["0.5", "2.25"]).map(lambda t: Term("number", (), (Fraction(t),))))
        choices.append(st.sampled_from([N, M, variable("t")]).map(lambda form: Term("index", (), (form,))))
        choices.append(st.sampled_from(["t", "t+1"]).map(_member))
        for index in indices:
            choices.append(st.sampled_from(SYMBOLS[VECTOR]).map(lambda name, i=index: _entry(name, VECTOR, i)))
            choices.append(st.just(Term("index", (), (variable(index),))))
        if len(indices) > 1:
            choices.append(st.sampled_from(SYMBOLS[SQUARE]).map(lambda name: _entry(name, SQUARE, *indices[:2])))
    if shape == VECTOR:
        choices.append(st.just(symbol("k_", VECTOR, variable("t"))))
        for index in indices:
            choices.append(
                st.sampled_from(SYMBOLS[SQUARE]).map(
                    lambda name, i=index: Term("column", (symbol(name, SQUARE),), (variable(i),))
                )
            )
    if shape == SQUARE:
        choices.append(st.just(Term("identity", (), (N,))))
    return st.one_of(choices)


def _symbols(shape: Shape) -> st.SearchStrategy[Term]:
    """A symbol of the shape, the transpose of one, or a product of a column and a row."""
    if shape in SYMBOLS:
        return st.sampled_from(SYMBOLS[shape]).map(lambda name: symbol(name, shape))
    if shape.transposed in SYMBOLS:
        names = st.sampled_from(SYMBOLS[shape.transposed])
        return names.map(lambda name: Term("transpose", (symbol(name, shape.transposed),)))
    pair = st.tuples(_symbols(Shape((shape.rows, ONE))), _symbols(Shape((ONE, shape.columns))))
    return pair.map(lambda p: Term("multiply", p))


def _member(text: str) -> Term:
    form = variable("t") if text == "t" else tuple(sorted([("t", 1), ("", 1)], key=lambda item: item[0]))
    return symbol("w^()", SCALAR, form)


def _entry(name: str, shape: Shape, *indices: str) -> Term:
    return Term("entry", (symbol(name, shape),), (tuple(variable(i) for i in indices),))


def _two(head: str):  # type: ignore[no-untyped-def]
    def rule(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
        side = terms(shape, depth, indices)
        return st.tuples(side, side).map(lambda pair: Term(head, pair))

    return rule


def _one(head: str, inner=None, data: tuple[object, ...] = ()):  # type: ignore[no-untyped-def]
    def rule(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
        return terms(inner(shape) if inner else shape, depth, indices).map(lambda t: Term(head, (t,), data))

    return rule


def _scaled(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    pair = st.tuples(terms(SCALAR, depth, indices), terms(shape, depth, indices))
    return pair.map(lambda p: Term("multiply", p))


def _divided(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    pair = st.tuples(terms(shape, depth, indices), terms(SCALAR, depth, indices))
    return pair.map(lambda p: Term("divide", p))


def _product(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    middle = st.sampled_from([N, M])

    def build(size: object) -> st.SearchStrategy[Term]:
        left = terms(Shape((shape.rows, size)), depth, indices)  # type: ignore[arg-type]
        right = terms(Shape((size, shape.columns)), depth, indices)  # type: ignore[arg-type]
        return st.tuples(left, right).map(lambda p: Term("multiply", p))

    return middle.flatmap(build)


def _power(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    exponent = st.integers(2, 4).map(lambda k: Term("number", (), (Fraction(k),)))
    return st.tuples(terms(shape, depth, indices), exponent).map(lambda p: Term("power", p))


def _function(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    names = FUNCTIONS if shape == SCALAR else [n for n in FUNCTIONS if n != "abs"]
    pair = st.tuples(st.sampled_from(names), terms(shape, depth, indices))
    return pair.map(lambda p: Term("elementwise", (p[1],), (p[0], 0, ())))


def _undeclared(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    pair = st.tuples(terms(shape, depth, indices), st.integers(0, 2))
    return pair.map(lambda p: Term("elementwise", (p[0],), ("f", p[1], ())))


def _applied(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    return terms(VECTOR, depth, indices).map(lambda t: Term("apply", (t,), ("g", SCALAR, ())))


def _norm(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    vector = st.sampled_from(["2", "1", "inf"]).flatmap(
        lambda kind: terms(VECTOR, depth, indices).map(lambda t: Term("norm", (t,), (kind,)))
    )
    matrix = st.sampled_from(["F", "spectral", "nuclear"]).flatmap(
        lambda kind: terms(WIDE, depth, indices).map(lambda t: Term("norm", (t,), (kind,)))
    )
    return st.one_of(vector, matrix)


def _sum(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    name = next(letter for letter in ("i", "j", "l", "p", "q", "r") if letter not in indices)

    def build(restricted: bool) -> st.SearchStrategy[Term]:
        body = terms(shape, depth, (*indices, name))
        if not restricted or not indices:
            return body.map(lambda b: Term("sum", (b,), (name, ONE, N)))
        condition = Term(
            "not_equal", (Term("index", (), (variable(name),)), Term("index", (), (variable(indices[0]),)))
        )
        return body.map(lambda b: Term("sum", (b, condition), (name, ONE, N)))

    return st.booleans().flatmap(build)


def _derivative(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    if shape == SCALAR:
        variables = [symbol("a", SCALAR), *(_entry("x", VECTOR, i) for i in indices[:1])]
        pair = st.tuples(terms(SCALAR, depth, indices), st.sampled_from(variables))
        return pair.map(lambda p: Term("derivative", p, ("numerator",)))
    if shape == VECTOR:
        return terms(SCALAR, depth, indices).map(lambda t: Term("gradient", (t, symbol("x", VECTOR))))
    if shape == SQUARE:
        hessian = terms(SCALAR, depth, indices).map(lambda t: Term("hessian", (t, symbol("x", VECTOR))))
        jacobian = terms(VECTOR, depth, indices).map(
            lambda t: Term("derivative", (t, symbol("x", VECTOR)), ("numerator",))
        )
        return st.one_of(hessian, jacobian)
    return terms(shape, depth, indices)


def _cases(shape: Shape, depth: int, indices: tuple[str, ...]) -> st.SearchStrategy[Term]:
    scalar = terms(SCALAR, depth - 1, indices)
    condition = st.tuples(st.sampled_from(["less", "greater", "less_equal"]), scalar, scalar).map(
        lambda c: Term(c[0], c[1:])
    )
    value = terms(shape, depth - 1, indices)
    return st.tuples(condition, value, value).map(lambda parts: Term("cases", parts))


def _rules(shape: Shape) -> list:  # type: ignore[type-arg]
    rules = [_two("add"), _two("subtract"), _one("negate"), _scaled, _divided, _product, _sum, _cases, _function]
    if shape == SCALAR:
        trace = [_one("trace", lambda _: SQUARE), _one("determinant", lambda _: SQUARE), _one("rank", lambda _: WIDE)]
        dot = lambda s, d, i: st.tuples(terms(VECTOR, d, i), terms(VECTOR, d, i)).map(lambda p: Term("dot", p))  # noqa: E731
        return [*rules, *trace, _power, _undeclared, _applied, _norm, dot, _derivative]
    rules += [_two("hadamard"), _one("transpose", lambda s: s.transposed), _undeclared]
    if shape == VECTOR:
        rules += [_derivative, _one("diagonal", lambda _: SQUARE)]
    if shape == SQUARE:
        rules += [_one("inverse"), _power, _derivative, _one("diag", lambda _: VECTOR)]
    return rules


shapes = st.sampled_from([SCALAR, SCALAR, SCALAR, VECTOR, SQUARE, WIDE, OTHER, Shape((ONE, N))])
any_terms = shapes.flatmap(terms)
