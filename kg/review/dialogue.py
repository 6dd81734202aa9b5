"""Asking a person, item by item: same, different, skip or quit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal, TextIO

from kg.build import base_of, reader
from kg.resolve.decisions import Verdict
from kg.review.items import Item, Side, Source, most_valuable
from kg.review.showing import told

Answer = Literal["same", "different", "skip", "quit"]
PROMPT: Final = "[s]ame, [d]ifferent, skip (Enter) or [q]uit; a reason may follow: "
ANSWERS: Final[dict[str, Answer]] = {
    **{"s": "same", "same": "same", "d": "different", "different": "different"},
    **{"": "skip", "skip": "skip", "q": "quit", "quit": "quit"},
}


@dataclass(frozen=True, slots=True)
class Talk:
    """Where answers come from, where questions go, and what is done with a verdict, its ids and its reason."""

    answers: TextIO
    show: Callable[[str], None]
    prompt: Callable[[str], None]
    decide: Callable[[Verdict, tuple[str, str], str], None]

    def ask(self) -> tuple[Answer, str]:
        """The answer and the reason that follows it; the end of the answers is quit."""
        while True:
            self.prompt(PROMPT)
            line = self.answers.readline()
            if not line:
                return "quit", ""
            word, _, why = line.strip().partition(" ")
            if answer := ANSWERS.get(word.casefold()):
                return answer, why.strip()


@dataclass(slots=True)
class Tally:
    """What a dialogue came to."""

    decided: int = 0
    skipped: int = 0
    left: int = 0


def waiting(path: Path, sources: Sequence[Source], limit: int | None) -> Iterator[tuple[Item, tuple[Side, Side]]]:
    """What waits in a graph, the most valuable first, with its evidence."""
    base, store = base_of(path), reader(path)
    try:
        for item, source in islice(_queue(path, sources), limit):
            yield item, source.sides(item, store, base)
    finally:
        store.close()


def review(path: Path, sources: Sequence[Source], talk: Talk, limit: int | None) -> Tally:
    """Asks about what waits, the most valuable first. Each answer is in the graph before the next question."""
    tally, queue = Tally(), list(islice(_queue(path, sources), limit))
    tally.left = len(queue)
    for item, source in queue:
        tally.left -= 1
        sides = _sides(path, item, source)
        if sides is None:
            continue
        talk.show(told(item, sides))
        answer, why = talk.ask()
        if answer == "quit":
            tally.left += 1
            break
        if answer == "skip":
            tally.skipped += 1
        else:
            talk.decide(answer, item.about, why)
            tally.decided += 1
    return tally


def _queue(path: Path, sources: Sequence[Source]) -> list[tuple[Item, Source]]:
    base, store = base_of(path), reader(path)
    try:
        by_item = {item: source for source in sources for item in source.items(store, base)}
    finally:
        store.close()
    return [(item, by_item[item]) for item in most_valuable(list(by_item))]


def _sides(path: Path, item: Item, source: Source) -> tuple[Side, Side] | None:
    """The evidence of an item as the graph has it now; None where another answer settled it."""
    base, store = base_of(path), reader(path)
    try:
        return source.sides(item, store, base) if source.waits(item, store, base) else None
    finally:
        store.close()
