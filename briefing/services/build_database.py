"""Build the bundled knowledge.db from the registry package of MISP galaxies and from ``data/``.

Deterministic: the same input gives the same content hash. The result is one file in DELETE journal
mode, made with ``VACUUM INTO``, so that it can be opened on a read-only medium.
"""

from __future__ import annotations

import importlib.util
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from briefing.core.changes import ChangeSet, Quarantined, SourceInfo
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.misp_galaxy import Universe, facts_only, parse_galaxy
from briefing.feeds.profile import parse_profile
from briefing.feeds.profile_changes import profile_changes, profile_id
from briefing.feeds.vocabulary import read_vocabulary
from briefing.services.task import Task
from briefing.services.vocabulary_labels import vocabulary_labels
from briefing.store.builder import CuratedDecision, DatabaseBuilder

GALAXIES = (
    ("mitre-attack", "mitre-attack-pattern"),
    ("mitre-attack", "mitre-malware"),
    ("mitre-attack", "mitre-tool"),
    ("mitre-attack", "mitre-course-of-action"),
    ("mitre-attack", "mitre-intrusion-set"),
    ("misp-threat-actor", "threat-actor"),
    ("microsoft-activity-group", "microsoft-activity-group"),
    ("tidal-groups", "tidal-groups"),
)
"""Source id and cluster file, in the order in which they are applied."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    path: Path
    size_bytes: int
    content_hash: str
    quarantined: tuple[Quarantined, ...]


def build_database(
    data: Path, target: Path, task: Task, *, clusters: Path | None = None, empty: bool = False
) -> Built:
    """Build the bundled database.

    Args:
        data: The ``data/`` folder.
        target: Where the file goes; an existing one is replaced only when the new one is complete.
        task: Progress and cancel.
        clusters: Folder of cluster files; None takes the installed package's.
        empty: Schema and vocabularies only.

    Raises:
        BriefingError: when an input is missing or wrong, or the target cannot be written.
    """
    vocabulary = read_vocabulary(data / "vocabulary")
    sources = read_sources((data / "sources.toml").read_bytes())
    release = read_release((data / "sources.toml").read_bytes())
    with tempfile.TemporaryDirectory(prefix="threat-briefing-") as folder:
        builder = DatabaseBuilder(Path(folder) / "knowledge.db")
        quarantined: list[Quarantined] = []
        with builder:
            builder.labels(vocabulary_labels(vocabulary))
            if not empty:
                changes = _change_sets(data, clusters or _package_clusters(), sources, vocabulary)
                for step, change_set in enumerate(changes):
                    task.report(step, 4, f"Reading {change_set.source.title}")
                    task.check()
                    own = change_set.source.kind == "own-text"
                    taken_at = release["own_texts"] if own else release["catalogues"]
                    builder.apply(change_set, taken_at=taken_at)
                    quarantined += change_set.quarantined
                task.report(4, 6, "Joining actors")
                builder.decide(_decisions(data), decided_at=release["own_texts"])
            task.check()
            builder.finish()
        task.report(5, 6, f"Writing {target.name}")
        builder.write(target)
        task.report(6, 6, "Done")
        return Built(target, target.stat().st_size, builder.content_hash, tuple(quarantined))


def read_sources(payload: bytes) -> dict[str, SourceInfo]:
    """The bundled sources by id."""
    document = tomllib.loads(payload.decode())
    return {entry["id"]: SourceInfo(**entry) for entry in document["source"]}


def read_release(payload: bytes) -> Mapping[str, str]:
    """Dates of what is bundled: ``catalogues`` (package release) and ``own_texts``."""
    return {key: str(value) for key, value in tomllib.loads(payload.decode())["release"].items()}


def _package_clusters() -> Path:
    found = importlib.util.find_spec("pymispgalaxies")
    if found is None or found.origin is None:
        raise BriefingError(
            "The package pymispgalaxies, from which the bundled database is built, is missing.",
            remedy="Install the build requirements with “make setup”.",
        )
    return Path(found.origin).parent / "data" / "misp-galaxy" / "clusters"


def _change_sets(
    data: Path, clusters: Path, sources: Mapping[str, SourceInfo], vocabulary: Vocabulary
) -> Iterator[ChangeSet]:
    payloads = {name: _cluster_file(clusters, name) for _, name in GALAXIES}
    payloads["tidal-groups"] = _tidal_facts(payloads["tidal-groups"])
    universe = Universe.of(payloads.values())
    for source in dict.fromkeys(source for source, _ in GALAXIES):
        names = [name for owner, name in GALAXIES if owner == source]
        parsed = [
            parse_galaxy(payloads[name], sources[source], vocabulary, universe) for name in names
        ]
        yield merged(parsed)
    files = sorted((data / "actors").glob("*.md"))
    profiles = [parse_profile(path.read_bytes(), path.name) for path in files]
    yield profile_changes(profiles, sources["threat-briefing"], vocabulary)


def merged(parts: list[ChangeSet]) -> ChangeSet:
    """Several files of one source as one change-set: the whole source is one snapshot."""
    documents = {document.id: document for part in parts for document in part.documents}
    versions = [part.version for part in parts]
    return ChangeSet(
        source=parts[0].source,
        version=max(versions, key=lambda v: int(v) if v.isdigit() else 0),
        sha256=parts[-1].sha256,
        full=True,
        records=tuple(record for part in parts for record in part.records),
        documents=tuple(documents.values()),
        quarantined=tuple(entry for part in parts for entry in part.quarantined),
    )


def _cluster_file(clusters: Path, name: str) -> bytes:
    path = clusters / f"{name}.json"
    try:
        return path.read_bytes()
    except OSError as error:
        raise BriefingError(f"The galaxy file {path} cannot be read.", detail=str(error)) from error


def _tidal_facts(payload: bytes) -> bytes:
    galaxy = orjson.loads(payload)
    galaxy["values"] = [facts_only(value) for value in galaxy["values"]]
    return orjson.dumps(galaxy)


def _decisions(data: Path) -> Iterator[CuratedDecision]:
    """What our profiles and ``identity.toml`` say about records, as reversible decisions."""
    for path in sorted((data / "actors").glob("*.md")):
        profile = parse_profile(path.read_bytes(), path.name)
        for reference in profile.same_as:
            yield CuratedDecision(
                one=profile_id(profile.id),
                other=reference,
                relation="same-as",
                reason=f"The profile “{profile.name}” is written about this record.",
            )
    for entry in tomllib.loads((data / "identity.toml").read_text(encoding="utf-8"))["decision"]:
        yield CuratedDecision(**entry)
