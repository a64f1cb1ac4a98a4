"""Verifier checks derivations: every claim is proved with a certificate, or refuted with a counterexample.

>>> from verifier import check
>>> report = check("$x^T x = 2 x^T x$", given=["x \\in \\mathbb{R}^n"])
>>> [str(judgement.verdict) for judgement in report.judgements]
['refuted']

Names are loaded when they are first used, so that ``import verifier`` is fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier.derivation import (
        Counterexample,
        Derivation,
        Diagnostic,
        Judgement,
        Verdict,
    )
    from verifier.language import (
        Chain,
        Dimension,
        Expression,
        Statement,
        absolute,
        arctan,
        at,
        block,
        cases,
        columns,
        cos,
        cosh,
        define,
        derivative,
        determinant,
        diag,
        diagonal,
        diagonal_matrix,
        dim,
        dims,
        dot,
        entrywise,
        equals,
        exp,
        family,
        for_all,
        full_column_rank,
        function,
        gradient,
        hadamard,
        hadamard_divide,
        hadamard_power,
        hessian,
        idempotent,
        identity_matrix,
        implies,
        index,
        indicator,
        inverse,
        invertible,
        jacobian,
        kronecker,
        less_equal,
        log,
        matrix,
        matrix_shape,
        maximum,
        minimum,
        nonzero,
        norm,
        not_equal,
        number,
        ones,
        orthogonal,
        positive,
        positive_definite,
        positive_semidefinite,
        rank,
        relu,
        rows,
        scalar,
        scalars,
        sigmoid,
        sign,
        sin,
        sinh,
        skew,
        softplus,
        sqrt,
        step,
        summation,
        symmetric,
        tan,
        tanh,
        trace,
        transpose,
        unit_vector,
        vector,
        vector_shape,
        zeros,
    )
    from verifier.reading.documents import (
        DocumentError,
    )
    from verifier.reporting.checking import (
        check,
        check_file,
        check_statement,
    )
    from verifier.reporting.json_report import (
        to_json,
    )
    from verifier.reporting.library import (
        check_library,
    )
    from verifier.reporting.report import (
        FileReport,
        Report,
    )

__version__ = "0.1.0"
__all__ = [
    "Chain",
    "Counterexample",
    "Derivation",
    "Diagnostic",
    "Dimension",
    "DocumentError",
    "Expression",
    "FileReport",
    "Judgement",
    "Report",
    "Statement",
    "Verdict",
    "absolute",
    "arctan",
    "at",
    "block",
    "cases",
    "check",
    "check_file",
    "check_library",
    "check_statement",
    "columns",
    "cos",
    "cosh",
    "define",
    "derivative",
    "determinant",
    "diag",
    "diagonal",
    "diagonal_matrix",
    "dim",
    "dims",
    "dot",
    "entrywise",
    "equals",
    "exp",
    "family",
    "for_all",
    "full_column_rank",
    "function",
    "gradient",
    "hadamard",
    "hadamard_divide",
    "hadamard_power",
    "hessian",
    "idempotent",
    "identity_matrix",
    "implies",
    "index",
    "indicator",
    "inverse",
    "invertible",
    "jacobian",
    "kronecker",
    "less_equal",
    "log",
    "matrix",
    "matrix_shape",
    "maximum",
    "minimum",
    "nonzero",
    "norm",
    "not_equal",
    "number",
    "ones",
    "orthogonal",
    "positive",
    "positive_definite",
    "positive_semidefinite",
    "rank",
    "relu",
    "rows",
    "scalar",
    "scalars",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "skew",
    "softplus",
    "sqrt",
    "step",
    "summation",
    "symmetric",
    "tan",
    "tanh",
    "to_json",
    "trace",
    "transpose",
    "unit_vector",
    "vector",
    "vector_shape",
    "zeros",
]

HOMES = {
    "verifier.derivation": ("Counterexample", "Derivation", "Diagnostic", "Judgement", "Verdict"),
    "verifier.reading.documents": ("DocumentError",),
    "verifier.reporting.checking": ("check", "check_file", "check_statement"),
    "verifier.reporting.json_report": ("to_json",),
    "verifier.reporting.library": ("check_library",),
    "verifier.reporting.report": ("FileReport", "Report"),
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that it is at home in; what no other is, is a word of the language."""
    if name not in __all__:
        raise AttributeError(f"module 'verifier' has no attribute {name!r}")
    home = next((module for module, names in HOMES.items() if name in names), "verifier.language")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
