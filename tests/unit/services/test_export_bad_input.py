"""Whatever goes wrong while a briefing is written: one sentence, and the old file as it was."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from client_samples import PNG, chunk, jpeg
from sample_brief import gamaredon, unbranded

from briefing.core.brief import Brand, Brief, Facts, Part, Section, spans
from briefing.core.errors import BriefingError, CancelledError
from briefing.exports.registry import FORMATS, ExportFormat, by_name
from briefing.services.export_brief import export_brief
from briefing.services.task import Task

OLD = b"what was handed over last week"
EVERY_FORMAT = pytest.mark.parametrize("written", FORMATS, ids=lambda one: one.name)
WITH_LOGO = pytest.mark.parametrize(
    "written", [by_name(one) for one in ("pdf", "pptx", "docx", "html")], ids=lambda one: one.name
)
LIMITED = """
import resource, signal, sys
from pathlib import Path
from sample_brief import gamaredon
from briefing.core.errors import BriefingError
from briefing.exports.registry import by_name
from briefing.services.export_brief import export_brief
from briefing.services.task import Task
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    export_brief(gamaredon(), by_name(sys.argv[2]), Path(sys.argv[1]), Task.silent())
except BriefingError as error:
    print(error.message, error.remedy)
"""


@pytest.fixture(scope="module")
def brief() -> Brief:
    return gamaredon()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that stands where the new one is to go."""
    folder = tmp_path / "handed over"
    folder.mkdir()
    path = folder / "briefing.out"
    path.write_bytes(OLD)
    return path


def is_as_it_was(path: Path) -> bool:
    """Whether the old file is there byte for byte, and nothing besides."""
    return path.read_bytes() == OLD and list(path.parent.iterdir()) == [path]


def is_a_sentence(error: BriefingError) -> bool:
    told = error.message.strip()
    return told.endswith(".") and "\n" not in told and "Traceback" not in told


@EVERY_FORMAT
def test_on_a_full_disk_the_old_file_stays(
    brief: Brief, written: ExportFormat, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("1m")
    path = disk / f"briefing{written.suffixes[0]}"
    path.write_bytes(OLD)
    (disk / "holiday.mp4").write_bytes(bytes(shutil.disk_usage(disk).free))
    with pytest.raises(BriefingError, match="No space left on device") as caught:
        export_brief(brief, written, path, Task.silent())
    assert is_a_sentence(caught.value)
    assert "What was there before is still there." in caught.value.remedy
    assert path.read_bytes() == OLD
    assert {item.name for item in disk.iterdir()} == {path.name, "holiday.mp4"}


@pytest.mark.skipif(os.name != "posix", reason="Limits on file sizes are a matter of POSIX.")
@pytest.mark.parametrize("name", ["pdf", "docx", "md"])
def test_a_limit_on_file_sizes_leaves_the_old_file(old: Path, name: str) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(old), name],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "tests/samples"), str(root)))},
    )
    assert "File too large" in done.stdout
    assert "What was there before is still there." in done.stdout
    assert is_as_it_was(old)


@EVERY_FORMAT
def test_in_a_folder_that_cannot_be_written_the_old_file_stays(
    brief: Brief, written: ExportFormat, old: Path, read_only: Callable[[Path], Path]
) -> None:
    path = read_only(old.parent) / old.name
    with pytest.raises(BriefingError, match="could not be written") as caught:
        export_brief(brief, written, path, Task.silent())
    assert is_a_sentence(caught.value)
    assert is_as_it_was(path)


def test_a_file_that_another_program_holds_open_stays_and_that_is_said(
    brief: Brief, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_scratch: object, _path: object) -> None:
        raise PermissionError(13, "Access is denied")

    # As Windows answers; here any file can be replaced.
    monkeypatch.setattr("briefing.services.export_brief.os.replace", held)
    with pytest.raises(BriefingError, match="Access is denied") as caught:
        export_brief(brief, by_name("md"), old, Task.silent())
    assert "open in another program, close it there" in caught.value.remedy
    assert is_as_it_was(old)


@EVERY_FORMAT
def test_cancelled_after_rendering_nothing_is_written(
    brief: Brief, written: ExportFormat, old: Path
) -> None:
    task = Task("Exporting", lambda step, _total, _label: task.cancel() if step == 1 else None)
    with pytest.raises(CancelledError):
        export_brief(brief, written, old, task)
    assert is_as_it_was(old)


@EVERY_FORMAT
def test_what_cannot_be_rendered_leaves_the_old_file(
    brief: Brief, written: ExportFormat, old: Path
) -> None:
    broken = replace(brief, title="half a character \ud800", objects=())
    with pytest.raises(BriefingError) as caught:
        export_brief(broken, written, old, Task.silent())
    assert is_a_sentence(caught.value)
    assert is_as_it_was(old)


def picture(width: int, height: int, unpacked: int) -> bytes:
    """A PNG of a size, whose pixels unpack to so many bytes, whatever its size is."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(unpacked), 9)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
REFUSED = {
    "of 100 megapixels": lambda: picture(10_000, 10_000, 10_000 * 30_001),
    "that says it is of ten thousand megapixels": lambda: picture(100_000, 100_000, 99),
    "that unpacks to far more than it shows": lambda: picture(10, 10, 200_000_000),
    "of 3,600 megapixels as a JPEG": lambda: jpeg(60_000, 60_000),
    "with a script": lambda: SVG % b"<script>alert(1)</script>",
    "with a handler": lambda: SVG % b'<rect onload="alert(1)"/>',
    "that shows a file": lambda: SVG % b'<image href="file:///etc/passwd"/>',
    "that loads a picture": lambda: SVG % b'<image href="https://x.example/a.png"/>',
    "that loads a style": lambda: SVG % b"<style>@import url(https://x.example/a.css)</style>",
    "of entities of entities": lambda: (
        b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + SVG % b"&b;"
    ),
    "that names a file as an entity": lambda: (
        b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG % b"&a;"
    ),
    "that is a page": lambda: b"<html><script>alert(1)</script></html>",
}


@WITH_LOGO
@pytest.mark.parametrize("logo", REFUSED)
def test_a_logo_is_refused_in_a_sentence(
    brief: Brief, written: ExportFormat, logo: str, old: Path
) -> None:
    branded = replace(brief, brand=Brand("Sender", REFUSED[logo]()))
    with pytest.raises(BriefingError, match="logo") as caught:
        export_brief(branded, written, old, Task.silent())
    assert is_a_sentence(caught.value)
    assert "PNG or JPEG" in caught.value.remedy
    assert is_as_it_was(old)


@WITH_LOGO
def test_a_drawing_of_a_hundred_thousand_groups_does_not_bring_the_program_down(
    brief: Brief, written: ExportFormat
) -> None:
    drawing = SVG % (b"<g>" * 100_000 + b"</g>" * 100_000)
    with suppress(BriefingError):
        # What draws it says that it cannot; HTML hands it to the browser as it is.
        assert len(written.render(replace(brief, brand=Brand("Sender", drawing)))) < 4_000_000


def named(*names: str) -> Brief:
    """A briefing that calls somebody so."""
    rows = tuple((f"Name {number}", spans(name)) for number, name in enumerate(names))
    part = Part("Names", "", (Section("names", "Names", (Facts(rows),)),))
    return replace(unbranded(), parts=(part,))


@EVERY_FORMAT
def test_names_in_any_script_are_written(written: ExportFormat) -> None:
    if written.name == "navigator":
        return  # It holds techniques and no names.
    content = written.render(named("狼毒草", "חתול מדבר", "김수키", "غاماريدون", "Гамаредон", "🐻"))
    assert content


@pytest.mark.parametrize("name", ["docx", "pptx", "html", "md", "xlsx", "csv"])
def test_names_in_other_scripts_stand_as_they_are_where_the_reader_has_the_font(name: str) -> None:
    content = by_name(name).render(named("狼毒草", "חתול"))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(map(packed.read, packed.namelist()))
    assert "狼毒草".encode() in content
    assert "חתול".encode() in content


def test_a_character_that_no_font_has_is_named_by_its_code_point() -> None:
    with pytest.raises(BriefingError, match=r"U\+E123") as caught:
        by_name("pdf").render(named("Bear \ue123"))
    assert is_a_sentence(caught.value)
