"""Signatures and hashes beside advisories: passed over, and a hash that differs is told."""

from __future__ import annotations

import hashlib

import pytest

from briefing.feeds.csaf_companion import companion_fault, is_companion
from briefing.feeds.payload import Payload

PAYLOAD = Payload("ex-24-001.json", b'{"document": {}}')
HASH = hashlib.sha512(PAYLOAD.data).hexdigest()


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("white/2024/ex-24-001.json.asc", True),
        ("ex-24-001.json.SHA512", True),
        ("ex-24-001.json.sha256", True),
        ("ex-24-001.json", False),
        ("asc.json", False),
    ],
)
def test_signatures_and_hashes_are_told_by_their_ending(name: str, beside: bool) -> None:
    assert is_companion(name) is beside


@pytest.mark.parametrize(
    "written", [HASH, f"{HASH}  ex-24-001.json\n", f"{HASH.upper()} *x", f"\\{HASH}  odd\\nname\n"]
)
def test_a_hash_that_agrees_says_nothing(written: str) -> None:
    assert companion_fault(PAYLOAD, written) == ""


def test_a_hash_of_another_file_is_told() -> None:
    told = companion_fault(PAYLOAD, hashlib.sha512(b"other").hexdigest())
    assert told.startswith("ex-24-001.json is not the file that was hashed")


@pytest.mark.parametrize("written", ["", "no hash", HASH[:-1], HASH + "00", "é" * 128])
def test_a_hash_file_without_a_hash_is_told(written: str) -> None:
    assert "holds no SHA-512 hash" in companion_fault(PAYLOAD, written)
