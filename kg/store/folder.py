"""The graph folder: manifest, segments of reports, decisions, and the index that is made from them.

graph/
  manifest.json     versions and segments: the only list of what is in
  reports/          segments (kg.store.segments)
  decisions.toml    what a person decided
  index/            quads (kg.store.embedded) and registry (kg.store.registry): made anew at any time
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kg.config import DEFAULT_BASE, GRAPH_FORMAT
from kg.errors import BadInput, Broken
from kg.model import Report
from kg.store import segments
from kg.store.segments import Segment

SMALL_SEGMENT = 64
"""Segments of fewer articles are merged once there are MANY_SMALL of them, so that single adds stay cheap."""
MANY_SMALL = 16


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
    """One graph on disk. Reading needs no lock; one process at a time may write (the registry holds the lock)."""

    def __init__(self, path: Path) -> None:
        """Names the folder; nothing is read or made yet."""
        self.path = path
        self.reports_path = path / "reports"
        self.quads_path = path / "index" / "quads"
        self.registry_path = path / "index" / "registry.sqlite"

    @property
    def exists(self) -> bool:
        """True where there is a manifest."""
        return (self.path / "manifest.json").is_file()

    def create(self, base: str = DEFAULT_BASE) -> None:
        """Makes an empty graph. Raises BadInput where the folder holds something else."""
        if self.path.exists() and not self.path.is_dir():
            raise BadInput(f"{self.path}: is a file, not a graph folder; name another with --graph")
        if self.path.is_dir() and any(self.path.iterdir()) and not self.exists:
            raise BadInput(f"{self.path}: is not empty and no graph; name another folder with --graph")
        if not self.exists:
            self.path.mkdir(parents=True, exist_ok=True)
            self.write_manifest(Manifest(base=base))

    def manifest(self) -> Manifest:
        """The manifest. Raises BadInput where there is no graph, Broken where it cannot be understood."""
        path = self.path / "manifest.json"
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except FileNotFoundError:
            raise BadInput(
                f"{self.path}: no graph here; make one with: kg build PATH... --graph {self.path}"
            ) from None
        except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
            raise Broken(
                f"{path}: cannot be read ({error}); restore it from a backup or build anew"
            ) from error
        if manifest.format != GRAPH_FORMAT:
            raise Broken(
                f"{path}: format {manifest.format}, this kg reads {GRAPH_FORMAT}; use the kg that made it"
            )
        return manifest

    def write_manifest(self, manifest: Manifest) -> None:
        """Puts a new state in force, in one rename."""
        segments.write_durably(self.path / "manifest.json", manifest.encode())

    @property
    def reflects(self) -> str:
        """Digest of the manifest that the index agrees with; empty while the index is behind."""
        path = self.path / "index" / "state"
        return path.read_text(encoding="ascii").strip() if path.is_file() else ""

    @property
    def current(self) -> bool:
        """True where the index agrees with the manifest."""
        return self.reflects == self.manifest().digest

    def index_begins(self) -> None:
        """From now on the index may be behind the manifest."""
        (self.path / "index" / "state").unlink(missing_ok=True)

    def index_ends(self) -> None:
        """The index agrees with the manifest."""
        (self.path / "index").mkdir(exist_ok=True)
        segments.write_durably(self.path / "index" / "state", f"{self.manifest().digest}\n".encode())

    def reports(self) -> Iterator[Report]:
        """Every report, streamed, segment by segment."""
        for segment in self.manifest().segments:
            yield from segments.read(self.reports_path, segment)

    def commit(
        self, add: Iterable[Report], remove: frozenset[str], touched: frozenset[str]
    ) -> dict[str, str]:
        """Adds and removes reports in one step; returns the segment of each article that has a new one.

        `touched` names the segments that hold an article to be removed or replaced. They are written
        again without it, so that nothing of a forgotten article stays on disk.
        """
        manifest = self.manifest()
        small = [s for s in manifest.segments if s.articles < SMALL_SEGMENT]
        merged = {s.name for s in small} if len(small) >= MANY_SMALL else set()
        anew = [s for s in manifest.segments if s.name in touched | merged]
        reports = [r for s in anew for r in segments.read(self.reports_path, s) if r.article not in remove]
        reports.extend(add)
        kept = {s for s in manifest.segments if s not in anew}
        written = segments.write(self.reports_path, reports) if reports else None
        self.write_manifest(
            msgspec.structs.replace(
                manifest, segments=tuple(sorted(kept | ({written} if written else set())))
            )
        )
        self.sweep()
        return {report.article: written.name for report in reports} if written else {}

    def sweep(self) -> None:
        """Deletes segment files that the manifest does not name: left by a crash or replaced."""
        named = {segment.name for segment in self.manifest().segments}
        for path in sorted(self.reports_path.glob("*")):
            if path.name not in named:
                path.unlink()

    def damaged(self) -> Iterator[str]:
        """What is wrong with the segments, one message each; nothing where every sum agrees."""
        for segment in self.manifest().segments:
            found = segments.checksum(self.reports_path / segment.name)
            if found != segment.sha256:
                what = "is missing" if not found else f"has SHA-256 {found[:12]}…, not {segment.sha256[:12]}…"
                yield f"{self.reports_path / segment.name}: {what}; restore it from a backup"
