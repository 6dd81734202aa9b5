"""Answers sent: with entity tag and compression, piece by piece, cut off where they end before they are whole."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.server import validators
from kg.server.asked import Asked
from kg.server.bodies import attended
from kg.server.connections import RESET, Cut
from kg.server.negotiation import MediaType, coding
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.settings import given

LOG: Final = "riwayat.log"
"""Key in a request's scope: what its line in the log says besides."""
VARY: Final = "Accept, Accept-Encoding"
_GZIP: Final = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client wants and in which form."""

    asked: Asked
    media_type: MediaType
    steady: bool = True
    """True where the same state gives the same bytes."""


async def answered(request: Request, pool: Pool, wanted: Wanted) -> Response:
    """The answer, begun well; 304 where the client has it, without asking anybody where it names it by its tag.

    Raises Problem where there is no answer, Gone where the client does not wait for it.
    """
    had = ", ".join(request.headers.getlist("if-none-match"))
    packed = coding(", ".join(request.headers.getlist("accept-encoding")))
    tagged = wanted.steady and request.method in {"GET", "HEAD"}
    if tagged:
        current = _tag(pool.state, wanted, packed)
        if validators.named(had, current):
            return _had(current)
    state, body = await attended(request.receive, _begun(pool, wanted.asked, packed))
    request.scope[LOG]["state"] = state
    tag = _tag(state, wanted, packed) if tagged else None
    wanted_tags = ", ".join(request.headers.getlist("if-match"))
    if tag and wanted_tags and not validators.unchanged(wanted_tags, {tag}):
        body.close()
        raise Problem(412, "Precondition failed", "the answer is another than the one that If-Match names")
    if tag and validators.has(had, tag):
        body.close()
        return _had(tag)
    return Streamed(body, {"Content-Type": wanted.media_type.content_type, **_caching(tag), **body.headers})


def _had(tag: str) -> Response:
    return Response(status_code=304, headers=_caching(tag))


async def _begun(pool: Pool, asked: Asked, coding: str | None) -> tuple[str, Body]:
    """The state that an answer is given from, and its body with the beginning read."""
    answer = await pool.answer(asked)
    body = Body(answer.chunks, coding)
    try:
        await body.begin()
    except BaseException:
        body.close()
        raise
    return answer.state, body


@lru_cache(maxsize=8)
def _tag(state: str, wanted: Wanted, coding: str | None) -> str:
    """The tag of what is wanted; kept from the question whether the client has it until the answer comes."""
    return validators.tag(state, wanted.asked, wanted.media_type.content_type, coding)


def _caching(tag: str | None) -> dict[str, str]:
    """A cache may keep what has a tag, and asks each time whether it is still so."""
    return {"Vary": VARY, **({"ETag": tag, "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"})}


class Body:
    """The bytes of an answer: its beginning read ahead, compressed where that is wanted and pays."""

    def __init__(self, chunks: AsyncIterator[bytes], coding: str | None) -> None:
        self.chunks, self.coding = chunks, coding
        self.ahead = b""
        self.whole = False

    async def begin(self) -> None:
        """Reads what is told apart from an answer that breaks off later. Raises Problem."""
        while len(self.ahead) < given("answers")["ahead_bytes"]:
            chunk = await anext(self.chunks, None)
            if chunk is None:
                self.whole = True
                break
            self.ahead += chunk
        if len(self.ahead) < given("answers")["gzip_from"]:
            self.coding = None

    @property
    def headers(self) -> dict[str, str]:
        """How it is encoded, and its length where that is known."""
        if self.coding:
            return {"Content-Encoding": self.coding}
        return {"Content-Length": str(len(self.ahead))} if self.whole else {}

    def packed(self) -> bytes:
        """All of an answer that is whole, as it is sent."""
        return gzip.compress(self.ahead, given("answers")["gzip_level"], mtime=0) if self.coding else self.ahead

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """All bytes as they are sent. Raises Problem where they end before the answer is whole."""
        if not self.coding:
            async for chunk in self._all():
                yield chunk
            return
        packer = zlib.compressobj(given("answers")["gzip_level"], zlib.DEFLATED, _GZIP)
        async for chunk in self._all():
            if piece := await asyncio.to_thread(packer.compress, chunk):
                yield piece
        yield packer.flush()

    async def _all(self) -> AsyncIterator[bytes]:
        yield self.ahead
        async for chunk in self.chunks:
            yield chunk

    def close(self) -> None:
        """Lets go of whoever makes the answer."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()


class Streamed(Response):
    """An answer that is sent as it comes.

    Where it breaks off, the last chunk is missing (RFC 9112, section 7.1). HTTP/1.0 has no chunks: there the connection
    is reset, since its usual end would be that of the answer.
    """

    def __init__(self, body: Body, headers: dict[str, str]) -> None:
        super().__init__(None, headers=headers)
        if "Content-Length" not in headers:
            del self.headers["content-length"]
        self.answer = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it. Raises Cut where it breaks off, Gone where the client goes away."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] != "HEAD" and not self.answer.whole:
                await attended(receive, self._pieces(send))
            last = self.answer.packed() if self.answer.whole else b""
            await send({"type": "http.response.body", "body": last, "more_body": False})
        except Problem as problem:
            if scope["http_version"] == "1.0":
                scope["extensions"][RESET]()
            raise Cut(str(problem)) from problem
        finally:
            self.answer.close()

    async def _pieces(self, send: Send) -> None:
        async with aclosing(self.answer.pieces()) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
