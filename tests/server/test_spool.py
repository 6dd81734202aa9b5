"""Answers between a worker and a client: what is given up never looks whole."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kg.server import limits
from kg.server.problems import Problem
from kg.server.spool import Budget, Spool


def test_an_answer_given_up_while_its_file_is_read_does_not_end_as_if_whole() -> None:
    async def given_up() -> None:
        disk, slow = ThreadPoolExecutor(1), threading.Event()
        asyncio.get_running_loop().set_default_executor(disk)
        spool = Spool(replace(limits.load(), kept=0), Budget(1_000))
        await spool.put(b"half of it")
        disk.submit(slow.wait)
        taking = asyncio.create_task(spool.take())
        await asyncio.sleep(0)
        spool.close()
        slow.set()
        with pytest.raises(Problem, match="not taken in time"):
            await taking

    asyncio.run(given_up())
