"""Relations that close a gap between normal forms: reciprocals, logarithms, exponentials, symmetry, hypotheses.

A law looks for something in the rest of an equation that a relation rewrites, takes that multiple of it, and says
whether it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.functions import apply
from verifier.kernel.linear import ONE, Linear
from verifier.kernel.polynomials import Factor, Monomial, NormalForm, monomial_text
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.signs import NON_NEGATIVE, POSITIVE
from verifier.kernel.terms import Term, free_names
from verifier.proving.goals import Equation, Use
from verifier.proving.members import split_matrix_powers, use_members
from verifier.proving.rewriting import Finder, Rewriting, instance, powered, rewrite, rewrite_at

Law = Callable[[Equation], bool]


# logarithms


def _is_log_of_product(factor: Factor) -> bool:
    if factor.base.kind != "function" or factor.base.name != "log" or len(factor.base.closed[0].terms) != 1:
        return False
    ((monomial, coefficient),) = factor.base.closed[0].terms.items()
    several = len(monomial.factors) > 1 or (len(monomial.factors) == 1 and monomial.factors[0].exponent != 1)
    return not monomial.bound and coefficient > 0 and several


def split_logarithms(equation: Equation) -> bool:
    """log(ab) = log a + log b, log(aᵉ) = e log a"""
    return rewrite(equation, _is_log_of_product, _split_log)


def _split_log(equation: Equation, factor: Factor) -> Rewriting | None:
    algebra = equation.context.algebra
    ((monomial, coefficient),) = algebra.argument(factor).items()
    first, rest = monomial.factors[0], monomial.factors[1:]
    if rest:
        left = algebra.factor(first.base, first.slots, first.exponent)
        right = algebra.monomial(coefficient, rest, {})
        found = instance(equation, "log_mul", factor, lambda w: [w.scalar(left), w.scalar(right)], 2)
        value = algebra.add(apply(algebra, "log", 0, left), apply(algebra, "log", 0, right))
    else:
        base = algebra.factor(first.base, first.slots)
        exponent = algebra.exponent_value(first.exponent)
        found = instance(equation, "log_pow", factor, lambda w: [w.scalar(base), w.scalar(exponent)], 1)
        value = algebra.multiply(exponent, apply(algebra, "log", 0, base))
    return None if found is None else Rewriting(found[0], value, found[1])


def open_log_sigmoid(equation: Equation) -> bool:
    """log σ(u) = -log(1 + e⁻ᵘ), also where σ(-u) is written 1 - σ(u)"""
    return rewrite(equation, lambda f: f.base.kind == "function" and f.base.name == "log", _log_sigmoid)


def _log_sigmoid(equation: Equation, factor: Factor) -> Rewriting | None:
    algebra = equation.context.algebra
    argument = algebra.argument(factor)
    for candidate in (argument, algebra.subtract(algebra.number(1), argument)):
        if len(candidate) != 1:
            continue
        ((monomial, coefficient),) = candidate.items()
        if coefficient != 1 or monomial.bound or len(monomial.factors) != 1:
            continue
        only = monomial.factors[0]
        if only.base.kind != "function" or only.base.name != "sigmoid" or only.exponent != 1:
            continue
        inner = algebra.argument(only)
        inner = inner if candidate is argument else algebra.scale(Fraction(-1), inner)
        found = instance(equation, "log_sigmoid", factor, lambda w, inner=inner: [w.scalar(inner)], 0)  # type: ignore[misc]
        if found is None:
            return None
        bottom = algebra.add(algebra.number(1), apply(algebra, "exp", 0, algebra.scale(Fraction(-1), inner)))
        return Rewriting(found[0], algebra.scale(Fraction(-1), apply(algebra, "log", 0, bottom)), found[1])
    return None


# functions that are rational in exponentials


def _inner_names(equation: Equation) -> set[str]:
    names: set[str] = set()
    for monomial in equation.rest:
        for factor in monomial.factors:
            names.add(factor.base.name)
            for closed in factor.base.closed:
                names.update(inner.base.name for m in closed.terms for inner in m.factors)
    return names


def write_in_exponentials(equation: Equation) -> bool:
    """σ(u) = 1/(1 + e⁻ᵘ), tanh, sinh and cosh, where exponentials stand beside them, or several of them meet"""
    present = _inner_names(equation) & EXPONENTIAL.keys()
    if not present or ("exp" not in _inner_names(equation) and len(present) < 2):
        return False
    return rewrite(equation, lambda f: f.base.kind == "function" and f.base.name in EXPONENTIAL, _exponential)


def _exponential(equation: Equation, factor: Factor) -> Rewriting | None:
    name = factor.base.name
    found = instance(equation, f"{name}_exp", factor, lambda w: [w.closed(factor)], 0)
    if found is None:
        return None
    algebra = equation.context.algebra
    argument = algebra.argument(factor)
    plus = apply(algebra, "exp", 0, argument)
    minus = apply(algebra, "exp", 0, algebra.scale(Fraction(-1), argument))
    one, two = algebra.number(1), algebra.number(2)
    top, bottom = {
        "sigmoid": (one, algebra.add(one, minus)),
        "tanh": (algebra.subtract(plus, minus), algebra.add(plus, minus)),
        "sinh": (algebra.subtract(plus, minus), two),
        "cosh": (algebra.add(plus, minus), two),
    }[name]
    return Rewriting(found[0], algebra.multiply(top, algebra.power(bottom, -1)), found[1])


EXPONENTIAL = dict.fromkeys(("sigmoid", "tanh", "sinh", "cosh"), True)


# steps


def reflect_steps(equation: Equation) -> bool:
    """[-u > 0] = 1 - [u > 0] where u ≠ 0 is known"""
    return rewrite(equation, lambda f: f.base.kind == "step", _reflected)


def _reflected(equation: Equation, factor: Factor) -> Rewriting | None:
    algebra = equation.context.algebra
    argument = algebra.argument(factor)
    if algebra.oriented(argument) or not equation.context.signs().nonzero(argument):
        return None
    opposite = algebra.scale(Fraction(-1), argument)
    found = instance(equation, "step_reflect", factor, lambda w: [w.scalar(opposite)], 1)
    value = algebra.subtract(algebra.number(1), algebra.step(opposite))
    return None if found is None else Rewriting(found[0], value, found[1])


def decide_steps(equation: Equation) -> bool:
    """[u > 0] = 1 where u > 0 is known, 0 where u ≤ 0 is"""
    return rewrite(equation, lambda f: f.base.kind == "step", _decided)


def _decided(equation: Equation, factor: Factor) -> Rewriting | None:
    algebra = equation.context.algebra
    argument = algebra.argument(factor)
    if equation.context.signs().of(argument) == POSITIVE:
        axiom, value = "step_of_pos", 1
    elif equation.context.signs().of(algebra.scale(Fraction(-1), argument)) >= NON_NEGATIVE:
        axiom, value = "step_of_nonpos", 0
    else:
        return None
    found = instance(equation, axiom, factor, lambda w: [w.scalar(argument)], 1)
    return None if found is None else Rewriting(found[0], algebra.number(value), found[1])


def divide_steps(equation: Equation) -> bool:
    """[s u > 0] = [u > 0] where s > 0 is known"""
    return rewrite(equation, lambda f: f.base.kind == "step", _divided)


def _divided(equation: Equation, factor: Factor) -> Rewriting | None:
    algebra, signs = equation.context.algebra, equation.context.signs()
    argument = algebra.argument(factor)
    for common in _common(argument):
        divisor = algebra.factor(common.base, common.slots, common.exponent)
        if signs.of(divisor) != POSITIVE:
            continue
        rest = algebra.multiply(argument, algebra.power(divisor, -1))
        found = instance(equation, "step_mul_pos", factor, lambda w, d=divisor, r=rest: [w.scalar(d), w.scalar(r)], 1)  # type: ignore[misc]
        return None if found is None else Rewriting(found[0], algebra.step(rest), found[1])
    return None


def _common(form: NormalForm) -> list[Factor]:
    """The factors of all summands that have no summed index in them; none of a form that is one factor."""
    first, *others = form
    if any(monomial.bound for monomial in form) or (not others and len(first.factors) < 2):
        return []
    return [f for f in first.factors if all(f in monomial.factors for monomial in others)]


# reciprocals


def clear_denominators(equation: Equation) -> bool:
    """p · p⁻¹ = 1: bring what has a denominator p, without summed indices in it, over the highest power of p"""
    for monomial in list(equation.rest):
        for factor in monomial.factors:
            denominator = factor.base.kind == "power" and isinstance(factor.exponent, int) and factor.exponent < 0
            summed = any(isinstance(a, int) and a < len(monomial.bound) for slot in factor.slots for a, _ in slot)
            key = f"{factor.base.key}{factor.slots}"
            if denominator and not summed and key not in equation.cleared:
                equation.cleared.add(key)
                if _clear(equation, factor):
                    return True
    return False


def _clear(equation: Equation, factor: Factor) -> bool:
    parts: dict[int, NormalForm] = {}
    for monomial, coefficient in equation.rest.items():
        exponents = [f.exponent for f in monomial.factors if _same(f, factor)]
        power: Any = sum(exponents) if all(isinstance(one, int) for one in exponents) else None
        if power is None or power > 0:
            return False
        others = tuple(f for f in monomial.factors if not _same(f, factor))
        parts.setdefault(-power, {})[monomial._replace(factors=others)] = coefficient
    found = instance(equation, "reciprocal", factor, lambda w: [w.closed(factor)], 1)
    if found is None:
        return False
    _bring_over(equation, factor, parts, *found)
    return True


def _same(left: Factor, right: Factor) -> bool:
    return left.base is right.base and left.slots == right.slots


def _bring_over(
    equation: Equation,
    factor: Factor,
    parts: dict[int, NormalForm],
    relation: dict[str, Any],
    slots: tuple[Linear, ...],
) -> None:
    """Σ gₖ p⁻ᵏ = p⁻ᴷ Σ gₖ pᴷ⁻ᵏ - Σ gₖ p⁻ᵏ Σⱼ (p p⁻¹)ʲ (p p⁻¹ - 1)"""
    algebra = equation.context.algebra
    bottom, highest = algebra.argument(powered(factor, 1)), max(parts)
    name, hole = equation.hole(slots)
    multiplier: NormalForm = {}
    numerator: NormalForm = {}
    for power, part in parts.items():
        numerator = algebra.add(numerator, algebra.multiply(part, algebra.power(bottom, highest - power)))
        for j in range(highest - power):
            inverse = algebra.factor(factor.base, factor.slots, -(power + j)) if power + j else algebra.number(1)
            above = algebra.multiply(algebra.multiply(part, algebra.power(bottom, j)), inverse)
            multiplier = algebra.subtract(multiplier, algebra.multiply(above, hole))
    if multiplier:
        equation.uses.append(Use(multiplier, relation, SCALAR, name))
    equation.rest = algebra.multiply(numerator, algebra.factor(factor.base, factor.slots, -highest))


# hypotheses


def use_definitions_by_hypothesis(equation: Equation) -> bool:
    """Rewrite by an equation among the hypotheses whose one side is a bare symbol; moments are put in last."""
    random = equation.context.randomness
    found: Iterable[tuple[int, str, Term, int]] = _equations_of_symbols(equation.context)
    if random.names:
        found = sorted(found, key=lambda one: random.has_moment(one[2]))
    return any(rewrite(equation, _is_symbol(name), _by_hypothesis(k, right, sign)) for k, name, right, sign in found)


def _equations_of_symbols(context: Context) -> Iterator[tuple[int, str, Term, int]]:
    """The hypotheses x = t, or t = x, with their numbers: x, t, and the sign of x in the equation."""
    for k, known in enumerate(context.known):
        proposition = known.proposition
        if known.hypothesis is None or proposition.head != "equal":
            continue
        for sign, (left, right) in ((1, proposition.args), (-1, proposition.args[::-1])):
            if left.head == "symbol" and not left.data[2] and left.data[0] not in free_names(right):
                yield k, left.data[0], right, sign


def _is_symbol(name: str) -> Callable[[Factor], bool]:
    return lambda factor: factor.base.kind == "symbol" and factor.base.name == name


def _by_hypothesis(k: int, right: Term, sign: int) -> Finder:
    def finder(equation: Equation, factor: Factor) -> Rewriting:
        axes = iter(factor.slots)
        at = tuple(ONE if axis == ONE else next(axes) for axis in right.space().axes)
        value = equation.context.reader().entry(right, at, equation.context.scope())
        return Rewriting({"fact": k}, value, factor.slots, right.space(), sign)

    return finder


def use_symmetry(equation: Equation) -> bool:
    """A = Aᵀ: put the indices of A in the order that gives the smaller summand"""
    for relation, symbol, sign in _symmetries(equation):
        for monomial, coefficient in list(equation.rest.items()):
            for k, factor in enumerate(monomial.factors):
                if factor.base.kind != "symbol" or factor.base.name != symbol.data[0] or factor.exponent != 1:
                    continue
                if _swap_is_smaller(equation, monomial, coefficient, k):
                    finder = _swapped(relation, symbol, sign)
                    return rewrite_at(equation, monomial, coefficient, k, finder)
    return False


def _swap_is_smaller(equation: Equation, monomial: Monomial, coefficient: Fraction, k: int) -> bool:
    factor = monomial.factors[k]
    swapped = Factor(factor.base, factor.slots[::-1], 1)
    factors = [*monomial.factors[:k], swapped, *monomial.factors[k + 1 :]]
    bound = dict(enumerate(monomial.bound))
    (other,) = equation.context.algebra.monomial(coefficient, factors, bound) or (monomial,)
    return monomial_text(other) < monomial_text(monomial)


def _swapped(relation: dict[str, Any], symbol: Term, sign: int) -> Finder:
    def finder(equation: Equation, factor: Factor) -> Rewriting:
        value = equation.context.algebra.factor(factor.base, factor.slots[::-1])
        return Rewriting(relation, value, factor.slots, symbol.space(), sign)

    return finder


def _symmetries(equation: Equation) -> list[tuple[dict[str, Any], Term, int]]:
    """Known relations Aᵀ = A of a symbol, with the sign of the gap in A[i, j] = A[j, i] ± □[i, j]."""
    found: list[tuple[dict[str, Any], Term, int]] = []
    rows = {"symmetric": "symmetric", "positive_definite": "positive_definite_symmetric"}
    for k, known in enumerate(equation.context.known):
        proposition = known.proposition
        if proposition.head == "equal":
            for sign, (left, right) in ((-1, proposition.args), (1, proposition.args[::-1])):
                if left.head == "transpose" and left.args[0] == right and right.head == "symbol" and not right.data[2]:
                    found.append(({"fact": k}, right, sign))
        elif proposition.head == "property" and proposition.data[0] in rows and proposition.args[0].head == "symbol":
            symbol = proposition.args[0]
            axiom = {
                "axiom": rows[proposition.data[0]],
                "arguments": [term_to_data(symbol)],
                "premises": [{"rule": "fact", "fact": k}],
            }
            found.append((axiom, symbol, -1))
    return found


LAWS: tuple[Law, ...] = (
    use_definitions_by_hypothesis,
    use_members,
    split_matrix_powers,
    use_symmetry,
    split_logarithms,
    open_log_sigmoid,
    decide_steps,
    divide_steps,
    reflect_steps,
    write_in_exponentials,
    clear_denominators,
)
