"""Which items of a real server the identities of a graph come out as, and what becomes of them in the graph."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from front import Front
from kg_called import called
from reports_by_hand import reports

from kg import build, validate
from kg.errors import Broken
from kg.link import Asked, link
from kg.link.policy import Policy
from kg.model import EntityType
from kg.rdf.terms import nquads
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.links import waiting
from kg.store import decisions
from kg.store import links as links_file

DAY = date(2026, 11, 28)
WD = "http://www.wikidata.org/entity/"


def found(graph: Path) -> dict[str, list[tuple[str, bool]]]:
    """Identity → (item, sure) as links.toml has them."""
    told: dict[str, list[tuple[str, bool]]] = {}
    for one in links_file.read(graph / links_file.NAME):
        told.setdefault(one.id, []).append((one.item.removeprefix(WD), one.sure))
    return told


def quads(graph: Path, name: str = "links") -> list[str]:
    store = build.reader(graph)
    try:
        return sorted(nquads(store.quads(f"{build.base_of(graph)}graph/{name}")))
    finally:
        store.close()


def decide(graph: Path, verdict: str, one: str, item: str) -> None:
    made = Decision(verdict, (one, WD + item), "Rina", DAY)  # type: ignore[arg-type]
    decisions.write(graph / decisions.NAME, (*decisions.read(graph / decisions.NAME), made))


def run(graph: Path, world: str, policy: Policy, *types: EntityType) -> None:
    done = link(graph, Asked(world, types or ("person", "organization")), DAY, policy=policy)
    assert (done.failed, done.waiting) == ([], 0)


def test_each_identity_comes_out_as_its_item(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    assert found(graph) == {
        "person/sergei-shoigu": [("Q9101", True)],
        "person/andrei-belousov": [("Q9111", True)],
        "person/vladimir-putin": [("Q9121", True)],
        "person/siti-rahma": [("Q9141", True)],
        "person/kim-jong-un": [("Q9131", False), ("Q9132", False)],
        "organization/dewan-keamanan-rusia": [("Q9151", True)],
    }


def test_sure_links_are_in_a_graph_of_their_own_and_keep_the_shapes(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    lines = quads(graph)
    matches = [line for line in lines if "exactMatch" in line]
    assert len(matches) == 5
    assert any("person/sergei-shoigu>" in line and "Q9101>" in line for line in matches)
    store = build.reader(graph)
    try:
        assert validate.unsound(store) == []
    finally:
        store.close()


def test_places_are_looked_up_where_they_are_asked_for(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy, "place")
    assert found(graph)["place/pyongyang"][0][0] == "Q9161"
    assert not any(one in found(graph) for one in ("place/rusia", "place/korea-utara"))


def test_a_second_run_asks_nothing_and_changes_nothing(graph: Path, front: Front, policy: Policy) -> None:
    run(graph, front.url, policy)
    before, asked = (graph / links_file.NAME).read_bytes(), len(front.asked)
    link(graph, Asked(front.url), date(2026, 12, 24), policy=policy)
    assert (len(front.asked), (graph / links_file.NAME).read_bytes()) == (asked, before)
    link(graph, Asked(front.url, refresh=True), date(2026, 12, 24), policy=policy)
    assert (len(front.asked), (graph / links_file.NAME).read_bytes()) == (2 * asked, before)
    assert all(agent.startswith("riwayat/") for agent in front.agents)


def test_a_limit_looks_up_those_that_most_articles_attest(graph: Path, world: str, policy: Policy) -> None:
    done = link(graph, Asked(world, ("person",), limit=2), DAY, policy=policy)
    assert done.looked_up == 2
    attested = Counter(
        line.split()[0] for line in quads(graph, "resolved") if "attestedBy" in line and "id/person/" in line
    )
    base = build.base_of(graph)
    told = [attested[f"<{base}{one}>"] for one in found(graph)]
    assert told
    assert min(told) >= sorted(attested.values())[-2]


def test_a_refused_item_is_never_proposed_again(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    decide(graph, "different", "person/sergei-shoigu", "Q9101")
    assert not any("Q9101>" in line for line in quads(graph)), "refused links leave the graph at once"
    run(graph, world, policy)
    assert "Q9101" not in [item for item, _ in found(graph).get("person/sergei-shoigu", [])]
    assert not any("Q9101>" in line for line in quads(graph))


def test_a_confirmed_doubt_is_a_link(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    assert not any("kim-jong-un" in line for line in quads(graph))
    assert {link.item[-4:] for link in waiting(links_file.read(graph / links_file.NAME), Decisions.NONE)} == {
        "9131",
        "9132",
    }
    decide(graph, "same", "person/kim-jong-un", "Q9132")
    confirmed = quads(graph)
    lines = [line for line in confirmed if "person/kim-jong-un>" in line and "exactMatch" in line]
    assert len(lines) == 1
    assert "Q9132>" in lines[0]
    run(graph, world, policy)
    assert quads(graph) == confirmed
    assert waiting(links_file.read(graph / links_file.NAME), decisions.load(graph / decisions.NAME)) == ()


def test_links_sleep_while_their_identity_is_away(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    before = quads(graph)
    build.forget(["tanpa-tanggal"], graph)
    assert not any("siti-rahma" in line for line in quads(graph))
    build.add(lambda _: reports(), graph)
    assert quads(graph) == before
    build.rebuild(graph)
    assert quads(graph) == before
    assert list(build.verify(graph)) == []


def test_without_the_file_nothing_is_linked(graph: Path, world: str, policy: Policy) -> None:
    before = {name: quads(graph, name) for name in ("resolved", "links")}
    run(graph, world, policy)
    assert quads(graph, "resolved") == before["resolved"]
    (graph / links_file.NAME).unlink()
    assert {name: quads(graph, name) for name in ("resolved", "links")} == before
    assert before["links"] == []


def test_a_link_follows_its_identity_into_another(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    kg(graph, "same", "person/siti-rahma", "person/budi-santosa", "--by", "Rina")
    assert len(linked_to(graph, "Q9141")) == 1
    kg(graph, "same", "person/siti-rahma", "person/budi-santosa", "--by", "Rina", "--undo")
    assert linked_to(graph, "Q9141") == [f"<{build.base_of(graph)}person/siti-rahma>"]


def linked_to(graph: Path, item: str) -> list[str]:
    """The subjects that are in the resolved graph of those that are linked to an item."""
    matches = [line.split()[0] for line in quads(graph) if "exactMatch" in line and f"{item}>" in line]
    known = {line.split()[0] for line in quads(graph, "resolved")}
    return [subject for subject in matches if subject in known]


def test_a_file_that_cannot_be_understood_is_told_and_costs_nothing(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    before, path = quads(graph), graph / links_file.NAME
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("sure = true", "sure = 1"), encoding="utf-8")
    assert ["behind the decisions, links or added graphs" in problem for problem in build.verify(graph)] == [True]
    for command in (lambda: build.reader(graph), lambda: build.forget(["pagi-1"], graph), lambda: build.rebuild(graph)):
        with pytest.raises(Broken, match=r"line [0-9]+: sure = 1: should be a bool"):
            command()
    path.write_text(good, encoding="utf-8")
    assert quads(graph) == before


def test_doubtful_links_wait_in_kg_review(graph: Path, world: str, policy: Policy) -> None:
    run(graph, world, policy)
    assert [(item["about"], item["sides"][1]["label"]) for item in reviewed(graph)] == [
        (["person/kim-jong-un", WD + "Q9131"], "Kim Jong-un"),
        (["person/kim-jong-un", WD + "Q9132"], "Kim Jong-un"),
    ]
    kg(graph, "differ", "person/kim-jong-un", WD + "Q9131", "--by", "Rina")
    assert [item["about"][1] for item in reviewed(graph)] == [WD + "Q9132"]
    kg(graph, "same", "person/kim-jong-un", WD + "Q9132", "--by", "Rina")
    assert reviewed(graph) == []
    assert [line for line in quads(graph) if "kim-jong-un> <http://www.w3.org/2004/02/skos/core#exactMatch>" in line]


def kg(graph: Path, *arguments: str) -> str:
    done = called(*arguments, "--graph", str(graph))
    assert done.returncode == 0, done.stderr
    return done.stdout


def reviewed(graph: Path) -> list[dict[str, Any]]:
    """The links that kg review lists."""
    items: list[dict[str, Any]] = json.loads(kg(graph, "review", "--list", "--format", "json"))
    return [item for item in items if item["kind"] == "link"]
