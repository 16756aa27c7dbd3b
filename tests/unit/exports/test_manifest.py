"""brief.json: canonical, complete, and silent about what was withheld."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_brief import WITHHELD_CANARY

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports.manifest import SCHEMA, manifest


def test_it_says_what_the_briefing_rests_on(sample: Brief) -> None:
    content = json.loads(manifest(sample))
    assert content["schema"] == SCHEMA
    assert content["kind"] == "actor"
    assert content["subject"] == "Gamaredon Group"
    assert content["data_as_of"] == "2026-11-12"
    assert content["tlp"] == "TLP:CLEAR"
    assert [row["sha256"] for row in content["made_from"]] == [
        snapshot.sha256 for snapshot in sample.made_from
    ]
    assert [row["key"] for row in content["sources"]] == [source.key for source in sample.sources]
    assert content["statements"] == list(sample.statements())


def test_every_block_is_there_with_its_statements(sample: Brief) -> None:
    rows = json.loads(manifest(sample))["blocks"]
    assert [row["type"] for row in rows] == [type(block).__name__ for block in sample.blocks()]
    assert [tuple(row["statements"]) for row in rows] == [
        block.statements for block in sample.blocks()
    ]


def test_it_is_canonical(sample: Brief) -> None:
    content = manifest(sample)
    again = json.dumps(
        json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert content == again.encode("utf-8") + b"\n"
    assert manifest(sample) == content


def test_what_was_withheld_changes_nothing(sample: Brief) -> None:
    content = manifest(sample)
    assert WITHHELD_CANARY.encode() not in content
    assert content == manifest(replace(sample, withheld=(), ceiling=Tlp.RED))


def test_half_a_character_is_refused_in_a_sentence(sample: Brief) -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        manifest(replace(sample, title="\ud800"))
