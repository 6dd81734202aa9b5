"""Media types of documents that people send for a graph."""

from __future__ import annotations

from pathlib import PurePosixPath

from kg.server.negotiation import table
from kg.server.problems import Problem
from kg.server.protocol import media_type

MULTIPART = "multipart/form-data"
_UNTOLD = frozenset({"", "application/octet-stream"})
"""What curl and browsers say of a file whose ending they do not know."""


def document_type(content_type: str | None, name: str | None) -> str:
    """The registered name of a document's type, told by its Content-Type, else by the end of its file name.

    Raises Problem 415 for another type or charset.
    """
    called, charset = media_type(content_type)
    ending = PurePosixPath(name or "").suffix.lower()
    for row in table()["graphs"]:
        if called in {row["name"], *row.get("also", ())} or (called in _UNTOLD and ending in row["endings"]):
            if charset not in {"utf-8", "utf8", "us-ascii"}:
                raise Problem(415, "Unsupported charset", "documents are UTF-8; send charset=utf-8 or leave it out")
            return str(row["name"])
    names = ", ".join(row["name"] for row in table()["graphs"])
    detail = f"send one of {names} and say which in Content-Type"
    raise Problem(415, "Unsupported media type", detail, headers=(("Accept", names),))
