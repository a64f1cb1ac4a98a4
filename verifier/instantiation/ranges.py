"""Hypotheses over an infinite range of an index: which of them a finite check of a model decides.

A hypothesis holds by construction, or is about each member of a free family by itself; or it speaks of the index only
as that of members of free families, as a_{t+1} ≤ (1 - c) a_t does. In models in which these families are constant from
some member on, all instances from there on are one, so that the first few decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verifier.instantiation.facts import Fact
from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.problems import Condition, Problem
from verifier.instantiation.propositions import WINDOW
from verifier.kernel import linear
from verifier.kernel.terms import Term, index_forms, subterms

Given = Mapping[str, Sequence[Fact]]
EACH = frozenset(("less", "less_equal", "greater", "greater_equal", "property", "not_equal"))


def constant_from(problem: Problem, conditions: Iterable[Condition], given: Given) -> Mapping[str, int]:
    """The families that are to be constant from an index on. Raises Unsupported for conditions that this does not help.

    ``given`` is what equations say of symbols.
    """
    starts: dict[str, int] = {}
    endless = [c for c in conditions if any(upper is None for _, _, upper in c.quantifiers)]
    for condition in endless:
        if not _of_each_member(problem, condition, given):
            for name, start in _uniform(problem, condition, given).items():
                starts[name] = min(start, starts.get(name, start))
    for condition in endless if starts else ():
        if not starts.keys().isdisjoint(problem.dependence.names(condition.body)):
            for name, start in _uniform(problem, condition, given).items():
                starts[name] = min(start, starts.get(name, start))
    for name, start in starts.items():
        if any(not _is_early(fact, start) for fact in given.get(name, ())):
            raise Unsupported("a hypothesis over an infinite range of an index")
    return starts


def _is_early(fact: Fact, last: int) -> bool:
    """Whether a fact is about one member, which is none of those that are all the same."""
    place = linear.constant_value(fact.forms[0])
    return not fact.quantifiers and place is not None and place <= last


def _of_each_member(problem: Problem, condition: Condition, given: Given) -> bool:
    endless = {q for q, _, upper in condition.quantifiers if upper is None}
    body = condition.body
    for side in (*body.args, *(arg.args[0] for arg in body.args if arg.head == "entry")):
        if side.head != "symbol" or side.data[0] in given:
            continue
        own = {a for form in side.data[2] for a in linear.atoms(form)}
        others = [other for other in body.args if other != side and side not in other.args]
        constant = all(not problem.dependence.names(o) and not _mentions(o, endless) for o in others)
        if endless <= own and constant and body.head in EACH:
            return True
    return False


def _mentions(term: Term, names: set[str]) -> bool:
    return any(a in names for p in subterms(term) if p.head == "index" for a in linear.atoms(p.data[0]))


def _uniform(problem: Problem, condition: Condition, given: Given) -> dict[str, int]:
    """For each family, the index of the last member that the first instances reach, whichever they are.

    The last of them is about members from that index on alone.
    """
    error = Unsupported("a hypothesis over an infinite range of an index")
    endless = [quantifier for quantifier in condition.quantifiers if quantifier[2] is None]
    name, lower, _ = endless[0]
    low = linear.constant_value(lower)
    bounds = [form for _, *both in condition.quantifiers for form in both if form is not None]
    if len(endless) > 1 or low is None or any(name in linear.atoms(form) for form in bounds):
        raise error
    starts: dict[str, int] = {}
    for part in subterms(condition.body):
        forms = index_forms(part)
        if not any(name in linear.atoms(form) for form in forms):
            continue
        family = part.data[0] if part.head == "symbol" and len(part.data[2]) == 1 else None
        step = linear.constant_value(linear.minus(forms[0], linear.variable(name)))
        if family is None or step is None or family in problem.dependence.definitions:
            raise error
        starts[family] = min(low + WINDOW - 1 + step, starts.get(family, low + WINDOW - 1 + step))
    least = min(starts.values(), default=0)
    return dict.fromkeys(starts, least)
