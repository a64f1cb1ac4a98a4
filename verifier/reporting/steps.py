"""Certificates in words: which rule, and which hypotheses, axioms and equations it uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.bases import BUDGET
from verifier.kernel.context import CertificateError, initial_context
from verifier.kernel.linear import show, variable
from verifier.kernel.optima import is_set
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import linear_from_data, term_from_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, negation, substitute_indices
from verifier.kernel.unfolding import unfold
from verifier.notation import latex
from verifier.reporting.readable import readable
from verifier.reporting.steps_of_optima import parts_of

INDENT = "  "
ZERO = Term("number", (), (Fraction(0),))
FALSE = Term("less", (ZERO, ZERO))
_NUMBERED = re.compile(r"\\mathrm\{·\d+\}|·\d+")
UNREADABLE = (CertificateError, Unsupported, TermError, ShapeError, KeyError, TypeError, ValueError, IndexError)


def steps(sequent: Sequent, certificate: Any) -> list[str]:
    """The steps of a certificate, a line each, indented where one is part of another."""
    try:
        known = tuple(k.proposition for k in initial_context(sequent, BUDGET).known)
    except UNREADABLE:
        known = sequent.hypotheses
    return [INDENT * depth + text for depth, text in _steps(_Goal(sequent, known, sequent.conclusion), certificate)]


@dataclass(frozen=True, slots=True)
class _Goal:
    """What is to be shown at a step, and what is known there."""

    sequent: Sequent
    known: tuple[Term, ...]
    conclusion: Term

    def of(self, conclusion: Term, *assumed: Term) -> _Goal:
        return _Goal(self.sequent, (*self.known, *assumed), conclusion)


Lines = Iterator[tuple[int, str]]


def _steps(goal: _Goal, certificate: Any) -> Lines:
    rule = certificate.get("rule") if isinstance(certificate, dict) else None
    words = WORDS.get(str(rule))
    if words is None:
        yield 0, f"by a rule {rule!r} that is not known here"
        return
    try:
        lines = list(words(goal, certificate))
    except UNREADABLE as error:
        lines = [(0, f"by {rule} (which cannot be shown: {error})")]
    yield from lines


def _inside(goal: _Goal, certificate: Any) -> Lines:
    yield from ((depth + 1, text) for depth, text in _steps(goal, certificate))


def _text(term: Term) -> str:
    """A term, readable; indices that the kernel numbered get letters."""
    letters = iter("ijklpqrs")
    names: dict[str, str] = {}

    def letter(found: re.Match[str]) -> str:
        if found[0] not in names:
            names[found[0]] = next(letters, f"i_{{{len(names)}}}")
        return names[found[0]]

    return readable(_NUMBERED.sub(letter, latex(term)))


# what is used


def _relation(goal: _Goal, data: Any) -> str:
    """A fact, an axiom with its arguments, or a function of both sides of an equation."""
    at = ", ".join(show(linear_from_data(form)) for form in data.get("at", []))
    where = f"  at {at}" if at else ""
    if "fact" in data:
        return f"{_text(goal.known[data['fact']])}{where}"
    if "axiom" in data:
        return f"{_axiom_text(data)}{where}"
    if "lemma" in data:
        return f"{_text(term_from_data(data['lemma']))}{where}"
    if "congruence" not in data:
        return f"what is known of an optimum{where}"
    inner = _relation(goal, data["congruence"])
    return f"{inner}, put for □ in {_text(term_from_data(data['context']))}{where}"


def _axiom_text(data: Any) -> str:
    row = AXIOMS[data["axiom"]]
    arguments = [term_from_data(item) for item in data.get("arguments", [])]
    return f"{_text(row.statement(*arguments))}  ({data['axiom']}: {row.source})"


def _premises(goal: _Goal, data: Any) -> Lines:
    """The proofs of the premises of an axiom."""
    if "axiom" not in data:
        return
    row = AXIOMS[data["axiom"]]
    arguments = [term_from_data(item) for item in data.get("arguments", [])]
    for premise, proof in zip(row.premises(*arguments), data.get("premises", []), strict=True):
        yield 1, f"where {_text(premise)}:"
        yield from ((depth + 2, text) for depth, text in _steps(goal.of(premise), proof))


def _uses(goal: _Goal, certificate: Any) -> Lines:
    for use in certificate.get("uses", []):
        term = term_from_data(use["context"])
        multiple = "" if term.head == "symbol" else f",  as □ = left - right in {_text(term)}"
        yield 1, f"{_relation(goal, use['relation'])}{multiple}"
        yield from ((depth + 1, text) for depth, text in _premises(goal, use["relation"]))


# rules


def _normal_form(goal: _Goal, certificate: Any) -> Lines:
    yield 0, "both sides have the same normal form, in every dimension"


def _linear(goal: _Goal, certificate: Any) -> Lines:
    if not certificate.get("uses"):
        yield from _normal_form(goal, certificate)
        return
    yield 0, "the difference of the sides is a combination of these equations, and nothing is left over:"
    yield from _uses(goal, certificate)


def _nonnegative(goal: _Goal, certificate: Any) -> Lines:
    yield 0, "the difference of the sides is a sum of what is not negative:"
    for summand in certificate.get("summands", []):
        squares = [f"‖{_text(term_from_data(item))}‖²" for item in summand.get("squares", [])]
        gaps = [f"the gap of {_relation(goal, item)}" for item in summand.get("gaps", [])]
        yield 1, " times ".join((str(summand["coefficient"]), *squares, *gaps))
    yield from _uses(goal, certificate)


def _sign(goal: _Goal, certificate: Any) -> Lines:
    yield 0, "the signs of its summands and factors show it"


def _fact(goal: _Goal, certificate: Any) -> Lines:
    yield 0, f"it is known: {_relation(goal, certificate)}"


def _axiom(goal: _Goal, certificate: Any) -> Lines:
    yield 0, f"it is an axiom: {_axiom_text(certificate)}"
    yield from _premises(goal, certificate)


def _and(goal: _Goal, certificate: Any) -> Lines:
    parts = goal.conclusion.args
    if goal.conclusion.head == "iff":
        parts = (Term("implies", parts), Term("implies", parts[::-1]))
    for part, proof in zip(parts, certificate["proofs"], strict=True):
        yield 0, f"{_text(part)}:"
        yield from _inside(goal.of(part), proof)


def _or(goal: _Goal, certificate: Any) -> Lines:
    part = goal.conclusion.args[certificate["which"]]
    yield 0, f"one side holds, {_text(part)}:"
    yield from _inside(goal.of(part), certificate["proof"])


def _implies(goal: _Goal, certificate: Any) -> Lines:
    premise, conclusion = goal.conclusion.args
    yield 0, f"suppose {_text(premise)}:"
    yield from _inside(goal.of(conclusion, premise), certificate["proof"])


def _generalise(goal: _Goal, certificate: Any) -> Lines:
    yield 0, f"for any {goal.conclusion.data[0]}:"
    yield from _inside(goal.of(goal.conclusion.args[0]), certificate["proof"])


def _witness(goal: _Goal, certificate: Any) -> Lines:
    yield 0, f"it holds at {goal.conclusion.data[0]} = {show(linear_from_data(certificate['at']))}:"
    yield from _inside(goal.of(goal.conclusion.args[0]), certificate["proof"])


def _cases(goal: _Goal, certificate: Any) -> Lines:
    condition = term_from_data(certificate["on"])
    for case, key in ((condition, "then"), (negation(condition), "else")):
        yield 0, f"if {_text(case)}:"
        yield from _inside(goal.of(goal.conclusion, case), certificate[key])


def _cut(goal: _Goal, certificate: Any) -> Lines:
    lemma = term_from_data(certificate["lemma"])
    yield 0, f"first, {_text(lemma)}:"
    yield from _inside(goal.of(lemma), certificate["proof"])
    yield 0, "from it:"
    yield from _inside(goal.of(goal.conclusion, lemma), certificate["then"])


def _induction(goal: _Goal, certificate: Any) -> Lines:
    name, lower, _ = goal.conclusion.data
    body = goal.conclusion.args[0]
    yield 0, f"by induction, at {name} = {show(lower)}:"
    yield from _inside(goal.of(body), certificate["base"])
    yield 0, f"and from {name} to {name} + 1:"
    yield from _inside(goal.of(body, body), certificate["step"])


def _deny(goal: _Goal, certificate: Any) -> Lines:
    assumed = goal.conclusion.args[0]
    yield 0, f"suppose {_text(assumed)}:"
    yield from _inside(goal.of(FALSE, assumed), certificate["proof"])


def _absurd(goal: _Goal, certificate: Any) -> Lines:
    lemma = term_from_data(certificate["lemma"])
    for said, key in ((lemma, "proof"), (negation(lemma), "refutation")):
        yield 0, f"{'' if key == 'proof' else 'but also '}{_text(said)}:"
        yield from _inside(goal.of(said), certificate[key])


def _obtain(goal: _Goal, certificate: Any) -> Lines:
    existence = _existence(goal, certificate["of"])
    said = substitute_indices(existence.args[0], {existence.data[0]: variable(certificate["name"])})
    yield 0, f"there is a {certificate['name']} with {_text(said)}:"
    yield from _inside(goal.of(goal.conclusion, said), certificate["then"])


def _existence(goal: _Goal, data: Any) -> Term:
    """The proposition that a fact, an axiom, or an implication with its premise, says at indices."""
    if "fact" in data:
        said: Term = goal.known[data["fact"]]
    elif "axiom" in data:
        said = AXIOMS[data["axiom"]].statement(*[term_from_data(item) for item in data.get("arguments", [])])
    else:
        said = _existence(goal, data["implication"]).args[1]
    for form in data.get("at", []):
        said = substitute_indices(said.args[0], {said.data[0]: linear_from_data(form)})
    return said


def _unfold(goal: _Goal, certificate: Any) -> Lines:
    conclusion = unfold(goal.conclusion, goal.sequent.definitions)
    yield 0, f"with its definitions written out, {_text(conclusion)}:"
    yield from _inside(goal.of(conclusion), certificate["proof"])


def _optimum(goal: _Goal, certificate: Any) -> Lines:
    for words, shown, assumed, proof in parts_of(goal.sequent, goal.conclusion, certificate):
        yield 0, words.format(_text(shown))
        yield from _inside(goal.of(shown, *assumed), proof)


def _from_optimum(goal: _Goal, certificate: Any) -> Lines:
    yield 0, "what is known of an optimum says it"


def _same_point(goal: _Goal, certificate: Any) -> Lines:
    point, optimum = goal.conclusion.args if is_set(goal.conclusion.args[1]) else goal.conclusion.args[::-1]
    other = term_from_data(certificate["with"])
    for said, key in (
        (Term("equal", (other, point)), "equation"),
        (Term(goal.conclusion.head, (other, optimum)), "proof"),
    ):
        yield 0, f"{_text(said)}:"
        yield from _inside(goal.of(said), certificate[key])


WORDS: dict[str, Callable[[_Goal, Any], Lines]] = {
    "normal form": _normal_form,
    "linear": _linear,
    "nonnegative": _nonnegative,
    "sign": _sign,
    "fact": _fact,
    "axiom": _axiom,
    "and": _and,
    "or": _or,
    "implies": _implies,
    "generalise": _generalise,
    "witness": _witness,
    "cases": _cases,
    "cut": _cut,
    "induction": _induction,
    "deny": _deny,
    "absurd": _absurd,
    "obtain": _obtain,
    "unfold": _unfold,
    "optimum": _optimum,
    "from optimum": _from_optimum,
    "same point": _same_point,
}
