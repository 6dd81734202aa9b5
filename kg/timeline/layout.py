"""Where everything stands on the sheet: rows of bars with their words, the axis, the legend, the notes.

Lengths are CSS pixels, 1123 to the width of an A4 sheet on its side. The sheet is as long as its rows need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from kg.model import Status
from kg.timeline.axis import Axis, Mark
from kg.timeline.lettering import cut, width, wrapped
from kg.timeline.reading import Attestation, Conflict, Tenure, Timeline

WIDTH: Final = 1123.0
MARGIN: Final = 28.0
LABELS: Final = 320.0
"""Width of the names beside the bars."""
OPEN: Final = 46.0
"""How far a bar fades out where a bound is unknown."""
FLAG: Final = 32.0
"""Width of the numbers of conflicts between names and bars."""
PLOT: Final = MARGIN + LABELS + FLAG + 18
TITLE, NAME, SMALL = 20.0, 12.0, 10.0
"""Sizes of letters; SMALL is 7.5 points in print."""
LINE: Final = 13.0
BAR: Final = 14.0
DOT: Final = 8.0
"""Room that the mark of a report takes."""
ALIKE: Final = 4
"""Reports of one day that say the same and are drawn one by one; more are one mark with their number."""
LANES: Final = 8
"""Marks that stand one under the other; more of one time cover each other."""
NAME_LINES: Final = 3
_PAD: Final = 7.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at its place."""

    x: float
    y: float
    text: str
    size: float = SMALL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Fade:
    """A stretch in which somebody may have held an office, from its certain end to its open or bounded one."""

    inner: float
    outer: float
    open: bool
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """An outer bound that is known."""

    x: float
    inferred: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """The mark of one report: the middle of the days that it is true of, and their ends."""

    x: float
    y: float
    left: float
    right: float
    status: Status
    count: int = 1
    """How many reports it stands for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A tenure as it is drawn."""

    y: float
    acting: bool
    certain: tuple[float, float] | None
    fades: tuple[Fade, ...]
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A tenure with its words, its bar, and the marks of its reports."""

    tenure: Tenure
    top: float
    height: float
    words: tuple[Words, ...]
    bar: Bar
    dots: tuple[Dot, ...]
    flag: Words | None
    """Numbers of the conflicts that it is part of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture, everything in its place."""

    title: str
    rows: tuple[Row, ...]
    headings: tuple[Words, ...]
    marks: tuple[Mark, ...]
    plot: tuple[float, float]
    """Top and bottom of the rows."""
    legend: float
    """Top of the legend, which goes with rows."""
    words: tuple[Words, ...]
    height: float


LEGEND: Final = 42.0
"""Height of the legend."""


def sheet(timeline: Timeline) -> Sheet:
    """The picture of a timeline."""
    dated = [tenure for tenure in timeline.tenures if tenure.days]
    kind = "Offices over time" if timeline.kind == "person" else "Holders over time"
    head = (
        Words(MARGIN, MARGIN + TITLE, cut(timeline.title, WIDTH - 2 * MARGIN, TITLE, bold=True), TITLE, bold=True),
        Words(MARGIN, MARGIN + TITLE + 18, kind, NAME),
    )
    top = MARGIN + TITLE + 18 + (34 if dated else 8)
    rows = _Rows(timeline, top)
    if dated:
        rows.add(dated)
    legend = rows.y + (30 if dated else 10)
    notes = tuple(_notes(timeline, legend + (LEGEND + 20 if dated else 0)))
    return Sheet(
        title=f"{timeline.title}: {kind.lower()}",
        rows=tuple(rows.rows),
        headings=tuple(rows.headings),
        marks=rows.axis.marks() if rows.axis else (),
        plot=(top, rows.y),
        legend=legend,
        words=(*head, *notes),
        height=max(note.y for note in notes) + MARGIN,
    )


@dataclass
class _Rows:
    """Rows, put one under the other."""

    timeline: Timeline
    y: float
    rows: list[Row] = field(default_factory=list)
    headings: list[Words] = field(default_factory=list)
    axis: Axis | None = None

    def add(self, dated: Sequence[Tenure]) -> None:
        """Adds a row for each tenure, under the office where there are several."""
        self.axis = Axis.over((day for t in dated for day in t.days), PLOT + OPEN, WIDTH - MARGIN - OPEN)
        several = self.timeline.kind == "position" and len({t.office for t in self.timeline.tenures}) > 1
        for office, some in groupby(dated, key=lambda t: t.office if several else ""):
            if office:
                self.headings.append(
                    Words(MARGIN, self.y + 16, cut(office, WIDTH - 2 * MARGIN, NAME, bold=True), NAME, bold=True)
                )
                self.y += 24
            for tenure in some:
                self._row(tenure, self.axis)

    def _row(self, tenure: Tenure, axis: Axis) -> None:
        words = tuple(_label(tenure, _name(self.timeline, tenure), self.y + _PAD))
        bar_y = self.y + _PAD + 2
        dots = tuple(_dots(tenure.attestations, axis, bar_y + BAR + 4 + DOT / 2))
        below = max((dot.y + DOT / 2 for dot in dots), default=bar_y + BAR)
        height = max(words[-1].y + 4, below) + _PAD - self.y
        flag = _flag(tenure.conflicts, self.timeline.conflicts, bar_y)
        self.rows.append(Row(tenure, self.y, height, words, _bar(tenure, axis, bar_y), dots, flag))
        self.y += height


def _name(timeline: Timeline, tenure: Tenure) -> str:
    name = tenure.office if timeline.kind == "person" else tenure.holder
    return f"{name} (acting)" if tenure.acting else name


def _label(tenure: Tenure, name: str, y: float) -> Iterator[Words]:
    """Who or which office, then its bounds as dates."""
    names = list(wrapped(name, LABELS, NAME, bold=True))
    if len(names) > NAME_LINES:
        rest = " ".join(names[NAME_LINES - 1 :])
        names = [*names[: NAME_LINES - 1], cut(f"{rest} …", LABELS, NAME, bold=True)]
    for number, line in enumerate(names):
        yield Words(MARGIN, y + NAME + number * 15, line, NAME, bold=True)
    y += NAME + (len(names) - 1) * 15
    for number, line in enumerate(wrapped(bounds(tenure), LABELS, SMALL), 1):
        yield Words(MARGIN, y + number * LINE, line)


def bounds(tenure: Tenure) -> str:
    """The bounds of a tenure as people write them, and how many reports it rests on."""
    first, last = tenure.earliest_start, tenure.latest_end
    start = _between(first, tenure.latest_start, tenure.start_inferred, False, ("not before {}", "by {}"))
    end = _between(tenure.earliest_end, last, False, tenure.end_inferred, ("{} or later", "by {}"))
    count = _counted(len(tenure.attestations), "report")
    parts = [f"start {start}, end {end}", count, *(["office inferred"] if tenure.office_inferred else [])]
    return "; ".join(parts)


def _between(
    first: date | None, last: date | None, first_inferred: bool, last_inferred: bool, alone: tuple[str, str]
) -> str:
    """``2024-05-12``, ``2024-05-12 to 2024-06-01``, ``by 2024-05-12``, ``2024-05-12 or later``."""
    left = f"{first}{' (inferred)' if first_inferred else ''}"
    right = f"{last}{' (inferred)' if last_inferred else ''}"
    if first and last:
        return (left if first_inferred else right) if first == last else f"{left} to {right}"
    if first:
        return alone[0].format(left)
    return alone[1].format(right) if last else "unknown"


def _bar(tenure: Tenure, axis: Axis, y: float) -> Bar:
    """Solid between the inner bounds, fading to the outer ones."""
    first = axis.begin(tenure.earliest_start) if tenure.earliest_start else None
    last = axis.end(tenure.latest_end) if tenure.latest_end else None
    left = axis.begin(tenure.latest_start) if tenure.latest_start else None
    right = axis.end(tenure.earliest_end) if tenure.earliest_end else None
    caps = ((first, tenure.start_inferred), (last, tenure.end_inferred))
    return Bar(
        y=y,
        acting=tenure.acting,
        certain=(left, right) if left is not None and right is not None else None,
        fades=tuple(_fades(tenure, (first, left, right, last))),
        caps=tuple(Cap(x, inferred) for x, inferred in caps if x is not None),
    )


def _fades(tenure: Tenure, places: tuple[float | None, float | None, float | None, float | None]) -> Iterator[Fade]:
    """The stretches outside the inner bounds. Where no inner one is known they part between the outer ones."""
    first, left, right, last = places
    inner = [x for x in (left, right) if x is not None]
    if not inner and first is not None and last is not None:
        inner = [(first + last) / 2]
    from_, to = (inner[0], inner[-1]) if inner else (last, first)
    if from_ is not None and (first is None or first < from_):
        outer = from_ - OPEN if first is None else first
        yield Fade(from_, outer, first is None, tenure.start_inferred)
    if to is not None and (last is None or to < last):
        outer = to + OPEN if last is None else last
        yield Fade(to, outer, last is None, tenure.end_inferred)


def _dots(attestations: Iterable[Attestation], axis: Axis, y: float) -> Iterator[Dot]:
    """A mark for each report that has a day, many alike in one; those that would touch stand one under the other."""
    alike = Counter(
        (*_reach(axis, first, last), a.status)
        for a in attestations
        if (first := a.first or a.last) and (last := a.last or a.first)
    )
    placed = sorted(
        ((left + right) / 2, left, right, status, count if count > ALIKE else 1)
        for (left, right, status), count in alike.items()
        for _ in range(count if count <= ALIKE else 1)
    )
    ends: list[float] = []
    for x, left, right, status, count in placed:
        lane = next((n for n, end in enumerate(ends) if end + DOT <= x), len(ends))
        if lane == LANES:
            lane = min(range(LANES), key=lambda n: ends[n])
        ends[lane : lane + 1] = [x + width(times(count), SMALL)]
        yield Dot(x, y + lane * DOT, left, right, status, count)


def _reach(axis: Axis, first: date, last: date) -> tuple[float, float]:
    """Where the days of a report begin and end; one day is one place."""
    left, right = axis.begin(first), axis.end(last)
    return (left, right) if first < last else ((left + right) / 2,) * 2


def times(count: int) -> str:
    """What stands beside the mark of several reports."""
    return f"×{count}" if count > 1 else ""


def _flag(mine: Iterable[Conflict], every: Sequence[Conflict], y: float) -> Words | None:
    numbers = sorted(every.index(conflict) + 1 for conflict in mine)
    if not numbers:
        return None
    text = cut(f"!{_listed(numbers)}", FLAG, SMALL, bold=True)
    return Words(PLOT - 12 - width(text, SMALL, bold=True), y + 11, text, SMALL, bold=True)


def _listed(numbers: Sequence[int]) -> str:
    """``1-3,5``: numbers in order, three or more in a row by the first and the last."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)


def _notes(timeline: Timeline, y: float) -> Iterator[Words]:
    """What stands under the legend: tenures without a day, conflicts, what it all rests on."""
    undated = [tenure for tenure in timeline.tenures if not tenure.days]
    groups = (
        ("Without any date", [_undated(tenure) for tenure in undated]),
        (
            "Conflicts (both sides: kg query conflicts)",
            [f"!{number} {_told(c, timeline)}" for number, c in enumerate(timeline.conflicts, 1)],
        ),
    )
    for heading, lines in groups:
        if lines:
            yield Words(MARGIN, y, heading, SMALL, bold=True)
            y += LINE
        for line in (short for text in lines for short in wrapped(text, WIDTH - 2 * MARGIN, SMALL)):
            yield Words(MARGIN, y, line)
            y += LINE
        y += 6 if lines else 0
    reports = sum(len(tenure.attestations) for tenure in timeline.tenures)
    tenures = _counted(len(timeline.tenures), "tenure")
    rests = f"{_counted(reports, 'report')} in {_counted(timeline.articles, 'article')}"
    yield Words(MARGIN, y, f"{tenures}, resting on {rests}. A report attests an office on its day; it starts nothing.")


def _told(conflict: Conflict, timeline: Timeline) -> str:
    """What a conflict is on, and whose tenures it touches; a person's need no name."""
    if timeline.kind == "person":
        return f"{conflict.matter}: {conflict.label}"
    holders = sorted({tenure.holder for tenure in timeline.tenures if conflict in tenure.conflicts})
    return f"{conflict.matter}: {conflict.label} ({', '.join(holders)})"


def _undated(tenure: Tenure) -> str:
    acting = " (acting)" if tenure.acting else ""
    counts = sorted(Counter(a.status for a in tenure.attestations).items())
    told = ", ".join(f"{count} {status}" for status, count in counts)
    return f"{tenure.holder}, {tenure.office}{acting}: {told}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
