"""The layout of the package: which part may know which, which library stays where, how long things may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "kg").rglob("*.py"))
each_file = pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])

COMMON = {"model", "ids", "errors", "config", "lang", "__version__"}
"""What every part may know."""
ARROWS: dict[str, set[str]] = {
    "cli": {
        "link",
        "review",
        "resolve",
        "server",
        "description",
        "build",
        "export",
        "explain",
        "queries",
        "render",
        "stats",
        "timeline",
        "validate",
        "store",
    },
    "server": {"index", "queries", "store", "build", "description", "rdf"},
    "link": {"build", "store", "rdf", "resolve"},
    "description": {"build", "index", "store", "rdf"},
    "build": {"sources", "nlp", "observe", "index", "verifying", "store", "ontology"},
    "index": {"merge", "resolve", "rdf", "store", "ontology"},
    "verifying": {"index", "rdf", "store"},
    "merge": {"resolve", "rdf", "store"},
    "observe": {"nlp", "ontology"},
    "nlp": {"ontology"},
    "queries": {"store", "rdf", "ontology"},
    "render": {"store", "rdf"},
    "stats": {"store", "rdf"},
    "review": {"build", "index", "store", "resolve", "rdf", "queries"},
    "export": {"store", "rdf", "resolve", "ontology", "build", "description"},
    "explain": {"queries", "store", "rdf", "build"},
    "timeline": {"queries", "explain", "render", "store", "rdf", "build"},
    "validate": {"store", "rdf", "ontology", "explain", "queries", "render"},
    "store": {"rdf", "resolve"},
    "rdf": {"resolve"},
}
"""What each part may know besides. A new part of the package goes in here with its arrows."""
BORDERS = {
    "spacy": {"kg.nlp", "kg.lang", "kg.observe"},
    "pyoxigraph": {"kg.store.embedded", "kg.store.answers", "kg.store.documents", "kg.store.update"},
    # beside embedded, for the server's workers: answers are its serialisers, documents its parsers, update its updates
    "SPARQLWrapper": {"kg.store.remote"},
    "owlready2": {"kg.validate", "kg.ontology"},
    "pyshacl": {"kg.validate"},
    "trafilatura": {"kg.sources"},
    "typer": {"kg.cli"},
    "rich": {"kg.cli"},
}
"""The only modules or packages that may import a library."""
MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS = 400, 60, 5
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it; `from kg import x` counts as kg.x."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative imports"
            yield from (f"kg.{a.name}" for a in node.names) if node.module == "kg" else (str(node.module),)


def public(node: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Public functions and classes of a module, and the public methods of those classes."""
    for child in node.body:
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def parameters(function: Function) -> list[ast.arg]:
    taken = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return [argument for argument in taken if argument.arg not in ("self", "cls")]


def is_command(function: Function) -> bool:
    """True for a command of the command line: each of its options is a parameter."""
    return any("command" in ast.unparse(decorator) for decorator in function.decorator_list)


@each_file
def test_imports_go_one_way(path: Path) -> None:
    part = (*module(path).split("."), "kg")[1]
    known = {name.split(".")[1] for name in imports(path) if name.startswith("kg.")}
    assert known - {part} - COMMON <= ARROWS.get(part, set()), f"kg.{part} must not know one of these"


@each_file
def test_libraries_stay_behind_their_borders(path: Path) -> None:
    for library in {name.split(".")[0] for name in imports(path)} & BORDERS.keys():
        inside = any(f"{module(path)}.".startswith(f"{place}.") for place in BORDERS[library])
        assert inside, f"{library} belongs in {sorted(BORDERS[library])}"


@each_file
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE
    assert not VAGUE & set(module(path).split(".")), "a module is named after what it holds"
    for function in (node for node in ast.walk(tree(path)) if isinstance(node, Function)):
        length, taken = (function.end_lineno or 0) - function.lineno + 1, len(parameters(function))
        assert length <= MAX_FUNCTION, f"{function.name}: {length} lines"
        assert taken <= MAX_PARAMETERS or is_command(function), f"{function.name}: {taken} parameters"


@each_file
def test_what_is_public_is_annotated_and_documented(path: Path) -> None:
    for node in public(tree(path)):
        assert ast.get_docstring(node), f"{node.name}: no docstring"
        if isinstance(node, Function):
            assert node.returns and all(a.annotation for a in parameters(node)), f"{node.name}: not annotated"
