"""The engine for optima: that a point is the argmin, that two argmins are the same, that a value is the minimum.

The kernel's rules ask for comparisons f(p) ≤ f(u) at a fresh u. Of quadratic objectives they follow from the gap
identity f(u) - f(p) = Σ cₖ (Dₖd)ᵀMₖ(Dₖd), d = u - p, an equation which the other engines prove from what makes p
stationary, and from cₖ ≥ 0 and Mₖ ⪰ 0; uniqueness from a positive definite Hessian. All others are left to the engine
for conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE, CertificateError, Context
from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term, TermError, free_names, fresh_name, subterms
from verifier.proving.branches import by_branches, kink_of
from verifier.proving.minimisers import minimisers
from verifier.proving.moving import Lemmas
from verifier.proving.quadratics import ONE, NotQuadratic, Piece, multiplied, pieces_of

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
FAILURES = (Unsupported, CertificateError, ClaimError, TermError, ShapeError)
ZERO = Term("number", (), (Fraction(0),))
FALSE = Term("less", (ZERO, ZERO))
GAP = Term("symbol", (), (HOLE, SCALAR, ()))


def speaks_of_optima(proposition: Term) -> bool:
    """Whether a proposition is about an argmin, an argmax, a min or a max."""
    return proposition.head in ("equal", "optimal") and any(is_set(arg) or is_value(arg) for arg in proposition.args)


def by_optimum(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a proposition about an optimum; None if none is found."""
    return _Search(context, goal, prove).run() if speaks_of_optima(goal) else None


def by_uniqueness(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """q = p, or p = q, from p = argmin f that is known: because q minimises f too."""
    for k, known in enumerate(context.known):
        if known.proposition.head not in ("equal", "optimal") or not speaks_of_optima(known.proposition):
            continue
        point, optimum = _sides(known.proposition)
        if not is_set(optimum) or is_set(point) or point not in goal.args:
            continue
        other = goal.args[1] if goal.args[0] == point else goal.args[0]
        found = _Search(context, known.proposition, prove).equated(k, point, optimum, other, goal)
        if found is not None:
            return found
    return None


def by_instances(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """A goal, with what is known of a point p of an argmin: its constraints, and f(p) ≤ f(q) for q in the goal."""
    lemmas = Lemmas(context)
    spoken = {part for part in subterms(goal) if part.head == "symbol" and not part.data[2]}
    for constraint, proof in by_stationarity(context, prove):
        lemmas.add(constraint, proof)
    for k, known in enumerate(context.known):
        if known.proposition.head in ("equal", "optimal") and speaks_of_optima(known.proposition):
            held, optimum = _sides(known.proposition)
            of = optimum_of(optimum, context.sequent.definitions)
            for point in sorted(spoken, key=str) if not (is_set(held) or is_value(held)) else ():
                if point != held and point.shape == of.variable.shape:
                    _compare(lemmas, k, of, point, prove)
    if not lemmas.found:
        return None
    found = prove(lemmas.context, goal)
    return None if found is None else lemmas.then(found)


def _compare(lemmas: Lemmas, fact: int, of: Optimum, point: Term, prove: Prove) -> None:
    """Add f(p) ≤ f(q), or v ≤ f(q), if q is feasible."""
    feasible = _feasible(lemmas.context, of, point, prove)
    if feasible is None:
        return
    for lemma, proof in feasible.found:
        lemmas.add(lemma, proof)
    held, optimum = _sides(lemmas.context.known[fact].proposition)
    relation = {"optimum": {"fact": fact}, "with": term_to_data(point)}
    relation["feasible"] = [_fact(lemmas.context, c) for c in of.feasible(point)]
    compared = of.bounded(held, point) if is_value(optimum) else of.no_worse(held, point)
    lemmas.add(compared, {"rule": "from optimum", "relation": relation})


def by_solution(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """A goal about p, where p = argmin f is known of a quadratic f: with what p is, once that is shown."""
    spoken = free_names(goal)
    for known in context.known:
        if known.proposition.head != "equal" or not speaks_of_optima(known.proposition):
            continue
        point, optimum = _sides(known.proposition)
        if not is_set(optimum) or point.head != "symbol" or point.data[0] not in spoken:
            continue
        for solution in minimisers(context, optimum_of(optimum, context.sequent.definitions)):
            lemmas = _defined(context, solution, prove) if solution != point else None
            equation = Term("equal", (point, solution))
            proof = None if lemmas is None else by_uniqueness(lemmas.context, equation, prove)
            if lemmas is None or proof is None:
                continue
            lemmas.add(equation, proof)
            found = prove(lemmas.context, goal)
            if found is not None:
                return lemmas.then(found)
    return None


def _defined(context: Context, point: Term, prove: Prove) -> Lemmas | None:
    """That a point is defined, as lemmas; None if it is not shown."""
    lemmas = Lemmas(context)
    for condition in _domain(context, Term("equal", (point, point))):
        proof = prove(lemmas.context, condition)
        if proof is None:
            return None
        lemmas.add(condition, proof)
    return lemmas


def by_stationarity(context: Context, prove: Prove) -> Iterator[tuple[Term, Certificate]]:
    """What is known of a point of an argmin: that it is feasible."""
    for k, known in enumerate(context.known):
        if known.proposition.head in ("equal", "optimal") and speaks_of_optima(known.proposition):
            point, optimum = _sides(known.proposition)
            if is_set(optimum) and not is_set(point):
                of = optimum_of(optimum, context.sequent.definitions)
                for which, constraint in enumerate(of.feasible(point)):
                    relation = {"admitted": {"fact": k}, "which": which}
                    yield constraint, {"rule": "from optimum", "relation": relation}


def _sides(proposition: Term) -> tuple[Term, Term]:
    """A point, or a value, and the optimum; two argmins as they stand."""
    left, right = proposition.args
    return (left, right) if is_set(right) or is_value(right) else (right, left)


@dataclass
class _Search:
    """The search for one goal."""

    context: Context
    goal: Term
    prove: Prove

    def run(self) -> Certificate | None:
        left, right = _sides(self.goal)
        if is_set(left) and is_set(right):
            return self._same(left, right)
        if is_value(right):
            return None if is_value(left) else self._value(left, right)
        if left.shape == SCALAR and kink_of(left) is not None:
            return by_branches(self.context, Term(self.goal.head, (left, right)), self.prove)
        if self.goal.head == "equal":
            return self._point(self.context, left, right, True)
        return self._transferred(left, right) or self._point(self.context, left, right, False)

    def _transferred(self, point: Term, optimum: Term) -> Certificate | None:
        """p ∈ argmin g from p ∈ argmin f that is known."""
        for k, known in enumerate(self.context.known):
            if known.proposition.head in ("optimal", "equal") and speaks_of_optima(known.proposition):
                held, other = _sides(known.proposition)
                if held == point and is_set(other):
                    lemmas = Lemmas(self.context)
                    for constraint, proof in by_stationarity(self.context, self.prove):
                        lemmas.add(constraint, proof)
                    found = _Transfer(lemmas.context, k, self.prove).point(point, optimum)
                    if found is not None:
                        return lemmas.then(found)
        return None

    # a point

    def _point(self, context: Context, point: Term, optimum: Term, alone: bool) -> Certificate | None:
        of = self._of(optimum)
        lemmas = _feasible(context, of, point, self.prove)
        if lemmas is None:
            return None
        context = lemmas.context
        fresh, inner = _with_fresh(context, of, (point, optimum))
        admitted = _admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        gap = _Gap.between(of, point, fresh)
        least = self._least(inner, of, point, fresh, gap)
        if least is None:
            return None
        feasible = [_fact(context, c) for c in of.feasible(point)]
        certificate = {"rule": "optimum", "name": fresh.data[0], "feasible": feasible, "defined": defined}
        certificate["least"] = least
        if alone:
            unique = self._unique(inner.assume(of.no_worse(fresh, point)), point, fresh, gap)
            if unique is None:
                return None
            certificate["unique"] = unique
        return lemmas.then(certificate)

    def _of(self, optimum: Term) -> Optimum:
        return optimum_of(optimum, self.context.sequent.definitions)

    def _least(self, inner: Context, of: Optimum, point: Term, fresh: Term, gap: _Gap | None) -> Certificate | None:
        if gap is not None:
            found = gap.least(inner, self.prove)
            if found is not None:
                return found
        return self.prove(inner, of.no_worse(point, fresh))

    def _unique(self, inner: Context, point: Term, fresh: Term, gap: _Gap | None) -> Certificate | None:
        if gap is not None:
            found = gap.unique(inner, self.prove)
            if found is not None:
                return found
        return self.prove(inner, Term("equal", (fresh, point)))

    # a value

    def _value(self, value: Term, optimum: Term) -> Certificate | None:
        of = self._of(optimum)
        for point in minimisers(self.context, of, value):
            found = self._attained(value, optimum, of, point)
            if found is not None:
                return found
        return None

    def _attained(self, value: Term, optimum: Term, of: Optimum, point: Term) -> Certificate | None:
        lemmas = _defined(self.context, point, self.prove)
        if lemmas is None:
            return None
        feasible = _feasible(lemmas.context, of, point, self.prove)
        if feasible is None:
            return None
        for lemma, proof in feasible.found:
            lemmas.add(lemma, proof)
        here = _shown(lemmas, Term("equal", (of.at(point), value)), self.prove)
        if here is None:
            return None
        context = lemmas.context
        fresh, inner = _with_fresh(context, of, (point, value, optimum))
        admitted = _admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        least = self._least(inner, of, point, fresh, _Gap.between(of, point, fresh))
        if least is None:
            return None
        order = of.no_worse(point, fresh)
        use = {"context": term_to_data(GAP if of.kind == "min" else Term("negate", (GAP,))), "relation": {"fact": here}}
        gaps = [{"fact": len(inner.known)}]
        then = {"rule": "nonnegative", "uses": [use], "summands": [{"coefficient": "1", "squares": [], "gaps": gaps}]}
        bounded = {"rule": "cut", "lemma": term_to_data(order), "proof": least, "then": then}
        certificate = {"rule": "optimum", "name": fresh.data[0], "with": term_to_data(point), "defined": defined}
        certificate["feasible"] = [_fact(context, c) for c in of.feasible(point)]
        return lemmas.then({**certificate, "attained": {"rule": "fact", "fact": here}, "least": bounded})

    # two optima

    def _same(self, left: Term, right: Term) -> Certificate | None:
        of = self._of(left)
        fresh, inner = _with_fresh(self.context, of, (left, right))
        both = [_admitting(inner, self._of(side), fresh, self.prove) for side in (left, right)]
        proofs = []
        for side, other in ((left, right), (right, left)):
            proof = self._included(inner.assume(Term("optimal", (fresh, side))), fresh, other)
            if proof is None:
                return None
            proofs.append(proof)
        if None in both:
            return None
        defined = [one[1] for one in both if one is not None]
        return {"rule": "optimum", "name": fresh.data[0], "defined": defined, "proofs": proofs}

    def _included(self, inner: Context, fresh: Term, other: Term) -> Certificate | None:
        """u ∈ argmin g from u ∈ argmin f, the last that is known."""
        lemmas = Lemmas(inner)
        for constraint, proof in by_stationarity(inner, self.prove):
            lemmas.add(constraint, proof)
        found = _Transfer(lemmas.context, len(inner.known) - 1, self.prove).point(fresh, other)
        return None if found is None else lemmas.then(found)

    # an equation

    def equated(self, fact: int, point: Term, optimum: Term, other: Term, goal: Term) -> Certificate | None:
        """q = p from p = argmin f: by f(q) ≤ f(p)."""
        of = self._of(optimum)
        context, alone = self.context, self.goal.head == "equal"
        if not alone:
            return self._equated_to_unique(fact, point, optimum, other, goal)
        lemmas = _feasible(context, of, other, self.prove)
        if lemmas is None:
            return None
        for constraint, proof in by_stationarity(context, self.prove):
            lemmas.add(constraint, proof)
        context = lemmas.context
        least = self._least(context, of, other, point, _Gap.between(of, other, point))
        if least is None:
            return None
        relation = {"unique": {"fact": fact}, "with": term_to_data(other), "proof": least}
        relation["feasible"] = [_fact(context, c) for c in of.feasible(other)]
        return lemmas.then(_oriented(relation, Term("equal", (other, point)), goal))

    def _equated_to_unique(self, fact: int, point: Term, optimum: Term, other: Term, goal: Term) -> Certificate | None:
        """q = p from p ∈ argmin f, where q is shown to be the only point of it."""
        only = Term("equal", (other, optimum))
        proof = self._point(self.context, other, optimum, True)
        if proof is None:
            return None
        lemmas = Lemmas(self.context)
        here = lemmas.add(only, proof)
        for constraint, admitted in by_stationarity(lemmas.context, self.prove):
            lemmas.add(constraint, admitted)
        of, context = self._of(optimum), lemmas.context
        compared = {"optimum": {"fact": fact}, "with": term_to_data(other)}
        compared["feasible"] = [_fact(context, c) for c in of.feasible(other)]
        relation = {"unique": {"fact": here}, "with": term_to_data(point)}
        relation["feasible"] = [_fact(context, c) for c in of.feasible(point)]
        relation["proof"] = {"rule": "from optimum", "relation": compared}
        return lemmas.then(_oriented(relation, Term("equal", (point, other)), goal))


# the gap identity


@dataclass(frozen=True)
class _Gap:
    """f(u) - f(p) as the sum of its pieces, of -f for a maximum."""

    of: Optimum
    point: Term
    fresh: Term
    change: Term
    pieces: tuple[Piece, ...]

    @classmethod
    def between(cls, of: Optimum, point: Term, fresh: Term) -> _Gap | None:
        """The pieces of an objective that is read as a quadratic function; None of others."""
        change = Term("subtract", (fresh, point))
        objective = of.objective if of.kind in ("argmin", "min") else Term("negate", (of.objective,))
        try:
            pieces = tuple(pieces_of(objective, of.variable.data[0], change))
        except (NotQuadratic, TermError, ShapeError):
            return None
        return cls(of, point, fresh, change, pieces)

    def identity(self) -> Term:
        """f(u) - f(p) = Σ pieces"""
        large, small = self.of.no_worse(self.point, self.fresh).args[::-1]
        total: Term | None = None
        for piece in self.pieces:
            total = piece.form() if total is None else Term("add", (total, piece.form()))
        return Term("equal", (Term("subtract", (large, small)), ZERO if total is None else total))

    def least(self, context: Context, prove: Prove) -> Certificate | None:
        """f(p) ≤ f(u), from the identity and pieces that are not negative."""
        lemmas = Lemmas(context)
        here = _shown(lemmas, self.identity(), prove)
        summands = None if here is None else self._summands(lemmas.context, prove)
        if summands is None:
            return None
        uses = [{"context": term_to_data(GAP), "relation": {"fact": here}}]
        return lemmas.then({"rule": "nonnegative", "uses": uses, "summands": summands})

    def _summands(self, context: Context, prove: Prove) -> list[Any] | None:
        """What each piece is as a summand; a Hessian for all of them where they are not so one by one."""
        found: list[Any] = []
        for piece in self.pieces:
            summand = _summand(context, piece, prove)
            if summand is None:
                break
            found.append(summand)
        else:
            return found
        matrix = self.hessian()
        if matrix is None:
            return None
        whole = Piece(ONE, matrix, self.change, None, True)
        summand = _summand(context, whole, prove)
        return None if summand is None else [summand]

    def _unique_number(self, context: Context, prove: Prove) -> Certificate | None:
        """The same for numbers: f(u) - f(p) = a (u - p)² with a > 0, so neither u > p nor u < p."""
        here, curvature = len(context.known) - 1, self._at_one()
        lemmas = Lemmas(context)
        above = _shown(lemmas, Term("greater", (curvature, ZERO)), prove)
        of_gap = None if above is None else _shown(lemmas, self.identity(), prove)
        if of_gap is None:
            return None
        last = len(lemmas.context.known)
        gaps = [{"fact": above}, {"fact": last}, {"fact": last}]
        summands = [
            {"coefficient": "1", "squares": [], "gaps": gaps},
            {"coefficient": "1", "squares": [], "gaps": [{"fact": here}]},
        ]
        uses = [{"context": term_to_data(GAP), "relation": {"fact": of_gap}}]
        absurd = {"rule": "nonnegative", "uses": uses, "summands": summands}
        otherwise = {"rule": "absurd", "lemma": term_to_data(FALSE), "proof": absurd, "refutation": {"rule": "sign"}}
        sides: Certificate = {"rule": "antisymmetry"}
        for side, head in (("below", "less_equal"), ("above", "greater_equal")):
            on = term_to_data(Term(head, (self.fresh, self.point)))
            sides[side] = {"rule": "cases", "on": on, "then": {"rule": "fact", "fact": last}, "else": otherwise}
        return lemmas.then(sides)

    def _at_one(self) -> Term:
        """a with Σ pieces = a d²: the pieces at d = 1."""
        objective = self.of.objective if self.of.kind in ("argmin", "min") else Term("negate", (self.of.objective,))
        total: Term = ZERO
        for piece in pieces_of(objective, self.of.variable.data[0], ONE):
            total = piece.form() if total == ZERO else Term("add", (total, piece.form()))
        return total

    def hessian(self) -> Term | None:
        """The matrix H of Σ pieces = dᵀH d; None if it is not read off, or d is no column."""
        total: Term | None = None
        if not self.change.space().is_vector or self.change.space().is_scalar:
            return None
        for piece in self.pieces:
            matrix = piece.hessian()
            if matrix is None:
                return None
            total = matrix if total is None else Term("add", (total, matrix))
        return total

    def unique(self, context: Context, prove: Prove) -> Certificate | None:
        """u = p from f(u) ≤ f(p), the last that is known, where the Hessian is positive definite."""
        if self.change.space().is_scalar:
            return self._unique_number(context, prove)
        here, matrix = len(context.known) - 1, self.hessian()
        if matrix is None:
            return None
        lemmas = Lemmas(context)
        at = _shown(lemmas, Term("property", (matrix,), ("positive_definite",)), prove)
        of_gap = None if at is None else _shown(lemmas, self.identity(), prove)
        if of_gap is None:
            return None
        nothing = Term("equal", (self.change, Term("zeros", (), (self.change.space(),))))
        last = len(lemmas.context.known)
        then = {"rule": "linear", "uses": [{"context": _hole(self.change), "relation": {"fact": last}}]}
        premises = [{"rule": "fact", "fact": at}, {"rule": "fact", "fact": last}]
        form = {"axiom": "quadratic_form_positive", "arguments": [term_to_data(matrix), term_to_data(self.change)]}
        summands = [
            {"coefficient": "1", "squares": [], "gaps": [{**form, "premises": premises}]},
            {"coefficient": "1", "squares": [], "gaps": [{"fact": here}]},
        ]
        uses = [{"context": term_to_data(GAP), "relation": {"fact": of_gap}}]
        absurd = {"rule": "nonnegative", "uses": uses, "summands": summands}
        otherwise = {"rule": "absurd", "lemma": term_to_data(FALSE), "proof": absurd, "refutation": {"rule": "sign"}}
        return lemmas.then({"rule": "cases", "on": term_to_data(nothing), "then": then, "else": otherwise})


def _shown(lemmas: Lemmas, proposition: Term, prove: Prove) -> int | None:
    """The number of a proposition among what is known after the lemmas, once it is proved there."""
    proof = prove(lemmas.context, proposition)
    return None if proof is None else lemmas.add(proposition, proof)


def _hole(term: Term) -> Any:
    return term_to_data(Term("symbol", (), (HOLE, term.space(), ())))


def _summand(context: Context, piece: Piece, prove: Prove) -> Any:
    """A piece as a summand of the kernel's rule, once its scale and its middle are shown to be not negative."""
    coefficient, scale = Fraction(1), piece.scale
    if scale.head == "number":
        coefficient, scale = scale.data[0], ONE
    if coefficient <= 0:
        return None
    gaps: list[Any] = []
    inner = context
    for name, low, high in piece.sums:
        inner = inner.fix(name, (low, high))
    if scale != ONE:
        bound = Term("greater_equal", (scale, ZERO))
        proof = prove(inner, bound)
        if proof is None:
            return None
        gaps.append({"lemma": term_to_data(bound), "proof": proof})
    if piece.middle is not None:
        definite = Term("property", (piece.middle,), ("positive_semidefinite",))
        proof = prove(inner, definite)
        if proof is None:
            return None
        arguments = [term_to_data(piece.middle), term_to_data(piece.change)]
        gaps.append({"axiom": "quadratic_form_nonneg", "arguments": arguments, "premises": [proof]})
    squares = [] if piece.middle is not None else [term_to_data(piece.change)]
    number = f"{coefficient.numerator}/{coefficient.denominator}"
    indices = [[name, linear_to_data(low), linear_to_data(high)] for name, low, high in piece.sums]
    return {"coefficient": number, "squares": squares, "gaps": gaps, "indices": indices}


# the same points


@dataclass
class _Transfer:
    """u ∈ argmin g, where u ∈ argmin f is known: f and g order points alike."""

    context: Context
    fact: int
    prove: Prove

    def point(self, point: Term, optimum: Term) -> Certificate | None:
        """The certificate, if the difference of the objectives, scaled, does not vary."""
        definitions = self.context.sequent.definitions
        of, known = optimum_of(optimum, definitions), optimum_of(_sides(self._known())[1], definitions)
        lemmas = _feasible(self.context, of, point, self.prove)
        if lemmas is None:
            return None
        context = lemmas.context
        fresh, inner = _with_fresh(context, of, (point, optimum, self._known()))
        admitted = _admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        least = self._least(inner, of, known, point, fresh)
        if least is None:
            return None
        certificate = {"rule": "optimum", "name": fresh.data[0], "defined": defined, "least": least}
        return lemmas.then({**certificate, "feasible": [_fact(context, c) for c in of.feasible(point)]})

    def _known(self) -> Term:
        return self.context.known[self.fact].proposition

    def _least(self, inner: Context, of: Optimum, known: Optimum, point: Term, fresh: Term) -> Certificate | None:
        feasible = _feasible(inner, known, fresh, self.prove)
        if feasible is None:
            return None
        lemmas = feasible
        relation = {"optimum": {"fact": self.fact}, "with": term_to_data(fresh)}
        relation["feasible"] = [_fact(lemmas.context, c) for c in known.feasible(fresh)]
        compared, wanted = known.no_worse(point, fresh), of.no_worse(point, fresh)
        here = lemmas.add(compared, {"rule": "from optimum", "relation": relation})
        for scale in _scales(lemmas.context, known, of, compared, wanted):
            found = self._scaled(lemmas, here, compared, wanted, scale)
            if found is not None:
                return found
        proof = self.prove(lemmas.context, wanted)
        return None if proof is None else lemmas.then(proof)

    def _scaled(self, lemmas: Lemmas, here: int, compared: Term, wanted: Term, scale: Term) -> Certificate | None:
        """g(v) - g(u) = c (f(v) - f(u)) for a number c > 0"""
        gaps = [Term("subtract", relation.args[::-1]) for relation in (wanted, compared)]
        identity = Term("equal", (gaps[0], multiplied(scale, gaps[1])))
        inner = Lemmas(lemmas.context)
        at = _shown(inner, identity, self.prove)
        if at is None:
            return None
        relations: list[Any] = [{"fact": here}]
        coefficient = Fraction(1)
        if scale.head == "number":
            coefficient = scale.data[0]
        else:
            bound = Term("greater_equal", (scale, ZERO))
            positive = self.prove(inner.context, bound)
            if positive is None:
                return None
            relations.append({"lemma": term_to_data(bound), "proof": positive})
        number = f"{coefficient.numerator}/{coefficient.denominator}"
        summand = {"coefficient": number, "squares": [], "gaps": relations}
        uses = [{"context": term_to_data(GAP), "relation": {"fact": at}}]
        return lemmas.then(inner.then({"rule": "nonnegative", "uses": uses, "summands": [summand]}))


def _scales(context: Context, known: Optimum, of: Optimum, compared: Term, wanted: Term) -> Iterator[Term]:
    """Numbers by which one objective may be the other's multiple: 1, a ratio of coefficients, of factors in front."""
    ratio = _ratio(context, compared, wanted)
    if ratio is None:
        yield ONE
    elif ratio > 0:
        yield Term("number", (), (ratio,))
    above, below = _ahead(of.objective), _ahead(known.objective)
    if of.kind != known.kind:
        above = Term("negate", (above,))
    if below != ONE or above.head != "number":
        yield above if below == ONE else Term("divide", (above, below))


def _ratio(context: Context, compared: Term, wanted: Term) -> Fraction | None:
    """The rational c, if there is one, of g(v) - g(u) = c (f(v) - f(u)) at one of their summands."""
    forms: list[NormalForm] = []
    for relation in (compared, wanted):
        large, small = (context.scalar(side) for side in relation.args[::-1])
        forms.append(context.algebra.subtract(large, small))
    shared = [monomial for monomial in forms[0] if monomial in forms[1]]
    return forms[1][shared[0]] / forms[0][shared[0]] if shared else None


def _ahead(objective: Term) -> Term:
    """The scalar factor in front of an objective."""
    match objective.head:
        case "multiply" if objective.args[0].space().is_scalar:
            return objective.args[0]
        case "divide":
            return Term("divide", (ONE, objective.args[1]))
        case "negate":
            return Term("negate", (_ahead(objective.args[0]),))
    return ONE


# what all of them need


def _with_fresh(context: Context, of: Optimum, spoken: tuple[Term, ...]) -> tuple[Term, Context]:
    """A fresh symbol, and a context for the engines in which it has a shape."""
    taken: set[str | int] = set(context.sequent.names)
    for term in (*spoken, *(known.proposition for known in context.known)):
        taken |= {str(part.data[0]) for part in subterms(term) if part.head in ("symbol", "apply", "elementwise")}
    name = fresh_name(f"{of.variable.data[0]}'", taken)
    fresh = Term("symbol", (), (name, of.variable.shape, ()))
    sequent = context.sequent
    said = replace(sequent, hypotheses=(*sequent.hypotheses, Term("equal", (fresh, fresh))))
    return fresh, replace(context, sequent=said)


def _domain(context: Context, proposition: Term) -> Iterator[Term]:
    yield from (p for p in context.domain(proposition) if not context.covers(p))


def _feasible(context: Context, of: Optimum, point: Term, prove: Prove) -> Lemmas | None:
    """That a point is feasible, as lemmas; None if it is not shown."""
    lemmas = Lemmas(context)
    for constraint in of.feasible(point):
        if any(known.proposition == constraint for known in lemmas.context.known):
            continue
        proof = prove(context, constraint)
        if proof is None:
            return None
        lemmas.add(constraint, proof)
    return lemmas


def _fact(context: Context, proposition: Term) -> Certificate:
    return {"rule": "fact", "fact": next(k for k, one in enumerate(context.known) if one.proposition == proposition)}


def _admitting(context: Context, of: Optimum, fresh: Term, prove: Prove) -> tuple[Context, list[Certificate]] | None:
    """Γ, C(u), and proofs that C and f are defined there, where the kernel does not see it."""
    proofs: list[Certificate] = []
    inner = context
    for statement in (*of.feasible(fresh), None):
        whole = Term("equal", (of.at(fresh), of.at(fresh))) if statement is None else statement
        for condition in _domain(inner, whole):
            proof = prove(inner, condition)
            if proof is None:
                return None
            proofs.append(proof)
        if statement is not None:
            inner = inner.assume(statement)
    return inner, proofs


def _oriented(relation: Any, equation: Term, goal: Term) -> Certificate:
    """The equation that a relation gives, or its mirror image."""
    if equation == goal:
        return {"rule": "from optimum", "relation": relation}
    hole = Term("symbol", (), (HOLE, goal.args[0].space(), ()))
    return {"rule": "linear", "uses": [{"context": term_to_data(Term("negate", (hole,))), "relation": relation}]}


__all__ = ["by_instances", "by_optimum", "by_solution", "by_uniqueness", "speaks_of_optima"]
