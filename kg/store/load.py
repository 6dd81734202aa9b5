"""Brings a store of others in line with a graph: what changed is sent, what was forgotten is removed, all is counted.

    the ledger says what is there ─► graphs that are the same and count the same stay
                                  ─► others are marked, dropped, sent, counted, read back, noted
                                  ─► of the resolved graph only what differs is sent, where that is known
                                  ─► graphs that were loaded and are here no longer are marked and dropped

Killed at any point, the next load goes on: what was noted stays, what was marked is sent again (kg.store.ledger).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.errors import BadInput
from kg.store.contents import Source, content
from kg.store.delivery import Delivery
from kg.store.digests import Digests, Known
from kg.store.ledger import Entry, Ledger
from kg.store.memory import Memory
from kg.store.target import Target

Progress = Callable[[str], None]
FEW: Final = 100
"""More graphs than these are removed only where they are less than half of what was loaded, or where Wish says so."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to load: read all graphs back, not only the first that are sent; remove forgotten graphs, however many."""

    verify: bool = False
    prune: bool = False
    memory: Memory = field(default_factory=Memory)
    """Of the loads before; with `verify` no digest is taken from it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was done, and what is there of the same base that nobody loaded from here."""

    sent: int
    quads: int
    """Those of the graphs sent."""
    same: int
    removed: int
    checked: int
    """Graphs read back."""
    strange: tuple[str, ...] = ()
    """Graphs of another project with the same base."""
    amended: int = 0
    """Of the graphs sent, those of which only the difference was; `quads` has what came with it."""


def load(
    source: Source, target: Target, base: str, progress: Progress | None = None, wish: Wish | None = None
) -> Loaded:
    """Brings the graphs of a base at a store in line with those of a source.

    Raises BadInput where a graph was not written, counts otherwise or reads otherwise; what was noted before it stays.
    """
    wish = wish or Wish()
    names = list(source.graphs())
    ledger = Ledger(target, base)
    known = ledger.read()
    gone = sorted(known.keys() - set(names))
    _forget(gone, known, ledger, wish)
    present = set(target.graphs(base)) - {ledger.graph.value}
    for name, count in target.counts([name for name in names if name in known or not name.startswith(base)]).items():
        if name in known:
            known[name].count = count
        elif count:
            present.add(name)
    try:
        with Delivery(ledger, known, present, wish.verify, wish.memory) as delivery:
            for name in names:
                _take(source, name, delivery, wish.memory.digests)
                if progress:
                    progress(name)
    finally:
        wish.memory.digests.write()
    done = delivery.done
    strange = tuple(sorted(present - set(names) - set(gone)))
    return Loaded(done.sent, done.quads, done.same, len(gone), done.checked, strange, done.amended)


def _take(source: Source, name: str, delivery: Delivery, digests: Digests) -> None:
    """Gives a graph to a delivery; it is read only where its digest is not kept, or it is to be sent or compared."""
    if not delivery.passed(name, digests.get(name)):
        one = content(source, name)
        digests.put(name, Known(one.digest, one.count))
        delivery.take(one)


def _forget(gone: Sequence[str], known: dict[str, Entry], ledger: Ledger, wish: Wish) -> None:
    """Removes graphs that were loaded from here and are here no longer."""
    if len(gone) > FEW and 2 * len(gone) > len(known) and not wish.prune:
        raise BadInput(
            f"{ledger.target.url}: {len(gone)} of {len(known)} graphs that were loaded there are not in this graph"
            " folder; where it is the right one, remove them there with --prune"
        )
    ledger.begin(gone, known)
    ledger.target.drop(gone)
    ledger.forget(gone)
