"""Members of families by what is known of them: wₜ₊₁ by a recurrence at t, wₜ by an equation that is solved for it.

These are laws for the engine for equations: a member in the rest of an equation is rewritten by a known relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ONE, Atom, Linear, minus, variable
from verifier.kernel.matrices import POWER
from verifier.kernel.polynomials import Base, Factor, Monomial, NormalForm, Unsupported
from verifier.kernel.references import instance
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.goals import Equation
from verifier.proving.moving import opened
from verifier.proving.readback import NotWritten, Writer
from verifier.proving.rewriting import SIGN, Finder, Rewriting, rewrite

FAILURES = (Unsupported, CertificateError, ClaimError)


@dataclass(frozen=True)
class Solved:
    """A known equation, number ``fact``, as member · ``coefficient`` + ``rest`` = 0.

    ``axes`` are the free indices along the axes of the equation, ``quantified`` those that a ∀ binds in it.
    """

    fact: int
    member: Factor
    coefficient: Fraction
    rest: NormalForm
    axes: tuple[int, ...]
    quantified: tuple[int, ...]
    gap: Shape

    @property
    def indices(self) -> tuple[Linear, ...]:
        """The indices of the family at which the member stands."""
        return self.member.slots[: len(self.member.slots) - len(self.axes)]

    def at(self, slots: tuple[Linear, ...]) -> dict[Atom, Linear] | None:
        """The values of the quantified indices at which the member has these indices; None if there are none."""
        values: dict[Atom, Linear] = {}
        for here, there in zip(self.indices, slots, strict=True):
            bound = [(a, c) for a, c in here if a in self.quantified]
            if not bound:
                if here != there:
                    return None
                continue
            ((atom, coefficient),) = bound if len(bound) == 1 else ((0, 0),)
            value = minus(there, minus(here, variable(atom)))
            if coefficient != 1 or values.setdefault(atom, value) != value:
                return None
        return values if len(values) == len(self.quantified) else None


def solved(context: Context) -> list[Solved]:
    """The known equations that give a member of a family."""
    found = []
    for k, known in enumerate(context.known):
        body = known.proposition
        while body.head == "for_all":
            (body,) = body.args
        if body.head == "equal" and any(p.head == "symbol" and p.data[2] for p in subterms(body)):
            try:
                found += list(_solved(context, k, known.proposition))
            except FAILURES:
                continue
    return found


def _solved(context: Context, fact: int, proposition: Term) -> Iterator[Solved]:
    names = []
    while proposition.head == "for_all":
        context, proposition, name = opened(context, proposition)
        names.append(name)
    shape = proposition.args[0].space()
    if len(shape.axes) != 2:
        return
    read, scope = context.reader(), context.scope()
    place = [ONE if axis == ONE else variable(context.algebra.temporary(ONE, axis)) for axis in shape.axes]
    left, right = (read.entry(side, (place[0], place[1]), scope) for side in proposition.args)
    form = context.algebra.subtract(left, right)
    axes = tuple(int(index[0][0]) for index in place if index != ONE)
    quantified = tuple(int(scope.indices[name][0][0]) for name in names)
    members = [one for one in _members(form, axes) if quantified == () or _binds(one[0], quantified)]
    first = [one for one in members if one[0].slots in [m.factors[0].slots for m in left if len(left) == 1]]
    for member, monomial in first or sorted(members, key=lambda one: _offset(one[0]), reverse=True):
        rest = {m: c for m, c in form.items() if m != monomial}
        yield Solved(fact, member, form[monomial], rest, axes, quantified, shape)
        return


def _members(form: NormalForm, axes: tuple[int, ...]) -> Iterator[tuple[Factor, Monomial]]:
    """The members of families that are a summand, up to a number, at the free indices of the form, and nowhere else."""
    along = tuple(variable(axis) for axis in axes)
    for monomial in form:
        if monomial.bound or len(monomial.factors) != 1:
            continue
        (factor,) = monomial.factors
        family = factor.slots[: len(factor.slots) - len(axes)]
        alone = factor.base.kind == "symbol" and factor.exponent == 1 and family
        if alone and factor.slots == family + along and not _is_in(factor, len(family), form, monomial):
            yield factor, monomial


def _is_in(member: Factor, count: int, form: NormalForm, but: Monomial) -> bool:
    """Whether a member may occur in a form outside of one summand, be it at other places of its axes."""
    for monomial in form:
        for factor in monomial.factors if monomial is not but else ():
            if factor.base is member.base and factor.slots[:count] == member.slots[:count]:
                return True
            if factor.base is not member.base and member.base.name in factor.base.names:
                return True
    return False


def _binds(member: Factor, quantified: tuple[int, ...]) -> bool:
    """Whether each quantified index is told by an index of the member."""
    return all(any(dict(slot).get(index) == 1 for slot in member.slots) for index in quantified)


def _offset(member: Factor) -> int:
    return sum(dict(slot).get(CONSTANT, 0) for slot in member.slots)


# the laws


def use_members(equation: Equation) -> bool:
    """w[t + 1] = f(w[t]) by a recurrence, w[t] = … by an equation that gives it"""
    if equation.members is None:
        equation.members = solved(equation.context)
    rules: dict[str, list[Solved]] = {}
    for one in equation.members:
        rules.setdefault(one.member.base.key, []).append(one)
    if not rules:
        return False

    def finder(equation: Equation, factor: Factor) -> Rewriting | None:
        found = (_rewritten(equation, factor, one) for one in rules[factor.base.key])
        return next((one for one in found if one is not None), None)

    return rewrite(equation, lambda factor: factor.base.key in rules, finder)


def _rewritten(equation: Equation, factor: Factor, rule: Solved) -> Rewriting | None:
    context, count = equation.context, len(rule.indices)
    values = rule.at(factor.slots[:count])
    if values is None:
        return None
    at = named_instance(context, rule, values)
    if at is None:
        return None
    algebra, slots = context.algebra, factor.slots[count:]
    here: dict[Atom, Linear] = {**values, **dict(zip(rule.axes, slots, strict=True))}
    rest = algebra.substitute(rule.rest, here) if here else rule.rest
    value = algebra.scale(-1 / rule.coefficient, rest)
    return Rewriting({"fact": rule.fact, "at": at}, value, slots, rule.gap, 1 / rule.coefficient)


def named_instance(context: Context, rule: Solved, values: dict[Atom, Linear]) -> list[object] | None:
    """How a certificate names the instance; None where an index is outside of its range."""
    writer = Writer.of(context.sequent)
    for name, _ in context.indices:
        writer.names[context.scope().indices[name][0][0]] = name
    proposition = context.known[rule.fact].proposition
    forms: list[object] = []
    try:
        for index in rule.quantified:
            form = writer.form(values[index])
            proposition = instance(context, proposition, form)
            forms.append(linear_to_data(form))
    except (*FAILURES, NotWritten):
        return None
    return forms


def split_matrix_powers(equation: Equation) -> bool:
    """M^(k + 1) = M M^k, where an equation for members of a family is used beside it"""
    if not equation.members or not any(_is_power(f) for monomial in equation.rest for f in monomial.factors):
        return False
    matrices = _powers(equation)
    return rewrite(equation, lambda factor: factor.base in matrices and _is_power(factor), _splitter(matrices))


def _is_power(factor: Factor) -> bool:
    return factor.base.kind == "opaque" and factor.base.name == POWER and dict(factor.slots[2]).get(CONSTANT, 0) > 0


def _powers(equation: Equation) -> dict[Base, tuple[Term, bool]]:
    """The matrices of which powers are written, and whether the transpose is read in their place."""
    context, found = equation.context, dict[Base, tuple[Term, bool]]()
    read, scope = context.reader(), context.scope()
    for statement in (equation.goal, *(known.proposition for known in context.known)):
        for part in subterms(unfold(statement, context.sequent.definitions)):
            if part.head != "power" or part.space().is_scalar or part.args[1].head != "index":
                continue
            i, j = (variable(context.algebra.temporary(ONE, axis)) for axis in part.space().axes)
            try:
                form = read.entry(part, (i, j), scope)
            except (Unsupported, KeyError):
                continue
            factors = [factor for monomial in form for factor in monomial.factors]
            if len(factors) == 1 and factors[0].base.name == POWER:
                found.setdefault(factors[0].base, (part.args[0], factors[0].slots[0] == j))
    return found


def _splitter(matrices: dict[Base, tuple[Term, bool]]) -> Finder:
    def finder(equation: Equation, factor: Factor) -> Rewriting | None:
        matrix, turned = matrices[factor.base]
        context = equation.context
        row, column, exponent = factor.slots[:3]
        place = (column, row) if turned else (row, column)
        writer = Writer.of(context.sequent)
        for name, _ in context.indices:
            writer.names[context.scope().indices[name][0][0]] = name
        try:
            below = Term("index", (), (writer.form(minus(exponent, ONE)),))
        except NotWritten:
            return None
        one = Term("index", (), (ONE,))
        value = Term("multiply", (matrix, Term("power", (matrix, below))))
        form = context.reader().entry(value, place, context.scope())
        data = [term_to_data(term) for term in (matrix, one, below)]
        relation = {"axiom": "matrix_power_add", "arguments": data, "premises": [SIGN, SIGN]}
        return Rewriting(relation, form, place, matrix.space())

    return finder


__all__ = ["Solved", "solved", "split_matrix_powers", "use_members"]
