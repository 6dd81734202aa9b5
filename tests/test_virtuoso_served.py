"""The Virtuoso that other tests ask: its loader may write, nobody else may, and it can be emptied."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from virtuoso_served import LOADER, Virtuoso
from waiting import LATE

UPDATE = b"INSERT DATA { GRAPH <http://a.example/g> { <http://a.example/s> <http://a.example/p> 1 } }"


def written(url: str, virtuoso: Virtuoso | None = None) -> int:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if virtuoso is not None:
        passwords.add_password(None, url, LOADER, virtuoso.password)
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
    asked = urllib.request.Request(url, UPDATE, {"Content-Type": "application/sparql-update"}, method="POST")
    with opener.open(asked, timeout=LATE) as reply:
        return int(reply.status)


def count(virtuoso: Virtuoso) -> str:
    return virtuoso.run("SPARQL SELECT (COUNT(*) AS ?n) WHERE { GRAPH <http://a.example/g> { ?s ?p ?o } }")


def test_the_loader_writes_and_nobody_else(virtuoso: Virtuoso) -> None:
    for path in ("sparql", "sparql-auth"):
        with pytest.raises(urllib.error.HTTPError):
            written(f"{virtuoso.url}/{path}")
    assert "\n0\n" in count(virtuoso)
    assert written(f"{virtuoso.url}/sparql-auth", virtuoso) == 200
    assert "\n1\n" in count(virtuoso)
    virtuoso.clear()
    assert "\n0\n" in count(virtuoso)
