"""Five thousand files left to chance, each scanned for what its audience may not see.

The suite writes a slice of them; here they are written in full. ``CANARIES=500 make bench
OPTIONS=-kcanaries`` writes fewer, ``CANARY_SEED`` leaves them to another chance.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from canary_runs import Desk, Tally, as_somebody
from canary_scan import by_level
from measure import Report

FILES = int(os.environ.get("CANARIES", "5000"))
SEED = int(os.environ.get("CANARY_SEED", "20261124"))


def test_canaries(
    report: Report, bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_somebody(monkeypatch, tmp_path)
    desk = Desk(bundled, tmp_path, SEED)
    tally = desk.run(FILES)
    planted = by_level(desk.states[0].mint.made.values())
    report.add(
        f"files with canaries of every marking ({listed(planted)})",
        f"{sum(tally.files.values()):,} in {tally.seconds:.0f} s, {tally.size / 1e9:.1f} GB"
        f" unpacked: {listed(tally.by(1))}",
        listed(tally.by(0)),
        "0 above the ceiling",
        not tally.found,
    )
    report.add(
        "the same: words above a file's own marking",
        f"{len(tally.undermarked)} in {files_with(tally)} files",
        f"{len(tally.seen):,} canaries read that were allowed",
        "0",
        not tally.undermarked,
    )
    for one in (*tally.found, *tally.undermarked, *tally.broken)[:40]:
        print(one)  # noqa: T201 - what to look at
    assert not tally.found
    assert not tally.undermarked
    assert not tally.broken


def files_with(tally: Tally) -> int:
    return len({(id(one.request), one.format) for one in tally.undermarked})


def listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())
