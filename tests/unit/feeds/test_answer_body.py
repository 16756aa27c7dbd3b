"""Bodies of answers: unpacked whatever way they come in pieces, and never further than allowed."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.answer_body import Body, UnpackError, headers_told


def fed(encoding: str, packed: bytes, step: int, most: int = 10_000) -> tuple[Body, bool]:
    body = Body(encoding, most)
    fits = all(body.take(packed[at : at + step]) for at in range(0, len(packed), step))
    return body, fits


@given(st.lists(st.binary(max_size=500), max_size=4), st.integers(1, 64))
def test_a_packed_body_of_any_members_in_any_pieces_is_what_was_packed(
    members: list[bytes], step: int
) -> None:
    packed = b"".join(gzip.compress(member) for member in members)
    body, fits = fed("gzip", packed, step)
    assert fits
    assert body.whole() == b"".join(members)


@given(st.binary(min_size=1, max_size=500), st.integers(1, 64), st.integers(0, 600))
def test_the_limit_holds_for_what_comes_and_for_what_it_becomes(
    content: bytes, step: int, most: int
) -> None:
    _, fits = fed("", content, step, most)
    assert fits == (len(content) <= most)
    packed = gzip.compress(content)
    body, fits = fed("gzip", packed, step, most)
    assert fits == (max(len(content), len(packed)) <= most)
    assert body.unpacked <= most + 1


@given(st.binary(min_size=1, max_size=300), st.integers(1, 20))
def test_a_packed_body_that_breaks_off_is_an_error(content: bytes, missing: int) -> None:
    packed = gzip.compress(content)
    body, _ = fed("x-gzip", packed[: max(1, len(packed) - missing)], 7)
    with pytest.raises(UnpackError, match="breaks off before its end"):
        body.whole()


def test_nothing_packed_is_nothing() -> None:
    assert Body("gzip", 10).whole() == b""


def test_headers_said_twice_are_joined() -> None:
    raw = [(b"ETag", b'"1"'), (b"Vary", b"Accept"), (b"vary", b"Cookie"), (b"X", b"\xe9")]
    assert headers_told(raw) == {"etag": '"1"', "vary": "Accept, Cookie", "x": "é"}
