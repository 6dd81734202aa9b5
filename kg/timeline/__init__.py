"""A picture of tenures over time: what the graph knows of a person's offices or an office's holders, as SVG.

``reading`` takes tenures and their reports from the graph, ``layout`` gives each its place on the sheet (``axis``
turns days into widths, ``lettering`` measures words), ``drawing`` writes the SVG.
"""

from __future__ import annotations

from pathlib import Path

from kg.timeline.drawing import svg
from kg.timeline.layout import sheet
from kg.timeline.reading import Asked, kind, read

__all__ = ["Asked", "kind", "timeline"]


def timeline(path: Path, asked: Asked) -> bytes:
    """The SVG of a person's offices or an office's holders in the graph of a folder: equal graphs give equal bytes.

    Raises BadInput where the name means nothing in the graph, or more than one thing.
    """
    from kg.build import base_of, reader

    store = reader(path)
    try:
        return svg(sheet(read(store, asked, base_of(path))))
    finally:
        store.close()
