"""Real feed files beside the repository; tests that need them skip only where they are absent."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not FOLDER.parent.is_dir(), reason="The real feed files (../shared/data) are not here."
)


def read(name: str) -> bytes:
    """One real file, unpacked where it is gzipped."""
    data = (FOLDER / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data
