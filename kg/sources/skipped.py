"""What is not read, and why."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import BadInput


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article: where it stands, what is wrong with it, what to do."""

    source: str
    """The file, with the line after a colon where it has several articles."""
    reason: str
    advice: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}; {self.advice}"


class Refused(BadInput):
    """Raised inside the readers of one article; ``read`` turns it into a Skipped."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}; {advice}")
        self.reason = reason
        self.advice = advice
