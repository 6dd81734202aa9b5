"""The command kg serve: started, asked by pages and by name, ended; what it logs and counts."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

import pytest
from kg_served import ROOT, Served, children, lives, served
from waiting import LATE, comes

Start = Callable[..., Served]
QUERY = "SELECT ?s { ?s a <https://w3id.org/riwayat/ontology#Person> } # rahasia"


def fetch(url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in small letters) and body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(url, headers=named, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=LATE) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_all_its_workers(small_graph: Path, tmp_path: Path, number: signal.Signals) -> None:
    with served(small_graph, tmp_path / "log", "--workers", "2") as server:
        workers = children(server.process.pid)
        assert len(workers) >= 2
        with closing(socket.create_connection((str(urlsplit(server.url).hostname), urlsplit(server.url).port or 0))):
            server.process.send_signal(number)
            assert server.process.wait(timeout=LATE) == 0
        assert not any(lives(worker) for worker in workers)
        assert server.process.stdout is not None
        assert server.process.stdout.read() == b""
        assert all(line.startswith(("{", "kg: serving")) for line in server.log().splitlines())
    assert not any((small_graph / "snapshots").glob(f"{server.process.pid}-*")), "a snapshot is left"


def test_an_answer_that_has_begun_ends_before_the_server_does(small_graph: Path, tmp_path: Path) -> None:
    digits = "{ 0 1 2 3 4 5 6 7 8 9 }"
    sparql = f"SELECT * {{ VALUES ?a {digits} VALUES ?b {digits} VALUES ?c {digits} VALUES ?d {digits} }}"
    with served(small_graph, tmp_path / "log") as server, socket.socket() as client:
        address = urlsplit(server.url)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        client.connect((str(address.hostname), address.port or 0))
        client.sendall(f"GET /sparql?query={quote(sparql)} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        parts = [client.recv(1_000)]
        server.process.send_signal(signal.SIGTERM)
        while part := client.recv(65_536):
            parts.append(part)
        assert server.process.wait(timeout=LATE) == 0
    assert parts[0].startswith(b"HTTP/1.1 200 ")
    assert b"".join(parts).endswith(b"0\r\n\r\n")


def test_a_port_in_use_is_told(server: Served, small_graph: Path) -> None:
    port = str(urlsplit(server.url).port)
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(small_graph), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 2
    assert f"127.0.0.1 port {port}: cannot listen" in done.stderr
    assert "--port" in done.stderr


def test_a_graph_that_is_not_there_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(tmp_path / "none"), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert "no graph here" in done.stderr


def test_a_graph_folder_without_room_for_snapshots_is_told(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph", ignore=shutil.ignore_patterns("snapshots")))
    (graph / "snapshots").touch()
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(graph), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert "cannot be made" in done.stderr


def test_a_line_of_the_log_has_all_but_the_query(server: Served) -> None:
    asked = f"{QUERY} once"
    status, _, body = fetch(f"{server.url}/query?query={quote(asked)}", Accept="text/csv")
    line = server.lines(hashlib.sha256(asked.encode()).hexdigest())[-1]
    assert {name: line[name] for name in ("client", "method", "status", "bytes")} == {
        "client": "127.0.0.1",
        "method": "GET",
        "status": status,
        "bytes": len(body),
    }
    assert line["path"] == "/query"
    assert line["ms"] > 0
    assert json.loads(fetch(f"{server.url}/health")[2])["state"] == line["state"]
    assert "rahasia" not in server.log()


def test_what_the_client_has_is_not_answered_again(server: Served) -> None:
    url = f"{server.url}/sparql?query={quote(QUERY)}"
    status, headers, body = fetch(url)
    tag = headers["etag"]
    assert (status, len(body) > 0, headers["cache-control"]) == (200, True, "no-cache")
    for told in (tag, f'"x", W/{tag}', "*"):
        again, told_headers, nothing = fetch(url, If_None_Match=told)
        assert (again, nothing, told_headers["etag"]) == (304, b"", tag)
        assert told_headers["vary"] == "Accept, Accept-Encoding"
    for others in ({"Accept": "text/csv"}, {"Accept_Encoding": "gzip"}):
        status, headers, _ = fetch(url, If_None_Match=tag, **others)
        assert status == 200
        assert headers["etag"] != tag
    assert fetch(f"{url}%20", If_None_Match=tag)[0] == 200
    assert fetch(f"{server.url}/sparql?query=SELEC", If_None_Match="*")[0] == 400


def test_pages_and_names_that_were_let_in(small_graph: Path, tmp_path: Path) -> None:
    page = "https://peta.example"
    options = ("--cors", page, "--name", "graf.example", "--log-queries")
    with served(small_graph, tmp_path / "log", *options) as server:
        url = f"{server.url}/sparql?query={quote(QUERY)}"
        status, headers, _ = fetch(url, Origin=page, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="cors")
        assert (status, headers["access-control-allow-origin"]) == (200, page)
        assert "Origin" in headers["vary"]
        assert "Accept" in headers["vary"]
        preflight = {"Origin": page, "Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "a,b"}
        status, headers, _ = fetch(url, "OPTIONS", **preflight, Access_Control_Request_Private_Network="true")
        assert (status, headers["access-control-allow-headers"]) == (200, "a,b")
        assert headers["access-control-allow-private-network"] == "true", "asked for by Chromium where a page is public"
        status, headers, _ = fetch(f"{server.url}/sparql?query=SELEC", Origin=page)
        assert (status, headers["access-control-allow-origin"]) == (400, page), "the page may read why"
        status, headers, _ = fetch(url, Origin="https://evil.example", Sec_Fetch_Site="cross-site")
        assert (status, headers.get("access-control-allow-origin")) == (403, None)
        assert [fetch(url, Host=name)[0] for name in ("graf.example", "graf.example:80", "peta.example")] == [
            200,
            200,
            421,
        ]
        assert "rahasia" in server.log()


def test_counts_for_prometheus(server: Served) -> None:
    absent = 'riwayat_requests_total{method="PUT",route="none",status="404"}'
    before = server.count(absent)
    assert fetch(f"{server.url}/nowhere", "PUT")[0] == 404
    assert comes(lambda: server.count(absent) == before + 1), "it is counted when the answer has gone out"
    at_rest = {"riwayat_workers ": 2, "riwayat_workers_busy ": 0, "riwayat_queries_waiting ": 0}
    # A worker of a test before may still be replaced.
    assert comes(lambda: {name: server.count(name) for name in at_rest} == at_rest)
    state = json.loads(fetch(f"{server.url}/health")[2])["state"]
    assert server.count(f'riwayat_state_info{{state="{state}"}} ') == server.count("riwayat_state_info") == 1


def test_workers_that_do_not_start_are_told(small_graph: Path) -> None:
    """Here for want of memory."""
    program = (
        "import sys; from dataclasses import replace; from kg.server import limits; load = limits.load;"
        "limits.load = lambda: replace(load(), memory=1_000_000);"
        "from kg.cli import main; main()"
    )
    command = [sys.executable, "-c", program, "serve", "--graph", str(small_graph), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 2, done.stderr
    assert "a worker does not start" in done.stderr
    assert "fault in kg itself" not in done.stderr
