"""The bundled database: deterministic, complete, of the promised size, and built whole or not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest
from galaxy_samples import cluster, galaxy, read
from store_samples import rows

from briefing.core.errors import BriefingError, CancelledError
from briefing.feeds.catalogue import read_catalogue
from briefing.paths import data_folder
from briefing.services.build_database import (
    GALAXIES,
    STEPS,
    build_database,
    merged,
    package_clusters,
    read_release,
)
from briefing.services.inspect_database import check_database, describe_database
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile

BUILD = """
import sys
from pathlib import Path
from briefing.paths import data_folder
from briefing.services.build_database import build_database
from briefing.services.task import Task
print(build_database(data_folder(), Path(sys.argv[1]), Task.silent()).content_hash)
"""


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> KnowledgeFile:
    return KnowledgeFile(bundled_database)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of ``data/`` with vocabularies and sources, and nothing written about anybody."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copytree(data_folder() / "vocabulary", folder / "vocabulary")
    shutil.copy(data_folder() / "sources.toml", folder)
    (folder / "identity.toml").write_text("decision = []\n", encoding="utf-8")
    return folder


@pytest.fixture
def clusters(tmp_path: Path) -> Path:
    """One small cluster file of each kind that is bundled."""
    folder = tmp_path / "clusters"
    folder.mkdir()
    for number, (_, name) in enumerate(GALAXIES):
        kind = {"tidal-groups": "groups"}.get(name, name)
        made = galaxy(cluster(number, f"Name {number}"), kind=kind)
        (folder / f"{name}.json").write_bytes(made)
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def test_the_same_input_gives_the_same_bytes_whenever_and_wherever_it_is_built(
    bundled_database: Path, real: KnowledgeFile, target: Path
) -> None:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(target)],
        capture_output=True,
        text=True,
        check=True,
        # Sets of texts have another order in every process.
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )
    sys.stdout.write(f"\nBuilt again in {time.perf_counter() - started:.1f} s.\n")
    assert done.stdout.strip() == describe_database(real).content_hash
    assert target.read_bytes() == bundled_database.read_bytes()


def test_the_bundle_holds_what_is_promised(real: KnowledgeFile) -> None:
    info = describe_database(real)
    sys.stdout.write(f"\n{info.counts}\n{info.size_bytes / 1e6:.1f} MB\n")
    assert info.counts["actors"] >= 900
    assert info.counts["statements"] >= 20_000
    assert info.counts["own_profiles"] >= 10
    assert info.counts["dated_incidents"] >= 200
    assert info.size_bytes <= 30_000_000
    assert check_database(real) == ()


def test_every_statement_has_a_record_and_every_record_a_source(real: KnowledgeFile) -> None:
    assert describe_database(real).counts["statements_without_source"] == 0
    for query in (
        "SELECT count(*) FROM statement WHERE record NOT IN (SELECT id FROM record)",
        "SELECT count(*) FROM record WHERE source NOT IN (SELECT id FROM source)",
        "SELECT count(*) FROM citation WHERE document NOT IN (SELECT id FROM document)",
        "SELECT count(*) FROM statement WHERE value = '' AND object = ''",
    ):
        assert rows(real.connection, query) == [(0,)]


def test_values_that_map_to_nothing_are_kept_and_listed(real: KnowledgeFile) -> None:
    listed = {entry.value: entry.statements for entry in describe_database(real).unmapped}
    assert listed["Uighurs"] == 1
    kept = rows(
        real.connection,
        "SELECT DISTINCT value FROM statement WHERE object = '' AND value <> 'not attributed'"
        " AND predicate IN ('targets-sector', 'targets-country', 'motivated-by', 'located-in',"
        " 'sponsored-by')",
    )
    assert {value for (value,) in kept} == set(listed)


def test_every_object_of_the_package_is_in_the_bundle(real: KnowledgeFile) -> None:
    for _, name in GALAXIES:
        payload = (package_clusters() / f"{name}.json").read_bytes()
        uuids = {value["uuid"] for value in orjson.loads(payload)["values"]}
        bundled = {
            native.partition("--")[2]
            for (native,) in rows(real.connection, "SELECT native_id FROM record")
        }
        assert uuids <= bundled


def test_nothing_of_tidals_own_text_is_bundled(real: KnowledgeFile) -> None:
    contents = rows(real.connection, "SELECT content FROM record WHERE source = 'tidal-groups'")
    assert len(contents) > 200
    assert {key for (text,) in contents for key in orjson.loads(text)} == {"uuid", "value", "meta"}


def test_a_build_of_few_clusters_takes_them_and_says_what_was_put_aside(
    data: Path, clusters: Path, target: Path
) -> None:
    odd = galaxy(cluster(5, "Fox"), {"value": "No uuid"}, "text")
    (clusters / "threat-actor.json").write_bytes(odd)
    (clusters / "tidal-groups.json").write_bytes(galaxy(cluster(7), "text", kind="groups"))
    steps: list[tuple[int, int, str]] = []
    task = Task(listener=lambda step, total, label: steps.append((step, total, label)))
    built = build_database(data, target, task, clusters=clusters)
    assert [entry.reason for entry in built.quarantined] == [
        "Cluster 2: “No uuid” has no uuid.",
        "Cluster 3: it is no JSON object.",
        "Cluster 2: it is no JSON object.",
    ]
    reader = KnowledgeFile(target).connection
    assert rows(reader, "SELECT count(*) FROM record") == [(8,)]
    assert steps == sorted(steps)
    assert steps[-1] == (STEPS, STEPS, "Done")


def test_an_empty_build_holds_the_vocabularies_only(data: Path, target: Path) -> None:
    build_database(data, target, Task.silent(), clusters=Path("nowhere"), empty=True)
    reader = KnowledgeFile(target).connection
    assert rows(reader, "SELECT count(*) FROM record") == [(0,)]
    assert rows(reader, "SELECT label FROM label WHERE kind = 'country' AND code = 'IR'") == [
        ("Iran",)
    ]


def test_a_decision_of_identity_toml_is_made(data: Path, clusters: Path, target: Path) -> None:
    (data / "identity.toml").write_text(
        '[[decision]]\none = "misp:00000000-0000-4000-8000-000000000005"\n'
        'other = "microsoft:00000000-0000-4000-8000-000000000006"\n'
        'relation = "same-as"\nreason = "Looked."\n',
        encoding="utf-8",
    )
    build_database(data, target, Task.silent(), clusters=clusters)
    reader = KnowledgeFile(target).connection
    assert rows(reader, "SELECT basis, reason FROM identity_link") == [("decision", "Looked.")]


def test_a_cancelled_build_leaves_the_old_file(data: Path, clusters: Path, target: Path) -> None:
    target.write_bytes(b"old")
    task = Task("The build", listener=lambda step, _total, _label: step == 2 and task.cancel())
    with pytest.raises(CancelledError, match="Nothing was changed"):
        build_database(data, target, task, clusters=clusters)
    assert target.read_bytes() == b"old"
    assert [item.name for item in target.parent.glob("*knowledge.db*")] == ["knowledge.db"]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("sources.toml", "sources.toml cannot be read"),
        ("identity.toml", "identity.toml cannot be read"),
        ("vocabulary", "cannot be read"),
        ("../clusters/mitre-tool.json", "mitre-tool.json cannot be read"),
    ],
)
def test_a_missing_input_is_named_in_a_sentence(
    data: Path, clusters: Path, target: Path, missing: str, sentence: str
) -> None:
    gone = data / missing
    if gone.is_dir():
        shutil.rmtree(gone)
    else:
        gone.unlink()
    with pytest.raises(BriefingError, match=sentence):
        build_database(data, target, Task.silent(), clusters=clusters)
    assert not target.exists()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("sources.toml", "[release]\n", "sources.toml has no entry 'source'"),
        ("sources.toml", "source = []\n", "sources.toml has no entry 'release'"),
        ("sources.toml", "source = [", "sources.toml cannot be used"),
        ("sources.toml", '[[source]]\nid = "a"\n[release]\n', "sources.toml cannot be used"),
        ("sources.toml", "source = []\n[release]\n", "has no entry 'catalogues'"),
        (
            "sources.toml",
            'source = []\n[release]\ncatalogues = "2025"\nown_texts = "2025"\n',
            "sources.toml has no entry 'mitre-attack'",
        ),
        ("identity.toml", "", "identity.toml has no entry 'decision'"),
        ("identity.toml", "decision = [{one = 'a'}]", "identity.toml cannot be used"),
    ],
)
def test_a_wrong_file_of_data_is_named_in_a_sentence(
    data: Path, clusters: Path, target: Path, name: str, text: str, sentence: str
) -> None:
    (data / name).write_text(text, encoding="utf-8")
    with pytest.raises(BriefingError, match=sentence):
        build_database(data, target, Task.silent(), clusters=clusters)
    assert not target.exists()


def test_a_galaxy_nested_too_deeply_is_a_sentence(data: Path, clusters: Path, target: Path) -> None:
    deep = galaxy(cluster(7, source="HERE"), kind="groups")
    (clusters / "tidal-groups.json").write_bytes(deep.replace(b'"HERE"', b"[" * 400 + b"]" * 400))
    with pytest.raises(BriefingError, match=r"tidal-groups.json cannot be used"):
        build_database(data, target, Task.silent(), clusters=clusters)


def test_without_the_registry_package_the_build_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_name: str) -> Any:
        return None

    monkeypatch.setattr("importlib.util.find_spec", none)
    with pytest.raises(BriefingError, match="The package pymispgalaxies") as caught:
        package_clusters()
    assert "make setup" in caught.value.remedy


def test_several_files_of_a_source_are_one_snapshot_that_knows_all_of_them(
    data: Path, clusters: Path, target: Path
) -> None:
    build_database(data, target, Task.silent(), clusters=clusters)
    before = KnowledgeFile(target)
    query = "SELECT version, sha256, edition, added FROM snapshot WHERE source = 'mitre-attack'"
    ((version, digest, edition, added),) = rows(before.connection, query)
    before.close()
    assert (version, edition, added) == ("7", "0000000007", 5)
    tool = galaxy(cluster(2, "Another"), kind="mitre-tool").replace(b'"version":7', b'"version":12')
    (clusters / "mitre-tool.json").write_bytes(tool)
    build_database(data, target, Task.silent(), clusters=clusters)
    ((version, changed, edition, _),) = rows(KnowledgeFile(target).connection, query)
    # Its order among releases is that of its earliest part: none of them is older.
    assert (version, edition) == ("12", "0000000007")
    assert changed != digest


def test_the_real_list_of_sources_can_be_read_and_one_part_stays_as_it_is() -> None:
    payload = (data_folder() / "sources.toml").read_bytes()
    assert {source for source, _ in GALAXIES} <= set(read_catalogue(payload, "sources.toml"))
    assert all(date.startswith("20") for date in read_release(payload).values())
    only = read(galaxy(cluster()))
    assert merged([only]) == only
