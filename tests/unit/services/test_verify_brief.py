"""A briefing that was handed over, verified later: what stands, changed, was withdrawn."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from relevance_samples import BEAR, add
from sample_brief import gamaredon
from store_samples import actor

from briefing.core.brief import Brief, Paragraph, Part, Section, spans
from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.exports import (
    docx,
    html,
    html_page,
    markdown,
    office_package,
    pdf,
    pptx,
    stix_brief,
    tables_csv,
)
from briefing.exports.manifest import manifest
from briefing.services import verify_manifest
from briefing.services.verify_brief import Verified, verify_file
from briefing.services.verify_manifest import ManifestError, manifest_bytes, parsed, read_manifest
from briefing.store.connection import KnowledgeFile

WRITERS: dict[str, Callable[[Brief], bytes]] = {
    "pdf": pdf.render,
    "docx": docx.render,
    "pptx": pptx.render,
    "html": html.render,
    "zip": tables_csv.render,
    "json": manifest,
}


def bear(*said: StatementDraft) -> RecordDraft:
    """Bear as a release gives it: a record with other statements has another content."""
    return actor(
        1, "Bear", said=said, says=[(one.object, one.value, one.confidence) for one in said]
    )


def used(code: str, value: str, **more: str) -> StatementDraft:
    return StatementDraft(BEAR, Predicate.TARGETS_SECTOR, object=code, value=value, **more)


def now_said(path: Path) -> tuple[int, ...]:
    with sqlite3.connect(path) as connection:
        query = "SELECT key FROM statement WHERE subject = ? AND to_snapshot IS NULL"
        return tuple(key for (key,) in connection.execute(query, (BEAR,)))


def handed_over(path: Path, folder: Path, *more: int) -> Path:
    block = Paragraph(spans("They hit hospitals."), statements=(*now_said(path), *more))
    part = Part("Bear hits hospitals", "", (Section("who", "Who", (block,)),))
    target = folder / "bear.pdf"
    target.write_bytes(pdf.render(replace(gamaredon(), parts=(part,))))
    return target


def verified(path: Path, file: Path, closing_files: list[KnowledgeFile]) -> Verified:
    closing_files.append(KnowledgeFile(path))
    return verify_file(closing_files[-1], file)


def test_a_pdf_made_before_an_import_says_after_it_what_changed(
    path: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    add(path, bear(used("healthcare", "Health"), used("energy", "Power", confidence="low")))
    file = handed_over(path, tmp_path)
    before = verified(path, file, closing_files)
    assert {one.state for one in before.statements} == {"stands"}
    add(path, bear(used("energy", "Power", confidence="high"), used("finance", "Banks")))
    after = verified(path, file, closing_files)
    (changed,), (withdrawn,) = after.of("changed"), after.of("withdrawn")
    assert len(after.of("stands")) == 1  # its name
    assert changed.differs == ("confidence: low → high",)
    assert (changed.about, changed.heading, changed.source) == (
        "Bear",
        "Sectors targeted",
        "feed-a",
    )
    assert changed.before
    assert changed.now
    assert changed.before.key != changed.now.key
    assert changed.closed == changed.now.since
    assert withdrawn.before
    assert withdrawn.now is None
    assert "ealth" in withdrawn.before.text
    assert [place.section for place in after.places(changed.key)] == ["who"]


def test_new_words_of_one_description_are_a_change_with_old_and_new(
    path: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    add(path, bear(StatementDraft(BEAR, Predicate.DESCRIBED_AS, value="A group of spies.")))
    file = handed_over(path, tmp_path)
    add(path, bear(StatementDraft(BEAR, Predicate.DESCRIBED_AS, value="A group of thieves.")))
    (changed,) = verified(path, file, closing_files).of("changed")
    assert changed.before
    assert changed.now
    assert (changed.before.text, changed.now.text) == ("A group of spies.", "A group of thieves.")


def test_what_another_source_says_is_no_successor(
    path: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    add(path, bear(used("energy", "Power")))
    file = handed_over(path, tmp_path)
    add(path, bear())
    add(path, bear(used("energy", "Power")), of="feed-b")
    found = verified(path, file, closing_files)
    assert len(found.of("withdrawn")) == 1
    assert not found.of("changed")


def test_what_comes_back_as_it_was_stands_again(
    path: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    add(path, bear(used("energy", "Power")))
    file = handed_over(path, tmp_path)
    add(path, bear())
    add(path, bear(used("energy", "Power")))
    assert len(verified(path, file, closing_files).of("stands")) == 2


def test_a_statement_that_the_database_never_held_is_named_as_unknown(
    path: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    add(path, bear())
    found = verified(path, handed_over(path, tmp_path, 4242), closing_files)
    assert [one.key for one in found.of("unknown")] == [4242]


@pytest.mark.parametrize("ending", WRITERS)
def test_the_manifest_is_read_back_from_every_format_that_has_one(ending: str) -> None:
    brief = replace(gamaredon(), title="A <title> & “quotes” ]]> \uffff", subject="</template>")
    if ending in ("pdf", "docx", "pptx", "html"):
        brief = replace(brief, title="A <title> & “quotes” ]]>")
    assert orjson.loads(manifest_bytes(WRITERS[ending](brief), "x")) == orjson.loads(
        manifest(brief)
    )


@pytest.mark.parametrize("render", [markdown.render, stix_brief.render])
def test_a_format_without_a_manifest_says_so(
    render: Callable[[Brief], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "brief.md"
    file.write_bytes(render(gamaredon()))
    with pytest.raises(ManifestError, match=r"brief\.md holds no manifest of a briefing"):
        read_manifest(file)


def test_the_reader_looks_where_the_exporters_write() -> None:
    assert office_package.MANIFEST_NAMESPACE == verify_manifest.NAMESPACE
    assert html_page.MANIFEST == verify_manifest.HTML_ID


def attached(content: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode>>\nstream\n" + content


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


BOMB = b"{" + b" " * 200_000_000
ENTITY = (
    b'<!DOCTYPE b [<!ENTITY a "aaaa">]><brief xmlns="urn:threat-briefing:manifest:1">&a;</brief>'
)
HOSTILE = {
    "a bomb in a PDF": attached(zlib.compress(BOMB)),
    "a bomb in a ZIP": packed("brief.json", BOMB),
    "entities in XML": packed("customXml/item1.xml", ENTITY),
    "a cut ZIP": packed("brief.json", b"{}")[:40],
    "a PDF of markers": b"%PDF-1.7\n" + b"/EmbeddedFile stream\n" * 100_000,
    "a damaged stream": attached(b"no zlib"),
    "HTML without an end": b'<html><template id="brief-json">{}' * 1_000,
    "nested JSON": b'{"made_from":' + b"[" * 100_000,
    "keys that are no keys": b'{"schema":1,"made_from":[],"statements":["x",true,1e400]}',
    "a key of 70 bits": b'{"schema":1,"made_from":[],"statements":[1180591620717411303424]}',
    "no schema": b'{"made_from":[],"statements":[]}',
    "nothing": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_a_sentence(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(data)
    with pytest.raises(ManifestError, match=r"odd\.bin.*\."):
        read_manifest(file)


def test_a_newer_manifest_is_not_guessed_at() -> None:
    with pytest.raises(ManifestError, match="newer Threat Briefing"):
        parsed(b'{"schema":2,"made_from":[],"statements":[]}', "x.pdf")


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.pdf"
    with file.open("wb") as opened:
        opened.truncate(verify_manifest.LARGEST_FILE + 1)
    with pytest.raises(ManifestError, match="larger than 64 MB"):
        read_manifest(file)


@given(st.sampled_from([b"%PDF-", b"PK\x03\x04", b'<template id="brief-json">', b"{"]), st.binary())
def test_any_bytes_give_a_sentence_or_a_manifest(head: bytes, rest: bytes) -> None:
    with pytest.raises(ManifestError):
        parsed(manifest_bytes(head + rest, "x"), "x")
