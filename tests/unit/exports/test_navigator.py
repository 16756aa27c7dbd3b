"""ATT&CK Navigator: a layer of format 4.5 with the classes and colours of the documents."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_format import faults
from sample_brief import WITHHELD_CANARY, gamaredon, heat
from spoken_objects import OBJECTS, with_objects

from briefing.core.brief import Brief, BriefObject, Part, Section, spans
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports.navigator import NOT_COUNTED, render
from briefing.exports.world_svg import RAMP


def layer(brief: Brief) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(brief))
    return found


def technique(brief: Brief, number: str) -> dict[str, Any]:
    (found,) = (one for one in layer(brief)["techniques"] if one["techniqueID"] == number)
    return found


def test_the_sample_is_a_layer_of_format_4_5() -> None:
    assert faults(layer(gamaredon())) == []
    assert faults(layer(with_objects())) == []
    assert layer(gamaredon())["versions"] == {
        "attack": "18",
        "navigator": "4.9.0",
        "layer": "4.5",
    }


def test_the_check_would_find_a_fault() -> None:
    spoiled = layer(gamaredon())
    spoiled["techniques"][0]["techniqueID"] = "1005"
    spoiled["versions"]["layer"] = "4.4"
    spoiled["gradient"]["maxValue"] = 0
    spoiled["colour"] = "#000000"
    assert len(faults(spoiled)) == 4


def test_every_technique_of_the_heat_table_is_there_once() -> None:
    wanted = {cell.attack_id for column in heat().columns for cell in column.cells}
    listed = [one["techniqueID"] for one in layer(gamaredon())["techniques"]]
    assert listed == sorted(wanted)


def test_score_is_the_number_of_groups_and_colour_its_class_in_the_documents() -> None:
    found = technique(gamaredon(), "T1059.001")
    assert found["score"] == 83
    assert found["color"] == RAMP[4]
    assert technique(gamaredon(), "T1561.001")["color"] == RAMP[0]
    assert "Used by 83 of 172 groups in ATT&CK." in found["comment"]
    assert "Stage 3 Maintain access." in found["comment"]


def test_the_legend_says_what_the_colours_mean() -> None:
    items = layer(gamaredon())["legendItems"]
    assert [item["color"] for item in items] == list(RAMP)
    assert items[0]["label"] == "1–9 groups use it"
    assert items[-1]["label"] == "70 and more groups use it"


def test_a_comment_names_the_sources_and_links_lead_to_them() -> None:
    found = technique(with_objects(), "T1091")
    assert "Sources: [2] MITRE ATT&CK 18.1; [8] Check Point via Fudzilla." in found["comment"]
    assert found["links"] == [
        {"label": "[2] MITRE ATT&CK 18.1", "url": "https://attack.mitre.org/groups/G0047/"}
    ]


def test_a_technique_whose_groups_were_not_counted_has_no_score() -> None:
    found = technique(with_objects(), "T1003.002")
    assert "score" not in found
    assert found["color"] == NOT_COUNTED
    labels = [item["label"] for item in layer(with_objects())["legendItems"]]
    assert labels[-1] == "named; groups not counted"


def test_the_marking_comes_first_and_again_in_the_metadata() -> None:
    found = layer(with_objects(Tlp.AMBER_STRICT))
    assert found["description"].startswith("TLP:AMBER+STRICT. May be shared with those")
    assert found["metadata"][0]["name"] == "Marking"
    assert found["metadata"][0]["value"].startswith("TLP:AMBER+STRICT")
    assert {"name": "Prepared for", "value": "Harbour Dental Group"} in found["metadata"]


def test_a_technique_above_the_briefings_marking_is_not_in_it() -> None:
    guarded = BriefObject(OBJECTS[1].id, "Guarded", Tlp.RED, "T1999")
    brief = replace(gamaredon(), objects=(guarded,))
    assert b"T1999" not in render(brief)
    assert b"T1999" in render(replace(brief, tlp=Tlp.RED))


def test_nothing_withheld_is_in_it() -> None:
    assert WITHHELD_CANARY.encode() not in render(with_objects())


def test_without_a_heat_table_the_classes_follow_from_the_numbers() -> None:
    objects = tuple(
        replace(OBJECTS[1], attack_id=f"T10{number:02}", groups=number) for number in (1, 5, 90)
    )
    found = layer(replace(gamaredon(), parts=(), objects=objects))
    assert faults(found) == []
    assert [one["score"] for one in found["techniques"]] == [1, 5, 90]
    assert len({one["color"] for one in found["techniques"]}) == 3


def test_a_release_that_is_none_is_left_to_the_navigator() -> None:
    made = replace(gamaredon().made_from[1], version="file 26")
    assert "attack" not in layer(replace(gamaredon(), made_from=(made,)))["versions"]


def test_a_briefing_that_names_no_technique_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="names no technique"):
        render(replace(gamaredon(), parts=()))


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert render(with_objects()) == render(with_objects())


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(0, 200))
def test_any_words_give_a_layer_of_the_format(words: str, groups: int) -> None:
    named = replace(OBJECTS[1], name=words, groups=groups)
    odd = replace(OBJECTS[1], attack_id=words)
    part = Part(words, words, (Section("heat", words, (heat(),), note=spans(words)),))
    source = replace(gamaredon().sources[1], short=words, publisher=words, title=words, url=words)
    sources = (gamaredon().sources[0], source, *gamaredon().sources[2:])
    brief = replace(
        gamaredon(),
        title=words,
        subject=words,
        author=words,
        client=words,
        data_as_of=words,
        parts=(part,),
        sources=sources,
        objects=(named, odd),
    )
    assert faults(layer(brief)) == []
    assert faults(layer(replace(brief, parts=()))) == []
