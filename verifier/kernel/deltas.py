"""What the δ among the factors of a product determine: an index that it equals, or that the product is zero."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.kernel.linear import ONE, Atom, Linear, constant, constant_value, minus, single, times
from verifier.kernel.polynomials import TEMPORARY, Base, Factor, Range, rename_factor, rename_factors, slot_text
from verifier.kernel.ranges import Ranges


class Deltas(Ranges):
    """Indices with ranges, and equations between them."""

    def solve_deltas(self, factors: list[Factor], bound: dict[int, Range]) -> list[Factor] | None:
        """Sum out every index that a δ determines; None if the product is zero."""
        done: set[tuple[Linear, ...]] = set()
        carried: set[Linear] = set()
        while True:
            for k, factor in enumerate(factors):
                if factor.base.kind != "delta" or factor.slots in done:
                    continue
                form = factor.slots[0]
                number = constant_value(form)
                if number is not None:
                    if number != 0:
                        return None
                    del factors[k]
                    break
                choice = self._solution(form, bound)
                if choice is False:
                    return None
                if choice is None:
                    done.add(factor.slots)
                    continue
                atom, solution = choice  # type: ignore[misc]
                values = {atom: solution}
                rest = rename_factors([f for j, f in enumerate(factors) if j != k], values)
                if atom in bound:
                    del bound[atom]
                    factors = rest
                else:
                    factors = [*rest, factor]
                    done.add(factor.slots)
                break
            else:
                following = self._carried(factors, bound, carried)
                if following is None:
                    return factors
                factors = following

    def _carried(self, factors: list[Factor], bound: Mapping[int, Range], done: set[Linear]) -> list[Factor] | None:
        """The factors with δ(i - a) f(i) as δ(i - a) f(a), for a summed a that i may be out of range of.

        The δ are taken by the ranges of their summed indices. None if no factor changes. An index as a number stays:
        i - 1 would be written out as two summands, in which i is put for what it is, and so on for ever.
        """
        found: list[tuple[str, int, Atom, Linear]] = []
        for k, (base, slots, _) in enumerate(factors):
            if base.kind != "delta" or slots[0] in done:
                continue
            form = slots[0]
            summed = [a for a, _ in form if isinstance(a, int) and a in bound]
            free = [(a, c) for a, c in form if isinstance(a, int) and a not in bound]
            if len(summed) == 1 and len(free) == 1 and abs(free[0][1]) == 1:
                value = times(-free[0][1], minus(form, (free[0],)))
                low, high = bound[summed[0]]
                found.append((f"{slot_text(low)}..{slot_text(high)}", k, free[0][0], value))
        for _, k, atom, value in sorted(found, key=lambda item: item[:2]):
            done.add(factors[k].slots[0])
            kept = [j == k or f.base.kind == "value" for j, f in enumerate(factors)]
            changed = [f if stays else rename_factor(f, {atom: value}) for f, stays in zip(factors, kept, strict=True)]
            if changed != factors:
                return changed
        return None

    def _solution(self, form: Linear, bound: Mapping[int, Range]) -> tuple[int, Linear] | bool | None:
        """An index that ``form = 0`` determines, with its value; False if it has no solution."""
        for atom, coefficient in form:
            if isinstance(atom, int) and atom in bound and abs(coefficient) == 1:
                value = times(-coefficient, minus(form, ((atom, coefficient),)))
                other = single(value)
                if isinstance(other, int) and (bound.get(other) or self.ranges.get(other)) == bound[atom]:
                    return atom, value
                inside = self.contained(value, bound[atom], bound)
                if inside is False:
                    return False
                if inside:
                    return atom, value
        ends = self.extremes(form, bound)
        if ends and (self.at_least(ends[0], ONE) or self.at_least(constant(-1), ends[1])):
            return False
        free = [a for a, c in form if isinstance(a, int) and a >= TEMPORARY and abs(c) == 1]
        if free and not any(isinstance(a, int) and a in bound for a, _ in form):
            atom = max(free)
            coefficient = dict(form)[atom]
            return atom, times(-coefficient, minus(form, ((atom, coefficient),)))
        return None

    def indicator(self, base: Base, slots: tuple[Linear, ...], bound: Mapping[int, Range]) -> int | None:
        """0 or 1 where an indicator of index forms is decided."""
        if base.kind != "positive":
            return None
        ends = self.extremes(slots[0], bound)
        if ends and self.at_least(ends[0], ONE):
            return 1
        if ends and self.at_least((), ends[1]):
            return 0
        return None
