"""Build the bundled knowledge.db from the registry package of MISP galaxies and from ``data/``.

Deterministic: the same input gives the same content hash. The result is one file in DELETE journal
mode, made with ``VACUUM INTO``, so that it can be opened on a read-only medium.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from briefing.core.changes import ChangeSet, Quarantined, SourceInfo
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.attack_names import FILE as ATTACK_FILE
from briefing.feeds.attack_names import AttackName, names_in, read_names
from briefing.feeds.catalogue import read_catalogue
from briefing.feeds.glossary import glossary_changes, parse_glossary
from briefing.feeds.guidance import action_changes, parse_actions
from briefing.feeds.history import SOURCE as HISTORY
from briefing.feeds.history import history_changes
from briefing.feeds.incident_file import SOURCE as INCIDENTS
from briefing.feeds.incident_file import incident_changes
from briefing.feeds.misp_cluster import load_galaxy
from briefing.feeds.misp_galaxy import ATTACK, Universe, facts_only, parse_galaxy
from briefing.feeds.misp_producers import FILE as PRODUCERS_FILE
from briefing.feeds.misp_producers import parse_issuers
from briefing.feeds.own_advisories import SOURCE as ADVISORIES
from briefing.feeds.own_advisories import Known, advisory_changes
from briefing.feeds.payload import Payload
from briefing.feeds.primer_changes import primer_changes
from briefing.feeds.profile import parse_primer, parse_profile
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
STEPS = 11
"""Of a build: four catalogues, our texts, history, incidents, advisories; joining, lists, file."""


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
    payload = _data_file(data / "sources.toml")
    known = read_catalogue(payload, "sources.toml")
    sources = {name: feed.source for name, feed in known.items()}
    release = read_release(payload)
    with tempfile.TemporaryDirectory(prefix="threat-briefing-") as folder:
        builder = DatabaseBuilder(Path(folder) / "knowledge.db")
        quarantined: list[Quarantined] = []
        with builder:
            builder.labels(vocabulary_labels(vocabulary))
            if not empty:
                changes = _change_sets(data, clusters or package_clusters(), sources, vocabulary)
                for step, change_set in enumerate(changes):
                    task.report(step, STEPS, f"Reading {change_set.source.title}")
                    task.check()
                    own = change_set.source.kind == "own-text"
                    taken_at = release["own_texts"] if own else release["catalogues"]
                    builder.apply(change_set, taken_at=taken_at)
                    quarantined += change_set.quarantined
                task.report(8, STEPS, "Joining actors")
                builder.decide(_decisions(data), decided_at=release["own_texts"])
            task.check()
            task.report(9, STEPS, "Making the lists that screens read")
            builder.finish()
        task.report(10, STEPS, f"Writing {target.name}")
        builder.write(target)
        task.report(STEPS, STEPS, "Done")
        return Built(target, target.stat().st_size, builder.content_hash, tuple(quarantined))


def read_release(payload: bytes) -> Mapping[str, str]:
    """Dates of what is bundled: ``catalogues`` (package release) and ``own_texts``.

    Raises:
        BriefingError: for bytes that hold no such dates.
    """
    with _explained("sources.toml"):
        release = tomllib.loads(payload.decode())["release"]
        return {name: str(release[name]) for name in ("catalogues", "own_texts")}


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what is wrong with a file of ``data/`` into a sentence with its name."""
    try:
        yield
    except KeyError as error:
        raise BriefingError(f"{name} has no entry {error}.", detail=repr(error)) from error
    except (ValueError, TypeError) as error:
        raise BriefingError(f"{name} cannot be used: {error}", detail=repr(error)) from error


def _data_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"{path} cannot be read: {error.strerror}.",
            detail=str(error),
            remedy="Name the folder “data” of the program's source.",
        ) from error


def package_clusters() -> Path:
    """Folder of the cluster files in the installed registry package.

    Raises:
        BriefingError: when the package is not installed.
    """
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
    objects = _later(data)
    for source in dict.fromkeys(source for source, _ in GALAXIES):
        names = [name for owner, name in GALAXIES if owner == source]
        info = _source(sources, source)
        whole = merged([parse_galaxy(payloads[n], info, vocabulary, universe) for n in names])
        if source == ATTACK:
            # What is bundled goes before what is listed because it may not be.
            objects.update(names_in(whole.records))
        yield whole
    files = sorted((data / "actors").glob("*.md"))
    profiles = [parse_profile(_data_file(path), path.name) for path in files]
    own = _source(sources, "threat-briefing")
    primer = sorted((data / "primer").glob("*.md"))
    pages = [parse_primer(_data_file(path), path.name) for path in primer]
    guidance = sorted((data / "guidance").glob("actions.toml"))
    actions = [one for path in guidance for one in parse_actions(_data_file(path), path.name)]
    glossary = sorted(data.glob("glossary.toml"))
    terms = [one for path in glossary for one in parse_glossary(_data_file(path), path.name)]
    written = [
        profile_changes(profiles, own, vocabulary),
        primer_changes(pages, own),
        action_changes(actions, own),
        glossary_changes(terms, own),
    ]
    yield replace(merged(written), version=", ".join(part.version for part in written))
    years = sorted((data / "history").glob("*.csv"))
    history = [Payload(path.name, _data_file(path)) for path in years]
    yield history_changes(history, _source(sources, HISTORY), vocabulary)
    worked = sorted((data / "incidents").glob("*.toml"))
    incidents = [Payload(path.name, _data_file(path)) for path in worked]
    yield incident_changes(incidents, _source(sources, INCIDENTS), vocabulary)
    issued = sorted((data / "advisories").glob("*.toml"))
    publications = [Payload(path.name, _data_file(path)) for path in issued]
    issuers = parse_issuers(_data_file(data / "vocabulary" / PRODUCERS_FILE))
    known = Known(vocabulary, issuers, objects, frozenset(action.id for action in actions))
    yield advisory_changes(publications, _source(sources, ADVISORIES), known)


def _later(data: Path) -> dict[str, AttackName]:
    """What of ATT&CK our texts refer to and the bundled catalogue does not hold yet, by its id."""
    path = data / ATTACK_FILE
    return read_names(_data_file(path)) if path.exists() else {}


def _source(sources: Mapping[str, SourceInfo], name: str) -> SourceInfo:
    with _explained("sources.toml"):
        return sources[name]


def merged(parts: list[ChangeSet]) -> ChangeSet:
    """Several files of one source as one change-set: the whole source is one snapshot."""
    documents = {document.id: document for part in parts for document in part.documents}
    versions = [part.version for part in parts]
    digests = "".join(part.sha256 for part in parts)
    return ChangeSet(
        source=parts[0].source,
        version=max(versions, key=lambda v: (len(v), v) if v.isdecimal() else (0, "")),
        sha256=hashlib.sha256(digests.encode()).hexdigest() if len(parts) > 1 else digests,
        full=True,
        # No part is older than this, so nothing later is taken for older.
        edition=min(part.edition for part in parts),
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
    galaxy = load_galaxy(payload)
    facts = [facts_only(value) if isinstance(value, dict) else value for value in galaxy["values"]]
    with _explained("tidal-groups.json"):
        return orjson.dumps({**galaxy, "values": facts})


def _decisions(data: Path) -> Iterator[CuratedDecision]:
    """What our profiles and ``identity.toml`` say about records, as reversible decisions.

    What a profile says of a record that is not bundled yet is left out: their name joins the two
    once it is taken in.
    """
    missing = {f"attack:{number}" for number in _later(data)}
    for path in sorted((data / "actors").glob("*.md")):
        profile = parse_profile(_data_file(path), path.name)
        for reference in (one for one in profile.same_as if one not in missing):
            yield CuratedDecision(
                one=profile_id(profile.id),
                other=reference,
                relation="same-as",
                reason=f"The profile “{profile.name}” is written about this record.",
            )
    payload = _data_file(data / "identity.toml")
    with _explained("identity.toml"):
        entries = [CuratedDecision(**e) for e in tomllib.loads(payload.decode())["decision"]]
    yield from entries
