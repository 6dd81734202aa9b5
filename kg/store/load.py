"""Brings a store of others in line with a graph: what changed is sent, what was forgotten is removed, all is counted.

    the ledger says what is there ─► graphs that are the same and count the same stay
                                  ─► others are marked, dropped, sent, counted, read back, noted
                                  ─► graphs that were loaded and are here no longer are marked and dropped

Killed at any point, the next load goes on: what was noted stays, what was marked is sent again (kg.store.ledger).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import BadInput
from kg.store.contents import Source, content
from kg.store.delivery import Delivery
from kg.store.ledger import Entry, Ledger
from kg.store.target import Target

Progress = Callable[[str], None]
FEW: Final = 100
"""More graphs than these are removed only where they are less than half of what was loaded, or where Wish says so."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to load: read all graphs back, not only the first that are sent; remove forgotten graphs, however many."""

    verify: bool = False
    prune: bool = False


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
    with Delivery(ledger, known, present, wish.verify) as delivery:
        for name in names:
            delivery.take(content(source, name))
            if progress:
                progress(name)
    done = delivery.done
    strange = tuple(sorted(present - set(names) - set(gone)))
    return Loaded(done.sent, done.quads, done.same, len(gone), done.checked, strange)


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
