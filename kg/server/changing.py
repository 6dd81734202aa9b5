"""Requests that change graphs: SPARQL Update, and PUT, POST and DELETE of the Graph Store Protocol.

https://www.w3.org/TR/sparql11-protocol/#update-operation, https://www.w3.org/TR/sparql11-http-rdf-update/ sections 5.3
to 5.5. Graphs that kg makes from articles are not written; DELETE of an article's graph forgets the article.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from kg.index import Index
from kg.rdf.vocab import default_graph, is_article, skolem_iri
from kg.server import bodies, validators, writing
from kg.server.answering import LOG
from kg.server.asked import GraphAsked
from kg.server.authority import Authority
from kg.server.graph_store import Default, Graph, Named, Whole
from kg.server.jobs import Merge, Update
from kg.server.media import MULTIPART, document_type
from kg.server.negotiation import offered
from kg.server.problems import Problem
from kg.server.protocol import Operation
from kg.server.settings import given
from kg.server.writing import Writes
from kg.store import added
from kg.store.embedded import check_iri

_DOTS: Final = frozenset({".", "..", "%2e", "%2e%2e", ".%2e", "%2e."})


def graph_asked(graph: Graph, media_type: str, base: str) -> GraphAsked:
    """A graph of the Graph Store Protocol as a worker is asked for it."""
    genid = skolem_iri("", base).value
    if isinstance(graph, Named):
        return GraphAsked(graph.iri, media_type, genid="" if is_article(graph.iri, base) else genid)
    default = default_graph(base).value if isinstance(graph, Default) else None
    return GraphAsked(None, media_type, default, genid if default else "")


@dataclass(frozen=True, slots=True)
class Changing:
    """What changes the graphs of one graph folder, for whoever may."""

    writes: Writes
    authority: Authority
    base: str
    """That of the graph folder's IRIs."""

    async def update(self, request: Request, operation: Operation, here: str) -> Response:
        """An update; all of it or nothing. `here`: what its relative IRIs are resolved against."""
        self.authority.check(request)
        dataset = operation.default_graphs, operation.named_graphs
        request.scope[LOG]["update_sha256"] = hashlib.sha256(operation.text.encode("utf-8", "replace")).hexdigest()
        with self.writes.room() as room:
            text = room / "update"
            text.write_text(operation.text, encoding="utf-8", errors="replace")
            asked = Update(str(text), str(room / "scratch"), here, *dataset)
            await self.writes.write(lambda index: self.writes.update(index, room, asked))
        return Response(status_code=204)

    async def graphs(self, request: Request, graph: Graph, store: str) -> Response:
        """A graph put, added to or deleted. `store` is the address under which new graphs get their names."""
        self.authority.check(request)
        if request.method == "DELETE":
            return await self._delete(request, graph)
        with self.writes.room() as room:
            return await self._put(request, graph, store, room)

    async def _put(self, request: Request, graph: Graph, store: str, room: Path) -> Response:
        new = isinstance(graph, Whole) and request.method == "POST"
        if not new:
            self._name(graph)
        self._writable(graph)
        if "content-range" in request.headers:
            raise Problem(
                400, "Part of a graph", "send the whole graph, without Content-Range (RFC 9110, section 14.5)"
            )
        media_type = _media_type(request)
        document = room / "document"
        await bodies.keep(request, given("writing")["document_bytes"], document)
        if new:
            graph = Named(f"{store}/{await asyncio.to_thread(_content, document, media_type)}")
        name, here = self._name(graph), _iri(graph, store)
        request.scope[LOG]["graph"] = name
        keeps = request.method == "POST" and not new

        def work(index: Index) -> bool:
            there = {each.graph: each for each in index.folder.added()}
            self._check(request, index, graph, name in there)
            before = there.get(name) if keeps else None
            merge = Merge(name, str(document), media_type, here, str(index.folder.added_path), before)
            return self.writes.merge(index, room, merge)

        created = await self.writes.write(work)
        if created or new:
            return Response(status_code=201, headers={"Location": _address(graph, store)})
        return _told("added") if keeps else Response(status_code=204)

    async def _delete(self, request: Request, graph: Graph) -> Response:
        name = self._name(graph)
        await bodies.read(request, 0)
        article = isinstance(graph, Named) and is_article(name, self.base)
        if not article:
            self._writable(graph)

        def work(index: Index) -> str | None:
            self._check(request, index, graph, article or any(each.graph == name for each in index.folder.added()))
            if article:
                return writing.forget(index, name)
            writing.delete(index, name)
            return None

        forgotten = await self.writes.write(work)
        request.scope[LOG].update({"graph": name} if forgotten is None else {"forgot": forgotten})
        return _told("deleted" if forgotten is None else "forgotten")

    def _name(self, graph: Graph) -> str:
        if isinstance(graph, Whole):
            raise Problem(400, "No graph named", "name a graph: by the address, by graph=IRI or by default")
        return graph.iri if isinstance(graph, Named) else added.DEFAULT

    def _writable(self, graph: Graph) -> None:
        if isinstance(graph, Named):
            if _DOTS.intersection(graph.iri.lower().split("/")):
                raise Problem(400, "Path that climbs", "a graph's IRI has no . or .. between its slashes")
            try:
                check_iri(graph.iri)
            except ValueError as error:
                raise Problem(400, "No absolute IRI", f"{graph.iri}: {error}") from error
            try:
                added.checked(graph.iri, self.base)
            except ValueError as error:
                raise Problem(403, "Not to be written", str(error)) from error

    def _check(self, request: Request, index: Index, graph: Graph, there: bool) -> None:
        """If-Match and If-None-Match (RFC 9110, sections 13.1.1 and 13.1.2). Raises Problem 412."""
        wanted, unwanted = (", ".join(request.headers.getlist(name)) for name in ("if-match", "if-none-match"))
        current = set(self._tags(graph, index.folder.state)) if there else set()
        fits = not wanted or (there and validators.unchanged(wanted, current))
        new = not any(validators.has(unwanted, tag) for tag in current)
        if not (fits and new):
            detail = "the graph is another than the one that was read; read it again, change that, and write it"
            raise Problem(412, "Precondition failed", detail)

    def _tags(self, graph: Graph, state: str) -> Iterable[str]:
        """The entity tags of all forms that a graph can be read in."""
        for kind in offered("graphs"):
            asked = graph_asked(graph, kind.name, self.base)
            yield from (validators.tag(state, asked, kind.content_type, coding) for coding in (None, "gzip"))


def _told(what: str) -> Response:
    """What was done, with 200, as the W3C's first cases want it of DELETE and POST (RFC 9110, section 9.3.5)."""
    return Response(f"{what}\n", media_type="text/plain")


def _media_type(request: Request) -> str:
    told = request.headers.get("content-type", "")
    if not told.lower().startswith(MULTIPART):
        document_type(told, None)
    elif request.method != "POST":
        raise Problem(415, "Unsupported media type", "a form is sent by POST (Graph Store Protocol, section 5.5)")
    return told


def _content(document: Path, media_type: str) -> str:
    """A name made from what was sent: the same document gives the same graph."""
    with document.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256")
    found.update(media_type.encode())
    return found.hexdigest()[:20]


def _iri(graph: Graph, store: str) -> str:
    """What relative IRIs of a document are resolved against: the graph's IRI (Graph Store Protocol, section 5.3)."""
    return graph.iri if isinstance(graph, Named) else store


def _address(graph: Graph, store: str) -> str:
    """Where a graph can be read."""
    site = store.removesuffix("/graphs")
    if isinstance(graph, Default):
        return f"{site}/store?default"
    iri = _iri(graph, store)
    return iri if iri.startswith(f"{store}/") else f"{site}/store?graph={quote(iri, safe='')}"
