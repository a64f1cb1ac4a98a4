"""The engine for comparisons of numbers: ≤, <, ≠ from what is known, by contradiction and by cases.

A goal is assumed not to hold; what is then known is taken for polynomials that are not negative, and a sum of products
of them that vanishes is sought (``positivity``). Cases are split where a step, an absolute value or a maximum has its
kink, at disjunctions, and at ≠.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import Context
from verifier.kernel.polynomials import NormalForm, Unsupported, factor_text
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, negation, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.elimination import Elimination
from verifier.proving.equations import close_the_gap
from verifier.proving.gaps import OF_MATRICES, SIGN, ZERO, Equality, Gap, Gaps, Known, steps_of
from verifier.proving.goals import Equation, Use
from verifier.proving.instances import of_functions
from verifier.proving.laws import clear_denominators
from verifier.proving.moving import Lemmas, is_of_numbers
from verifier.proving.positivity import LAST_LEVEL, Search, Summand
from verifier.proving.powers import add_powers, of_bases
from verifier.proving.readback import NotWritten, Writer
from verifier.proving.rings import Budget, Ring, TooLarge, variables_of
from verifier.proving.vectors import of_norms

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
MOST_EQUATIONS = 6
DEEPEST = 7
WORK = 200_000
LESS_WORK = 60_000
QUICK = 5_000
FEW = 6
SHALLOW = 2
FALSE = Term("less", (ZERO, ZERO))


def by_conditions(
    context: Context, goal: Term, budget: Budget, prove: Prove | None = None, *, thorough: bool = True
) -> Certificate | None:
    """The certificate of a comparison of numbers, or of an equation by two comparisons; None if none is found.

    The work is taken from ``budget``, but no more than is right for one goal. With ``prove``, numbers that matrices
    have (a spectral radius, a norm) may be found equal to others of the goal.
    """
    if not is_of_numbers(goal):
        return None
    lemmas = Lemmas(context)
    for powers in of_bases(context, goal):
        base = Term("greater_equal", (powers[0].args[0], ZERO))
        proof = _compared(context, base, budget, False)
        if proof is not None:
            add_powers(lemmas, lemmas.add(base, proof), powers)
    found = _by_equations(lemmas.context, goal, budget, prove, thorough)
    return None if found is None else lemmas.then(found)


def _by_equations(
    context: Context, goal: Term, budget: Budget, prove: Prove | None, thorough: bool
) -> Certificate | None:
    found = _ordered(context, goal, budget, thorough)
    if found is not None or prove is None or not thorough:
        return found
    for equation in _candidates(context, goal):
        proof = prove(context, equation)
        if proof is None:
            continue
        then = _ordered(context.assume(equation), goal, budget, thorough)
        if then is not None:
            return {"rule": "cut", "lemma": term_to_data(equation), "proof": proof, "then": then}
    return None


def _ordered(context: Context, goal: Term, budget: Budget, thorough: bool) -> Certificate | None:
    if goal.head != "equal":
        return _compared(context, goal, budget, thorough)
    sides: list[Certificate] = []
    for head in ("less_equal", "greater_equal"):
        proof = _compared(context, Term(head, goal.args), budget, thorough)
        if proof is None:
            return None
        sides.append(proof)
    return {"rule": "antisymmetry", "below": sides[0], "above": sides[1]}


def _candidates(context: Context, goal: Term) -> list[Term]:
    """Equations of a number of a matrix in what is known with a number in the goal that is no number of a matrix."""
    held = [part for one in context.known for part in subterms(one.proposition) if part.head in OF_MATRICES]
    opaque = dict.fromkeys(part for part in held if not part.args[0].space().is_vector)
    plain = dict.fromkeys(
        part for part in subterms(goal) if not part.is_proposition and part.head in ("power", "symbol", "entry")
    )
    numbers = [part for part in plain if part.space().is_scalar and not any(p in opaque for p in subterms(part))]
    return [Term("equal", (left, right)) for left in opaque for right in numbers][:MOST_EQUATIONS]


def _compared(context: Context, goal: Term, budget: Budget, thorough: bool) -> Certificate | None:
    if context.sign_holds(goal):
        return SIGN
    refutation = refuted(context.assume(negation(goal)), len(context.known), budget, thorough=thorough)
    if refutation is None:
        return None
    then = {"rule": "fact", "fact": len(context.known)}
    return {"rule": "cases", "on": term_to_data(goal), "then": then, "else": refutation}


def refuted(context: Context, since: int, budget: Budget, *, thorough: bool = True) -> Certificate | None:
    """The certificate that what is known is contradictory; it proves any goal. Assumptions are from ``since`` on."""
    within = Budget(WORK if thorough else LESS_WORK, budget)
    return _Refutation(context, since, 0, thorough, Writer.of(context.sequent), within).run()


@dataclass
class _Refutation:
    """The search for a contradiction in one context."""

    context: Context
    since: int
    depth: int
    thorough: bool
    writer: Writer
    budget: Budget
    nested: bool = False

    def run(self) -> Certificate | None:
        """The certificate of the contradiction, or None."""
        try:
            return self._run()
        except (Unsupported, NotWritten, TooLarge):
            return None

    def _quickly(self, goal: Term) -> Certificate | None:
        """A short proof from what is known, in which denominators are positive at sight."""
        assumed = self.context.assume(negation(goal))
        here = len(self.context.known)
        refutation = replace(
            self,
            context=assumed,
            since=here,
            depth=DEEPEST,
            thorough=False,
            nested=True,
            budget=Budget(QUICK, self.budget),
        ).run()
        if refutation is None:
            return None
        then = {"rule": "fact", "fact": here}
        return {"rule": "cases", "on": term_to_data(goal), "then": then, "else": refutation}

    def _further(self, assumed: Term) -> Certificate | None:
        """The contradiction with one assumption more."""
        return replace(self, context=self.context.assume(assumed), depth=self.depth + 1).run()

    def _run(self) -> Certificate | None:
        gaps = Gaps(self.context, self.budget, None if self.nested else self._quickly, self.writer)
        everything, equations = gaps.known()
        known, equalities = self._relevant(gaps.ring, everything, equations)
        split = self._kinks(gaps, known, equalities)
        if split is not None:
            return self._cases(split)
        functions = list(of_functions(gaps, _variables(known, equalities)))
        extra: list[Gap | Equality] = []
        stages = chain(of_norms(gaps, self._statements()), [functions] if functions else [])
        stage: list[Gap | Equality] | None = []
        shallow: list[tuple[Search, Elimination]] = []
        while stage is not None:
            following = next((one for one in stages if one), None)
            extra += stage
            more = [*everything, *gaps.lemmas, *(one for one in extra if isinstance(one, Gap))]
            known, equalities = self._relevant(
                gaps.ring, more, [*equations, *(one for one in extra if isinstance(one, Equality))]
            )
            known += gaps.of_signs(_variables(known, equalities), known)
            given = Elimination(gaps.ring, known, equalities)
            held, left = gaps.put_in(given.gaps, given.left)
            search = Search(gaps.ring, held, left, self.since)
            deep = self.thorough or len(held) <= FEW
            if following is None:
                found = search.run(LAST_LEVEL if deep else SHALLOW, generate=self.thorough)
            else:
                found = search.run(SHALLOW, generate=False)
                shallow += [(search, given)] if deep else []
            if found is not None:
                return self._absurd(gaps, found, given)
            stage = following
        return self._deeper(gaps, shallow) or self._by_parts()

    def _deeper(self, gaps: Gaps, searches: list[tuple[Search, Elimination]]) -> Certificate | None:
        """Searches that were broken off for what more instances might give, to their end."""
        for search, given in searches:
            found = search.run(LAST_LEVEL, generate=False)
            if found is not None:
                return self._absurd(gaps, found, given)
        return None

    def _statements(self) -> list[Term]:
        """What is known, if what was assumed speaks of norms or of definite matrices."""
        propositions = [one.proposition for one in self.context.known]
        defined = self.context.sequent.definitions
        assumed = (part for one in propositions[self.since :] for part in subterms(unfold(one, defined)))
        return propositions if any(not part.is_proposition and _is_about_vectors(part) for part in assumed) else []

    def _relevant(self, ring: Ring, gaps: list[Gap], equalities: list[Equality]) -> tuple[list[Gap], list[Equality]]:
        """Those that speak, directly or by others, of what was assumed, or that say 0 > 0 by now."""
        everything: list[Known] = [*gaps, *equalities]
        spoken = {id(one): ring.with_inside(one.polynomial) for one in everything}
        seeds = {id(one) for one in everything if one.fact is not None and one.fact >= self.since}
        reached = {variable for seed in seeds for variable in spoken[seed]}
        while True:
            more = reached.union(*(held for held in spoken.values() if held & reached))
            if more == reached:
                break
            reached = more

        def speaks(one: Known) -> bool:
            return id(one) in seeds or not spoken[id(one)] or bool(spoken[id(one)] & reached)

        return [gap for gap in gaps if speaks(gap)], [equality for equality in equalities if speaks(equality)]

    # cases

    def _cases(self, condition: Term) -> Certificate | None:
        if self.depth >= DEEPEST:
            return None
        proofs = []
        for assumed in (condition, negation(condition)):
            proof = self._further(assumed)
            if proof is None:
                return None
            proofs.append(proof)
        return {"rule": "cases", "on": term_to_data(condition), "then": proofs[0], "else": proofs[1]}

    def _kinks(self, gaps: Gaps, known: list[Gap], equalities: list[Equality]) -> Term | None:
        """u > 0 for a step [u > 0] that is not decided, and in which no other is; None if all are decided."""
        algebra = self.context.algebra
        spoken: list[Known] = [*reversed(known), *equalities]
        waiting = [f for one in spoken for monomial in gaps.decided(one.exact) for f in steps_of(monomial)]
        seen: set[str] = set()
        while waiting:
            step = waiting.pop(0)
            argument = gaps.decided(algebra.argument(step))
            inner = [f for monomial in argument for f in steps_of(monomial)]
            if not inner:
                return Term("greater", (gaps.writer.scalar(argument), ZERO))
            seen.add(factor_text(step))
            waiting = [f for f in inner if factor_text(f) not in seen] + waiting
        return None

    def _by_parts(self) -> Certificate | None:
        """By a disjunction, or an a ≠ b, that is known."""
        if self.depth >= DEEPEST:
            return None
        for k, one in enumerate(self.context.known):
            proposition = one.proposition
            if proposition.head == "or" and not self._is_used(proposition):
                return self._either(k, proposition)
        for proposition in self._unequal():
            return self._cases(Term("greater", proposition.args))
        return None

    def _either(self, k: int, disjunction: Term) -> Certificate | None:
        proofs = []
        for part in disjunction.args:
            proof = self._further(part)
            if proof is None:
                return None
            proofs.append(proof)
        return {"rule": "either", "of": {"fact": k}, "proofs": proofs}

    def _is_used(self, disjunction: Term) -> bool:
        known = {one.proposition for one in self.context.known}
        return any(part in known for part in disjunction.args)

    def _unequal(self) -> Iterator[Term]:
        """What is known to differ, and not yet which side is larger."""
        known = {one.proposition for one in self.context.known}
        for one in self.context.known:
            unequal = one.proposition
            if unequal.head == "not_equal" and unequal.args[0].space().is_scalar:
                order = Term("greater", unequal.args)
                if order not in known and negation(order) not in known:
                    yield unequal

    # the certificate

    def _absurd(self, gaps: Gaps, found: list[Summand], given: Elimination) -> Certificate | None:
        algebra = self.context.algebra
        rest: NormalForm = {}
        summands: list[dict[str, Any]] = []
        equation = Equation(self.context, FALSE, (None, None), {}, norms=gaps.norms, numbers=gaps.numbers)
        for summand in found:
            column, coefficient = summand.column, summand.coefficient
            for known in (*column.gaps, *([column.equality] if column.equality else [])):
                coefficient *= known.factor
            if column.equality is not None and column.multiplier is not None:
                self._use(equation, column.equality, algebra.scale(coefficient, gaps.ring.form(column.multiplier)))
                continue
            form = algebra.number(coefficient)
            relations: list[Any] = []
            squares = []
            for gap in column.gaps:
                form = algebra.multiply(form, gap.exact)
                relations += gap.relations
            for square in column.squares:
                root = gaps.ring.form(square)
                form = algebra.multiply(form, algebra.multiply(root, root))
                squares.append(term_to_data(gaps.writer.scalar(root)))
            rest = algebra.subtract(rest, form)
            number = f"{coefficient.numerator}/{coefficient.denominator}"
            summands.append({"coefficient": number, "gaps": relations, "squares": squares})
        equation.rest = algebra.add(equation.rest, rest)
        self._take_steps(gaps, equation)
        while given.given and clear_denominators(equation):
            pass
        for equality, multiple in given.multiples(gaps.ring.of(equation.rest)):
            self._use(equation, equality, algebra.scale(equality.factor, gaps.ring.form(multiple)))
        closed = close_the_gap(equation)
        if closed is None:
            return None
        proof = {"rule": "nonnegative", "summands": summands, "uses": closed.get("uses", [])}
        return {"rule": "absurd", "lemma": term_to_data(FALSE), "proof": proof, "refutation": SIGN}

    def _take_steps(self, gaps: Gaps, equation: Equation) -> None:
        """[u > 0] = 1, or 0, as a multiple of one instance for each step that is decided."""
        algebra = self.context.algebra
        steps = {step for monomial in equation.rest for step in steps_of(monomial)}
        for step in sorted(steps, key=factor_text):
            value = gaps.step_value(algebra.argument(step))
            if value is None:
                continue
            axiom = "step_of_pos" if value else "step_of_nonpos"
            argument = gaps.writer.scalar(algebra.argument(step))
            (premise,) = AXIOMS[axiom].premises(argument)
            proof = SIGN if self.context.sign_holds(premise) else self._of_inner(gaps, algebra.argument(step), premise)
            if proof is None:
                continue
            relation = {"axiom": axiom, "indices": [], "arguments": [term_to_data(argument)], "premises": [proof]}
            others: NormalForm = {}
            for monomial, coefficient in list(equation.rest.items()):
                if step in monomial.factors:
                    kept = [f for f in monomial.factors if f != step]
                    algebra.add_to(others, algebra.monomial(coefficient, kept, dict(enumerate(monomial.bound))))
                    del equation.rest[monomial]
            if others:
                name, hole = equation.hole(())
                equation.uses.append(Use(algebra.multiply(others, hole), relation, ZERO.space(), name))
                equation.rest = algebra.add(equation.rest, algebra.scale(Fraction(value), others))

    def _of_inner(self, gaps: Gaps, argument: NormalForm, premise: Term) -> Certificate | None:
        """u > 0, or u ≤ 0, from the sign of what u is where the steps inside are decided."""
        algebra = self.context.algebra
        inner = gaps.decided(argument)
        sign = Fraction(1 if premise.head == "greater" else -1)
        rest = algebra.scale(sign, algebra.subtract(argument, inner))
        equation = Equation(self.context, FALSE, (None, None), rest, norms=gaps.norms, numbers=gaps.numbers)
        self._take_steps(gaps, equation)
        if equation.rest:
            return None
        lemma = {"lemma": term_to_data(Term(premise.head, (gaps.writer.scalar(inner), ZERO))), "proof": SIGN}
        summands = [{"coefficient": "1", "gaps": [lemma], "squares": []}]
        return {"rule": "nonnegative", "summands": summands, "uses": equation.certificate().get("uses", [])}

    def _use(self, equation: Equation, equality: Equality, multiplier: NormalForm) -> None:
        algebra = self.context.algebra
        multiplier = algebra.multiply(multiplier, equality.multiplier)
        name, hole = equation.hole(())
        equation.uses.append(Use(algebra.multiply(multiplier, hole), equality.relation, ZERO.space(), name))
        equation.rest = algebra.subtract(equation.rest, algebra.multiply(multiplier, equality.exact))


def _is_about_vectors(term: Term) -> bool:
    return not term.space().is_scalar


def _variables(gaps: list[Gap], equalities: list[Equality]) -> set[int]:
    spoken: list[Known] = [*gaps, *equalities]
    return variables_of(one.polynomial for one in spoken)


__all__ = ["by_conditions", "refuted"]
