"""comunica as a SPARQL endpoint on loopback, over files or over other endpoints, for tests.

comunica-sparql-http listens on all interfaces and has no option for one; ``node/loopback.cjs`` sees to that. It reads
no file either; a file goes in as text in its context, parsed once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from loopback import free_ports, wait_for

NODE = Path(__file__).parent / "node"
PROGRAMS = NODE / "node_modules" / ".bin"
TYPES = {
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
}


def program(name: str) -> Path:
    """A program of comunica (``comunica-sparql``, ``comunica-sparql-http``). Skips the test where it is absent."""
    if not (PROGRAMS / name).exists():
        pytest.skip(f"no {name} here; npm ci --prefix tests/node, with Node.js 20")
    return PROGRAMS / name


@contextmanager
def served(folder: Path, *sources: Path | str) -> Iterator[str]:
    """The query address of comunica over RDF files and over endpoints, given by their addresses.

    A query sees the union of all graphs of all sources. `folder` is for its context and log.
    """
    binary, (port,) = program("comunica-sparql-http"), free_ports(1)
    context = folder / "context.json"
    context.write_text(
        json.dumps({"sources": [_source(s) for s in sources], "unionDefaultGraph": True}), encoding="utf-8"
    )
    command = [str(binary), "--port", str(port), "--context", str(context)]
    environment = {**os.environ, "NODE_OPTIONS": f"--require {NODE / 'loopback.cjs'}"}
    with (folder / "log").open("wb") as log:
        # A session of its own: its worker is another process, which outlives a killed parent.
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        try:
            wait_for(f"http://127.0.0.1:{port}/sparql", server, seconds=180)  # five where the machine is free
            yield f"http://127.0.0.1:{port}/sparql"
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _source(source: Path | str) -> dict[str, str]:
    if isinstance(source, str):
        return {"type": "sparql", "value": source}
    text = source.read_text(encoding="utf-8")
    return {"type": "serialized", "value": text, "mediaType": TYPES[source.suffix], "baseIRI": source.as_uri()}
