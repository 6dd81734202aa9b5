"""What is asked at which address: SPARQL, graphs, descriptions. Writes go to kg.server.changing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kg.description import source
from kg.rdf.vocab import description_graph
from kg.server import bodies, graph_store, protocol
from kg.server.answering import LOG, Wanted, answered
from kg.server.asked import DescriptionAsked, QueryAsked
from kg.server.changing import Changing, graph_asked
from kg.server.graph_store import Named, Place
from kg.server.negotiation import MediaType, chosen, offered
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.protocol import Kind, Operation, Received
from kg.server.settings import Settings, given
from kg.server.validators import steady
from kg.store.scanning import Ambiguous, form

GRAPH_FORMS = frozenset({"CONSTRUCT", "DESCRIBE"})
"""Forms of queries whose answer is a graph."""


@dataclass(frozen=True, slots=True)
class Service:
    """The service of one graph folder."""

    pool: Pool
    settings: Settings
    changing: Changing | None = None
    """What writes; None where this server only reads."""

    async def sparql(self, request: Request, kinds: Sequence[Kind] = ("query", "update")) -> Response:
        """SPARQL 1.1 Protocol; the service description where nothing is asked (Service Description, section 2)."""
        asked = request.method in {"GET", "HEAD"} and not request.scope["query_string"]
        if asked and "query" in kinds:
            return await self._described(request)
        body = await bodies.read(request, given("bodies")["operation_bytes"])
        query = request.scope["query_string"]
        received = Received(request.method, query, request.headers.get("content-type"), body)
        operation = protocol.operation(received, kinds)
        if operation.kind == "update":
            return await self.updating(request, operation)
        return await answered(request, self.pool, self._query(request, operation))

    async def query(self, request: Request) -> Response:
        """Queries alone."""
        return await self.sparql(request, ("query",))

    async def update(self, request: Request) -> Response:
        """Updates alone."""
        return await self.sparql(request, ("update",))

    async def updating(self, request: Request, operation: Operation) -> Response:
        """An update. Raises Problem 403 where this server only reads."""
        return await self._changing.update(request, operation, here(request))

    async def graphs(self, request: Request) -> Response:
        """Graph Store Protocol: one graph, the default graph, or all with their names (sections 4 and 5.2)."""
        if request.method not in {"GET", "HEAD"}:
            return await self._changing.graphs(request, self.graph(request), f"{site(request)}/graphs")
        await bodies.read(request, 0)
        graph = self.graph(request)
        kinds = offered("graphs")
        if graph == Named(description_graph(self.settings.base).value):
            return await self.void(request)
        if isinstance(graph, graph_store.Whole):
            kinds = tuple(sorted(kinds, key=lambda kind: (not kind.datasets, kind.name != "application/trig")))
        return await answered(request, self.pool, self._graph(request, graph, kinds))

    @property
    def _changing(self) -> Changing:
        if self.changing is None:
            raise read_only()
        return self.changing

    async def void(self, request: Request) -> Response:
        """What the graph holds (VoID, section 7.2): its description, as data."""
        return await answered(request, self.pool, await self._description(request))

    def graph(self, request: Request) -> graph_store.Graph:
        """The graph that a request names. Raises Problem 400."""
        root = "/graphs" if request.url.path.startswith("/graphs") else "/store"
        place = Place(f"{site(request)}{root}", self.settings.base)
        tail = request.scope["raw_path"].decode("ascii", "replace").removeprefix(root).removeprefix("/")
        return graph_store.graph(place, tail, protocol.fields(request.scope["query_string"], "the address"))

    # What is wanted

    def _query(self, request: Request, operation: Operation) -> Wanted:
        asked_for = form_of(operation.text)
        kind = chosen(accept(request), offered("graphs" if asked_for in GRAPH_FORMS else "results"))
        self._noted(request, operation)
        dataset = operation.default_graphs, operation.named_graphs
        asked = QueryAsked(operation.text, kind.name, *dataset, base=here(request))
        return Wanted(asked, kind, steady(operation.text, asked_for))

    def _graph(self, request: Request, graph: graph_store.Graph, kinds: tuple[MediaType, ...]) -> Wanted:
        kind = chosen(accept(request), kinds)
        return Wanted(graph_asked(graph, kind.name, self.settings.base), kind)

    async def _description(self, request: Request) -> Wanted:
        """The manifest says which versions made the graph; it is read each time, since a build can change it."""
        kind = chosen(accept(request), offered("graphs"))
        told = await asyncio.to_thread(source, self.settings.graph)
        versions, endpoint = tuple(sorted(told.versions.items())), f"{site(request)}/sparql"
        return Wanted(DescriptionAsked(kind.name, told.base, versions, told.resolver, endpoint), kind)

    async def _described(self, request: Request) -> Response:
        kind = chosen(accept(request), offered("graphs"))
        asked = QueryAsked(_description(self.changing is not None), kind.name, base=here(request))
        return await answered(request, self.pool, Wanted(asked, kind))

    def _noted(self, request: Request, operation: Operation) -> None:
        """What the log says of a query: its digest, its text only where that is wanted."""
        log = request.scope[LOG]
        log["query_sha256"] = hashlib.sha256(operation.text.encode("utf-8", "surrogatepass")).hexdigest()
        if self.settings.log_queries:
            log["query"] = operation.text


def accept(request: Request) -> str | None:
    """All Accept headers of a request as one (RFC 9110, section 5.3); None where there is none."""
    told = request.headers.getlist("accept")
    return ", ".join(told) if told else None


def here(request: Request) -> str:
    """The IRI of the endpoint: what relative IRIs of a query are resolved against (RFC 3986, section 5.1.3)."""
    return f"{site(request)}{request.url.path}"


def site(request: Request) -> str:
    """Scheme and name by which the client calls the server."""
    return f"{request.url.scheme}://{request.headers['host']}"


def form_of(sparql: str) -> str | None:
    """The form of a query; None where it has none, so that it is malformed: a worker says where."""
    try:
        return form(sparql)
    except Ambiguous:
        return None


def read_only() -> Problem:
    """The problem of a write to a server that only reads."""
    return Problem(403, "Read-only", "this server only reads; start it with kg serve --writable to write")


@lru_cache(maxsize=2)
def _description(writable: bool) -> str:
    asked = (files("kg.server") / "description.rq").read_text(encoding="utf-8")
    lines = [line for line in asked.splitlines() if writable or not line.endswith("# writable")]
    return "\n".join(lines).replace("$named", str(given("answers")["named_graphs"]))
