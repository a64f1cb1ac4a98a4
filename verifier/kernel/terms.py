"""Terms: what was written, as a tree. Constructors check and never simplify; ``==`` is structural.

A term is a head from the table in ``heads``, its arguments, and data that belongs to the head (a name, a
number, index forms). Its shape is computed when it is built, so a term of the wrong shape cannot exist.
A proposition is a term whose shape is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from verifier.kernel.heads import HEADS, Sort, TermError
from verifier.kernel.linear import Atom, Linear, atoms, single, substitute, variable
from verifier.kernel.shapes import Shape

MAX_DEPTH = 250
OPTIMUM = "optimum"
MAX_SIZE = 100_000
MOST_KEPT = 20_000


def refuse_state() -> NoReturn:
    """Copies and pickles are made by the constructor, which checks: nothing is filled in beside it."""
    raise TypeError("the kernel's values are made by their constructors alone")


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Term:
    """head(arguments; data) : shape

    Raises TermError where head, arguments and data do not go together, ShapeError where shapes do not match. The same
    object may be had again for the same parts.
    """

    head: str
    args: tuple[Term, ...]
    data: tuple[Any, ...]
    shape: Shape | None = field(init=False, compare=False)
    depth: int = field(init=False, compare=False, repr=False)
    size: int = field(init=False, compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __new__(cls, head: str, args: tuple[Term, ...] = (), data: tuple[Any, ...] = ()) -> Term:
        """The term, checked."""
        row = HEADS.get(head) if type(head) is str else None
        if row is None:
            raise TermError(f"there is no head {head!r}")
        if type(args) is not tuple:
            raise TermError(f"the arguments of {head} are a tuple of terms")
        if type(data) is not tuple:
            raise TermError(f"the data of {head} is a tuple")
        for arg in args:
            if type(arg) is not Term:
                raise TermError(f"the arguments of {head} are a tuple of terms")
        again = cls is Term and (not data or (head == "symbol" and type(data[0]) is str))
        if again and (made := _made.get((head, args, data))) is not None:
            return made
        depth = size = 1
        for arg in args:
            if arg.depth >= depth:
                depth = arg.depth + 1
            size += arg.size
        if depth > MAX_DEPTH:
            raise TermError(f"terms nest at most {MAX_DEPTH} deep")
        if size > MAX_SIZE:
            raise TermError(f"a term has at most {MAX_SIZE} parts")
        if data or row.data:
            row.check_data(head, data)
        self = object.__new__(cls)
        _set(self, "head", head)
        _set(self, "args", args)
        _set(self, "data", data)
        _set(self, "shape", row.sort(args, data))
        _set(self, "depth", depth)
        _set(self, "size", size)
        _set(self, "_hash", hash((head, args, data)))
        if again:
            if len(_made) >= MOST_KEPT:
                _made.clear()
            _made[head, args, data] = self
        return self

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not Term:
            return NotImplemented
        if self._hash != other._hash or self.head != other.head:
            return False
        return self.args == other.args and self.data == other.data

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.head, self.args, self.data)

    def __setstate__(self, state: object) -> NoReturn:
        refuse_state()

    @property
    def is_proposition(self) -> bool:
        """Whether this is a relation, a property or a combination of such."""
        return self.shape is None

    def space(self) -> Shape:
        """The shape of a term that is no proposition."""
        if self.shape is None:
            raise TermError(f"a proposition ({self.head}) has no shape")
        return self.shape


_set = object.__setattr__
_made: dict[tuple[str, tuple[Term, ...], tuple[Any, ...]], Term] = {}


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything below it, outermost first."""
    stack = [term]
    while stack:
        here = stack.pop()
        yield here
        stack += here.args[::-1]


def bound_index(term: Term) -> str | None:
    """The index name that this head binds in its arguments."""
    position = HEADS[term.head].binds
    return None if position is None else term.data[position]


def index_forms(term: Term) -> tuple[Linear, ...]:
    """The index forms in the data of the term itself (outside the scope of what it binds)."""
    forms: tuple[Linear, ...] = ()
    row = HEADS[term.head]
    for position in row.indices:
        held = term.data[position]
        if held is not None:
            forms += held if position in row.many else (held,)
    return forms


def free_indices(term: Term) -> frozenset[Atom]:
    """Every atom of an index form that no binder of the term binds: free indices, and dimension names."""
    free = frozenset(a for form in index_forms(term) for a in atoms(form))
    inside = frozenset(a for arg in term.args for a in free_indices(arg))
    return free | (inside - {bound_index(term)})


def rename_data(term: Term, values: Mapping[Atom, Linear]) -> tuple[Any, ...]:
    """The data of the term with index atoms replaced."""
    row, data = HEADS[term.head], list(term.data)
    for position in row.indices:
        held = data[position]
        if held is None:
            continue
        many = position in row.many
        data[position] = tuple(substitute(form, values) for form in held) if many else substitute(held, values)
    return tuple(data)


def substitute_indices(term: Term, values: Mapping[Atom, Linear]) -> Term:
    """The term with free index atoms replaced, all at once; bound indices are renamed out of the way."""
    if not values:
        return term
    data, name, inner = list(rename_data(term, values)), bound_index(term), dict(values)
    if name is not None:
        inner.pop(name, None)
        captured = {a for form in inner.values() for a in atoms(form)}
        if name in captured:
            fresh = fresh_name(name, captured | free_indices(term) | _names(term))
            inner[name] = variable(fresh)
            data[HEADS[term.head].binds or 0] = fresh
    args = tuple(substitute_indices(arg, inner) for arg in term.args)
    return Term(term.head, args, tuple(data))


def _names(term: Term) -> set[Atom]:
    return {bound_index(part) or "" for part in subterms(term)} | {a for p in subterms(term) for a in free_indices(p)}


def fresh_name(name: str, taken: frozenset[Atom] | set[Atom]) -> str:
    """A variant of the name that is not taken."""
    while name in taken:
        name += "'"
    return name


def symbols(term: Term) -> Iterator[Term]:
    """The symbols and applied functions that occur in the term."""
    return (part for part in subterms(term) if part.head in ("symbol", "apply", "elementwise"))


def name_of(term: Term) -> str:
    """The name of a symbol, of an entry, row or column of one, or of an applied function."""
    if term.head in ("entry", "row", "column"):
        return name_of(term.args[0])
    if term.head not in ("symbol", "apply", "elementwise"):
        raise TermError(f"a {term.head} has no name")
    return str(term.data[0])


def free_names(term: Term) -> frozenset[str]:
    """The names of the symbols and functions on whose values the term depends."""
    names = frozenset({term.data[0]}) if term.head in ("symbol", "apply", "elementwise") else frozenset()
    if term.head == "substitute":
        body, var, value = term.args
        return (free_names(body) - {name_of(var)}) | free_names(value)
    return names.union(*[free_names(arg) for arg in term.args]) - bound_symbols(term)


def all_names(term: Term) -> frozenset[str]:
    """The names of every symbol and function that occurs in the term, also of those that something binds in it."""
    return frozenset(map(name_of, symbols(term)))


def bound_symbols(term: Term) -> frozenset[str]:
    """The names that an optimum binds in its objective and its constraints: those of its variables."""
    if term.head != OPTIMUM:
        return frozenset()
    return frozenset(arg.data[0] for arg in term.args[1:] if arg.head == "symbol" and not arg.data[2])


def replace(term: Term, values: Mapping[Term, Term]) -> Term:
    """The term with whole subterms replaced, outermost first. The caller answers for binders."""
    if term in values:
        return values[term]
    args = tuple(replace(arg, values) for arg in term.args)
    return term if args == term.args else Term(term.head, args, term.data)


NEGATED = {
    "less": "greater_equal",
    "less_equal": "greater",
    "greater": "less_equal",
    "greater_equal": "less",
    "equal": "not_equal",
    "not_equal": "equal",
}


def negation(proposition: Term) -> Term:
    """¬φ, with ¬(a < b) as a ≥ b."""
    if proposition.head == "not":
        return proposition.args[0]
    if proposition.head in NEGATED:
        return Term(NEGATED[proposition.head], proposition.args)
    return Term("not", (proposition,))


def index_term(form: Linear) -> Term:
    """An index or a dimension as a number."""
    return Term("index", (), (form,))


def index_name(term: Term) -> Atom | None:
    """The atom, if the term is just an index or a dimension."""
    return single(term.data[0]) if term.head == "index" else None


__all__ = [
    "MAX_DEPTH",
    "OPTIMUM",
    "Sort",
    "Term",
    "TermError",
    "all_names",
    "bound_index",
    "bound_symbols",
    "free_indices",
    "free_names",
    "fresh_name",
    "index_forms",
    "index_name",
    "index_term",
    "name_of",
    "negation",
    "refuse_state",
    "replace",
    "substitute_indices",
    "subterms",
    "symbols",
]
