"""Reads a drawn timeline back: its bars, marks and words, and where a day stands by the labels of its axis alone."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
Element = ElementTree.Element


def tenures(root: Element) -> list[Element]:
    return [group for group in root.iter(f"{SVG}g") if "tenure" in group.get("class", "").split()]


def classed(root: Element, word: str) -> list[Element]:
    return [element for element in root.iter() if word in element.get("class", "").split()]


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def number(element: Element, name: str) -> float:
    return float(element.get(name, "nan"))


def places(root: Element) -> dict[date, float]:
    """Where the labels of the axis stand, by the days that they name."""
    (axis,) = classed(root, "axis")
    first_days = {4: "-01-01", 7: "-01", 10: ""}
    labels = [(text.text or "", number(text, "x")) for text in axis.iter(f"{SVG}text")]
    return {date.fromisoformat(label + first_days[len(label)]): x for label, x in labels}


def place(root: Element, day: date) -> float:
    """Where a day begins, by the labels of the axis alone."""
    marks = sorted(places(root).items())
    (first, x1), (last, x2) = marks[0], marks[-1]
    return x1 + (day - first) / (last - first) * (x2 - x1)
