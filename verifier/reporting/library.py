"""The library of identities, found by its name: the checker does not depend on it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from inspect import getdoc
from pathlib import Path
from types import ModuleType

from verifier.derivation import Claim, Derivation, Diagnostic, Hypothesis, Origin, Place, Section
from verifier.identity import Identity, identities
from verifier.reading.documents import DocumentError
from verifier.reporting.checking import Progress, Settings, claims_of, judged, settings
from verifier.reporting.report import Report, file_report

LIBRARY = "derivations"


def check_library(
    names: str | Iterable[str] = (), *, samples: int = 6, seed: int = 0, progress: Progress | None = None
) -> Report:
    """The identities of ``derivations``, judged: all, or those of the modules and of the names that are given.

    Raises DocumentError for a name that the library does not have.
    """
    return library_report(names, settings(samples=samples, seed=seed), progress)


def library_report(names: str | Iterable[str], told: Settings, progress: Progress | None = None) -> Report:
    """The same, with settings."""
    wanted = (names,) if isinstance(names, str) else tuple(names)
    files = (
        file_report(derivation, judged(derivation, told, progress), derivation.source, "python")
        for derivation in library_derivations(wanted)
    )
    return Report(tuple(files), told.instructions(wanted))


def library_derivations(wanted: Sequence[str]) -> Iterator[Derivation]:
    """The identities that are wanted, a derivation for each module. Raises DocumentError."""
    modules = {module.__name__.partition(".")[2]: module for module in library_modules()}
    chosen = {name: _chosen(name, module, wanted) for name, module in modules.items()}
    known = [*modules, *(f"{m}.{i}" for m in modules for i in identities(modules[m])), *_plain_names(modules)]
    for name in wanted:
        if name not in known:
            raise _unknown(name, known)
    yield from (_derivation(modules[name], held) for name, held in chosen.items() if held)


def library_modules() -> Iterator[ModuleType]:
    """The modules of the library, sorted by name. Raises DocumentError if it is not installed."""
    try:
        package = importlib.import_module(LIBRARY)
    except ModuleNotFoundError as error:
        diagnostic = Diagnostic("no-library", f"found no package {LIBRARY}", help="install verifier with its library")
        raise DocumentError(diagnostic) from error
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{LIBRARY}."), key=lambda module: module.name):
        yield importlib.import_module(found.name)


def _plain_names(modules: dict[str, ModuleType]) -> list[str]:
    return [name for module in modules.values() for name in identities(module)]


def _unknown(name: str, known: Iterable[str]) -> DocumentError:
    close = get_close_matches(name, list(known), 3)
    help_text = f"did you mean {' or '.join(close)}?" if close else "without names, every identity is checked"
    return DocumentError(Diagnostic("unknown-identity", f"found no identity or module {name!r}", help=help_text))


def _chosen(name: str, module: ModuleType, wanted: Sequence[str]) -> dict[str, Identity]:
    every = identities(module)
    if not wanted or name in wanted:
        return every
    return {key: value for key, value in every.items() if key in wanted or f"{name}.{key}" in wanted}


def _derivation(module: ModuleType, chosen: dict[str, Identity]) -> Derivation:
    source = Path(module.__file__ or "").read_text("utf-8")
    path = f"{module.__name__.replace('.', '/')}.py"
    title = (getdoc(module) or module.__name__).partition("\n")[0]
    claims = tuple(_claims(chosen, source))
    return Derivation(path, source, (Section(title),), claims)


def _claims(chosen: dict[str, Identity], source: str) -> Iterator[Claim]:
    number = 1
    for name, identity in chosen.items():
        place = _place(name, source)
        claims = claims_of(identity, place, number, name, whole=True)
        number += len(claims)
        yield from (replace(claim, hypotheses=_hypotheses(claim, place)) for claim in claims)


def _hypotheses(claim: Claim, place: Place) -> tuple[Hypothesis, ...]:
    statements = claim.sequent.hypotheses if claim.sequent else ()
    return tuple(Hypothesis(statement, Origin.DECLARATION, place.line) for statement in statements)


def _place(name: str, source: str) -> Place:
    """Where an identity is assigned."""
    found = re.search(rf"^{re.escape(name)}\b", source, re.MULTILINE)
    line = source.count("\n", 0, found.start()) + 1 if found else 1
    return Place(line, 1, line, len(name) + 1)
