"""Bodies of requests: read whole, up to a size, and at a pace, so that a client who dawdles holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.types import Receive

from kg.server.problems import Problem
from kg.server.settings import given

T = TypeVar("T")
LINGER: Final = 2.0
"""Seconds for which a body that is too large is still taken in."""
_CLOSE: Final = (("Connection", "close"),)
"""A body that is not read to its end stands before the next request."""


class Gone(Exception):
    """The client has gone away; nobody waits for the answer."""


async def read(request: Request, most: int) -> bytes:
    """The whole body.

    Raises Problem 408 where it comes too slowly, 413 where it has more than `most` bytes, 415 where it is compressed;
    Gone where the client goes away.
    """
    return b"".join([piece async for piece in _pieces(request, most)])


async def keep(request: Request, most: int, path: Path) -> None:
    """Puts the body into a file, piece by piece. Raises what `read` raises."""
    with path.open("wb") as kept:
        async for piece in _pieces(request, most):
            kept.write(piece)


async def _pieces(request: Request, most: int) -> AsyncIterator[bytes]:
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(415, "Unsupported encoding", "send the body without Content-Encoding", headers=_CLOSE)
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > most:
        if "expect" not in request.headers:
            await _thrown_away(request)
        raise _too_large(most)
    limits, began = given("bodies"), asyncio.get_running_loop().time()
    length = 0
    while True:
        deadline = began + limits["first_seconds"] + length / limits["bytes_a_second"]
        try:
            async with asyncio.timeout_at(deadline):
                message = await request.receive()
        except TimeoutError:
            raise Problem(408, "Request timeout", "the body came too slowly", headers=_CLOSE) from None
        if message["type"] == "http.disconnect":
            raise Gone
        length += len(message.get("body", b""))
        if length > most:
            await _thrown_away(request)
            raise _too_large(most)
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return


async def attended(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """What some work gives while the client, whose body is read, stays. Raises Gone, and cancels it, where not."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Gone
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _thrown_away(request: Request) -> None:
    """Takes what more comes for a while: a client that still sends when the connection ends would not read why."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while (await request.receive()).get("more_body", False):
                pass


def _too_large(most: int) -> Problem:
    return Problem(413, "Content too large", f"the body may have {most} bytes", headers=_CLOSE)
