"""What holds for any reports: order-free, exactly retracted, rebuilt the same, each fact with a sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chance import added, dataset, decide, decided, reports
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import build
from kg.model import Report
from kg.resolve.decisions import Decision
from kg.store.base import Solutions
from kg.validate import unsound

ARTICLES = tuple(f"berita-{number}" for number in range(6))
few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def folders(count: int) -> Iterator[Sequence[Path]]:
    """Places for graphs."""
    with tempfile.TemporaryDirectory() as where:
        yield [Path(where) / str(number) for number in range(count)]


@st.composite
def sets(draw: Any) -> list[Report]:
    """Reports of several articles."""
    return [draw(reports(article)) for article in ARTICLES[: draw(st.integers(2, len(ARTICLES)))]]


@few
@given(sets(), st.data())
def test_order_and_number_of_builds_change_nothing(some: list[Report], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(some))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(some)), max_size=2)))
    with folders(2) as (one, many):
        added(some, one)
        for first, last in zip([0, *cuts], [*cuts, len(some)], strict=True):
            added(shuffled[first:last], many)
        assert dataset(many) == dataset(one)
        assert list(build.verify(many)) == []


@few
@given(sets(), st.data())
def test_forgetting_leaves_what_a_build_without_gives(some: list[Report], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([r.article for r in some])))
    with folders(2) as (whole, part):
        added(some, whole)
        assert build.forget(gone, whole) == ()
        added([r for r in some if r.article not in gone], part)
        assert dataset(whole) == dataset(part)
        assert list(build.verify(whole)) == []


@few
@given(st.lists(st.tuples(st.sampled_from(ARTICLES), st.booleans()), min_size=2, max_size=8), st.data())
def test_any_history_gives_what_its_end_gives(steps: list[tuple[str, bool]], data: st.DataObject) -> None:
    with folders(2) as (lived, fresh):
        now: dict[str, Report] = {}
        added([], lived)
        for article, adds in steps:
            if adds:
                now[article] = data.draw(reports(article))
                added([now[article]], lived)
            else:
                absent = build.forget([article], lived)
                assert (absent == ()) == (now.pop(article, None) is not None)
        added(now.values(), fresh)
        assert dataset(lived) == dataset(fresh)
        assert list(build.verify(lived)) == []


@few
@given(sets())
def test_an_index_made_anew_is_the_same(some: list[Report]) -> None:
    with folders(1) as (path,):
        for report in some:
            added([report], path)
        before = dataset(path)
        build.rebuild(path)
        assert dataset(path) == before


@few
@given(sets(), decided(), st.data())
def test_when_decisions_are_made_changes_nothing(some: list[Report], made: list[Decision], data: st.DataObject) -> None:
    shuffled, cut = data.draw(st.permutations(some)), data.draw(st.integers(0, len(some)))
    early, middle = data.draw(st.integers(0, len(made))), data.draw(st.permutations(made))
    with folders(2) as (first, between):
        added([], first)
        decide(made, first)
        added(some, first)
        added(shuffled[:cut], between)
        decide(middle[:early], between)
        added(shuffled[cut:], between)
        decide(middle, between)
        assert dataset(between) == dataset(first)
        assert list(build.verify(between)) == []


@few
@given(sets(), decided(), st.data())
def test_no_decision_is_lost_by_forgetting_and_none_stays_that_is_undone(
    some: list[Report], made: list[Decision], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([r.article for r in some]), min_size=1))
    with folders(2) as (decided_on, plain):
        added(some, decided_on)
        decide(made, decided_on)
        before = dataset(decided_on)
        build.forget(gone, decided_on)
        assert list(build.verify(decided_on)) == []
        added([r for r in some if r.article in gone], decided_on)
        assert dataset(decided_on) == before
        decide([], decided_on)
        added(some, plain)
        assert dataset(decided_on) == dataset(plain)


UNFOUNDED = """
PREFIX rw: <https://w3id.org/riwayat/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
SELECT ?node ?class WHERE {
  VALUES ?class { rw:Person rw:Organization rw:Place rw:Tenure rw:Event rw:Conflict rw:Position }
  ?node a ?class .
  FILTER NOT EXISTS {
    ?node (rw:attestedBy|rw:side|^rw:position/rw:attestedBy)/rw:evidence/rw:inSentence/nif:anchorOf ?sentence
  }
}
"""


@few
@given(sets())
def test_every_node_reaches_a_sentence_and_keeps_its_shape(some: list[Report]) -> None:
    with folders(1) as (path,):
        added(some, path)
        store = build.reader(path)
        answer = store.query(UNFOUNDED)
        assert isinstance(answer, Solutions)
        assert list(answer.rows) == []
        assert unsound(store) == []
        store.close()
