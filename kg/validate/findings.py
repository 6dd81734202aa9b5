"""What a check finds unsound: a node, the rule that it breaks, and the statements that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.rdf.terms import Quad, nquads
from kg.validate.wording import component, messages

VIOLATION: Final = "Violation"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fact that cannot stand: where, by which rule, and what is wrong, in two languages."""

    rule: str
    """IRI of the shape, or the name that OWL 2 RL has for the rule (W3C OWL 2 Profiles, section 4.3)."""
    focus: str
    """IRI of the node."""
    graph: str
    path: tuple[str, ...]
    """IRIs of the properties that lead from the node to the value; none where the node itself is meant."""
    value: str
    """The value in its N-Triples form; empty where there is none."""
    component: str
    """IRI of the constraint component of SHACL, or of the OWL term that is contradicted."""
    severity: str
    """``Violation``, ``Warning`` or ``Info``."""
    messages: tuple[tuple[str, str], ...]
    """(language, message), sorted."""
    statements: tuple[str, ...] = ()
    """The quads that contradict each other, as canonical N-Quads, sorted; of a broken shape none."""

    @property
    def unsound(self) -> bool:
        """False for a warning."""
        return self.severity == VIOLATION

    def message(self, lang: str = "en") -> str:
        """The message in a language, else the first there is."""
        return dict(self.messages).get(lang) or next((text for _, text in self.messages), self.rule)

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.focus}: {self.message()}"]
        parts += [f"path {'/'.join(self.path)}"] if self.path else []
        parts += [f"value {self.value}"] if self.value else []
        return f"{self.severity.lower()}: {' | '.join(parts)} (in {self.graph})"


def line(quad: Quad) -> str:
    """A quad as canonical N-Quads, without the line break."""
    return next(nquads((quad,))).rstrip("\n")


def by_rule(rule: str, why: Sequence[Quad], parts: Mapping[str, str], path: str = "", value: str = "") -> Finding:
    """What statements say that a rule of ``wording.toml`` forbids, told of the subject of the first."""
    return Finding(
        rule=rule,
        focus=why[0].subject.value,
        graph=why[0].graph.value,
        path=(path,) if path else (),
        value=value,
        component=component(rule),
        severity=VIOLATION,
        messages=messages(rule, parts),
        statements=tuple(sorted(map(line, why))),
    )
