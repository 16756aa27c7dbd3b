"""Archives: what is inside comes out, and what an archive claims about itself is not believed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds import unpack as unpacking
from briefing.feeds.payload import Payload
from briefing.feeds.unpack import Refused, refused_error, unpack


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def opened(name: str, data: bytes) -> list[tuple[str, bytes | str]]:
    return [
        (item.name, item.reason if isinstance(item, Refused) else item.data)
        for item in unpack(Payload(name, data))
    ]


def test_a_plain_file_is_itself() -> None:
    assert opened("kev.json", b"{}") == [("kev.json", b"{}")]


@given(st.binary(max_size=2000))
def test_gzip_gives_back_what_was_packed(data: bytes) -> None:
    packed = gzip.compress(b"x" + data) + gzip.compress(data)
    assert opened("a.json.gz", packed) == [("a.json", b"x" + data + data)]


def test_files_of_a_zip_come_with_the_archives_name_and_gzip_inside_is_unpacked() -> None:
    data = zipped({"b/one.json": b"1", "a.json.gz": gzip.compress(b"2")})
    assert opened("stick.zip", data) == [
        ("stick.zip/a.json", b"2"),
        ("stick.zip/b/one.json", b"1"),
    ]


def test_an_archive_within_an_archive_is_unpacked_once_and_no_further() -> None:
    inner = zipped({"x": b"1"})
    deep = zipped({"two.zip": zipped({"one.zip": inner})})
    [(name, data)] = opened("three.zip", deep)
    assert name == "three.zip/two.zip/one.zip"
    assert data == inner


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "C:\\x", "..\\x"])
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_rest_is_read(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        archive.writestr(entry, b"bad")
        archive.writestr("good.json", b"good")
    found = dict(opened("a.zip", buffer.getvalue()))
    assert found["a.zip/good.json"] == b"good"
    [reason] = [value for value in found.values() if isinstance(value, str)]
    assert "out of the archive" in reason


def test_bombs_are_stopped_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1024 * 1024)
    bomb = bytes(8 * 1024 * 1024)
    for name, data in (("b.gz", gzip.compress(bomb)), ("b.zip", zipped({"b": bomb}))):
        [(_, reason)] = opened(name, data)
        assert isinstance(reason, str)
        assert "larger than 1 MiB" in reason


def test_many_files_together_are_capped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_IN_ALL", 1000)
    monkeypatch.setattr(unpacking, "MOST_FILES", 3)
    found = opened("a.zip", zipped({name: bytes(600) for name in "ab"}))
    assert [type(value) for _, value in found] == [bytes, str]
    [(_, reason)] = opened("a.zip", zipped(dict.fromkeys("abcd", b"")))
    assert reason == "The ZIP file holds more than 3 files."


def test_an_encrypted_entry_says_what_to_do() -> None:
    data = bytearray(zipped({"a": b"1"}))
    # The flag of encryption, in the local and in the central header.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    [(_, reason)] = opened("a.zip", bytes(data))
    assert "unpack it yourself" in str(reason)


@given(st.integers(2, 60), st.integers(0, 255))
def test_a_damaged_archive_is_refused_or_read_but_never_an_error(at: int, byte: int) -> None:
    for packed in (gzip.compress(b"x" * 50), zipped({"a": b"x" * 50})):
        data = bytearray(packed)
        data[at % len(data)] = byte
        for name, value in opened("a", bytes(data)):
            assert name
            assert isinstance(value, (bytes, str))
        for _, value in opened("a", bytes(data[:at])):
            assert value is not None


def test_a_gzip_that_breaks_off_is_refused() -> None:
    packed = gzip.compress(bytes(range(256)) * 100)
    [(_, reason)] = opened("a.gz", packed[: len(packed) // 2])
    assert "breaks off" in str(reason)
    [(_, reason)] = opened("a.gz", packed[:10] + b"\xff" * 40)
    assert "damaged" in str(reason)
    assert zlib.decompress(packed, wbits=31)


def test_a_refusal_of_a_file_named_by_itself_is_an_error_with_its_name() -> None:
    assert str(refused_error(Refused("a.zip", "It is damaged."))) == (
        "a.zip was not read. It is damaged. Nothing was changed."
    )
