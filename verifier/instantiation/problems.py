"""A claim made ready: its premises are hypotheses, and what cannot be evaluated at points is found before any work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verifier.instantiation.chance import MOMENTS, NOTHING, Chance, chance_of
from verifier.instantiation.dependence import DERIVATIVES, Dependence, Names
from verifier.instantiation.evaluation import RELATIONS, RULES
from verifier.instantiation.facts import Quantifier
from verifier.instantiation.norms import check_norm
from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.propositions import PROPERTIES
from verifier.instantiation.rings import CONSTANTS
from verifier.instantiation.signs import without_signs
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, name_of, subterms


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a hypothesis, under its quantifiers; ``source`` is the number of the hypothesis."""

    quantifiers: tuple[Quantifier, ...]
    body: Term
    source: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Hypotheses, those that the claim itself states as premises among them, and a conclusion.

    ``hints`` are propositions that are worth making true: the sides of an equivalence, the premises under a quantifier.
    """

    sequent: Sequent
    hypotheses: tuple[Term, ...]
    conclusion: Term
    dependence: Dependence
    hints: tuple[Term, ...] = ()
    chance: Chance = NOTHING


def problem_of(sequent: Sequent) -> Problem:
    """The claim, ready. Raises Unsupported if it cannot be evaluated at points."""
    hypotheses, conclusion = list(map(without_signs, sequent.hypotheses)), without_signs(sequent.conclusion)
    while conclusion.head == "implies":
        premise, conclusion = conclusion.args
        hypotheses.append(premise)
    dependence = Dependence(sequent.definitions)
    chance = chance_of(tuple(hypotheses), conclusion, dependence)
    problem = Problem(sequent, tuple(hypotheses), conclusion, dependence, tuple(_hints(conclusion)), chance)
    for statement in _statements(problem):
        _check_heads(statement)
        if not chance.names and any(part.head in MOMENTS for part in subterms(statement)):
            raise Unsupported("an expectation where nothing is declared random")
    _check_ties(problem)
    return problem


def _hints(conclusion: Term) -> Iterator[Term]:
    match conclusion.head:
        case "iff":
            yield from conclusion.args
        case "and" | "or" | "not":
            for arg in conclusion.args:
                yield from _hints(arg)
        case "implies":
            yield conclusion.args[0]


def _statements(problem: Problem) -> Iterator[Term]:
    """The conclusion, the hypotheses, and the bodies of the definitions that they reach."""
    statements = (problem.conclusion, *problem.hypotheses)
    yield from statements
    reached = frozenset(name for statement in statements for name in problem.dependence.names(statement))
    for name, definition in problem.dependence.definitions.items():
        if name in reached:
            yield definition.body


def _check_heads(statement: Term) -> None:
    for part in subterms(statement):
        if part.head not in RULES and part.head not in RELATIONS:
            raise Unsupported(f"{part.head.replace('_', ' ')} is not evaluated at points")
        if part.head == "norm":
            check_norm(part)
        elif part.head == "property" and part.data[0] not in PROPERTIES:
            raise Unsupported(f"the property {part.data[0]!r}")
        elif part.head == "constant" and part.data[0] not in CONSTANTS:
            raise Unsupported(f"the constant {part.data[0]}")
        elif part.head in ("sum", "product") and part.data[2] is None:
            raise Unsupported(f"an infinite {part.head}")


def _check_ties(problem: Problem) -> None:
    """Raises Unsupported where a term is differentiated by a symbol that an equation ties to another one in it."""
    dependence = problem.dependence
    ties = [
        dependence.names(hypothesis)
        for hypothesis in problem.hypotheses
        if any(part.head == "equal" for part in subterms(hypothesis))
    ]
    for statement in _conclusions(problem) if ties else ():
        for part in subterms(statement):
            if part.head not in DERIVATIVES:
                continue
            name = name_of(part.args[1])
            others = dependence.names(part.args[0], frozenset({name})) - {name}
            for tie in ties:
                if name in tie and tie & others:
                    raise Unsupported(f"a condition ties {name} to {min(tie & others)} in a derivative by {name}")


def _conclusions(problem: Problem) -> Iterator[Term]:
    """The conclusion and the bodies of the definitions that it reaches."""
    yield problem.conclusion
    reached = problem.dependence.names(problem.conclusion)
    yield from (d.body for name, d in problem.dependence.definitions.items() if name in reached)


def conditions(hypotheses: tuple[Term, ...]) -> Iterator[Condition]:
    """The parts of hypotheses, conjunctions and quantifiers opened."""
    for source, hypothesis in enumerate(hypotheses):
        yield from _conditions(hypothesis, (), source)


def _conditions(body: Term, quantifiers: tuple[Quantifier, ...], source: int) -> Iterator[Condition]:
    match body.head:
        case "and":
            for arg in body.args:
                yield from _conditions(arg, quantifiers, source)
        case "for_all":
            yield from _conditions(body.args[0], (*quantifiers, body.data), source)
        case _:
            yield Condition(quantifiers, body, source)


def free_names(problem: Problem, term: Term) -> Names:
    """The names of free symbols and undeclared functions that a term reaches."""
    return frozenset(n for n in problem.dependence.names(term) if n not in problem.dependence.definitions)
