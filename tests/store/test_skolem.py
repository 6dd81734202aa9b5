"""Names for blank nodes: the same for the same statements, one for each node."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import skolem
from kg.store.skolem import Said, names


def renamed(some: list[Said], seed: int) -> list[Said]:
    chance = random.Random(seed)
    labels = sorted({term for said in some for term in (said.subject, said.object) if term.startswith("_:")})
    new = dict(zip(labels, chance.sample([f"_:n{n}" for n in range(1000)], len(labels)), strict=True))
    every = [Said(new.get(s, s), p, new.get(o, o), g) for s, p, o, g in some]
    chance.shuffle(every)
    return every


def named(some: list[Said]) -> list[Said]:
    found = names(some, "request")
    assert len(set(found.values())) == len(found)
    return sorted(Said(found.get(s, s), p, found.get(o, o), g) for s, p, o, g in some)


nodes = st.sampled_from(["_:a", "_:b", "_:c", "_:d", "_:e", "<a:x>"])
said = st.builds(Said, nodes, st.sampled_from(["<a:p>", "<a:q>"]), st.one_of(nodes, st.just('"1"')), st.just("<a:g>"))


@given(some=st.lists(said, max_size=7, unique=True), seed=st.integers(0, 100))
def test_labels_and_order_change_nothing(some: list[Said], seed: int) -> None:
    assert named(renamed(some, seed)) == named(some)


def chain(length: int) -> list[Said]:
    return [Said(f"_:n{n}", "<a:rest>", f"_:n{n + 1}" if n + 1 < length else "<a:nil>", "<a:g>") for n in range(length)]


@pytest.mark.parametrize(
    "some",
    [
        chain(900),
        [Said("<a:x>", "<a:p>", f"_:n{n}", "<a:g>") for n in range(50)],
        [Said(f"_:a{n}", "<a:p>", f"_:b{n}", "<a:g>") for n in range(50)],
        [Said(f"_:n{n}", "<a:p>", f"_:n{(n + 1) % 20}", "<a:g>") for n in range(20)],
        [Said("_:hub", "<a:p>", f"_:n{n}", "<a:g>") for n in range(200)],
    ],
    ids=["list", "alike", "pairs", "ring", "hub"],
)
def test_many_nodes(some: list[Said]) -> None:
    assert named(renamed(some, 1)) == named(some)


def test_a_list_costs_as_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured: list[str] = []
    real = skolem._colour
    monkeypatch.setattr(skolem, "_colour", lambda node, *rest: coloured.append(node) or real(node, *rest))
    named(chain(900))
    assert len(coloured) < 4 * 900


def test_requests_are_told_apart() -> None:
    one = [Said("_:a", "<a:p>", '"1"', "<a:g>")]
    assert names(one, "request") != names(one, "another")


def test_there_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skolem, "MOST_ALIKE", 3)
    named([Said("_:hub", "<a:p>", f"_:n{n}", "<a:g>") for n in range(30)])
