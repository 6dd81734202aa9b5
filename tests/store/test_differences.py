"""The resolved graph is sent by what differs, where what a store holds is known for sure; else whole."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from documented import Served
from loaded import BASE, P, article, here, there, values

from kg.errors import BadInput
from kg.rdf.terms import IRI, TRUE, Quad, integer, text
from kg.store.copies import KEPT, Copies, forget
from kg.store.embedded import EmbeddedStore
from kg.store.kinds import place
from kg.store.ledger import CHANGING, Ledger
from kg.store.load import Loaded, Wish, load
from kg.store.memory import Memory
from kg.store.target import Target

RESOLVED = IRI(f"{BASE}graph/resolved")


def node(name: str, numbers: range) -> list[Quad]:
    return [Quad(IRI(f"{BASE}{name}{n // 7}"), P, integer(n), RESOLVED) for n in numbers]


def nasty(name: str) -> list[Quad]:
    return [Quad(IRI(f"{BASE}{name}"), P, value, RESOLVED) for value in values(name)]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store with an article's graph and a resolved graph of 1,509 quads."""
    store = EmbeddedStore(tmp_path / "source")
    store.extend(article("satu"))
    store.extend(node("s", range(1500)))
    store.extend([*nasty("lama"), *nasty("tetap")[:3]])
    yield store
    store.close()


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    """What each load of a test wishes: it remembers the ones before."""
    return Wish(memory=Memory(copies=Copies(tmp_path / "sent", RESOLVED.value)))


def changed(source: EmbeddedStore) -> None:
    """600 quads and some of all kinds of values go and come, whole nodes among them."""
    source.remove(node("s", range(300)))
    source.extend(node("t", range(295)))
    source.remove([*nasty("lama"), *nasty("tetap")[:3]])
    source.extend([*nasty("baru"), *nasty("tetap")[3:]])


def test_only_what_differs_is_sent(source: EmbeddedStore, target: Target, wish: Wish) -> None:
    assert load(source, target, BASE, None, wish).amended == 0
    changed(source)
    done = load(source, target, BASE, None, wish)
    assert (done.sent, done.quads, done.amended) == (1, 295 + 9, 1)
    assert there(target) == here(source)
    assert load(source, target, BASE, None, wish) == Loaded(0, 0, 2, 0, 0)
    source.extend(article("dua", Quad(P, P, TRUE, RESOLVED)))
    done = load(source, target, BASE, None, replace(wish, verify=True))
    assert (done.sent, done.quads, done.checked, done.amended) == (2, 7, 3, 1)
    assert there(target) == here(source)


def test_more_than_half_is_sent_as_the_whole(source: EmbeddedStore, target: Target, wish: Wish) -> None:
    load(source, target, BASE, None, wish)
    source.remove(node("s", range(700)))
    assert load(source, target, BASE, None, wish).quads == 809
    assert there(target) == here(source)


def marked(target: Target, _: Path) -> None:
    target.change([Quad(RESOLVED, CHANGING, TRUE, IRI(f"{BASE}graph/loaded"))], [])


def noted_otherwise(target: Target, _: Path) -> None:
    digest = IRI("https://w3id.org/riwayat/load#digest")
    target.change([Quad(RESOLVED, digest, text("0" * 64), IRI(f"{BASE}graph/loaded"))], [])


def less_there(target: Target, _: Path) -> None:
    target.change([], node("s", range(1400, 1401)))


def others_there(target: Target, _: Path) -> None:
    """As many, but otherwise where something changes here."""
    target.change([Quad(IRI(f"{BASE}lama"), P, text("lain"), RESOLVED)], node("s", range(1400, 1401)))


def emptied_there(target: Target, _: Path) -> None:
    target.drop(target.graphs(BASE))


def copy(sent: Path) -> Path:
    return next(sent.glob("*.nt.gz"))


def lost(_: Target, sent: Path) -> None:
    forget(sent)


def cut(_: Target, sent: Path) -> None:
    copy(sent).write_bytes(copy(sent).read_bytes()[:-100])


def damaged(_: Target, sent: Path) -> None:
    copy(sent).write_bytes(b"\0" * 100)


def exchanged(_: Target, sent: Path) -> None:
    """Another graph under this name."""
    lines = gzip.decompress(copy(sent).read_bytes()).replace(b'"1499"', b'"1498"')
    copy(sent).write_bytes(gzip.compress(lines))


UNSURE = [marked, noted_otherwise, less_there, others_there, emptied_there, lost, cut, damaged, exchanged]


@pytest.mark.parametrize("unsure", UNSURE)
def test_where_it_is_not_known_for_sure_what_is_there_all_is_sent(
    source: EmbeddedStore, fuseki: Served, wish: Wish, tmp_path: Path, unsure: Callable[[Target, Path], None]
) -> None:
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE, None, wish)
    unsure(target, tmp_path / "sent")
    changed(source)
    done = load(source, target, BASE, None, wish)
    assert done.amended == 0
    assert there(target) == here(source)
    assert load(source, target, BASE, None, wish).sent == 0
    source.extend(node("u", range(3)))
    assert load(source, target, BASE, None, wish).amended == 1, "and by what differs the next time"
    assert there(target) == here(source)


@pytest.mark.parametrize("number", range(13))
def test_a_load_that_ends_anywhere_is_made_good(
    source: EmbeddedStore, fuseki: Served, wish: Wish, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request from one on fails, as when kg is killed there; the next load makes it good."""
    monkeypatch.setattr("kg.store.target.UPDATE_TRIPLES", 200)
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE, None, wish)
    begun = len(fuseki.requests)
    changed(source)
    fuseki.faults = {begun + number + later: "cut" for later in range(8)}
    with pytest.raises(BadInput, match="see whether the server runs"):
        load(source, target, BASE, None, wish)
    half = there(target) != here(source)
    fuseki.faults.clear()
    entry = Ledger(target, BASE).read()[RESOLVED.value]
    assert entry.changing or not half or entry.former, "what is half there is marked"
    load(source, target, BASE, None, wish)
    assert there(target) == here(source)
    assert not any(entry.changing for entry in Ledger(target, BASE).read().values())


def test_stores_that_hold_different_states_each_get_their_difference(
    source: EmbeddedStore, fuseki: Served, oxigraph: str, wish: Wish, tmp_path: Path
) -> None:
    """One is loaded every day, one only now and then; what nobody asked for is let go of."""
    daily, seldom = Target(place(f"{oxigraph}/store")), Target(place(fuseki.url + "/data"))
    for target in (daily, seldom):
        target.drop(target.graphs("http://"))
        load(source, target, BASE, None, wish)
    for day in range(KEPT - 1):
        source.extend(node(f"hari{day}", range(3)))
        assert load(source, daily, BASE, None, wish).amended == 1
    assert load(source, seldom, BASE, None, wish).amended == 1
    assert there(daily) == there(seldom) == here(source)
    for day in range(KEPT):
        source.extend(node(f"lain{day}", range(3)))
        assert load(source, daily, BASE, None, wish).amended == 1
        assert len(list((tmp_path / "sent").iterdir())) == KEPT
    assert load(source, seldom, BASE, None, wish).amended == 0
    assert there(seldom) == here(source)


def test_a_folder_that_cannot_be_written_to_costs_the_whole(
    source: EmbeddedStore, fuseki: Served, wish: Wish, tmp_path: Path
) -> None:
    (tmp_path / "sent").write_text("no folder")
    target = Target(place(fuseki.url + "/data"))
    load(source, target, BASE, None, wish)
    source.extend(node("u", range(3)))
    assert load(source, target, BASE, None, wish).amended == 0
    assert there(target) == here(source)
