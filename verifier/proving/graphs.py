"""Factors as the edges of a graph whose vertices are indices, and the chains and cycles that they make.

A matrix is an edge between its two indices, a vector hangs on one, and a free axis of the whole is the end of a chain.
Where an index is on more than two of these, all but two of which are vectors, those stand between as diagonal matrices:
Σᵢ aᵢ vᵢ Mᵢⱼ is aᵀ diag(v) M. Where it is on one, the vector of ones is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from verifier.proving.chains import RIGHT, Word

Edge = tuple[int | None, tuple[int, ...]]
"""A letter (None for an identity) and the indices on its axes: two of a matrix, one of a vector or an end."""


class NoChains(Exception):
    """A normal form that is no sum of products of matrices."""


def words(
    edges: list[Edge],
    turned: list[int],
    diagonal: Callable[[int], int],
    ones: Callable[[int], int],
) -> tuple[list[Word], list[Word]]:
    """The chains and cycles. Raises NoChains where an index is on more than two matrices.

    ``diagonal`` gives the letter of diag(v) for that of v; ``ones`` that of the vector of ones along an index.
    """
    edges = list(edges)
    at = _vertices(edges)
    if any(len(uses) != 2 for uses in at.values()):
        _normalise(edges, at, diagonal, ones)
        at = _vertices(edges)
    walk = _Walk(edges, at, turned)
    chains = [walk.start(k) for k, edge in enumerate(edges) if len(edge[1]) == 1 and k not in walk.done]
    cycles = [walk.start(k) for k in range(len(edges)) if k not in walk.done]
    return chains, cycles


def _vertices(edges: list[Edge]) -> dict[int, list[tuple[int, int]]]:
    """The edges at each index, each with the side on which the index is."""
    at: dict[int, list[tuple[int, int]]] = {}
    for k, (_, places) in enumerate(edges):
        for side, place in enumerate(places):
            at.setdefault(place, []).append((k, side))
    return at


def _normalise(
    edges: list[Edge],
    at: Mapping[int, list[tuple[int, int]]],
    diagonal: Callable[[int], int],
    ones: Callable[[int], int],
) -> None:
    """Two edges at every index."""
    fresh = count(min(at, default=0) - 1, -1)
    taken: list[int] = []
    for place, uses in at.items():
        if len(uses) == 2:
            continue
        if len(uses) == 1:
            edges.append((ones(place), (place,)))
            continue
        vectors = [k for k, _ in uses if _is_vector(edges[k])]
        vectors.sort(key=lambda k: edges[k][0] or 0)
        through = [(k, side) for k, side in uses if not _is_vector(edges[k])]
        if len(through) > 2:
            raise NoChains("an index that is on more than two matrices")
        between, kept = vectors[: len(uses) - 2], vectors[len(uses) - 2 :]
        last = place
        for k in between:
            here, last = last, next(fresh)
            edges.append((diagonal(edges[k][0] or 0), (here, last)))
        taken += between
        k, side = (kept[-1], 0) if kept else through[-1]
        letter, places = edges[k]
        edges[k] = (letter, tuple(last if s == side else p for s, p in enumerate(places)))
    for k in sorted(taken, reverse=True):
        del edges[k]


def _is_vector(edge: Edge) -> bool:
    return len(edge[1]) == 1 and edge[0] is not None and edge[0] > RIGHT


class _Walk:
    """Along the edges of a graph in which two meet at each index."""

    def __init__(self, edges: list[Edge], at: Mapping[int, list[tuple[int, int]]], turned: list[int]) -> None:
        self.edges, self.at, self.turned = edges, at, turned
        self.done: set[int] = set()

    def start(self, first: int) -> Word:
        """The letters from an edge on, until an end or the edge itself is met."""
        letter, places = self.edges[first]
        word = [] if letter is None else [letter]
        self.done.add(first)
        k, side = first, len(places) - 1
        while True:
            one, other = self.at[self.edges[k][1][side]]
            k, side = other if one == (k, side) else one
            if k in self.done:
                return tuple(word)
            self.done.add(k)
            letter, places = self.edges[k]
            if letter is not None:
                word.append(letter if side == 0 else self.turned[letter])
            if len(places) == 1:
                return tuple(word)
            side = 1 - side


__all__ = ["Edge", "NoChains", "words"]
