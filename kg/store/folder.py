"""The graph folder: manifest, segments of reports, and the index that is made from them.

graph/
  manifest.json     versions and segments: the only list of what is in
  decisions.toml    what people decided on identities (kg.store.decisions), where they did
  links.toml        which items of the world identities are (kg.store.links), where kg link was run
  added.json        which graphs people added (kg.store.added), where they did; their files are in added/
  reports/          segments (kg.store.segments)
  index/            quads (kg.store.embedded) and registry (kg.store.registry): made anew at any time; in sent/ what
                    a load uses again (kg.store.digests, kg.store.copies), which may be deleted at any time
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from kg.config import BATCH_ARTICLES, DEFAULT_BASE, GRAPH_FORMAT
from kg.errors import BadInput, Broken
from kg.model import Report
from kg.rdf.vocab import checked_base
from kg.resolve.decisions import Decisions
from kg.resolve.links import Link
from kg.store import added, decisions, links, segments
from kg.store.added import Added, Changes
from kg.store.segments import Segment

SMALL_SEGMENT = 64
"""Segments of fewer articles are merged once there are MANY_SMALL of them, so that single adds stay cheap."""
MANY_SMALL = 16
_ASIDE = (".manifest.json.", *(f".{name}." for name in (decisions.NAME, links.NAME, added.NAME)))
"""How the names of files begin that are written aside before they are renamed."""


class Manifest(msgspec.Struct, frozen=True):
    """What is in a graph folder: format, base of the IRIs, versions that made it, segments by name."""

    format: int = GRAPH_FORMAT
    base: str = DEFAULT_BASE
    versions: dict[str, str] = {}
    segments: tuple[Segment, ...] = ()

    def encode(self) -> bytes:
        """The manifest's file: JSON, indented, sorted."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest's file: names one state of the graph."""
        return hashlib.sha256(self.encode()).hexdigest()


class GraphFolder:
    """One graph on disk. Reading needs no lock; one process at a time writes: the registry has the lock."""

    def __init__(self, path: Path, resolver: str = "", index_path: Path | None = None) -> None:
        """Names the folder; nothing is read or made yet. `resolver` is the version that makes the index."""
        self.path = path
        self.resolver = resolver
        self.reports_path = path / "reports"
        self.decisions_path = path / decisions.NAME
        self.links_path = path / links.NAME
        self.added_list = path / added.NAME
        self.added_path = path / added.FOLDER
        self.index_path = index_path or path / "index"
        self.quads_path = self.index_path / "quads"
        self.sent_path = self.index_path / "sent"
        self.registry_path = self.index_path / "registry.sqlite"

    @property
    def exists(self) -> bool:
        """True where there is a manifest."""
        return (self.path / "manifest.json").is_file()

    def create(self, base: str | None = None) -> None:
        """Makes an empty graph where there is none, with a base for its IRIs.

        Raises BadInput where the folder holds something else, or a graph with another base.
        """
        if self.exists:
            made = self.manifest().base
            if base not in {None, made}:
                raise BadInput(f"{self.path}: its IRIs have the base {made}; give no other, or another folder")
            return
        try:
            chosen = checked_base(base or DEFAULT_BASE)
        except ValueError as error:
            raise BadInput(str(error)) from error
        if self.path.exists() and not self.path.is_dir():
            raise BadInput(f"{self.path}: is a file, not a graph folder; name another with --graph")
        if self.path.is_dir() and any(not _is_ours(each) for each in self.path.iterdir()):
            raise BadInput(f"{self.path}: is not empty and no graph; name another folder with --graph")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.write_manifest(Manifest(base=chosen))
        except OSError as error:
            raise BadInput(f"{self.path}: cannot be made ({error}); name another folder with --graph") from error

    def manifest(self) -> Manifest:
        """The manifest. Raises BadInput where there is no graph, Broken where it cannot be understood."""
        path = self.path / "manifest.json"
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (FileNotFoundError, NotADirectoryError):
            make = f"kg build PATH... --graph {self.path}"
            raise BadInput(f"{self.path}: no graph here; make one with: {make}") from None
        except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
            raise Broken(f"{path}: cannot be read ({error}); restore it from a backup or build anew") from error
        if manifest.format != GRAPH_FORMAT:
            use = f"format {manifest.format}, this kg reads {GRAPH_FORMAT}; use the kg that made it"
            raise Broken(f"{path}: {use}")
        return manifest

    def write_manifest(self, manifest: Manifest) -> None:
        """Puts a new state in force, in one rename."""
        segments.write_durably(self.path / "manifest.json", manifest.encode())

    def made_by(self, versions: Mapping[str, str]) -> None:
        """Notes the versions that read what is added from now on."""
        manifest = self.manifest()
        if manifest.versions != versions:
            self.write_manifest(msgspec.structs.replace(manifest, versions=dict(versions)))

    def decisions(self) -> Decisions:
        """What people decided. Raises Broken where the file cannot be understood."""
        return decisions.load(self.decisions_path)

    def links(self) -> tuple[Link, ...]:
        """What `kg link` found, sure or not. Raises Broken where the file cannot be understood."""
        return links.read(self.links_path)

    # Graphs that people added

    def added(self) -> tuple[Added, ...]:
        """The graphs that people added, sorted. Raises Broken where their list cannot be understood."""
        return added.read(self.added_list, self.manifest().base)

    def change_added(self, changes: Changes) -> None:
        """Changes graphs that people added, all in one step, durable when it returns.

        Files that no graph has any longer stay until `sweep`, so that old and new can be compared. Raises BadInput
        where there would be too much of them; nothing is changed then.
        """
        before = self.added()
        try:
            after = added.replace(self.added_path, before, changes)
            if after != before:
                added.write(self.added_list, after)
        except BaseException:
            self.sweep()
            raise

    # The index

    @property
    def current(self) -> bool:
        """True where the index agrees with all that it is made from, and was made by this resolver."""
        return self._noted() == self._wanted()

    @property
    def current_but_for_decisions(self) -> bool:
        """True where the index agrees with the manifest: it can be brought in line with all else."""
        return self._noted()[:1] == (self._state(),)

    @property
    def state(self) -> str:
        """SHA-256 of all that the index depends on: names one state of the graph as queries see it."""
        return hashlib.sha256("\n".join(self._wanted()).encode()).hexdigest()

    def index_begins(self) -> None:
        """From now on the index may be behind the manifest."""
        if (self.index_path / "state").exists():
            (self.index_path / "state").unlink()
            segments.sync(self.index_path)

    def index_ends(self) -> None:
        """The index agrees with all that it is made from."""
        self.index_path.mkdir(exist_ok=True)
        noted = "".join(f"{line}\n" for line in self._wanted())
        segments.write_durably(self.index_path / "state", noted.encode())

    def _noted(self) -> tuple[str, ...]:
        """What the index was last made of."""
        path = self.index_path / "state"
        return tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()

    def _wanted(self) -> tuple[str, ...]:
        """What the index would be made of now."""
        return self._state(), self._decided(), self.linked(), f"added {segments.checksum(self.added_list)}"

    def _state(self) -> str:
        """What the index depends on: the segments and the base, and who resolved them."""
        manifest = self.manifest()
        return f"{msgspec.structs.replace(manifest, versions={}).digest} {self.resolver}"

    def _decided(self) -> str:
        return f"decisions {self.decisions().digest}"

    def linked(self) -> str:
        """Names the state of the file of links, which need not be understood for that."""
        return f"links {segments.checksum(self.links_path)}"

    # Reports

    def reports(self) -> Iterator[Report]:
        """Every report, streamed, segment by segment."""
        for segment in self.manifest().segments:
            yield from segments.read(self.reports_path, segment)

    def reports_of(self, segment: str, articles: Collection[str]) -> Iterator[Report]:
        """The reports of some articles of a segment, given by name."""
        for each in self.manifest().segments:
            if each.name == segment:
                yield from (r for r in segments.read(self.reports_path, each) if r.article in articles)

    def commit(self, add: Iterable[Report], remove: frozenset[str], touched: frozenset[str]) -> dict[str, str]:
        """Adds and removes reports in one step; returns the segment of each article that has a new one.

        `touched` names the segments that hold an article to be removed or replaced. They are written again
        without it, so that nothing of a forgotten article stays in a segment.
        """
        manifest = self.manifest()
        small = [s for s in manifest.segments if s.articles < SMALL_SEGMENT]
        merged = {s.name for s in small} if len(small) >= MANY_SMALL else set()
        placed: dict[str, str] = {}
        kept = {s for s in manifest.segments if s.name not in touched | merged}
        for segment in manifest.segments:
            if segment.name in touched - merged:
                rest = (r for r in segments.read(self.reports_path, segment) if r.article not in remove)
                kept.update(self._write(rest, placed))
        together = [s for s in manifest.segments if s.name in merged]
        kept.update(self._write(self._joined(together, remove, add), placed))
        self.write_manifest(msgspec.structs.replace(manifest, segments=tuple(sorted(kept))))
        self.sweep()
        return placed

    def _joined(self, some: Sequence[Segment], remove: frozenset[str], add: Iterable[Report]) -> Iterator[Report]:
        for segment in some:
            yield from (r for r in segments.read(self.reports_path, segment) if r.article not in remove)
        yield from add

    def _write(self, reports: Iterator[Report], placed: dict[str, str]) -> Iterator[Segment]:
        """Segments of bounded size; notes in `placed` where each article stands."""
        while batch := list(islice(reports, BATCH_ARTICLES)):
            segment = segments.write(self.reports_path, batch)
            placed.update({report.article: segment.name for report in batch})
            yield segment

    def sweep(self) -> None:
        """Deletes files that the manifest and the list of added graphs do not name: left by a crash or replaced."""
        named = {segment.name for segment in self.manifest().segments}
        for path in sorted(self.reports_path.glob("*")):
            if path.name not in named:
                path.unlink()
        added.sweep(self.added_path, self.added())
        for path in sorted(each for each in self.path.iterdir() if each.name.startswith(_ASIDE)):
            path.unlink()

    def damaged(self) -> Iterator[str]:
        """What is wrong with segments and added graphs, one message each; nothing where every sum agrees."""
        for segment in self.manifest().segments:
            found = segments.checksum(self.reports_path / segment.name)
            if found != segment.sha256:
                what = "has another SHA-256 than the manifest names" if found else "is missing"
                yield f"{self.reports_path / segment.name}: {what}; restore it from a backup"
        yield from added.damaged(self.added_path, self.added())


def _is_ours(path: Path) -> bool:
    """True for what people gave, and for what a build leaves that was killed before its first manifest."""
    return path.name in {decisions.NAME, links.NAME, added.NAME, added.FOLDER} or path.name.startswith(_ASIDE)
