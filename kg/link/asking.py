"""Asking an endpoint politely: many terms in one query, one query at a time, a pause after each, nothing twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, TypeVar

from kg.errors import BadInput, Broken
from kg.link.cache import Cache, Row
from kg.link.policy import AskingPolicy
from kg.rdf.terms import IRI, Literal, Term, text
from kg.store import http
from kg.store.base import Solutions
from kg.store.remote import RemoteStore

THROTTLED: Final = frozenset({429, 403})
"""Statuses by which an endpoint says: no more for now. Wikidata bans clients that go on asking after 429."""

Value = TypeVar("Value")
Answers = Mapping[str, tuple[Row, ...]]
"""Term (a name, or an item's IRI) → what the endpoint says of it."""


class Unanswered(Exception):
    """Some terms got no answer; why, in one line."""


class Asking:
    """One endpoint in one run."""

    def __init__(self, store: RemoteStore, cache: Cache, policy: AskingPolicy, refresh: bool = False) -> None:
        """`refresh`: what the cache knows is asked again, and kept anew."""
        self.store, self.cache, self.policy, self.refresh = store, cache, policy, refresh
        self.queries = 0
        """Queries that were sent."""
        self._fresh: set[tuple[str, str]] = set()
        self._failed = 0
        self._stopped = ""
        self._next = 0.0

    def names(self, names: Iterable[str]) -> Answers:
        """(item, ``label`` or ``alias``) for each name. Raises Unanswered where the endpoint has no answer."""
        writable = [name for name in dict.fromkeys(names) if _writable(name)]
        languages = self.policy.languages
        return self._asked("names", writable, self.policy.names, lambda name: [text(name, lang) for lang in languages])

    def items(self, query: str, items: Iterable[str]) -> Answers:
        """(what, value, from, to) for each item, by the query of a name. Raises Unanswered likewise."""
        return self._asked(query, list(dict.fromkeys(items)), self.policy.items, lambda item: [IRI(item)])

    def _asked(self, query: str, terms: Sequence[str], size: int, values: Callable[[str], list[Term]]) -> Answers:
        source = _query(query)
        known = self.cache.known(source, (t for t in terms if not self.refresh or (query, t) in self._fresh))
        waiting = iter([term for term in terms if term not in known])
        while some := list(islice(waiting, size)):
            rows = self._rows(_filled(source, [v for term in some for v in values(term)], self.policy.languages))
            told: dict[str, list[Row]] = {term: [] for term in some}
            for first, *rest in rows:
                if first in told:
                    told[first].append(tuple(rest))
            self.cache.put(source, {term: sorted(each) for term, each in told.items()})
            self._fresh.update((query, term) for term in some)
            known.update((term, tuple(sorted(each))) for term, each in told.items())
        return known

    def _rows(self, sparql: str) -> list[Row]:
        """The rows of one query, after the pause that is due. Raises Unanswered where there are none to be had."""
        if self._stopped:
            raise Unanswered(self._stopped)
        time.sleep(max(0.0, self._next - time.monotonic()))
        self.queries += 1
        try:
            answer = self.store.query(sparql)
        except BadInput as error:
            self._give_up_after(error)
            raise Unanswered(str(error)) from error
        finally:
            self._next = time.monotonic() + self.policy.pause
        self._failed = 0
        assert isinstance(answer, Solutions)
        return [tuple(str(getattr(value, "value", "")) for value in row) for row in answer.rows]

    def _give_up_after(self, error: BadInput) -> None:
        """Leaves the endpoint alone where it says so, or has not answered several times in a row."""
        self._failed += 1
        status = error.__cause__.status if isinstance(error.__cause__, http.Failure) else 0
        if status in THROTTLED or self._failed >= self.policy.failures:
            self._stopped = f"{self.store.endpoint.query}: was left alone after {error}"


@cache
def _query(name: str) -> str:
    path = files("kg.link") / f"{name}.rq"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Broken(f"{path}: cannot be read ({error}); reinstall riwayat") from error


def _filled(source: str, terms: Sequence[Term], languages: Iterable[str]) -> str:
    """The query about some terms: the same serialised terms in every empty VALUES clause of it."""
    listed = " ".join(map(str, terms))
    for variable in ("name", "item"):
        source = source.replace(f"VALUES ?{variable} {{}}", f"VALUES ?{variable} {{ {listed} }}")
    return source.replace("VALUES ?lang {}", f"VALUES ?lang {{ {' '.join(str(text(lang)) for lang in languages)} }}")


def _writable(name: str) -> bool:
    """True for a name that can stand in a query at all: no lone surrogates."""
    try:
        Literal(name)
    except ValueError:
        return False
    return True


def batches(values: Iterable[Value], weight: Callable[[Value], int], size: int) -> Iterator[list[Value]]:
    """Values in order, as many together as weigh no more than `size`; at least one."""
    some: list[Value] = []
    total = 0
    for value in values:
        if some and total + weight(value) > size:
            yield some
            some, total = [], 0
        some.append(value)
        total += weight(value)
    if some:
        yield some
