"""The examples of README.md on kg serve, run as they stand there against a server of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kg_served import ROOT, Served, served

ADDRESS = "http://127.0.0.1:7878"


def examples(language: str, heading: str = "Serve it") -> str:
    """The examples in one language in a section on kg serve."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no example in {language}"
    return "".join(found)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl; apt-get install curl")
def test_the_commands_work(server: Served, tmp_path: Path) -> None:
    commands = examples("sh").replace(ADDRESS, server.url)
    commands = f'set -e; kg() {{ PYTHONPATH={ROOT} {sys.executable} -m kg.cli "$@"; }}\n{commands}'
    done = subprocess.run(
        ["bash"], input=commands, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    heading, count, *table = done.stdout.splitlines()
    assert heading == "persons"
    assert int(count) > 5
    assert any("Shoigu" in line for line in table)
    assert len((tmp_path / "graph.nt").read_text(encoding="utf-8").splitlines()) > 500


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl; apt-get install curl")
def test_the_commands_that_write_work(small_graph: Path, tmp_path: Path) -> None:
    graph, token = shutil.copytree(small_graph, tmp_path / "graph"), tmp_path / "token"
    token.write_text("kata-sandi-panjang-hanya-untuk-uji-0123456789\n")
    token.chmod(0o600)
    options = ("--writable", "--token-file", str(token), "--workers", "1")
    with served(graph, tmp_path / "log", *options) as running:
        commands = "set -e\n" + examples("sh", "Write to it").replace(ADDRESS, running.url)
        done = subprocess.run(
            ["bash"], input=commands, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
        )
    assert done.returncode == 0, done.stderr
    assert sorted(line.partition("#")[2] for line in done.stdout.splitlines()) == [
        'editorialNote> "periksa lagi"@id .',
        'scopeNote> "Rusia" .',
    ]


def test_the_program_works(server: Served) -> None:
    program = examples("python").replace(ADDRESS, server.url)
    values: dict[str, list[str]] = {}
    exec(program, {}, values)
    assert len(values["names"]) == 3
    assert values["names"] == sorted(values["names"])
