"""Random small conditions: true ones of many kinds, the same with something changed, and arbitrary ones."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from tests.kernel.building import add, div, eq, fn, mul, neg, num, power, rel, sub, sym, x, y
from verifier.kernel.heads import TermError
from verifier.kernel.linear import Linear, constant, plus, times, variable
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, negation, subterms

LETTERS = tuple(sym(name) for name in "abcd")
ZERO, ONE, TWO = num(0), num(1), num(2)
RELATIONS = ("less", "less_equal", "greater", "greater_equal")
ORDER = (*RELATIONS, "equal", "not_equal")
Parts = tuple[Term, tuple[Term, ...]]
Indices = tuple[tuple[str, tuple[Linear, Linear | None]], ...]


def absolute(term: Term) -> Term:
    return fn("abs", term)


def most(*terms: Term) -> Term:
    return Term("maximum", terms)


def least(*terms: Term) -> Term:
    return Term("minimum", terms)


def norm(term: Term) -> Term:
    return Term("norm", (term,), ("2",))


class Maker:
    """Random terms and claims."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.letters = LETTERS[:2]

    def claim(self) -> Sequent:
        """The next claim that is well formed."""
        while True:
            self.letters = LETTERS[: self.random.choice((1, 2, 2, 2, 3, 3, 4))]
            indices: Indices = ()
            kind = self.random.random()
            try:
                if kind < 0.16:
                    conclusion, given = self.of_powers()
                    indices = (("t", (constant(self.random.choice((0, 0, 0, 0, 1, -1, -2))), None)),)
                elif kind < 0.26:
                    conclusion, given = self.of_vectors()
                elif kind < 0.76:
                    conclusion, given = self.random.choice(LAWS)(self)
                else:
                    conclusion, given = (
                        self.proposition(),
                        tuple(self.given() for _ in range(self.random.randint(0, 3))),
                    )
                for _ in range(self.random.choice((0, 0, 1, 1, 2))):
                    conclusion, given = self.changed(conclusion, given)
                return Sequent(conclusion, tuple(dict.fromkeys(given)), (), indices)
            except (TermError, ShapeError, ClaimError, ZeroDivisionError):
                continue

    # terms

    def constant(self) -> Term:
        return num(str(self.random.choice((0, 1, 1, 1, 2, 2, 3, -1, -2, Fraction(1, 2), Fraction(-1, 2), 4))))

    def letter(self) -> Term:
        return self.random.choice(self.letters)

    def term(self, depth: int = 2) -> Term:
        if depth == 0 or self.random.random() < 0.25:
            return self.letter() if self.random.random() < 0.75 else self.constant()
        first, second = self.term(depth - 1), self.term(depth - 1)
        match self.random.randint(0, 15):
            case 0 | 1 | 2:
                return add(first, second)
            case 3 | 4:
                return sub(first, second)
            case 5 | 6 | 7:
                return mul(first, second)
            case 8:
                return power(first, self.random.choice((2, 2, 3, 4)))
            case 9:
                return absolute(first)
            case 10:
                return most(first, second)
            case 11:
                return least(first, second)
            case 12:
                return fn("relu", first)
            case 13:
                return div(first, second) if self.random.random() < 0.6 else power(first, -1)
            case 14:
                return fn("sqrt", self.random.choice((first, power(first, 2), absolute(first))))
        return Term(
            "cases", (rel(self.random.choice(ORDER), first, second), self.term(depth - 1), self.term(depth - 1))
        )

    def comparison(self, depth: int = 2) -> Term:
        head = self.random.choice((*RELATIONS, *RELATIONS, "equal", "not_equal"))
        right = self.constant() if self.random.random() < 0.5 else self.term(depth - 1)
        return rel(head, self.term(depth), right)

    def given(self) -> Term:
        """What is often supposed: signs, ranges, order."""
        a, b, k = self.letter(), self.letter(), self.constant()
        choices: list[Callable[[], Term]] = [
            lambda: rel("greater", a, ZERO),
            lambda: rel("greater_equal", a, ZERO),
            lambda: rel("not_equal", a, ZERO),
            lambda: rel("less_equal", a, ONE),
            lambda: rel("less", absolute(a), ONE),
            lambda: rel(self.random.choice(ORDER), a, b),
            lambda: rel(self.random.choice(RELATIONS), a, k),
            lambda: rel(self.random.choice(RELATIONS), mul(a, b), k),
            lambda: eq(self.term(1), self.term(1)),
            lambda: Term("or", (rel("greater", a, k), rel("less", b, k))),
            lambda: Term("and", (rel("greater", a, ZERO), rel("less", a, div(TWO, b)))),
            lambda: self.comparison(1),
        ]
        return self.random.choice(choices)()

    def proposition(self) -> Term:
        kind = self.random.random()
        if kind < 0.7:
            return self.comparison()
        head = self.random.choice(("implies", "implies", "iff", "or", "and", "not"))
        parts = tuple(self.comparison(1) for _ in range(1 if head == "not" else 2))
        return Term(head, parts)

    # what is changed

    def changed(self, conclusion: Term, given: tuple[Term, ...]) -> Parts:
        """The claim with a constant, a relation or an operation changed, or with a hypothesis less."""
        if given and self.random.random() < 0.3:
            k = self.random.randrange(len(given))
            return conclusion, given[:k] + given[k + 1 :]
        whole = Term("and", (conclusion, *given))
        places = [path for path in _paths(whole) if path]
        path = self.random.choice(places)
        edited = _replaced(whole, path, self.neighbour)
        return edited.args[0], edited.args[1:]

    def neighbour(self, term: Term) -> Term:
        """A term like it that is another."""
        choose = self.random.choice
        match term.head:
            case "number":
                return num(str(term.data[0] + choose((Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(1, 100)))))
            case "maximum" | "minimum":
                return Term("minimum" if term.head == "maximum" else "maximum", term.args)
            case "add" | "subtract":
                return Term("subtract" if term.head == "add" else "add", term.args)
            case "symbol" if term.space().is_scalar:
                return choose((self.letter(), neg(term), add(term, ONE)))
            case "elementwise" if term.data[0] in ("abs", "relu", "sqrt"):
                return choose((term.args[0], fn("relu", term.args[0]), absolute(term.args[0])))
            case "multiply" | "divide":
                return Term(term.head, term.args[::-1])
            case "implies":
                return choose((Term("implies", term.args[::-1]), Term("iff", term.args)))
            case head if head in ORDER and term.args[0].space().is_scalar:
                return choose((Term(choose(ORDER), term.args), negation(term), Term(head, term.args[::-1])))
        return term

    # powers of an index

    def of_powers(self) -> Parts:
        a, b, t = self.letter(), self.letter(), Term("index", (), (variable("t"),))
        forms = (
            variable("t"),
            plus(variable("t"), constant(1)),
            plus(variable("t"), constant(2)),
            times(2, variable("t")),
        )
        e, f = (Term("index", (), (self.random.choice((forms[0], *forms)),)) for _ in range(2))
        if self.random.random() < 0.1:
            e = mul(t, t)
        base = self.random.choice(
            (a, a, sub(ONE, a), absolute(a), fn("relu", a), add(a, b), mul(a, b), most(a, b), sub(a, b))
        )
        inside = (rel("greater_equal", a, ZERO), rel("less_equal", a, ONE))
        found: list[Callable[[], Parts]] = [
            lambda: (rel("greater_equal", power(base, e), ZERO), (rel("greater_equal", base, ZERO),)),
            lambda: (rel("greater", power(base, e), ZERO), (rel("greater", base, ZERO),)),
            lambda: (rel("less_equal", power(sub(ONE, a), e), ONE), inside),
            lambda: (rel("less_equal", power(base, e), ONE), (rel("less_equal", absolute(base), ONE),)),
            lambda: (
                rel("less_equal", power(a, e), power(b, e)),
                (rel("less_equal", ZERO, a), rel("less_equal", a, b)),
            ),
            lambda: (eq(mul(power(base, e), power(base, f)), power(base, add(e, f))), ()),
            lambda: (eq(power(base, add(e, ONE)), mul(base, power(base, e))), ()),
            lambda: (eq(mul(power(fn("relu", a), e), fn("step", a)), power(fn("relu", a), e)), ()),
            lambda: (rel("less_equal", add(ONE, mul(t, a)), power(add(ONE, a), t)), (rel("greater_equal", a, ZERO),)),
            lambda: (rel("less", power(a, e), power(b, e)), (rel("less", ZERO, a), rel("less", a, b))),
            lambda: (rel("less_equal", power(a, add(e, ONE)), power(a, e)), inside),
            lambda: (rel("not_equal", power(base, e), ZERO), (rel("not_equal", base, ZERO),)),
            lambda: (eq(absolute(power(a, e)), power(absolute(a), e)), ()),
            lambda: (eq(power(mul(a, b), e), mul(power(a, e), power(b, e))), ()),
            lambda: (rel("greater_equal", power(power(a, 2), e), ZERO), ()),
            lambda: (rel(self.random.choice(ORDER), power(base, e), self.constant()), (self.given(), self.given())),
            lambda: (eq(power(num(self.random.choice((-1, -2, 2))), e), power(base, f)), (eq(base, num(-1)),)),
        ]
        return self.random.choice(found)()

    # vectors

    def of_vectors(self) -> Parts:
        a, inner = self.letter(), Term("dot", (x, y))
        u, v = norm(x), norm(y)
        found: list[Parts] = [
            (rel("less_equal", norm(add(x, y)), add(u, v)), ()),
            (rel("less_equal", sub(u, v), norm(sub(x, y))), ()),
            (rel("less_equal", inner, mul(u, v)), ()),
            (rel("less_equal", absolute(inner), mul(u, v)), ()),
            (eq(norm(mul(a, x)), mul(absolute(a), u)), ()),
            (eq(norm(mul(a, x)), mul(a, u)), (rel("greater_equal", a, ZERO),)),
            (rel("less_equal", mul(TWO, inner), add(power(u, 2), power(v, 2))), ()),
            (rel("less_equal", power(norm(add(x, y)), 2), mul(TWO, add(power(u, 2), power(v, 2)))), ()),
            (eq(power(norm(sub(x, y)), 2), add(sub(power(u, 2), mul(TWO, inner)), power(v, 2))), ()),
            (rel("greater_equal", u, ZERO), ()),
            (rel("less_equal", norm(mul(a, x)), u), (rel("less_equal", absolute(a), ONE),)),
            (rel("less", norm(mul(a, x)), u), (rel("less", absolute(a), ONE), rel("not_equal", u, ZERO))),
            (rel("greater", u, ZERO), (rel("not_equal", inner, ZERO),)),
            (rel("less_equal", power(inner, 2), mul(power(u, 2), power(v, 2))), ()),
            (rel("less_equal", u, a), (rel("less_equal", power(u, 2), power(a, 2)), rel("greater_equal", a, ZERO))),
        ]
        return self.random.choice(found)


Law = Callable[[Maker], Parts]


def _three(make: Maker, depth: int = 1) -> tuple[Term, Term, Term]:
    return make.term(depth), make.term(depth), make.term(depth)


def _sums_of_squares(make: Maker) -> Parts:
    """p² + q² ≥ 2 p q, with a sum that need not be written so"""
    p, q, _ = _three(make)
    k = make.random.choice((1, 2, 3))
    return rel("less_equal", mul(num(2 * k), mul(p, q)), mul(num(k), add(power(p, 2), power(q, 2)))), ()


def _products(make: Maker) -> Parts:
    """p ≥ 0 and q ≤ r give p q ≤ p r"""
    p, q, r = _three(make)
    strict = make.random.random() < 0.5
    signs = (rel("greater" if strict else "greater_equal", p, ZERO), rel("less" if strict else "less_equal", q, r))
    return rel("less" if strict else "less_equal", mul(p, q), mul(p, r)), signs


def _absolute_values(make: Maker) -> Parts:
    p, q, r = _three(make)
    found = (
        (rel("less_equal", absolute(add(p, q)), add(absolute(p), absolute(q))), ()),
        (eq(absolute(mul(p, q)), mul(absolute(p), absolute(q))), ()),
        (rel("less_equal", absolute(sub(absolute(p), absolute(q))), absolute(sub(p, q))), ()),
        (rel("less_equal", absolute(p), q), (rel("less_equal", p, q), rel("less_equal", neg(q), p))),
        (Term("iff", (rel("less", absolute(p), q), Term("and", (rel("less", neg(q), p), rel("less", p, q))))), ()),
        (eq(power(absolute(p), 2), power(p, 2)), ()),
        (rel("less", absolute(p), absolute(q)), (rel("less", power(p, 2), power(q, 2)),)),
        (rel("less_equal", absolute(p), r), (rel("less_equal", absolute(add(p, q)), sub(r, absolute(q))),)),
    )
    return make.random.choice(found)


def _extremes(make: Maker) -> Parts:
    p, q, r = _three(make)
    found: tuple[Parts, ...] = (
        (eq(add(most(p, q), least(p, q)), add(p, q)), ()),
        (eq(most(p, q), div(add(add(p, q), absolute(sub(p, q))), TWO)), ()),
        (rel("less_equal", most(p, q), r), (rel("less_equal", p, r), rel("less_equal", q, r))),
        (rel("less_equal", least(p, q), most(q, r)), ()),
        (rel("less_equal", most(add(p, r), q), add(most(p, q), fn("relu", r))), ()),
        (rel("less", least(p, q), r), (Term("or", (rel("less", p, r), rel("less", q, r))),)),
        (Term("implies", (rel("less", most(p, q), r), rel("less", p, r))), ()),
        (eq(fn("relu", p), most(p, ZERO)), ()),
        (eq(sub(fn("relu", p), fn("relu", neg(p))), p), ()),
        (rel("less_equal", absolute(sub(fn("relu", p), fn("relu", q))), absolute(sub(p, q))), ()),
        (eq(most(p, most(q, r)), most(most(p, q), r)), ()),
        (rel("less_equal", mul(most(p, q), least(p, q)), power(most(absolute(p), absolute(q)), 2)), ()),
    )
    return make.random.choice(found)


def _fractions(make: Maker) -> Parts:
    p, q, r = _three(make, 0)
    above = tuple(rel("greater", one, ZERO) for one in (p, q))
    found: tuple[Parts, ...] = (
        (rel("less", div(r, add(p, q)), div(r, p)), (*above, rel("greater", r, ZERO))),
        (rel("less_equal", TWO, add(div(p, q), div(q, p))), (rel("greater", mul(p, q), ZERO),)),
        (rel("less", div(p, add(p, q)), ONE), above),
        (rel("less", absolute(sub(ONE, mul(p, q))), ONE), (*above, rel("less", p, div(TWO, q)))),
        (Term("iff", (rel("less", mul(p, q), r), rel("less", p, div(r, q)))), above[1:]),
        (rel("less_equal", div(ONE, q), div(ONE, p)), (above[0], rel("less_equal", p, q))),
        (rel("less_equal", div(p, q), div(r, q)), (above[1], rel("less_equal", p, r))),
        (eq(div(p, q), r), (eq(p, mul(q, r)), rel("not_equal", q, ZERO))),
        (rel("greater", add(p, div(ONE, p)), ONE), above[:1]),
        (Term("iff", (rel("less", div(p, q), ZERO), rel("less", mul(p, q), ZERO))), (rel("not_equal", q, ZERO),)),
    )
    return make.random.choice(found)


def _roots(make: Maker) -> Parts:
    p, q, r = _three(make, 0)
    sign = tuple(rel("greater_equal", one, ZERO) for one in (p, q))
    root = fn("sqrt", p)
    found: tuple[Parts, ...] = (
        (rel("less_equal", mul(TWO, fn("sqrt", mul(p, q))), add(p, q)), sign),
        (eq(fn("sqrt", power(p, 2)), absolute(p)), ()),
        (rel("less_equal", fn("sqrt", p), fn("sqrt", q)), (sign[0], rel("less_equal", p, q))),
        (rel("less_equal", fn("sqrt", add(p, q)), add(root, fn("sqrt", q))), sign),
        (rel("less_equal", root, q), (*sign, rel("less_equal", p, power(q, 2)))),
        (eq(mul(root, root), p), sign[:1]),
        (rel("less_equal", root, div(add(p, ONE), TWO)), sign[:1]),
        (rel("less", root, ONE), (sign[0], rel("less", p, ONE))),
        (rel("less_equal", absolute(p), fn("sqrt", add(power(p, 2), power(q, 2)))), ()),
        (rel("greater", fn("sqrt", add(power(r, 2), ONE)), r), ()),
    )
    return make.random.choice(found)


def _logic(make: Maker) -> Parts:
    p, q, r = _three(make)
    less = rel("less", p, q)
    found: tuple[Parts, ...] = (
        (Term("implies", (less, rel("less", mul(TWO, p), add(p, q)))), ()),
        (rel("less", p, r), (less, rel("less_equal", q, r))),
        (Term("iff", (less, rel("greater", sub(q, p), ZERO))), ()),
        (Term("or", (less, rel("greater_equal", p, q))), ()),
        (Term("iff", (eq(mul(p, q), ZERO), Term("or", (eq(p, ZERO), eq(q, ZERO))))), ()),
        (eq(p, q), (rel("less_equal", p, q), rel("greater_equal", p, q))),
        (rel("less", p, q), (rel("less_equal", p, q), rel("not_equal", p, q))),
        (eq(p, ZERO), (eq(add(power(p, 2), power(q, 2)), ZERO),)),
        (rel("not_equal", p, q), (Term("or", (less, rel("greater", p, q))),)),
        (rel("greater", r, ZERO), (Term("implies", (less, rel("greater", r, ZERO))), less)),
        (Term("not", (Term("and", (less, rel("less", q, p))),)), ()),
    )
    return make.random.choice(found)


def _branches(make: Maker) -> Parts:
    p, q, r = _three(make)
    at_most = rel("less_equal", p, q)
    huber = Term("cases", (rel("less_equal", absolute(p), ONE), div(power(p, 2), TWO), sub(absolute(p), num("1/2"))))
    found: tuple[Parts, ...] = (
        (eq(Term("cases", (at_most, p, q)), least(p, q)), ()),
        (rel("less_equal", Term("cases", (at_most, p, q)), q), ()),
        (rel("greater_equal", huber, ZERO), ()),
        (rel("less_equal", huber, div(power(p, 2), TWO)), ()),
        (rel("less_equal", huber, absolute(p)), ()),
        (eq(Term("cases", (at_most, r, r)), r), ()),
        (rel("less_equal", Term("cases", (rel("greater", p, ZERO), p, ZERO)), absolute(p)), ()),
        (eq(Term("cases", (rel("greater", p, ZERO), p, neg(p))), absolute(p)), ()),
    )
    return make.random.choice(found)


LAWS: tuple[Law, ...] = (
    _sums_of_squares,
    _products,
    _absolute_values,
    _extremes,
    _fractions,
    _roots,
    _logic,
    _branches,
)


def _paths(term: Term, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    found = [path]
    for k, arg in enumerate(term.args):
        found += _paths(arg, (*path, k))
    return found


def _replaced(term: Term, path: tuple[int, ...], edit: Callable[[Term], Term]) -> Term:
    if not path:
        return edit(term)
    args = list(term.args)
    args[path[0]] = _replaced(args[path[0]], path[1:], edit)
    return Term(term.head, tuple(args), term.data)


def size(sequent: Sequent) -> int:
    """How many parts a claim has."""
    return sum(len(list(subterms(one))) for one in (sequent.conclusion, *sequent.hypotheses))
