"""Decisions made and undone in a graph folder, and what that changed in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput
from kg.index import Index, folder
from kg.resolve.decisions import Decision, Verdict, is_item, is_report, touched
from kg.store import decisions
from kg.store.registry.decided import Bearer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change of decisions did."""

    gone: tuple[Decision, ...]
    """Those that are no longer in the file."""
    overruled: tuple[Decision, ...]
    """Those that are in the file and no longer in force."""
    moved: int
    """Entity reports that have another identity now."""
    left_out: int
    """Entities, roles and events of articles that are not used any more; negative where they are used again."""
    now: Mapping[str, tuple[str, ...]]
    """Id → the identities that its reports have now, sorted; none where it has no reports in the graph."""
    labels: Mapping[str, str]
    """Identity → the name it is shown with now."""

    def asleep(self, about: str) -> bool:
        """True for an id that waits for its articles."""
        return not is_item(about) and not self.now.get(about)


def decide(path: Path, one: Decision) -> Outcome:
    """Makes a decision, in the place of others on its subject, and brings the graph in line.

    Raises BadInput where it contradicts others of the same day; nothing is changed then.
    """
    with Index(folder(path)) as index:
        every = decisions.read(index.folder.decisions_path)
        return _applied(index, [*(each for each in every if each.subject != one.subject), one], one.about)


def undo(path: Path, verdict: Verdict, about: Iterable[str]) -> Outcome:
    """Removes the decisions of one verdict on one subject. Raises BadInput where there is none."""
    given = tuple(sorted(about))
    with Index(folder(path)) as index:
        every = decisions.read(index.folder.decisions_path)
        rest = [each for each in every if (each.verdict, each.about) != (verdict, given)]
        if len(rest) == len(every):
            where = index.folder.decisions_path
            raise BadInput(f"{verdict} {' '.join(given)}: nobody decided this; {where} holds what was decided")
        return _applied(index, rest, given)


def _applied(index: Index, every: Iterable[Decision], about: Iterable[str]) -> Outcome:
    index.settle()
    decided, made = index.registry.decided, frozenset(every)
    written, in_force = frozenset(decisions.read(index.folder.decisions_path)), decided.made()
    wrong = [one for one in about if is_report(one)]
    ids = sorted({*touched(in_force, made), *about})
    before = {one: _bearers(index, one) for one in ids}
    told = sum(decided.told(_report(index, one)[0]) for one in wrong)
    index.decide(made)
    index.settle()
    now = {one: _identities(index, before[one]) or _identities(index, _bearers(index, one)) for one in ids}
    return Outcome(
        gone=tuple(sorted(written - made)),
        overruled=tuple(sorted((in_force & made) - decided.made())),
        moved=len(
            {r for one in ids for r in before[one] if not is_report(one) and decided.identity(*r) not in {one, None}}
        ),
        left_out=told - sum(decided.told(_report(index, one)[0]) for one in wrong),
        now=now,
        labels={one: index.registry.entities.label(one) or one for some in now.values() for one in some},
    )


def _report(index: Index, about: str) -> tuple[str, str]:
    """IRI of the article and name of the report of an id."""
    article, _, name = about.partition("#")
    return index.base + article, name


def _bearers(index: Index, about: str) -> list[Bearer]:
    """The entity reports of an identity, or the one that is meant."""
    if is_report(about):
        return index.registry.decided.reported(*_report(index, about))
    return index.registry.decided.bearers(about)


def _identities(index: Index, bearers: Iterable[Bearer]) -> tuple[str, ...]:
    found = {index.registry.decided.identity(*bearer) for bearer in bearers}
    return tuple(sorted(identity for identity in found if identity is not None))
