"""How names are used in a section: bare, transposed, with an index, called. From it their kinds are guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verifier.reading.marks import Marks, base_and_marks, is_transpose, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node, walk

COUNTERS = frozenset("ijklst")


@dataclass
class Uses:
    """How a name is used in a section."""

    bare: int = 0
    transposed: int = 0
    inverted: int = 0
    bold: int = 0
    normed: int = 0
    by: int = 0
    letter_index: int = 0
    number_index: int = 0
    double_index: int = 0
    index_transposed: int = 0
    called: int = 0
    applied: int = 0
    as_index: int = 0
    as_limit: int = 0
    in_matrix_function: int = 0


class Evidence:
    """The uses of every name in some formulas."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.uses: dict[str, Uses] = {}
        self.arguments: dict[str, Node] = {}
        for node in nodes:
            self.note(node)

    def of(self, name: str) -> Uses:
        """The uses of a name."""
        return self.uses.setdefault(name, Uses())

    def note(self, node: Node) -> None:
        """Take in a formula."""
        for part in walk(node):
            match part.kind:
                case "product":
                    self._calls(part)
                case "matrix" | "group" | "sum" if any(p.kind == "dots" for p in walk(part)):
                    self._ellipsis(part)
                case "script":
                    self._script(part)
                case "name" | "accent" | "face":
                    self._name(part)
                case "norm":
                    for inner in part.parts:
                        for item in inner.parts or (inner,):
                            name = plain_name(base_and_marks(item)[0])
                            if name:
                                self.of(name).normed += 1

    def _name(self, node: Node) -> None:
        name = plain_name(node)
        if name is None:
            for part in walk(node) if node.kind == "face" else ():
                if part.kind == "name":
                    self.of(part.text).bold += 1
            return
        self.of(name).bare += 1
        if node.kind == "face":
            self.of(name).bold += 1

    def _ellipsis(self, node: Node) -> None:
        """Letters that the last term of an ellipsis has as indices are limits."""
        cells = [p for row in node.parts for p in (row.parts if row.kind == "row" else (row,)) if p.kind != "separator"]
        for part in walk(cells[-1]):
            if part.kind == "script":
                marks = base_and_marks(part)[1]
                for inner in (*walk(marks.subscript), *walk(marks.iteration)):
                    if inner.kind == "name":
                        self.of(inner.text).as_limit += 1

    def _calls(self, node: Node) -> None:
        for item, following in zip(node.parts, node.parts[1:], strict=False):
            base, marks = base_and_marks(item)
            group, _ = base_and_marks(following)
            name = plain_name(base)
            if name is not None and group.kind == "group" and group.text == "(":
                label = rendered(marks.subscript) if marks.subscript is not EMPTY else None
                for full in (name, f"{name}_{label}") if label else (name,):
                    self.of(full).called += 1
                    self.of(full).applied += not marks.actions
                    self.arguments.setdefault(full, group)

    def _script(self, node: Node) -> None:
        base, marks = base_and_marks(node)
        name = plain_name(base)
        if base.kind == "big":
            self._limits(marks)
            return
        if base.kind == "nabla":
            return
        if base.kind == "group" and any(is_transpose(p) for a in marks.actions for p in a.parts):
            self._transposed(base)
        for script in (marks.subscript, marks.iteration):
            for part in walk(script):
                if part.kind == "name" and name == "I" and part.text not in COUNTERS:
                    self.of(part.text).as_limit += 1
                elif part.kind == "name":
                    self.of(part.text).as_index += 1
        if name is None:
            return
        for full, _ in self._faces_of(name, marks):
            self._marks_of(full, marks)

    def _transposed(self, group: Node) -> None:
        """In (x - μ)^T the terms of the sum are what is transposed."""
        inner = group.parts[0] if len(group.parts) == 1 else group
        for term in inner.parts if inner.kind == "sum" else ():
            base, marks = base_and_marks(term)
            if (name := plain_name(base)) is not None:
                for full, indexed in self._faces_of(name, marks):
                    uses = self.of(full)
                    uses.transposed += not indexed
                    uses.index_transposed += indexed

    def _faces_of(self, name: str, marks: Marks) -> list[tuple[str, bool]]:
        """The names that a name with marks may be, and whether the subscript is then an index on it."""
        names = [name]
        if marks.iteration is not EMPTY:
            names = [f"{name}^()", f"{name}^({rendered(marks.iteration)})"]
        label = rendered(marks.subscript) if marks.subscript is not EMPTY else None
        indexed = marks.subscript is not EMPTY
        return [(n, indexed) for n in names] + [(f"{n}_{label}", False) for n in names if label]

    def _marks_of(self, name: str, marks: Marks) -> None:
        uses = self.of(name)
        indexed = marks.subscript is not EMPTY and not name.endswith(f"_{rendered(marks.subscript)}")
        if indexed:
            inner = [p for p in marks.subscript.parts if p.kind != "separator"]
            double = len(inner) == 2 or (len(inner) == 1 and inner[0].kind == "product" and len(inner[0].parts) == 2)
            numeral = all(p.kind == "number" for p in inner)
            uses.double_index += double or (numeral and len(inner) == 1 and len(inner[0].text) == 2)
            uses.number_index += numeral
            uses.letter_index += not numeral
            uses.bare -= 1
        for action in marks.actions:
            label = rendered(action)
            if label in ("T", "top") or any(p.kind == "transpose" for p in action.parts):
                uses.transposed += not indexed
                uses.index_transposed += indexed
            if label == "-1":
                uses.inverted += 1

    def _limits(self, marks: Marks) -> None:
        for part in walk(marks.subscript):
            if part.kind == "name":
                self.of(part.text).as_index += 1
        for action in marks.actions:
            for part in walk(action):
                if part.kind == "name":
                    self.of(part.text).as_limit += 1
