"""A graph that is brought to stores of others: whole, only what changed, and after any fault."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import oxigraph_served
import pytest
from documented import Served
from loaded import BASE, P, article, emptied, here, there
from virtuoso_served import Virtuoso
from waiting import LATE

from kg.errors import BadInput
from kg.rdf.terms import IRI, TRUE, XSD, Literal, Quad, integer, text
from kg.store import http
from kg.store import load as loading
from kg.store.embedded import EmbeddedStore
from kg.store.http import Credentials
from kg.store.kinds import place
from kg.store.ledger import CHANGING, Ledger
from kg.store.load import Loaded, Wish, load
from kg.store.target import Chunk, Target


@pytest.fixture
def source(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store with three article graphs and a larger one."""
    store = EmbeddedStore(tmp_path / "source")
    for name in ("satu", "dua", "tiga"):
        store.extend(article(name))
    large = IRI(f"{BASE}graph/resolved")
    store.extend(Quad(IRI(f"{BASE}s{n // 7}"), P, integer(n), large) for n in range(1500))
    yield store
    store.close()


def held(target: Target) -> int:
    """How many quads are there, asked in two queries."""
    return sum(n for name, n in target.counts(target.graphs(BASE)).items() if not name.endswith("loaded"))


def test_what_changed_is_sent_and_what_was_forgotten_is_removed(source: EmbeddedStore, target: Target) -> None:
    total = len(source)
    assert load(source, target, BASE) == Loaded(4, total, 0, 0, 4)
    assert there(target) == here(source)
    assert load(source, target, BASE) == Loaded(0, 0, 4, 0, 0)
    source.extend(article("satu", Quad(P, P, text("baru"), IRI(f"{BASE}article/satu"))))
    source.remove_graph(f"{BASE}article/dua")
    source.extend(article("empat"))
    assert load(source, target, BASE) == Loaded(2, 13, 2, 1, 2)
    assert there(target) == here(source)
    assert load(source, target, BASE, None, Wish(verify=True)) == Loaded(0, 0, 4, 0, 4)


def test_what_somebody_changed_there_is_noticed(source: EmbeddedStore, target: Target) -> None:
    load(source, target, BASE)
    graph = IRI(f"{BASE}article/satu")
    target.change([], [Quad(graph, P, text("satu"), graph)])
    assert load(source, target, BASE).sent == 1, "it counts otherwise"
    target.change([Quad(graph, P, text("lain"), graph)], [Quad(graph, P, text("satu"), graph)])
    assert load(source, target, BASE).sent == 0, "it counts the same"
    assert load(source, target, BASE, None, Wish(verify=True)).sent == 1, "and reads otherwise"
    assert there(target) == here(source)


def test_blank_nodes_that_somebody_put_there_go(source: EmbeddedStore, oxigraph: str) -> None:
    target, graph = emptied(Target(place(f"{oxigraph}/store"))), IRI(f"{BASE}article/satu")
    load(source, target, BASE)
    target.change([], [Quad(graph, P, text("satu"), graph)])
    target.update(f"INSERT DATA {{ GRAPH {graph} {{ [] {P} [] }} }}", "of others")
    assert load(source, target, BASE, None, Wish(verify=True)).sent == 1
    assert there(target) == here(source)


def test_graphs_of_others_stay_and_those_of_our_base_are_named(source: EmbeddedStore, target: Target) -> None:
    strange, theirs = IRI(f"{BASE}article/asing"), IRI("http://b.example/graph")
    half = IRI(f"{BASE}article/satu")
    target.change((Quad(P, P, text("lama"), graph) for graph in (strange, theirs, half)), [])
    assert load(source, target, BASE).strange == (strange.value,)
    assert there(target) - here(source) == {Quad(P, P, text("lama"), strange)}, "what an older load left is replaced"
    assert list(target.store.quads(theirs.value)) == [Quad(P, P, text("lama"), theirs)]


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_values_that_a_store_writes_otherwise_are_the_same(
    source: EmbeddedStore, name: str, request: pytest.FixtureRequest
) -> None:
    if name == "oxigraph":
        target = emptied(Target(place(f"{request.getfixturevalue('oxigraph')}/store")))
    else:
        virtuoso: Virtuoso = request.getfixturevalue("virtuoso")
        target = Target(place(virtuoso.url), Credentials.from_environment(virtuoso.environment))
    graph = IRI(f"{BASE}article/nilai")
    values = [("1.0E0", "double"), ("2024-02-29T10:11:12.120Z", "dateTime"), ("007", "int"), ("2024-02", "gYearMonth")]
    source.extend(Quad(graph, P, Literal(value, IRI(XSD + datatype)), graph) for value, datatype in values)
    assert load(source, target, BASE, None, Wish(verify=True)).checked == 5


def test_a_graph_with_a_name_elsewhere_is_replaced_too(source: EmbeddedStore, fuseki: Served) -> None:
    target = Target(place(fuseki.url + "/data"))
    added = IRI("http://b.example/added")
    target.change([Quad(P, P, text("lama"), added)], [])
    source.extend([Quad(P, P, text("baru"), added)])
    assert load(source, target, BASE).sent == 5
    assert list(target.store.quads(added.value)) == [Quad(P, P, text("baru"), added)]
    source.remove_graph(added.value)
    assert load(source, target, BASE).removed == 1
    assert list(target.store.quads(added.value)) == []


# Faults


@pytest.mark.parametrize("fault", ["429", "503", "cut", "lost"])
@pytest.mark.parametrize("number", range(8))
def test_a_passing_fault_of_any_request_changes_nothing(
    source: EmbeddedStore, fuseki: Served, fault: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_seconds", lambda after: 0.02 if after else 0.0)
    fuseki.faults[number] = fault
    load(source, Target(place(fuseki.url + "/data")), BASE)
    assert len(fuseki.requests) > number + 1
    assert there(Target(place(fuseki.url + "/data"))) == here(source)


@pytest.mark.parametrize("number", range(13))
def test_a_load_that_ends_anywhere_is_taken_up(
    source: EmbeddedStore, fuseki: Served, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request from one on fails, as when kg is killed there; the next load makes it good."""
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE)
    begun = len(fuseki.requests)
    source.extend(article("satu", Quad(P, P, text("baru"), IRI(f"{BASE}article/satu"))))
    source.extend(article("empat"))
    source.remove_graph(f"{BASE}article/dua")
    fuseki.faults = {begun + number + later: "cut" for later in range(8)}
    with pytest.raises(BadInput, match="see whether the server runs"):
        load(source, target, BASE)
    fuseki.faults.clear()
    load(source, target, BASE)
    assert there(target) == here(source)
    assert not any(entry.changing for entry in Ledger(target, BASE).read().values())


def test_what_was_noted_is_not_sent_again(
    source: EmbeddedStore, fuseki: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load of many deliveries that ends in the third goes on there."""
    monkeypatch.setattr(Target, "delivered", 1)
    target = Target(place(fuseki.url + "/data"))
    fuseki.faults = dict.fromkeys(range(14, 200), "cut")
    with pytest.raises(BadInput):
        load(source, target, BASE)
    documents = fuseki.requests.count("quads")
    fuseki.faults.clear()
    done = load(source, target, BASE)
    assert done.same >= 1
    assert done.same + done.sent == 4
    assert documents < fuseki.requests.count("quads") <= documents + done.sent
    assert there(target) == here(source)


def test_a_graph_that_is_marked_is_sent_again(source: EmbeddedStore, fuseki: Served) -> None:
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE)
    graph = f"{BASE}article/tiga"
    target.change([Quad(IRI(graph), CHANGING, TRUE, IRI(f"{BASE}graph/loaded"))], [])
    assert load(source, target, BASE).sent == 1
    assert load(source, target, BASE).sent == 0


def test_a_store_that_was_emptied_gets_everything(source: EmbeddedStore, fuseki: Served) -> None:
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE)
    fuseki.store.clear()
    assert load(source, target, BASE).sent == 4
    target.drop([f"{BASE}graph/loaded"])
    assert load(source, target, BASE).sent == 4, "without the ledger nothing is believed"
    assert there(target) == here(source)


def test_a_graph_that_counts_otherwise_is_named(
    source: EmbeddedStore, fuseki: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Served, "_add", lambda self, quads: b"")
    with pytest.raises(BadInput, match=r"article/dua has 0 triples there, 6 were sent.*load again"):
        load(source, Target(place(fuseki.url + "/data")), BASE)


def test_a_graph_that_reads_otherwise_is_named(
    source: EmbeddedStore, fuseki: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Served._add
    monkeypatch.setattr(Served, "_add", lambda self, quads: add(self, quads.replace(b'"tiga"', b'"tigo"')))
    with pytest.raises(BadInput, match="article/tiga: reads otherwise than it was sent"):
        load(source, Target(place(fuseki.url + "/data")), BASE)


def test_who_may_not_write_is_told(source: EmbeddedStore, fuseki: Served, virtuoso: Virtuoso) -> None:
    fuseki.credentials = "Basic eDp5"
    with pytest.raises(BadInput, match=r"who are you.*RIWAYAT_USER"):
        load(source, Target(place(fuseki.url + "/data"), Credentials()), BASE)
    load(source, Target(place(fuseki.url + "/data"), Credentials("basic", "x", "y")), BASE)
    assert fuseki.written()
    wrong = Credentials("digest", "loader", "wrong")
    with pytest.raises(BadInput, match="RIWAYAT_USER"):
        load(source, Target(place(f"{virtuoso.url}/sparql-auth"), wrong), BASE)


def test_many_forgotten_graphs_are_removed_only_when_told(
    source: EmbeddedStore, fuseki: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "FEW", 2)
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE)
    for name in ("satu", "dua", "tiga"):
        source.remove_graph(f"{BASE}article/{name}")
    with pytest.raises(BadInput, match=r"3 of 4 graphs .* --prune"):
        load(source, target, BASE)
    assert load(source, target, BASE, None, Wish(prune=True)) == Loaded(0, 0, 1, 3, 0)
    assert there(target) == here(source)


# Killed


def loading_in_a_process(folder: Path, url: str) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from pathlib import Path; from kg.store.embedded import EmbeddedStore; from kg.store import load;"
        "from kg.store.kinds import place; from kg.store.target import Target; Target.delivered = 1500;"
        "load.load(EmbeddedStore(Path(sys.argv[1]), True), Target(place(sys.argv[2])), sys.argv[3])"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(folder), url, BASE], stderr=subprocess.DEVNULL)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store with so many graphs that they go in several deliveries."""
    store = EmbeddedStore(tmp_path / "large")
    for number in range(40):
        graph = IRI(f"{BASE}article/{number}")
        store.extend(Quad(IRI(f"{BASE}s{n}"), P, text(f"{number} {n}"), graph) for n in range(250))
    store.flush()
    yield store
    store.close()


def test_kg_killed_at_any_moment(large: EmbeddedStore, oxigraph: str) -> None:
    """Short form of bench/kill_rounds.py: loads killed later and later, then one that is not."""
    target = emptied(Target(place(f"{oxigraph}/store")))
    for round_ in range(4):
        before = held(target)
        process = loading_in_a_process(large.path, f"{oxigraph}/store")
        end = time.monotonic() + LATE
        while process.poll() is None and held(target) <= before and time.monotonic() < end:
            time.sleep(0.01 * round_)
        process.kill()
        process.wait()
    half = {name for name, entry in Ledger(target, BASE).read().items() if entry.changing}
    done = load(large, target, BASE)
    assert half <= set(large.graphs())
    assert done.sent + done.same == 40
    assert there(target) == here(large)
    assert load(large, target, BASE) == Loaded(0, 0, 40, 0, 0)


def test_a_server_killed_in_the_middle(large: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server ends without a word while graphs are sent, and comes back with its data: the load waits for it."""
    monkeypatch.setattr(Target, "delivered", 1500)
    with ExitStack() as servers:
        url = oxigraph_served.address()
        server = servers.enter_context(oxigraph_served.running(tmp_path, url))
        target = Target(place(f"{url}/store"))
        add, asked, pauses = target.add, 0, 0

        def killing(chunk: Chunk) -> None:
            nonlocal asked
            asked += 1
            if asked == 3:
                server.kill()
                server.wait()
            add(chunk)

        def pausing(_: float) -> None:
            nonlocal pauses
            pauses += 1
            if pauses == 2:
                servers.enter_context(oxigraph_served.running(tmp_path, url))

        monkeypatch.setattr(target, "add", killing)
        monkeypatch.setattr(http, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pausing))
        load(large, target, BASE)
        assert pauses == 2
        assert there(target) == here(large)
