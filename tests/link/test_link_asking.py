"""An endpoint that answers badly, late or not at all; what is kept, and what is asked again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from front import HANGING, Front

from kg.errors import BadInput, Broken
from kg.link import Asked, link
from kg.link.asking import Asking, Unanswered, batches
from kg.link.cache import Cache
from kg.link.policy import Policy
from kg.store import links as links_file
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

DAY = date(2026, 11, 28)
WD = "http://www.wikidata.org/entity/"


def asking(url: str, cache: Path, policy: Policy) -> Asking:
    store = RemoteStore(Endpoint(url), Credentials(), policy.asking.seconds)
    return Asking(store, Cache(cache, url), policy.asking)


@pytest.mark.parametrize("fault", ["429", "500", "cut"])
def test_a_passing_fault_is_asked_again(fault: str, graph: Path, front: Front, policy: Policy) -> None:
    front.faults = [fault]
    done = link(graph, Asked(front.url), DAY, policy=policy)
    assert (done.waiting, done.failed) == (0, [])
    assert len(front.asked) == done.queries + 1
    assert front.asked[0] == front.asked[1]
    assert fault != "429" or front.times[1] - front.times[0] >= 1, "Retry-After is kept"
    assert any(one.sure for one in links_file.read(graph / links_file.NAME))


@pytest.mark.parametrize("fault", ["429", "500", "hang", "cut", "html"])
def test_what_fails_is_told_and_leaves_the_file_as_it_was(
    fault: str, graph: Path, front: Front, policy: Policy
) -> None:
    link(graph, Asked(front.url, ("organization",)), DAY, policy=policy)
    before = (graph / links_file.NAME).read_bytes()
    front.for_ever = fault
    hasty = replace(policy, asking=replace(policy.asking, seconds=HANGING / 2))
    done = link(graph, Asked(front.url, refresh=True), DAY, policy=hasty)
    assert done.looked_up == 0
    assert done.waiting > 0
    assert front.url in done.failed[0]
    assert (graph / links_file.NAME).read_bytes() == before


def test_a_run_goes_on_where_another_ended(graph: Path, front: Front, policy: Policy) -> None:
    few = replace(policy, asking=replace(policy.asking, names=3, failures=1))
    front.faults, front.for_ever = ["pass"] * 4, "html"
    done = link(graph, Asked(front.url), DAY, policy=few)
    assert done.looked_up > 0
    assert done.waiting > 0
    answered = front.asked[:4]
    front.for_ever = ""
    again = link(graph, Asked(front.url), DAY, policy=few)
    assert (again.waiting, again.failed) == (0, [])
    assert not set(answered) & set(front.asked[5:]), "what was answered is never asked again"
    once = (graph / links_file.NAME).read_bytes()
    (graph / links_file.NAME).unlink()
    link(graph, Asked(front.url, refresh=True), DAY, policy=policy)
    assert (graph / links_file.NAME).read_bytes() == once


@pytest.mark.parametrize(("fault", "most"), [("429", 4), ("html", 3)])
def test_an_endpoint_that_fails_is_left_alone(fault: str, most: int, graph: Path, front: Front, policy: Policy) -> None:
    single = replace(policy, asking=replace(policy.asking, names=1, failures=3))
    front.for_ever = fault
    done = link(graph, Asked(front.url), DAY, policy=single)
    assert len(front.asked) == most
    assert any("left alone" in reason for reason in done.failed)


def test_there_is_a_pause_between_queries(world: str, front: Front, cache: Path, policy: Policy) -> None:
    slow = replace(policy, asking=replace(policy.asking, names=1, pause=0.3))
    asking(front.url, cache, slow).names(["Sergei Shoigu", "Siti Rahma", "Tidak Ada"])
    gaps = [after - before for before, after in zip(front.times, front.times[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.3


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ('Bung "Karto" } UNION { ?a ?b ?c', "Q9171"),
        ("D'Arta \\ Wijaya\\", "Q9172"),
        ("Dua\nBaris\tTab", "Q9173"),
        ("Kode \\u0022 Kutip", "Q9174"),
        ('"', None),
        ("\\", None),
        ("#", None),
        ("\ud800", None),
    ],
)
def test_no_name_breaks_a_query(name: str, item: str | None, front: Front, cache: Path, policy: Policy) -> None:
    answers = asking(front.url, cache, policy).names([name, "Sergei Shoigu"])
    assert {row[0] for row in answers["Sergei Shoigu"]} == {f"{WD}Q9101", f"{WD}Q9102"}
    assert {row[0] for row in answers.get(name, ())} == ({WD + item} if item else set())


def test_answers_are_kept_by_endpoint_and_term(front: Front, world: str, cache: Path, policy: Policy) -> None:
    first = asking(front.url, cache, policy)
    told = first.names(["Sergei Shoigu", "Tidak Ada"])
    assert told["Tidak Ada"] == ()
    second = asking(front.url, cache, policy)
    assert second.names(["Tidak Ada", "Sergei Shoigu"]) == told
    assert (first.queries, second.queries) == (1, 0)
    other = asking(world, cache, policy)
    assert other.names(["Sergei Shoigu"])["Sergei Shoigu"] == told["Sergei Shoigu"]
    assert other.queries == 1


def test_an_unanswered_question_is_not_kept(front: Front, cache: Path, policy: Policy) -> None:
    front.faults = ["html"]
    broken = asking(front.url, cache, policy)
    with pytest.raises(Unanswered, match="no whole result"):
        broken.names(["Sergei Shoigu"])
    assert broken.names(["Sergei Shoigu"])["Sergei Shoigu"]


def test_a_cache_that_is_none_says_what_to_do(cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("bukan basis data " * 100, encoding="utf-8")
    with pytest.raises(Broken, match="XDG_CACHE_HOME"):
        Cache(cache, "https://x.example/sparql")


def test_an_address_that_is_none_is_refused(graph: Path) -> None:
    with pytest.raises(BadInput, match="no web address"):
        link(graph, Asked("ftp://x.example"), DAY)


def test_batches_weigh_no_more_than_is_allowed() -> None:
    assert list(batches([1, 2, 3, 9, 1], lambda value: value, 5)) == [[1, 2], [3], [9], [1]]


@pytest.mark.parametrize(("fault", "status"), [("", 0), ("html", 1)])
def test_the_command_tells_on_stderr_and_by_its_status(fault: str, status: int, graph: Path, front: Front) -> None:
    front.for_ever = fault
    command = [sys.executable, "-m", "kg.cli", "link", "--endpoint", front.url, "--graph", str(graph)]
    done = subprocess.run(
        [*command, "--type", "organization"], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (status, "")
    assert ("1 linked" if not fault else "run the same command again") in done.stderr


def test_the_command_refuses_an_unknown_type(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "link", "--type", "orang", "--graph", str(graph)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "person, organization, place" in done.stderr
