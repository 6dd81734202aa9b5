"""A person in the office that a title phrase names."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Status
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import At


@dataclass(frozen=True, slots=True)
class Link:
    """A person in the office that a title phrase names."""

    person: At
    phrase: Phrase
    status: Status
    rule: str
    began: bool = False
    ended: bool = False

    @property
    def start(self) -> int:
        """First token of the words that say it."""
        return min(self.person.start, self.phrase.start)

    @property
    def end(self) -> int:
        """End of the words that say it."""
        return max(self.person.end, self.phrase.end)
