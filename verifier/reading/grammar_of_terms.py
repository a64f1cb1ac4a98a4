"""Which function reads which kind of node as a term: the tables of an ``Elaboration``, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.reading import arrays, big_operators, constructs, derivatives, names, optima, products, relations
from verifier.reading.elaboration import Elaboration, Prefix, Rule
from verifier.reading.environment import Dimensions, Environment

RULES: dict[str, Rule] = {
    "name": names.name_term,
    "face": names.name_term,
    "accent": names.name_term,
    "script": constructs.script_term,
    "word": names.name_term,
    "text": names.name_term,
    "product": products.product_term,
    "number": constructs.number_term,
    "sum": constructs.sum_term,
    "group": constructs.group_term,
    "placeholder": constructs.nothing_term,
    "empty": constructs.nothing_term,
    "unreadable": constructs.unreadable_term,
    "brace": constructs.brace_term,
    "fraction": constructs.fraction_term,
    "root": constructs.root_term,
    "binomial": constructs.binomial_term,
    "factorial": constructs.factorial_term,
    "absolute": constructs.absolute_term,
    "norm": constructs.norm_term,
    "infinity": constructs.infinity_term,
    "bar": constructs.bar_term,
    "matrix": arrays.matrix_term,
    "row": arrays.row_term,
    "cases": arrays.cases_term,
    "big": big_operators.lone_big_term,
    "constrained": optima.constrained_term,
    "chain": relations.no_term,
    "connective": relations.no_term,
    "quantifier": relations.no_term,
}
PREFIXES: dict[str, Prefix] = {
    "big": big_operators.big_prefix,
    "partial": derivatives.lone_partial_prefix,
    "differential": derivatives.differential_prefix,
    "fraction": derivatives.fraction_prefix,
    "nabla": derivatives.nabla_prefix,
}


def elaboration(
    environment: Environment,
    kinds: Mapping[str, str] | None = None,
    layout: str = "numerator",
    dimensions: Dimensions | None = None,
    source: str = "",
) -> Elaboration:
    """A fresh attempt at a formula."""
    known = Dimensions() if dimensions is None else dimensions
    return Elaboration(environment, kinds or {}, layout, known, source=source, rules=RULES, prefixes=PREFIXES)
