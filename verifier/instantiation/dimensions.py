"""Which dimensions to try: large enough to tell contracted terms apart, rectangular, all 1, all 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from verifier.instantiation.evaluation import Fixed, evaluator
from verifier.instantiation.outcomes import InstantiationError, NoModel, Work
from verifier.instantiation.problems import Problem
from verifier.instantiation.rings import Rationals
from verifier.kernel import linear
from verifier.kernel.linear import Atom
from verifier.kernel.terms import Term, free_indices, subterms

LARGEST = 6
TOPS = (8, 8, 8, 8, 6, 4, 3)
MOST = 7
MOST_SMALLER = 4096
Dimensions = dict[Atom, int]


class Shapes:
    """The dimensions that the conditions of a claim allow."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.names = sorted(map(str, problem.sequent.dimension_names))
        named = {name for name, _ in problem.sequent.indices}
        self._conditions = [h for h in problem.hypotheses if self._is_about_dimensions(h, named)]
        self._every: list[Dimensions] | None = None
        self._constrained = bool(problem.sequent.positive or self._conditions)

    def _is_about_dimensions(self, hypothesis: Term, indices: set[str]) -> bool:
        return not self.problem.dependence.names(hypothesis) and not (free_indices(hypothesis) & indices)

    def allowed(self, dimensions: Mapping[Atom, int]) -> bool:
        """Whether dimensions satisfy what is said of dimensions alone."""
        if not self._constrained:
            return True
        if any(linear.value(form, dimensions) < 1 for form in self.problem.sequent.positive):
            return False
        ev = evaluator(Rationals(), Fixed(dict(dimensions)), self.problem.dependence, Work(10_000))
        try:
            return all(ev.truth(condition, ev.base).holds for condition in self._conditions)
        except InstantiationError:
            return False

    def every(self) -> list[Dimensions]:
        """All allowed dimensions up to a size, small ones first. Raises NoModel if there are none."""
        if self._every is None:
            top = TOPS[min(len(self.names), len(TOPS) - 1)]
            sizes = sorted(product(range(1, top + 1), repeat=min(len(self.names), MOST)), key=lambda s: (sum(s), s))
            padded = (self._named((*s, *(1,) * (len(self.names) - len(s)))) for s in sizes)
            self._every = [dimensions for dimensions in padded if self.allowed(dimensions)]
        if not self._every:
            raise NoModel("no dimensions satisfy the conditions on them")
        return self._every

    def _named(self, sizes: Iterable[int]) -> Dimensions:
        return dict(zip(self.names, sizes, strict=True))

    def wanted(self) -> list[Dimensions]:
        """The dimensions to try, in order. Raises NoModel if the conditions leave none."""
        count, counts = len(self.names), index_counts(self.problem)
        rising = [2 + k % 5 for k in range(count)]
        choices = [[counts[name] for name in self.names], rising, [1] * count, [2] * count, rising[::-1], [3] * count]
        if count > 2:
            choices += [rising[k:] + rising[:k] for k in range(1, count)]
            choices += [rising[::-1][k:] + rising[::-1][:k] for k in range(1, count)]
        if self.as_numbers:
            choices += [[4] * count, [5] * count, [7] * count]
        shapes = [self._nearest(sizes) for sizes in choices]
        if self._constrained:
            roomy = [d for d in self.every() if all(size > 1 for size in d.values())]
            shapes += [roomy[len(roomy) * k // 5] for k in (1, 2, 3) if roomy]
        return [dict(pairs) for pairs in dict.fromkeys(tuple(shape.items()) for shape in shapes)]

    @property
    def as_numbers(self) -> bool:
        """Whether dimensions are numbers in the conclusion: then more of them are worth trying."""
        names = set(self.problem.sequent.dimension_names)
        parts = (part for part in subterms(self.problem.conclusion) if part.head == "index")
        return any(names & set(linear.atoms(part.data[0])) for part in parts)

    def _nearest(self, sizes: list[int]) -> Dimensions:
        dimensions = self._named(sizes)
        if self.allowed(dimensions):
            return dimensions
        return min(self.every(), key=lambda d: sum(abs(d[n] - dimensions[n]) for n in self.names))

    def smaller(self, dimensions: Mapping[Atom, int]) -> Iterator[Dimensions]:
        """Allowed dimensions of which none is larger and one is smaller, small ones first; of very many, a few."""
        sizes = [dimensions[name] for name in self.names]
        choices: Iterable[tuple[int, ...]] = product(*(range(1, size + 1) for size in sizes))
        if prod(sizes) > MOST_SMALLER:
            singles = ((*sizes[:k], low, *sizes[k + 1 :]) for low in (1, 2) for k in range(len(sizes)))
            choices = [(1,) * len(sizes), tuple(min(2, size) for size in sizes), *singles]
        for chosen in sorted(choices, key=lambda s: (sum(s), s)):
            smaller = self._named(chosen)
            if smaller != dimensions and self.allowed(smaller):
                yield smaller

    def inside(self, values: Mapping[Atom, int]) -> bool:
        """Whether dimensions and claimed indices are within the ranges of the indices."""
        for name, (lower, upper) in self.problem.sequent.indices:
            high = values[name] if upper is None else linear.value(upper, values)
            if not linear.value(lower, values) <= values[name] <= high:
                return False
        return True

    def forced(self, dimensions: Mapping[Atom, int]) -> bool:
        """Whether the dimensions that are 1 have to be: no allowed dimensions are at least 2 throughout."""
        return all(size > 1 for size in dimensions.values()) or not any(
            all(size > 1 for size in other.values()) for other in self.every()
        )


# how many indices over a dimension a term carries when it is multiplied out


def index_counts(problem: Problem) -> dict[str, int]:
    """For each dimension, a bound on the indices over it in a product of entries, between 2 and ``LARGEST``.

    Each letter brings its axes; in a contracted product every summed index occurs at least twice, and the free ones,
    at most two, once more.
    """
    counts = _letters(problem.conclusion, problem, {})
    names = map(str, problem.sequent.dimension_names)
    return {name: min(LARGEST, max(2, (counts.get(name, 0) + 3) // 2)) for name in names}


Letters = dict[str, int]


def _letters(term: Term, problem: Problem, known: dict[str, Letters]) -> Letters:
    if term.head == "symbol":
        return _letters_of_symbol(term, problem, known)
    parts = [_letters(arg, problem, known) for arg in term.args]
    if len(parts) == 1:
        return parts[0]
    if term.head == "power":
        exponent = term.args[1].data[0] if term.args[1].head == "number" else 2
        count = max(1, min(4, int(abs(exponent))))
        return {name: count * number for name, number in parts[0].items()}
    adds = term.head in PRODUCTS
    result: Letters = {}
    for part in parts:
        for name, number in part.items():
            old = result.get(name, 0)
            result[name] = old + number if adds else max(old, number)
    return result


def _letters_of_symbol(term: Term, problem: Problem, known: dict[str, Letters]) -> Letters:
    name = str(term.data[0])
    if name not in known:
        definition = problem.dependence.definitions.get(name)
        if definition is None:
            letters: Letters = {}
            for axis in term.space().axes:
                for atom, _ in axis:
                    letters[str(atom)] = letters.get(str(atom), 0) + 1
            known[name] = letters
        else:
            known[name] = _letters(definition.body, problem, known)
    return known[name]


PRODUCTS = frozenset(
    ("multiply", "divide", "dot", "hadamard", "hadamard_divide", "kronecker", "derivative", "gradient", "hessian")
)
