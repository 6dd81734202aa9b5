"""Stores behind HTTP: queries through SPARQLWrapper, writing by the Graph Store Protocol or SPARQL Update.

Every query is a POST, every request has a deadline and a few retries, and no answer is believed for its
status alone. The default graph of queries is what the server makes it: Virtuoso, GraphDB and RDF4J take the
union of all graphs, Oxigraph and Fuseki where they are told to (``--union-default-graph``).
"""

from __future__ import annotations

import ast
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final
from urllib.parse import quote

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLExceptions, SPARQLWrapper

from kg.errors import BadInput
from kg.rdf.terms import IRI, Quad
from kg.store import http, scanning
from kg.store.base import Answer, Blank, Solutions, Triples, Value, iri, literal
from kg.store.embedded import malformed, parsed
from kg.store.http import Credentials, Failure, Reply

ANSWER_SECONDS: Final = 60.0
"""Deadline of a query; public endpoints give up after 60 (Wikidata) or 120 seconds (DBpedia)."""
WRITE_SECONDS: Final = 300.0
"""Deadline of one request that writes."""
UPDATE_TRIPLES: Final = 500
"""Triples of one INSERT DATA or DELETE DATA: half of what Virtuoso 7.2.5 was seen to take; 5,000 exhaust its memory."""
GRAPH_TRIPLES: Final = 50_000
"""Triples of one Graph Store request: about 10 MB, far below the 128 MB that Oxigraph takes."""
COUNTED_GRAPHS: Final = 100
"""Graphs that one query counts: Virtuoso and public endpoints cut long answers without a word."""

Refusal = Callable[[urllib.error.HTTPError], Failure | None]
"""What an answer with an error status means; None where it means what the status says."""

_COLUMN = re.compile(r"\?(\w+)")
_GRAPH_FORMS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_GRAPH_TYPES: Final = "application/n-triples, text/turtle;q=0.5"
_ROW_TYPES: Final = "application/sparql-results+json"
"""Alone: comunica answers ``application/json``, wherever it is accepted, with JSON of another form."""
_STATUS: Final = {
    SPARQLExceptions.QueryBadFormed: 400,
    SPARQLExceptions.Unauthorized: 401,
    SPARQLExceptions.EndPointNotFound: 404,
    SPARQLExceptions.URITooLong: 414,
    SPARQLExceptions.EndPointInternalError: 500,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server answers queries, and where it takes graphs: as documents, or as SPARQL Update."""

    query: str
    graphs: str | None = None
    update: str | None = None


class RemoteStore:
    """A store behind HTTP. Nothing is kept open between requests."""

    def __init__(
        self,
        endpoint: Endpoint,
        credentials: Credentials | None = None,
        seconds: float | None = None,
        attempts: int = http.ATTEMPTS,
    ) -> None:
        """Names the endpoint; nothing is asked yet. `seconds` is the deadline of each request, with all attempts."""
        self.endpoint = endpoint
        self.credentials = Credentials.from_environment() if credentials is None else credentials
        self.seconds = seconds
        self.attempts = attempts
        self._opener = self.credentials.opener(endpoint.query)
        for url in (endpoint.query, endpoint.graphs, endpoint.update):
            if url:
                http.checked(url)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Adds quads, in requests of bounded size."""
        for graph, group in groupby(quads, key=lambda quad: quad.graph):
            self._add(graph, group)

    def remove_graph(self, graph: str) -> None:
        """Removes a graph."""
        name = IRI(graph)
        if self.endpoint.graphs:
            self._document("DELETE", name, ())
        else:
            self._update(f"DROP SILENT GRAPH {name}", name)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads, in requests of bounded size; takes an address for SPARQL Update."""
        for graph, group in groupby(quads, key=lambda quad: quad.graph):
            while chunk := list(islice(group, UPDATE_TRIPLES)):
                self._update(f"DELETE DATA {{ GRAPH {graph} {{\n{_ntriples(chunk)}}} }}", graph)

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs, sorted."""
        found = self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        yield from sorted(str(getattr(row[0], "value", row[0])) for row in found)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """The quads of one graph, or of all, one graph in memory. A quad with a blank node is left out."""
        for name in self.graphs() if graph is None else (graph,):
            where = IRI(name)
            answer = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {where} {{ ?s ?p ?o }} }}")
            assert isinstance(answer, Triples)
            for s, p, o in answer.triples:
                if isinstance(s, IRI) and isinstance(p, IRI) and not isinstance(o, Blank):
                    yield Quad(s, p, o, where)

    def counts(self, graphs: Sequence[IRI]) -> dict[str, int]:
        """How many triples each of some graphs holds there."""
        found = {graph.value: 0 for graph in graphs}
        for start in range(0, len(graphs), COUNTED_GRAPHS):
            names = " ".join(str(graph) for graph in graphs[start : start + COUNTED_GRAPHS])
            query = f"VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }}"
            for name, number in self.rows(f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {query} }} GROUP BY ?g"):
                if isinstance(name, IRI) and name.value in found:
                    if not (count := getattr(number, "value", "")).isdecimal():
                        raise self._strange(f"was asked for a number of triples, answered with {number}")
                    found[name.value] = int(count)
        return found

    def query(self, sparql: str) -> Answer:
        """The answer to a query. Raises BadInput where there is none, or none that can be believed."""
        form = query_form(sparql)
        try:
            reply = http.patiently(self._asking(sparql, form), self.seconds or ANSWER_SECONDS, self.attempts)
            return _answer(reply, form)
        except Failure as failure:
            if failure.status == 400 and "error at " in failure.reason:
                raise malformed(sparql, failure.reason[failure.reason.index("error at ") :]) from failure
            raise BadInput(f"{self.endpoint.query}: {failure}; {advice(failure.status)}") from failure

    def rows(self, sparql: str) -> Iterator[tuple[Value | None, ...]]:
        """The rows of a SELECT, in the order of its columns. Raises BadInput for an answer without them."""
        answer = self.query(sparql)
        assert isinstance(answer, Solutions)
        asked = _COLUMN.findall(sparql.partition(" WHERE ")[0])
        if not set(asked) <= set(answer.variables):
            columns = ", ".join(answer.variables) or "none"
            raise self._strange(f"was asked for the columns {', '.join(asked)}, answered with {columns}")
        places = [answer.variables.index(name) for name in asked]
        return (tuple(row[place] for place in places) for row in answer.rows)

    def _strange(self, what: str) -> BadInput:
        return BadInput(f"{self.endpoint.query}: {what}; see whether it is a SPARQL service")

    def flush(self) -> None:
        """Returns at once: whether it is durable is up to the server."""

    def close(self) -> None:
        """Nothing is held open."""

    # Requests

    @property
    def _chunks(self) -> tuple[int, str]:
        return (GRAPH_TRIPLES, "POST") if self.endpoint.graphs else (UPDATE_TRIPLES, "INSERT")

    def _add(self, graph: IRI, quads: Iterable[Quad]) -> int:
        size, how = self._chunks
        triples, count = iter(quads), 0
        while chunk := list(islice(triples, size)):
            if how == "POST":
                self._document("POST", graph, chunk)
            else:
                self._update(f"INSERT DATA {{ GRAPH {graph} {{\n{_ntriples(chunk)}}} }}", graph)
            count += len(chunk)
        return count

    def _document(self, method: str, graph: IRI, quads: Sequence[Quad]) -> None:
        url = f"{self.endpoint.graphs}?graph={quote(graph.value, safe='')}"
        body = None if method == "DELETE" else _ntriples(quads).encode()
        headers = {"Content-Type": "application/n-triples"} if body is not None else {}
        try:
            self.send(urllib.request.Request(url, body, headers, method=method))
        except Failure as failure:
            if method != "DELETE" or failure.status != 404:
                raise self._unwritten(graph, failure) from failure

    def _update(self, sparql: str, graph: IRI) -> None:
        if self.endpoint.update is None:
            raise BadInput(f"{self.endpoint.graphs}: cannot change a graph in part; give an address for SPARQL Update")
        headers = {"Content-Type": "application/sparql-update"}
        try:
            self.send(urllib.request.Request(self.endpoint.update, sparql.encode(), headers, method="POST"))
        except Failure as failure:
            raise self._unwritten(graph, failure) from failure

    def send(self, request: urllib.request.Request, read: Refusal | None = None) -> Reply:
        """The answer to a request that is signed; `read` may tell what an error status means.

        Raises Failure where there is none.
        """
        request.add_header("User-Agent", http.AGENT)
        if self.credentials.header:
            request.add_unredirected_header("Authorization", self.credentials.header)

        def opened(left: float) -> http.Response:
            try:
                response: http.Response = self._opener.open(request, timeout=left)
            except urllib.error.HTTPError as error:
                if read is not None and (failure := read(error)):
                    raise failure from error
                raise
            return response

        return http.patiently(opened, self.seconds or WRITE_SECONDS, self.attempts)

    def _asking(self, sparql: str, form: str) -> Callable[[float], http.Response]:
        def send(left: float) -> http.Response:
            asked = SPARQLWrapper(self.endpoint.query, agent=http.AGENT)
            asked.setQuery(sparql)
            asked.queryType = form
            asked.setMethod(POST)
            asked.setOnlyConneg(True)
            asked.setReturnFormat(TURTLE if form in _GRAPH_FORMS else JSON)
            asked.setTimeout(max(1, round(left)))
            self._sign(asked)
            asked.addCustomHttpHeader("Accept", _GRAPH_TYPES if form in _GRAPH_FORMS else _ROW_TYPES)
            try:
                response: http.Response = asked.query().response
            except tuple(_STATUS) as error:
                raise Failure(_STATUS[type(error)], _said(error)) from error
            return response

        return send

    def _sign(self, asked: SPARQLWrapper) -> None:
        """SPARQLWrapper's own digest wants the name of the realm; our opener, which it asks by, answers for any."""
        urllib.request.install_opener(self._opener)
        if self.credentials.header:
            asked.addCustomHttpHeader("Authorization", self.credentials.header)

    def _unwritten(self, graph: IRI, failure: Failure) -> BadInput:
        address = self.endpoint.graphs or self.endpoint.update
        return BadInput(f"{address}: graph {graph.value} was not written: {failure}; {advice(failure.status, True)}")


def query_form(sparql: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE. Raises BadInput for anything else, an update above all."""
    form = None
    with suppress(scanning.Ambiguous):
        form = scanning.form(sparql)
    if form is None:
        raise BadInput("not a query: after its prefixes comes none of SELECT, ASK, CONSTRUCT, DESCRIBE")
    return form


def _answer(reply: Reply, form: str) -> Answer:
    """What a reply says. Raises Failure where it is no answer of this form, whatever its status."""
    try:
        if form in _GRAPH_FORMS:
            return Triples(iter(list(parsed(reply.body, reply.media_type))))
        table = json.loads(reply.body)
        if form == "ASK":
            return _truth(table["boolean"])
        variables = tuple(str(name) for name in table["head"]["vars"])
        bindings = table["results"]["bindings"]
        return Solutions(variables, iter([tuple(_value(row.get(v)) for v in variables) for row in bindings]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{reply.media_type}, {len(reply.body)} bytes: {reply.text!r}"
        raise Failure(http.HOPELESS, f"answered what is no whole result of {form} ({error}): {what}") from error


def _said(error: Exception) -> str:
    """The server's own words, which SPARQLWrapper keeps as the repr of bytes at the end of its message."""
    told = str(error).rpartition("Response:\n")[2]
    try:
        body = ast.literal_eval(told)
    except (ValueError, SyntaxError):
        body = told
    return Reply(0, "", body if isinstance(body, bytes) else told.encode()).text


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is no truth value")
    return value


def _value(found: dict[str, Any] | None) -> Value | None:
    if found is None:
        return None
    kind, value = found["type"], found["value"]
    if kind == "uri":
        return iri(str(value))
    if kind == "bnode":
        return Blank(str(value))
    return literal(value if isinstance(value, str) else json.dumps(value), found.get("datatype"), found.get("xml:lang"))


def _ntriples(quads: Iterable[Quad]) -> str:
    return "".join(f"{s} {p} {o} .\n" for s, p, o, _ in quads)


def advice(status: int, writing: bool = False) -> str:
    """What to do about an answer with this status to a query, or to a request that writes."""
    if status in {401, 403}:
        return (
            "set RIWAYAT_USER and RIWAYAT_PASSWORD (RIWAYAT_AUTH=digest where the server wants that), or RIWAYAT_TOKEN"
        )
    if status == 404:
        return "check the address"
    if status == 400:
        return "change the value that it does not take, or take another store" if writing else "mend the query"
    if status == 413:
        return "the server takes smaller documents only; give its address for SPARQL Update"
    return "see whether the server runs, and try again"
