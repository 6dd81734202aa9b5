"""A sheet as SVG that reads in colour, in grey and on paper: every meaning has a form besides its colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree

from kg.model import Status
from kg.timeline.layout import BAR, DOT, LINE, MARGIN, PLOT, SMALL, WIDTH, Bar, Cap, Dot, Fade, Row, Sheet, Words, times
from kg.timeline.lettering import width

Element = ElementTree.Element

INK: Final = "#1a1a1a"
GREY: Final = "#767676"
RULE: Final = "#c8c8c8"
BAND: Final = "#f0f0f0"
FULL: Final = "#1f4e79"
ACTING: Final = "#a34700"
THIN: Final = 6.0
"""Height of the bar of an acting tenure."""
LEAST: Final = 4.0
"""Width of a bar of one day, so that it is seen."""
MILLIMETRES: Final = 297.0
"""Width of an A4 sheet on its side."""
_DASHES: Final = "3 2"
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write."""


def svg(sheet: Sheet) -> bytes:
    """The picture as an SVG document in UTF-8."""
    tall = _number(sheet.height * MILLIMETRES / WIDTH)
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    _set(
        root,
        width=f"{_number(MILLIMETRES)}mm",
        height=f"{tall}mm",
        viewBox=f"0 0 {_number(WIDTH)} {_number(sheet.height)}",
    )
    _set(root, font_family="sans-serif", fill=INK)
    _text(_add(root, "title"), sheet.title)
    _definitions(root)
    _add(root, "rect", width=WIDTH, height=sheet.height, fill="#ffffff")
    _axis(root, sheet)
    for heading in sheet.headings:
        _heading(root, heading)
    for row in sheet.rows:
        _row(root, row)
    if sheet.rows:
        _legend(root, sheet.legend)
    for words in sheet.words:
        _words(root, words)
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _definitions(root: Element) -> None:
    """Fading from right to left and from left to right in both colours, and white hatching over it."""
    definitions = _add(root, "defs")
    for name, colour in (("full", FULL), ("acting", ACTING)):
        for side, (begin, end) in (("left", (1, 0)), ("right", (0, 1))):
            fading = _add(definitions, "linearGradient", id=f"{name}-{side}", x1=begin, x2=end, y1=0, y2=0)
            for offset, opacity in ((0, 0.85), (1, 0.06)):
                _add(fading, "stop", offset=offset, stop_color=colour, stop_opacity=opacity)
    hatch = _add(definitions, "pattern", id="hatch", width=5, height=5, patternUnits="userSpaceOnUse")
    _set(hatch, patternTransform="rotate(45)")
    _add(hatch, "rect", width=2, height=5, fill="#ffffff")


def _axis(root: Element, sheet: Sheet) -> None:
    top, bottom = sheet.plot
    group = _add(root, "g", class_="axis")
    for mark in sheet.marks:
        line = _add(group, "line", x1=mark.x, x2=mark.x, y1=top - 4, y2=bottom + 4, stroke=RULE)
        if mark.year:
            _set(line, stroke=GREY)
        for y in (top - 9, bottom + 15):
            label = _words(group, Words(mark.x, y, mark.label, SMALL, bold=mark.year))
            _set(label, text_anchor="middle")
    if sheet.rows:
        for y in (top - 4, bottom + 4):
            _add(group, "line", x1=PLOT, x2=WIDTH - MARGIN, y1=y, y2=y, stroke=GREY)


def _heading(root: Element, words: Words) -> None:
    _add(root, "rect", x=MARGIN - 6, y=words.y - 15, width=WIDTH - 2 * MARGIN + 12, height=22, fill=BAND)
    _words(root, words)


def _row(root: Element, row: Row) -> None:
    group = _add(root, "g", class_="tenure acting" if row.tenure.acting else "tenure", data_tenure=row.tenure.iri)
    tip = f"{row.tenure.holder}, {row.tenure.office}: {' '.join(w.text for w in row.words)}"
    _text(_add(group, "title"), tip)
    _add(group, "line", x1=MARGIN, x2=WIDTH - MARGIN, y1=row.top, y2=row.top, stroke=RULE, stroke_width=0.5)
    for words in row.words:
        _words(group, words)
    _bar(group, row.bar)
    for dot in row.dots:
        _dot(group, dot)
    if row.flag:
        _flag(group, row.flag)


def _bar(group: Element, bar: Bar) -> None:
    name, colour, tall = ("acting", ACTING, THIN) if bar.acting else ("full", FULL, BAR)
    top = bar.y + (BAR - tall) / 2
    for fade in bar.fades:
        _fade(group, fade, (top, tall), name, colour)
    if bar.certain:
        left, right = bar.certain
        wide = max(right - left, LEAST)
        solid = _add(group, "rect", class_="certain", x=(left + right - wide) / 2, y=top, width=wide, height=tall)
        _set(solid, fill="#ffffff" if bar.acting else colour, stroke=colour, stroke_width=1.6 if bar.acting else 0)
    for cap in bar.caps:
        _cap(group, cap, bar.y, colour)


def _fade(group: Element, fade: Fade, place: tuple[float, float], name: str, colour: str) -> None:
    top, tall = place
    left, right = sorted((fade.inner, fade.outer))
    side = "left" if fade.outer < fade.inner else "right"
    for fill in (f"url(#{name}-{side})", "url(#hatch)"):
        rect = _add(group, "rect", x=left, y=top, width=right - left, height=tall, fill=fill)
        _set(rect, class_="hatch" if "hatch" in fill else f"possible {'open' if fade.open else 'bounded'}")
    if fade.open:
        _chevron(group, fade.outer, top + tall / 2, 1 if side == "right" else -1)
        return
    for y in (top, top + tall):
        edge = _add(group, "line", x1=left, x2=right, y1=y, y2=y, stroke=colour, stroke_width=0.8)
        if fade.inferred:
            _set(edge, stroke_dasharray=_DASHES)


def _chevron(group: Element, x: float, y: float, side: int) -> None:
    """Two strokes that say: it may go on."""
    for tip in (x, x - 5 * side):
        points = " ".join(
            f"{_number(a)},{_number(b)}" for a, b in ((tip - 3 * side, y - 4), (tip, y), (tip - 3 * side, y + 4))
        )
        _add(group, "polyline", class_="unknown", points=points, fill="none", stroke=GREY, stroke_width=1.2)


def _cap(group: Element, cap: Cap, y: float, colour: str) -> None:
    line = _add(group, "line", x1=cap.x, x2=cap.x, y1=y - 3, y2=y + BAR + 3, stroke=colour, stroke_width=2)
    _set(line, class_="bound inferred" if cap.inferred else "bound")
    if cap.inferred:
        _set(line, stroke_dasharray=_DASHES)


def _dot(group: Element, dot: Dot) -> None:
    if dot.right - dot.left > DOT:
        _add(group, "line", x1=dot.left, x2=dot.right, y1=dot.y, y2=dot.y, stroke=GREY, stroke_width=0.8)
    mark = _MARKS[dot.status](group, dot.x, dot.y)
    _set(mark, class_=f"report {dot.status}", stroke=INK, stroke_width=1.2)
    if dot.count > 1:
        _words(group, Words(dot.x + DOT / 2, dot.y + 3.5, times(dot.count)))


def _current(group: Element, x: float, y: float) -> Element:
    return _add(group, "circle", cx=x, cy=y, r=2.6, fill=INK)


def _acting(group: Element, x: float, y: float) -> Element:
    return _add(group, "circle", cx=x, cy=y, r=2.6, fill="#ffffff")


def _former(group: Element, x: float, y: float) -> Element:
    return _path(group, f"M{_number(x - 2.8)} {_number(y - 2.8)}l5.6 5.6m0 -5.6l-5.6 5.6", "none")


def _future(group: Element, x: float, y: float) -> Element:
    return _path(group, f"M{_number(x - 2.4)} {_number(y - 3)}l5.2 3l-5.2 3z", "#ffffff")


_MARKS: Final[dict[Status, Callable[[Element, float, float], Element]]] = {
    "current": _current,
    "former": _former,
    "acting": _acting,
    "future": _future,
}
"""How a report is drawn by what it says: a dot, a cross, a ring, an arrow."""


def _path(group: Element, d: str, fill: str) -> Element:
    return _add(group, "path", d=d, fill=fill)


def _flag(group: Element, words: Words) -> None:
    wide = width(words.text, words.size, words.bold) + 6
    box = _add(group, "rect", class_="conflict", x=words.x - 3, y=words.y - 11, width=wide, height=14, rx=2)
    _set(box, fill="#ffffff", stroke=INK)
    _words(group, words)


_BARS: Final[tuple[tuple[str, Bar], ...]] = (
    ("certainly in office", Bar(0, False, (0, 40), (), ())),
    ("possible up to a known bound", Bar(0, False, None, (Fade(0, 40, False),), (Cap(40, False),))),
    ("up to an inferred bound", Bar(0, False, None, (Fade(0, 40, False, True),), (Cap(40, True),))),
    ("bound unknown (length means nothing)", Bar(0, False, None, (Fade(0, 40, True),), ())),
    ("acting", Bar(0, True, (0, 40), (), ())),
)
_REPORTS: Final[tuple[tuple[str, Status], ...]] = (
    ("a report that the person holds it", "current"),
    ("… held it before", "former"),
    ("… acts in it", "acting"),
    ("… is to hold it", "future"),
)


def _legend(root: Element, y: float) -> None:
    """What the forms mean, bars in one line and marks of reports in the next."""
    group = _add(root, "g", class_="legend")
    x = MARGIN
    for text, bar in _BARS:
        _bar(_add(group, "g", transform=f"translate({_number(x)} {_number(y)})"), bar)
        x = _meaning(group, x + 48, y + 11, text)
    x, y = MARGIN, y + 2 * LINE
    for text, status in _REPORTS:
        _dot(group, Dot(x + 4, y + 8, x, x, status))
        x = _meaning(group, x + 12, y + 11, text)
    _flag(group, Words(x + 3, y + 11, "!1", SMALL, bold=True))
    _meaning(group, x + 24, y + 11, "conflict, told below")


def _meaning(group: Element, x: float, y: float, text: str) -> float:
    """Writes what a form means; returns where the next one may stand."""
    _words(group, Words(x, y, text))
    return x + width(text, SMALL) + 14


def _words(parent: Element, words: Words) -> Element:
    element = _add(parent, "text", x=words.x, y=words.y, font_size=words.size)
    if words.bold:
        _set(element, font_weight="bold")
    _text(element, words.text)
    return element


def _text(element: Element, text: str) -> None:
    element.text = _UNWRITABLE.sub("\ufffd", text)


def _add(parent: Element, tag: str, **attributes: str | float) -> Element:
    element = ElementTree.SubElement(parent, tag)
    _set(element, **attributes)
    return element


def _set(element: Element, **attributes: str | float) -> None:
    """Sets attributes; ``stroke_width`` stands for ``stroke-width``, ``class_`` for ``class``."""
    for name, value in attributes.items():
        written = value if isinstance(value, str) else _number(value)
        element.set(name.rstrip("_").replace("_", "-"), _UNWRITABLE.sub("\ufffd", written))


def _number(value: float) -> str:
    """At most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
