"""What hypotheses say about how to draw values: equations that give a symbol, bounds, properties, linear equations.

A plan only helps to find models. Whether a hypothesis holds in a model is always evaluated afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from types import MappingProxyType

from verifier.instantiation.chance import DECLARED, MOMENTS, SAID
from verifier.instantiation.dependence import DERIVATIVES, Names
from verifier.instantiation.facts import Fact, Forms
from verifier.instantiation.orders import bounds_of
from verifier.instantiation.penrose import pseudoinverses
from verifier.instantiation.problems import Condition, Problem, conditions
from verifier.instantiation.ranges import constant_from
from verifier.kernel import linear
from verifier.kernel.terms import Term, index_forms, name_of, subterms

NONLINEAR = 99
ROUNDS = 3
TWO = Term("number", (), (Fraction(2),))
CURVED = frozenset(("orthogonal", "orthonormal_columns", "orthonormal_rows", "idempotent", "projection", "permutation"))


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation that is linear in each of the candidates, of all the free symbols in it."""

    condition: Condition
    names: Names
    candidates: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What is known of each symbol before anything is drawn.

    ``given`` are the hypotheses that hold by construction; ``constant_from`` says of families from which index on all
    members are the same.
    """

    problem: Problem
    values: dict[str, list[Fact]] = field(default_factory=dict)
    bounds: dict[str, list[Fact]] = field(default_factory=dict)
    orders: dict[str, list[Fact]] = field(default_factory=dict)
    kinds: dict[str, list[Fact]] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    given: frozenset[int] = frozenset()
    constant_from: Mapping[str, int] = field(default_factory=dict)

    def reach(self, term: Term) -> Names:
        """The free symbols on which a term depends, through definitions and through equations that give a symbol."""
        found: set[str] = set()
        pending = set(self.problem.dependence.names(term))
        while pending:
            name = pending.pop()
            found.add(name)
            for fact in self.values.get(name, ()):
                if fact.term is not None:
                    pending |= self.problem.dependence.names(fact.term) - found
        return frozenset(found - self.problem.dependence.definitions.keys() - self.values.keys())

    def says_of(self, name: str) -> bool:
        """Whether anything but equations is said of a symbol."""
        return name in self.kinds or name in self.bounds or name in self.orders

    @property
    def components(self) -> bool:
        """Whether the models of the hypotheses may fall into parts, as orthogonal matrices do by their determinant."""
        return bool(self.equations) or any(fact.kind in CURVED for facts in self.kinds.values() for fact in facts)

    def followers(self, name: str) -> Names:
        """The symbols that equations say are terms in a symbol."""
        given = self.values.items()
        return frozenset(s for s, facts in given if any(f.term and name in self.reach(f.term) for f in facts))


def plan_of(problem: Problem, hint: Term | None = None) -> Plan:
    """The plan for the hypotheses, and for a hint that is to hold too. Raises Unsupported for hypotheses over an
    infinite range that no finite model can be checked against.
    """
    plan = Plan(problem)
    hypotheses = problem.hypotheses if hint is None else (*problem.hypotheses, hint)
    _assign_pseudoinverses(plan, hypotheses)
    left = [condition for condition in conditions(hypotheses) if not _assign(plan, condition)]
    sources = {fact.source for facts in plan.values.values() for fact in facts if len(facts) == 1}
    plan.given = frozenset(sources - {condition.source for condition in left})
    for condition in left:
        used = _describe(plan, condition)
        if not used and condition.body.head == "equal":
            _equate(plan, condition)
        elif not used:
            _order(plan, condition)
    for condition in left:
        _bound_rate(plan, condition, hypotheses)
    own = [condition for condition in left if condition.source < len(problem.hypotheses)]
    plan.constant_from = constant_from(problem, [c for c in own if not _is_of_a_law(plan, c)], plan.values)
    return plan


def _bound_rate(plan: Plan, condition: Condition, hypotheses: tuple[Term, ...]) -> None:
    """Note that p is between 0 and 1 where E x = p and x² = x, and that S is semidefinite where Var x = S."""
    for mean, rate in _orientations(condition.body) if condition.body.head == "equal" else []:
        if mean.head == "variance" and rate.head == "symbol" and rate.space().is_scalar:
            _note(plan.bounds, condition, rate, ">", Term("number", (), (Fraction(0),)))
        elif mean.head == "variance" and rate.head == "symbol":
            _note(plan.kinds, condition, rate, "positive_semidefinite")
        if mean.head != "expectation" or mean.args[0].head != "symbol" or rate.head != "symbol":
            continue
        squares = (part for h in hypotheses for part in subterms(h) if part.head == "power" and part.args[1] == TWO)
        if any(
            square.args[0].head == "symbol" and square.args[0].data[0] == mean.args[0].data[0] for square in squares
        ):
            for kind, limit in ((">", 0), ("<", 1)):
                _note(plan.bounds, condition, rate, kind, Term("number", (), (Fraction(limit),)))


def _is_of_a_law(plan: Plan, condition: Condition) -> bool:
    """Whether a condition is about the law of each random member alone, or about independence.

    Where it holds for the first few members it holds for all, if the others are independent copies of the last of them.
    So nothing that is said of pairs is meant: every two of five numbers may have the correlation -1/4, but not of six.
    """
    body, chance = condition.body, plan.problem.chance
    if body.head in DECLARED or (body.head == "property" and body.data[0] in SAID):
        return True
    if sum(upper is None for _, _, upper in condition.quantifiers) > 1:
        return False
    quantified = {name for name, _, _ in condition.quantifiers}
    for part in subterms(body):
        own = {a for form in index_forms(part) for a in linear.atoms(form)} & quantified
        drawn = part.head == "symbol" and part.data[0] in chance.names and part.data[0] not in plan.values
        if own and not (drawn and all(linear.single(form) is not None for form in part.data[2])):
            return False
    return body.head == "equal" and bool(chance.names & plan.problem.dependence.names(body))


# equations that give a symbol


def _assign_pseudoinverses(plan: Plan, hypotheses: tuple[Term, ...]) -> None:
    """What the four Penrose equations say to be a pseudo-inverse is computed; they are checked all the same."""
    plain = [c for c in conditions(hypotheses) if c.body.head == "equal" and not c.quantifiers]
    for matrix, target in pseudoinverses(condition.body for condition in plain):
        term = Term("pseudoinverse", (matrix,))
        if target.head == "symbol" and not target.data[2] and _can_be_given(plan, target, term, plain[0]):
            name = target.data[0]
            plan.values[name] = [Fact(name, (), (), "=", term)]


def _assign(plan: Plan, condition: Condition) -> bool:
    if condition.body.head != "equal":
        return False
    sides = [_bare(target, term) for target, term in _orientations(condition.body)]
    for target, term in sorted(sides, key=lambda pair: _is_described(plan, pair[0])):
        if target.head != "symbol" or not _can_be_given(plan, target, term, condition):
            continue
        name, _, forms = target.data
        fact = Fact(name, forms, condition.quantifiers, "=", term, source=condition.source)
        plan.values.setdefault(name, []).append(fact)
        return True
    return False


def _bare(target: Term, term: Term) -> tuple[Term, Term]:
    """Aᵀ = t gives A = tᵀ; likewise A⁻¹ and -A."""
    while target.head in ("transpose", "inverse", "negate"):
        target, term = target.args[0], Term(target.head, (term,))
    return target, term


def _orientations(equation: Term) -> list[tuple[Term, Term]]:
    left, right = equation.args
    return [(left, right), (right, left)]


def _is_described(plan: Plan, target: Term) -> bool:
    """Whether some hypothesis states a property of the symbol: then it is better drawn than given."""
    for hypothesis in plan.problem.hypotheses:
        for part in subterms(hypothesis):
            if part.head == "property" and part.args[0] == target:
                return True
    return False


def _can_be_given(plan: Plan, target: Term, term: Term, condition: Condition) -> bool:
    name, _, forms = target.data
    if name in plan.problem.dependence.definitions or (name in plan.values and not forms):
        return False
    quantified = {q for q, _, _ in condition.quantifiers}
    used = {a for form in forms for a in linear.atoms(form)}
    if not quantified <= used or any(len(quantified & set(linear.atoms(form))) > 1 for form in forms):
        return False
    if any(part.head in MOMENTS for part in subterms(term)) and _is_of_several_moments(plan, name):
        return False
    if name in plan.problem.dependence.names(term):
        return bool(forms) and bool(quantified) and _refers_elsewhere(name, forms, term)
    return name not in plan.reach(term)


def _refers_elsewhere(name: str, forms: Forms, term: Term) -> bool:
    """Whether a family's own members in the term have a smaller index: then they can be computed in turn."""
    for part in subterms(term):
        if part.head == "symbol" and part.data[0] == name:
            steps = [linear.constant_value(linear.minus(a, b)) for a, b in zip(forms, part.data[2], strict=True)]
            if any(step is None for step in steps) or not any(step and step > 0 for step in steps):
                return False
    return True


# bounds and properties

COMPARISONS = {"less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">="}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
LOEWNER = {
    "loewner_greater": (0, "positive_definite"),
    "loewner_greater_equal": (0, "positive_semidefinite"),
    "loewner_less": (1, "positive_definite"),
    "loewner_less_equal": (1, "positive_semidefinite"),
}


def _describe(plan: Plan, condition: Condition) -> bool:
    body = condition.body
    if body.head in COMPARISONS:
        return _bound(plan, condition, COMPARISONS[body.head])
    if body.head in LOEWNER:
        side, definite = LOEWNER[body.head]
        return body.args[1 - side].head == "zeros" and _note(plan.kinds, condition, body.args[side], definite)
    if body.head == "property":
        return _note(plan.kinds, condition, body.args[0], str(body.data[0]))
    if body.head == "equal":
        for left, right in _orientations(body):
            kind = _pattern(left, right)
            if kind is not None and _note(plan.kinds, condition, kind[0], kind[1], kind[2]):
                return True
    return False


def _note(
    table: dict[str, list[Fact]], condition: Condition, target: Term, kind: str, term: Term | None = None
) -> bool:
    symbol, place = (target.args[0], target.data[0]) if target.head == "entry" else (target, None)
    if symbol.head != "symbol":
        return False
    name, _, forms = symbol.data
    table.setdefault(name, []).append(Fact(name, forms, condition.quantifiers, kind, term, place))
    return True


def _bound(plan: Plan, condition: Condition, kind: str) -> bool:
    left, right = condition.body.args
    found = _note(plan.bounds, condition, left, kind, right)
    found = _note(plan.bounds, condition, right, FLIPPED[kind], left) or found
    for side, limit, relation in ((left, right, kind), (right, left, FLIPPED[kind])):
        if side.head == "elementwise" and side.data[0] == "abs" and relation in ("<", "<="):
            inner = side.args[0]
            found = _note(plan.bounds, condition, inner, relation, limit) or found
            found = _note(plan.bounds, condition, inner, FLIPPED[relation], Term("negate", (limit,))) or found
    return found


def _order(plan: Plan, condition: Condition) -> bool:
    """Note one symbol of a condition A - B ⪰ 0 as bounded by the rest, unless the rest is itself drawn after it."""
    for bound in bounds_of(condition.body):
        name = bound.target.data[0]
        if name not in plan.values and not _waits(plan, bound.limit, name):
            return _note(plan.orders, condition, bound.target, bound.relation, bound.limit)
    return False


def _waits(plan: Plan, term: Term, name: str) -> bool:
    """Whether a term depends on a symbol, also through the matrices that bound its own."""
    pending, seen = set(plan.reach(term)), set[str]()
    while pending:
        here = pending.pop()
        if here == name:
            return True
        seen.add(here)
        limits = (fact.term for fact in plan.orders.get(here, ()) if fact.term is not None)
        pending |= {n for limit in limits for n in plan.reach(limit)} - seen
    return False


def _pattern(left: Term, right: Term) -> tuple[Term, str, Term | None] | None:
    """Equations that state a property: VᵀV = I, P² = P, Aᵀ = ±A, ‖u‖ = 1, rank A = r."""
    one = right == Term("number", (), (Fraction(1),))
    match left:
        case Term("multiply", (Term("transpose", (a,)), b)) if a == b and (right.head == "identity" or one):
            return a, "orthonormal_columns", None
        case Term("multiply", (a, Term("transpose", (b,)))) if a == b and (right.head == "identity" or one):
            return a, "orthonormal_rows", None
        case Term("dot", (a, b)) if a == b and one:
            return a, _unit(a), None
        case Term("norm", (a,), ("2",)) if one:
            return a, _unit(a), None
        case Term("power", (Term("norm", (a,), ("2",)), _)) if one:
            return a, _unit(a), None
        case Term("multiply", (a, b)) if a == b == right:
            return a, "idempotent", None
        case Term("power", (a, Term("number", (), (Fraction(numerator=2, denominator=1),)))) if a == right:
            return a, "idempotent", None
        case Term("transpose", (a,)) if a == right:
            return a, "symmetric", None
        case Term("transpose", (a,)) if right == Term("negate", (a,)):
            return a, "skew", None
        case Term("rank", (a,)):
            return a, "rank", right
    return None


def _unit(vector: Term) -> str:
    return "orthonormal_columns" if vector.space().columns == linear.ONE else "orthonormal_rows"


def _is_of_several_moments(plan: Plan, name: str) -> bool:
    """Whether several hypotheses say of what moments a symbol is: a law is drawn to match it, and not it to match."""
    saying = (
        hypothesis
        for hypothesis in plan.problem.hypotheses
        if name in plan.problem.dependence.names(hypothesis)
        and any(part.head in MOMENTS for part in subterms(hypothesis))
    )
    return len(list(islice(saying, 2))) > 1


# linear equations


def _equate(plan: Plan, condition: Condition) -> None:
    """Note the symbols in which the equation is linear, and any of which could be solved for. Moments are given."""
    if any(part.head in MOMENTS for part in subterms(condition.body)):
        return
    names = plan.reach(condition.body)
    curved = {f.name for facts in plan.kinds.values() for f in facts if f.kind in CURVED} | plan.problem.chance.tainted
    single = {p.data[0] for t in _all_terms(plan) for p in subterms(t) if p.head == "symbol" and not p.data[2]}
    left, right = condition.body.args
    candidates = tuple(
        name
        for name in sorted(names & single - curved)
        if max(degree(plan, left, name), degree(plan, right, name)) == 1
    )
    if candidates:
        plan.equations.append(Equation(condition, names, candidates))


def _all_terms(plan: Plan) -> Iterable[Term]:
    yield from plan.problem.hypotheses
    for definition in plan.problem.dependence.definitions.values():
        yield definition.body
    for facts in plan.values.values():
        yield from (fact.term for fact in facts if fact.term is not None)


def _sum_of(parts: list[int]) -> int:
    return min(NONLINEAR, sum(parts))


def _largest(parts: list[int]) -> int:
    return max(parts, default=0)


COMBINED: dict[str, Callable[[list[int]], int]] = {
    **dict.fromkeys(("add", "subtract", "negate", "transpose", "trace", "diag", "diagonal", "entry"), _largest),
    **dict.fromkeys(("row", "column", "block", "build_rows", "build_columns", "sum"), _largest),
    **dict.fromkeys(("multiply", "dot", "hadamard", "kronecker"), _sum_of),
}


def degree(plan: Plan, term: Term, name: str, assumed: Mapping[str, int] = MappingProxyType({})) -> int:
    """The degree of a term in a symbol, through other symbols; NONLINEAR if it is no polynomial.

    ``assumed`` are degrees of symbols that are given by one another, as the members of a recurrence are.
    """
    if name not in plan.reach(term):
        return 0
    parts = [degree(plan, arg, name, assumed) for arg in term.args]
    match term.head:
        case "symbol":
            return 1 if term.data[0] == name else _degree_of_meaning(plan, str(term.data[0]), name, assumed)
        case "divide":
            return parts[0] if not parts[1] else NONLINEAR
        case "power":
            exponent = term.args[1].data[0] if term.args[1].head == "number" else Fraction(NONLINEAR)
            if term.args[0].head == "norm" and term.args[0].data[0] in ("2", "F") and exponent % 2 == 0:
                parts = [degree(plan, arg, name, assumed) for arg in term.args[0].args]
            return min(NONLINEAR, parts[0] * exponent.numerator) if exponent.denominator == 1 else NONLINEAR
        case "norm":
            return NONLINEAR
        case head if head in DERIVATIVES:
            lost = (2 if head == "hessian" else 1) if name_of(term.args[1]) == name else 0
            return max(0, parts[0] - lost) if parts[0] < NONLINEAR else NONLINEAR
    combine = COMBINED.get(term.head)
    return NONLINEAR if combine is None else combine(parts)


def _degree_of_meaning(plan: Plan, symbol: str, name: str, assumed: Mapping[str, int]) -> int:
    if symbol in assumed:
        return assumed[symbol]
    definition = plan.problem.dependence.definitions.get(symbol)
    if definition is not None:
        return degree(plan, definition.body, name, assumed)
    terms = [fact.term for fact in plan.values.get(symbol, ()) if fact.term is not None]
    least = 0
    for _ in range(ROUNDS):
        found = max((degree(plan, term, name, {**assumed, symbol: least}) for term in terms), default=0)
        if found == least:
            return found
        least = found
    return NONLINEAR
