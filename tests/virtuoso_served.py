"""A real Virtuoso server on loopback, for tests: Debian's virtuoso-opensource-7-bin, with a user that may load."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from loopback import free_ports, wait_for

from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

PACKAGES = "virtuoso-opensource-7-bin virtuoso-opensource-7-common"
LOADER = "loader"
"""The user that writes graphs: it may update, and nobody else may."""
INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 500

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 500

[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
DirsAllowed = {folder}
DefaultIsolation = 2
CaseMode = 2

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
MaxClientConnections = 8

[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""
RIGHTS = (
    "DB.DBA.USER_CREATE('{user}','{password}')",
    "grant SPARQL_UPDATE to {user}",
    "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody',1)",
    "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('{user}',3)",
)
"""What makes a user that reads and writes all graphs, and lets nobody else write: for README and tests alike."""


@dataclass(frozen=True)
class Virtuoso:
    """A running server: `url` of its HTTP side, `sql` port for isql-vt, and the passwords of its users."""

    url: str
    sql: str
    folder: Path
    """Its data; bulk loads may read files here."""
    dba: str
    password: str
    """That of LOADER."""
    own: frozenset[str] = frozenset()
    """Graphs that every Virtuoso has."""

    def run(self, statement: str) -> str:
        """What isql-vt says to a statement as dba."""
        return _isql(self.sql, self.dba, statement)

    def graphs(self) -> frozenset[str]:
        """The names of all graphs."""
        return frozenset(self._store.graphs())

    def clear(self) -> None:
        """Removes every graph but those that were there from the start: RDF_GLOBAL_RESET takes some seconds."""
        for name in sorted(self.graphs() - self.own):
            self._store.remove_graph(name)

    @property
    def _store(self) -> RemoteStore:
        address = f"{self.url}/sparql-auth"
        return RemoteStore(Endpoint(address, update=address), Credentials("digest", LOADER, self.password))

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make kg sign in as LOADER."""
        return {"RIWAYAT_USER": LOADER, "RIWAYAT_PASSWORD": self.password, "RIWAYAT_AUTH": "digest"}


@contextmanager
def served(folder: Path) -> Iterator[Virtuoso]:
    """A Virtuoso server with its data in a folder. Skips the test where there is none to start."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip(f"no Virtuoso here; apt-get install --no-install-recommends {PACKAGES}")
    sql, port = free_ports(2)
    passwords = secrets.token_hex(8), secrets.token_hex(8)
    virtuoso = Virtuoso(f"http://127.0.0.1:{port}", f"127.0.0.1:{sql}", folder, *passwords)
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=sql, http=port), encoding="utf-8")
    with running(virtuoso):
        _isql(virtuoso.sql, "dba", f"user_set_password('dba', '{virtuoso.dba}')")
        for right in RIGHTS:
            virtuoso.run(right.format(user=LOADER, password=virtuoso.password))
        yield replace(virtuoso, own=virtuoso.graphs())


@contextmanager
def running(virtuoso: Virtuoso) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a server whose folder is made; it is told to end, and killed where it does not."""
    command = ["virtuoso-t", "+foreground", "+configfile", str(virtuoso.folder / "virtuoso.ini")]
    with (virtuoso.folder / "out").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=virtuoso.folder, env={**os.environ, "TZ": "UTC"})
        try:
            wait_for(f"{virtuoso.url}/sparql?query=ASK%7B%7D", server)
            yield server
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()


def _isql(port: str, password: str, statement: str) -> str:
    done = subprocess.run(
        ["isql-vt", port, "dba", password, "ERRORS=STDOUT", f"exec={statement};"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "*** Error" not in done.stdout, f"{statement}: {done.stdout}{done.stderr}"
    return done.stdout
