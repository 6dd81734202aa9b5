"""Cases written from the specifications of SPARQL 1.1 Protocol, Graph Store Protocol and HTTP (the TOML files here)."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import rdflib
from kg_served import Served, served
from rdflib.compare import isomorphic
from waiting import LATE

FILES = ("protocol", "graph_store", "writing")
TOKEN = "kata-sandi-panjang-hanya-untuk-uji-0123456789"
"""That of the server that writes; its cases send it unless they say otherwise."""
FORM = "application/x-www-form-urlencoded"


def cases(writable: bool, fresh: bool = False) -> list[Any]:
    found = []
    for name in FILES:
        table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
        found += [
            pytest.param(case["step"], id=f"{name}: {case['section']}: {case['name']}")
            for case in table["case"]
            if (case.get("writable", False), case.get("fresh", False)) == (writable, fresh)
        ]
    return found


def encoded(pairs: list[list[str]]) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def asked(here: str, step: dict[str, Any]) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to a step's request, sent as it stands there."""
    connection = http.client.HTTPConnection(urlsplit(here).netloc, timeout=LATE)
    path, headers = step["path"], dict(step.get("headers", {}))
    if "parameters" in step:
        path += "?" + encoded(step["parameters"])
    body = step.get("body")
    if "form" in step:
        body = encoded(step["form"])
        headers["Content-Type"] = FORM
    connection.putrequest(step["method"], path, skip_host="Host" in headers, skip_accept_encoding=True)
    data = None if body is None else body.encode()
    if data is not None or step["method"] in {"PUT", "POST"}:
        headers["Content-Length"] = str(len(data or b""))
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(data)
    answer = connection.getresponse()
    whole = answer.read()
    connection.close()
    return answer, whole


def filled(step: Any, values: dict[str, str]) -> Any:
    """A step with the address of the server and the last Location in their places."""
    if isinstance(step, str):
        for name, value in values.items():
            step = step.replace(f"{{{name}}}", value)
        return step
    if isinstance(step, list):
        return [filled(each, values) for each in step]
    return {name: filled(each, values) for name, each in step.items()} if isinstance(step, dict) else step


def truth(body: bytes) -> bool:
    """What an answer to an ASK says, in JSON or XML."""
    text = body.decode()
    return bool(json.loads(text)["boolean"]) if text.startswith("{") else "<boolean>true</boolean>" in text


def check(step: dict[str, Any], answer: http.client.HTTPResponse, body: bytes) -> None:
    assert answer.status in step["status"], body[:500]
    for name, pattern in step.get("has", {}).items():
        value = answer.headers.get(name, "")
        assert re.fullmatch(pattern, value, re.DOTALL) if pattern else value == "", f"{name}: {value}"
    if "boolean" in step:
        assert truth(body) is step["boolean"]
    if "rows" in step:
        assert len(json.loads(body)["results"]["bindings"]) == step["rows"]
    if "graph" in step:
        parsed = rdflib.Graph().parse(data=body.decode(), format="turtle")
        assert isomorphic(parsed, rdflib.Graph().parse(data=step["graph"], format="turtle"))
    text = body.decode("utf-8", "replace")
    for part in step.get("contains", []):
        assert part in text
    for part in step.get("lacks", []):
        assert part not in text
    if step["method"] == "HEAD":
        assert body == b""


def run(here: str, steps: list[dict[str, Any]], headers: dict[str, str] | None = None) -> None:
    values = {"here": here, "token": TOKEN}
    for raw in steps:
        step = filled(raw, values)
        step["headers"] = {**(headers or {}), **step.get("headers", {})}
        answer, body = asked(here, step)
        check(step, answer, body)
        values["etag"] = answer.headers.get("etag") or values.get("etag", "")
        if location := answer.headers.get("location"):
            parts = urlsplit(location)
            values["location"] = parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(scope="module")
def writable(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a copy that also writes."""
    folder = tmp_path_factory.mktemp("writable")
    shutil.copytree(small_graph, folder / "graph")
    token = {"RIWAYAT_SERVE_TOKEN": TOKEN}
    with served(folder / "graph", folder / "log", "--writable", "--workers", "1", environment=token) as running:
        yield running


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that writes to a graph folder that is not there yet."""
    folder = tmp_path_factory.mktemp("fresh")
    token = {"RIWAYAT_SERVE_TOKEN": TOKEN}
    with served(folder / "graph", folder / "log", "--writable", "--workers", "1", environment=token) as running:
        yield running


@pytest.mark.parametrize("steps", cases(writable=False))
def test_reading(server: Served, steps: list[dict[str, Any]]) -> None:
    run(server.url, steps)


@pytest.mark.parametrize("steps", cases(writable=True))
def test_writing(writable: Served, steps: list[dict[str, Any]]) -> None:
    run(writable.url, steps, {"Authorization": f"Bearer {TOKEN}"})


@pytest.mark.parametrize("steps", cases(writable=True, fresh=True))
def test_writing_where_nothing_is(fresh: Served, steps: list[dict[str, Any]]) -> None:
    run(fresh.url, steps, {"Authorization": f"Bearer {TOKEN}"})
