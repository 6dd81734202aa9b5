"""The words behind what is unsound: from a node to its sentences, as `kg explain` goes, and where that way is broken
by what is wrong, over the passages that the node itself is or names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg import explain, queries
from kg.errors import BadInput
from kg.rdf.terms import IRI
from kg.rdf.vocab import ANCHOR_OF, ARTICLE_ID, ISSUED, OUTLET
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore
from kg.validate.findings import Finding, line
from kg.validate.pieces import kind

MOST: Final = 2
"""Sentences shown of one finding: a person may stand in thousands."""

_IRI: Final = re.compile(r"<([^<>]+)>")
_PREFIXES: Final = """
PREFIX rw: <https://w3id.org/riwayat/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
"""
STANDS_FOR: Final = f"""{_PREFIXES}
SELECT DISTINCT ?other WHERE {{
  {{ # parameters
    ?other rw:evidence|rw:mention|rw:dateEvidence ?about }}
  UNION {{ # parameters
    ?passage rw:inSentence ?about . ?other rw:evidence|rw:dateEvidence ?passage }}
  UNION {{ # parameters
    ?about rw:about|rw:attestedBy ?other }}
}} ORDER BY ?other LIMIT 5
"""
"""What to ask for in the place of a passage, a sentence, or what people decided, linked or doubt."""
QUOTED: Final = f"""{_PREFIXES}
SELECT ?passage ?quote (MIN(?around) AS ?sentence) WHERE {{
  {{ # parameters
    ?about nif:anchorOf ?quote BIND (?about AS ?passage) }}
  UNION {{ # parameters
    ?about rw:evidence|rw:mention|rw:dateEvidence ?passage . ?passage nif:anchorOf ?quote }}
  OPTIONAL {{ ?passage rw:inSentence/nif:anchorOf ?around }}
}} GROUP BY ?passage ?quote ORDER BY ?passage LIMIT {MOST}
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of an article that an unsound fact rests on."""

    article: str
    """Its id, else its IRI."""
    published: str | None
    outlet: str | None
    quote: str
    sentence: str | None
    passage: str
    """IRI of the words; empty where only the article is known."""


def told(store: EmbeddedStore, finding: Finding) -> list[Told]:
    """Up to MOST sentences that a finding rests on; the article alone where its words cannot be reached."""
    if any(store.about(finding.focus, ANCHOR_OF.value)):
        return list(_quoted(store, finding.focus))
    for node in _nodes(store, finding):
        try:
            return [_told(source) for source in islice(explain.sources(store, IRI(node)), MOST)]
        except (BadInput, ValueError):
            continue
    return list(_quoted(store, finding.focus)) or list(_article(store, finding))


def _nodes(store: EmbeddedStore, finding: Finding) -> Iterator[str]:
    """What may lead to sentences, nearest first: the node, what stands for it, what it is a part of, its value."""
    yield finding.focus
    answer = store.query(queries.with_values(STANDS_FOR, {"about": IRI(finding.focus)}))
    assert isinstance(answer, Solutions)
    yield from [row[0].value for row in answer.rows if isinstance(row[0], IRI)]
    whole, _, part = finding.focus.partition("#")
    if part and kind(whole) != "article":
        yield whole
    for term in (finding.value, *finding.statements):
        yield from _IRI.findall(term)


def _told(source: explain.Source) -> Told:
    passage = f"{source.report.partition('#')[0]}#{source.field}-{source.begin}-{source.end}"
    return Told(source.article, source.published, source.outlet, source.quote, source.sentence, passage)


def _quoted(store: EmbeddedStore, node: str) -> Iterator[Told]:
    """The words of a passage, or of those that a report names itself."""
    answer = store.query(queries.with_values(QUOTED, {"about": IRI(node)}))
    assert isinstance(answer, Solutions)
    for passage, quote, sentence in answer.rows:
        where, words = (getattr(term, "value", "") for term in (passage, quote))
        yield _in_article(store, where.partition("#")[0], words, getattr(sentence, "value", None), where)


def _article(store: EmbeddedStore, finding: Finding) -> Iterator[Told]:
    if kind(finding.graph) == "article":
        yield _in_article(store, finding.graph)


def _in_article(
    store: EmbeddedStore, article: str, quote: str = "", sentence: str | None = None, passage: str = ""
) -> Told:
    """Words with what their article says of itself."""
    said = {quad.predicate: quad.object.value for quad in sorted(store.about(article), key=line, reverse=True)}
    return Told(said.get(ARTICLE_ID, article), said.get(ISSUED), said.get(OUTLET), quote, sentence, passage)
