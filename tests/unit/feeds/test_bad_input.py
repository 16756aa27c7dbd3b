"""Bad input of every kind that is known: a sentence with the file's name, and the rest goes in."""

from __future__ import annotations

import io
import json
import os
import socket
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import feed_samples
import galaxy_samples
import pytest
from endurance_inputs import kev, new_database, zipped
from endurance_kills import synthetic_bundle

from briefing import paths
from briefing.core.changes import (
    Predicate,
    Quarantined,
    RecordDraft,
    StatementDraft,
    document_for,
)
from briefing.feeds import bounds, unpack
from briefing.feeds.bounds import bounded
from briefing.feeds.payload import FeedContext
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Reading, read_paths
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile

NEWS = feed_samples.rss(
    feed_samples.item(title="Fox", link="https://fox.example/1", description="Heard.")
).encode()


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> FeedContext:
    """What the program gives to feed modules."""
    database = new_database(tmp_path_factory.mktemp("bad") / "knowledge.db")
    knowledge = KnowledgeFile(database)
    try:
        return feed_context(knowledge, paths.data_folder())
    finally:
        knowledge.close()


@pytest.fixture
def read(context: FeedContext, tmp_path: Path) -> Any:
    """Writes a file and reads it as an import does."""

    def written_and_read(name: str, data: bytes | str) -> Reading:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_paths([path], context, Task.silent())

    return written_and_read


def refused(reading: Reading) -> str:
    """The one refusal of a file of which nothing was taken."""
    assert reading.incoming == ()
    (item,) = reading.refused
    assert item.reason.endswith(".")
    return f"{item.name}: {item.reason}"


def bundle_with(text: str, objects: int = 200) -> str:
    """A bundle whose middle object is the given text."""
    whole = json.loads(synthetic_bundle(objects))
    parts = [json.dumps(item) for item in whole["objects"]]
    parts[objects // 2] = text
    head = json.dumps({"type": "bundle", "id": whole["id"]})[:-1]
    return f'{head}, "objects": [{", ".join(parts)}]}}'


def malware(more: str) -> str:
    """One object with a further field, as text."""
    return (
        '{"type": "malware", "spec_version": "2.1", "is_family": true, "name": "Heron",'
        ' "id": "malware--99999999-0000-4000-8000-000000000000",'
        ' "created": "2025-01-01T00:00:00.000Z", "modified": "2025-01-01T00:00:00.000Z",'
        f" {more}}}"
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('"name": "Other"', "has the key “name” twice"),
        ('"x_n": NaN', "NaN for a number"),
        ('"x_n": -Infinity', "-Infinity for a number"),
        ('"x_n": 1e999', "1e999, which is too large"),
        ('"x_n": 1180591620717411303424', "which no program reads alike"),
        (f'"x_n": {"7" * 100_000}', "which no program reads alike"),
        ('"x_n": "\\ud83d"', "half a character"),
        (f'"x_n": {"[" * 300}{"]" * 300}', "nested too deeply"),
        (f'"description": "{"word " * 4_000_000}"', "larger than 16 MiB"),
    ],
)
def test_one_bad_object_is_set_aside_with_its_reason_and_the_rest_goes_in(
    read: Any, more: str, words: str
) -> None:
    reading = read("bundle.json", bundle_with(malware(more)))
    assert reading.refused == ()
    (incoming,) = reading.incoming
    assert len(incoming.changes.records) == 199
    (item,) = incoming.changes.quarantined
    assert words in item.reason


def test_one_bad_object_among_thousands_takes_nothing_from_the_others(read: Any) -> None:
    (incoming,) = read("bundle.json", bundle_with('{"type": 7}', 5000)).incoming
    assert len(incoming.changes.records) == 4999
    assert len(incoming.changes.quarantined) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bundle.json", synthetic_bundle(50)[:-20], "breaks off in the middle, at line 1"),
        ("bundle.json", synthetic_bundle(50) + b"x", "something follows after its end"),
        ("bundle.json", b'{"type": "bundle", "objects": ' + b"[" * 1_000_000, "nested more deeply"),
        ("bundle.json", b'{"type": "bundle", "x": ' + b'{"a":' * 200_000, "nested more deeply"),
        ("kev.json", json.dumps(kev(3)).replace('"count": 3', '"count": 4'), "it is not whole"),
        ("kev.json", b"%PDF-1.7\n" + bytes(range(256)) * 40, "none of the feeds"),
        ("feed.xml", b"\x89PNG\r\n\x1a\n" + bytes(5000), "none of the feeds"),
        (
            "rss.xml",
            "<!doctype html><html><body>Sign in, please.</body></html>",
            "none of the feeds",
        ),
        ("stix.json", '{"type": "bundle"', "breaks off"),
        ("csaf.json", '{"document": {"csaf_version": "2.0"}}', "csaf.json was not taken"),
        ("empty.json", b"", "empty.json is empty."),
        ("blank.json", b" \n\t\r\n", "blank.json is empty."),
        ("utf16.json", json.dumps(kev(2)).encode("utf-16"), "none of the feeds"),
        ("latin.json", b'{"type": "bundle", "objects": [{"name": "\xe9"}]}', "is no UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(
    read: Any, name: str, data: bytes | str, words: str
) -> None:
    said = refused(read(name, data))
    assert name in said
    assert words in said


def test_the_format_is_told_from_the_content_whatever_the_file_is_called(read: Any) -> None:
    (incoming,) = read("holiday.jpg", json.dumps(kev(3))).incoming
    assert incoming.format == "kev"
    assert len(incoming.changes.records) == 3


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(20))
)
BLOW_UP = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'


@pytest.mark.parametrize(
    ("doctype", "text"), [(BOMB, "&u;"), (BLOW_UP, "&a;" * 50_000)], ids=["laughs", "blow-up"]
)
def test_an_xml_bomb_does_not_go_off(read: Any, doctype: str, text: str) -> None:
    begun = time.perf_counter()
    reading = read("news.xml", NEWS.decode().replace("<rss", f"{doctype}<rss").replace("Fox", text))
    assert time.perf_counter() - begun < 5
    for incoming in reading.incoming:
        assert sum(len(record.content) for record in incoming.changes.records) < 1_000_000
    assert all("news.xml" in item.name for item in reading.refused)


def test_an_external_entity_opens_neither_file_nor_network(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(_socket: socket.socket, address: object) -> None:
        raise AssertionError(f"The file made the program reach for {address}.")

    monkeypatch.setattr(socket.socket, "connect", reached)
    canary = tmp_path / "canary.txt"
    canary.write_text("the canary sings", encoding="utf-8")
    doctype = (
        f'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "{canary.as_uri()}">'
        '<!ENTITY % b SYSTEM "http://127.0.0.1:9/b"> %b;]>'
    )
    data = NEWS.decode().replace("<rss", f"{doctype}<rss").replace("Fox", "Fox &a;")
    reading = read("news.xml", data)
    assert "canary sings" not in repr(reading)


def rezipped(data: bytes, offset: int, value: int) -> bytes:
    """A ZIP file of one entry with a byte of both its headers changed."""
    changed = bytearray(data)
    changed[offset - 2] = value
    changed[changed.index(b"PK\x01\x02") + offset] = value
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({}), "The ZIP file holds no files."),
        (zipped({"news.xml": b""}), "news.xml is empty."),
        (rezipped(zipped({"news.xml": NEWS}), 8, 1), "unpack it yourself"),
        (rezipped(zipped({"news.xml": NEWS}), 10, 14), "packed in a rare way"),
        (zipped({"news.xml": NEWS})[:-30], "The ZIP file is damaged"),
        (zipped({"news.xml": NEWS}).replace(NEWS[:4], b"????"), "news.xml"),
    ],
)
def test_a_zip_that_cannot_be_read_is_refused_by_name(read: Any, data: bytes, words: str) -> None:
    reading = read("stick.zip", data)
    assert reading.refused or reading.incoming
    for item in reading.refused:
        assert item.name.startswith("stick.zip")
        assert words in f"{item.name}: {item.reason}"


def test_an_entry_that_leads_out_of_its_zip_is_refused_and_the_rest_goes_in(
    read: Any, tmp_path: Path
) -> None:
    reading = read("stick.zip", zipped({"../outside.xml": NEWS, "news.xml": NEWS}))
    assert [item.name for item in reading.refused] == ["stick.zip/../outside.xml"]
    assert len(reading.incoming) == 1
    assert sorted(item.name for item in tmp_path.iterdir()) == ["stick.zip"]


def test_bombs_within_bombs_are_stopped_by_what_they_unpack_to_in_all(
    read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(unpack, "MOST_IN_ALL", 3_000_000)
    bomb = zipped({f"{number}.json": bytes(2_000_000) for number in range(50)})
    reading = read("bomb.zip", zipped({f"{number}.zip": bomb for number in range(50)}))
    assert reading.incoming == ()
    assert len(reading.refused) < 10
    assert reading.refused[-1].reason.startswith("It holds more than is unpacked at once")


def test_a_zip_that_lists_too_many_files_is_refused_before_its_list_is_read(
    read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_FILES", 20)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with io.BytesIO() as buffer:
        buffer.write(b"PK\x03\x04" + b"PK\x01\x02" * 21 + struct.pack("<4s18x", b"PK\x05\x06"))
        assert "more than 20 files" in refused(read("many.zip", buffer.getvalue()))


def test_names_are_shown_without_codes_that_steer_a_terminal(read: Any) -> None:
    reading = read("stick.zip", zipped({"a\x1b[2Jb\u202e.xml": b"nothing known"}))
    (item,) = reading.refused
    assert item.name == "stick.zip/a�[2Jb�.xml"


@pytest.mark.skipif(sys.platform != "linux", reason="Such names and files are a matter of Linux.")
def test_in_a_folder_what_cannot_be_read_is_said_and_the_rest_goes_in(
    context: FeedContext, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"odd \xff folder.json")
    (folder / "deeper.xml").mkdir(parents=True)
    (folder / "deeper.xml" / "news.xml").write_bytes(NEWS)
    (folder / ".hidden.xml").write_bytes(NEWS)
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    (folder / "gone.json").symlink_to("nowhere")
    (folder / "memory").symlink_to("/proc/self/mem")
    (folder / "endless").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    reading = read_paths([folder], context, Task.silent())
    (incoming,) = reading.incoming
    assert incoming.files == ("odd � folder.json/deeper.xml/news.xml",)
    said = {item.name.rpartition("/")[2]: item.reason for item in reading.refused}
    assert set(said) == {"loop", "up", "gone.json", "memory", "endless", "pipe"}
    assert said["up"].startswith("It is a link to a folder")
    assert said["gone.json"].startswith("It cannot be read: No such file")
    assert said["memory"].startswith("It cannot be read: ")
    assert said["pipe"] == said["endless"] == "It is no ordinary file, so it was not read."


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up, for a moment, that everything may be read."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Such modes of files are a matter of POSIX.")
def test_a_file_and_a_folder_without_leave_to_read_are_said(context: FeedContext) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "closed").mkdir(mode=0)
        (folder / "closed.json").touch(mode=0)
        with as_nobody():
            reading = read_paths([folder, folder / "closed" / "x.json"], context, Task.silent())
        (folder / "closed").chmod(0o700)
    assert [Path(item.name).name for item in reading.refused] == ["closed.json", "closed", "x.json"]
    assert {item.reason for item in reading.refused} == {"It cannot be read: Permission denied."}


def test_an_empty_folder_and_a_path_that_is_gone_are_said(
    context: FeedContext, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    reading = read_paths([tmp_path / "empty", tmp_path / "gone"], context, Task.silent())
    assert [(item.name, item.reason) for item in reading.refused] == [
        ("empty", "The folder holds no files."),
        ("gone", "It cannot be read: No such file or directory."),
    ]


def test_one_bad_file_among_good_ones_is_refused_alone(
    context: FeedContext, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(kev(3)), encoding="utf-8")
    (tmp_path / "b.json").write_text('{"type": "bundle", "objects": [', encoding="utf-8")
    (tmp_path / "c.xml").write_bytes(NEWS)
    reading = read_paths([tmp_path], context, Task.silent())
    assert {item.format for item in reading.incoming} == {"kev", "feed"}
    assert [Path(item.name).name for item in reading.refused] == ["b.json"]


def test_a_file_that_takes_more_memory_than_there_is_is_refused_by_name(
    read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(_data: object) -> None:
        raise MemoryError

    monkeypatch.setattr("briefing.services.feed_reading.outline_of", no_memory)
    assert refused(read("huge.json", b"{}")) == "huge.json: There is not enough memory to read it."


def test_names_that_are_too_long_for_any_list_are_set_aside_and_long_ones_found_quickly(
    read: Any,
) -> None:
    clusters = [galaxy_samples.cluster(number, f"{number} {'x' * 900}") for number in range(1, 50)]
    endless = galaxy_samples.cluster(99, "y" * 5000)
    (incoming,) = read("actors.json", galaxy_samples.galaxy(*clusters, endless)).incoming
    assert len(incoming.changes.records) == 49
    (item,) = incoming.changes.quarantined
    assert "a name of more than 1,000 characters" in item.reason


def test_what_is_too_large_to_be_kept_is_bounded_in_every_part_of_a_change_set(
    read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (incoming,) = read("bundle.json", synthetic_bundle(60)).incoming
    changes = incoming.changes
    assert bounded(changes) is changes
    monkeypatch.setattr(bounds, "MOST_STATEMENTS", 1)
    wordy = [r.native_id for r in changes.records if len(r.statements) > 1]
    assert {item.native_id for item in bounded(changes).quarantined} == set(wordy)
    assert all("says more than 1 things" in item.reason for item in bounded(changes).quarantined)


def test_of_what_was_not_taken_a_long_reason_is_cut_and_a_source_keeps_a_short_title(
    read: Any,
) -> None:
    (incoming,) = read("bundle.json", synthetic_bundle(20)).incoming
    source = replace(incoming.changes.source, title="T" * 9_000, publisher="P" * 9_000)
    long = Quarantined("i" * 9_000, "r" * 9_000)
    changes = replace(incoming.changes, source=source, version="v" * 9_000, quarantined=(long,))
    found = bounded(changes)
    assert (len(found.source.title), len(found.source.publisher), len(found.version)) == (500,) * 3
    (item,) = found.quarantined
    assert (len(item.native_id), len(item.reason)) == (2_000, 1_000)
    assert found.records == changes.records


def test_a_record_that_cites_an_endless_address_is_set_aside_with_its_document(read: Any) -> None:
    (incoming,) = read("bundle.json", synthetic_bundle(20)).incoming
    endless = document_for(f"https://fox.example/{'x' * 200_000}")
    said = StatementDraft("malware--1", Predicate.HAPPENED, documents=(endless.id,))
    cites = RecordDraft.of("malware--1", "malware", {}, [said])
    changes = replace(
        incoming.changes,
        records=(*incoming.changes.records, cites),
        documents=(*incoming.changes.documents, endless),
    )
    found = bounded(changes)
    assert found.records == incoming.changes.records
    assert found.documents == incoming.changes.documents
    assert [item.native_id for item in found.quarantined] == ["malware--1"]
