"""On which names a term depends, through definitions."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.rings import FUNCTIONS
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term, bound_symbols, name_of

Names = frozenset[str]
DERIVATIVES = ("derivative", "gradient", "hessian")


class Dependence:
    """Dependence of the terms of one claim; answers are remembered."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.definitions = {d.name: d for d in definitions}
        self._known: dict[tuple[Term, Names], Names] = {}
        self._below: dict[str, Names] = {}
        self._checked: set[tuple[Term, str, Names]] = set()

    def names(self, term: Term, held: Names = frozenset()) -> Names:
        """The names that a term reaches, definitions opened except those held. Those are among them."""
        key = (term, held)
        if key not in self._known:
            self._known[key] = self._names(term, held)
        return self._known[key]

    def _names(self, term: Term, held: Names) -> Names:
        if term.head == "substitute":
            body, symbol, value = term.args
            inside = self.names(body, held | {name_of(symbol)})
            outside = self.names(value, held) if name_of(symbol) in inside else frozenset()
            kept = inside if symbol.data[2] else inside - {name_of(symbol)}
            return kept | outside
        if term.head in DERIVATIVES:
            return self.names(term.args[0], held | {name_of(term.args[1])}) | self.names(term.args[1], held)
        bound = bound_symbols(term)
        found = frozenset(name for arg in term.args for name in self.names(arg, held | bound)) - bound
        if term.head not in ("symbol", "apply", "elementwise"):
            return found
        name = str(term.data[0])
        if name in held or name not in self.definitions:
            return found if term.head == "elementwise" and name in FUNCTIONS else found | {name}
        definition = self.definitions[name]
        parameters = frozenset(str(p.data[0]) for p in definition.parameters)
        return found | {name} | (self.names(definition.body, held | parameters) - parameters)

    def below(self, name: str) -> Names:
        """The names that a defined symbol reaches."""
        if name not in self._below:
            self._below[name] = self.names(self.definitions[name].body)
        return self._below[name]

    def check(self, body: Term, name: str, held: Names) -> None:
        """Raises Unsupported unless it is known how the body depends on the symbol.

        A body without the symbol is a constant only if it has no symbols at all: ∂L/∂w of an L without a definition
        is no 0, nor is ∂T/∂v of a T written in the symbols that define v.
        """
        if (body, name, held) in self._checked:
            return
        self._check(body, name, held)
        self._checked.add((body, name, held))

    def _check(self, body: Term, name: str, held: Names) -> None:
        names = self.names(body, held | {name})
        if name in names or not names:
            return
        free = sorted(n for n in names if n not in self.definitions) or sorted(names)
        raise Unsupported(f"nothing says how {' and '.join(free)} depends on {name}")
