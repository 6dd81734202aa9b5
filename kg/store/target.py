"""A store of others that graphs are written to, in the way of its kind (kg.store.kinds).

Every write can be sent again: it adds quads of graphs without blank nodes, removes named quads, or drops a graph.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.rdf.terms import IRI, Quad
from kg.store import http
from kg.store.base import Value
from kg.store.contents import nquads
from kg.store.http import Credentials, Failure
from kg.store.kinds import Place
from kg.store.remote import UPDATE_TRIPLES, WRITE_SECONDS, Endpoint, RemoteStore, advice

ATTEMPTS: Final = 8
"""Attempts of a request that writes: with pauses that double, half a minute, in which a server starts again."""
DROPPED: Final = 100
"""Graphs that one SPARQL Update drops."""
Chunk = Sequence[tuple[str, Sequence[bytes]]]
"""Graphs with lines of N-Triples."""


class Target:
    """A store of a known kind."""

    def __init__(self, place: Place, credentials: Credentials | None = None, seconds: float = WRITE_SECONDS) -> None:
        """Names the store; nothing is asked yet. `seconds` is the deadline of each request, with all its attempts."""
        self.kind, self.url, self.seconds = place.kind, place.root, seconds
        who = Credentials.from_environment(usual=self.kind.auth) if credentials is None else credentials
        endpoint = Endpoint(place.root + self.kind.query, update=place.root + self.kind.update)
        self.store = RemoteStore(endpoint, who, seconds, ATTEMPTS)
        self.quads_url = place.root + self.kind.quads if self.kind.quads else None

    def rows(self, sparql: str) -> Iterator[tuple[Value | None, ...]]:
        """The rows of a SELECT."""
        return self.store.rows(sparql)

    @property
    def delivered(self) -> int:
        """Quads that are marked, sent and counted together: one document, or some updates."""
        return self.kind.batch if self.quads_url else 20 * self.kind.batch

    def graphs(self, base: str) -> list[str]:
        """The IRIs of all graphs that begin with a base, sorted.

        Chosen here: a FILTER or ORDER in the query makes Oxigraph look at the name of every quad, not of every graph.
        """
        found, read = set[str](), 0
        while True:
            page = f"LIMIT {self.kind.rows} OFFSET {read}"
            names = [row[0] for row in self.rows(f"SELECT DISTINCT ?g WHERE {{ {self.kind.listed} }} {page}")]
            found.update(name.value for name in names if isinstance(name, IRI) and name.value.startswith(base))
            read += len(names)
            if len(names) < self.kind.rows:
                return sorted(found)

    def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """How many triples each graph holds there."""
        found: dict[str, int] = {}
        for start in range(0, len(graphs), self.kind.counted):
            found.update(self.store.counts([IRI(name) for name in graphs[start : start + self.kind.counted]]))
        return found

    def add(self, chunk: Chunk) -> None:
        """Adds lines to graphs: at most a batch of this kind at once."""
        what = f"graph {chunk[0][0]}" + (f" and {len(chunk) - 1} more" if len(chunk) > 1 else "")
        if self.quads_url is None:
            blocks = "".join(f"GRAPH <{graph}> {{\n{b''.join(lines).decode()}}}\n" for graph, lines in chunk)
            self.update(f"INSERT DATA {{\n{blocks}}}", what)
        else:
            body = b"".join(nquads(lines, graph) for graph, lines in chunk)
            self._send(self.quads_url, body, self.kind.media, what)

    def amend(self, graph: str, gone: Iterable[bytes], come: Iterable[bytes]) -> None:
        """Removes lines from a graph and adds others, both sorted.

        What goes from and comes to one node is in one request as a rule, so that readers see it change at once.
        """
        changes = merge(((line, "DELETE") for line in gone), ((line, "INSERT") for line in come))
        while some := list(islice(changes, UPDATE_TRIPLES)):
            blocks = {verb: b"".join(line for line, other in some if other == verb) for verb in ("DELETE", "INSERT")}
            parts = (f"{v} DATA {{ GRAPH <{graph}> {{\n{lines.decode()}}} }}" for v, lines in blocks.items() if lines)
            self.update(" ;\n".join(parts), f"graph {graph}")

    def drop(self, graphs: Iterable[str]) -> None:
        """Removes graphs, those that are there and those that are not."""
        names = iter(graphs)
        while some := list(islice(names, DROPPED)):
            self.update(" ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in some), f"graph {some[0]}")

    def change(self, add: Iterable[Quad], remove: Iterable[Quad]) -> None:
        """Adds quads, then removes others."""
        for verb, quads in (("INSERT", iter(add)), ("DELETE", iter(remove))):
            while some := list(islice(quads, UPDATE_TRIPLES)):
                blocks = "".join(f"GRAPH {g} {{ {s} {p} {o} }}\n" for s, p, o, g in some)
                self.update(f"{verb} DATA {{\n{blocks}}}", f"graph {some[0].graph.value}")

    def update(self, sparql: str, what: str) -> None:
        """Sends a SPARQL Update."""
        url = self.url + self.kind.update
        if self.kind.form:
            self._send(url, urlencode({"update": sparql}).encode(), "application/x-www-form-urlencoded", what)
        else:
            self._send(url, sparql.encode(), "application/sparql-update", what)

    def _send(self, url: str, body: bytes, media: str, what: str) -> None:
        request = urllib.request.Request(url, body, {"Content-Type": media}, method="POST")
        try:
            self.store.send(request, self._refusal)
        except Failure as failure:
            raise BadInput(f"{url}: {what}: was not written: {failure}; {advice(failure.status, True)}") from failure

    def _refusal(self, error: urllib.error.HTTPError) -> Failure | None:
        """The fault of an answer that says 500 and means that asking again is of no use; else None."""
        if error.code != 500 or not self.kind.refused:
            return None
        said = http.Reply(500, "", error.read(2000))
        return Failure(403 if re.search(self.kind.refused, said.text) else 500, said.text)
