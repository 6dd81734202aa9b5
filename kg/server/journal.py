"""What the server tells about itself: one JSON line a request on stderr, and counts for Prometheus.

Everything that clients send is escaped by JSON, so a line is one line whatever they send.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from kg.server.problems import Problem

SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Bounds of the histogram: from a look-up in a warm worker to the deadline of a query."""
MAX_PATH: Final = 300
"""Characters of a path that are logged; longer ones are an attack."""

Client = tuple[str, int] | None


class Journal:
    """The log and the counts of one server."""

    def __init__(self, write: Callable[[str], object] = sys.stderr.write) -> None:
        self.write = write
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "riwayat_requests", "Requests by status.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "riwayat_request_seconds", "Seconds.", ["route"], buckets=SECONDS, registry=self.registry
        )
        self.bytes = Counter("riwayat_sent_bytes", "Bytes of bodies sent.", registry=self.registry)
        self.state = Gauge("riwayat_state_info", "The state that is served.", ["state"], registry=self.registry)
        self.cut = Counter(
            "riwayat_answers_cut", "Answers that broke off after they had begun.", registry=self.registry
        )

    def measured(self, name: str, what: str, value: Callable[[], float]) -> None:
        """A figure that is looked up when somebody asks for it."""
        Gauge(f"riwayat_{name}", what, registry=self.registry).set_function(value)

    def exposition(self, state: str) -> bytes:
        """All counts in Prometheus' text format, and the state that is served."""
        self.state.clear()
        self.state.labels(state).set(1)
        return generate_latest(self.registry)

    def request(self, about: dict[str, Any], route: str, began: float) -> None:
        """Notes a request that has ended: what its line says of it, its route, and when it began (monotonic)."""
        took = time.monotonic() - began
        method = about["method"] if about["method"] in _METHODS else "other"
        self.requests.labels(method, route, str(about["status"])).inc()
        self.seconds.labels(route).observe(took)
        self.bytes.inc(about["bytes"])
        self.line({**about, "path": about["path"][:MAX_PATH], "ms": round(took * 1000, 1)})

    def refused(self, client: Client, problem: Problem) -> None:
        """Notes a connection that is closed before there was a request."""
        self.requests.labels("none", "none", str(problem.status)).inc()
        self.line({"client": client[0] if client else None, "status": problem.status, "problem": problem.title})

    def line(self, members: dict[str, Any]) -> None:
        """One line of the log, with the time."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.write(json.dumps({"time": now, **members}) + "\n")
        sys.stderr.flush()


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
"""Methods that are counted by name; a client cannot make labels of its own."""
