"""The file ``decisions.toml`` of a graph folder: what people decided on identities (kg.resolve.decisions).

Truth like the reports: nothing else is lost with the index. It is read by people and merged by git, one block a
decision, sorted by what each is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.errors import Broken
from kg.resolve.decisions import Decision, Decisions
from kg.store import blocks, segments

NAME: Final = "decisions.toml"
HEADER: Final = """\
# What people decided on the identities of this graph: the last word, applied on every build.
# Written by: kg review, kg same, kg differ, kg rename, kg wrong. Edit it or merge it in git as you like: the next
# kg command takes it up. To undo a decision, remove its block or give its command with --undo.
#
# verdict   same or different (about two ids), name (about one, with label), wrong (about one report of an article)
# about     ids: last parts of IRIs, "person/ahmad-yani" or "article/ID#person-ahmad-yani"; an id that is not in the
#           graph waits until its articles are there. Or an id and the item that it is or is not, by its whole IRI:
#           "http://www.wikidata.org/entity/Q252"
# by, on    who decided, and on which day: of two decisions that contradict each other the later one holds
# why       the reason, in words. Comments are not kept when kg writes this file.
"""
FIELDS: Final = ("verdict", "about", "by", "on", "why", "label")


def read(path: Path) -> tuple[Decision, ...]:
    """All decisions of a file, those too that later ones overrule; none where there is no file.

    Raises Broken with the line where it cannot be understood.
    """
    return blocks.read(path, "decision", _decision)


def load(path: Path) -> Decisions:
    """The decisions of a file that are in force.

    Raises Broken where it cannot be understood or two decisions of one day contradict each other.
    """
    every = read(path)
    try:
        return Decisions.of(every)
    except ValueError as error:
        raise Broken(f"{path}: two decisions {error}") from error


def write(path: Path, every: Iterable[Decision]) -> None:
    """Puts decisions in the place of those in the file, in one rename: the same bytes for the same decisions."""
    ordered = sorted(set(every), key=lambda one: (one.about, one.verdict, one.on, one))
    segments.write_durably(path, "\n".join([HEADER, *map(_block, ordered)]).encode())


def _decision(block: dict[str, Any]) -> Decision:
    given = {"why": "", "label": "", **block}
    if strange := sorted(given.keys() - set(FIELDS)):
        raise ValueError(f"{', '.join(strange)}: is no field of a decision; they are {', '.join(FIELDS)}")
    if missing := [field for field in FIELDS if field not in given]:
        raise ValueError(f"lacks {', '.join(missing)}")
    on = given["on"]
    if type(on) is not date:
        raise ValueError(f"on = {on!r}: give a day without quotes, e.g. on = 2026-11-28")
    about = given["about"]
    words = {field: given[field] for field in ("verdict", "by", "why", "label")}
    if not isinstance(about, list) or not all(isinstance(each, str) for each in (*about, *words.values())):
        raise ValueError("about is a list of ids in quotes, the other fields are texts in quotes")
    return Decision(about=tuple(about), on=on, **words)


def _block(one: Decision) -> str:
    """A block whose first and last lines are its own.

    Git takes lines that two new blocks have in common out of a conflict, at its ends; a block cut so would be lost by
    keeping both sides.
    """
    about = ", ".join(map(blocks.quoted, one.about))
    lines = [f"verdict = {blocks.quoted(one.verdict)}", f"by = {blocks.quoted(one.by)}", f"on = {one.on.isoformat()}"]
    lines += [f"label = {blocks.quoted(one.label)}"] if one.label else []
    lines += [f"why = {blocks.quoted(one.why)}"] if one.why else []
    return "\n".join([f"[[decision]]  # {' '.join(one.about)}", *lines, f"about = [{about}]", ""])
