"""The scan for canaries finds them: in every field of every format, and however they are hidden."""

from __future__ import annotations

import base64
import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from canary_mint import PRIVATE, Mint
from canary_plant import Planted
from canary_scan import Leak, Watch
from canary_words import found_by
from client_samples import chunk, png

from briefing.core.tlp import Tlp
from briefing.exports.registry import FORMATS, ExportFormat, by_name

NOT_PRINTED = {
    "pdf": {"Question.ask", "EvidenceItem.relevance"},
    "pptx": {"BriefSource.short"},
    "docx": {"Question.ask"},
    "html": {"Question.ask"},
    "md": {
        *("Question.ask", "Brand.name", "Brief.kind_title", "Brief.subject", "WorldMap.alt"),
        "BriefSource.short",
    },
}
"""Fields of which a document prints no words, such as questions for whoever presents."""
PROSE = {
    *("Question.ask", "Brand.name", "Part.subtitle", "Quotation.by", "Span.href", "WorldMap.alt"),
    *("NoteCode.text", "BriefObject.name", "BriefSource.short"),
}
"""Fields that are in no table."""
NAMED = {
    "stix": {"Brief.title", "Brief.subject", "Brief.author", "BriefObject.name", "BriefSource.url"},
    "navigator": {"Brief.title", "Brief.subject", "HeatCell.name", "MadeFrom.notice"},
}
"""What a format holds that is no document."""


@pytest.mark.parametrize("written", FORMATS, ids=lambda one: one.name)
def test_a_word_above_the_ceiling_is_found_in_every_field_a_format_prints(
    written: ExportFormat,
) -> None:
    found, planted = found_by(written.render, seed=1)
    if written.name in NAMED:
        assert NAMED[written.name] <= found.keys()
        return
    left_out = NOT_PRINTED.get(written.name, PROSE) | {"BriefObject.name"}
    assert planted.keys() - left_out <= found.keys()
    if written.name not in ("xlsx", "csv"):
        assert found.total() > 0.9 * planted.total()


@pytest.fixture
def mint() -> Mint:
    return Mint(random.Random(3))  # noqa: S311 - chance, not secrets


def leaks(mint: Mint, data: bytes, *, ceiling: Tlp = Tlp.AMBER, **more: object) -> list[Leak]:
    planted = replace(Planted(Path(), mint), **more)  # type: ignore[arg-type] # fields of it
    return list(Watch(planted, ceiling, ceiling).scan(data).leaks)


def zipped(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


HIDDEN: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda word: f"x {word} x".encode(),
    "in capitals": lambda word: word.upper().encode(),
    "over two lines": lambda word: f"{word[:5]}-\n{word[5:]}".encode(),
    "with soft hyphens": lambda word: "\xad".join(word).encode(),
    "between tags": lambda word: f"<w:t>{word[:6]}</w:t></w:r><w:r><w:t>{word[6:]}</w:t>".encode(),
    "as entities": lambda word: "".join(f"&#x{ord(sign):x};" for sign in word).encode(),
    "in an address": lambda word: "".join(f"%{ord(sign):02X}" for sign in word).encode(),
    "escaped as in JSON": lambda word: "".join(f"\\u{ord(sign):04x}" for sign in word).encode(),
    "escaped as in CSS": lambda word: "".join(f"\\{ord(sign):x} " for sign in word).encode(),
    "as UTF-16": lambda word: word.encode("utf-16"),
    "as base64": lambda word: b"data:;base64," + base64.b64encode(f"<p>{word} is it</p>".encode()),
    "as base64 without its end": lambda word: base64.b64encode(
        f"it is {word}, is it".encode()
    ).rstrip(b"="),
    "in a ZIP": lambda word: zipped(a=word.encode()),
    "as the name of an entry": lambda word: zipped(**{word: b""}),
    "in a workbook in a document": lambda word: zipped(a=zipped(b=f"<t>{word}</t>".encode())),
    "in base64 in HTML in a ZIP": lambda word: zipped(
        a=b"<a>" + base64.b64encode(word.encode() * 3)
    ),
    "in gzip": lambda word: gzip.compress(word.encode() * 3),
    "in the text of a picture": lambda word: png(extra=chunk(b"tEXt", f"Title\0{word}".encode())),
    "in the packed text of a picture": lambda word: png(
        extra=chunk(b"zTXt", b"Title\0\0" + zlib.compress(word.encode()))
    ),
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_word_is_found_however_it_is_hidden(mint: Mint, hidden: str) -> None:
    word = mint.word(Tlp.RED, "somewhere")
    found = leaks(mint, HIDDEN[hidden](word))
    assert (word, "somewhere") in {(leak.what, leak.planted) for leak in found}
    assert not leaks(mint, HIDDEN[hidden](mint.word(Tlp.AMBER, "below")))


def test_a_word_is_found_in_every_place_of_a_pdf(mint: Mint) -> None:
    found, _ = found_by(by_name("pdf").render, seed=5)
    # Its pages, its bookmarks, its properties, its links and the file attached to it.
    assert {"Part.title", "Brief.author", "BriefSource.url", "MadeFrom.notice"} <= found.keys()


def test_a_word_that_was_cut_is_found_by_its_beginning(mint: Mint) -> None:
    word = mint.word(Tlp.RED, "somewhere")
    (leak,) = leaks(mint, f"It says {word[:8]}…".encode())
    assert leak.what == f"{word[:8]} (cut)"
    assert not leaks(mint, base64.b64encode(b"\0" * 9 + word[:8].encode() * 4))


def test_ids_numbers_keys_and_hashes_are_found_at_their_level(mint: Mint) -> None:
    stix = "malware--00000000-0000-4000-8000-000000000011"
    ids = {"T1566.001": 4, "T1566": 1, "CVE-2025-10001": 4, "ab" * 32: 4, stix: 4, "M1032": 4}
    text = "T1566/001 and T1566, CVE-2025-10001; " + "ab" * 32 + f" {stix}; M10320"
    found = {leak.what for leak in leaks(mint, text.encode(), ids=ids)}
    assert found == ids.keys() - {"T1566", "M1032"}
    keys = {-81985529216486896: 4, 81985529216486895: 1}
    text = "[81985529216486895,-81985529216486896]"
    assert [leak.what for leak in leaks(mint, text.encode(), keys=keys)] == ["-81985529216486896"]
    printed = f"S-{-81985529216486896 & 0xFFFFFFFFFFFFFFFF:016x}".encode()
    assert len(leaks(mint, printed, keys=keys)) == 1


def test_places_and_days_are_found_as_people_and_programs_write_them(mint: Mint) -> None:
    places = {"Cyprus": 4, "Malta": 1}
    assert [leak.what for leak in leaks(mint, b"Malta, Cyprus", places=places)] == ["Cyprus"]
    for written in (
        b"2024-11-29",
        b"29 November 2024",
        "29\u202fNov 2024".encode(),
        b"November 29, 2024",
    ):
        assert len(leaks(mint, written)) == 1, written
    assert not leaks(mint, b"2024-05-19, 129 November, 2024-11-290")


def test_what_is_private_is_found_at_any_ceiling_and_what_is_another_clients_too(
    mint: Mint,
) -> None:
    private = mint.word(PRIVATE, "workspace")
    own = mint.word(PRIVATE, "client.name", owner="Ours")
    data = f"{private} {own} folder of zqxuser".encode()
    watch = Watch(Planted(Path(), mint), Tlp.RED, Tlp.RED, "Ours", (b"zqxuser",))
    assert {leak.what for leak in watch.scan(data).leaks} == {private, "zqxuser"}
    assert {leak.what for leak in replace(watch, owner="Theirs").scan(data).leaks} == {
        *(private, own, "zqxuser")
    }


def test_what_is_above_a_files_own_marking_is_told_from_what_is_above_its_ceiling(
    mint: Mint,
) -> None:
    words = [mint.word(level, "somewhere") for level in Tlp]
    found = Watch(Planted(Path(), mint), Tlp.AMBER, Tlp.GREEN).scan(" ".join(words).encode()).leaks
    assert {leak.what: leak.over for leak in found} == {
        words[2]: "marking",
        words[3]: "ceiling",
        words[4]: "ceiling",
    }


def test_the_time_at_which_a_file_was_made_is_found(mint: Mint) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(zipfile.ZipInfo("a", datetime.now().timetuple()[:6]), b"")  # noqa: DTZ005 - as ZIP has it
    (leak,) = leaks(mint, made.getvalue())
    assert leak.planted == "time of a file"
    assert not leaks(mint, zipped(a=b""))
