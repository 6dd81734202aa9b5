"""What a request is refused with: a status and a reason, told as problem details (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(eq=False)
class Problem(Exception):
    """Why a request gets no answer: the HTTP status, a short title, what is wrong and what to do."""

    status: int
    title: str
    detail: str
    line: int | None = None
    """Line and column of the query, counted from 1, where it is malformed."""
    column: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Headers that the status needs: Allow, Accept, Retry-After, WWW-Authenticate."""

    def __str__(self) -> str:
        """One line for the log."""
        return f"{self.status} {self.title}: {self.detail}"

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        members = {"title": self.title, "status": self.status, "detail": self.detail}
        place = {"line": self.line, "column": self.column}
        return members | {name: value for name, value in place.items() if value is not None}
