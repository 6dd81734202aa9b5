"""The Turtle files of the ontology, as rdflib graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Broken
from kg.ontology import folder

if TYPE_CHECKING:
    from rdflib import Graph

ONTOLOGY: Final = ("riwayat.ttl", "events.ttl")
ALIGNMENTS: Final = "alignments.ttl"
SHAPES: Final = "shapes.ttl"


def parsed(*names: str) -> Graph:
    """The triples of ontology files. Raises Broken naming the file, and the line where there is one."""
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    graph = Graph()
    for name in names:
        path = folder("ontology") / name
        try:
            graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
        except BadSyntax as error:
            raise Broken(f"ontology: {path}:{error.lines + 1}: {error.message}; mend the line") from error
        except (OSError, UnicodeDecodeError) as error:
            raise Broken(f"ontology: cannot read {path}: {error}; reinstall riwayat") from error
    return graph
